//! What is denied where it stands: "has not fined", "kein Bußgeld", "did not impose on Exempla a fine".
//!
//! Takes the words of a sentence that name actions, and leaves out those that were not done. Only what stands
//! close denies for sure: "not only fined" and "not the first fine" do not. How far other words speak against
//! an action is for the weights to say.

use std::ops::Range;

use crate::{
    base::{action::ActionType, token::Kind},
    pack::sense::{Form, Sense},
    text::document::Document,
};

use super::sentences::Trigger;

/// Most tokens between a verb and the noun that it carries.
const CARRIED: usize = 8;

/// Most tokens between a verb and a phrase that begins with its noun: "impose any such | fine of".
const ARTICLE: usize = 3;

/// Tokens behind a noun within which its verb is denied: "the fine was not imposed".
const BEHIND: usize = 4;

/// Returns those of the words that nothing denies: neither themselves nor the noun that a verb carries
/// ("gave Exempla no fine").
pub(super) fn undenied(
    document: &Document,
    range: &Range<usize>,
    triggers: Vec<Trigger>,
) -> Vec<Trigger> {
    let (denied, mut left): (Vec<Trigger>, Vec<Trigger>) =
        triggers.into_iter().partition(|trigger| is_denied(document, range, trigger));
    left.retain(|verb| {
        let behind = denied.partition_point(|noun| noun.first <= verb.last);
        let nouns = denied.get(behind..).unwrap_or_default().iter();
        let mut near = nouns.take_while(|noun| noun.first <= verb.last + CARRIED);
        !(document.end_of(verb.first, Sense::Light).is_some()
            && near.any(|noun| noun.kind == verb.kind))
    });
    left
}

/// Returns whether a word of a sense stands right before the word of an action, or before the verb that
/// carries it: "not fined", "may impose a fine".
pub(super) fn is_governed(
    document: &Document,
    range: &Range<usize>,
    trigger: &Trigger,
    wanted: Sense,
) -> bool {
    let carried = |at: usize| {
        let carries = |sense| matches!(sense, Sense::Light | Sense::LightPassive | Sense::Passive);
        let mut verbs = document.hits_before(at).filter(|hit| carries(hit.sense));
        verbs.any(|verb| document.start_of(verb.first as usize, |s| s.is(wanted)).is_some())
    };
    let has_article = is_noun(document, trigger) && trigger.first > range.start + 1;
    document.start_of(trigger.first, |s| s.is(wanted)).is_some()
        || carried(trigger.first)
        || has_article && carried(trigger.first - 1)
}

fn is_denied(document: &Document, range: &Range<usize>, trigger: &Trigger) -> bool {
    if matches!(trigger.kind, ActionType::CourtRuling | ActionType::Clearance) {
        return false;
    }
    let has_denied_verb =
        || is_denied_behind(document, range, trigger) || is_denied_before(document, range, trigger);
    is_governed(document, range, trigger, Sense::Denial)
        || is_noun(document, trigger) && has_denied_verb()
        || document.end_of(trigger.last, Sense::DenialAfter).is_some()
}

/// Returns whether the word of an action is a noun, or begins with one: "a fine of".
fn is_noun(document: &Document, trigger: &Trigger) -> bool {
    let is_same = |sense| matches!(sense, Sense::Trigger(kind, Form::Noun) if kind == trigger.kind);
    trigger.form == Form::Noun
        || document.hits_at(trigger.first).iter().any(|hit| is_same(hit.sense))
}

/// Returns whether the verb behind a noun is denied: "the fine was not imposed".
fn is_denied_behind(document: &Document, range: &Range<usize>, noun: &Trigger) -> bool {
    let passive = |at: usize| {
        let mut here = document.hits_at(at).iter().filter(|hit| hit.sense == Sense::Passive);
        here.any(|hit| document.end_of(hit.last as usize, Sense::Light).is_some())
    };
    let behind = noun.last..(noun.last + BEHIND).min(range.end);
    let mut denials = document.hits_in(&behind).iter().filter(|hit| hit.sense == Sense::Denial);
    denials.any(|hit| {
        document.end_of(hit.last as usize, Sense::Light).is_some() || passive(hit.last as usize)
    })
}

/// Returns whether the verb before a noun is denied, with the one acted upon between them: "did not impose on
/// Exempla a fine".
fn is_denied_before(document: &Document, range: &Range<usize>, noun: &Trigger) -> bool {
    let reach = if noun.form == Form::Noun { CARRIED } else { ARTICLE };
    let from = noun.first.saturating_sub(reach).max(range.start);
    let mut before = document.hits_in(&(from..noun.first)).iter().rev();
    let Some(verb) =
        before.find(|hit| hit.sense == Sense::Light && hit.last as usize <= noun.first)
    else {
        return false;
    };
    let mut between = verb.last as usize..noun.first;
    let others = document.hits_in(&between);
    document.start_of(verb.first as usize, |s| s.is(Sense::Denial)).is_some()
        && !others.iter().any(|hit| matches!(hit.sense, Sense::Trigger(..)))
        && between.all(|at| document.kind(at) != Kind::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actions::sentences::triggers,
        base::lang::Lang,
        pack::{compile::Pack, tables::Tables, world::World},
    };

    #[test]
    fn what_is_denied_was_not_done() {
        let world = World::load(&Tables::default()).unwrap();
        let fined = Some(ActionType::Fine);
        for (lang, text, expected) in [
            (Lang::En, "The FCA has not fined Exempla.", None),
            (Lang::En, "The watchdog did not impose a fine.", None),
            (Lang::En, "The fine was never imposed.", None),
            (Lang::En, "The FCA did not impose a fine of £9 million on Modello.", None),
            (Lang::Fr, "La CNIL n'a pas infligé d'amende à Exempla.", None),
            (Lang::De, "Die BaFin hat gegen Exempla kein Bußgeld verhängt.", None),
            (Lang::De, "Die Aufsicht hat der Bank das Neugeschäft nicht untersagt.", None),
            (Lang::Es, "La CNMC no ha multado a Exempla.", None),
            (Lang::It, "Il Garante non ha multato Exempla.", None),
            (Lang::Pt, "A Anacom não multou a Exempla.", None),
            (Lang::Nl, "De AP gaf Exempla geen boete.", None),
            (Lang::Pl, "Urząd nie nałożył kary na spółkę.", None),
            (Lang::Ru, "ФАС не оштрафовала компанию.", None),
            (Lang::Ru, "ФАС не наложила на Экземпла штраф.", None),
            (Lang::Sv, "Myndigheten har inte bötfällt bolaget.", None),
            (Lang::Ja, "公取委は課徴金を科さなかった。", None),
            (Lang::En, "The FCA not only fined Exempla, it banned its chief.", fined),
            (Lang::En, "The FCA fined Exempla, which did not appeal.", fined),
            (Lang::De, "Die BaFin hat nicht nur ein Bußgeld verhängt.", fined),
            (Lang::En, "The FCA did not impose the full sum but a fine of £3 million.", fined),
            (Lang::Es, "La CNMC no sólo multó a Exempla.", fined),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            let range = 0..document.tokens.len();
            let left = undenied(&document, &range, triggers(&document, &range));
            assert_eq!(left.first().map(|trigger| trigger.kind), expected, "{text}");
        }
    }
}

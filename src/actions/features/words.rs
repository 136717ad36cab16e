//! What the very words in and beside something say: those of a trigger, of a name, before a day.
//!
//! Packs tell what kind of word stands somewhere; which of those kinds a word is worth in its
//! language ("a" before a Spanish name, "avertissement"), and which names are acted upon at all, is
//! learnt here from annotated articles. A word that none of them had says nothing.

use crate::{base::token::Kind, extract::entities::Label, text::document::Document};

use super::{
    super::feature::{Features, Template as T},
    View,
};

/// Returns a number for a word in small letters, the same in every language.
fn word(document: &Document, at: usize) -> u32 {
    document.tokens.get(at).map_or(0, |token| token.low)
}

/// Returns a number for a word of one language: "die" is an article and a verb.
fn own_word(document: &Document, at: usize) -> u32 {
    join(word(document, at), own(document))
}

fn own(document: &Document) -> u32 {
    document.pack.lang.code().bytes().fold(0, |code, byte| code << 8 | u32::from(byte))
}

/// Returns a number for two.
fn join(one: u32, two: u32) -> u32 {
    (one.rotate_left(7) ^ two).wrapping_mul(0x9E37_79B1).rotate_left(11)
}

/// Tells the words of a candidate's trigger and those beside it, with its type.
pub(super) fn of_trigger(view: &View, f: &mut impl Features) {
    let document = view.scene.document;
    let Some(trigger) = view.candidate.trigger else { return };
    let words = (trigger.first..trigger.last).map(|at| word(document, at));
    let of_type = |number| join(number, view.kind);
    f.add_word(T::TriggerWord, of_type(words.fold(own(document), join)));
    f.add_word(T::TriggerBehind, of_type(own_word(document, trigger.last)));
    if let Some(before) = trigger.first.checked_sub(1) {
        f.add_word(T::TriggerBefore, of_type(own_word(document, before)));
    }
    around_trigger(view, f);
}

/// Tokens around a sum whose words are told.
const AROUND: usize = 14;

/// Tells the words around a sum that no word for a fine or settlement stands by, and how many of them the
/// pack does not know: a sum in a list of fines has names and small words around it, any other a verb of its own.
pub(super) fn of_carried(view: &View, first: usize, last: usize, f: &mut impl Features) {
    let View { scene, sentence, kind, .. } = *view;
    let document = scene.document;
    let from = first.saturating_sub(AROUND).max(view.clause.start);
    let until = (last + AROUND).min(view.clause.end);
    let names = &scene.facts.names[sentence.names.clone()];
    let (mut unknown, mut known_until) = (0_u32, 0);
    for at in from..until {
        for hit in document.hits_at(at) {
            known_until = known_until.max(hit.last as usize);
        }
        let Some(token) = document.tokens.get(at) else { break };
        let is_name = names.iter().any(|name| (name.first..name.last).contains(&at));
        if (first..last).contains(&at) || is_name {
            continue;
        }
        let number = match token.kind {
            Kind::Word => stem(document, at),
            Kind::Ideograph => two(document, at),
            _ => continue,
        };
        if token.kind == Kind::Word && !token.capital && at >= known_until {
            unknown += 1;
        }
        f.add_word(T::CarriedWord, join(join(number, own(document)), kind));
    }
    f.add(T::CarriedUnknown, unknown.min(7), kind);
    f.add(T::CarriedUnknown, 8 + unknown.min(7), u32::from(sentence.triggers.is_empty()));
}

/// Tells the words around a trigger.
pub(super) fn around_trigger(view: &View, f: &mut impl Features) {
    let View { scene, sentence, .. } = *view;
    let Some(trigger) = view.candidate.trigger else { return };
    let document = scene.document;
    let from = trigger.first.saturating_sub(NEAR_TRIGGER).max(view.clause.start);
    let until = (trigger.last + NEAR_TRIGGER).min(view.clause.end);
    let names = &scene.facts.names[sentence.names.clone()];
    for at in from..until {
        let Some(token) = document.tokens.get(at) else { break };
        let is_name =
            names.iter().any(|name| !name.unnamed && (name.first..name.last).contains(&at));
        if (trigger.first..trigger.last).contains(&at) || is_name {
            continue;
        }
        let number = match token.kind {
            Kind::Word => stem(document, at),
            Kind::Ideograph => two(document, at),
            _ => continue,
        };
        let side = u32::from(at >= trigger.last);
        f.add_word(T::TriggerNear, join(join(number, own(document)), side));
    }
}

/// Tokens before and behind a trigger whose words are told.
const NEAR_TRIGGER: usize = 7;

/// Returns a number for two characters.
fn two(document: &Document, at: usize) -> u32 {
    let chars = document.word(at).chars().chain(document.word(at + 1).chars());
    chars.fold(0, |number, c| join(number, c as u32))
}

/// Returns a number for what the forms of a word share.
fn stem(document: &Document, at: usize) -> u32 {
    document.stem(at).fold(0, |number, c| join(number, c as u32))
}

/// Tells the first and the last word of a name from `first` to `last`, and those before it.
pub(super) fn of_name(view: &View, first: usize, last: usize, label: Label, f: &mut impl Features) {
    let document = view.scene.document;
    // The same surname is borne by many.
    if label != Label::Per {
        f.add_word(T::TargetFirstWord, word(document, first));
        f.add_word(T::TargetLastWord, word(document, last.saturating_sub(1)));
    }
    if let Some(before) = first.checked_sub(1) {
        let own = own_word(document, before);
        f.add_word(T::TargetWordBefore, own);
        if let Some(second) = before.checked_sub(1) {
            f.add_word(T::TargetWordsBefore, join(own, word(document, second)));
        }
    }
}

/// Tells the words before a day.
pub(super) fn of_day(view: &View, first: usize, f: &mut impl Features) {
    let document = view.scene.document;
    if let Some(before) = first.checked_sub(1) {
        let own = own_word(document, before);
        f.add_word(T::DateWordBefore, own);
        if let Some(second) = before.checked_sub(1) {
            f.add_word(T::DateWordsBefore, join(own, word(document, second)));
        }
    }
}

/// Tells the words around a day of the sentence, with the type.
pub(super) fn of_day_type(view: &View, first: usize, last: usize, f: &mut impl Features) {
    let document = view.scene.document;
    f.add_word(T::DateWordBehind, own_word(document, last));
    let before = first.checked_sub(1).map_or(0, |at| own_word(document, at));
    f.add_word(T::DateWordType, join(before, view.kind));
}

/// Tells the words of the trigger, for a candidate whose day no date states.
pub(super) fn of_no_day(view: &View, f: &mut impl Features) {
    let document = view.scene.document;
    let Some(trigger) = view.candidate.trigger else { return };
    let words = (trigger.first..trigger.last).map(|at| word(document, at));
    f.add_word(T::DateNoneWord, join(words.fold(own(document), join), view.kind));
}

//! What the very words in and beside something say: those of a trigger, of a name, before a day.
//!
//! Packs tell what kind of word stands somewhere; which of those kinds a word is worth in its
//! language ("a" before a Spanish name, "avertissement"), and which names are acted upon at all, is
//! learnt here from annotated articles. A word that none of them had says nothing.

use std::ops::Range;

use crate::{
    base::token::{Kind, Token},
    extract::entities::Label,
    resolve::entities::SettledName,
    text::document::Document,
};

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
    around_trigger(view, trigger.first..trigger.last, f);
}

/// Tokens around a sum, and around a trigger, whose words are told.
const AROUND_SUM: usize = 14;
const AROUND_TRIGGER: usize = 7;

/// Tells the words around a sum that no word for a fine or settlement stands by, and how many of them the
/// pack does not know: a sum in a list of fines has names and small words around it, any other a verb of its own.
pub(super) fn of_carried(view: &View, sum: Range<usize>, f: &mut impl Features) {
    let View { scene, sentence, kind, .. } = *view;
    let document = scene.document;
    let around = around(view, &sum, AROUND_SUM);
    let mut hits = document.hits_in(&around).iter().peekable();
    let (mut unknown, mut known_until) = (0_u32, 0);
    for (at, number) in words_in(view, around, sum, |_| true) {
        while let Some(hit) = hits.next_if(|hit| hit.first as usize <= at) {
            known_until = known_until.max(hit.last as usize);
        }
        let is_small = |token: &Token| token.kind == Kind::Word && !token.capital;
        let is_unknown = at >= known_until && document.tokens.get(at).is_some_and(is_small);
        unknown += u32::from(is_unknown);
        f.add_word(T::CarriedWord, join(number, kind));
    }
    f.add(T::CarriedUnknown, unknown.min(7), kind);
    f.add(T::CarriedUnknown, 8 + unknown.min(7), u32::from(sentence.triggers.is_empty()));
}

/// Tells the words around a trigger.
fn around_trigger(view: &View, trigger: Range<usize>, f: &mut impl Features) {
    let (around, last) = (around(view, &trigger, AROUND_TRIGGER), trigger.end);
    for (at, number) in words_in(view, around, trigger, |name| !name.unnamed) {
        f.add_word(T::TriggerNear, join(number, u32::from(at >= last)));
    }
}

/// Returns so many tokens before and behind some others, as far as they belong to the candidate's clause.
fn around(view: &View, inside: &Range<usize>, reach: usize) -> Range<usize> {
    let Range { start, end } = view.clause;
    inside.start.saturating_sub(reach).max(start)..(inside.end + reach).min(end)
}

/// Returns the words in `range`, each with a number for what its forms share, but for those in `inside` and in
/// names of the sentence that `is_left_out` holds of.
fn words_in<'v>(
    view: &View<'v>,
    range: Range<usize>,
    inside: Range<usize>,
    is_left_out: impl Fn(&SettledName) -> bool + 'v,
) -> impl Iterator<Item = (usize, u32)> + 'v {
    let document = view.scene.document;
    let names = view.scene.facts.names.get(view.sentence.names.clone()).unwrap_or_default();
    let own = own(document);
    range.filter_map(move |at| {
        let holds = |name: &SettledName| (name.first..name.last).contains(&at);
        if inside.contains(&at) || names.iter().any(|name| is_left_out(name) && holds(name)) {
            return None;
        }
        let number = match document.kind(at) {
            Kind::Word => stem(document, at),
            Kind::Ideograph => two(document, at),
            _ => return None,
        };
        Some((at, join(number, own)))
    })
}

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

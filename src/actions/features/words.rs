//! What the very words in and beside something say: those of a trigger, of a name, before a day.
//!
//! Packs tell what kind of word stands somewhere; which of those kinds a word is worth in its
//! language ("a" before a Spanish name, "avertissement"), and which names are acted upon at all, is
//! learnt here from annotated articles. A word that none of them had says nothing.

use crate::{extract::entities::Label, text::document::Document};

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

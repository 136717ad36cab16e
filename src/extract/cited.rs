//! Names of laws and courts that no table has: "Consumer Financial Protection Act (CFPA)".
//!
//! Read: a name of several words that opens or ends with the language's word for a law, and what
//! stands in brackets behind a law or a court, wherever the article has it again. Nobody of them is
//! acted upon.

use rustc_hash::FxHashMap;

use super::entities::{Label, NameMention, Reading};
use crate::{pack::sense::Sense, text::document::Document};

/// Marks them among the names found, which are in order.
pub(super) fn mark(document: &Document, found: &mut [NameMention]) {
    for name in found.iter_mut().filter(|name| is_law(document, name)) {
        name.label = Label::Law;
        name.rule = "entity.law-name";
    }
    let bracketed = |pair: &[NameMention]| {
        let [long, short] = pair else { return None };
        let is_short = short.reading == Reading::Name
            && short.last == short.first + 1
            && long.last + 1 == short.first
            && matches!(document.word(long.last), "(" | "（")
            && matches!(document.word(short.last), ")" | "）");
        let is_court = long.reading == Reading::Court;
        (is_short && (is_court || long.label == Label::Law))
            .then(|| (document.word(short.first), is_court))
    };
    let short: FxHashMap<&str, bool> = found.windows(2).filter_map(bracketed).collect();
    if short.is_empty() {
        return;
    }
    let is_alone =
        |name: &&mut NameMention| name.reading == Reading::Name && name.last == name.first + 1;
    for name in found.iter_mut().filter(is_alone) {
        match short.get(document.word(name.first)) {
            Some(true) => name.reading = Reading::Court,
            Some(false) => {
                name.label = Label::Law;
                name.rule = "entity.law-name";
            }
            None => {}
        }
    }
}

/// Returns whether a name is a law's by its first or last word.
fn is_law(document: &Document, name: &NameMention) -> bool {
    let NameMention { first, last, .. } = *name;
    let opens = || document.end_of(first, Sense::LawWord).is_some_and(|end| end < last);
    let ends =
        || document.start_of(last, |sense| sense == Sense::LawWord).is_some_and(|at| at > first);
    name.reading == Reading::Name
        && matches!(name.label, Label::Org | Label::Misc | Label::Loc)
        && last > first + 1
        && (opens() || ends())
}

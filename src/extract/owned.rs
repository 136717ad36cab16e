//! A name that owns another: "Exempla's Modello audits" tells of Exempla.
//!
//! Split: a name with "'s" within it whose first part the article has alone elsewhere, as a name. Refused: well-known
//! names that are written so ("Moody's Investors Service").

use rustc_hash::FxHashSet;

use super::{
    entities::{NameMention, Reading},
    tagger::lists::is_known_company,
};
use crate::text::document::Document;

/// Splits the names of an article that hold their owner.
pub(super) fn split(document: &Document, found: &mut Vec<NameMention>) {
    let words = |first: usize, last: usize| document.span(&(first..last)).of(document.text);
    let alone: FxHashSet<&str> = found
        .iter()
        .filter(|name| name.reading == Reading::Name)
        .map(|name| words(name.first, name.last))
        .collect();
    let mut owners = Vec::new();
    for name in found.iter_mut().filter(|name| name.reading == Reading::Name) {
        let inner = name.first + 1..name.last.saturating_sub(1);
        let Some(at) = inner.clone().find(|at| matches!(document.word(*at), "'s" | "’s")) else {
            continue;
        };
        let is_owner =
            alone.contains(words(name.first, at)) && !is_known_company(words(name.first, at + 1));
        if is_owner {
            owners.push(NameMention { last: at, ..name.clone() });
            name.first = at + 1;
        }
    }
    found.append(&mut owners);
}

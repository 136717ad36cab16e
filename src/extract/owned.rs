//! A name that owns another: "Exempla's Modello audits" tells of Exempla.
//!
//! Split: a name with "'s" within it whose first part the article has alone elsewhere, as a name. Refused: well-known
//! names that are written so ("Moody's Investors Service").

use super::{
    entities::{NameMention, Reading},
    tagger::lists::is_known_company,
};
use crate::text::document::Document;

/// Splits the names of an article that hold their owner.
pub(super) fn split(document: &Document, found: &mut Vec<NameMention>) {
    let words = |first: usize, last: usize| document.span(&(first..last)).of(document.text);
    let holds = |at: &usize| matches!(document.word(*at), "'s" | "’s");
    for index in 0..found.len() {
        let NameMention { first, last, .. } = found[index];
        let Some(at) = (first + 1..last.saturating_sub(1)).find(holds) else { continue };
        let is_alone = |name: &NameMention| {
            name.reading == Reading::Name && words(name.first, name.last) == words(first, at)
        };
        if found[index].reading == Reading::Name
            && !is_known_company(words(first, at + 1))
            && found.iter().any(is_alone)
        {
            found.push(NameMention { last: at, ..found[index].clone() });
            found[index].first = at + 1;
        }
    }
}

//! Two names that were read as one: "Exempla's Modello audits", "Doe à Exempla".
//!
//! Split: a name with "'s" within it whose first part the article has alone elsewhere, as a name, and a person's name
//! around a word for "to" or "against". Refused: well-known names that are written so ("Moody's Investors Service").

use super::{
    entities::{Label, NameMention, Reading},
    tagger::lists::is_known_company,
};
use crate::{pack::sense::Sense, text::document::Document};

/// Splits the names of an article that are two.
pub(super) fn split(document: &Document, found: &mut Vec<NameMention>) {
    owners(document, found);
    people(document, found);
}

/// Returns whether a token makes an owner of the name before it: "'s".
pub(crate) fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s")
}

/// Splits the names that hold their owner.
fn owners(document: &Document, found: &mut Vec<NameMention>) {
    let words = |first: usize, last: usize| document.span(&(first..last)).of(document.text);
    let holds = |at: &usize| is_possessive(document.word(*at));
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

/// Splits the names of people that end before a word in small letters for "to": no person bears it.
fn people(document: &Document, found: &mut Vec<NameMention>) {
    let is_to = |at: &usize| {
        let small = document.tokens.get(*at).is_some_and(|token| !token.any_capital);
        let capital = document.tokens.get(at + 1).is_some_and(|token| token.capital);
        let is = |sense| document.end_of(*at, sense) == Some(at + 1);
        small && capital && is(Sense::Target) && !is(Sense::Connector)
    };
    for index in 0..found.len() {
        let NameMention { first, last, .. } = found[index];
        if found[index].label != Label::Per || found[index].reading != Reading::Name {
            continue;
        }
        let Some(at) = (first + 1..last.saturating_sub(1)).find(is_to) else { continue };
        // One word behind it is no whole person.
        let label = if last > at + 2 { Label::Per } else { Label::Org };
        found.push(NameMention { first: at + 1, label, ..found[index].clone() });
        found[index].last = at;
    }
}

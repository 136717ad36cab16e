//! Authorities that the knowledge base lacks: "the National Grain Authority", "Gemeente Exempla",
//! "Agencia Regional de Pesca".
//!
//! Read: a noun for an authority with the name beside it, and names that hold such a noun. Refused:
//! names with a legal form, well-known companies, people; a noun without a name stays a description.

use std::ops::Range;

use super::{
    capitals::starts_sentence,
    entities::{Label, NameMention, Reading},
    tagger::lists::is_known_company,
};
use crate::{
    base::{action::Sector, token::Kind},
    pack::sense::Sense,
    text::document::Document,
};

/// Rule of an authority by its own name.
pub const NAMED: &str = "entity.authority-named";

/// Makes authorities of the names that hold or stand beside a noun for one.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    found.sort_by_key(|name| (name.first, name.last));
    for name in found.iter_mut() {
        if let Some(sector) = held(document, name) {
            name.label = Label::Regulator;
            name.reading = Reading::Body(sector, None);
            name.rule = NAMED;
        }
    }
    let mut index = 0;
    while index < found.len() {
        if let Reading::Authority(sector, None) = found[index].reading {
            let (from, to) = beside(document, found, index);
            let noun = found[index].clone();
            let last = if to == index { with_kind(document, &noun) } else { found[to].last };
            let is_free = found.get(to + 1).is_none_or(|next| next.first >= last);
            if is_free && (from < to || last > noun.last) {
                let place = |name: &NameMention| match name.reading {
                    Reading::Place(country) => Some(country),
                    _ => None,
                };
                let country = found[from..=to].iter().find_map(place);
                // In small letters it is a name only where the article names no other.
                let reading = if is_capital(document, &noun) {
                    Reading::Body(sector, country)
                } else {
                    Reading::Authority(sector, None)
                };
                let first = found[from].first;
                let body = NameMention { first, last, reading, rule: NAMED, ..noun };
                found.splice(from..=to, [body]);
                index = from;
            }
        }
        index += 1;
    }
}

/// Returns the field of the noun for an authority that a name begins or ends with.
fn held(document: &Document, name: &NameMention) -> Option<Sector> {
    let is_open = name.reading == Reading::Name
        && matches!(name.label, Label::Org | Label::Misc | Label::Loc)
        && name.last > name.first + 1
        && name.range().all(|at| document.tokens.get(at).is_some_and(|token| !token.legal));
    if !is_open || is_known_company(document.span(&name.range()).of(document.text)) {
        return None;
    }
    let within = document.hits_in(&name.range()).iter();
    within
        .filter(|hit| hit.first as usize == name.first || hit.last as usize == name.last)
        .filter(|hit| {
            hit.last as usize <= name.last && (hit.last - hit.first) as usize != name.range().len()
        })
        .find_map(|hit| if let Sense::Authority(sector) = hit.sense { Some(sector) } else { None })
}

/// Returns the names, as places in `found`, that are one with a noun for an authority.
fn beside(document: &Document, found: &[NameMention], index: usize) -> (usize, usize) {
    let noun = &found[index];
    let capital = is_capital(document, noun);
    let is_place = |name: &NameMention| {
        matches!(name.reading, Reading::Place(_))
            || name.reading == Reading::Name && name.label == Label::Loc
    };
    let is_name = |name: &NameMention| name.reading == Reading::Name && name.label != Label::Per;
    // Where nouns have cases, "in Exempla inspectors …" has a place right beside them too.
    let has_cases = !document.pack.name_endings.is_empty();
    let before = index.checked_sub(1).filter(|at| {
        let name = &found[*at];
        let joins =
            if capital { is_name(name) || is_place(name) } else { is_place(name) && !has_cases };
        joins && name.last == noun.first && !document.pack.capital_nouns
    });
    let of = document.end_of(noun.last, Sense::MoneyOf).filter(|_| capital);
    // Ideographs have the noun behind the name.
    let may_follow = document.kind(noun.first) != Kind::Ideograph;
    let behind = Some(index + 1).filter(|at| {
        may_follow
            && found.get(*at).is_some_and(|name| {
                of == Some(name.first) && (is_name(name) || is_place(name))
                    || name.first == noun.last && is_place(name) && !has_cases
            })
    });
    (before.unwrap_or(index), behind.unwrap_or(index))
}

/// Returns whether a noun's capital shows a name.
fn is_capital(document: &Document, noun: &NameMention) -> bool {
    let caseless = document.kind(noun.first) == Kind::Ideograph;
    let capital =
        document.tokens.get(noun.first).is_some_and(|token| token.capital && !token.shout);
    caseless || capital && !document.pack.capital_nouns && !starts_sentence(document, noun.first)
}

/// Returns the end of what an authority with a capital is for: "Inspection des jeux".
fn with_kind(document: &Document, noun: &NameMention) -> usize {
    let Range { end, .. } = noun.range();
    if !is_capital(document, noun) || document.kind(noun.first) != Kind::Word {
        return end;
    }
    let of = document.end_of(end, Sense::MoneyOf);
    let is_word = |at: &usize| document.kind(*at) == Kind::Word;
    of.filter(is_word).map_or(end, |at| at + 1)
}

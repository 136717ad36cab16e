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
    pack::{
        lexicon::Hit,
        sense::{Country, Sense},
    },
    text::document::Document,
};

/// Letters that no article has.
const LONGER: usize = 5;

/// Rule of an authority by its own name.
pub const NAMED: &str = "entity.authority-named";

/// Makes authorities of the names that hold or stand beside a noun for one.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    found.sort_by_key(|name| (name.first, name.last));
    let mut kept: Vec<NameMention> = Vec::with_capacity(found.len());
    let mut names = std::mem::take(found).into_iter().peekable();
    while let Some(mut name) = names.next() {
        if let Some(sector) = held(document, &name) {
            name.label = Label::Regulator;
            name.reading = Reading::Body(sector, None);
            name.rule = NAMED;
            name.first = without_article(document, &name);
        } else if let Reading::Authority(sector, None) = name.reading {
            let before = kept.pop_if(|before| is_before(document, before, &name));
            let behind = names.next_if(|behind| is_behind(document, &name, behind));
            let end = behind.as_ref().map_or_else(|| with_kind(document, &name), |b| b.last);
            let is_taken = names.peek().is_some_and(|next| next.first < end);
            let end = if is_taken { name.last } else { end };
            if before.is_some() || end > name.last {
                // In small letters it is a name only where the article names no other.
                if is_capital(document, &name) || opens(document, &name) {
                    let of = [&before, &behind].into_iter().flatten().find_map(place);
                    name.reading = Reading::Body(sector, of);
                }
                let noun = without_article(document, &name);
                name.first = before.map_or(noun, |before| before.first);
                name.last = end;
                name.label = Label::Regulator;
                name.rule = NAMED;
            }
        }
        kept.push(name);
    }
    *found = kept;
}

fn place(name: &NameMention) -> Option<Country> {
    if let Reading::Place(country) = name.reading { Some(country) } else { None }
}

/// Returns the field of the noun for an authority that a name begins or ends with.
fn held(document: &Document, name: &NameMention) -> Option<Sector> {
    let is_open = name.reading == Reading::Name
        && matches!(name.label, Label::Org | Label::Misc | Label::Loc)
        && name.last > name.first + 1;
    if !is_open {
        return None;
    }
    let noun = |hit: &Hit| {
        let Sense::Authority(sector) = hit.sense else { return None };
        let (first, last) = (hit.first as usize, hit.last as usize);
        // It begins or ends the name, and is not all of it.
        let opens = first == name.first && last < name.last;
        let closes = first > name.first && last == name.last;
        (opens || closes).then_some(sector)
    };
    let sector = document.hits_in(&name.range()).iter().find_map(noun)?;
    let is_company = is_legal(document, name)
        || is_known_company(document.span(&name.range()).of(document.text));
    (!is_company).then_some(sector)
}

fn is_place(name: &NameMention) -> bool {
    matches!(name.reading, Reading::Place(_))
        || name.reading == Reading::Name && name.label == Label::Loc
}

fn is_name(document: &Document, name: &NameMention) -> bool {
    is_place(name)
        || name.reading == Reading::Name && name.label != Label::Per && !is_legal(document, name)
}

/// Returns whether a name has a legal form, and is a company's.
fn is_legal(document: &Document, name: &NameMention) -> bool {
    name.range().any(|at| document.tokens.get(at).is_some_and(|token| token.legal))
}

/// Returns whether nouns have cases: "in Exempla inspectors …" has a place right beside them that is not theirs.
fn has_cases(document: &Document) -> bool {
    !document.pack.name_cases.is_empty()
}

/// Returns whether a name is the beginning of one that ends with a noun for an authority.
fn is_before(document: &Document, name: &NameMention, noun: &NameMention) -> bool {
    let joins = if is_capital(document, noun) {
        is_name(document, name)
    } else {
        is_place(name) && !has_cases(document)
    };
    // "La Agencia", "Yesterday Inspectors"
    let is_word = name.reading == Reading::Name
        && name.last == name.first + 1
        && starts_sentence(document, name.first)
        && document.hits_at(name.first).iter().any(|hit| hit.last as usize == name.last);
    joins && !is_word && name.last == noun.first && !document.pack.capital_nouns
}

/// Returns the first token of a name behind the article that it begins with: "the Commission", "La Agencia Regional".
fn without_article(document: &Document, name: &NameMention) -> usize {
    let is_article = |at: usize| {
        let is = |hit: &Hit| hit.sense == Sense::FunctionWord && hit.last as usize == at + 1;
        document.word(at).chars().count() < LONGER && document.hits_at(at).iter().any(is)
    };
    name.first + usize::from(name.last > name.first + 1 && is_article(name.first))
}

/// Returns whether a name is the rest of one that begins with a noun for an authority.
fn is_behind(document: &Document, noun: &NameMention, name: &NameMention) -> bool {
    // Ideographs have the noun behind the name.
    if document.kind(noun.first) == Kind::Ideograph {
        return false;
    }
    let capital = is_capital(document, noun);
    let of = document.end_of(noun.last, Sense::MoneyOf);
    let is_right_behind = name.first == noun.last && !has_cases(document);
    capital && of == Some(name.first) && is_name(document, name)
        || is_right_behind
            && (is_place(name) || (capital || opens(document, noun)) && is_name(document, name))
}

/// Returns whether a noun's capital shows a name.
fn is_capital(document: &Document, noun: &NameMention) -> bool {
    let caseless = document.kind(noun.first) == Kind::Ideograph;
    caseless || has_capital(document, noun) && !starts_sentence(document, noun.first)
}

/// Returns whether a noun's capital may show no more than that a sentence begins.
fn opens(document: &Document, noun: &NameMention) -> bool {
    has_capital(document, noun) && starts_sentence(document, noun.first)
}

fn has_capital(document: &Document, noun: &NameMention) -> bool {
    let token = document.tokens.get(noun.first);
    token.is_some_and(|token| token.capital && !token.shout) && !document.pack.capital_nouns
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

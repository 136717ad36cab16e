//! Names of the world's tables: authorities, laws, and companies of the user's own list.
//!
//! Refused: acronyms that stand for other things too, or are written like any word, where nothing
//! in the article speaks of the authority's country.

use std::collections::BTreeSet;

use crate::{
    base::token::{Kind, Token},
    pack::{
        sense::{Country, Sense},
        world::{
            World,
            gazetteer::{Case, Entry, Found, Thing},
            regulators::Regulator,
        },
    },
    text::document::Document,
};

use super::{
    capitals::{is_legal_form, legal_end},
    entities::{Label, NameMention, Reading},
    uncased::is_hiragana,
};

/// Authorities and laws of the world's tables.
pub(super) fn names(document: &Document, world: &World) -> Vec<NameMention> {
    let mut found = world.gazetteer.find(document.pack, document.text, &document.tokens);
    found.retain(|name| {
        !is_rest_of_company(document, name)
            && !is_within_company(document, name)
            && !is_seat(document, name)
    });
    drop_homonyms(document, world, &mut found);
    let mention = |(first, last), label, reading, rule| NameMention {
        first,
        last,
        label,
        reading,
        rule,
        confidence: 0.95,
    };
    found
        .into_iter()
        .map(|mut name| {
            let range = (name.first, name.last);
            if let Some(index) = own(&mut name.entries, world) {
                let range = (name.first, legal_end(document, name.last));
                return mention(range, Label::Org, Reading::Watched(index), "entity.watched");
            }
            let law = name
                .entries
                .iter()
                .find_map(|e| if let Thing::Law(law) = e.thing { Some(law) } else { None });
            match law {
                Some(law) => {
                    let article = law_article(document, name.first, name.last);
                    mention(range, Label::Law, Reading::Law(law, article), "entity.law")
                }
                None => mention(
                    range,
                    Label::Regulator,
                    Reading::Regulators(name.entries),
                    "entity.regulator",
                ),
            }
        })
        .collect()
}

/// Returns whether a name with a bank's noun at its start is the end of a company's: "Royal Bank of Canada".
fn is_rest_of_company(document: &Document, name: &Found) -> bool {
    let Some(before) = name.first.checked_sub(1) else { return false };
    let is_firm = |sense| matches!(sense, Sense::Company | Sense::CompanyMark | Sense::Firm);
    let opens_firm = || document.hits_at(name.first).iter().any(|hit| is_firm(hit.sense));
    let is_word = |token: &Token| token.kind == Kind::Word && token.capital && token.span.len() > 2;
    name.last - name.first >= 3
        && document.tokens.get(before).is_some_and(is_word)
        && document.hits_at(before).is_empty()
        && opens_firm()
}

/// Characters before an authority's name at which a company's that holds it may begin.
const OPENING: usize = 4;

/// Returns whether a company's name holds an authority's, in a script without spaces: "日本銀行" of "東日本銀行".
fn is_within_company(document: &Document, name: &Found) -> bool {
    let (first, last) = (name.first, name.last);
    if document.kind(first) != Kind::Ideograph {
        return false;
    }
    let holds = |at: usize| {
        let mut hits = document.hits_at(at).iter();
        hits.any(|hit| hit.sense == Sense::Organisation && hit.last as usize >= last)
    };
    let is_firm = document.start_of(last, |sense| sense == Sense::OrganisationHead).is_some();
    // What is written as one with a bank's name before it, and no word, is part of it.
    let is_glued = first.checked_sub(1).is_some_and(|before| {
        document.kind(before) == Kind::Ideograph
            && !document.spaced(first)
            && !is_hiragana(document.word(before))
            && document.hits_before(first).next().is_none()
    });
    is_firm && is_glued || (first.saturating_sub(OPENING)..first).any(holds)
}

/// Returns whether a town's name in brackets behind a name says where that one sits: "長生堂製薬(徳島市)".
fn is_seat(document: &Document, name: &Found) -> bool {
    let before = name.first.checked_sub(1);
    document.kind(name.first) == Kind::Ideograph
        && before.is_some_and(|at| matches!(document.word(at), "(" | "（"))
        && document.start_of(name.last, |sense| sense == Sense::PlaceMark).is_some()
}

/// Letters of an acronym that alone names no authority of a country that the article does not speak of.
const SHORT: usize = 3;

/// Drops what only looks like an authority: a short name with other meanings whose country neither
/// the article's language nor its words nor another authority brings in.
fn drop_homonyms(document: &Document, world: &World, found: &mut Vec<Found>) {
    let authority = |entry: &Entry| match entry.thing {
        Thing::Regulator(index) => world.regulators.get(index as usize),
        _ => None,
    };
    let is_short = |name: &Found| document.word(name.first).chars().nth(SHORT).is_none();
    let sure: BTreeSet<Country> = found
        .iter()
        // A plain word does not vouch for itself: "Dans" at the start of a French sentence.
        .filter(|name| {
            name.last > name.first + 1 || !is_short(name) && !is_plain_word(document, name)
        })
        .flat_map(|name| &name.entries)
        .filter_map(authority)
        .filter(|regulator| !regulator.ambiguous)
        .filter_map(Regulator::country)
        .collect();
    let near = |country: Country| {
        document.pack.home.contains(&country)
            || sure.contains(&country)
            || document.speaks_of(country)
    };
    found.retain(|name| {
        let word = is_plain_word(document, name);
        // Three letters are many bodies' and firms' names: "ACN" is an agency in Catalan papers.
        let short = is_short(name);
        if word && is_within_name(document, name.first) || is_legal_end(document, name) {
            return false;
        }
        name.entries.iter().any(|entry| {
            let is_acronym = entry.lang.is_none() && entry.case == Case::Acronym;
            let is_unsure = |r: &&Regulator| r.ambiguous || is_acronym && (word || short);
            let Some(regulator) = authority(entry).filter(is_unsure) else { return true };
            entry.lang == Some(document.pack.lang) || regulator.country().is_some_and(near)
        })
    });
}

/// Returns whether what is found as an acronym is written like any word: "Casa", "Nabu".
fn is_plain_word(document: &Document, name: &Found) -> bool {
    let is_small = |c: char| c.is_lowercase();
    name.last == name.first + 1
        && name.entries.iter().all(|entry| entry.case == Case::Acronym)
        && document.tokens.get(name.first).is_some_and(|token| token.capital && !token.shout)
        && document.word(name.first).chars().skip(1).all(is_small)
}

/// Returns whether what is found ends a company's name: "ASA" of "Exempla ASA".
fn is_legal_end(document: &Document, name: &Found) -> bool {
    let Some(before) = name.first.checked_sub(1) else { return false };
    let is_name = document.tokens.get(before).is_some_and(|t| t.capital && t.kind == Kind::Word)
        && !document
            .hits_at(before)
            .iter()
            .any(|hit| matches!(hit.sense, Sense::FunctionWord | Sense::Country(_)));
    name.last == name.first + 1 && is_name && is_legal_form(document, name.first)
}

/// Returns whether a word with a capital stands right behind one: "Casa" of "Casa Vera Lounge".
fn is_within_name(document: &Document, at: usize) -> bool {
    !document.pack.capital_nouns
        && document.tokens.get(at + 1).is_some_and(|next| {
            next.spaced && next.capital && !next.shout && next.form == Token::UNKNOWN
        })
}

/// Keeps the readings of the user's own list, if there are any; returns the company among them.
fn own(entries: &mut Vec<Entry>, world: &World) -> Option<u32> {
    let is_own = |thing: Thing| match thing {
        Thing::Regulator(index) => world.regulators.get(index as usize).is_some_and(|r| r.watched),
        Thing::Law(_) => false,
        Thing::Watched(_) => true,
    };
    if entries.iter().any(|entry| is_own(entry.thing)) {
        entries.retain(|entry| is_own(entry.thing));
    }
    entries
        .iter()
        .find_map(|e| if let Thing::Watched(index) = e.thing { Some(index) } else { None })
}

/// Returns the article that is cited with a law: "article 83 du RGPD", "GDPR Article 83".
fn law_article(document: &Document, first: usize, last: usize) -> Option<String> {
    let figure = |at: usize| {
        (document.kind(at) == Kind::Number && document.word(at).len() <= 4)
            .then(|| document.word(at).to_owned())
    };
    let before = (first.saturating_sub(6)..first).rev().find_map(|at| {
        let end = document.end_of(at, Sense::LawArticle)?;
        figure(end)
    });
    let after = || (last..last + 2).find_map(|at| figure(document.end_of(at, Sense::LawArticle)?));
    before.or_else(after)
}

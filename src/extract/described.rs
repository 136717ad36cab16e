//! What is described and not named: "the Irish regulator", "the company", courts, countries, places.

use crate::{
    base::token::Kind,
    pack::sense::{Country, Sense, starts},
    text::document::Document,
};

use super::entities::{Label, NameMention, Reading, taken};

/// Adds what is described, not named: authorities, courts, countries, "the company".
pub(super) fn described(document: &Document, found: &mut Vec<NameMention>) {
    let mut taken = taken(document, found);
    let mut at = 0;
    while at < document.tokens.len() {
        if !document.may_start(at, starts::NAME) {
            at += 1;
            continue;
        }
        let Some((mention, end)) =
            description(document, at).filter(|(m, _)| !taken[m.first..m.last].contains(&true))
        else {
            at += 1;
            continue;
        };
        taken[mention.first..mention.last].fill(true);
        found.push(mention);
        at = end.max(at + 1);
    }
}

fn description(document: &Document, at: usize) -> Option<(NameMention, usize)> {
    let is_capital = |at: usize| document.tokens.get(at).is_some_and(|t| t.capital && !t.shout);
    let (end, sense) = document.longest(at, |s| {
        matches!(
            s,
            Sense::Authority(_)
                | Sense::Company
                | Sense::Court
                | Sense::Country(_)
                | Sense::Place(_)
        )
        .then_some(s)
    })?;
    let mention = |first, last, label, reading, rule, confidence| {
        (NameMention { first, last, label, reading, rule, confidence }, last)
    };
    Some(match sense {
        Sense::Authority(sector) => {
            let (first, last, country) = with_country(document, at, end);
            mention(
                first,
                last,
                Label::Regulator,
                Reading::Authority(sector, country),
                "entity.authority-described",
                0.6,
            )
        }
        Sense::Court => {
            let (first, last, _) = with_country(document, at, end);
            mention(first, last, Label::Org, Reading::Court, "entity.court", 0.8)
        }
        Sense::Country(country) => {
            // "the Irish regulator" is read from its adjective on.
            if let Some((last, Sense::Authority(sector))) =
                document.longest(end, |s| matches!(s, Sense::Authority(_)).then_some(s))
            {
                return Some(mention(
                    at,
                    last,
                    Label::Regulator,
                    Reading::Authority(sector, Some(country)),
                    "entity.authority-described",
                    0.7,
                ));
            }
            let capital = document.tokens.get(at).is_some_and(|t| t.capital)
                || document.kind(at) == Kind::Ideograph;
            mention(
                at,
                end,
                if capital { Label::Loc } else { Label::Misc },
                Reading::Country(country),
                "entity.country",
                0.9,
            )
        }
        Sense::Place(country) => {
            document.tokens.get(at).filter(|t| t.capital || t.kind == Kind::Ideograph)?;
            mention(at, end, Label::Loc, Reading::Place(country), "entity.place", 0.8)
        }
        // "De Volksbank" is no bank that is described, for all that the word ends like one.
        _ if end > at + 1
            && is_capital(end - 1)
            && !document.pack.capital_nouns
            && !document.pack.lexicon.is_listed(document.word(end - 1)) =>
        {
            return None;
        }
        _ if opens_name(document, at, end) => return None,
        _ => mention(at, end, Label::Org, Reading::Company, "entity.company-described", 0.5),
    })
}

/// Returns whether the noun for a company has a capital of its own and opens a name: "La Banque Postale", "the
/// University of Exempla".
fn opens_name(document: &Document, first: usize, last: usize) -> bool {
    let is_capital = |at: usize| {
        document.tokens.get(at).is_some_and(|t| t.capital && t.spaced && t.kind == Kind::Word)
    };
    let noun = last - 1;
    let sentence = document.sentences.get(document.sentence_of(noun));
    let begins = sentence.is_some_and(|sentence| sentence.start == noun);
    let of = document.end_of(last, Sense::Connector).is_some_and(is_capital);
    !document.pack.capital_nouns
        && is_capital(noun)
        && (noun > first || !begins)
        && (of || is_capital(last) && !document.tokens[last].shout)
}

/// Takes a country's adjective or name in: "régulateur britannique", "regulator of Ireland".
fn with_country(document: &Document, first: usize, last: usize) -> (usize, usize, Option<Country>) {
    let country = |s| if let Sense::Country(c) = s { Some(c) } else { None };
    if let Some((end, country)) = document.longest(last, country) {
        return (first, end, Some(country));
    }
    let of =
        [Sense::MoneyOf, Sense::DateOf].into_iter().filter_map(|s| document.end_of(last, s)).max();
    if let Some((end, country)) = of.and_then(|of| document.longest(of, country)) {
        return (first, end, Some(country));
    }
    (first, last, None)
}

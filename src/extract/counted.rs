//! Those who are counted and not named: "nine companies", "zwei kleine private Banken", "mehrere Banken".
//!
//! Read in sentences that tell of an action: a small number with the noun behind it, a word for several
//! with a noun for firms. Refused: what measures something ("three months"), and large numbers, which
//! count things.

use super::{
    entities::{Label, NameMention, Reading, taken_by},
    numbers::number,
};
use crate::{
    base::{money::Exact, token::Kind},
    pack::sense::{Sense, starts},
    text::document::Document,
};

/// Most that are counted as those acted upon; larger counts are of things.
const MOST_COUNTED: i128 = 999;

/// Adds those who are counted and not named, in sentences that tell of an action.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    // "The company" is no name of its own behind a number: "dwóch spółek".
    let named: Vec<&NameMention> = found.iter().filter(|n| n.reading != Reading::Company).collect();
    let taken = taken_by(document, named.into_iter());
    let from = found.len();
    for sentence in &document.sentences {
        if !document.tells_action(sentence) {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let last = counted_at(document, at).filter(|last| *last <= sentence.end);
            let Some(last) = last.filter(|last| !taken[at..*last].contains(&true)) else {
                at += 1;
                continue;
            };
            found.push(NameMention {
                first: at,
                last,
                label: Label::Misc,
                reading: Reading::Counted,
                rule: if counts_firms(document, last - 1) {
                    "entity.counted-firms"
                } else {
                    "entity.counted"
                },
                confidence: 0.3,
            });
            at = last;
        }
    }
    if found.len() > from {
        let counted = taken_by(document, found.iter().skip(from));
        found
            .retain(|name| name.reading != Reading::Company || !name.range().any(|at| counted[at]));
    }
}

/// Returns whether a noun is one for companies or people.
fn counts_firms(document: &Document, noun: usize) -> bool {
    firms_end(document, noun).is_some()
}

/// Returns the end of the noun for companies or people at a token.
fn firms_end(document: &Document, noun: usize) -> Option<usize> {
    let of_firms = |sense| {
        let is =
            matches!(sense, Sense::Firm | Sense::CompanyMark | Sense::Company | Sense::Counter);
        is.then_some(())
    };
    document.longest(noun, of_firms).map(|(end, ())| end)
}

/// Most words between a number and the firms that it counts: "zwei kleine private Banken".
const MOST_ADJECTIVES: usize = 2;

/// Returns the end of the firms that are counted, of a kind that `noun` has right or soon behind it.
fn firms_behind(document: &Document, noun: usize) -> Option<usize> {
    let is_plain = |at: &usize| {
        document.tokens.get(*at).is_some_and(|t| t.kind == Kind::Word && t.spaced && !t.any_capital)
            // "Fuel" of "25 fuel companies" tells of a price elsewhere.
            && document
                .hits_at(*at)
                .iter()
                .all(|hit| matches!(hit.sense, Sense::MoneyRole(_) | Sense::Common))
    };
    let end_at = |at: usize| {
        let is_word = document.kind(at) == Kind::Word && document.spaced(at);
        firms_end(document, at).filter(|_| is_word)
    };
    let adjectives = (noun..noun + MOST_ADJECTIVES).take_while(is_plain).count();
    let first = (noun..=noun + adjectives).find_map(end_at)?;
    // "Vape shop operators", "akaryakıt şirketine".
    let next = |end: &usize| end_at(*end).filter(|_| !document.pack.capital_nouns);
    std::iter::successors(Some(first), next).last()
}

/// Returns the end of a small number, or of a word for several, with a noun behind it that measures
/// nothing.
fn counted_at(document: &Document, at: usize) -> Option<usize> {
    if let Some(several) = document.end_of(at, Sense::Vague) {
        return firms_behind(document, several);
    }
    if !document.may_start(at, starts::MONEY) || document.kind(at) == Kind::Mark {
        return None;
    }
    let number = number(document, at)?;
    let value = number.value.0 / Exact::ONE;
    let plain = number.scale == 0 && (!number.figures || number.plain);
    if !plain || !(2..=MOST_COUNTED).contains(&value) || number.value.0 % Exact::ONE != 0 {
        return None;
    }
    let noun = document.tokens.get(number.last).filter(|t| t.kind == Kind::Word)?;
    let counter = document.hits_at(number.last).iter().any(|hit| hit.sense == Sense::Counter);
    if !noun.spaced && !counter {
        // "11개 소주업체": a syllable that is written as one with the figure counts the firms behind it.
        let is_short = noun.span.of(document.text).chars().nth(1).is_none();
        return firms_behind(document, number.last + 1).filter(|_| is_short);
    }
    let measured = document.hits_at(number.last).iter().any(|h| {
        matches!(
            h.sense,
            Sense::Month(_)
                | Sense::Duration(_)
                | Sense::Scale(_)
                | Sense::Currency(_)
                | Sense::Family(_)
                | Sense::Cent(_)
                | Sense::Number(_)
                | Sense::Weekday(_)
                | Sense::FunctionWord
                | Sense::DateTo
                | Sense::MoneyTo
                | Sense::Trigger(..)
        )
    });
    let long = document.word(number.last).chars().take(4).count() == 4;
    // "80 de operatori".
    let of = document.end_of(number.last, Sense::MoneyOf).filter(|of| *of == number.last + 1);
    if let Some(firms) = of.and_then(|of| firms_behind(document, of)) {
        return Some(firms);
    }
    if let Some(firms) = firms_behind(document, number.last).filter(|_| !measured) {
        return Some(firms);
    }
    (!noun.capital && !measured && (long || counter)).then_some(number.last + 1)
}

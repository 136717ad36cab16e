//! Those acted upon who are described and never named: "a Dutch trust office", "una clínica dental".
//!
//! Read: a noun for a company or a person behind a word for "a", "another", "a certain"; in languages
//! that have no article, the noun alone; everywhere the one who stands for a business ("the owner"), and
//! one with a place behind it ("the slaughterhouse in Carmaux"). The place is part of it. Refused: a noun
//! that a name stands beside ("the bank Exempla"), and every sentence that tells of no action.

use std::ops::Range;

use crate::{base::token::Kind, pack::sense::Sense, text::document::Document};

use super::entities::{Label, NameMention, Reading};

/// Tokens between "a" and its noun; ideographs are tokens of their own.
const REACH: usize = 6;
const REACH_IDEOGRAPHS: usize = 10;

/// What a token belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    /// A country or place, which a description may hold.
    Place,
    /// What only looks like a place, and right behind a noun for a firm is its name.
    Town,
    /// "The company": no name, and none where "a" stands before.
    Company,
    /// An authority, which never is whom a noun beside it describes: "أغلقت البلدية مطعما".
    Authority,
    Name,
}

/// Adds them, in sentences that tell of an action.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    let mut parts = parts(document, found);
    let from = found.len();
    for sentence in &document.sentences {
        if !document.tells_action(sentence) {
            continue;
        }
        let is_noun =
            |sense| matches!(sense, Sense::Firm | Sense::CompanyMark | Sense::Holder).then_some(());
        let nouns = document.hits_in(sentence).iter().filter(|hit| is_noun(hit.sense).is_some());
        for noun in nouns {
            let first = noun.first as usize;
            let last = document.longest(first, is_noun).map_or(first + 1, |(last, ())| last);
            let noun = first..last.min(sentence.end);
            let Some((range, rule)) = described(document, &parts, sentence, &noun) else {
                continue;
            };
            parts[range.clone()].fill(Part::Name);
            found.push(NameMention {
                first: range.start,
                last: range.end,
                label: Label::Misc,
                reading: Reading::Unnamed(noun),
                rule,
                confidence: 0.3,
            });
        }
    }
    if found.len() == from {
        return;
    }
    // What "a" stands before is not "the company"; the place of a description is part of it.
    let added: Vec<Range<usize>> = found.iter().skip(from).map(NameMention::range).collect();
    let mut index = 0;
    found.retain(|name| {
        index += 1;
        let within = |range: &Range<usize>| name.first < range.end && range.start < name.last;
        let yields = name.reading == Reading::Company || name.label == Label::Loc;
        index > from || !yields || !added.iter().any(within)
    });
}

fn parts(document: &Document, found: &[NameMention]) -> Vec<Part> {
    let mut parts = vec![Part::Nothing; document.tokens.len()];
    for name in found {
        let part = match name.reading {
            Reading::Country(_) | Reading::Place(_) => Part::Place,
            _ if name.label == Label::Loc => Part::Town,
            Reading::Company => Part::Company,
            Reading::Regulators(_) | Reading::Authority(..) | Reading::Body(..) => Part::Authority,
            _ => Part::Name,
        };
        parts[name.range()].fill(part);
    }
    parts
}

/// Returns the tokens of a description around its noun, and the rule that read it.
fn described(
    document: &Document,
    parts: &[Part],
    sentence: &Range<usize>,
    noun: &Range<usize>,
) -> Option<(Range<usize>, &'static str)> {
    let part = |at: usize| parts.get(at).copied().unwrap_or(Part::Nothing);
    let is_free = |at| matches!(part(at), Part::Nothing | Part::Company);
    let is_place = |at| matches!(part(at), Part::Place | Part::Town);
    let beside = matches!(part(noun.end), Part::Name | Part::Town)
        || noun.start > sentence.start && part(noun.start - 1) == Part::Name
        || document.kind(noun.end) == Kind::Mark && part(noun.end + 1) == Part::Name;
    if beside || !noun.clone().all(is_free) {
        return None;
    }
    let Some(start) = indefinite(document, parts, sentence, noun.start) else {
        let holds = document.end_of(noun.start, Sense::Holder) == Some(noun.end);
        let place = place_behind(document, parts, sentence, noun.end);
        // "The bank" stands for one that is named before, "bank in Poznań" and "food producer" do not.
        let own = place.is_some() || noun.clone().any(|at| part(at) == Part::Nothing);
        let bare = own && (document.pack.bare_nouns || holds || place.is_some());
        let rule = match (holds, document.pack.bare_nouns) {
            (true, _) => "entity.unnamed-holder",
            (_, true) => "entity.unnamed-bare",
            _ => "entity.unnamed-placed",
        };
        return bare.then_some((noun.start..place.unwrap_or(noun.end), rule));
    };
    // A country is a name of its own: "trust office" of "a Dutch trust office".
    let mut start = (start..noun.start).rfind(|at| !is_free(*at)).map_or(start, |at| at + 1);
    // "Malta-based bank" is one description.
    if document.word(start) == "-" && !document.spaced(start) {
        while start > sentence.start && is_place(start - 1) {
            start -= 1;
        }
    }
    let is_legal = |at: usize| document.tokens.get(at).is_some_and(|token| token.legal);
    // "Another company": by itself the noun is a legal form, no description.
    if start + 1 == noun.end && start > sentence.start && is_legal(start) {
        start -= 1;
    }
    let mut end = noun.end;
    // "A vape shop operator".
    let is_noun = |at: &usize| {
        is_free(*at)
            && document.spaced(*at)
            && document.tokens.get(*at).is_some_and(|token| !token.any_capital)
            && document
                .hits_at(*at)
                .iter()
                .any(|hit| matches!(hit.sense, Sense::Firm | Sense::Holder))
    };
    if !document.pack.capital_nouns {
        end = (end..sentence.end).take_while(is_noun).last().map_or(end, |at| at + 1);
    }
    if let Some(of) = document.end_of(end, Sense::MoneyOf) {
        let is_plain = document
            .tokens
            .get(of)
            .is_some_and(|t| t.kind == Kind::Word && (!t.capital || document.pack.capital_nouns));
        let small = document.hits_at(of).iter().any(|h| matches!(h.sense, Sense::FunctionWord));
        if is_plain && !small && of < sentence.end && part(of) == Part::Nothing {
            end = of + 1;
        }
    }
    let end = place_behind(document, parts, sentence, end).unwrap_or(end);
    Some((start..end, "entity.unnamed"))
}

/// Letters of the words between a noun and its place: "z", "aus", "de la".
const SMALL: usize = 4;

/// Returns the end of the place that a small word or two tie to a description: "from Kraków".
fn place_behind(
    document: &Document,
    parts: &[Part],
    sentence: &Range<usize>,
    end: usize,
) -> Option<usize> {
    let is_small = |at: &usize| {
        document.tokens.get(*at).is_some_and(|t| t.kind == Kind::Word && !t.any_capital)
            && document.word(*at).chars().count() <= SMALL
            && !document.hits_at(*at).iter().any(|hit| {
                matches!(
                    hit.sense,
                    Sense::Agent | Sense::Clause | Sense::NumberAnd | Sense::Trigger(..)
                )
            })
    };
    let place = (end..end + 2).take_while(is_small).last()? + 1;
    let is_place =
        |at: &usize| *at < sentence.end && matches!(parts.get(*at), Some(Part::Place | Part::Town));
    (place..sentence.end).take_while(is_place).last().map(|at| at + 1)
}

/// Returns the token behind the word for "a" that stands before a noun, other words between them.
fn indefinite(
    document: &Document,
    parts: &[Part],
    sentence: &Range<usize>,
    noun: usize,
) -> Option<usize> {
    let ideographs = document.kind(noun) == Kind::Ideograph;
    let reach = if ideographs { REACH_IDEOGRAPHS } else { REACH };
    for start in (sentence.start + 1..=noun).rev().take(reach) {
        if document.hits_before(start).any(|hit| hit.sense == Sense::Indefinite) {
            return Some(start);
        }
        let word = start - 1;
        let is_word = matches!(document.kind(word), Kind::Word | Kind::Ideograph)
            || document.word(word) == "-"
            // "a 45-year-old driver"
            || document.kind(word) == Kind::Number && document.word(word + 1) == "-";
        let ends = document.hits_at(word).iter().any(|hit| {
            // "A shortfall in the firm" is no firm of some kind.
            matches!(
                hit.sense,
                Sense::Trigger(..)
                    | Sense::Clause
                    | Sense::Agent
                    | Sense::Passive
                    | Sense::FunctionWord
            )
        });
        if !is_word || ends || matches!(parts.get(word), Some(Part::Name | Part::Authority)) {
            return None;
        }
    }
    None
}

//! Full names that their short form spells out: "Autorității Naționale pentru Protecția Consumatorilor (ANPC)",
//! "Santa Casa da Misericórdia de Lisboa (SCML)", in whatever case the sentence puts them.
//!
//! Read: words right before the bracket whose first letters are those of the short form, small words
//! between them left out. Refused: short forms that take several letters of one word, and names of companies
//! that are read whole already.

use std::ops::Range;

use crate::{base::token::Kind, text::document::Document};

use super::entities::{LONGEST, Label, NameMention, Reading};

/// Letters of a word that no initial stands for: "pentru", "della".
const SMALL: usize = 6;
/// Small words between two that have an initial.
const MOST_SMALL: usize = 2;
/// Fewest letters of a short form that shows what a company is called.
const FEWEST: usize = 3;

/// Adds the full names before bracketed short forms, in place of what was read of them.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    let brackets = (1..document.tokens.len()).filter(|open| is_opening(document, *open));
    let spelled: Vec<Range<usize>> =
        brackets.filter_map(|open| Some(spelled_from(document, open)?..open)).collect();
    if spelled.is_empty() {
        return;
    }
    found.sort_by_key(|name| name.first);
    let full: Vec<NameMention> =
        spelled.into_iter().filter_map(|words| full_name(document, found, words)).collect();
    // What was read of a full name stands for it no longer.
    found.retain(|name| {
        let next = full.partition_point(|full| full.last <= name.first);
        full.get(next).is_none_or(|full| full.first >= name.last)
    });
    found.extend(full);
}

/// Returns whether a bracket opens whose only word is a short form.
fn is_opening(document: &Document, open: usize) -> bool {
    // Most tokens have no word in capitals behind them.
    document.tokens.get(open + 1).is_some_and(|token| token.shout)
        && document.word(open) == "("
        && document.word(open + 2) == ")"
}

/// Returns the name before a bracket that its short form spells out, unless it is read already; `found` are the names in
/// order.
fn full_name(
    document: &Document,
    found: &[NameMention],
    words: Range<usize>,
) -> Option<NameMention> {
    let Range { start: first, end: open } = words;
    // What is longer than a name may be is dropped in the end.
    let from = found.partition_point(|name| name.first + LONGEST < first);
    let near = &found[from..];
    let near = &near[..near.partition_point(|name| name.first <= open + 1)];
    let short = near.iter().find(|name| name.range() == (open + 1..open + 2));
    let authority = short.filter(|short| matches!(short.reading, Reading::Regulators(_)));
    let mut inside = near.iter().filter(|name| name.last > first && name.first < open);
    let full = |label, reading, rule| {
        Some(NameMention { first, last: open, label, reading, rule, confidence: 0.9 })
    };
    if let Some(NameMention { reading, .. }) = authority {
        let is_read = |name: &NameMention| {
            name.range() == (first..open) && matches!(name.reading, Reading::Regulators(_))
        };
        return (!inside.any(is_read))
            .then(|| full(Label::Regulator, reading.clone(), "entity.authority-spelled"))?;
    }
    // A company is called so if nothing else is known of the words or of the short form.
    let is_part = |name: &NameMention| {
        let known = matches!(
            name.reading,
            Reading::Name | Reading::Company | Reading::Country(_) | Reading::Place(_)
        );
        let is_whole = name.first <= first && name.last >= open;
        known && (!is_whole || name.label == Label::Loc && name.range() == (first..open))
    };
    let letters = document.word(open + 1).chars().count();
    let is_name =
        short.map_or_else(|| document.hits_at(open + 1).is_empty(), |s| s.reading == Reading::Name);
    (letters >= FEWEST && is_name && inside.all(is_part))
        .then(|| full(Label::Org, Reading::Name, "entity.spelled"))?
}

/// Returns the first of the words before a bracket whose first letters are those of the short form in it.
fn spelled_from(document: &Document, open: usize) -> Option<usize> {
    let fold = |word: &str| document.pack.lexicon.shape().fold(word);
    let letters = fold(document.word(open + 1));
    let mut first = open;
    for letter in letters.chars().rev() {
        first = (0..=MOST_SMALL).map_while(|back| first.checked_sub(back + 1)).find(|&at| {
            let is_small = |at: usize| {
                document.kind(at) == Kind::Word
                    && !document.tokens.get(at).is_some_and(|token| token.capital)
                    && document.word(at).chars().count() <= SMALL
            };
            document.kind(at) == Kind::Word
                && fold(document.word(at)).starts_with(letter)
                && (at + 1..first).all(is_small)
        })?;
    }
    let opens = document.tokens.get(first).is_some_and(|token| token.capital);
    let whole = document.sentence_of(first) == document.sentence_of(open);
    (opens && whole && open > first + 1).then_some(first)
}

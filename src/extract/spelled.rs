//! Full names of authorities that their short form spells out: "Autorității Naționale pentru Protecția
//! Consumatorilor (ANPC)", in whatever case the sentence puts them.
//!
//! Read: words right before the bracket whose first letters are those of the short form, small words
//! between them left out. Refused: short forms that take several letters of one word.

use crate::{base::token::Kind, text::document::Document};

use super::entities::{Label, NameMention, Reading};

/// Letters of a word that no initial stands for: "pentru", "della".
const SMALL: usize = 6;
/// Small words between two that have an initial.
const MOST_SMALL: usize = 2;

/// Adds the full names before bracketed short forms, in place of what was read of them.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    let full: Vec<NameMention> =
        found.iter().filter_map(|short| full_name(document, short)).collect();
    for name in full {
        let is_read = |other: &NameMention| {
            other.range() == name.range() && matches!(other.reading, Reading::Regulators(_))
        };
        if found.iter().any(is_read) {
            continue;
        }
        found.retain(|other| other.last <= name.first || other.first >= name.last);
        found.push(name);
    }
}

fn full_name(document: &Document, short: &NameMention) -> Option<NameMention> {
    let Reading::Regulators(entries) = &short.reading else { return None };
    let open = short.first.checked_sub(1)?;
    let is_short = short.last == short.first + 1
        && document.tokens.get(short.first).is_some_and(|token| token.shout)
        && document.word(open) == "("
        && document.word(short.last) == ")";
    if !is_short {
        return None;
    }
    let fold = |word: &str| document.pack.lexicon.shape().fold(word);
    let letters = fold(document.word(short.first));
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
    let whole = document.sentence_of(first) == document.sentence_of(short.first);
    (opens && whole && open > first + 1).then(|| NameMention {
        first,
        last: open,
        label: Label::Regulator,
        reading: Reading::Regulators(entries.clone()),
        rule: "entity.authority-spelled",
        confidence: 0.9,
    })
}

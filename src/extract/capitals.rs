//! Names by their capitals, legal forms and quotation marks, in any language that has them.
//!
//! A sequence of capitalised words is a name unless its only word is one that every sentence may
//! start with. Scripts without capitals are read by legal forms and the words beside a name.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::{
    entities::{Label, NameMention, Reading, taken},
    manner::{Manner, manner},
};
use crate::{
    base::token::{Kind, Token},
    pack::sense::Sense,
    text::document::Document,
};

/// Adds the names that capitals and marks show.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    let mut taken = taken(document, found);
    let inside = Inside::default();
    let mut at = 0;
    // The sentence that was met last, and whether it is a headline.
    let mut titled = (usize::MAX, false);
    while at < document.tokens.len() {
        // Most tokens have no capital.
        let capital = document.tokens.get(at).is_some_and(|token| token.any_capital);
        let named = capital.then(|| name_at(document, at, &taken, &inside)).flatten();
        let Some(mention) = named else {
            at += 1;
            continue;
        };
        at = mention.last.max(at + 1);
        // Every word of a headline has a capital: what it names, the article names again.
        let number = document.sentence_of(mention.first);
        if titled.0 != number {
            let sentence = document.sentences.get(number).cloned().unwrap_or_default();
            titled = (number, manner(document, &sentence) == Manner::Title);
        }
        if titled.1 {
            continue;
        }
        taken[mention.first..mention.last].fill(true);
        found.push(mention);
    }
}

/// The words that stand with a capital inside a sentence, looked for when the first is asked for.
type Inside<'d> = OnceCell<FxHashSet<&'d str>>;

fn name_at<'d>(
    document: &Document<'d>,
    at: usize,
    taken: &[bool],
    inside: &Inside<'d>,
) -> Option<NameMention> {
    if taken[at] {
        return None;
    }
    if !is_name_word(document, at) {
        return None;
    }
    let last = sequence_end(document, at, taken);
    let single = last == at + 1;
    let (mut rule, mut confidence) = ("entity.capitals", 0.6);
    if single
        && (starts_sentence(document, at) || is_common(document, at))
        && !inside.get_or_init(|| self::inside(document)).contains(document.word(at))
    {
        if !is_unheard(document, at) {
            return None;
        }
        (rule, confidence) = ("entity.initial", 0.3);
    }
    // A common word that opens a sentence is no part of the name behind it.
    let first = if !single && starts_sentence(document, at) && is_common(document, at) {
        at + 1
    } else {
        at
    };
    let label = label(document, first, last);
    Some(NameMention { first, last, label, reading: Reading::Name, rule, confidence })
}

/// Fewest letters of a word that opens a sentence and may be a name for all that is known of it.
const UNHEARD: usize = 5;

/// Returns whether the word that opens a sentence is none of the language's that are known, nor one
/// of the article's elsewhere, and the sentence tells of an action: "Exempla, which …, was fined".
fn is_unheard(document: &Document, at: usize) -> bool {
    let number = document.sentence_of(at);
    let sentence = document.sentences.get(number).cloned().unwrap_or_default();
    let plain = document.tokens.get(at).is_some_and(|token| {
        token.form == Token::UNKNOWN && token.capital && !token.shout && token.spaced
    });
    plain
        && number >= document.headline
        && document.hits_at(at).is_empty()
        && document.word(at).chars().nth(UNHEARD - 1).is_some()
        && document.tells_action(&sentence)
        && manner(document, &sentence) == Manner::Plain
}

fn is_name_word(document: &Document, at: usize) -> bool {
    let Some(token) = document.tokens.get(at) else { return false };
    token.kind == Kind::Word
        && token.any_capital
        && !token.span.of(document.text).ends_with(['\'', '’'])
        && !document.hits_at(at).iter().any(|h| {
            h.last as usize == at + 1
                && matches!(
                    h.sense,
                    Sense::Month(_)
                        | Sense::Weekday(_)
                        | Sense::Currency(_)
                        | Sense::Family(_)
                        | Sense::Title
                        | Sense::FunctionWord
                )
        })
}

/// Returns the end of the capitalised sequence: small words count between capitals only.
fn sequence_end(document: &Document, first: usize, taken: &[bool]) -> usize {
    let mut last = first + 1;
    loop {
        let glue = match document.word(last) {
            "-" | "&" | "." | "'" | "’" if !taken.get(last).copied().unwrap_or(true) => {
                let tight = !document.spaced(last) && !document.spaced(last + 1);
                if document.word(last) == "&" || tight { last + 1 } else { last }
            }
            _ => last,
        };
        let next = if glue == last { connector(document, last) } else { glue };
        if taken.get(next).copied().unwrap_or(true) {
            return last;
        }
        let legal = is_legal_form(document, next);
        if !(is_name_word(document, next) || legal)
            || document.sentence_of(next) != document.sentence_of(first)
        {
            return last;
        }
        last = next + 1;
    }
}

/// Skips small words that may stand within a name ("Bank of America", "Banco de Chile").
fn connector(document: &Document, at: usize) -> usize {
    let one = document.end_of(at, Sense::Connector).unwrap_or(at);
    // Only "of" kinds join: a name, and another, are two.
    let joins = one > at
        && document.word(at).chars().count() <= 3
        && !matches!(
            document.word(at),
            "et" | "and" | "y" | "e" | "und" | "i" | "en" | "the" | "for"
        );
    if joins { one } else { at }
}

/// Returns whether a word is the legal form of a company.
pub fn is_legal_form(document: &Document, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| token.legal && token.capital)
}

/// Returns the end of a company's name with the legal forms behind it.
pub(super) fn legal_end(document: &Document, mut end: usize) -> usize {
    while is_legal_form(document, end) {
        end += 1;
    }
    end
}

/// Returns whether a token is the first word of its sentence, or of what is quoted or listed.
pub(super) fn starts_sentence(document: &Document, at: usize) -> bool {
    let sentence = document.sentences.get(document.sentence_of(at));
    sentence.is_some_and(|s| (s.start..at).all(|i| document.kind(i) == Kind::Mark))
        || matches!(document.word(at.wrapping_sub(1)), ":" | "•" | "“" | "«" | "\"" | "–" | "—")
}

fn is_common(document: &Document, at: usize) -> bool {
    document
        .hits_at(at)
        .iter()
        .any(|h| h.last as usize == at + 1 && !matches!(h.sense, Sense::Connector))
}

/// Returns the words that stand with a capital inside a sentence.
fn inside<'a>(document: &Document<'a>) -> FxHashSet<&'a str> {
    (0..document.tokens.len())
        .filter(|&at| document.tokens[at].capital && !starts_sentence(document, at))
        .map(|at| document.word(at))
        .collect()
}

fn label(document: &Document, first: usize, last: usize) -> Label {
    let titled = document.start_of(first, |s| s == Sense::Title).is_some();
    let company = (first..last).any(|at| is_legal_form(document, at))
        || document.start_of(first, |s| s == Sense::CompanyMark).is_some();
    if company {
        return Label::Org;
    }
    if titled {
        return Label::Per;
    }
    // "Hoan Ton-That, PDG de …": two plain capitals and a title behind a comma.
    let title_behind = document.word(last) == ","
        && (last + 1..last + 4).any(|at| document.end_of(at, Sense::Title).is_some());
    if title_behind && (2..=5).contains(&(last - first)) { Label::Per } else { Label::Org }
}

//! Names in scripts without capitals: what an article says again and no word list knows.
//!
//! The text is cut at marks, figures, known words and particles. What is left between two cuts, or
//! the longest part of it that the article repeats, may be a name. It is a guess: it serves as the
//! one acted upon, where the words around it fit, and is no row of `entities`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::entities::{Label, NameMention, Reading, taken};
use crate::{
    base::token::{Kind, Token},
    pack::sense::Sense,
    text::{document::Document, particles::allows},
};

/// Most characters of a name in Han or kana.
const MOST_CHARACTERS: usize = 12;
/// Most words of a name in an alphabet.
const MOST_WORDS: usize = 3;
/// Particles and function words of one Han character, which are part of few names.
const PARTICLES: &str =
    "的和与與及对對向因在被将將把是了为為由从從并並而但也已于於或等其这這那该該称稱就";

/// Fewest letters of a name in an alphabet: "에" behind a bracket is a particle.
const LEAST_LETTERS: usize = 2;

/// Adds what the article repeats in a script without capitals.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    let caseless = document.tokens.iter().filter(|t| is_caseless(document, t)).count();
    if caseless * 2 < document.tokens.len() {
        return;
    }
    let segments = segments(document, &taken(document, found));
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for part in segments.iter().flat_map(|segment| parts(document, segment)) {
        *counts.entry(words(document, &part)).or_default() += 1;
    }
    for segment in &segments {
        let repeated = parts(document, segment)
            .filter(|part| counts.get(words(document, part)).is_some_and(|count| *count >= 2))
            .max_by_key(|part| (part.len(), std::cmp::Reverse(part.start)));
        found.extend(repeated.map(|part| NameMention {
            first: part.start,
            last: part.end,
            label: Label::Org,
            reading: Reading::Name,
            rule: "entity.repeated",
            confidence: 0.3,
        }));
    }
}

fn is_caseless(document: &Document, token: &Token) -> bool {
    match token.kind {
        Kind::Ideograph => true,
        Kind::Word if token.capital => false,
        Kind::Word => {
            let is_plain = |byte: &u8| byte.is_ascii_alphabetic();
            if document.text.as_bytes().get(token.span.start as usize).is_some_and(is_plain) {
                return false;
            }
            let first = token.span.of(document.text).chars().next();
            // Small letters of Latin, Greek and Cyrillic, without a look into the tables of the standard.
            let is_small = |c| matches!(c, 'à'..='ö' | 'ø'..='ž' | 'ά'..='ώ' | 'а'..='џ');
            let is_cased = |c: char| c.is_lowercase() || c.is_uppercase();
            first.is_some_and(|c| is_surely_caseless(c) || !is_small(c) && !is_cased(c))
        }
        _ => false,
    }
}

/// Returns the runs of tokens that nothing known interrupts.
fn segments(document: &Document, taken: &[bool]) -> Vec<Range<usize>> {
    let known = known(document);
    let mut segments: Vec<Range<usize>> = Vec::new();
    for (at, token) in document.tokens.iter().enumerate() {
        // "6개", "9곳이": what is written as one with a figure counts something.
        let is_counter = token.kind == Kind::Word
            && !token.spaced
            && at.checked_sub(1).is_some_and(|before| document.kind(before) == Kind::Number);
        if taken[at] || known[at] || is_counter || !is_open(document, token) {
            continue;
        }
        match segments.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + 1,
            None => segments.push(at..at + 1),
        }
    }
    segments
}

/// Returns whether a token may be part of a name at all.
fn is_open(document: &Document, token: &Token) -> bool {
    let word = token.span.of(document.text);
    match token.kind {
        Kind::Ideograph => {
            let hiragana = |c: char| matches!(c, '\u{3041}'..='\u{309F}');
            !word.chars().any(|c| hiragana(c) || PARTICLES.contains(c))
        }
        Kind::Word => is_caseless(document, token) || token.capital,
        _ => word == "・",
    }
}

/// Returns the tokens that belong to words of the language's lists.
fn known(document: &Document) -> Vec<bool> {
    let mut known = vec![false; document.tokens.len()];
    for at in 0..document.tokens.len() {
        let short = document.kind(at) == Kind::Ideograph;
        for hit in document.hits_at(at) {
            let (first, last) = (hit.first as usize, hit.last as usize);
            let within = matches!(
                hit.sense,
                Sense::CompanyMark | Sense::Connector | Sense::Country(_) | Sense::Place(_)
            );
            // One Han character alone is part of many names.
            if !within && (!short || last - first >= 2) {
                known[first..last.min(document.tokens.len())].fill(true);
            }
        }
    }
    known
}

/// Returns the parts of a segment that may be a name.
fn parts<'d>(
    document: &'d Document,
    segment: &'d Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 'd {
    let han = document.kind(segment.start) == Kind::Ideograph;
    let (least, most) = if han { (2, MOST_CHARACTERS) } else { (1, MOST_WORDS) };
    segment.clone().flat_map(move |first| {
        let ends = first + least..=(first + most).min(segment.end);
        let is_long = move |last: &usize| {
            han || *last > first + 1
                || document.word(first).chars().take(LEAST_LETTERS).count() == LEAST_LETTERS
        };
        ends.filter(is_long).map(move |last| first..last)
    })
}

/// Returns the words of a part, without the particle at their end.
fn words<'d>(document: &Document<'d>, part: &Range<usize>) -> &'d str {
    let words = document.span(part).of(document.text);
    bare(document, words)
}

/// Returns whether a character is a letter of Hebrew, Arabic, Hindi, kana, Han or Hangul: most there are,
/// without a look into the tables of the standard.
fn is_surely_caseless(c: char) -> bool {
    matches!(
        c,
        '\u{5D0}'..='\u{5EA}'
            | '\u{620}'..='\u{64A}'
            | '\u{904}'..='\u{939}'
            | '\u{3041}'..='\u{3096}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
    )
}

/// Letters that a name keeps when its particle is taken off.
const KEPT: usize = 2;

/// Takes the particle off a name in an alphabet without capitals ("쿠팡은").
pub fn bare<'w>(document: &Document, name: &'w str) -> &'w str {
    let caseless = |c: char| {
        is_surely_caseless(c) || c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
    };
    if !name.chars().last().is_some_and(caseless) {
        return name;
    }
    let last = name.rsplit(char::is_whitespace).next().unwrap_or(name);
    let pack = document.pack;
    if pack.lexicon.is_listed(last) {
        return name;
    }
    let stems = pack.name_endings.stems(last);
    let fits = |kept: &&str| {
        last.get(kept.len()..).is_some_and(|ending| allows(&pack.particles, kept, ending))
    };
    let long = stems.filter(|kept| kept.chars().take(KEPT).count() == KEPT).filter(fits);
    let stripped = long.map(|kept| last.len() - kept.len());
    stripped.max().and_then(|ending| name.get(..name.len() - ending)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_says_what_the_tables_say() {
        let is_wrong = |c: &char| {
            is_surely_caseless(*c) && !(c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
        };
        assert_eq!(('\0'..char::MAX).find(is_wrong), None);
        assert!("אبदのあ中한".chars().all(is_surely_caseless));
    }
}

//! The form of a name that stands in the dataset: without legal form, quotation marks and case endings.
//!
//! Another mention in the article shows the nominative best, and chains choose it. What stands here
//! is for names that are told once: endings that the language's pack lists, and what is left of a
//! word when an ending is taken off well-known companies.

use std::ops::Range;

use crate::{
    base::token::Kind,
    extract::{
        capitals::is_legal, entities::Label, repeats::bare, tagger::lists::is_known_company,
    },
    pack::compile::Pack,
    text::document::Document,
};

/// Returns the name as it stands, without its legal form.
pub(super) fn canonical(document: &Document, range: &Range<usize>) -> String {
    let mut last = range.end;
    while last > range.start + 1 {
        let word = document.pack.lexicon.shape().fold(document.word(last - 1));
        let dotted = dotted_form(document, range.start, last);
        if dotted < last {
            last = dotted;
        } else if is_legal(&word)
            || matches!(word.as_str(), "." | "," | "&" | "/")
            || word.starts_with('\'')
        {
            last -= 1;
        } else {
            break;
        }
    }
    // "Generali Zrt.-re": an ending behind a hyphen is no part of the name.
    if last > range.start + 2 && document.word(last - 2) == "-" {
        let ending = document.word(last - 1);
        if document.pack.name_endings.iter().any(|known| **known == *ending) {
            last -= 2;
        }
    }
    // "UAB „Ministerium“": what stands before the quotation mark is the form, not the name.
    let quoted = (range.start..last.saturating_sub(1)).rev().find(|&at| is_opening(document, at));
    let first = quoted.map_or(range.start, |at| at + 1);
    let words = document.span(&(first..last)).of(document.text);
    bare(document, words).replace('\n', " ")
}

fn is_opening(document: &Document, at: usize) -> bool {
    matches!(document.word(at), "„" | "«" | "“" | "\"") && document.spaced(at)
}

/// Returns where a legal form in single letters begins that ends a name ("S.A.A."), else `last`.
fn dotted_form(document: &Document, first: usize, last: usize) -> usize {
    let mut letters = String::new();
    let mut at = if document.word(last - 1) == "." { last } else { last + 1 };
    let mut start = last;
    while at >= first + 3 {
        let word = document.word(at - 2);
        let dotted = at > last || document.word(at - 1) == ".";
        if !dotted || document.kind(at - 2) != Kind::Word || word.chars().count() > 2 {
            break;
        }
        letters.insert_str(0, &word.to_lowercase());
        at -= 2;
        if letters.chars().count() >= 2 && is_legal(&letters) {
            start = at;
        }
        if document.spaced(at) {
            break;
        }
    }
    start
}

/// Letters that are left when a case ending is taken off; when it is of one letter, one more.
const LEAST: usize = 3;

/// Marks between a name and its ending: "Oy:ltä", "OTP-nek".
const MARKS: [char; 4] = ['-', ':', '’', '\''];

/// Takes the case endings off a name that the article has in no other form: off each word of a
/// person's, off the last of another.
pub(super) fn nominative(pack: &Pack, label: Label, name: String) -> String {
    if label == Label::Per {
        let words = name.split_whitespace();
        let words = words.map(|word| base_form(pack, word).unwrap_or_else(|| word.to_owned()));
        return words.collect::<Vec<_>>().join(" ");
    }
    let word = name.rsplit(char::is_whitespace).next().unwrap_or(&name);
    let Some(base) = base_form(pack, word) else { return name };
    let kept = name.len() - word.len();
    let mut result = name.get(..kept).unwrap_or_default().to_owned();
    result.push_str(&base);
    result
}

fn base_form(pack: &Pack, word: &str) -> Option<String> {
    if pack.name_endings.is_empty() || is_known_company(word) {
        return None;
    }
    if let Some((stem, ending)) = word.rsplit_once(MARKS)
        && pack.name_endings.iter().any(|known| known.trim_start_matches(MARKS) == ending)
        && stem.chars().any(char::is_uppercase)
    {
        return Some(stem.to_owned());
    }
    if !word.chars().any(char::is_lowercase) {
        return None;
    }
    let known = pack.name_endings.iter().find_map(|ending| {
        let stem = word.strip_suffix(&**ending)?;
        let with = |end: &str| Some(format!("{stem}{end}")).filter(|base| is_known_company(base));
        with("").or_else(|| pack.name_cases.iter().find_map(|case| with(&case.nominative)))
    });
    known.or_else(|| {
        pack.name_cases.iter().find_map(|case| {
            let stem = word.strip_suffix(&*case.ending)?;
            // A whole word that the pack lists: "banko".
            let Some(letter) = stem.chars().next_back() else {
                return Some(case.nominative.to_string());
            };
            let fits = case.behind.is_none_or(|vowel| vowel == is_vowel(letter));
            let least = LEAST + usize::from(case.ending.chars().count() == 1);
            let long = stem.chars().take(least).count() == least;
            (fits && long).then(|| format!("{stem}{}", case.nominative))
        })
    })
}

fn is_vowel(letter: char) -> bool {
    "aeiouyäöåõüáéíóúőűàèìòùâêîôûąęėįųūāēīōěůıаеёиоуыэюяіїєў"
        .contains(letter.to_lowercase().next().unwrap_or(letter))
}

//! The form of a name that stands in the dataset: without legal form and quotation marks; its case is undone by
//! [`nominative`](super::nominative) where no other mention in the article shows it better.

use std::ops::Range;

use crate::{
    base::token::Kind,
    extract::{repeats::bare, tagger::lists::is_known_company},
    pack::{
        legal::{is_legal, without_joined},
        lexicon::Hit,
        sense::Sense,
    },
    text::document::Document,
};

use super::agree::opening;

/// Returns the name as it stands, without its legal form.
pub(super) fn canonical(document: &Document, range: &Range<usize>) -> String {
    let mut last = range.end;
    // "Exempla A/S"
    let slash = range.len() > 3 && document.word(last - 2) == "/";
    if slash && (document.word(last - 3), document.word(last - 1)) == ("A", "S") {
        last -= 3;
    }
    // "Generali Zrt.-re": an ending behind a hyphen is no part of the name.
    if last > range.start + 2 && document.word(last - 2) == "-" {
        let ending = document.word(last - 1);
        if document.pack.name_endings.has(ending) {
            last -= 2;
        }
    }
    while last > range.start + 1 {
        let word = document.pack.lexicon.shape().fold(document.word(last - 1));
        let dotted = dotted_form(document, range.start, last);
        if dotted < last {
            last = dotted;
        } else if is_legal(&word)
            || matches!(word.as_str(), "." | "," | "&" | "/" | "”" | "“" | "»" | "\"")
            || is_ending(document, &word, &(range.start..last))
        {
            last -= 1;
        } else {
            break;
        }
    }
    // "UAB „Ministerium“": what stands before the quotation mark is the form, not the name.
    let quoted = (range.start..last.saturating_sub(1)).rev().find(|&at| is_opening(document, at));
    let first = quoted.map_or_else(|| form_end(document, range.start, last), |at| at + 1);
    let words = document.span(&(first..last)).of(document.text);
    let words = words.get(particle(document, first, last)..).unwrap_or(words);
    let name = without_joined(bare(document, words)).replace('\n', " ");
    // "der Deutschen Bahn"
    let nominative = name
        .split_once(' ')
        .and_then(|(word, rest)| Some(format!("{} {rest}", opening(document.pack, word)?)));
    nominative.unwrap_or(name)
}

/// Returns the bytes of the particle that is written as one with a well-known name: "לחיפה כימיקלים".
fn particle(document: &Document, first: usize, last: usize) -> usize {
    let pack = document.pack;
    let is_listed = |hit: &Hit| hit.sense == Sense::Organisation && hit.last as usize == last;
    if pack.particles.before.is_empty() || !document.hits_at(first).iter().any(is_listed) {
        return 0;
    }
    let word = document.word(first);
    let rest = |particle: &String| {
        word.strip_prefix(particle.as_str()).filter(|rest| pack.lexicon.is_listed(rest))
    };
    let rest =
        pack.particles.before.iter().find_map(rest).filter(|_| !pack.lexicon.is_listed(word));
    rest.map_or(0, |rest| word.len() - rest.len())
}

/// Returns the token behind a legal form with a case ending that opens a name ("AS-ile Exempla").
fn form_end(document: &Document, first: usize, last: usize) -> usize {
    let is_form = document.tokens.get(first).is_some_and(|token| token.legal)
        && matches!(document.word(first + 1), "-" | ":")
        && document.pack.name_endings.has(document.word(first + 2));
    if is_form && first + 3 < last { first + 3 } else { first }
}

fn is_opening(document: &Document, at: usize) -> bool {
    matches!(document.word(at), "„" | "«" | "“" | "\"") && document.spaced(at)
}

/// Returns whether the folded word that ends a name is a case behind an apostrophe: "Google'ın", "Meta's".
/// "O'Leary" goes on behind its own, and so does a well-known name ("Macy's").
fn is_ending(document: &Document, word: &str, name: &Range<usize>) -> bool {
    let known = || is_known_company(&document.span(name).of(document.text).replace('’', "'"));
    let endings = &document.pack.name_endings;
    match word.strip_prefix('\'') {
        Some("s") => !known(),
        Some(ending) => endings.has(word) || endings.has(ending),
        None => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, tables::Tables, world::World},
    };

    #[test]
    fn an_adjective_that_opens_a_name_stands_in_the_nominative() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::De, &Tables::default(), &world.currencies).unwrap();
        for (word, base) in [
            ("Deutschen", Some("Deutsche")),
            ("Bayerischen", Some("Bayerische")),
            ("Taschen", None),
        ] {
            assert_eq!(opening(&pack, word).as_deref(), base);
        }
    }

    #[test]
    fn a_case_of_a_legal_form_is_no_part_of_a_name() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, name) in [
            (Lang::Hu, "Exempla Kft.-re", "Exempla"),
            (Lang::Et, "AS-ile Exempla", "Exempla"),
            (Lang::Tr, "Exempla Gıda A.Ş.", "Exempla Gıda"),
            (Lang::Hr, "Exempla d.o.o.", "Exempla"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            assert_eq!(canonical(&document, &(0..document.tokens.len())), name);
        }
    }

    #[test]
    fn an_apostrophe_ends_a_name_only_before_a_case() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, name) in [
            (Lang::En, "Michael O'Leary", "Michael O'Leary"),
            (Lang::It, "Sean O’Brien", "Sean O’Brien"),
            (Lang::En, "McDonald's", "McDonald's"),
            (Lang::En, "Boeing's", "Boeing"),
            (Lang::Tr, "Trendyol'un", "Trendyol"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            assert_eq!(canonical(&document, &(0..document.tokens.len())), name);
        }
    }

    #[test]
    fn legal_forms_and_what_stands_before_quotation_marks_are_no_part_of_a_name() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::Lt, &Tables::default(), &world.currencies).unwrap();
        for (text, name) in [
            ("UAB „Ministerium", "Ministerium"),
            ("Sobeys Inc.", "Sobeys"),
            ("Comarcos S.L.", "Comarcos"),
            ("Pampilla S.A.A.", "Pampilla"),
        ] {
            let document = Document::new(&pack, text, 0);
            assert_eq!(canonical(&document, &(0..document.tokens.len())), name);
        }
    }
}

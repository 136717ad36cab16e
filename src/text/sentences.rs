//! Where sentences end.
//!
//! A sentence ends at its mark, unless the mark belongs to an abbreviation, an initial or an
//! ordinal ("17. Dezember"), or the next word goes on in small letters. A line break always ends it.

use std::ops::Range;

use super::document::Document;
use crate::{base::token::Kind, pack::sense::Sense};

/// Returns the token ranges of all sentences.
pub(super) fn cut(document: &Document) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < document.tokens.len() {
        if document.kind(at) == Kind::Break {
            push(&mut sentences, start..at);
            start = at + 1;
        } else if ends_at(document, at) {
            let end = closing(document, at + 1);
            push(&mut sentences, start..end);
            start = end;
            at = end;
            continue;
        }
        at += 1;
    }
    push(&mut sentences, start..document.tokens.len());
    sentences
}

fn push(sentences: &mut Vec<Range<usize>>, range: Range<usize>) {
    if !range.is_empty() {
        sentences.push(range);
    }
}

/// Takes closing quotation marks and brackets in.
fn closing(document: &Document, mut at: usize) -> usize {
    while !document.spaced(at)
        && matches!(
            document.word(at),
            "\"" | "”" | "»" | ")" | "」" | "』" | "“" | "’" | "." | "!" | "?" | "…"
        )
    {
        at += 1;
    }
    at
}

fn ends_at(document: &Document, at: usize) -> bool {
    if document.kind(at) != Kind::Mark {
        return false;
    }
    match document.word(at) {
        "。" | "！" | "？" | "।" | "؟" | "｡" => true,
        "!" | "?" | "…" => {
            document.spaced(closing(document, at + 1)) && opens(document, closing(document, at + 1))
        }
        "." => full_stop(document, at),
        _ => false,
    }
}

fn full_stop(document: &Document, at: usize) -> bool {
    let next = closing(document, at + 1);
    // "example.com", "3.5": a stop inside a word ends nothing.
    if !opens(document, next) || !document.spaced(next) && !is_glued(document, at, next) {
        return false;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    if document.spaced(at) {
        return true;
    }
    match document.kind(before) {
        Kind::Number => !is_ordinal(document, before, next),
        Kind::Word => {
            !is_abbreviation(document, before)
                && !is_seat(document, before, next)
                && !is_counted(document, before, next)
        }
        _ => true,
    }
}

/// Returns whether a town stands behind a legal form in single letters: "Exempla d.d. Zagreb".
fn is_seat(document: &Document, letter: usize, next: usize) -> bool {
    document.word(letter).chars().nth(1).is_none()
        && document.word(letter.wrapping_sub(1)) == "."
        && document.hits_at(next).iter().any(|hit| matches!(hit.sense, Sense::Place(_)))
}

/// Returns whether a figure stands behind an abbreviated currency: "по 30 000 лв. 70 търговци".
fn is_counted(document: &Document, unit: usize, next: usize) -> bool {
    let is_unit = |sense| matches!(sense, Sense::Currency(_) | Sense::Family(_));
    document.kind(next) == Kind::Number
        && document.word(unit).chars().nth(LONG).is_none()
        && document.kind(unit.wrapping_sub(1)) == Kind::Number
        && document.hits_at(unit).iter().any(|hit| is_unit(hit.sense))
}

/// Letters of a word that is no abbreviation before a stop without a space.
const LONG: usize = 4;

/// Returns whether the space behind a stop was lost: "zaplatila.Pokutu uložil".
fn is_glued(document: &Document, stop: usize, next: usize) -> bool {
    let Some(before) = stop.checked_sub(1) else { return false };
    let (Some(last), Some(first)) = (document.tokens.get(before), document.tokens.get(next)) else {
        return false;
    };
    let is_long = |at: usize| document.word(at).chars().nth(LONG - 1).is_some();
    let goes_on = document
        .tokens
        .get(next + 1)
        .is_some_and(|token| token.spaced && token.kind == Kind::Word && !token.any_capital);
    last.kind == Kind::Word
        && first.kind == Kind::Word
        && first.capital
        && !first.shout
        && is_long(before)
        && goes_on
        && (!last.any_capital || is_long(next) && !last.shout)
}

/// Returns whether a sentence may start here.
fn opens(document: &Document, at: usize) -> bool {
    match document.kind(at) {
        Kind::Break | Kind::Number | Kind::Mark | Kind::Ideograph => true,
        Kind::Word => {
            document.tokens.get(at).is_some_and(|t| t.capital)
                || !document.word(at).chars().next().is_some_and(char::is_lowercase)
        }
    }
}

fn is_ordinal(document: &Document, number: usize, next: usize) -> bool {
    let short = document.word(number).len() <= 2;
    // "3. Mai", "Kocaeli 1. İdare Mahkemesi".
    let counted = document.hits_at(next).iter().any(|hit| match hit.sense {
        Sense::Month(_) => true,
        Sense::Court => short,
        _ => false,
    });
    let lower =
        document.kind(next) == Kind::Word && document.tokens.get(next).is_some_and(|t| !t.capital);
    counted
        || (lower && document.pack.dotted_ordinals)
        || (short && document.pack.dotted_ordinals && document.kind(next) != Kind::Break)
}

fn is_abbreviation(document: &Document, word: usize) -> bool {
    let text = document.word(word);
    let mut letters = text.chars();
    // An initial: "J. Edwards", "U.S.", but not the last letter of "AT&T".
    if let (Some(c), None) = (letters.next(), letters.next()) {
        let joined = word > 0 && document.word(word - 1) == "&" && !document.spaced(word);
        return c.is_uppercase() && !joined
            || document.pack.abbreviations.iter().any(|a| a.trim_end_matches('.') == text);
    }
    let folded = document.pack.lexicon.shape().fold(text);
    document.pack.abbreviations.iter().any(|a| a.strip_suffix('.') == Some(&folded))
}

#[cfg(test)]
mod tests {
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, tables::Tables, world::World},
        text::document::Document,
    };

    #[test]
    fn a_stop_without_its_space_ends_a_sentence_and_one_within_an_address_does_not() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, count) in [
            (Lang::Sk, "Rada uložila televízii pokutu.Pokutu musí zaplatiť.", 2),
            (Lang::Sk, "Uviedla hovorkyňa Michelčíková.Finančnú pokutu dostala stanica.", 2),
            (Lang::En, "The fine hit Booking.Com and E.Leclerc alike.", 1),
            (Lang::En, "The fine hit Amazon.com hard.", 1),
            (Lang::En, "The agency fined AT&T. Verizon has appealed.", 2),
            (Lang::Bg, "КЗП глоби с по 30 000 лв. 70 търговци.", 1),
            (Lang::Bg, "КЗП глоби дружеството с 30 000 лв. Решението се обжалва.", 2),
            (Lang::Hr, "Kažnjena je Exempla d.d. Zagreb zbog propusta.", 1),
            (Lang::Hr, "Kažnjena je Exempla d.d. Agencija je to objavila.", 2),
            (
                Lang::Tr,
                "Davayı Kocaeli 1. İdare Mahkemesi reddetti. Danıştay 13. Dairesi kararı bozdu.",
                2,
            ),
            (Lang::Tr, "Şirket sayısı 13. Ceza bugün açıklandı.", 2),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            assert_eq!(document.sentences.len(), count, "{text}");
        }
    }
}

//! How a sentence is written: as most are, as a headline of capitals a word, or in capitals alone.
//!
//! In the last two a capital says nothing of a word. Lines of a few words are taken as plain.

use std::ops::Range;

use crate::{base::token::Kind, text::document::Document};

/// How a sentence is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    #[default]
    Plain,
    /// Most words have a capital.
    Title,
    /// Most words are all capitals.
    Shout,
}

/// Returns how a sentence is written.
pub(super) fn manner(document: &Document, sentence: &Range<usize>) -> Manner {
    // A headline has no full stop; a short sentence may be full of names: "La FINMA a inspecté Retraites Populaires."
    let is_closed = document.word(sentence.end.saturating_sub(1)) == ".";
    let (mut words, mut capitals, mut shouts) = (0, 0, 0);
    for token in document.tokens.get(sentence.clone()).unwrap_or_default() {
        // Small words have small letters in headlines, too.
        let counts = token.span.len() >= 4 || (token.span.len() == 3 && token.capital);
        if token.kind == Kind::Word && counts {
            words += 1;
            capitals += u32::from(token.capital);
            shouts += u32::from(token.shout);
        }
    }
    if words >= 4 && shouts * 10 >= words * 7 {
        Manner::Shout
    } else if words >= 4 && capitals * 10 >= words * 8 && !is_closed {
        Manner::Title
    } else {
        Manner::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, tables::Tables, world::World},
    };

    fn of(text: &str) -> Manner {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::En, &Tables::default(), &world.currencies).unwrap();
        let document = Document::new(&pack, text, 0);
        manner(&document, &document.sentences[0])
    }

    #[test]
    fn headlines_are_told_from_sentences() {
        assert_eq!(of("FCA Fines BNP Unit Over Controls"), Manner::Title);
        assert_eq!(of("Watchdog to Fine Airline for Delays at Gate"), Manner::Title);
        assert_eq!(of("WATCHDOG FINES AIRLINE OVER DELAYS"), Manner::Shout);
        assert_eq!(of("The FCA fined BNP Paribas over its controls."), Manner::Plain);
        assert_eq!(of("Bank of England"), Manner::Plain);
        assert_eq!(of("Ofgem Fined Exempla Power Modello Limited."), Manner::Plain);
    }
}

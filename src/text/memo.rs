//! What a worker remembers of words: news repeats them, so most are looked up once.
//!
//! A word's bytes, kind and language settle its form and its name-word, so what is remembered
//! never depends on the texts that were read before. A table of fixed size: a word takes the place
//! of whichever stood there. Longer words than `LONGEST` are worked out each time.

use crate::{
    base::{fold::fold, token::Token},
    pack::{compile::Pack, world::gazetteer::Gazetteer},
};

/// Places in the table.
const PLACES: usize = 1 << 15;

/// Eights of bytes of a word that is remembered.
const EIGHTS: usize = 6;

/// Bytes of the longest word that is remembered.
const LONGEST: usize = EIGHTS * 8;

/// The words that one worker met, with one engine's packs.
///
/// The default has no room: it works everything out.
#[derive(Debug, Default)]
pub struct Memo {
    places: Vec<Place>,
    buffer: String,
}

/// A word: one line of the processor's cache.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Length, kind and pack; 0 in an empty place.
    tag: u64,
    word: [u64; EIGHTS],
    form: u32,
    name: u32,
}

impl Memo {
    /// Makes room for words.
    pub fn new() -> Self {
        Self { places: vec![Place::default(); PLACES], buffer: String::new() }
    }

    /// Sets form and name-word of a token.
    pub(super) fn look_up(
        &mut self,
        pack: &Pack,
        gazetteer: &Gazetteer,
        text: &str,
        token: &mut Token,
    ) {
        let len = token.span.len();
        if len > LONGEST || self.places.is_empty() {
            (token.form, token.name) = self.work_out(pack, gazetteer, text, token);
            return;
        }
        let word = eights(text.as_bytes(), token.span.start as usize, len);
        let tag = 1 | (len as u64) << 8 | (token.kind as u64) << 16 | u64::from(pack.number) << 24;
        let eights = word.iter().take(len.div_ceil(8));
        let hash = eights.clone().fold(tag, |hash, eight| {
            (hash.rotate_left(23) ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        let at = (hash >> 32) as usize % PLACES;
        if let Some(place) = self.places.get(at)
            && place.tag == tag
            && eights.zip(&place.word).all(|(one, other)| one == other)
        {
            (token.form, token.name) = (place.form, place.name);
            return;
        }
        let (form, name) = self.work_out(pack, gazetteer, text, token);
        if let Some(place) = self.places.get_mut(at) {
            *place = Place { tag, word, form, name };
        }
        (token.form, token.name) = (form, name);
    }

    fn work_out(
        &mut self,
        pack: &Pack,
        gazetteer: &Gazetteer,
        text: &str,
        token: &Token,
    ) -> (u32, u32) {
        self.buffer.clear();
        pack.lexicon.shape().fold_into(token.span.of(text), &mut self.buffer);
        // Names keep the forms of characters that a pack reads as one: 證監會 is not 证监会.
        let plain = fold(token.span.of(text));
        let name = gazetteer
            .word(pack, &plain)
            .or_else(|| gazetteer.word(pack, &self.buffer).filter(|_| plain != self.buffer))
            .unwrap_or(Token::UNKNOWN);
        (pack.lexicon.form_of(&self.buffer, token.kind), name)
    }
}

/// Returns the bytes of a word by eights, the rest zero.
fn eights(bytes: &[u8], start: usize, len: usize) -> [u64; EIGHTS] {
    let mut word = [0; EIGHTS];
    let mut at = start;
    for eight in word.iter_mut().take(len.div_ceil(8)) {
        *eight = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => u64::from_le_bytes(eight),
            // The text ends here.
            None => bytes
                .get(at..)
                .unwrap_or_default()
                .iter()
                .rev()
                .fold(0, |all, &byte| all << 8 | u64::from(byte)),
        };
        at += 8;
    }
    let rest = len % 8;
    if rest > 0
        && let Some(last) = word.get_mut(len / 8)
    {
        *last &= (1 << (8 * rest)) - 1;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{tables::Tables, world::World},
        text::document::Document,
    };

    #[test]
    fn what_is_remembered_is_what_is_worked_out() {
        let world = World::load(&Tables::default()).unwrap();
        let mut memo = Memo::new();
        let text = "Die BaFin verhängt 2,5 Millionen Euro; die BaFin verhängt mehr. \
            Verwaltungsgerichtsbarkeitsverfahrensbeschleunigungsgesetz";
        for lang in [Lang::De, Lang::En, Lang::De, Lang::Fi] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let told = |memo: &mut Memo| -> Vec<(u32, u32)> {
                let document = Document::read(&pack, &world.gazetteer, text, 0, memo);
                document.tokens.iter().map(|token| (token.form, token.name)).collect()
            };
            let worked_out = told(&mut Memo::default());
            assert_eq!(told(&mut memo), worked_out);
            assert_eq!(told(&mut memo), worked_out);
            assert!(worked_out.iter().any(|(form, _)| *form != Token::UNKNOWN));
        }
    }

    #[test]
    fn a_word_is_packed_alike_wherever_it_stands() {
        let text = "amende, une amende";
        let (first, last) = (eights(text.as_bytes(), 0, 6), eights(text.as_bytes(), 12, 6));
        assert_eq!(first, last);
        assert_ne!(first, eights(text.as_bytes(), 0, 7));
    }
}

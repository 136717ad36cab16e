//! What a worker remembers of words: news repeats them, so most are looked up once.
//!
//! A word's bytes, kind and language settle its form, name-word and hash, so what is remembered
//! never depends on the texts that were read before. Two tables of fixed size, one for the short
//! words that most are: a word shares its place with one other, and takes that of the one that was
//! met longer ago. Longer words than `LONGEST` are worked out each time.

use crate::{
    base::{
        fold::fold,
        hash::{hash, low_of, small_hash},
        token::{Kind, Token},
    },
    pack::{compile::Pack, compounds::compound, legal::is_legal, world::gazetteer::Gazetteer},
};

/// Places for short words, each for two; a power of two.
const SHORT_PLACES: usize = 1 << 15;

/// Bytes of the longest short word.
const SHORT: usize = 16;

/// Places for long words, each for two; a power of two.
const LONG_PLACES: usize = 1 << 12;

/// Bytes of the longest word that is remembered.
const LONGEST: usize = 3 * SHORT;

/// The words that one worker met, with one engine's packs.
///
/// The default has no room: it works everything out.
#[derive(Debug, Default)]
pub struct Memo {
    short: Places<1>,
    long: Places<3>,
    buffer: String,
}

/// A table of words of up to `N` times sixteen bytes.
#[derive(Debug, Default)]
struct Places<const N: usize> {
    places: Vec<[Place<N>; 2]>,
}

/// A word.
#[derive(Clone, Copy, Debug)]
struct Place<const N: usize> {
    word: [u128; N],
    tag: Tag,
    /// [`COUNTS`], [`OPENS`] and [`LEGAL`].
    flags: u8,
    form: u32,
    name: u32,
    low: u32,
}

/// What tells words of the same bytes apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tag {
    /// Its bytes; 0 in an empty place.
    len: u8,
    kind: Kind,
    pack: u8,
}

/// What a word is, for its token.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    form: u32,
    name: u32,
    low: u32,
    flags: u8,
}

/// Its parts are numbers.
const COUNTS: u8 = 1;
/// A name may start with it.
const OPENS: u8 = 2;
/// It is a legal form of companies.
const LEGAL: u8 = 4;

impl<const N: usize> Places<N> {
    fn new(places: usize) -> Self {
        let tag = Tag { len: 0, kind: Kind::Break, pack: 0 };
        let empty = Place { word: [0; N], tag, flags: 0, form: 0, name: 0, low: 0 };
        Self { places: vec![[empty; 2]; places] }
    }

    /// Returns the place of a word.
    fn at(&mut self, tag: Tag, word: &[u128; N]) -> Option<&mut [Place<N>; 2]> {
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut hash = (u64::from(tag.len) | u64::from(tag.pack) << 8).wrapping_mul(FACTOR);
        for piece in word {
            let product = u128::from(hash ^ *piece as u64)
                * u128::from((piece >> 64) as u64 ^ 0xD6E8_FEB8_6659_FD93);
            hash = product as u64 ^ (product >> 64) as u64;
        }
        let at = (hash.wrapping_mul(FACTOR) >> 32) as usize & (self.places.len().wrapping_sub(1));
        self.places.get_mut(at)
    }

    /// Returns what is remembered of a word.
    fn get(&mut self, tag: Tag, word: &[u128; N]) -> Option<Known> {
        let both = self.at(tag, word)?;
        let is = |place: &Place<N>| place.tag == tag && place.word == *word;
        if !is(&both[0]) {
            if !is(&both[1]) {
                return None;
            }
            both.swap(0, 1);
        }
        let Place { form, name, low, flags, .. } = both[0];
        Some(Known { form, name, low, flags })
    }

    fn put(&mut self, tag: Tag, word: [u128; N], known: Known) {
        if let Some(both) = self.at(tag, &word) {
            both[1] = both[0];
            let Known { form, name, low, flags } = known;
            both[0] = Place { word, tag, flags, form, name, low };
        }
    }
}

impl Memo {
    /// Makes room for words.
    pub fn new() -> Self {
        Self {
            short: Places::new(SHORT_PLACES),
            long: Places::new(LONG_PLACES),
            buffer: String::new(),
        }
    }

    /// Sets form, name-word and hash of a token.
    pub(super) fn look_up(
        &mut self,
        pack: &Pack,
        gazetteer: &Gazetteer,
        text: &str,
        token: &mut Token,
    ) {
        let (start, len) = (token.span.start as usize, token.span.len());
        // Longer words are not kept.
        let tag = Tag { len: len.min(255) as u8, kind: token.kind, pack: pack.number };
        let known = if len <= SHORT {
            let word = packed(text.as_bytes(), start, len);
            self.short.get(tag, &word).unwrap_or_else(|| {
                let known = self.work_out(pack, gazetteer, text, token);
                self.short.put(tag, word, known);
                known
            })
        } else if len <= LONGEST {
            let word = packed(text.as_bytes(), start, len);
            self.long.get(tag, &word).unwrap_or_else(|| {
                let known = self.work_out(pack, gazetteer, text, token);
                self.long.put(tag, word, known);
                known
            })
        } else {
            self.work_out(pack, gazetteer, text, token)
        };
        (token.form, token.name) = (known.form, known.name);
        token.low = known.low;
        token.counts = known.flags & COUNTS != 0;
        token.opens = known.flags & OPENS != 0;
        token.legal = known.flags & LEGAL != 0;
    }

    fn work_out(&mut self, pack: &Pack, gazetteer: &Gazetteer, text: &str, token: &Token) -> Known {
        self.buffer.clear();
        pack.lexicon.shape().fold_into(token.span.of(text), &mut self.buffer);
        // Names keep the forms of characters that a pack reads as one: 證監會 is not 证监会.
        let plain = fold(token.span.of(text));
        let mut name = gazetteer.word(pack, &plain);
        if name.is_none() && plain != self.buffer {
            name = gazetteer.word(pack, &self.buffer);
        }
        let name = name.unwrap_or(Token::UNKNOWN);
        let word = token.span.of(text);
        let low = if token.capital { small_hash(word) } else { hash(word.as_bytes()) };
        let form = pack.lexicon.form_of(&self.buffer, token.kind);
        let counts = token.kind == Kind::Word && compound(pack, word).is_some();
        let flag = |is: bool, bit: u8| if is { bit } else { 0 };
        let legal = token.kind == Kind::Word && is_legal(&self.buffer);
        let flags =
            flag(counts, COUNTS) | flag(gazetteer.opens(pack, name), OPENS) | flag(legal, LEGAL);
        Known { form, name, low: low_of(low), flags }
    }
}

/// Returns the bytes of a word by sixteens, the rest zero.
fn packed<const N: usize>(bytes: &[u8], start: usize, len: usize) -> [u128; N] {
    let mut word = [0; N];
    for (piece, at) in word.iter_mut().zip((0..len).step_by(16)) {
        let from = start + at;
        *piece = match bytes.get(from..).and_then(<[u8]>::first_chunk) {
            Some(sixteen) => u128::from_le_bytes(*sixteen),
            // The text ends here.
            None => bytes
                .get(from..)
                .unwrap_or_default()
                .iter()
                .rev()
                .fold(0, |all, &byte| all << 8 | u128::from(byte)),
        };
        let rest = len - at;
        if rest < 16 {
            *piece &= (1 << (8 * rest)) - 1;
        }
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
        let of = |start, len| packed::<1>(text.as_bytes(), start, len);
        assert_eq!(of(0, 6), of(12, 6));
        assert_ne!(of(0, 6), of(0, 7));
    }
}

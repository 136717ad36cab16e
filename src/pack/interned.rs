//! Distinct words with numbers, their letters side by side in one text: of a pack's words the most costs
//! no allocation of its own.

use rustc_hash::FxBuildHasher;
use string_interner::{StringInterner, Symbol, backend::StringBackend, symbol::SymbolU32};

/// Distinct words, numbered from 0 in the order in which they came.
#[derive(Debug)]
pub(super) struct Interned(StringInterner<StringBackend<SymbolU32>, FxBuildHasher>);

impl Default for Interned {
    fn default() -> Self {
        Self(StringInterner::new())
    }
}

impl Interned {
    /// Returns the number of a word, which is added if it is new.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        number(self.0.get_or_intern(word))
    }

    /// Returns the number of a word, if it is one of them.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        self.0.get(word).map(number)
    }

    /// Returns the word of a number.
    pub(super) fn word(&self, number: u32) -> Option<&str> {
        self.0.resolve(SymbolU32::try_from_usize(number as usize)?)
    }

    /// Returns whether a word is one of them.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Returns all words with their numbers, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        self.0.iter().map(|(symbol, word)| (number(symbol), word))
    }

    /// Returns how many words there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives back the room that is not needed.
    pub(super) fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }
}

fn number(symbol: SymbolU32) -> u32 {
    symbol.to_usize() as u32
}

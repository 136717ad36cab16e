//! Names that are not written like names: addresses ("Booking.com"), and companies whose name holds
//! small letters or figures where others have a capital ("1&1", "bunq", "Société générale"); and words
//! that have a capital and name nobody ("Listeria").

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::{
    base::token::tokenize,
    pack::{compile::PackError, tables::Tables},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Last part of an address, without its dot.
    domains: Vec<Box<str>>,
    /// Names as they are written.
    brands: Vec<Box<str>>,
    /// Words with a capital that are nobody's name.
    nobody: Vec<Box<str>>,
    /// Words on the buttons below an article.
    buttons: Vec<Box<str>>,
}

/// The spellings of names that capitals do not show.
#[derive(Debug, Default)]
pub struct Spellings {
    domains: FxHashSet<Box<str>>,
    /// First token of a brand -> all brands that start with it, the longest first.
    brands: FxHashMap<Box<str>, Vec<Box<str>>>,
    /// Lengths of those tokens, by their first byte: most words are told by it to start none.
    lengths: Lengths,
    nobody: FxHashSet<Box<str>>,
    buttons: FxHashSet<Box<str>>,
}

impl Spellings {
    /// Reads the table.
    pub fn load(tables: &Tables) -> Result<Self, PackError> {
        let text = tables.text("pack/world/spellings.toml", include_str!("spellings.toml"))?;
        let file: File = toml::from_str(&text).map_err(|source| PackError::World {
            table: "spellings".to_owned(),
            source: Box::new(source),
        })?;
        let mut brands: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
        let (mut tokens, mut lengths) = (Vec::new(), Lengths::default());
        for brand in file.brands {
            tokens.clear();
            tokenize(&brand, &mut tokens);
            let Some(first) = tokens.first() else { continue };
            let first = first.span.of(&brand);
            lengths.put(first);
            let list = brands.entry(first.into()).or_default();
            let place = list.partition_point(|other| other.len() >= brand.len());
            list.insert(place, brand);
        }
        Ok(Self {
            lengths,
            domains: file.domains.into_iter().collect(),
            brands,
            nobody: file.nobody.into_iter().collect(),
            buttons: file.buttons.into_iter().collect(),
        })
    }

    /// Returns whether an address may end so: "com".
    pub fn ends_address(&self, word: &str) -> bool {
        self.domains.contains(word)
    }

    /// Returns whether a word with a capital names nobody: "Listeria".
    pub fn is_nobody(&self, word: &str) -> bool {
        self.nobody.contains(word)
    }

    /// Returns whether a word stands on buttons below an article: "Facebook", "Email".
    pub fn is_button(&self, word: &str) -> bool {
        self.buttons.contains(word)
    }

    /// Returns the brands that start with a token, the longest first.
    pub fn brands(&self, first: &str) -> &[Box<str>] {
        if !self.lengths.has(first) {
            return &[];
        }
        self.brands.get(first).map_or(&[], Vec::as_slice)
    }
}

/// Which lengths words have that begin with each byte, as bits; all that are longer count as one.
#[derive(Debug)]
struct Lengths(Vec<u32>);

impl Default for Lengths {
    fn default() -> Self {
        Self(vec![0; 256])
    }
}

impl Lengths {
    fn bit(word: &str) -> u32 {
        1 << word.len().min(31)
    }

    fn put(&mut self, word: &str) {
        let first = word.as_bytes().first().map_or(0, |&byte| usize::from(byte));
        if let Some(lengths) = self.0.get_mut(first) {
            *lengths |= Self::bit(word);
        }
    }

    fn has(&self, word: &str) -> bool {
        let first = word.as_bytes().first().map_or(0, |&byte| usize::from(byte));
        self.0.get(first).is_some_and(|lengths| lengths & Self::bit(word) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_nothing_twice() {
        let file: File = toml::from_str(include_str!("spellings.toml")).unwrap();
        for list in [file.domains, file.brands, file.nobody, file.buttons] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }
}

//! Words that lists of names have: given names, surnames, cities, countries, companies, legal forms.

use rustc_hash::FxHashMap;

use super::features::low_hash;
use crate::extract::capitals::LEGAL_FORMS;

/// The lists and their bits.
const LISTS: [(&str, u8); 5] = [
    (include_str!("lists/given.txt"), 1),
    (include_str!("lists/surnames.txt"), 1 << 1),
    (include_str!("lists/places.txt"), 1 << 2),
    (include_str!("lists/companies.txt"), 1 << 3),
    (include_str!("lists/bodies.txt"), 1 << 4),
];

/// Bit of legal forms of companies.
const LEGAL: u8 = 1 << 5;

/// Which lists have a word.
#[derive(Debug, Default)]
pub(super) struct Lists {
    bits: FxHashMap<u32, u8>,
}

impl Lists {
    /// Reads the lists, a word a line.
    pub(super) fn load() -> Self {
        let mut lists = Self::default();
        for form in LEGAL_FORMS {
            lists.add(form, LEGAL);
        }
        for (list, bit) in LISTS {
            for word in list.split_whitespace() {
                lists.add(word, bit);
            }
        }
        lists
    }

    fn add(&mut self, word: &str, bit: u8) {
        *self.bits.entry(low_hash(word)).or_default() |= bit;
    }

    /// Returns the lists that have the word of this hash.
    pub(super) fn of(&self, low: u32) -> u8 {
        self.bits.get(&low).copied().unwrap_or_default()
    }
}

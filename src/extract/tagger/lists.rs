//! Words that lists of names have: given names, surnames, cities, countries, companies, legal forms.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{
    features::{low_hash, word_hash},
    marks::Marks,
};
use crate::pack::{compile::Pack, legal::LEGAL_FORMS};

/// The lists and their bits.
const LISTS: [(&str, u8); 5] = [
    (include_str!("lists/given.txt"), 1),
    (include_str!("lists/surnames.txt"), 1 << 1),
    (include_str!("lists/places.txt"), PLACES),
    (COMPANIES, 1 << 3),
    (BODIES, 1 << 4),
];

/// Bit of the words of places' names.
pub(super) const PLACES: u8 = 1 << 2;

/// Words of well-known companies' names.
const COMPANIES: &str = include_str!("lists/companies.txt");

static COMPANY_WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(COMPANIES));

/// Words that begin names of bodies: "Bank", "Hospital".
const BODIES: &str = include_str!("lists/bodies.txt");

static BODY_WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(BODIES));

/// Words of a list, and the letters that they begin with.
#[derive(Debug)]
struct Words {
    words: FxHashSet<&'static str>,
    heads: FxHashSet<&'static str>,
}

impl Words {
    fn of(list: &'static str) -> Self {
        let words = list.split_whitespace();
        Self { words: words.clone().collect(), heads: words.filter_map(head).collect() }
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// Returns the first letters of a word: as many as are left when an ending is taken off.
fn head(word: &str) -> Option<&str> {
    let (last, c) = word.char_indices().nth(STEM - 1)?;
    word.get(..last + c.len_utf8())
}

/// Returns whether a word tells the kind of a body.
pub fn is_body(word: &str) -> bool {
    BODY_WORDS.has(word)
}

/// Returns whether a word as it is written is part of a well-known company's name.
pub fn is_known_company(word: &str) -> bool {
    COMPANY_WORDS.has(word)
}

/// Letters that are left when an ending is taken off.
const STEM: usize = 3;

/// Ends of well-known companies' names that a case ending takes the place of.
const ENDS: [&str; 14] = ["", "a", "e", "o", "i", "y", "s", "as", "is", "us", "а", "я", "ь", "о"];

/// Returns the well-known company that a word is an inflected form of.
pub fn known_base(pack: &Pack, word: &str, least: usize) -> Option<String> {
    base_of(pack, word, least, &COMPANY_WORDS)
}

/// Returns the word for the kind of a body that a word is an inflected form of: "Pošta" of "Pošti".
pub fn body_base(pack: &Pack, word: &str) -> Option<String> {
    if is_body(word) { None } else { base_of(pack, word, 1, &BODY_WORDS) }
}

fn base_of(pack: &Pack, word: &str, least: usize, list: &Words) -> Option<String> {
    // Most words are no form of any, and their first letters tell so.
    list.heads.get(head(word)?)?;
    let stems: Vec<&str> = pack
        .name_endings
        .stems(word)
        .filter(|stem| stem.chars().take(STEM).count() == STEM)
        .filter(|stem| word.chars().skip(stem.chars().count()).count() >= least)
        .collect();
    let mut base = String::new();
    for (end, stem) in ENDS.iter().flat_map(|end| stems.iter().map(move |stem| (end, stem))) {
        base.clear();
        base.push_str(stem);
        base.push_str(end);
        if list.has(&base) {
            return Some(base);
        }
    }
    None
}

/// Bit of legal forms of companies.
const LEGAL: u8 = 1 << 5;

/// Which lists have a word, how frequent it is in its language, and which words it is like.
#[derive(Debug, Default)]
pub(super) struct Lists {
    bits: Marks,
    known: Known,
}

/// How frequent words are, and groups of words that stand in like places: part of the weights.
#[derive(Debug, Default)]
pub(super) struct Known {
    often: Marks,
    groups: Marks,
    /// The languages of which frequent words are known, as bits.
    langs: u64,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// 1 for the most frequent words, more for others; 0 for those that are none, [`UNTOLD`] where the
    /// language has no list.
    pub(super) often: u8,
    /// Number of a group; its lowest bits alone are that of a wider one. 0 for none.
    pub(super) group: u16,
}

/// How frequent words of a language are that has no list.
const UNTOLD: u8 = 15;

/// A word of a language, its frequency and its group, each 0 where it has none.
pub(super) type Told = (u8, String, u8, u16);

impl Known {
    /// Takes words of languages in.
    pub(super) fn new(words: &[Told]) -> Self {
        let often = words.iter().filter(|word| word.2 != 0);
        let groups = words.iter().filter(|word| word.3 != 0);
        Self {
            langs: often.clone().fold(0, |langs, word| langs | 1 << (word.0 & 63)),
            often: Marks::new(
                often
                    .map(|(lang, word, often, _)| (own(low_hash(word), *lang), u16::from(*often)))
                    .collect(),
            ),
            groups: Marks::new(
                groups
                    .map(|(lang, word, _, group)| (own(word_hash(word), *lang), *group))
                    .collect(),
            ),
        }
    }

    /// Unpacks what [`Known::to_bytes`] wrote, and returns what stands behind it.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (langs, rest) = bytes.split_first_chunk::<8>()?;
        let (often, rest) = Marks::from_bytes(rest)?;
        let (groups, rest) = Marks::from_bytes(rest)?;
        Some((Self { often, groups, langs: u64::from_le_bytes(*langs) }, rest))
    }

    /// Packs it.
    pub(super) fn to_bytes(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.langs.to_le_bytes());
        self.often.to_bytes(bytes);
        self.groups.to_bytes(bytes);
    }
}

/// Returns the key of a word of a language.
fn own(hash: u32, lang: u8) -> u32 {
    (hash ^ (u32::from(lang) + 1).wrapping_mul(0x85EB_CA6B)).wrapping_mul(0x9E37_79B1)
}

impl Lists {
    /// Reads the lists, a word a line.
    pub(super) fn load(known: Known) -> Self {
        let listed = LISTS.iter().flat_map(|(list, bit)| {
            list.split_whitespace().map(|word| (low_hash(word), u16::from(*bit)))
        });
        let forms = LEGAL_FORMS.iter().map(|form| (low_hash(form), u16::from(LEGAL)));
        let mut bits: Vec<(u32, u16)> = listed.chain(forms).collect();
        bits.sort_unstable();
        bits.dedup_by(|next, word| {
            let is_same = next.0 == word.0;
            word.1 |= if is_same { next.1 } else { 0 };
            is_same
        });
        Self { bits: Marks::new(bits), known }
    }

    /// Returns the lists that have the word of this hash.
    pub(super) fn of(&self, low: u32) -> u8 {
        self.bits.of(low) as u8
    }

    /// Asks for all that is known of a word, so that it is near when it is read.
    pub(super) fn ask_for(&self, low: u32, written: u32, lang: u8) {
        let Known { often, groups, .. } = &self.known;
        let keys = [(&self.bits, low), (often, own(low, lang)), (groups, own(written, lang))];
        let ranges = keys.map(|(marks, key)| (marks, marks.range(key)));
        for (marks, range) in ranges {
            marks.ask_for(&range);
        }
    }

    /// Returns what is known of a word of a language, by its hashes in small letters and as written.
    pub(super) fn standing(&self, low: u32, written: u32, lang: u8) -> Standing {
        let Known { often, groups, langs } = &self.known;
        let is_told = langs >> (lang & 63) & 1 != 0;
        Standing {
            often: if is_told { often.of(own(low, lang)) as u8 } else { UNTOLD },
            group: groups.of(own(written, lang)),
        }
    }

    /// Returns what is known of words, to be packed.
    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// Hands out what is known of words.
    pub(super) fn into_known(self) -> Known {
        self.known
    }
}

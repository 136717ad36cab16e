//! What a word says by itself: hashes of its letters, its shape, the lists that have it.
//!
//! All of it depends on the word, the language and nothing else, so [`super::memo`] may keep it.

use super::lists::Lists;
use crate::base::token::Kind;

/// What a word looks like.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Hash as written, and in small letters.
    pub(super) word: u32,
    pub(super) low: u32,
    /// Its first 1 to 4 letters and its last 1 to 5, in small letters.
    pub(super) head: [u32; 4],
    pub(super) tail: [u32; 5],
    /// How its letters alternate: capitals, small letters, figures, marks.
    pub(super) pattern: u32,
    pub(super) shape: u8,
    /// The lists that have it, as bits.
    pub(super) lists: u8,
}

impl Look {
    /// What stands before the first and behind the last word of a sentence.
    pub(super) fn edge(shape: u8) -> Self {
        Self { shape, low: 7, ..Self::default() }
    }
}

/// Returns how much a word tells of the words beside it: plain name-like, odd capitals, or none.
pub(super) fn class(shape: u8) -> usize {
    match shape {
        5..=7 => 0,
        8 | 9 | 22 => 1,
        _ => 2,
    }
}

fn step(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9E37_79B1)
}

/// Returns a letter in small, and the sort of the character: capital, small letter, figure or itself.
///
/// Most letters are told without a look into the tables of the standard.
#[inline]
fn small_and_sort(c: char) -> (char, char) {
    match c {
        'a'..='z' | 'à'..='ö' | 'ø'..='ÿ' | 'а'..='џ' => (c, SMALL),
        'A'..='Z' => (c.to_ascii_lowercase(), CAPITAL),
        '0'..='9' => (c, FIGURE),
        '’' => ('\'', c),
        'ς' => ('σ', SMALL),
        _ => {
            let small = c.to_lowercase().next().unwrap_or(c);
            let sort = match c {
                _ if c.is_uppercase() => CAPITAL,
                _ if c.is_alphabetic() => SMALL,
                _ => c,
            };
            (small, sort)
        }
    }
}

/// Sorts of characters.
const CAPITAL: char = 'X';
const SMALL: char = 'x';
const FIGURE: char = '0';

/// Returns the hash of a word in small letters.
pub(super) fn low_hash(word: &str) -> u32 {
    word.chars().fold(11, |hash, c| step(hash, small_and_sort(c).0))
}

/// Returns the hash of a word as it is written.
pub(super) fn word_hash(word: &str) -> u32 {
    word.chars().fold(17, step)
}

/// Longest word whose end is read.
const LONGEST: usize = 40;

/// Looks at a word.
pub(super) fn look_of(lists: &Lists, word: &str, kind: Kind, lang: u8) -> Look {
    let mut letters = ['\0'; LONGEST];
    let (mut count, mut upper, mut figures, mut first_upper) = (0, 0, 0, false);
    let (mut written, mut low, mut pattern, mut last) = (17, 11, 23, '\0');
    let mut head = [0; 4];
    for c in word.chars() {
        let (small, sort) = small_and_sort(c);
        written = step(written, c);
        low = step(low, small);
        if sort == CAPITAL {
            upper += 1;
            first_upper |= count == 0;
        }
        if sort != last {
            pattern = step(pattern, sort);
            last = sort;
        }
        figures += u32::from(sort == FIGURE);
        if count < LONGEST {
            letters[count] = small;
        }
        if let Some(head) = head.get_mut(count) {
            *head = low;
        }
        count += 1;
    }
    lists.ask_for(low, written, lang);
    let kept = count.min(LONGEST);
    let mut tail = [0; 5];
    for (hash, length) in tail.iter_mut().zip(1..) {
        let from = kept.saturating_sub(length);
        let end = letters.get(from..kept).unwrap_or_default();
        *hash = end.iter().fold(19 + end.len() as u32, |hash, &c| step(hash, c));
    }
    let shape = match kind {
        Kind::Word => word_shape(word, count, upper, figures, first_upper),
        Kind::Number if count == 4 => 10,
        Kind::Number => 11,
        Kind::Mark => mark_shape(word),
        Kind::Ideograph => 20,
        Kind::Break => 21,
    };
    let lists = if kind == Kind::Word { lists.of(low) } else { 0 };
    Look { word: written, low, head, tail, pattern, shape, lists }
}

fn word_shape(word: &str, count: usize, upper: usize, figures: u32, first_upper: bool) -> u8 {
    let elided = word.ends_with(['\'', '’']);
    let ending = word.starts_with(['\'', '’']);
    match (upper, first_upper) {
        _ if ending => 1,
        (0, _) if elided => 2,
        (0, _) if figures > 0 => 3,
        (0, _) => 4,
        (1, true) if elided => 5,
        (1, true) if count == 1 => 6,
        (1, true) => 7,
        (_, true) if upper + figures as usize == count && count > 5 => 22,
        (_, true) if upper + figures as usize == count => 8,
        _ => 9,
    }
}

fn mark_shape(word: &str) -> u8 {
    match word {
        "-" | "‑" | "–" | "—" => 12,
        "." => 13,
        "," | ";" => 14,
        "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "’" | "‘" => 15,
        "&" | "+" | "@" | "/" => 16,
        "(" | "[" => 17,
        ")" | "]" => 18,
        _ => 19,
    }
}

//! Near-identical articles, found in one pass with bounded memory.
//!
//! A sketch keeps, of all runs of four words, the smallest hash in each of 64 classes: articles that
//! share most of their runs share most of those. Wire copy under another headline or without its
//! last paragraph is a duplicate; the same story in other words is not, nor in another language.
//! Memory holds the last [`GENERATION`] to twice as many articles; copies of older ones are missed.

use std::mem;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Classes of hashes, and so numbers of a sketch.
const CLASSES: usize = 64;
/// Numbers that must agree for two articles to be compared at all.
const ROWS: usize = 4;
/// Numbers of 64 that must agree for two articles to be near-identical.
const SAME: usize = 39;
/// Words of a run.
const RUN: usize = 4;
/// Runs below which a sketch says nothing and only the same words are a duplicate.
const FEW_RUNS: u32 = 48;
/// Articles that are remembered at least.
const GENERATION: usize = 1 << 16;

const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;

/// Returns the signature of a text: 64 numbers, two for a very short one, none for an empty one.
///
/// ```
/// use finewire::merge::sketch;
/// assert_eq!(sketch("A fine of 5 million"), sketch("A FINE,  of 5 million!"));
/// assert_ne!(sketch("A fine of 5 million"), sketch("A fine of 6 million"));
/// assert!(sketch(" \n").is_empty());
/// ```
pub fn sketch(text: &str) -> Vec<u32> {
    let mut runs = Runs::new();
    let mut word = 0u64;
    let mut bytes = text.as_bytes().iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | 0x80..=0xE1 | 0xEE.. => word = mix(word, byte),
            b'A'..=b'Z' => word = mix(word, byte | 0x20),
            // Han, kana and hangul: each character is a word.
            0xE3..=0xED => {
                runs.end_word(&mut word);
                let rest = bytes.next().zip(bytes.next());
                word = rest.map_or(1, |(b, c)| mix(mix(mix(0, byte), *b), *c));
                runs.end_word(&mut word);
            }
            // General punctuation: curly quotes, dashes, narrow spaces.
            0xE2 => {
                runs.end_word(&mut word);
                let _ = bytes.next().zip(bytes.next());
            }
            _ => runs.end_word(&mut word),
        }
    }
    runs.end_word(&mut word);
    runs.finish()
}

#[inline]
fn mix(word: u64, byte: u8) -> u64 {
    (word ^ u64::from(byte)).wrapping_add(1).wrapping_mul(PRIME)
}

/// Runs of words as they are read.
struct Runs {
    last: [u64; RUN],
    words: usize,
    count: u32,
    least: [u32; CLASSES],
    whole: u64,
}

impl Runs {
    fn new() -> Self {
        Self { last: [0; RUN], words: 0, count: 0, least: [u32::MAX; CLASSES], whole: 0 }
    }

    #[inline]
    fn end_word(&mut self, word: &mut u64) {
        if *word == 0 {
            return;
        }
        let [_, b, c, d] = self.last;
        self.last = [b, c, d, *word];
        self.whole = (self.whole.rotate_left(5) ^ *word).wrapping_mul(PRIME);
        *word = 0;
        self.words += 1;
        if self.words < RUN {
            return;
        }
        let [a, b, c, d] = self.last;
        let run =
            (a ^ b.rotate_left(13) ^ c.rotate_left(29) ^ d.rotate_left(43)).wrapping_mul(PRIME);
        let run = run ^ (run >> 32);
        // The class and the value come from different bits.
        let class = (run.wrapping_mul(PRIME) >> 58) as usize;
        if let Some(least) = self.least.get_mut(class) {
            *least = (*least).min(run as u32);
        }
        self.count += 1;
    }

    fn finish(self) -> Vec<u32> {
        if self.words == 0 {
            return Vec::new();
        }
        if self.count < FEW_RUNS {
            return vec![self.whole as u32, (self.whole >> 32) as u32];
        }
        // An empty class borrows from the next one, so that it can tell articles apart too.
        let borrowed = |class: usize| {
            (0..CLASSES as u32).find_map(|step| {
                let least = *self.least.get((class + step as usize) % CLASSES)?;
                (least != u32::MAX).then(|| least.wrapping_add(step.wrapping_mul(0x9E37_79B1)))
            })
        };
        (0..CLASSES).map(|class| borrowed(class).unwrap_or_default()).collect()
    }
}

/// An article as far as its near-duplicates are concerned.
#[derive(Clone, Copy, Debug)]
pub struct Sketched<'a> {
    /// Its id.
    pub article_id: &'a str,
    /// Its language: a translation is no duplicate.
    pub lang: &'static str,
    /// What [`sketch`] made of its text.
    pub sketch: &'a [u32],
}

/// The articles seen lately, to which the next ones are compared.
#[derive(Debug, Default)]
pub struct Duplicates {
    current: Generation,
    previous: Generation,
}

#[derive(Debug, Default)]
struct Generation {
    articles: Vec<Seen>,
    /// For each part of a sketch the first article that has it, at the place of the part's hash or
    /// the next that is free. The part itself stands in the article's sketch.
    places: Vec<u32>,
    taken: usize,
}

/// A place without an article.
const FREE: u32 = u32::MAX;

#[derive(Debug)]
struct Seen {
    id: Box<str>,
    lang: &'static str,
    sketch: Box<[u32]>,
}

impl Duplicates {
    /// Makes a memory without articles.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the id of the earliest near-identical article, or remembers `row`.
    ///
    /// Articles must come in the order of the input.
    pub fn check(&mut self, row: &Sketched) -> Option<String> {
        if row.sketch.is_empty() {
            return None;
        }
        let parts = parts(row.lang, row.sketch);
        let found = self.previous.find(row, &parts).or_else(|| self.current.find(row, &parts));
        if found.is_some() {
            return found.filter(|id| *id != row.article_id);
        }
        if self.current.articles.len() >= GENERATION {
            self.previous = mem::take(&mut self.current);
        }
        self.current.add(row, &parts);
        None
    }
}

impl Generation {
    fn find(&self, row: &Sketched, parts: &[u64]) -> Option<String> {
        let at = |(band, part): (usize, &u64)| self.place(row.lang, row.sketch, (band, *part)).1;
        let mut candidates: Vec<u32> = parts.iter().enumerate().filter_map(at).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut seen = candidates.iter().filter_map(|index| self.articles.get(*index as usize));
        seen.find(|seen| seen.lang == row.lang && is_same(&seen.sketch, row.sketch))
            .map(|seen| seen.id.to_string())
    }

    fn add(&mut self, row: &Sketched, parts: &[u64]) {
        let index = self.articles.len() as u32;
        self.articles.push(Seen {
            id: row.article_id.into(),
            lang: row.lang,
            sketch: row.sketch.into(),
        });
        if (self.taken + parts.len()) * 2 > self.places.len() {
            self.grow();
        } else {
            self.put(index, row.lang, row.sketch, parts);
        }
    }

    /// Doubles the places and puts every article anew, so that the first one stays the first.
    fn grow(&mut self) {
        let room = (self.places.len() * 2).max(1 << 12);
        (self.places, self.taken) = (vec![FREE; room], 0);
        for index in 0..self.articles.len() {
            let Some(seen) = self.articles.get(index) else { break };
            let (lang, sketch) = (seen.lang, seen.sketch.clone());
            self.put(index as u32, lang, &sketch, &parts(lang, &sketch));
        }
    }

    fn put(&mut self, index: u32, lang: &str, sketch: &[u32], parts: &[u64]) {
        for (band, part) in parts.iter().enumerate() {
            let (place, None) = self.place(lang, sketch, (band, *part)) else { continue };
            if let Some(free) = self.places.get_mut(place) {
                *free = index;
                self.taken += 1;
            }
        }
    }

    /// Returns where a part of a sketch belongs, and the article that has it already.
    fn place(
        &self,
        lang: &str,
        sketch: &[u32],
        (band, part): (usize, u64),
    ) -> (usize, Option<u32>) {
        let Some(most) = self.places.len().checked_sub(1) else { return (0, None) };
        let numbers = sketch.chunks(ROWS).nth(band);
        // Half of the places are free, and their number is a power of two.
        let mut place = part as usize & most;
        loop {
            let index = self.places.get(place).copied().unwrap_or(FREE);
            let Some(seen) = self.articles.get(index as usize).filter(|_| index != FREE) else {
                return (place, None);
            };
            if seen.lang == lang && seen.sketch.chunks(ROWS).nth(band) == numbers {
                return (place, Some(index));
            }
            place = (place + 1) & most;
        }
    }
}

/// Returns the keys that an article is found by: each a few numbers of its sketch, and its language.
fn parts(lang: &str, sketch: &[u32]) -> Vec<u64> {
    let lang = xxh3_64(lang.as_bytes());
    let key = |(band, numbers): (usize, &[u32])| {
        let mut bytes = [0u8; ROWS * 4];
        for (slot, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            slot.copy_from_slice(&number.to_le_bytes());
        }
        xxh3_64_with_seed(&bytes, lang ^ band as u64)
    };
    sketch.chunks(ROWS).enumerate().map(key).collect()
}

fn is_same(one: &[u32], other: &[u32]) -> bool {
    if one.len() != other.len() || one.len() < CLASSES {
        return one == other;
    }
    one.iter().zip(other).filter(|(a, b)| a == b).count() >= SAME
}

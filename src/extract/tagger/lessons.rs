//! What is learnt from: tokens in runs, each with what is known of it and its right label.
//!
//! Words are there once, however often they are met. Keys and parts that were met too seldom to be
//! learnt from are left out.

use rustc_hash::FxHashMap;

use super::{
    memo::Word,
    model::Model,
    net::PLACES,
    reader::Reader,
    slots::{self, Around, BITS, HERE, MIXED, NAMED, NAMED_HERE, NAMED_MIXED, Parts, Sight},
};

/// Templates of a token.
const TEMPLATES: usize = HERE + MIXED;
/// How often a key must be met to be learnt from.
const SEEN: u32 = 2;
/// How often a part of words must be met; each word is met by the five around it.
const SEEN_PARTS: u32 = 150;
/// Number of a key that is not learnt from.
const NONE: u32 = u32::MAX;

/// A token, with what is known of it.
#[derive(Debug)]
pub(super) struct Token {
    /// The words around it, by number.
    pub(super) words: [u32; PLACES],
    pub(super) around: Around,
    /// Its keys; then their numbers.
    pub(super) keys: [u32; TEMPLATES],
    pub(super) begins: bool,
    pub(super) gold: u8,
}

impl Token {
    /// Returns the numbers of the keys that are learnt from, without those of the word itself where it
    /// is `blind`.
    pub(super) fn numbers(&self, blind: bool) -> impl Iterator<Item = u32> {
        let named = |at: usize| at < NAMED_HERE || (HERE..HERE + NAMED_MIXED).contains(&at);
        let keys = self.keys.iter().enumerate();
        keys.filter(move |&(at, &key)| key != NONE && !(blind && named(at))).map(|(_, &key)| key)
    }
}

/// Tokens that are scored together.
pub(super) type Run = Vec<Token>;

/// A word by the numbers of its parts; the first `named` know the word itself.
#[derive(Debug)]
pub(super) struct Spelt {
    parts: Vec<u32>,
    named: usize,
}

impl Spelt {
    /// Returns the numbers of its parts, without those of the word itself where it is `blind`.
    pub(super) fn parts(&self, blind: bool) -> &[u32] {
        self.parts.get(if blind { self.named } else { 0 }..).unwrap_or_default()
    }
}

/// Everything that is learnt from.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    pub(super) runs: Vec<Run>,
    numbers: FxHashMap<u64, u32>,
    met: Vec<(Parts, u32)>,
    /// Words by number, once all are there.
    pub(super) words: Vec<Spelt>,
    /// The keys that have a number, and how often each was met.
    pub(super) keys: Vec<(u32, u32)>,
    /// The parts that have a number.
    pub(super) parts: Vec<u32>,
}

impl Lessons {
    /// Returns what is known of a token of the open sentence.
    pub(super) fn token(&mut self, reader: &Reader, at: usize, blank: &Model, gold: u8) -> Token {
        let (mut words, mut sights) = ([0; PLACES], [Sight::default(); PLACES]);
        let (setting, mut keys) = (reader.setting(), [0; TEMPLATES]);
        let (mut here, mut mixed) = ([0; HERE], [0; MIXED]);
        for (place, (number, sight)) in words.iter_mut().zip(&mut sights).enumerate() {
            let word = reader.word((at + place).wrapping_sub(super::net::MIDDLE));
            let look = word.look(blank);
            *sight = Sight::of(&look);
            *number = self.number(&word, || blank.parts(&look, setting.lang));
            if place == super::net::MIDDLE {
                slots::of_word(&look, setting, &mut here);
            }
        }
        let around = reader.around(at);
        slots::mixed(&sights, setting.lang, &around, &mut mixed);
        for (key, own) in keys.iter_mut().zip(here.into_iter().chain(mixed)) {
            *key = own;
        }
        Token { words, around, keys, begins: reader.may_begin(at), gold }
    }

    fn number(&mut self, word: &Word, parts: impl FnOnce() -> Parts) -> u32 {
        let next = self.met.len() as u32;
        let number = *self.numbers.entry(word.id()).or_insert(next);
        if number == next {
            self.met.push((parts(), 0));
        }
        if let Some(met) = self.met.get_mut(number as usize) {
            met.1 += 1;
        }
        number
    }

    /// Gives numbers to what was met often enough, once all runs are there.
    pub(super) fn settle(&mut self) {
        let mut counts = vec![0u32; 1 << BITS];
        for &key in self.runs.iter().flatten().flat_map(|token| &token.keys) {
            counts[key as usize] += 1;
        }
        let mut numbers = vec![NONE; 1 << BITS];
        for (key, &count) in counts.iter().enumerate().filter(|(_, count)| **count >= SEEN) {
            numbers[key] = self.keys.len() as u32;
            self.keys.push((key as u32, count));
        }
        self.renumber(&numbers);
        self.spell();
    }

    /// Keeps the keys that are asked for, and numbers them anew.
    pub(super) fn narrow(&mut self, keeps: impl Fn(u32) -> bool) {
        let mut numbers = vec![NONE; self.keys.len()];
        let mut kept = Vec::new();
        for (number, &(key, count)) in numbers.iter_mut().zip(&self.keys) {
            if keeps(key) {
                *number = kept.len() as u32;
                kept.push((key, count));
            }
        }
        self.keys = kept;
        self.renumber(&numbers);
    }

    fn renumber(&mut self, numbers: &[u32]) {
        for key in self.runs.iter_mut().flatten().flat_map(|token| &mut token.keys) {
            *key = numbers.get(*key as usize).copied().unwrap_or(NONE);
        }
    }

    /// Gives numbers to the parts of words.
    fn spell(&mut self) {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for (parts, count) in &self.met {
            for &key in parts.keys() {
                *counts.entry(key).or_default() += count;
            }
        }
        self.parts =
            counts.iter().filter(|(_, count)| **count >= SEEN_PARTS).map(|(&key, _)| key).collect();
        self.parts.sort_unstable();
        let numbers: FxHashMap<u32, u32> = self.parts.iter().copied().zip(0..).collect();
        let number = |key: &u32| numbers.get(key).copied();
        for (parts, _) in std::mem::take(&mut self.met) {
            let named = parts.keys().iter().take(NAMED).filter_map(number).count();
            let parts = parts.keys().iter().filter_map(number).collect();
            self.words.push(Spelt { parts, named });
        }
        self.numbers = FxHashMap::default();
    }
}

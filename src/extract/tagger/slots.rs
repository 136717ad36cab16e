//! The templates: what is looked up of a token.
//!
//! A word has keys of two sorts. Those of its *parts* give what it means, a few numbers that a
//! network reads wherever the word stands near a token; those of [`of_word`] say something of the
//! word itself. Both are kept a word. The rest, [`mixed`], know several words at once: they are
//! looked up for every token, so there are few of them.

use std::slice::IterMut;

use super::{
    features::{Look, class},
    lists::Standing,
};

/// Bits of a key that has weights, which is all that is left of what a template says.
pub(super) const BITS: u32 = 25;

/// Templates of the word itself.
pub(super) const HERE: usize = 28;
/// Templates of several words.
pub(super) const MIXED: usize = 12;
/// Most parts of a word.
pub(super) const PARTS: usize = 34;
/// Parts, the first, that know the word itself.
pub(super) const NAMED: usize = 4;

/// What a sentence adds to its words: its language and how it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) lang: u8,
    pub(super) manner: u8,
}

/// What the document says of a token beyond its letters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// White space before and behind.
    pub(super) glued: u8,
    /// How the word is written elsewhere in the article, and where it stands.
    pub(super) habit: u8,
    pub(super) habit_after: u8,
    pub(super) manner: u8,
    /// What the language's words mean: before the token, the token, behind it.
    pub(super) senses: [u16; 3],
}

/// Bits of what the language's words mean.
const SENSES: u32 = 16;
/// First number of each of the others.
const HABIT: u32 = 3 * SENSES;
const HABIT_AFTER: u32 = HABIT + 8;
const GLUED: u32 = HABIT_AFTER + 4;
const MANNER: u32 = GLUED + 4;
/// How many things may be said around a token.
pub(super) const AROUND: usize = MANNER as usize + 4;

impl Around {
    /// Calls back with the number of each thing that is said.
    pub(super) fn each(&self, mut told: impl FnMut(usize)) {
        for (place, &senses) in (0..).zip(&self.senses) {
            let mut rest = senses;
            while rest != 0 {
                told((place * SENSES + rest.trailing_zeros()) as usize);
                rest &= rest - 1;
            }
        }
        let others = [
            HABIT + u32::from(self.habit & 7),
            HABIT_AFTER + u32::from(self.habit_after & 3),
            GLUED + u32::from(self.glued & 3),
            MANNER + u32::from(self.manner & 3),
        ];
        for number in others {
            told(number as usize);
        }
    }
}

/// What the templates of several words ask of each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    low: u32,
    tail: u32,
    shape: u8,
    lists: u8,
}

impl Sight {
    /// Takes it from a look.
    pub(super) fn of(look: &Look) -> Self {
        Self { low: look.low, tail: look.tail[2], shape: look.shape, lists: look.lists }
    }
}

/// Returns the hash of what a template says.
fn hashed(template: u64, a: u32, b: u32) -> u64 {
    let seed = (template + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut hash = (u64::from(a) | u64::from(b) << 32) ^ seed;
    hash = (hash ^ hash >> 31).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ hash >> 29).wrapping_mul(0xCA5A_8263_9512_1157)
}

/// Returns the number of a language as templates mix it in: far apart, so that no number of a language
/// is another's with some of the rest changed.
fn spread(lang: u8) -> u32 {
    (u32::from(lang) + 1).wrapping_mul(0x9E37_79B1)
}

/// Writes keys one after the other.
struct Writer<'s> {
    keys: IterMut<'s, u32>,
    template: u64,
    lang: u32,
}

impl<'s> Writer<'s> {
    fn new(keys: &'s mut [u32], template: u64, lang: u8) -> Self {
        Self { keys: keys.iter_mut(), template, lang: spread(lang) }
    }

    /// Writes what holds in all languages.
    fn put(&mut self, a: u32, b: u32) {
        if let Some(key) = self.keys.next() {
            *key = (hashed(self.template, a, b) >> (64 - BITS)) as u32;
        }
        self.template += 1;
    }

    /// Writes what tells a part of a word: more of the hash, and never 0.
    fn part(&mut self, a: u32, b: u32) {
        if let Some(key) = self.keys.next() {
            *key = (hashed(self.template, a, b) >> 32) as u32 | 1;
        }
        self.template += 1;
    }

    /// Writes what holds in the language alone.
    fn own(&mut self, a: u32, b: u32) {
        self.put(a, b ^ self.lang);
    }
}

/// Writes the keys of what a word says of itself.
pub(super) fn of_word(look: &Look, setting: Setting, keys: &mut [u32; HERE]) {
    let manner = u32::from(setting.manner);
    let s = u32::from(look.shape) | manner << 5;
    let mut writer = Writer::new(keys, 0, setting.lang);
    writer.put(look.low, s);
    writer.put(look.word, 1);
    writer.own(look.low, 0);
    writer.own(look.word, 0);
    writer.own(look.low, s);
    for (head, tail) in look.head.into_iter().zip(look.tail).skip(1) {
        writer.put(head, s);
        writer.put(tail, s);
    }
    for part in look.tail {
        writer.own(part, s);
    }
    for part in look.head {
        writer.own(part, s);
    }
    writer.put(s, 0);
    writer.own(s, 0);
    writer.put(look.pattern, manner);
    writer.own(look.pattern, manner);
    writer.put(look.pattern, look.tail[2]);
    writer.own(look.pattern, look.tail[2]);
    writer.put(look.lists.into(), s);
    writer.own(look.lists.into(), s);
}

/// Keys of [`of_word`], the first, that know the word itself.
pub(super) const NAMED_HERE: usize = 5;

/// Writes the keys that know several words: the token in the middle of five.
pub(super) fn mixed(words: &[Sight; 5], lang: u8, around: &Around, keys: &mut [u32; MIXED]) {
    let [before2, before, here, after, after2] = words;
    let shape = |word: &Sight| u32::from(word.shape);
    let s = shape(here) | u32::from(around.manner) << 5;
    let (sb, sa) = (shape(before), shape(after));
    let senses = around.senses.map(u32::from);
    let lists = |word: &Sight| u32::from(word.lists);
    let [glued, habit, habit_after] =
        [around.glued, around.habit, around.habit_after].map(u32::from);
    let shapes = s | sb << 8 | sa << 16;
    let mut writer = Writer::new(keys, 64, lang);
    writer.put(before.low, here.low);
    writer.put(here.low, after.low);
    writer.put(before.low, after.low | class(here.shape) as u32);
    writer.put(shapes, glued | shape(before2) << 8 | shape(after2) << 16);
    writer.own(shapes, glued);
    writer.put(here.tail, sb | sa << 8);
    writer.put(habit, here.tail);
    writer.put(habit | habit_after << 8, s | sa << 8);
    writer.own(habit, s);
    writer.put(senses[1], s);
    writer.put(senses[0] | senses[2] << 16, s);
    writer.put(lists(before) | lists(here) << 8 | lists(after) << 16, s);
}

/// Keys of [`mixed`], the first, that know the word itself.
pub(super) const NAMED_MIXED: usize = 2;

/// The keys of the parts of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    keys: [u32; PARTS],
    count: usize,
}

impl Parts {
    /// Returns the keys of a word of this look.
    pub(super) fn of(look: &Look, standing: Standing, lang: u8) -> Self {
        let mut parts = Self { keys: [0; PARTS], count: 0 };
        let mut writer = Writer::new(&mut parts.keys, 129, lang);
        let own = writer.lang;
        for word in [look.low, look.word] {
            writer.part(word, 0);
            writer.part(word, own);
        }
        for part in look.head {
            writer.part(part, 0);
        }
        for part in look.tail {
            writer.part(part, 0);
        }
        for (head, tail) in look.head.into_iter().zip(look.tail).skip(1) {
            writer.part(head, own);
            writer.part(tail, own);
        }
        let (shape, lists) = (u32::from(look.shape), u32::from(look.lists));
        writer.part(look.pattern, 0);
        writer.part(shape, own);
        writer.part(lists, shape);
        let often = u32::from(standing.often);
        writer.part(often, shape << 8);
        writer.part(often, own);
        let group = u32::from(standing.group);
        if group != 0 {
            for bits in [16, 8, 6, 4] {
                writer.part(group & ((1 << bits) - 1), own ^ bits);
            }
        }
        for list in (0..6).filter(|list| lists >> list & 1 != 0) {
            writer.part(list, 2);
        }
        let left = writer.keys.len();
        parts.count = PARTS - left;
        parts
    }

    /// Returns them.
    pub(super) fn keys(&self) -> &[u32] {
        self.keys.get(..self.count).unwrap_or_default()
    }
}

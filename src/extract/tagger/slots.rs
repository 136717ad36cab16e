//! The templates: what is looked up of a token.
//!
//! Most of them know one word only: the token itself, or one of its four neighbours beside a token
//! of some class. Their sums are kept a word. The rest, [`mixed`], knows several words at once: they
//! are looked up for every token, so there are few of them.

use super::features::{CLASSES, Look, class};

/// Bits of a key, which is all that is left of what a template says.
pub(super) const BITS: u32 = 25;

/// Templates of the word itself.
pub(super) const HERE: usize = 28;
/// Templates of a neighbour, and of the neighbour's neighbour.
pub(super) const NEAR: usize = 6;
pub(super) const FAR: usize = 3;
/// Templates of several words.
pub(super) const MIXED: usize = 12;
/// Templates in all.
pub(super) const TEMPLATES: usize = HERE + 2 * NEAR + 2 * FAR + MIXED;

/// Where a word stands, seen from the token that is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Here,
    Before,
    After,
    Before2,
    After2,
}

impl Place {
    /// Number of templates of this place.
    pub(super) fn count(self) -> usize {
        match self {
            Self::Here => HERE,
            Self::Before | Self::After => NEAR,
            Self::Before2 | Self::After2 => FAR,
        }
    }
}

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
    pub(super) glued: u32,
    /// How the word is written elsewhere in the article, and where it stands.
    pub(super) habit: u32,
    pub(super) habit_after: u32,
    /// What the language's words mean.
    pub(super) senses: [u16; 3],
}

/// What the templates of several words ask of each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    low: u32,
    tail: u32,
    pub(super) shape: u8,
    lists: u8,
}

impl Sight {
    /// Takes it from a look.
    pub(super) fn of(look: &Look) -> Self {
        Self { low: look.low, tail: look.tail[2], shape: look.shape, lists: look.lists }
    }
}

/// Writes keys one after the other.
struct Writer<'s> {
    keys: &'s mut [u32],
    at: usize,
    template: u64,
    lang: u32,
}

impl<'s> Writer<'s> {
    fn new(keys: &'s mut [u32], template: usize, lang: u8) -> Self {
        // Far apart, so that no number of a language is another's with some of the rest changed.
        let lang = (u32::from(lang) + 1).wrapping_mul(0x9E37_79B1);
        Self { keys, at: 0, template: template as u64, lang }
    }

    /// Writes what holds in all languages.
    fn put(&mut self, a: u32, b: u32) {
        let seed = (self.template + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut hash = (u64::from(a) | u64::from(b) << 32) ^ seed;
        hash = (hash ^ hash >> 31).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        hash = (hash ^ hash >> 29).wrapping_mul(0xCA5A_8263_9512_1157);
        if let Some(key) = self.keys.get_mut(self.at) {
            *key = (hash >> (64 - BITS)) as u32;
        }
        self.at += 1;
        self.template += 1;
    }

    /// Writes what holds in the language alone.
    fn own(&mut self, a: u32, b: u32) {
        self.put(a, b ^ self.lang);
    }
}

/// Writes the keys of one word at a place, beside a token of a class (of no matter for the word itself).
pub(super) fn of_word(
    look: &Look,
    place: Place,
    beside: usize,
    setting: Setting,
    keys: &mut [u32],
) {
    let manner = u32::from(setting.manner);
    let mut writer = Writer::new(keys, place as usize * 64, setting.lang);
    if place == Place::Here {
        let s = u32::from(look.shape) | manner << 5;
        writer.put(look.low, s);
        writer.put(look.word, 1);
        writer.own(look.low, 0);
        for (head, tail) in look.head.into_iter().zip(look.tail).skip(1) {
            writer.put(head, s);
            writer.put(tail, s);
        }
        for part in look.tail.into_iter().chain(look.head) {
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
        writer.own(look.word, 0);
        writer.own(look.low, s);
        return;
    }
    let k = (beside + CLASSES * manner as usize) as u32;
    let s = u32::from(look.shape) | u32::from(look.lists) << 8;
    writer.put(look.low, k);
    writer.put(look.tail[3], k);
    writer.put(s, k);
    if matches!(place, Place::Before | Place::After) {
        writer.own(look.low, k);
        writer.own(look.tail[3], k);
        writer.own(s, k);
    }
}

/// Writes the keys that know several words: the token in the middle of five.
pub(super) fn mixed(words: &[Sight; 5], setting: Setting, around: &Around, keys: &mut [u32]) {
    let [before2, before, here, after, after2] = words;
    let manner = u32::from(setting.manner);
    let shape = |word: &Sight| u32::from(word.shape);
    let s = shape(here) | manner << 5;
    let (sb, sa) = (shape(before), shape(after));
    let senses = around.senses.map(u32::from);
    let lists = |word: &Sight| u32::from(word.lists);
    let k = class(here.shape) as u32;
    let shapes = s | sb << 8 | sa << 16;
    let mut writer = Writer::new(keys, 320, setting.lang);
    writer.put(before.low, here.low);
    writer.put(here.low, after.low);
    writer.put(before.low, after.low | k);
    writer.put(shapes, around.glued | shape(before2) << 8 | shape(after2) << 16);
    writer.own(shapes, around.glued);
    writer.put(here.tail, sb | sa << 8);
    writer.put(around.habit, here.tail);
    writer.put(around.habit | around.habit_after << 8, s | sa << 8);
    writer.own(around.habit, s);
    writer.put(senses[1], s);
    writer.put(senses[0] | senses[2] << 16, s);
    writer.put(lists(before) | lists(here) << 8 | lists(after) << 16, s);
}

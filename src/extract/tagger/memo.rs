//! What words say, kept from one document to the next.
//!
//! What a word adds to a score depends on the word, its language and the manner of the sentence, so
//! it is worked out once and kept until another word needs its place. What is kept never changes a
//! result, only how soon it is there: a word is told by a hash of 64 bits, which no two words of a
//! run share but by a chance of one in a thousand million.

use super::{
    features::{Look, look_of},
    model::{Model, Sums},
    net::{self, Hidden, Part},
    rows::Meaning,
    slots::{self, Setting, Sight},
};
use crate::base::{hash, token::Kind};

/// Places for words, each for two; a power of two.
const PLACES: usize = 16384;

/// A word as it is looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) kind: Kind,
    pub(super) setting: Setting,
    /// Shape of what stands beyond the sentence, where no word does.
    pub(super) edge: Option<u8>,
}

impl Word<'_> {
    /// Returns what tells it from all other words.
    pub(super) fn id(&self) -> u64 {
        let Setting { lang, manner } = self.setting;
        let edge = self.edge.unwrap_or_default();
        let rest = u32::from_le_bytes([lang, manner, self.kind as u8, edge]);
        hash::hash(self.text.as_bytes()) ^ u64::from(rest).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// Looks at it.
    pub(super) fn look(&self, model: &Model) -> Look {
        self.edge.map_or_else(|| look_of(model.lists(), self.text, self.kind), Look::edge)
    }
}

/// A word, what others ask of it and what it adds: four lines of the processor's cache.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct Entry {
    id: u64,
    /// Number of the word that has this place, counted from the first ever kept.
    stamp: u32,
    sight: Sight,
    setting: Setting,
    /// Which parts are there, as bits; then [`MEANS`] and [`SAYS`].
    known: u8,
    /// What it says of itself.
    here: Sums,
    /// What it adds to the hidden layer, by place.
    parts: [Part; net::PLACES],
}

/// Bit of what a word means, and of what it says of itself.
const MEANS: u8 = 1 << 6;
const SAYS: u8 = 1 << 7;

/// A word's place, for as long as no other word takes it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ticket {
    place: u32,
    stamp: u32,
}

/// The words that one worker met last, with what each looks like and means.
#[derive(Debug, Default)]
pub struct Memo {
    entries: Vec<Entry>,
    looks: Vec<(Look, Meaning)>,
    stamp: u32,
}

impl Memo {
    /// Returns the place of a word, and what others ask of it.
    pub(super) fn find(&mut self, model: &Model, word: &Word) -> (Ticket, Sight) {
        if self.entries.is_empty() {
            self.entries = vec![Entry::default(); 2 * PLACES];
            self.looks = vec![Default::default(); 2 * PLACES];
        }
        let id = word.id();
        let pair = 2 * ((id >> 32) as usize & (PLACES - 1));
        let Some([first, second]) = self.entries.get_mut(pair..pair + 2) else {
            return (Ticket::default(), Sight::default());
        };
        let (place, entry) = if first.id == id {
            (pair, first)
        } else if second.id == id {
            (pair + 1, second)
        } else {
            // The one that was there first goes.
            let (place, entry) =
                if first.stamp <= second.stamp { (pair, first) } else { (pair + 1, second) };
            let (look, setting) = (word.look(model), word.setting);
            self.stamp = self.stamp.wrapping_add(1);
            let sight = Sight::of(&look);
            *entry = Entry { id, stamp: self.stamp, sight, setting, ..Entry::default() };
            if let Some(to) = self.looks.get_mut(place) {
                to.0 = look;
            }
            (place, entry)
        };
        (Ticket { place: place as u32, stamp: entry.stamp }, entry.sight)
    }

    /// Returns whether a place is the word's still.
    pub(super) fn holds(&self, ticket: Ticket) -> bool {
        self.entries.get(ticket.place as usize).is_some_and(|entry| entry.stamp == ticket.stamp)
    }

    /// Adds what a word says of itself.
    pub(super) fn say(&mut self, model: &Model, ticket: Ticket, sums: &mut Sums) {
        let word = ticket.place as usize;
        let Some(entry) = self.entries.get_mut(word) else { return };
        if entry.known & SAYS == 0 {
            entry.known |= SAYS;
            let Some((look, _)) = self.looks.get(word) else { return };
            let mut keys = [0; slots::HERE];
            slots::of_word(look, entry.setting, &mut keys);
            model.add(&keys, &mut entry.here);
        }
        for (sum, &own) in sums.iter_mut().zip(&entry.here) {
            *sum = sum.saturating_add(own);
        }
    }

    /// Adds what a word adds to the hidden layer at a place.
    pub(super) fn add(&mut self, model: &Model, ticket: Ticket, place: usize, hidden: &mut Hidden) {
        let word = ticket.place as usize;
        let Some(entry) = self.entries.get_mut(word) else { return };
        let Some(part) = entry.parts.get_mut(place) else { return };
        if entry.known & 1 << place == 0 {
            let Some((look, meaning)) = self.looks.get_mut(word) else { return };
            if entry.known & MEANS == 0 {
                *meaning = model.meaning(look, entry.setting.lang);
            }
            entry.known |= MEANS | 1 << place;
            *part = model.net().part(meaning, place);
        }
        net::add(hidden, part);
    }
}

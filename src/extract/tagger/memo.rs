//! What words say, kept from one document to the next.
//!
//! A word's part of a score depends on the word, its language and the manner of the sentence, so
//! it is added up once and kept until another word needs its place. What is kept never changes a
//! result, only how soon it is there: a word is told by a hash of 64 bits, which no two words of a
//! run share but by a chance of one in a thousand million.

use super::{
    features::{CLASSES, Look, look_of},
    model::{Model, Sums},
    slots::{self, Place, Setting, Sight},
};
use crate::base::{hash, token::Kind};

/// Places for words, each for two; a power of two.
const PLACES: usize = 8192;

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
    fn id(&self) -> u64 {
        let Setting { lang, manner } = self.setting;
        let edge = self.edge.unwrap_or_default();
        let rest = u32::from_le_bytes([lang, manner, self.kind as u8, edge]);
        hash::hash(self.text.as_bytes()) ^ u64::from(rest).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// A word, what others ask of it and what it says itself: one line of the processor's cache.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct Entry {
    id: u64,
    /// Number of the word that has this place, counted from the first ever kept.
    stamp: u32,
    sight: Sight,
    setting: Setting,
    /// Which sums are there, as bits.
    known: u16,
    here: Sums,
}

/// What a word says as a neighbour of a token of one class, by where it stands.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct Near([Sums; 4]);

/// A word's place, for as long as no other word takes it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ticket {
    place: u32,
    stamp: u32,
}

/// The words that one worker met last: a list for each of what is asked together, by place.
#[derive(Debug, Default)]
pub struct Memo {
    entries: Vec<Entry>,
    looks: Vec<Look>,
    near: Vec<[Near; CLASSES]>,
    stamp: u32,
}

impl Memo {
    /// Returns the place of a word, and what others ask of it.
    pub(super) fn find(&mut self, model: &Model, word: &Word) -> (Ticket, Sight) {
        if self.entries.is_empty() {
            self.entries = vec![Entry::default(); 2 * PLACES];
            self.looks = vec![Look::default(); 2 * PLACES];
            self.near = vec![Default::default(); 2 * PLACES];
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
            let look =
                word.edge.map_or_else(|| look_of(model.lists(), word.text, word.kind), Look::edge);
            self.stamp = self.stamp.wrapping_add(1);
            let (sight, setting) = (Sight::of(&look), word.setting);
            *entry = Entry { id, stamp: self.stamp, sight, setting, ..Entry::default() };
            if let Some(to) = self.looks.get_mut(place) {
                *to = look;
            }
            (place, entry)
        };
        (Ticket { place: place as u32, stamp: entry.stamp }, entry.sight)
    }

    /// Returns what a word looks like; for training.
    pub(super) fn look(&mut self, model: &Model, word: &Word) -> Look {
        let (ticket, _) = self.find(model, word);
        self.looks.get(ticket.place as usize).copied().unwrap_or_default()
    }

    /// Returns whether a place is the word's still.
    pub(super) fn holds(&self, ticket: Ticket) -> bool {
        self.entries.get(ticket.place as usize).is_some_and(|entry| entry.stamp == ticket.stamp)
    }

    /// Adds what a word says at a place, beside a token of a class.
    pub(super) fn add(
        &mut self,
        model: &Model,
        ticket: Ticket,
        (place, class): (Place, usize),
        total: &mut Sums,
    ) {
        let word = ticket.place as usize;
        let Some(entry) = self.entries.get_mut(word) else { return };
        let (bit, sums) = match place {
            Place::Here => (0, Some(&mut entry.here)),
            near => {
                let at = near as usize - 1;
                let of_class = self.near.get_mut(word).and_then(|near| near.get_mut(class));
                (1 + 4 * class + at, of_class.and_then(|near| near.0.get_mut(at)))
            }
        };
        let Some(sums) = sums else { return };
        if entry.known & 1 << bit == 0 {
            entry.known |= 1 << bit;
            let Some(look) = self.looks.get(word) else { return };
            *sums = work_out(model, look, (place, class), entry.setting);
        }
        for (total, sum) in total.iter_mut().zip(*sums) {
            *total += sum;
        }
    }
}

/// Returns what a word says at a place, beside a token of a class.
fn work_out(model: &Model, look: &Look, (place, class): (Place, usize), setting: Setting) -> Sums {
    let mut sums = Sums::default();
    let mut buffer = [0; slots::HERE];
    if let Some(slots) = buffer.get_mut(..place.count()) {
        slots::of_word(look, place, class, setting, slots);
        model.add(slots, &mut sums);
    }
    sums
}

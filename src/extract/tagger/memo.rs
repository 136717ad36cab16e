//! What words say, kept from one document to the next.
//!
//! What a word adds to a score depends on the word, its language and the manner of the sentence, so
//! it is worked out once and kept until another word needs its place. What is kept never changes a
//! result, only how soon it is there: a word is told by a hash of 64 bits, which no two words of a
//! run share but by a chance of one in a thousand million.

use std::hint::black_box;

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

/// What others ask of a word, what it means and what it adds: four lines of the processor's cache.
#[derive(Clone, Debug, Default)]
#[repr(C, align(64))]
struct Entry {
    sight: Sight,
    /// Which parts are there, as bits; then [`SAYS`].
    known: u8,
    /// What it says of itself.
    here: Sums,
    meaning: Meaning,
    /// What it adds to the hidden layer, by place.
    parts: [Part; net::PLACES],
}

impl Entry {
    /// Notes what the word says of itself.
    fn say(&mut self, model: &Model, look: &Look, setting: Setting) {
        self.known |= SAYS;
        let mut keys = [0; slots::HERE];
        slots::of_word(look, setting, &mut keys);
        model.add(&keys, &mut self.here);
    }
}

/// Bit of what a word says of itself.
const SAYS: u8 = 1 << 7;

/// Which words have two places: small enough all together to stay near the processor.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    ids: [u64; 2],
    /// The place that the next new word takes: that of the word which was there first.
    next: usize,
}

impl Pair {
    fn place(&self, id: u64) -> Option<usize> {
        self.ids.iter().position(|&other| other == id)
    }
}

/// A word's place, for as long as no other word takes it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ticket {
    id: u64,
    place: usize,
}

/// The words that one worker met last.
#[derive(Debug, Default)]
pub struct Memo {
    pairs: Vec<Pair>,
    entries: Vec<Entry>,
}

impl Memo {
    /// Asks for what is kept of the word of an identity, so that it is near when it is read. Asking for
    /// several words in a row makes the processor wait once for all of them.
    pub(super) fn ask_for(&self, id: u64) {
        let Some(pair) = self.pairs.get(pair_of(id)) else { return };
        let place = pair.place(id).and_then(|place| self.entries.get(2 * pair_of(id) + place));
        if let Some(Entry { known, parts: [first, _, third, _, fifth], .. }) = place {
            black_box([
                *known,
                first[0].cast_unsigned(),
                third[0].cast_unsigned(),
                fifth[0].cast_unsigned(),
            ]);
        }
    }

    /// Returns the place of a word of this identity, and what others ask of it. What it says of itself
    /// is worked out with the rest where it is `asked` for soon.
    pub(super) fn find(
        &mut self,
        model: &Model,
        (id, word): (u64, &Word),
        asked: bool,
    ) -> (Ticket, Sight) {
        if self.entries.is_empty() {
            self.pairs = vec![Pair::default(); PLACES];
            self.entries = vec![Entry::default(); 2 * PLACES];
        }
        let Some(pair) = self.pairs.get_mut(pair_of(id)) else {
            return (Ticket::default(), Sight::default());
        };
        let known = pair.place(id);
        let new = pair.next;
        let place = 2 * pair_of(id) + known.unwrap_or(new);
        let Some(entry) = self.entries.get_mut(place) else {
            return (Ticket::default(), Sight::default());
        };
        if known.is_none() {
            pair.ids[new & 1] = id;
            pair.next = 1 - (new & 1);
            let look = word.look(model);
            let (sight, meaning) = (Sight::of(&look), model.meaning(&look, word.setting.lang));
            *entry = Entry { sight, meaning, ..Entry::default() };
            if asked {
                entry.say(model, &look, word.setting);
            }
        }
        (Ticket { id, place }, entry.sight)
    }

    /// Returns whether a place is the word's still.
    pub(super) fn holds(&self, ticket: Ticket) -> bool {
        let pair = self.pairs.get(ticket.place / 2);
        pair.is_some_and(|pair| pair.ids[ticket.place % 2] == ticket.id)
    }

    /// Returns what the word of a place says of itself.
    pub(super) fn says<'t>(
        &mut self,
        model: &Model,
        ticket: Ticket,
        word: impl FnOnce() -> Word<'t>,
    ) -> Sums {
        let Some(entry) = self.entries.get_mut(ticket.place) else {
            return Sums::default();
        };
        if entry.known & SAYS == 0 {
            let word = word();
            entry.say(model, &word.look(model), word.setting);
        }
        entry.here
    }

    /// Adds what a word adds to the hidden layer at a place.
    pub(super) fn add(&mut self, model: &Model, ticket: Ticket, place: usize, hidden: &mut Hidden) {
        let Some(entry) = self.entries.get_mut(ticket.place) else { return };
        let Some(part) = entry.parts.get_mut(place) else { return };
        if entry.known & 1 << place == 0 {
            entry.known |= 1 << place;
            *part = model.net().part(&entry.meaning, place);
        }
        net::add(hidden, part);
    }
}

/// Returns the number of the two places of a word.
fn pair_of(id: u64) -> usize {
    (id >> 32) as usize & (PLACES - 1)
}

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

/// Sets of places for words; a power of two.
const SETS: usize = 2048;

/// Places of a set.
const WAYS: usize = 8;

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
        let look = || look_of(model.lists(), self.text, self.kind, self.setting.lang);
        self.edge.map_or_else(look, Look::edge)
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

/// Which words have the places of a set: a line of the processor's cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Set([u64; WAYS]);

impl Set {
    /// Returns which of the places is a word's.
    fn place(&self, id: u64) -> Option<usize> {
        // All are looked at: where the word stands is as good as chance.
        let after =
            (1..).zip(&self.0).fold(0, |place, (at, &own)| if own == id { at } else { place });
        usize::checked_sub(after, 1)
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
    sets: Vec<Set>,
    /// The place of each set that the next new word takes: that of the word which was there first.
    next: Vec<u8>,
    entries: Vec<Entry>,
}

impl Memo {
    /// Asks for the set of a word of this identity. Asking for all that is needed before the first is
    /// read makes the processor wait for the memory once.
    pub(super) fn ask_where(&self, id: u64) {
        black_box(self.sets.get(set_of(id)).map(|set| set.0[0]));
    }

    /// Returns where a word of this identity may be, and asks for what is kept of it.
    pub(super) fn ask_for(&self, id: u64) -> Ticket {
        let set = set_of(id);
        let place = self.sets.get(set).and_then(|own| own.place(id));
        let Some(place) = place.map(|place| set * WAYS + place) else {
            return Ticket { id, place: 0 };
        };
        if let Some(Entry { known, parts: [first, _, third, _, fifth], .. }) =
            self.entries.get(place)
        {
            black_box(*known);
            black_box([first[0], third[0], fifth[0]]);
        }
        Ticket { id, place }
    }

    /// Returns the place of a word that was asked for, and what others ask of it. What it says of itself
    /// is worked out with the rest where it `speaks` soon.
    pub(super) fn find(
        &mut self,
        model: &Model,
        (ticket, word): (Ticket, &Word),
        speaks: bool,
    ) -> (Ticket, Sight) {
        if self.entries.is_empty() {
            self.sets = vec![Set::default(); SETS];
            self.next = vec![0; SETS];
            self.entries = vec![Entry::default(); SETS * WAYS];
        }
        let place = if self.holds(ticket) { Some(ticket.place) } else { self.place(ticket.id) };
        let place = place.unwrap_or_else(|| self.add(model, (ticket.id, word), speaks));
        let sight = self.entries.get(place).map(|entry| entry.sight).unwrap_or_default();
        (Ticket { place, ..ticket }, sight)
    }

    fn place(&self, id: u64) -> Option<usize> {
        let place = self.sets.get(set_of(id))?.place(id)?;
        Some(set_of(id) * WAYS + place)
    }

    /// Adds a word that is new; returns its place.
    fn add(&mut self, model: &Model, (id, word): (u64, &Word), speaks: bool) -> usize {
        let number = set_of(id);
        let (set, next) = (self.sets.get_mut(number), self.next.get_mut(number));
        let (Some(set), Some(next)) = (set, next) else { return 0 };
        let way = usize::from(*next) % WAYS;
        *next = (*next + 1) % WAYS as u8;
        set.0[way] = id;
        let place = number * WAYS + way;
        if let Some(entry) = self.entries.get_mut(place) {
            let look = word.look(model);
            let (sight, meaning) = (Sight::of(&look), model.meaning(&look, word.setting.lang));
            *entry = Entry { sight, meaning, ..Entry::default() };
            if speaks {
                entry.say(model, &look, word.setting);
            }
        }
        place
    }

    /// Returns whether a place is the word's still.
    pub(super) fn holds(&self, ticket: Ticket) -> bool {
        let set = self.sets.get(ticket.place / WAYS);
        set.is_some_and(|set| set.0[ticket.place % WAYS] == ticket.id)
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
    pub(super) fn tell(
        &mut self,
        model: &Model,
        ticket: Ticket,
        place: usize,
        hidden: &mut Hidden,
    ) {
        let Some(entry) = self.entries.get_mut(ticket.place) else { return };
        let Some(part) = entry.parts.get_mut(place) else { return };
        if entry.known & 1 << place == 0 {
            entry.known |= 1 << place;
            *part = model.net().part(&entry.meaning, place);
        }
        net::add(hidden, part);
    }
}

/// Returns the number of the set of a word.
fn set_of(id: u64) -> usize {
    (id >> 32) as usize & (SETS - 1)
}

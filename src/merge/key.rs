//! An action as numbers: what two of them are compared by, and what orders them.
//!
//! Words and names are hashes, so a key has one size, can lie in a file, and two of them are
//! compared without a look at any text. A hash of 64 bits stands for what anybody may name; words of
//! closed vocabularies are their places in them, or hashes of 32 bits.

use jiff::civil::Date;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::{
    base::action::{ActionStatus, ActionType, Sector},
    merge::sum::{Qualifier, Sum},
};

/// Days since 1970.
pub type Day = i32;

/// Returns the day's number.
pub fn day(date: Date) -> Day {
    let hours = date.duration_since(Date::constant(1970, 1, 1)).as_hours();
    (hours / 24) as Day
}

/// How far in its story an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Rumoured, threatened or proposed.
    Ahead,
    /// Taken.
    Taken,
    /// Upheld, reduced or overturned.
    Reviewed,
}

impl Stage {
    /// Number of stages.
    pub(super) const COUNT: usize = 3;

    pub(super) fn of(status: Option<ActionStatus>) -> Self {
        match status {
            Some(ActionStatus::Rumoured | ActionStatus::Threatened | ActionStatus::Proposed) => {
                Self::Ahead
            }
            Some(ActionStatus::Upheld | ActionStatus::Reduced | ActionStatus::Overturned) => {
                Self::Reviewed
            }
            Some(ActionStatus::Imposed) | None => Self::Taken,
        }
    }
}

/// Days that an action may have been taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) first: Day,
    pub(super) last: Day,
    /// Whether an article says so; else it is guessed from the day of publication.
    pub(super) is_stated: bool,
}

impl When {
    /// Returns the days between two ranges, 0 where they overlap.
    pub(super) fn gap(&self, other: &Self) -> i32 {
        (self.first.max(other.first) - self.last.min(other.last)).max(0)
    }
}

/// What orders actions: the one that says the most first, then by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// What the action lacks, the worst lack in the highest bit.
    pub(super) lacks: u8,
    /// Whether no day is stated, and how many days the stated ones span.
    pub(super) days: (bool, i32),
    /// Whether the article's day is unknown, and that day.
    pub(super) told: (bool, Day),
    pub(super) article: u128,
    pub(super) action: u64,
    pub(super) start: u32,
}

/// Families of types: types that can be one action told in two ways have one.
pub const FAMILIES: usize = ActionType::ALL.len() + 1;

/// Returns the family of a type.
pub fn family(word: &str) -> usize {
    match ActionType::from_word(word) {
        // "Settles for 5 billion" and "fined 5 billion"; a formal notice is told as a warning.
        Some(ActionType::Settlement) => ActionType::Fine as usize,
        Some(ActionType::Warning) => ActionType::FormalNotice as usize,
        Some(kind) => kind as usize,
        None => ActionType::ALL.len(),
    }
}

/// An action as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// What orders actions.
    pub order: Order,
    /// Which action it is, for the one who asks.
    pub place: u32,
    /// Hash of the regulator's id; 0 for none.
    pub(super) regulator: u64,
    /// Hash of the regulator's folded name; 0 for none.
    pub(super) body: u64,
    /// Hash of the targets' names; 0 for none.
    pub(super) targets: u64,
    /// Hash of the country's code; 0 for none.
    pub(super) country: u32,
    pub(super) sector: Option<Sector>,
    pub(super) kind: Option<ActionType>,
    pub(super) status: Option<ActionStatus>,
    pub(super) sum: Option<Sum>,
    pub(super) when: Option<When>,
    /// Month and day where the year is not known.
    pub(super) month_day: Option<(i8, i8)>,
    /// When the article was published.
    pub(super) told: Option<Day>,
}

/// Returns the hash of a word of a closed vocabulary; 0 for none.
pub(super) fn word(word: Option<&str>) -> u32 {
    word.map_or(0, |word| (xxh3_64(word.as_bytes()) as u32).max(1))
}

/// Returns the hash of a text; 0 for none.
pub(super) fn text(text: Option<&str>) -> u64 {
    text.map_or(0, |text| xxh3_64(text.as_bytes()).max(1))
}

/// Returns the number that an article's id is, in the order of the ids.
pub(super) fn article(id: &str) -> u128 {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(u128::from);
    let digits = || id.bytes().try_fold(0, |number, byte| Some(number << 4 | digit(byte)?));
    // The way of the library to a number of 128 bits is three times as long.
    let whole = if id.len() == 32 { digits() } else { u128::from_str_radix(id, 16).ok() };
    whole.unwrap_or_else(|| xxh3_128(id.as_bytes()))
}

/// Returns the number that an action's id is, in the order of the ids.
pub(super) fn action(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or_else(|_| xxh3_64(id.as_bytes()))
}

impl Key {
    /// Bytes of a key in a file.
    pub const BYTES: usize = 127;

    /// Returns whether the article names nobody who acted, not even a country.
    pub(super) fn is_nobodys(&self) -> bool {
        self.regulator == 0 && self.body == 0 && self.country == 0
    }

    pub(super) fn stage(&self) -> Stage {
        Stage::of(self.status)
    }

    /// Appends the key to the bytes of a file.
    pub fn put(&self, out: &mut Vec<u8>) {
        let order = &self.order;
        out.push(order.lacks);
        out.push(u8::from(order.days.0));
        out.extend_from_slice(&order.days.1.to_le_bytes());
        out.push(u8::from(order.told.0));
        out.extend_from_slice(&order.told.1.to_le_bytes());
        out.extend_from_slice(&order.article.to_le_bytes());
        out.extend_from_slice(&order.action.to_le_bytes());
        for number in [order.start, self.place, self.country] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.regulator, self.body, self.targets] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.push(self.sector.map_or(u8::MAX, |sector| sector as u8));
        out.push(self.kind.map_or(u8::MAX, |kind| kind as u8));
        out.push(self.status.map_or(u8::MAX, |status| status as u8));
        self.put_values(out);
    }

    fn put_values(&self, out: &mut Vec<u8>) {
        let (value, currency, qualifier, per) = self
            .sum
            .map_or((0.0, 0, 0, 0), |sum| (sum.value, sum.currency, sum.qualifier as u8, sum.per));
        let euros = self.sum.and_then(|sum| sum.euros);
        out.extend_from_slice(&[u8::from(self.sum.is_some()), u8::from(euros.is_some())]);
        let (least, most) = euros.unwrap_or_default();
        for number in [value, least, most] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&currency.to_le_bytes());
        out.push(qualifier);
        out.extend_from_slice(&per.to_le_bytes());
        let (first, last, is_stated) =
            self.when.map_or((0, 0, false), |when| (when.first, when.last, when.is_stated));
        out.extend_from_slice(&[u8::from(self.when.is_some()), u8::from(is_stated)]);
        let (month, of_month) = self.month_day.unwrap_or_default();
        out.extend_from_slice(&[u8::from(self.month_day.is_some()), month as u8, of_month as u8]);
        out.push(u8::from(self.told.is_some()));
        for day in [first, last, self.told.unwrap_or_default()] {
            out.extend_from_slice(&day.to_le_bytes());
        }
    }

    /// Reads a key; bytes that are none are some key or other.
    pub fn read(bytes: &[u8]) -> Self {
        let mut bytes = Bytes(bytes);
        let order = Order {
            lacks: bytes.byte(),
            days: (bytes.is(), i32::from_le_bytes(bytes.array())),
            told: (bytes.is(), i32::from_le_bytes(bytes.array())),
            article: u128::from_le_bytes(bytes.array()),
            action: u64::from_le_bytes(bytes.array()),
            start: bytes.u32(),
        };
        let (place, country) = (bytes.u32(), bytes.u32());
        let [regulator, body, targets] = std::array::from_fn(|_| u64::from_le_bytes(bytes.array()));
        let sector = Sector::ALL.get(usize::from(bytes.byte())).copied();
        let kind = ActionType::ALL.get(usize::from(bytes.byte())).copied();
        let status = ActionStatus::ALL.get(usize::from(bytes.byte())).copied();
        let (has_sum, has_euros) = (bytes.is(), bytes.is());
        let [value, least, most] = std::array::from_fn(|_| f64::from_le_bytes(bytes.array()));
        let (currency, qualifier, per) = (bytes.u32(), bytes.byte(), bytes.u32());
        let euros = has_euros.then_some((least, most));
        let sum = Sum { value, currency, qualifier: Qualifier::from_byte(qualifier), per, euros };
        let (has_when, is_stated) = (bytes.is(), bytes.is());
        let (has_day, month, of_month) = (bytes.is(), bytes.byte() as i8, bytes.byte() as i8);
        let is_told = bytes.is();
        let [first, last, told] = std::array::from_fn(|_| i32::from_le_bytes(bytes.array()));
        Self {
            order,
            place,
            regulator,
            body,
            targets,
            country,
            sector,
            kind,
            status,
            sum: has_sum.then_some(sum),
            when: has_when.then_some(When { first, last, is_stated }),
            month_day: has_day.then_some((month, of_month)),
            told: is_told.then_some(told),
        }
    }
}

/// Bytes that are still to be read; past their end there are zeros.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn array<const N: usize>(&mut self) -> [u8; N] {
        let Some((taken, rest)) = self.0.split_first_chunk::<N>() else { return [0; N] };
        self.0 = rest;
        *taken
    }

    fn byte(&mut self) -> u8 {
        let [byte] = self.array();
        byte
    }

    fn is(&mut self) -> bool {
        self.byte() != 0
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_as_it_was_put() {
        let full = Key {
            order: Order {
                lacks: 0x5A,
                days: (true, -3),
                told: (false, 19_000),
                article: u128::MAX / 3,
                action: 7,
                start: 9,
            },
            place: 11,
            regulator: 1,
            body: u64::MAX,
            targets: 3,
            country: 4,
            sector: Some(Sector::Other),
            kind: Some(ActionType::Recall),
            status: Some(ActionStatus::Rumoured),
            sum: Some(Sum {
                value: 1e15 + 0.25,
                currency: 5,
                qualifier: Qualifier::AtMost,
                per: 6,
                euros: Some((-1.0, 2.5)),
            }),
            when: Some(When { first: -1, last: i32::MAX, is_stated: true }),
            month_day: Some((12, 31)),
            told: Some(-40),
        };
        let bare = Key {
            sector: None,
            kind: None,
            status: None,
            sum: None,
            when: None,
            month_day: None,
            told: None,
            ..full
        };
        for key in [full, bare] {
            let mut bytes = Vec::new();
            key.put(&mut bytes);
            assert_eq!(bytes.len(), Key::BYTES);
            assert_eq!(Key::read(&bytes), key);
        }
    }
}

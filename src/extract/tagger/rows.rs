//! What the parts of words mean: a row of small numbers for each part that was met often enough.
//!
//! The meaning of a word is the sum of the rows of its parts: endings, beginnings, shape, lists,
//! the word itself. A part is told by a hash of 32 bits. Refused in bytes: a length that is not right.

use std::{hint::black_box, iter};

/// Numbers that a meaning has.
pub(super) const MEANING: usize = 24;

/// What a word means.
pub(super) type Meaning = [i16; MEANING];

/// What a part adds to it.
pub(super) type Part = [i8; MEANING];

/// Keys that are looked for together.
const AT_ONCE: usize = 40;

/// The rows, found by key.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Keys with the numbers of their rows, by the highest bits of the key; a key of 0 is none.
    index: Vec<(u32, u32)>,
    keys: Vec<u32>,
    /// The first is that of all keys that have none.
    parts: Vec<Part>,
    /// How far a key is shifted to give its place in the index.
    shift: u32,
}

impl Rows {
    /// Makes the rows of keys that are in order.
    pub(super) fn new(keys: Vec<u32>, rows: impl Iterator<Item = Part>) -> Self {
        let bits = (2 * keys.len()).next_power_of_two().ilog2().max(1);
        let parts = iter::once([0; MEANING]).chain(rows).collect();
        let mut all = Self { index: vec![(0, 0); 1 << bits], keys, parts, shift: u32::BITS - bits };
        for (number, &key) in (1..).zip(&all.keys) {
            let mut at = (key >> all.shift) as usize;
            while all.index.get(at).is_some_and(|place| place.0 != 0) {
                at = (at + 1) & ((1 << bits) - 1);
            }
            if let Some(place) = all.index.get_mut(at) {
                *place = (key, number);
            }
        }
        all
    }

    /// Returns the number of a key's row, 0 where it has none; `place` is the first where it may stand.
    fn find(&self, key: u32, mut place: (u32, u32)) -> u32 {
        let mut at = (key >> self.shift) as usize;
        while place.0 != key && place.0 != 0 {
            at = (at + 1) & (self.index.len() - 1);
            place = self.index.get(at).copied().unwrap_or_default();
        }
        place.1
    }

    /// Returns the sum of the rows of keys.
    pub(super) fn meaning(&self, keys: &[u32]) -> Meaning {
        let mut meaning = [0; MEANING];
        // All are asked for before the first is looked at, so that the processor waits for the memory
        // once and not a key at a time.
        for keys in keys.chunks(AT_ONCE) {
            let (mut places, mut rows) = ([(0, 0); AT_ONCE], [0; AT_ONCE]);
            for (place, &key) in places.iter_mut().zip(keys) {
                *place = self.index.get((key >> self.shift) as usize).copied().unwrap_or_default();
            }
            let mut count = 0;
            for (&place, &key) in places.iter().zip(keys) {
                let number = self.find(key, place);
                if let Some(row) = rows.get_mut(count) {
                    *row = number;
                }
                count += usize::from(number != 0);
            }
            let rows = || rows.iter().take(count).filter_map(|&row| self.parts.get(row as usize));
            rows().for_each(|row| {
                black_box(row[0]);
            });
            for row in rows() {
                for (sum, &number) in meaning.iter_mut().zip(row) {
                    *sum += i16::from(number);
                }
            }
        }
        meaning
    }

    /// Unpacks what [`Rows::to_bytes`] wrote, and returns what stands behind it.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (keys, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (numbers, rest) = rest.split_at_checked(count.checked_mul(MEANING)?)?;
        let (keys, _) = keys.as_chunks::<4>();
        let (numbers, _) = numbers.as_chunks::<MEANING>();
        let rows = numbers.iter().map(|row| row.map(u8::cast_signed));
        Some((Self::new(keys.iter().map(|&key| u32::from_le_bytes(key)).collect(), rows), rest))
    }

    /// Packs it: how many there are, their keys, their rows.
    pub(super) fn to_bytes(&self, bytes: &mut Vec<u8>) {
        bytes.extend((self.keys.len() as u32).to_le_bytes());
        bytes.extend(self.keys.iter().flat_map(|key| key.to_le_bytes()));
        let rows = self.parts.iter().skip(1);
        bytes.extend(rows.flat_map(|row| row.map(i8::cast_unsigned)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_is_the_sum_of_the_rows_of_the_parts_that_have_one() {
        let rows = [[1; MEANING], [-3; MEANING], [7; MEANING]];
        let rows = Rows::new(vec![3, 9, u32::MAX], rows.into_iter());
        let mut bytes = Vec::new();
        rows.to_bytes(&mut bytes);
        bytes.push(5);
        let (again, rest) = Rows::from_bytes(&bytes).unwrap();
        assert_eq!(rest, [5]);
        for rows in [rows, again] {
            assert_eq!(rows.meaning(&[3, 4, u32::MAX]), [8; MEANING]);
            assert_eq!(rows.meaning(&[9, 9]), [-6; MEANING]);
        }
        assert!(Rows::from_bytes(&bytes[..40]).is_none());
    }
}

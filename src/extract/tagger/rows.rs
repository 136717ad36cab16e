//! What the parts of words mean: a row of small numbers for each part that was met often enough.
//!
//! The meaning of a word is the sum of the rows of its parts: endings, beginnings, shape, lists,
//! the word itself. A part is told by a hash of 32 bits. Refused in bytes: a length that is not right.

use std::hint::black_box;

use super::{sieve::Sieve, slots::PARTS};

/// Numbers that a meaning has.
pub(super) const MEANING: usize = 24;

/// What a word means.
pub(super) type Meaning = [i16; MEANING];

/// What a part adds to it.
pub(super) type Part = [i8; MEANING];

/// Places of a bucket.
const PLACES: usize = 2;

/// Keys, 0 for none, with their rows: a line of the processor's cache.
#[derive(Clone, Debug, Default)]
#[repr(C, align(64))]
struct Bucket {
    keys: [u32; PLACES],
    parts: [Part; PLACES],
    /// Whether keys of this bucket stand in the next, too.
    goes_on: bool,
}

impl Bucket {
    fn part(&self, key: u32) -> Option<&Part> {
        self.keys.iter().zip(&self.parts).find(|(own, _)| **own == key).map(|(_, part)| part)
    }
}

/// The rows, found by key.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By the highest bits of the key.
    buckets: Vec<Bucket>,
    /// How far a key is shifted to give its bucket.
    shift: u32,
    /// All keys, in order.
    keys: Vec<u32>,
    sieve: Sieve,
}

impl Rows {
    /// Makes the rows of keys that are in order; no key is 0.
    pub(super) fn new(keys: Vec<u32>, rows: impl Iterator<Item = Part>) -> Self {
        let bits = (keys.len() * 2 / 3).next_power_of_two().ilog2().max(1);
        let buckets = vec![Bucket::default(); 1 << bits];
        // Of the keys that have no row, one in six passes.
        let mut sieve = Sieve::new(u32::BITS, bits + 3);
        for key in &keys {
            sieve.put(*key);
        }
        let mut all = Self { buckets, shift: u32::BITS - bits, keys, sieve };
        for (&key, row) in all.keys.iter().zip(rows) {
            let mut at = (key >> all.shift) as usize;
            while let Some(bucket) = all.buckets.get_mut(at) {
                if let Some(free) = bucket.keys.iter().position(|&own| own == 0) {
                    bucket.keys[free] = key;
                    bucket.parts[free] = row;
                    break;
                }
                bucket.goes_on = true;
                at = (at + 1) & ((1 << bits) - 1);
            }
        }
        all
    }

    /// Returns the row of a key.
    fn part(&self, key: u32) -> Option<&Part> {
        let mut at = (key >> self.shift) as usize;
        loop {
            let bucket = self.buckets.get(at)?;
            let part = bucket.part(key);
            if part.is_some() || !bucket.goes_on {
                return part;
            }
            at = (at + 1) & (self.buckets.len() - 1);
        }
    }

    /// Returns the sum of the rows of the keys of a word's parts.
    pub(super) fn meaning(&self, keys: &[u32]) -> Meaning {
        let mut kept = [0; PARTS];
        let keys = self.sieve.kept(keys, &mut kept);
        // All are asked for before the first is looked at, so that the processor waits for the memory
        // once and not a key at a time.
        for key in keys {
            black_box(self.buckets.get((key >> self.shift) as usize).map(|bucket| bucket.keys[0]));
        }
        let mut meaning = [0; MEANING];
        for part in keys.iter().filter_map(|&key| self.part(key)) {
            for (sum, &number) in meaning.iter_mut().zip(part) {
                *sum += i16::from(number);
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
        let rows = self.keys.iter().map(|&key| self.part(key).copied().unwrap_or_default());
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

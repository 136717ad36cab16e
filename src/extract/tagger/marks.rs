//! Marks of words: a number for each of very many words, which are told by a hash of 32 bits.
//!
//! A word that has no mark may be taken for one that has, by a chance of one in ten thousand.
//! Refused in bytes: a length that is not right.

use std::{hint::black_box, iter, ops::Range};

/// Highest bits of a key that tell where to look for it.
const BITS: u32 = 16;

/// Keys with their marks.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// In order: what is left of a key below [`BITS`], and its mark.
    all: Vec<[u16; 2]>,
    /// Where the keys of each of the highest bits begin.
    starts: Vec<u32>,
}

impl Marks {
    /// Takes keys with their marks; of a key that is there twice the first counts.
    pub(super) fn new(mut all: Vec<(u32, u16)>) -> Self {
        all.sort_by_key(|one| one.0);
        all.dedup_by_key(|one| one.0);
        let mut starts = vec![0u32; (1 << BITS) + 1];
        for (key, _) in &all {
            if let Some(start) = starts.get_mut((key >> (u32::BITS - BITS)) as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { all: all.into_iter().map(|(key, mark)| [key as u16, mark]).collect(), starts }
    }

    /// Returns where the keys that are like a key begin and end.
    pub(super) fn range(&self, key: u32) -> Range<usize> {
        let high = (key >> (u32::BITS - BITS)) as usize;
        let Some([start, end]) = self.starts.get(high..high + 2) else { return 0..0 };
        *start as usize..*end as usize
    }

    /// Asks for the first of a range of keys, so that it is near when it is read.
    pub(super) fn ask_for(&self, range: &Range<usize>) {
        black_box(self.all.get(range.start));
    }

    /// Returns the mark of a key, 0 for none.
    pub(super) fn of(&self, key: u32) -> u16 {
        let all = self.all.get(self.range(key)).unwrap_or_default();
        all.iter().find(|[rest, _]| *rest == key as u16).map_or(0, |[_, mark]| *mark)
    }

    /// Unpacks what [`Marks::to_bytes`] wrote, and returns what stands behind it.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (mut columns, rest) = rest.split_at_checked(count.checked_mul(6)?)?;
        let mut all = vec![[0; 6]; count];
        for column in 0..6 {
            let (own, behind) = columns.split_at_checked(count)?;
            all.iter_mut().zip(own).for_each(|(bytes, &byte)| bytes[column] = byte);
            columns = behind;
        }
        let mut key = 0u32;
        let pairs = all.into_iter().map(|[a, b, c, d, e, f]| {
            key = key.wrapping_add(u32::from_le_bytes([a, b, c, d]));
            (key, u16::from_le_bytes([e, f]))
        });
        Some((Self::new(pairs.collect()), rest))
    }

    /// Packs it: how many there are, how far each key is from the one before it, the marks; byte by byte,
    /// so that what is alike stands together.
    pub(super) fn to_bytes(&self, bytes: &mut Vec<u8>) {
        bytes.extend((self.all.len() as u32).to_le_bytes());
        let mut before = 0;
        let highs = (0u32..).zip(self.starts.windows(2)).flat_map(|(high, places)| {
            let count = places.iter().rev().copied().reduce(|end, start| end - start);
            iter::repeat_n(high << (u32::BITS - BITS), count.unwrap_or_default() as usize)
        });
        let pairs = highs.zip(&self.all).map(|(high, [rest, mark])| {
            let key = high | u32::from(*rest);
            let [a, b, c, d] = (key - std::mem::replace(&mut before, key)).to_le_bytes();
            let [e, f] = mark.to_le_bytes();
            [a, b, c, d, e, f]
        });
        let all: Vec<[u8; 6]> = pairs.collect();
        for column in 0..6 {
            bytes.extend(all.iter().map(|bytes| bytes[column]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked() {
        let marks = Marks::new(vec![(70_000, 3), (9, 700), (u32::MAX, 1), (70_000, 4)]);
        let mut bytes = Vec::new();
        marks.to_bytes(&mut bytes);
        bytes.push(1);
        let (again, rest) = Marks::from_bytes(&bytes).unwrap();
        assert_eq!(rest, [1]);
        for marks in [marks, again] {
            assert_eq!([9, 70_000, u32::MAX, 10].map(|key| marks.of(key)), [700, 3, 1, 0]);
        }
        assert!(Marks::from_bytes(&bytes[..12]).is_none());
        assert_eq!(Marks::default().of(3), 0);
    }
}

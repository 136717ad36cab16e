//! The rows of the keys that have one, and which keys those are.
//!
//! A key is a bucket and a check. A bucket is one line of the processor's cache: a byte for the
//! check of each of its keys, then their rows. One line tells whether a key has a row, and has it.
//! Most of what a text says was never learnt. Refused in bytes: a length that is not right.

use super::slots::BITS;

/// Places of a bucket.
const PLACES: usize = 7;
/// Bits of a check. What is left of a key is its bucket.
const CHECK: u32 = 8;
/// Number of buckets.
const BUCKETS: usize = 1 << (BITS - CHECK);

/// Weights of a key.
pub(super) type Row = [i8; 8];

/// The checks of a bucket, 0 for none, and the rows behind them as bytes; the last check is always 0.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct Bucket([[u8; 8]; 1 + PLACES]);

impl Bucket {
    fn checks(&self) -> [u8; 8] {
        self.0[0]
    }

    /// Returns the rows that are used.
    fn used(&self) -> impl Iterator<Item = &[u8; 8]> {
        let rows = self.checks().into_iter().zip(self.0.iter().skip(1));
        rows.filter(|(check, _)| *check != 0).map(|(_, row)| row)
    }
}

/// Keys with their rows.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The first is empty: it stands for all keys that have no row.
    buckets: Vec<Bucket>,
}

impl Table {
    /// Takes in keys with their rows, those that matter most first, for as long as there is room.
    pub(super) fn new(rows: impl Iterator<Item = (u32, Row)>) -> Self {
        let mut table = Self { buckets: vec![Bucket::default(); 1 + BUCKETS] };
        for (key, row) in rows {
            let (bucket, check) = place(key);
            let Some(bucket) = table.buckets.get_mut(bucket) else { continue };
            let free = bucket.checks().iter().take(PLACES).position(|&other| other == 0);
            let Some(free) = free else { continue };
            bucket.0[0][free] = check;
            bucket.0[1 + free] = row.map(i8::cast_unsigned);
        }
        table
    }

    /// Returns whether a key has a row.
    pub(super) fn has(&self, key: u32) -> bool {
        at(key, self.checks(key)) != 0
    }

    /// Adds the rows of keys up.
    pub(super) fn add<const N: usize>(&self, keys: &[u32; N], sums: &mut [i16; 8]) {
        // All are asked for before the first is looked at, so that the processor waits for the memory
        // once and not a key at a time.
        let mut checks = [0; N];
        for (checks, &key) in checks.iter_mut().zip(keys) {
            *checks = self.checks(key);
        }
        let mut all = *sums;
        for (&key, &checks) in keys.iter().zip(&checks) {
            let place = at(key, checks);
            let Some(bucket) = self.buckets.get(place / 8) else { continue };
            for (sum, &weight) in all.iter_mut().zip(&bucket.0[place % 8]) {
                *sum += i16::from(weight.cast_signed());
            }
        }
        *sums = all;
    }

    /// Returns the checks of the bucket of a key.
    fn checks(&self, key: u32) -> u64 {
        let bucket = self.buckets.get(place(key).0);
        bucket.map_or(0, |bucket| u64::from_le_bytes(bucket.checks()))
    }

    /// Unpacks what [`Table::to_bytes`] wrote.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (checks, rest) = bytes.split_at_checked(BUCKETS * PLACES)?;
        let (checks, _) = checks.as_chunks::<PLACES>();
        let (packed, []) = rest.as_chunks::<8>() else { return None };
        let mut packed = packed.iter();
        let mut table = Self { buckets: vec![Bucket::default(); 1 + BUCKETS] };
        for (bucket, checks) in table.buckets.iter_mut().skip(1).zip(checks) {
            for (place, &check) in checks.iter().enumerate().filter(|(_, check)| **check != 0) {
                bucket.0[0][place] = check;
                bucket.0[1 + place] = *packed.next()?;
            }
        }
        packed.next().is_none().then_some(table)
    }

    /// Packs it: the checks, then the rows that are used.
    pub(super) fn to_bytes(&self, bytes: &mut Vec<u8>) {
        let buckets = || self.buckets.iter().skip(1);
        bytes.extend(buckets().flat_map(|bucket| bucket.checks().into_iter().take(PLACES)));
        let rows = buckets().flat_map(Bucket::used);
        bytes.extend(rows.flatten());
    }
}

/// Returns the bucket of a key, and its check.
fn place(key: u32) -> (usize, u8) {
    (1 + (key >> CHECK) as usize, (key as u8).max(1))
}

/// Returns where the row of a key stands, counted in rows. Whether a key has one is as good as
/// chance, so no branch is taken on it: the first row is that of all which have none.
fn at(key: u32, checks: u64) -> usize {
    let (bucket, check) = place(key);
    // A byte of zero where the check is; the lowest such byte is told exactly.
    let differs = checks ^ (u64::from(check) * 0x0101_0101_0101_0101);
    let same = differs.wrapping_sub(0x0101_0101_0101_0101) & !differs & 0x8080_8080_8080_8080;
    // The highest bit, which no place needs, stops the search where no byte is the same.
    let place = (same | 1 << 63).trailing_zeros() / 8;
    (bucket * 8 + 1 + place as usize) * usize::from(same != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(table: &Table, key: u32) -> [i16; 8] {
        let mut sums = [0; 8];
        table.add(&[key], &mut sums);
        sums
    }

    #[test]
    fn a_full_bucket_keeps_those_that_came_first() {
        let keys = (2..12).map(|check| (check, [check as i8; 8]));
        let table = Table::new(keys);
        assert_eq!(row(&table, 2), [2; 8]);
        assert_eq!(row(&table, 8), [8; 8]);
        assert_eq!(row(&table, 9), [0; 8]);
        assert_eq!(row(&table, 1 << CHECK | 2), [0; 8]);
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let table = Table::new([(700_001, [1; 8]), (3, [-2; 8])].into_iter());
        let mut bytes = Vec::new();
        table.to_bytes(&mut bytes);
        let again = Table::from_bytes(&bytes).unwrap();
        assert_eq!(row(&again, 700_001), [1; 8]);
        assert_eq!(row(&again, 3), [-2; 8]);
        assert!(Table::from_bytes(&bytes[1..]).is_none());
        assert!(Table::from_bytes(&bytes[..bytes.len() - 8]).is_none());
    }
}

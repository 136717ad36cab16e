//! The rows of the keys that have one, and which keys those are.
//!
//! A key is a bucket and a check. A bucket has places for eight keys and keeps one byte of each:
//! eight bytes tell whether a key has a row, and only then the row is fetched. Most of what a text
//! says was never learnt, so most look-ups end there. Refused in bytes: a length that is not right.

use super::slots::BITS;

/// Places of a bucket.
const PLACES: usize = 8;
/// Bits of a check. What is left of a key is its bucket.
const CHECK: u32 = 8;
/// Number of buckets.
const BUCKETS: usize = 1 << (BITS - CHECK);
/// Most keys that get a row: beyond, the weights would grow past what a program should carry.
const MOST: usize = 900_000;

/// Weights of a key.
pub(super) type Row = [i8; 8];

/// Keys with their rows.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// A byte for each place of each bucket: the check of the key there, 0 for none.
    checks: Vec<[u8; PLACES]>,
    rows: Vec<Row>,
}

impl Table {
    /// Takes in keys with their rows, those that matter most first, for as long as there is room.
    pub(super) fn new(rows: impl Iterator<Item = (u32, Row)>) -> Self {
        let mut table =
            Self { checks: vec![[0; PLACES]; BUCKETS], rows: vec![[0; 8]; BUCKETS * PLACES] };
        for (key, row) in rows.take(MOST) {
            let (bucket, check) = place(key);
            let Some(checks) = table.checks.get_mut(bucket) else { continue };
            let Some(free) = checks.iter().position(|&other| other == 0) else { continue };
            checks[free] = check;
            if let Some(to) = table.rows.get_mut(bucket * PLACES + free) {
                *to = row;
            }
        }
        table
    }

    /// Returns whether it was never filled.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the row of a key.
    pub(super) fn row(&self, key: u32) -> Option<&Row> {
        let (bucket, check) = place(key);
        let checks = u64::from_le_bytes(*self.checks.get(bucket)?);
        // A byte of zero where the check is; the lowest such byte is told exactly.
        let differs = checks ^ (u64::from(check) * 0x0101_0101_0101_0101);
        let same = differs.wrapping_sub(0x0101_0101_0101_0101) & !differs & 0x8080_8080_8080_8080;
        if same == 0 {
            return None;
        }
        self.rows.get(bucket * PLACES + (same.trailing_zeros() / 8) as usize)
    }

    /// Unpacks what [`Table::to_bytes`] wrote.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (checks, rest) = bytes.split_at_checked(BUCKETS * PLACES)?;
        let (checks, _) = checks.as_chunks::<PLACES>();
        let (packed, []) = rest.as_chunks::<8>() else { return None };
        let mut packed = packed.iter();
        let mut table = Self { checks: checks.to_vec(), rows: vec![[0; 8]; BUCKETS * PLACES] };
        let used = table.checks.as_flattened().iter().zip(&mut table.rows);
        for (_, row) in used.filter(|(check, _)| **check != 0) {
            *row = packed.next()?.map(u8::cast_signed);
        }
        packed.next().is_none().then_some(table)
    }

    /// Packs it: the checks, then the rows that are used.
    pub(super) fn to_bytes(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.checks.as_flattened());
        let used = self.checks.as_flattened().iter().zip(&self.rows);
        for (_, row) in used.filter(|(check, _)| **check != 0) {
            bytes.extend(row.map(i8::cast_unsigned));
        }
    }
}

/// Returns the bucket of a key, and its check.
fn place(key: u32) -> (usize, u8) {
    ((key >> CHECK) as usize, (key as u8).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_bucket_keeps_those_that_came_first() {
        let keys = (2..12).map(|check| (check, [check as i8; 8]));
        let table = Table::new(keys);
        assert_eq!(table.row(2), Some(&[2; 8]));
        assert_eq!(table.row(9), Some(&[9; 8]));
        assert_eq!(table.row(10), None);
        assert_eq!(table.row(1 << CHECK | 2), None);
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let table = Table::new([(700_001, [1; 8]), (3, [-2; 8])].into_iter());
        let mut bytes = Vec::new();
        table.to_bytes(&mut bytes);
        let again = Table::from_bytes(&bytes).unwrap();
        assert_eq!(again.row(700_001), Some(&[1; 8]));
        assert_eq!(again.row(3), Some(&[-2; 8]));
        assert!(Table::from_bytes(&bytes[1..]).is_none());
        assert!(Table::from_bytes(&bytes[..bytes.len() - 8]).is_none());
    }
}

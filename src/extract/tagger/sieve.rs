//! Which keys may have a row: a bit for each that shares its highest bits with one that has.
//!
//! It says of a few keys that they may have one and they have none, never the other way round.

/// The bits. One without any lets no key pass.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    bits: Vec<u64>,
    /// How far a key is shifted to give its bit.
    shift: u32,
}

impl Sieve {
    /// Makes one without keys; `highest` of the `all` bits of a key are told apart.
    pub(super) fn new(all: u32, highest: u32) -> Self {
        Self { bits: vec![0; 1 << highest.saturating_sub(6)], shift: all - highest }
    }

    fn place(&self, key: u32) -> (usize, u32) {
        let bit = key >> self.shift;
        ((bit >> 6) as usize, bit & 63)
    }

    /// Notes that a key has a row.
    pub(super) fn put(&mut self, key: u32) {
        let (at, bit) = self.place(key);
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= 1 << bit;
        }
    }

    /// Returns those of some keys that may have a row, which it writes into `kept`: as many as there
    /// are keys. Whether one does is as good as chance, so no branch is taken on it.
    pub(super) fn kept<'k>(&self, keys: &[u32], kept: &'k mut [u32]) -> &'k [u32] {
        let mut count = 0;
        for &key in keys {
            let (at, bit) = self.place(key);
            let may_have = self.bits.get(at).is_some_and(|bits| bits >> bit & 1 != 0);
            if let Some(place) = kept.get_mut(count) {
                *place = key;
            }
            count += usize::from(may_have);
        }
        kept.get(..count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_were_put_pass_and_few_others() {
        let mut sieve = Sieve::new(25, 22);
        let keys = [0, 1 << 24, 77_777, (1 << 25) - 1];
        for key in keys {
            sieve.put(key);
        }
        assert_eq!(sieve.kept(&keys, &mut [0; 4]), keys);
        assert_eq!(sieve.kept(&[5, 16, 77_778, 77_784, 1 << 20], &mut [0; 5]), [5, 77_778]);
        assert!(Sieve::default().kept(&keys, &mut [0; 4]).is_empty());
    }
}

//! How phrases begin, so that a line that has none of them is told from its bytes alone.
//!
//! A line of an article has none in nearly all cases. One pass looks for their first four bytes,
//! and for eight where those stand; what is left is for the regexes to settle.

use rustc_hash::FxHashMap;

/// Bits of the hash of four bytes.
const BITS: u32 = 16;

/// The beginnings of several lists of phrases, each list a bit.
#[derive(Debug)]
pub(super) struct Openings {
    /// Which four bytes may begin a phrase.
    bits: Vec<u64>,
    /// First four bytes of phrases that are shorter than eight.
    fours: FxHashMap<[u8; 4], u8>,
    /// First eight bytes of the others.
    eights: FxHashMap<[u8; 8], u8>,
    /// Phrases shorter than four bytes.
    short: Vec<(String, u8)>,
}

impl Openings {
    /// Takes lists of phrases, with the bit of each.
    pub(super) fn new(lists: &[(Vec<String>, u8)]) -> Self {
        let mut openings = Self {
            bits: vec![0; 1 << (BITS - 6)],
            fours: FxHashMap::default(),
            eights: FxHashMap::default(),
            short: Vec::new(),
        };
        for (phrases, bit) in lists {
            for phrase in phrases {
                openings.add(phrase, *bit);
            }
        }
        openings
    }

    fn add(&mut self, phrase: &str, bit: u8) {
        let bytes = phrase.as_bytes();
        let Some(four) = bytes.first_chunk::<4>() else {
            if !phrase.is_empty() {
                self.short.push((phrase.to_owned(), bit));
            }
            return;
        };
        let (at, mask) = place(*four);
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= mask;
        }
        match bytes.first_chunk::<8>() {
            Some(eight) => *self.eights.entry(*eight).or_default() |= bit,
            None => *self.fours.entry(*four).or_default() |= bit,
        }
    }

    /// Returns the bits of the lists of which a phrase may stand in a line.
    pub(super) fn within(&self, line: &str) -> u8 {
        let bytes = line.as_bytes();
        let mut found = 0;
        for (at, four) in bytes.array_windows::<4>().enumerate() {
            let (word, mask) = place(*four);
            if self.bits.get(word).is_some_and(|bits| bits & mask != 0) {
                found |= self.at(bytes.get(at..).unwrap_or_default());
            }
        }
        for (phrase, bit) in &self.short {
            if found & bit == 0 && line.contains(phrase.as_str()) {
                found |= bit;
            }
        }
        found
    }

    /// Returns the bits of the lists of which a phrase may begin here.
    fn at(&self, rest: &[u8]) -> u8 {
        let four = rest.first_chunk().and_then(|four| self.fours.get(four));
        let eight = rest.first_chunk().and_then(|eight| self.eights.get(eight));
        four.copied().unwrap_or_default() | eight.copied().unwrap_or_default()
    }
}

fn place(four: [u8; 4]) -> (usize, u64) {
    let hash = u32::from_le_bytes(four).wrapping_mul(0x9E37_79B1) >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_wherever_it_stands_and_little_else() {
        let phrases = ["©", "tous", "tous droits réservés", "版权所有", "réservés"];
        let lists: Vec<(Vec<String>, u8)> = phrases
            .iter()
            .zip(0..)
            .map(|(phrase, n)| (vec![(*phrase).to_owned()], 1 << n))
            .collect();
        let openings = Openings::new(&lists);
        for (phrase, bit) in lists.iter().flat_map(|(list, bit)| list.iter().map(move |p| (p, bit)))
        {
            for line in [
                phrase.clone(),
                format!("a {phrase}"),
                format!("{phrase} é"),
                format!("é{phrase}z"),
            ] {
                assert_ne!(openings.within(&line) & bit, 0, "{line}");
            }
        }
        assert_eq!(openings.within("the regulator fined the company, it said"), 0);
        assert_eq!(openings.within("to"), 0);
    }
}

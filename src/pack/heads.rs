//! Words that end compounds: "strafe" of "Geldstrafe", "sakko" of "seuraamusmaksusakkoa".
//!
//! A new word is asked at each of its letters whether a listed end begins there. Four bytes, which
//! every end has, and a set of bits answer most of that.

use rustc_hash::FxHashMap;

use super::endings::Endings;

/// Bytes of the shortest end of a compound.
const LEAST: usize = 4;

/// Bytes of the shortest compound.
const COMPOUND: usize = 7;

/// Letters that stand before the end of a compound.
const BEFORE: usize = 2;

/// The ends of compounds that a language lists, with their forms.
#[derive(Debug, Default)]
pub(super) struct Heads {
    forms: FxHashMap<Box<str>, u32>,
    /// A bit for the first bytes of each.
    starts: Vec<u64>,
    /// Bytes of the longest, its suffix included.
    longest: usize,
}

impl Heads {
    /// Takes folded words and their forms, for a language with these suffixes.
    pub(super) fn new(forms: FxHashMap<Box<str>, u32>, suffixes: &Endings) -> Self {
        let mut starts = vec![0; if forms.is_empty() { 0 } else { 64 }];
        forms.keys().filter_map(|head| place(head)).for_each(|(word, bit)| {
            if let Some(bits) = starts.get_mut(word) {
                *bits |= bit;
            }
        });
        let head = forms.keys().map(|head| head.len()).max().unwrap_or_default();
        let suffix = suffixes.iter().map(str::len).max().unwrap_or_default();
        Self { forms, starts, longest: head + suffix }
    }

    /// Returns whether a folded word is listed.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.forms.contains_key(folded)
    }

    /// Returns the form of the longest listed end of a folded word, with a suffix or without.
    pub(super) fn of(&self, word: &str, suffixes: &Endings) -> Option<u32> {
        if self.forms.is_empty() || word.len() < COMPOUND {
            return None;
        }
        let near = word.len().saturating_sub(self.longest);
        let mut places = word.char_indices().skip(BEFORE).skip_while(|(at, _)| *at < near);
        places.find_map(|(at, _)| {
            let rest = word.get(at..)?;
            if !self.may_start(rest) {
                return None;
            }
            let listed = |rest: &str| self.forms.get(rest).copied();
            listed(rest).or_else(|| suffixes.stems(rest).find_map(listed))
        })
    }

    fn may_start(&self, rest: &str) -> bool {
        place(rest)
            .and_then(|(word, bit)| Some(self.starts.get(word)? & bit != 0))
            .unwrap_or_default()
    }
}

/// Returns the place of a bit for the first bytes of a word; `None` for a word of fewer.
fn place(word: &str) -> Option<(usize, u64)> {
    let start = u32::from_le_bytes(*word.as_bytes().first_chunk::<LEAST>()?);
    let hash = start.wrapping_mul(0x9E37_79B1) >> 20;
    Some((hash as usize >> 6, 1 << (hash & 63)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_ends_in_the_longest_listed_word_with_a_suffix_or_without() {
        let suffixes = Endings::new(["n", "s", "en"].into_iter().map(str::to_owned));
        let list = [("geldstrafe", 1), ("strafe", 2), ("amt", 3), ("behörde", 4)];
        let forms = list.into_iter().map(|(word, form)| (word.into(), form)).collect();
        let heads = Heads::new(forms, &suffixes);
        assert_eq!(heads.of("gefängnisstrafe", &suffixes), Some(2));
        assert_eq!(heads.of("riesengeldstrafen", &suffixes), Some(1));
        assert_eq!(heads.of("aufsichtsbehörden", &suffixes), Some(4));
        // Too short an end, too short a word, and the end itself.
        assert_eq!(heads.of("kartellamt", &suffixes), None);
        assert_eq!(heads.of("strafe", &suffixes), None);
        assert_eq!(heads.of("strafen", &suffixes), None);
        assert!(heads.has("amt") && !heads.has("kartellamt"));
    }
}

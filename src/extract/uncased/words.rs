//! Names in scripts with spaces: of which words they are made on either side of what shows them.

use super::{LONGEST, Reader, letters};
use crate::{
    base::{
        hash::{low_of, small_hash},
        token::Kind,
    },
    pack::sense::Sense,
};

/// Most names of a person behind the given name.
const MOST_NAMES: usize = 2;

/// Most characters of a word in scripts without spaces.
const LONGEST_WORD: usize = 4;

/// Fewest letters of a name that only a role's word shows.
const LEAST: usize = 3;

impl Reader<'_, '_> {
    /// Returns the first of the words before a token that may belong to one name with it.
    pub(super) fn words_start(&self, at: usize) -> usize {
        let mut first = at;
        while first > 0
            && at - first < LONGEST - 1
            && self.may_belong(first - 1)
            && self.document.kind(first - 1) == Kind::Word
            && self.document.spaced(first)
        {
            first -= 1;
        }
        first
    }

    /// Returns the end of the words from a token on that may be one name.
    pub(super) fn words_end(&self, at: usize) -> usize {
        let mut last = at;
        while last - at < LONGEST
            && self.may_belong(last)
            && self.document.kind(last) == Kind::Word
            && (last == at || self.document.spaced(last))
        {
            last += 1;
        }
        last.max(at)
    }

    /// Returns whether some words are all among the most frequent ones of their language; those of a run of
    /// characters may be cut wherever they fit.
    pub(super) fn are_frequent(&self, first: usize, last: usize) -> bool {
        if self.document.kind(first) != Kind::Ideograph {
            return (first..last).all(|at| self.is_frequent(at));
        }
        let pack = self.document.pack;
        let run = self.document.span(&(first..last)).of(self.document.text);
        let run: Vec<char> = pack.lexicon.shape().fold(run).chars().collect();
        let is_word = |piece: &[char]| {
            let piece: String = piece.iter().collect();
            pack.is_frequent(low_of(small_hash(&piece)))
        };
        // Whether frequent words lead from the start to each place, and whether one has two characters at least.
        let mut led: Vec<Option<bool>> = vec![Some(false)];
        for end in 1..=run.len() {
            let from = end.saturating_sub(LONGEST_WORD)..end;
            let ways = from.filter_map(|start| {
                let before = (*led.get(start)?)?;
                let is_known = run.get(start..end).is_some_and(is_word);
                is_known.then_some(before || end > start + 1)
            });
            led.push(ways.max());
        }
        led.last() == Some(&Some(true))
    }

    /// Returns the end of some words without the frequent ones at their end: "דנה לוין אמרה".
    pub(super) fn frequent_start(&self, first: usize, last: usize) -> usize {
        (first..last).rfind(|at| !self.is_frequent(*at)).map_or(first, |at| at + 1)
    }

    fn is_frequent(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|token| self.document.pack.is_frequent(token.low))
    }

    /// Returns whether a role's word marks unknown words as acted upon, in a sentence that tells of an
    /// action: "קנס את …".
    pub(super) fn are_marked(&self, at: usize, last: usize) -> bool {
        let document = self.document;
        let is_marked = document.start_of(at, |s| s == Sense::Target).is_some();
        is_marked && letters(document, at, last) >= LEAST && document.is_told_of(at)
    }

    /// Returns the end of the words behind a given name that are one's other names: "علي القحطاني".
    pub(super) fn given_end(&self, at: usize) -> Option<usize> {
        let given = self.document.end_of(at, Sense::Surname)?;
        let last = self.words_end(given).min(given + MOST_NAMES);
        let last = self.frequent_start(given, last);
        (last > given && self.document.spaced(given)).then_some(last)
    }
}

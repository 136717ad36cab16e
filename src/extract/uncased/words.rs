//! Names in scripts with spaces: of which words they are made on either side of what shows them.

use super::{LONGEST, Reader, letters};
use crate::{base::token::Kind, pack::sense::Sense};

/// Most names of a person behind the given name.
const MOST_NAMES: usize = 2;

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

    /// Returns the end of some words without the frequent ones at their end: "דנה לוין אמרה".
    pub(super) fn frequent_start(&self, first: usize, last: usize) -> usize {
        (first..last).rfind(|at| !self.is_frequent(*at)).map_or(first, |at| at + 1)
    }

    /// Returns whether a word is among the most frequent ones of its language.
    pub(super) fn is_frequent(&self, at: usize) -> bool {
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

//! Names in scripts with spaces: of which words they are made on either side of what shows them.

use super::{LONGEST, Reader};
use crate::base::token::Kind;

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
}

//! Names that go on as an ordinary word, in scripts without spaces: "紫晶存储" where "存储" is a word.
//!
//! What stands beside a name wherever the article has it is part of it. Refused: a name told less than
//! three times, and words that mark roles, verbs and figures.

use rustc_hash::FxHashMap;

use super::{Reader, cover::Part};
use crate::{base::token::Kind, extract::entities::Label};

/// Fewest mentions that show that a word always stands beside a name.
const MENTIONS: usize = 3;

/// Most characters that a name grows by.
const MOST: usize = 3;

impl Reader<'_, '_> {
    /// Takes into companies' names the words that all their mentions have beside them.
    pub(super) fn grown(&mut self) {
        let document = self.document;
        let mut alike: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let is_run = |at: usize| document.kind(at) == Kind::Ideograph;
        for (index, name) in self.new.iter().enumerate() {
            if name.label == Label::Org && is_run(name.first) && is_run(name.last - 1) {
                let words = document.span(&name.range()).of(document.text);
                alike.entry(words).or_default().push(index);
            }
        }
        let mut grown: Vec<(usize, usize)> = Vec::new();
        for mentions in alike.values().filter(|mentions| mentions.len() >= MENTIONS) {
            let lasts: Vec<usize> = mentions.iter().map(|index| self.new[*index].last).collect();
            let by = self.shared_behind(&lasts);
            grown.extend(mentions.iter().map(|index| (*index, by)));
        }
        for (index, by) in grown {
            let name = &mut self.new[index];
            self.taken[name.last..name.last + by].fill(true);
            name.last += by;
        }
    }

    /// Returns how many characters of whole words stand behind all of some places.
    fn shared_behind(&self, lasts: &[usize]) -> usize {
        let Some((one, others)) = lasts.split_first() else { return 0 };
        let is_shared = |by: &usize| {
            let word = self.document.word(one + by);
            let is_part =
                matches!(self.cover.part(one + by), Part::Common | Part::Inner | Part::Name);
            is_part
                && self.may_grow(one + by)
                && others
                    .iter()
                    .all(|at| self.document.word(at + by) == word && self.may_grow(at + by))
        };
        let by = (0..MOST).take_while(is_shared).count();
        let ends = |by: &usize| lasts.iter().all(|at| self.cover.starts_word(at + by));
        if self.cover.starts_word(*one) { (1..=by).rev().find(ends).unwrap_or(0) } else { 0 }
    }

    /// Returns whether a character belongs to no other name and is none of a sentence's small ones.
    fn may_grow(&self, at: usize) -> bool {
        self.document.kind(at) == Kind::Ideograph
            && !self.taken.get(at).copied().unwrap_or(true)
            && !super::is_hiragana(self.document.word(at))
            && !self.document.spaced(at)
    }
}

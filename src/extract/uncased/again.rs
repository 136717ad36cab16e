//! Names that were found, wherever the article has their words again, with or without their head, and what
//! a list joins to them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{LONGEST_RUN, Reader, letters};
use crate::{base::token::Kind, extract::entities::Label, pack::sense::Sense};

impl Reader<'_, '_> {
    /// Takes what a list joins to a name: "한국선재·대아선재·청우제강", "올품、마니커".
    pub(super) fn joined(&mut self) {
        let joins = |at: usize| matches!(self.document.word(at), "·" | "・" | "、");
        let mut more = Vec::new();
        for name in &self.new {
            let mut last = name.last;
            while joins(last) && self.may_belong(last + 1) && !self.is(last + 1, Sense::CompanyMark)
            {
                let end = self.member_end(last + 1);
                more.push((last + 1, end, name.label, "entity.joined"));
                last = end;
            }
            let mut first = name.first;
            while first > 1 && joins(first - 1) && self.may_belong(first - 2) {
                let start = self.member_start(first - 1);
                more.push((start, first - 1, name.label, "entity.joined"));
                first = start;
            }
        }
        for found in more {
            if self.free(found.0, found.1) && letters(self.document, found.0, found.1) >= 2 {
                self.add(found);
            }
        }
    }

    fn member_end(&self, at: usize) -> usize {
        let belongs = |i: usize| self.may_belong(i) && self.document.kind(i) != Kind::Mark;
        (at..at + LONGEST_RUN)
            .find(|&i| i > at && !(belongs(i) && self.same_script(at, i)))
            .unwrap_or(at + 1)
    }

    fn member_start(&self, end: usize) -> usize {
        let belongs = |i: usize| self.may_belong(i) && self.document.kind(i) != Kind::Mark;
        let mut first = end - 1;
        while first > 0
            && end - first < LONGEST_RUN
            && belongs(first - 1)
            && self.same_script(end - 1, first - 1)
        {
            first -= 1;
        }
        first
    }

    /// Characters go together, words with spaces between them do not.
    fn same_script(&self, a: usize, b: usize) -> bool {
        self.document.kind(a) == Kind::Ideograph && self.document.kind(b) == Kind::Ideograph
    }

    /// Takes every further place where a name's words stand.
    pub(super) fn repeated(&mut self) {
        let document = self.document;
        let mut known: FxHashMap<&str, Vec<(Vec<&str>, Label)>> = FxHashMap::default();
        let mut seen: FxHashSet<Vec<&str>> = FxHashSet::default();
        for name in &self.new {
            for last in [name.last, self.without_head(name.first, name.last)] {
                let words: Vec<&str> = (name.first..last).map(|i| document.word(i)).collect();
                let long = words.iter().map(|w| w.chars().count()).sum::<usize>() >= 2;
                if long && seen.insert(words.clone()) {
                    known.entry(words[0]).or_default().push((words, name.label));
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in known.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let mut at = 0;
        while at < document.tokens.len() {
            let found = known.get(document.word(at)).and_then(|list| {
                list.iter().find(|(words, _)| {
                    self.free(at, at + words.len())
                        && words.iter().enumerate().all(|(i, w)| document.word(at + i) == *w)
                })
            });
            match found.map(|(words, label)| (at, at + words.len(), *label, "entity.repeated")) {
                Some(found) => {
                    self.add(found);
                    at = found.1;
                }
                None => at += 1,
            }
        }
    }

    /// Returns where a name ends without its head: "康美" of "康美药业". A place or an ordinary
    /// word alone is no name.
    fn without_head(&self, first: usize, last: usize) -> usize {
        let head = (first + 2..last).find(|&at| {
            self.document.kind(at) == Kind::Ideograph
                && self.document.end_of(at, Sense::OrganisationHead) == Some(last)
        });
        head.filter(|&head| {
            !self.document.hits_at(first).iter().any(|hit| hit.last as usize >= head)
        })
        .unwrap_or(last)
    }
}

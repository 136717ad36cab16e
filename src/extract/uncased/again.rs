//! Names that were found, wherever the article has their words again, with or without their head.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Reader;
use crate::{base::token::Kind, extract::entities::Label, pack::sense::Sense};

impl Reader<'_, '_> {
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

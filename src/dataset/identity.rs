//! One id, one article: what happens when a run reads the same address twice.
//!
//! Read in the order of the input: the first article of an id keeps it. A later one with the same
//! content is an exact repeat and is dropped. A later one with other content is another version of
//! the page; it is kept under an id made of the first one's id and its own content, which is as
//! stable as both. An article without content (it failed) is told apart by its source instead.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::{base::digest::digest, dataset::record::Record};

/// The ids of a run so far: 24 bytes an article.
#[derive(Debug, Default)]
pub struct Identities {
    /// Id to content; looked up, never walked.
    seen: FxHashMap<u128, u64>,
}

impl Identities {
    /// Makes the id of `record` its own, or returns `false` if the record is an exact repeat.
    pub fn settle(&mut self, record: &mut Record) -> bool {
        let row = &record.article;
        let apart = if row.content_hash.is_empty() { &row.source } else { &row.content_hash };
        let content = xxh3_64(apart.as_bytes());
        let id = row.article_id.clone();
        match self.first_content(&id, content) {
            None => true,
            Some(first) if first == content => false,
            Some(_) => {
                let other = digest(&[&id, apart]);
                let is_new = self.first_content(&other, content).is_none();
                if is_new {
                    rename(record, &id, other);
                }
                is_new
            }
        }
    }

    /// Returns the content that `id` was first seen with, and remembers `content` if it was not.
    fn first_content(&mut self, id: &str, content: u64) -> Option<u64> {
        let key = u128::from_str_radix(id, 16).unwrap_or_else(|_| xxh3_128(id.as_bytes()));
        let first = self.seen.get(&key).copied();
        if first.is_none() {
            self.seen.insert(key, content);
        }
        first
    }
}

/// Gives `record` another id; the ids of its actions begin with it.
fn rename(record: &mut Record, from: &str, to: String) {
    for action in &mut record.actions {
        if let Some(rest) = action.action_id.strip_prefix(from) {
            action.action_id = format!("{to}{rest}");
        }
    }
    record.article.article_id = to;
}

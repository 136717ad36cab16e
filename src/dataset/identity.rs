//! One id, one article: what happens when a run reads the same address twice.
//!
//! The same address with the same content is an exact repeat and is dropped. With other content it
//! is another version of the page: all are kept, the one with the least hash of content under the
//! id of the address, each other under an id made of that and its content. So it does not matter
//! which was read first. An article without content (it failed) is told apart by its source.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::{base::digest::digest, dataset::record::ArticleRow};

/// Where the rows of an article lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Where {
    /// Index of a set that an earlier run left, or [`NEW`].
    pub(crate) set: u32,
    /// The id that the rows carry.
    pub(crate) id: u128,
}

/// The rows are of this run.
pub(crate) const NEW: u32 = u32::MAX;

/// One version of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version {
    pub(crate) content: u64,
    pub(crate) at: Where,
}

/// The version of a page that was read first, as small as can be: a run keeps one for each page.
#[derive(Clone, Copy, Debug)]
struct First {
    content: u64,
    set: u32,
    /// Whether its rows carry the id of a further version, not that of the page.
    is_apart: bool,
}

impl First {
    fn of(own: u128, version: Version) -> Self {
        let Version { content, at: Where { set, id } } = version;
        Self { content, set, is_apart: id != own }
    }

    fn version(self, own: u128) -> Version {
        let Self { content, set, is_apart } = self;
        let id = if is_apart { apart(own, content) } else { own };
        Version { content, at: Where { set, id } }
    }
}

/// The pages of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    /// Own id to the version read first; looked up, never walked.
    first: FxHashMap<u128, First>,
    /// The other versions of the few pages that have some.
    others: BTreeMap<u128, Vec<Version>>,
}

impl Identities {
    /// Remembers a version of the page `own`, or returns the one with the same content.
    pub(crate) fn add(&mut self, own: u128, version: Version) -> Option<Version> {
        let Some(first) = self.first.get(&own) else {
            self.first.insert(own, First::of(own, version));
            return None;
        };
        if first.content == version.content {
            return Some(first.version(own));
        }
        let others = self.others.entry(own).or_default();
        let same = others.iter().find(|other| other.content == version.content).copied();
        if same.is_none() {
            others.push(version);
        }
        same
    }

    /// Returns whether the page was read.
    pub(crate) fn has(&self, own: u128) -> bool {
        self.first.contains_key(&own)
    }

    /// Returns the id that the rows of a version get in the tables.
    pub(crate) fn settled(&self, own: u128, content: u64) -> u128 {
        let first = self.first.get(&own).map_or(content, |first| first.content);
        let others = self.others.get(&own).map(Vec::as_slice).unwrap_or_default();
        let least = others.iter().map(|other| other.content).fold(first, u64::min);
        if content == least { own } else { apart(own, content) }
    }
}

/// Returns the id of a further version of a page.
pub(crate) fn apart(own: u128, content: u64) -> u128 {
    number(&digest(&[&hex(own), &format!("{content:016x}")]))
}

/// Returns what tells one version of a page from another.
pub(crate) fn content(row: &ArticleRow) -> u64 {
    let text = if row.content_hash.is_empty() { &row.source } else { &row.content_hash };
    xxh3_64(text.as_bytes())
}

/// Returns an id as a number.
pub(crate) fn number(id: &str) -> u128 {
    u128::from_str_radix(id, 16).unwrap_or_else(|_| xxh3_128(id.as_bytes()))
}

/// Returns a number as an id.
pub(crate) fn hex(id: u128) -> String {
    format!("{id:032x}")
}

/// Returns the id of the action that stands `index`th in its article.
pub(crate) fn action_id(article: &str, index: usize) -> String {
    digest(&[article, &index.to_string()]).get(..16).unwrap_or_default().to_owned()
}

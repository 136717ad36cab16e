//! What earlier runs have read: records by the hash of their bytes.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::dataset::{
    catalog::{self, Catalog, Entry, placed},
    rowset::Set,
    writer,
};

/// Rows of earlier runs, and which record each article was read from.
#[derive(Default)]
pub(crate) struct Known {
    /// The newest snapshot, if there is one, then what a killed run had put aside.
    pub(crate) sets: Vec<Set>,
    /// Whether the first set is a snapshot.
    pub(crate) has_snapshot: bool,
    /// Looked up, never walked.
    by_key: FxHashMap<u128, (u32, u32)>,
}

impl Known {
    /// Loads what is known with the program, words and options that `made_by` stands for.
    pub(crate) fn load(snapshot: Option<&Path>, draft: &Path, made_by: u64) -> Self {
        let newest = snapshot.and_then(|folder| {
            Some(Set::of_files(Catalog::read(&folder.join(catalog::FILE))?, folder.to_owned()))
        });
        let has_snapshot = newest.is_some();
        let sets: Vec<Set> = newest.into_iter().chain(writer::left(draft)).collect();
        let mut by_key = FxHashMap::default();
        for (set, rows) in sets.iter().enumerate() {
            let entries = &rows.catalog.entries;
            for (index, entry) in entries.iter().enumerate() {
                if entry.key != 0 && entry.made_by == made_by {
                    by_key.entry(entry.key).or_insert((set as u32, index as u32));
                }
            }
            for (key, id) in &rows.catalog.aliases {
                if let Ok(index) = entries.binary_search_by_key(id, |entry| entry.id)
                    && entries.get(index).is_some_and(|entry| entry.made_by == made_by)
                {
                    by_key.entry(*key).or_insert((set as u32, index as u32));
                }
            }
        }
        Self { sets, has_snapshot, by_key }
    }

    /// Returns where the article that a record gives lies.
    pub(crate) fn find(&self, key: u128, source: &str) -> Option<(u32, u32)> {
        if key == 0 || self.by_key.is_empty() {
            return None;
        }
        self.by_key.get(&key).or_else(|| self.by_key.get(&placed(key, source))).copied()
    }

    /// Returns what is known of an article.
    pub(crate) fn entry(&self, (set, index): (u32, u32)) -> Option<&Entry> {
        self.sets.get(set as usize)?.catalog.entries.get(index as usize)
    }
}

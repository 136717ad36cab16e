//! What earlier runs have read: records by the hash of their bytes.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::dataset::{
    catalog::{self, Catalog, Entry, addressed, placed},
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
    /// Articles that are named after the place of their record, by the hash of its bytes; ordered.
    by_bytes: Vec<(u128, (u32, u32))>,
}

/// Where the article of a record is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// From the same address or place.
    Here((u32, u32)),
    /// Only from other places.
    Elsewhere,
}

impl Known {
    /// Loads what is known with the program, words and options that `made_by` stands for.
    pub(crate) fn load(snapshot: Option<&Path>, draft: &Path, made_by: u64) -> Self {
        let newest = snapshot.and_then(|folder| {
            Some(Set::of_files(Catalog::read(&folder.join(catalog::FILE))?, folder.to_owned()))
        });
        let has_snapshot = newest.is_some();
        let sets: Vec<Set> = newest.into_iter().chain(writer::left(draft)).collect();
        let (mut by_key, mut by_bytes) = (FxHashMap::default(), Vec::new());
        for (set, rows) in sets.iter().enumerate() {
            let entries = &rows.catalog.entries;
            for (index, entry) in entries.iter().enumerate() {
                if entry.key != 0 && entry.made_by == made_by {
                    by_key.entry(entry.key).or_insert((set as u32, index as u32));
                    let bytes = entry.bytes().map(|bytes| (bytes, (set as u32, index as u32)));
                    by_bytes.extend(bytes);
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
        by_bytes.sort_unstable();
        Self { sets, has_snapshot, by_key, by_bytes }
    }

    /// Returns whether the article that a record gives is known, and from where.
    pub(crate) fn find(&self, key: u128, source: &str) -> Option<Found> {
        if key == 0 || self.by_key.is_empty() {
            return None;
        }
        let keys = [addressed(key), placed(key, source)];
        let here = keys.iter().find_map(|key| self.by_key.get(key));
        here.map(|at| Found::Here(*at))
            .or_else(|| (!self.elsewhere(key).is_empty()).then_some(Found::Elsewhere))
    }

    /// Returns the articles that are named after places and were read from the same bytes.
    pub(crate) fn elsewhere(&self, key: u128) -> &[(u128, (u32, u32))] {
        let bytes = addressed(key);
        let from = self.by_bytes.partition_point(|(other, _)| *other < bytes);
        let rest = self.by_bytes.get(from..).unwrap_or_default();
        let until = rest.iter().position(|(other, _)| *other != bytes).unwrap_or(rest.len());
        rest.get(..until).unwrap_or_default()
    }

    /// Returns what is known of an article.
    pub(crate) fn entry(&self, (set, index): (u32, u32)) -> Option<&Entry> {
        self.sets.get(set as usize)?.catalog.entries.get(index as usize)
    }
}

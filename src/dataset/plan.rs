//! Where every article of the new snapshot comes from, and which part files need to be written.
//!
//! The tables follow from the set of their articles alone: rows are ordered by article and start,
//! parts and row groups are divided by the first bits of the id, as many bits as the number of rows
//! and bytes asks for. So the same articles give the same bytes, whether they were read in one run
//! or in many, in whatever order, and a part in which nothing changed is the same file again.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    dataset::{
        catalog::{Entry, Output, Sketch, TABLES},
        finished::outlet,
        identity::{Identities, NEW, Where, hex, number},
        known::Known,
        parts::{self, WriteError},
        rowset::{OF_ARTICLES, Set, prefix},
        settle::{Moves, Settler},
    },
    merge::{Duplicates, Sketched},
};

/// Rows of a part, at most on the average; at least half as many.
const PART_ROWS: u64 = 1 << 20;
/// Articles of a part, at most on the average.
const PART_ARTICLES: u64 = 131_072;
/// Bytes of text of a part, at most on the average.
const PART_BYTES: u64 = 256 << 20;
/// Rows of a row group, at most on the average: what a thread holds while it writes.
const GROUP_ROWS: u64 = 32_768;
/// Bytes of text of a row group, at most on the average.
const GROUP_BYTES: u64 = 8 << 20;

/// One article of the new snapshot.
#[derive(Clone, Debug)]
pub(crate) struct Final {
    pub(crate) id: u128,
    pub(crate) set: u32,
    pub(crate) index: u32,
    /// Where it was found, if not where its rows say.
    pub(crate) source: Option<Box<str>>,
    pub(crate) duplicate_of: u128,
}

/// One part file to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    pub(crate) table: usize,
    pub(crate) part: u64,
}

/// Every article of the new snapshot, ordered by id.
pub(crate) struct Plan {
    pub(crate) sets: Vec<Set>,
    pub(crate) has_snapshot: bool,
    pub(crate) finals: Vec<Final>,
    /// Bits of the id that divide part files, and row groups.
    pub(crate) bits: [u32; TABLES],
    pub(crate) group_bits: [u32; TABLES],
    /// What changed against the snapshot before.
    pub(crate) changes: Changes,
    aliases: Vec<(u128, u128)>,
}

/// How many articles changed against the snapshot before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Articles that were not there.
    pub new: u64,
    /// Articles that were there with other content, or were read anew.
    pub changed: u64,
    /// Articles that are gone.
    pub removed: u64,
    /// Articles whose rows are the same.
    pub unchanged: u64,
}

impl Changes {
    /// Returns whether the tables are those of the snapshot before.
    pub fn is_none(&self) -> bool {
        self.new + self.changed + self.removed == 0
    }
}

impl Plan {
    /// Makes the plan: what was read now, and of the snapshot before what nothing replaces.
    pub(crate) fn new(known: Known, settled: &Settled, new: Vec<Set>) -> Self {
        let has_snapshot = known.has_snapshot;
        let first_new = known.sets.len();
        let sets: Vec<Set> = known.sets.into_iter().chain(new).collect();
        let mut finals = Vec::new();
        for (number, set) in sets.iter().enumerate() {
            let marks = settled.kept.get(number);
            for (index, entry) in set.catalog.entries.iter().enumerate() {
                let mark =
                    marks.map_or(&Mark::Seen, |marks| marks.get(index).unwrap_or(&Mark::Gone));
                let set = if number >= first_new { NEW } else { number as u32 };
                let id = match mark {
                    Mark::Gone => continue,
                    Mark::Kept => entry.id,
                    Mark::Seen => settled.id(entry),
                };
                let source = settled.source(Where { set, id: entry.id });
                // An article that was read now is from the least of its places.
                let source = source.filter(|source| set != NEW || **source < *entry.source);
                finals.push(Final {
                    id,
                    set: number as u32,
                    index: index as u32,
                    source,
                    duplicate_of: entry.duplicate_of,
                });
            }
        }
        finals.sort_by_key(|article| article.id);
        let mut plan = Self {
            sets,
            has_snapshot,
            finals,
            bits: [0; TABLES],
            group_bits: [0; TABLES],
            changes: Changes::default(),
            aliases: Vec::new(),
        };
        plan.aliases = plan.settled_aliases(settled, first_new);
        plan.divide();
        plan.count_changes();
        if !plan.is_unchanged() {
            plan.find_duplicates();
        }
        plan
    }

    /// Returns what is known of an article.
    pub(crate) fn entry(&self, article: &Final) -> Option<&Entry> {
        self.sets.get(article.set as usize)?.catalog.entries.get(article.index as usize)
    }

    /// Returns the number of rows of a table.
    pub(crate) fn rows(&self, table: usize) -> u64 {
        let rows = |article| self.entry(article)?.rows.get(table).copied();
        self.finals.iter().filter_map(rows).map(u64::from).sum()
    }

    /// Returns whether every article is as it was, and none is new or gone.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.has_snapshot && self.changes.is_none()
    }

    /// Returns the articles whose ids begin with `index`, in so many bits.
    pub(crate) fn range(&self, bits: u32, index: u64) -> &[Final] {
        let from = self.finals.partition_point(|article| prefix(article.id, bits) < index);
        let until = self.finals.partition_point(|article| prefix(article.id, bits) <= index);
        self.finals.get(from..until).unwrap_or_default()
    }

    /// Returns every part file; a table without a row has one without a row.
    pub(crate) fn jobs(&self) -> Vec<Job> {
        let parts = |table: usize| 0..1u64 << self.bits.get(table).copied().unwrap_or_default();
        (0..TABLES).flat_map(|table| parts(table).map(move |part| Job { table, part })).collect()
    }

    /// Makes the part of the snapshot before that of this one, if nothing in it changed.
    pub(crate) fn share(&self, job: Job, folder: &Path) -> Result<Option<u64>, WriteError> {
        let Some(path) = self.shared(job) else { return Ok(None) };
        let Some(table) = OF_ARTICLES.get(job.table) else { return Ok(None) };
        let target = folder.join(table.name).join(parts::name(job.part as u32 + 1));
        // A file system without links gets a copy.
        let made = fs::hard_link(&path, &target).or_else(|_| fs::copy(&path, &target).map(drop));
        made.and_then(|()| fs::metadata(&target))
            .map(|data| Some(data.len()))
            .map_err(WriteError::file(&target))
    }

    fn shared(&self, job: Job) -> Option<PathBuf> {
        let bits = self.bits.get(job.table).copied()?;
        let set = self.sets.first().filter(|_| self.has_snapshot)?;
        if set.catalog.bits.get(job.table) != Some(&bits) {
            return None;
        }
        let articles = self.range(bits, job.part);
        let is_same = |article: &Final| {
            let stays = article.set == 0 && !self.is_renamed(article);
            let is_row_same = job.table != 0
                || article.source.is_none()
                    && self.entry(article).is_some_and(|e| e.duplicate_of == article.duplicate_of);
            stays && is_row_same
        };
        let is_whole = articles.len() == set.range(bits, job.part).len();
        let path = set.file(job.table, job.part)?;
        (is_whole && articles.iter().all(is_same) && path.is_file()).then_some(path)
    }

    /// Returns whether the rows of an article carry another id than they get.
    pub(crate) fn is_renamed(&self, article: &Final) -> bool {
        self.entry(article).is_none_or(|entry| entry.id != article.id)
    }

    /// Writes the catalog of the new snapshot.
    pub(crate) fn write_catalog(&self, path: &Path) -> io::Result<()> {
        let known = |article: &&Final| self.entry(article).is_some();
        let entries = self.finals.iter().filter(known).count();
        let mut output = Output::begin(path, &self.bits, entries)?;
        for article in &self.finals {
            let Some(set) = self.sets.get(article.set as usize) else { continue };
            let Some(entry) = self.entry(article) else { continue };
            let sketch = set.sketch(article.index as usize);
            output.entry(&Self::settled(article, entry.clone()), &sketch)?;
        }
        output.end(&self.aliases)
    }

    /// Returns what the new snapshot knows of an article, without its signature.
    fn settled(article: &Final, entry: Entry) -> Entry {
        let mut entry = match &article.source {
            Some(source) => entry.moved(source.clone()),
            None => entry,
        };
        if entry.bytes().is_some() {
            entry.outlet = outlet(None, &entry.source).into();
        }
        let (id, duplicate_of) = (article.id, article.duplicate_of);
        Entry { id, duplicate_of, sketch: Sketch::default(), ..entry }
    }

    fn settled_aliases(&self, settled: &Settled, first_new: usize) -> Vec<(u128, u128)> {
        if settled.aliases.is_empty() {
            return Vec::new();
        }
        let mut places: Vec<(Where, u128)> = self
            .finals
            .iter()
            .filter_map(|article| {
                let set = if article.set as usize >= first_new { NEW } else { article.set };
                Some((Where { set, id: self.entry(article)?.id }, article.id))
            })
            .collect();
        places.sort_unstable();
        let id = |at: &Where| {
            let index = places.binary_search_by_key(at, |(place, _)| *place).ok()?;
            places.get(index).map(|(_, id)| *id)
        };
        settled.aliases.iter().filter_map(|(key, at)| Some((*key, id(at)?))).collect()
    }

    /// Chooses how parts and row groups are divided.
    fn divide(&mut self) {
        let text: u64 = self
            .finals
            .iter()
            .filter_map(|article| self.entry(article))
            .map(|entry| u64::from(entry.text_bytes))
            .sum();
        for table in 0..TABLES {
            let rows = self.rows(table);
            let (most, bytes) = if table == 0 { (PART_ARTICLES, text) } else { (PART_ROWS, 0) };
            let bits = divided(rows, most).max(divided(bytes, PART_BYTES));
            let groups = divided(rows, GROUP_ROWS).max(divided(bytes, GROUP_BYTES)).max(bits);
            if let Some((place, group)) =
                self.bits.get_mut(table).zip(self.group_bits.get_mut(table))
            {
                (*place, *group) = (bits, groups);
            }
        }
    }

    fn count_changes(&mut self) {
        let before: &[Entry] = match self.sets.first().filter(|_| self.has_snapshot) {
            Some(set) => &set.catalog.entries,
            None => &[],
        };
        let mut changes = Changes::default();
        let mut at = 0;
        for article in &self.finals {
            while before.get(at).is_some_and(|entry| entry.id < article.id) {
                (at, changes.removed) = (at + 1, changes.removed + 1);
            }
            if before.get(at).is_some_and(|entry| entry.id == article.id) {
                let is_same = article.set == 0 && article.index as usize == at;
                changes.unchanged += u64::from(is_same);
                changes.changed += u64::from(!is_same);
                at += 1;
            } else {
                changes.new += 1;
            }
        }
        changes.removed += before.len().saturating_sub(at) as u64;
        self.changes = changes;
    }

    /// Marks near-identical articles with the id of the one that was published first.
    fn find_duplicates(&mut self) {
        // Articles are in the order of their ids, so a stable sort by day leaves that within a day.
        let mut order: Vec<(i32, u32)> = Vec::with_capacity(self.finals.len());
        for (place, article) in self.finals.iter().enumerate() {
            if let Some(entry) = self.entry(article).filter(|entry| entry.status == "ok") {
                order.push((entry.published, place as u32));
            }
        }
        order.sort_unstable();
        let mut seen = Duplicates::new();
        for (_, place) in order {
            let Some(article) = self.finals.get(place as usize) else { continue };
            let Some(set) = self.sets.get(article.set as usize) else { continue };
            let Some(entry) = self.entry(article) else { continue };
            let article_id = hex(article.id);
            let sketch = set.sketch(article.index as usize);
            let sketched = Sketched { article_id: &article_id, lang: entry.lang, sketch: &sketch };
            let first = seen.check(&sketched).map_or(0, |first| number(&first));
            if let Some(article) = self.finals.get_mut(place as usize) {
                article.duplicate_of = first;
            }
        }
    }
}

/// Returns how many bits of the id leave at most so much in a division.
fn divided(all: u64, most: u64) -> u32 {
    (0..32).find(|bits| all >> bits <= most).unwrap_or(32)
}

/// Whether an article of an earlier run goes into the new snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It does not.
    Gone,
    /// It does, although this run did not meet it.
    Kept,
    /// This run met it.
    Seen,
}

/// What a run settled, without borrowing what is known.
pub(crate) struct Settled {
    kept: Vec<Vec<Mark>>,
    ids: Identities,
    sources: Moves,
    aliases: Vec<(u128, Where)>,
}

impl Settled {
    /// Ends the settling: `drops` the articles of the snapshot before that were not met.
    pub(crate) fn new(settler: Settler, known: &Known, drops: bool) -> Self {
        let mut kept = Vec::new();
        for (number, set) in known.sets.iter().enumerate() {
            let is_snapshot = known.has_snapshot && number == 0;
            let mark = |(index, entry): (usize, &Entry)| {
                if settler.is_seen(number, index) {
                    return Mark::Seen;
                }
                let stays = is_snapshot
                    && (!drops || settler.may_be_there(entry))
                    && !settler.identities.has(entry.own)
                    && !settler.is_displaced(entry)
                    && !settler.is_mended(entry);
                if stays { Mark::Kept } else { Mark::Gone }
            };
            kept.push(set.catalog.entries.iter().enumerate().map(mark).collect());
        }
        let (ids, sources, aliases) = settler.into_parts();
        Self { kept, ids, sources, aliases }
    }

    fn id(&self, entry: &Entry) -> u128 {
        self.ids.settled(entry.own, entry.content)
    }

    fn source(&self, at: Where) -> Option<Box<str>> {
        let index = self.sources.binary_search_by_key(&at, |(place, _)| *place).ok()?;
        self.sources.get(index).map(|(_, source)| source.clone())
    }
}

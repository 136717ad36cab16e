//! What is done article by article in the order of the input, between the threads and the writer.
//!
//! Exact repeats are dropped, everything is counted, and what the tables will need to know of each
//! article is kept. Nothing that is settled here depends on the order in the end.

use std::{collections::BTreeMap, path::Path};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    base::reject::Reason,
    dataset::{
        catalog::{Entry, addressed, placed},
        copies::Copied,
        finished::{Finished, path},
        identity::{Identities, NEW, Version, Where, apart, number},
        known::Known,
        packed::Packed,
        record::{ActionRow, article_id},
        summary::Summary,
    },
    merge::told::{Shared, Told},
};

/// One record of the input, processed or known.
pub(crate) enum Outcome {
    /// It was read; with the hash of its bytes.
    Read(Box<Finished>, u128),
    /// An earlier run has read the same bytes.
    Known {
        /// Set and index of the article.
        at: (u32, u32),
        /// Hash of the bytes.
        key: u128,
        /// Where it was found now.
        source: String,
    },
    /// An earlier run has read the same bytes in another place, after which the article is named.
    Elsewhere {
        /// Hash of the bytes.
        key: u128,
        /// Where it was found now.
        source: String,
    },
}

/// Sources of an article that was not found only where it was before.
#[derive(Debug)]
pub(crate) struct Sources {
    /// Whether it was found where it was before too.
    at_home: bool,
    /// The least of the other places.
    least: Box<str>,
}

/// Settles records in the order of the input.
pub(crate) struct Settler<'k> {
    /// Counts so far.
    pub(crate) summary: Summary,
    pub(crate) identities: Identities,
    /// Hashes of further records that gave an article, and where its rows are.
    pub(crate) aliases: BTreeMap<u128, Where>,
    known: &'k Known,
    made_by: u64,
    /// Which known articles were found again, set by set.
    seen: Vec<Vec<bool>>,
    sources: FxHashMap<Where, Sources>,
    /// Files in which something failed before, by hash, and whether they were read now.
    watched: FxHashSet<u64>,
    read: FxHashSet<u64>,
    /// Files and folders that broke off: what they held is not known to be gone.
    broken: Vec<String>,
    /// Records whose bytes are known from other places, and where they were found now.
    strays: Vec<(u128, Box<str>)>,
    /// Places of the records without an address that were not known there, and files that held
    /// any; by hash.
    places: FxHashSet<u64>,
    files: FxHashSet<u64>,
    copies: Vec<Copied>,
}

impl<'k> Settler<'k> {
    /// Begins a run that knows what earlier ones read.
    pub(crate) fn new(known: &'k Known, made_by: u64) -> Self {
        let entries = known.sets.iter().flat_map(|set| &set.catalog.entries);
        let failed = entries.filter(|entry| entry.status == "failed");
        Self {
            summary: Summary::default(),
            identities: Identities::default(),
            aliases: BTreeMap::new(),
            known,
            made_by,
            seen: known.sets.iter().map(|set| vec![false; set.catalog.entries.len()]).collect(),
            sources: FxHashMap::default(),
            watched: failed.map(|entry| file(&entry.source)).collect(),
            read: FxHashSet::default(),
            broken: Vec::new(),
            strays: Vec::new(),
            places: FxHashSet::default(),
            files: FxHashSet::default(),
            copies: Vec::new(),
        }
    }

    /// Returns the rows of the articles that are new, each with an id of its own and what to know of it.
    pub(crate) fn settle(&mut self, outcomes: Vec<Outcome>) -> Vec<(Packed, Entry)> {
        let mut new = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            match outcome {
                Outcome::Read(finished, key) => new.extend(self.read(*finished, key)),
                Outcome::Known { at, key, source } => self.again(at, key, source),
                Outcome::Elsewhere { key, source } => {
                    self.watch(&source);
                    self.take_place(&source);
                    self.strays.push((key, source.into()));
                }
            }
        }
        new
    }

    fn read(&mut self, finished: Finished, key: u128) -> Option<(Packed, Entry)> {
        let Finished { mut rows, mut entry, has_url, cost, lang, record_id } = finished;
        self.watch(&entry.source);
        let breaks = [Reason::Unreadable, Reason::Truncated, Reason::Bomb, Reason::Broken];
        if breaks.iter().any(|known| known.word() == entry.reason) {
            self.broken.push(path(&entry.source).to_owned());
        }
        if self.identities.has(entry.own) {
            entry.id = apart(entry.own, entry.content);
        }
        let at = Where { set: NEW, id: entry.id };
        entry.key = if has_url { addressed(key) } else { placed(key, &entry.source) };
        entry.made_by = self.made_by;
        if !has_url {
            self.take_place(&entry.source);
        }
        if let Some(same) = self.identities.add(entry.own, Version { content: entry.content, at }) {
            self.summary.count_repeat(entry.input_bytes);
            if entry.key != 0 {
                self.aliases.insert(entry.key, same.at);
            }
            self.elsewhere(same.at, true, entry.source.into_string());
            return None;
        }
        if entry.id != entry.own {
            rows = rows.under(entry.id);
        }
        let named = (&*entry.source, record_id.as_deref());
        self.summary.costs.count(lang, entry.input_bytes, &cost, named);
        self.summary.count_read(&entry);
        Some((rows, entry))
    }

    fn again(&mut self, at: (u32, u32), key: u128, source: String) {
        let Some(entry) = self.known.entry(at) else { return };
        self.watch(&source);
        let place = Where { set: at.0, id: entry.id };
        if entry.bytes().is_some() {
            self.files.insert(file(&source));
        } else if addressed(key) != entry.key {
            self.aliases.insert(addressed(key), place);
        }
        let version = Version { content: entry.content, at: place };
        let same = self.identities.add(entry.own, version);
        let is_here = same.is_none_or(|same| same.at == place);
        if is_here {
            self.see(at);
        }
        if let Some(same) = same {
            self.summary.count_repeat(entry.input_bytes);
            self.elsewhere(same.at, true, source);
            return;
        }
        self.summary.count(entry);
        self.summary.reused += 1;
        if *source != *entry.source {
            self.elsewhere(place, false, source);
        }
    }

    /// Remembers that a place holds something that was not there before.
    fn take_place(&mut self, source: &str) {
        self.places.insert(xxh3_64(source.as_bytes()));
        self.files.insert(file(source));
    }

    /// Settles which known articles the records are whose bytes are known from other places.
    ///
    /// One that is no longer where it was has moved, and keeps its id. If all are where they were,
    /// the record is a copy, with the id of its place. A run that ended early cannot know, and
    /// leaves them to the next.
    pub(crate) fn find_homes(&mut self) {
        let mut strays = std::mem::take(&mut self.strays);
        if self.summary.interrupted {
            return;
        }
        strays.sort_unstable();
        strays.dedup(); // A file that was named twice.
        for same in strays.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, _)) = same.first() else { continue };
            let places: Vec<(u32, u32)> =
                self.known.elsewhere(*key).iter().map(|(_, at)| *at).collect();
            let vacant: Vec<_> = places.iter().filter(|at| self.is_vacant(**at)).copied().collect();
            let mut vacant = vacant.into_iter();
            for (_, source) in same {
                match (vacant.next(), places.first()) {
                    (Some(at), _) => self.moved(at, source),
                    (None, Some(at)) => self.copied(*at, source),
                    (None, None) => {}
                }
            }
        }
    }

    /// Returns whether a known article is surely no longer where it was.
    fn is_vacant(&self, at: (u32, u32)) -> bool {
        let Some(entry) = self.known.entry(at) else { return false };
        !self.is_seen(at.0 as usize, at.1 as usize)
            && !self.may_be_there(entry)
            && (self.files.contains(&file(&entry.source))
                || !Path::new(path(&entry.source)).exists())
    }

    fn moved(&mut self, at: (u32, u32), source: &str) {
        let Some(entry) = self.known.entry(at) else { return };
        let place = Where { set: at.0, id: entry.id };
        let version = Version { content: entry.content, at: place };
        if let Some(same) = self.identities.add(entry.own, version) {
            self.summary.count_repeat(entry.input_bytes);
            self.elsewhere(same.at, true, source.to_owned());
            return;
        }
        self.see(at);
        self.summary.count(entry);
        self.summary.reused += 1;
        self.elsewhere(place, false, source.to_owned());
    }

    fn copied(&mut self, at: (u32, u32), source: &str) {
        let Some(entry) = self.known.entry(at) else { return };
        let own = number(&article_id(None, source, ""));
        let id = if self.identities.has(own) { apart(own, entry.content) } else { own };
        let version = Version { content: entry.content, at: Where { set: NEW, id } };
        if let Some(same) = self.identities.add(own, version) {
            self.summary.count_repeat(entry.input_bytes);
            self.elsewhere(same.at, true, source.to_owned());
            return;
        }
        self.summary.count(entry);
        self.summary.reused += 1;
        self.copies.push(Copied { at, own, id, source: source.into() });
    }

    fn see(&mut self, at: (u32, u32)) {
        let place = self.seen.get_mut(at.0 as usize).and_then(|set| set.get_mut(at.1 as usize));
        if let Some(seen) = place {
            *seen = true;
        }
    }

    /// Remembers that an article was found in another place, or in the same one after another.
    fn elsewhere(&mut self, at: Where, at_home: bool, source: String) {
        let is_home = home(self.known, at).is_some_and(|entry| *entry.source == *source);
        match self.sources.get_mut(&at) {
            Some(sources) if is_home => sources.at_home = true,
            Some(sources) if *source < *sources.least => sources.least = source.into(),
            Some(_) => {}
            None if is_home => {}
            None => {
                self.sources.insert(at, Sources { at_home, least: source.into() });
            }
        }
    }

    fn watch(&mut self, source: &str) {
        if !self.watched.is_empty() {
            let file = file(source);
            if self.watched.contains(&file) {
                self.read.insert(file);
            }
        }
    }

    /// Returns whether a known article was found again.
    pub(crate) fn is_seen(&self, set: usize, index: usize) -> bool {
        self.seen.get(set).and_then(|seen| seen.get(index)).copied().unwrap_or_default()
    }

    /// Returns whether an article may be there still, in a file that could not be read to its end.
    pub(crate) fn may_be_there(&self, entry: &Entry) -> bool {
        self.broken.len() > MOST_BROKEN
            || self.broken.iter().any(|path| entry.source.starts_with(path.as_str()))
    }

    /// Returns whether something else was found in the place that a known article is named after.
    pub(crate) fn is_displaced(&self, entry: &Entry) -> bool {
        entry.bytes().is_some() && self.places.contains(&xxh3_64(entry.source.as_bytes()))
    }

    /// Returns whether a known failure is out of date: its file was read, and it is not there.
    pub(crate) fn is_mended(&self, entry: &Entry) -> bool {
        entry.status == "failed" && self.read.contains(&file(&entry.source))
    }

    /// Returns the known articles that stand in further places.
    pub(crate) fn take_copies(&mut self) -> Vec<Copied> {
        std::mem::take(&mut self.copies)
    }

    /// Ends the settling: the ids, the places that articles are from if not the one that their rows
    /// say, and the further hashes.
    pub(crate) fn into_parts(self) -> (Identities, Moves, Vec<(u128, Where)>) {
        let known = self.known;
        let mut moves: Moves = self
            .sources
            .into_iter()
            .filter_map(|(at, sources)| {
                let home = home(known, at).map(|entry| &*entry.source);
                // What is new is at home in its own row, which the plan compares with.
                let stays = sources.at_home && home.is_some_and(|home| home <= &*sources.least);
                (!stays).then_some((at, sources.least))
            })
            .collect();
        moves.sort();
        (self.identities, moves, self.aliases.into_iter().collect())
    }
}

/// Articles and the places that they are from now.
pub(crate) type Moves = Vec<(Where, Box<str>)>;

/// Returns what is known of an article of an earlier run.
fn home(known: &Known, at: Where) -> Option<&Entry> {
    let entries = &known.sets.get(at.set as usize)?.catalog.entries;
    let index = entries.binary_search_by_key(&at.id, |entry| entry.id).ok()?;
    entries.get(index)
}

/// Broken files beyond which nothing counts as gone.
const MOST_BROKEN: usize = 1000;

fn file(source: &str) -> u64 {
    xxh3_64(path(source).as_bytes())
}

/// Returns what the cases need of an action.
pub fn told(row: &ActionRow, shared: &mut Shared) -> Told {
    Told {
        action_id: row.action_id.as_str().into(),
        start: row.start,
        confidence: row.confidence,
        r#type: row.r#type,
        status: row.status,
        regulator_id: shared.maybe(row.regulator_id.as_deref()),
        regulator: shared.maybe(row.regulator.as_deref()),
        country: shared.maybe(row.country.as_deref()),
        sector: row.sector,
        target: shared.maybe(row.target.as_deref()),
        amount: row.amount,
        amount_max: row.amount_max,
        currency: shared.maybe(row.currency.as_deref()),
        amount_qualifier: row.amount_qualifier,
        per: row.per,
        amount_eur: row.amount_eur,
        date: shared.maybe(row.date.as_deref()),
        first_day: row.first_day,
        last_day: row.last_day,
        date_from: row.date_from,
        laws: row.laws.iter().map(|law| shared.of(law)).collect(),
    }
}

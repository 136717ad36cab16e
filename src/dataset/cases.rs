//! The cases of all articles in flat memory: four passes, each over pieces that any thread takes.
//!
//! 1. [`Keys`]: every action as a key of some hundred bytes, sorted by chunks, on the disk.
//! 2. [`Keys::gather`]: the keys of a family of types in one order, each to the number of its story.
//!    In memory are the stories, some 250 bytes each, and for each action that number.
//! 3. [`Shelves`]: every action to the shelf of its story, on the disk.
//! 4. [`Lines`]: the rows of a shelf's stories, sorted, on the disk; in memory 48 bytes each. Then
//!    the table, one row group at a time.
//!
//! What is written does not depend on which thread took what.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{
    base::pool::Words,
    dataset::{
        lines::Lines,
        packed::{Bytes, Pack, Unpack},
        parts::WriteError,
        plan::Plan,
        shelved::{put_telling, telling},
        spill::{Extent, Spill},
        tellings::{self, Chunk},
    },
    merge::{
        Merger, Telling,
        gather::Gather,
        key::{FAMILIES, Key, Order, family},
        target::Labels,
        told::{Report, Shared},
    },
};

/// Keys of a run that are read at once while runs are put together.
const KEYS_AT_ONCE: usize = 64;
/// Actions of a shelf, about: what a thread holds while it makes their rows.
const ON_A_SHELF: u32 = 8192;

/// The keys of all actions, on the disk.
pub(crate) struct Keys<'p> {
    plan: &'p Plan,
    pub(crate) chunks: Vec<Chunk>,
    /// Number of actions of all sets.
    actions: u32,
    spill: Spill,
    /// For each family, stretches of keys in order.
    runs: Mutex<[Vec<Extent>; FAMILIES]>,
    labels: Mutex<Labels>,
}

impl<'p> Keys<'p> {
    /// Begins without keys; they will wait in `folder`.
    pub(crate) fn new(plan: &'p Plan, folder: &Path) -> Result<Self, WriteError> {
        let (chunks, actions) = tellings::chunks(plan);
        let (runs, labels) = (Mutex::default(), Mutex::default());
        Ok(Self { plan, chunks, actions, spill: Spill::create(folder)?, runs, labels })
    }

    /// Adds the keys of a chunk.
    pub(crate) fn add(&self, merger: &Merger, chunk: &Chunk) -> Result<(), WriteError> {
        let (mut labels, mut families) = (Labels::default(), [const { Vec::new() }; FAMILIES]);
        chunk.each(self.plan, |place, report, told| {
            let mut key = merger.key((report, told), &mut labels);
            key.place = place;
            if let Some(keys) = families.get_mut(family(told.r#type)) {
                keys.push(key);
            }
        })?;
        let mut bytes = Vec::new();
        for (family, mut keys) in families.into_iter().enumerate() {
            if keys.is_empty() {
                continue;
            }
            keys.sort_unstable_by_key(|key: &Key| key.order);
            bytes.clear();
            for key in &keys {
                key.put(&mut bytes);
            }
            let run = self.spill.append(&bytes)?;
            if let Some(runs) = held(&self.runs).get_mut(family) {
                runs.push(run);
            }
        }
        held(&self.labels).extend(labels);
        Ok(())
    }

    /// Ends the adding.
    pub(crate) fn into_numbers(self) -> Numbers<'p> {
        let stories = (0..self.actions).map(|_| AtomicU32::new(0)).collect();
        let runs = self.runs.into_inner().unwrap_or_else(PoisonError::into_inner);
        let labels = self.labels.into_inner().unwrap_or_else(PoisonError::into_inner);
        Numbers { plan: self.plan, chunks: self.chunks, spill: self.spill, runs, labels, stories }
    }
}

/// The number of each action's story in its family.
pub(crate) struct Numbers<'p> {
    plan: &'p Plan,
    chunks: Vec<Chunk>,
    spill: Spill,
    runs: [Vec<Extent>; FAMILIES],
    labels: Labels,
    stories: Vec<AtomicU32>,
}

impl<'p> Numbers<'p> {
    /// Gathers the actions of a family into stories and returns how many these are.
    pub(crate) fn gather(&self, family: usize) -> Result<u32, WriteError> {
        let runs = self.runs.get(family).into_iter().flatten();
        let mut runs: Vec<Run> = runs.map(|extent| Run::new(*extent)).collect();
        // The first key of each run; no two are equal, so the order is one.
        let mut first: BinaryHeap<Reverse<(Order, usize)>> = BinaryHeap::new();
        for (index, run) in runs.iter_mut().enumerate() {
            first.extend(run.first(&self.spill)?.map(|key| Reverse((key.order, index))));
        }
        let mut gather = Gather::new(&self.labels);
        while let Some(Reverse((_, index))) = first.pop() {
            let Some(run) = runs.get_mut(index) else { break };
            if let Some(key) = run.first(&self.spill)? {
                let story = gather.take(&key);
                if let Some(number) = self.stories.get(key.place as usize) {
                    number.store(story, Ordering::Relaxed);
                }
            }
            run.step();
            first.extend(run.first(&self.spill)?.map(|key| Reverse((key.order, index))));
        }
        Ok(gather.stories())
    }

    /// Ends the gathering, which found so many stories in each family.
    pub(crate) fn into_shelves(
        self,
        stories: &[u32],
        folder: &Path,
    ) -> Result<(Shelves<'p>, Vec<Chunk>), WriteError> {
        let mut before = 0;
        let first = std::array::from_fn(|family| {
            let first = before;
            before += stories.get(family).copied().unwrap_or_default();
            first
        });
        let count = self.stories.len() as u32 / ON_A_SHELF + 1;
        let extents = Mutex::new(vec![Vec::new(); count as usize]);
        let spill = Spill::create(folder)?;
        let numbers = self.stories;
        Ok((Shelves { plan: self.plan, numbers, first, count, spill, extents }, self.chunks))
    }
}

/// Sorted keys on the disk that are read one after another.
struct Run {
    /// What is still to be read.
    rest: Extent,
    bytes: Vec<u8>,
    at: usize,
}

impl Run {
    fn new(rest: Extent) -> Self {
        Self { rest, bytes: Vec::new(), at: 0 }
    }

    /// Returns the next key, which stays.
    fn first(&mut self, spill: &Spill) -> Result<Option<Key>, WriteError> {
        if self.at >= self.bytes.len() {
            let length = self.rest.length.min((KEYS_AT_ONCE * Key::BYTES) as u32);
            self.bytes.clear();
            self.at = 0;
            spill.read(Extent { length, ..self.rest }, &mut self.bytes)?;
            let (start, left) = (self.rest.start + u64::from(length), self.rest.length - length);
            self.rest = Extent { start, length: left };
        }
        Ok(self.bytes.get(self.at..).filter(|bytes| !bytes.is_empty()).map(Key::read))
    }

    fn step(&mut self) {
        self.at += Key::BYTES;
    }
}

/// The actions by the shelf of their story, on the disk.
pub(crate) struct Shelves<'p> {
    plan: &'p Plan,
    numbers: Vec<AtomicU32>,
    /// Number of each family's first story among those of all.
    first: [u32; FAMILIES],
    /// How many shelves there are.
    pub(crate) count: u32,
    spill: Spill,
    /// For each shelf, where its actions are.
    extents: Mutex<Vec<Vec<Extent>>>,
}

impl Shelves<'_> {
    /// Puts the actions of a chunk where they belong.
    pub(crate) fn add(&self, chunk: &Chunk) -> Result<(), WriteError> {
        let mut packs: Vec<Pack> = (0..self.count).map(|_| Pack::default()).collect();
        chunk.each(self.plan, |place, report, told| {
            let number = self.numbers.get(place as usize).map(|n| n.load(Ordering::Relaxed));
            let first = self.first.get(family(told.r#type)).copied().unwrap_or_default();
            let story = first + number.unwrap_or_default();
            if let Some(pack) = packs.get_mut((story % self.count) as usize) {
                put_telling(pack, story, report, told);
            }
        })?;
        let mut bytes = Vec::new();
        for (shelf, pack) in packs.iter_mut().enumerate().filter(|(_, pack)| pack.len() > 0) {
            bytes.clear();
            pack.drain(&mut bytes);
            let extent = self.spill.append(&bytes)?;
            if let Some(extents) = held(&self.extents).get_mut(shelf) {
                extents.push(extent);
            }
        }
        Ok(())
    }

    /// Makes the rows of the stories on a shelf.
    pub(crate) fn rows(
        &self,
        shelf: u32,
        merger: &Merger,
        lines: &Lines,
    ) -> Result<(), WriteError> {
        let extents = held(&self.extents).get_mut(shelf as usize).map(std::mem::take);
        let (mut words, mut shared) = (Words::default(), Shared::default());
        let (mut reports, mut bytes) = (Vec::new(), Vec::new());
        for extent in extents.unwrap_or_default() {
            bytes.clear();
            self.spill.read(extent, &mut bytes)?;
            let Ok(mut rows) = Unpack::framed(&mut Bytes(&bytes)) else { continue };
            let mut next = || telling(&mut rows, &mut words, &mut shared).ok();
            reports.extend(std::iter::from_fn(&mut next));
        }
        let tellings: Vec<(u32, Telling)> = reports
            .iter()
            .flat_map(|(story, report): &(u32, Report)| {
                report.actions.iter().map(move |told| (*story, (report, told)))
            })
            .collect();
        lines.add(merger.rows(&tellings))
    }
}

/// Locks what no panic can leave half done.
pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

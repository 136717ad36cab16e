//! The hot loop: one batch on all threads.
//!
//! Each article goes to where its language is known; then those of a language go together, a few
//! at a time, since the tables of a language fill the processor's cache and those of forty do not
//! fit. What comes out has the order of the batch.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    slice,
    sync::Mutex,
};

use rayon::prelude::*;

use crate::{
    base::reject::Reason,
    dataset::{
        finished::Finished,
        known::{Found, Known},
        packed::Pack,
        record::Record,
        settle::Outcome,
    },
    run::{
        article::{Input, Stages},
        loan::Loan,
    },
};

/// Articles that go through a stage together. Fewer fetch its tables more often; more would leave
/// a thread idle at the end of a batch.
const TOGETHER: usize = 16;

/// What the threads of a pool share.
pub(super) struct Workers<'e, E, S> {
    engine: &'e E,
    known: &'e Known,
    /// Buffers that no thread has at the moment.
    idle: Mutex<Vec<(S, Pack)>>,
}

/// An article on its way.
enum Step<O> {
    /// It is through.
    Through(Outcome),
    /// It is open; with the hash of its bytes.
    Open(O, u128),
}

/// Articles that need the same tables.
struct Group<O> {
    tables: usize,
    /// For each its place in the batch, and the hash of its bytes.
    places: Vec<(usize, u128)>,
    opened: Vec<O>,
}

impl<'e, E, S: Default + Send> Workers<'e, E, S> {
    pub(super) fn new(engine: &'e E, known: &'e Known) -> Self {
        Self { engine, known, idle: Mutex::default() }
    }

    /// Takes each article of a batch from what is known, else through every stage; in its order.
    pub(super) fn outcomes<I: Input>(&self, batch: &[I]) -> Vec<Outcome>
    where
        E: Stages<I, Scratch = S>,
    {
        let steps: Vec<Step<E::Opened>> =
            batch.par_iter().map(|article| self.begin(article)).collect();
        let (mut outcomes, mut open) = (Vec::with_capacity(batch.len()), Vec::new());
        for (place, step) in steps.into_iter().enumerate() {
            match step {
                Step::Through(outcome) => outcomes.push((place, outcome)),
                Step::Open(opened, key) => {
                    open.push((self.engine.tables(&opened), place, opened, key));
                }
            }
        }
        open.sort_by_key(|(tables, place, ..)| (*tables, *place));
        let loan = || Loan::of(&self.idle);
        let finished = groups(open).into_par_iter().map_init(loan, |loan, group| {
            let (scratch, pack) = loan.scratch();
            let records = self.finish(batch, &group, scratch);
            let read =
                |(record, (place, key)): (Record, (usize, u128))| (place, read(record, key, pack));
            records.into_iter().zip(group.places).map(read).collect::<Vec<_>>()
        });
        outcomes.par_extend(finished.flatten_iter());
        outcomes.sort_unstable_by_key(|(place, _)| *place);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Takes an article from what is known, else to where its language is known.
    fn begin<I: Input>(&self, article: &I) -> Step<E::Opened>
    where
        E: Stages<I, Scratch = S>,
    {
        let key = article.key();
        let source = || article.source().to_owned();
        match self.known.find(key, article.source()) {
            Some(Found::Here(at)) => Step::Through(Outcome::Known { at, key, source: source() }),
            Some(Found::Elsewhere) => Step::Through(Outcome::Elsewhere { key, source: source() }),
            None => match guarded(|| self.engine.open(article)) {
                Some(opened) => Step::Open(opened, key),
                None => Step::Through(read(panicked(article), key, &mut Pack::default())),
            },
        }
    }

    /// Takes the articles of a group through the other stages.
    ///
    /// A bug that is met in one of them costs that article, not the run: they are tried again, each
    /// by itself.
    fn finish<I: Input>(
        &self,
        batch: &[I],
        group: &Group<E::Opened>,
        scratch: &mut S,
    ) -> Vec<Record>
    where
        E: Stages<I, Scratch = S>,
    {
        let mut finish = |opened: &[E::Opened]| {
            let records = guarded(|| self.engine.finish(opened, scratch));
            if records.is_none() {
                *scratch = S::default();
            }
            records
        };
        if let Some(records) = finish(&group.opened) {
            return records;
        }
        let articles = group.places.iter().filter_map(|(place, _)| batch.get(*place));
        let alone = group.opened.iter().zip(articles).map(|(opened, article)| {
            let records = finish(slice::from_ref(opened));
            records.and_then(|mut records| records.pop()).unwrap_or_else(|| panicked(article))
        });
        alone.collect()
    }
}

/// Parts articles, ordered by their tables, into groups.
fn groups<O>(open: Vec<(usize, usize, O, u128)>) -> Vec<Group<O>> {
    let mut groups: Vec<Group<O>> = Vec::new();
    for (tables, place, opened, key) in open {
        match groups.last_mut() {
            Some(group) if group.tables == tables && group.places.len() < TOGETHER => {
                group.places.push((place, key));
                group.opened.push(opened);
            }
            _ => groups.push(Group { tables, places: vec![(place, key)], opened: vec![opened] }),
        }
    }
    groups
}

/// Packs what a record has.
fn read(record: Record, key: u128, scratch: &mut Pack) -> Outcome {
    Outcome::Read(Box::new(Finished::of(record, scratch)), key)
}

/// Does a piece of work; `None` if it meets a bug.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn panicked<I: Input>(article: &I) -> Record {
    article.without_facts(&Reason::Panicked)
}

//! The hot loop: one batch on all threads.
//!
//! Each article goes to where its language is known; then those of a language follow each other
//! through the other stages, since the tables of a language fill the processor's cache and those of
//! forty do not fit. What comes out has the order of the batch.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
};

use rayon::prelude::*;

use crate::{
    base::reject::Reason,
    dataset::{
        known::{Found, Known},
        record::Record,
        settle::Outcome,
    },
    run::{
        article::{Input, Stages},
        loan::Loan,
    },
};

/// What the threads of a pool share.
pub(super) struct Workers<'e, E, S> {
    engine: &'e E,
    known: &'e Known,
    /// Buffers that no thread has at the moment.
    idle: Mutex<Vec<S>>,
}

/// An article on its way.
enum Step<O> {
    /// It is through.
    Through(Outcome),
    /// It is open; with the number of its tables, and the hash of its bytes.
    Open(O, usize, u128),
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
        let loan = || Loan::of(&self.idle);
        let steps: Vec<Step<E::Opened>> = batch
            .par_iter()
            .map_init(loan, |loan, article| self.begin(article, loan.scratch()))
            .collect();
        let (mut outcomes, mut open) = (Vec::with_capacity(batch.len()), Vec::new());
        for (place, (step, article)) in steps.into_iter().zip(batch).enumerate() {
            match step {
                Step::Through(outcome) => outcomes.push((place, outcome)),
                Step::Open(opened, tables, key) => open.push((tables, place, opened, article, key)),
            }
        }
        open.sort_by_key(|(tables, place, ..)| (*tables, *place));
        let finished = open.into_par_iter().map_init(loan, |loan, open| {
            let (_, place, opened, article, key) = open;
            let finish = |scratch: &mut S| self.engine.finish(opened, scratch);
            let record = guarded(article, loan.scratch(), finish);
            (place, Outcome::Read(Box::new(record.unwrap_or_else(|record| record)), key))
        });
        outcomes.par_extend(finished);
        outcomes.sort_unstable_by_key(|(place, _)| *place);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Takes an article from what is known, else to where its language is known.
    fn begin<I: Input>(&self, article: &I, scratch: &mut S) -> Step<E::Opened>
    where
        E: Stages<I, Scratch = S>,
    {
        let key = article.key();
        let source = || article.source().to_owned();
        match self.known.find(key, article.source()) {
            Some(Found::Here(at)) => Step::Through(Outcome::Known { at, key, source: source() }),
            Some(Found::Elsewhere) => Step::Through(Outcome::Elsewhere { key, source: source() }),
            None => match guarded(article, scratch, |scratch| self.engine.open(article, scratch)) {
                Ok(opened) => {
                    let tables = self.engine.tables(&opened);
                    Step::Open(opened, tables, key)
                }
                Err(record) => Step::Through(Outcome::Read(Box::new(record), key)),
            },
        }
    }
}

/// Does a piece of work on an article; a bug that is met there costs that article, not the run.
fn guarded<I: Input, S: Default, T>(
    article: &I,
    scratch: &mut S,
    work: impl FnOnce(&mut S) -> T,
) -> Result<T, Record> {
    catch_unwind(AssertUnwindSafe(|| work(scratch))).map_err(|_| {
        *scratch = S::default();
        article.without_facts(&Reason::Panicked)
    })
}

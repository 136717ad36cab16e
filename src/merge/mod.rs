//! Many articles, one world: near-duplicates, cases, dossiers.
//!
//! Reads the actions of all articles and writes one row for each action in the world, however many
//! articles and languages tell it. What the articles disagree on stands in `conflicts`. Refused:
//! joining on a word that many share, and joining what a sum, a date or a body tells apart; two
//! rows that are one are a smaller harm than one row that is two.
//!
//! The rows depend on the set of reports, not on their order. A case is named after the action that
//! was published first, so it keeps its id when later articles tell it again.

use std::collections::BTreeMap;

use crate::{
    merge::{
        case::CaseRow,
        event::Event,
        gather::Gather,
        key::Key,
        row::case_row,
        target::{Labels, Names},
        told::{Report, Told},
    },
    pack::rates::Rates,
};

pub mod case;
mod duplicates;
mod event;
pub mod gather;
pub mod key;
mod row;
mod slots;
mod story;
mod sum;
pub mod target;
pub mod told;
mod words;

pub use self::duplicates::{Duplicates, Sketched, sketch};

/// An action with the article that tells it.
pub type Telling<'a> = (&'a Report, &'a Told);

/// What comparing names and sums takes; one a worker.
pub struct Merger {
    names: Names,
    rates: Rates,
}

impl Default for Merger {
    fn default() -> Self {
        // Without the table only sums of one currency are compared.
        Self { names: Names::new(), rates: Rates::load().unwrap_or_default() }
    }
}

impl Merger {
    /// Returns an action as numbers, and adds the names of its target to `labels`.
    pub fn key(&self, (report, row): Telling, labels: &mut Labels) -> Key {
        let event = Event::new(&self.names, &self.rates, report, row);
        labels.add(&event.targets);
        event.key
    }

    /// Returns the rows of some cases; each action comes with the number of its case, and all
    /// actions of a case are there. The rows are in the order of the numbers.
    pub fn rows(&self, tellings: &[(u32, Telling)]) -> Vec<CaseRow> {
        let events: Vec<(u32, Event)> = tellings
            .iter()
            .map(|&(case, (report, row))| (case, Event::new(&self.names, &self.rates, report, row)))
            .collect();
        // They are large, so what is sorted is where they are.
        let mut sorted: Vec<&(u32, Event)> = events.iter().collect();
        sorted.sort_by_key(|(case, event)| (*case, event.key.order));
        sorted
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|events| {
                case_row(&self.rates, &events.iter().map(|(_, event)| event).collect::<Vec<_>>())
            })
            .collect()
    }
}

/// Returns the actions in the world that `reports` tell, by first day and id.
pub fn cases(reports: &[Report]) -> Vec<CaseRow> {
    let (merger, mut labels) = (Merger::default(), Labels::default());
    let tellings: Vec<Telling> = reports
        .iter()
        .flat_map(|report| report.actions.iter().map(move |row| (report, row)))
        .collect();
    let mut families: BTreeMap<usize, Vec<Key>> = BTreeMap::new();
    for (place, telling) in tellings.iter().enumerate() {
        let key = Key { place: place as u32, ..merger.key(*telling, &mut labels) };
        families.entry(key::family(telling.1.r#type)).or_default().push(key);
    }
    let (mut numbered, mut before) = (Vec::new(), 0);
    for mut keys in families.into_values() {
        keys.sort_unstable_by_key(|key| key.order);
        let mut gather = Gather::new(&labels);
        for key in &keys {
            let case = before + gather.take(key);
            numbered.extend(tellings.get(key.place as usize).map(|telling| (case, *telling)));
        }
        before += gather.stories();
    }
    let mut rows = merger.rows(&numbered);
    rows.sort_by(|one, other| place(one).cmp(&place(other)));
    rows
}

/// Returns what orders cases: those of no known day come last.
pub fn place(row: &CaseRow) -> impl Ord + use<'_> {
    let begun = row.first_day.or(row.first_reported);
    (begun.is_none(), begun, &row.case_id)
}

//! Many articles, one world: near-duplicates, cases, dossiers.
//!
//! Reads the actions of all articles and writes one row for each action in the world, however many
//! articles and languages tell it. What the articles disagree on stands in `conflicts`. Refused:
//! joining on a word that many share, and joining what a sum, a date or a body tells apart; two
//! rows that are one are a smaller harm than one row that is two.
//!
//! The rows depend on the set of reports, not on their order. A case is named after the action that
//! was published first, so it keeps its id when later articles tell it again.

use crate::{
    merge::{case::CaseRow, event::Event, row::case_row, target::Names, told::Report},
    pack::rates::Rates,
};

pub mod case;
mod duplicates;
mod event;
mod gather;
mod row;
mod slots;
mod story;
mod target;
pub mod told;
mod words;

pub use self::duplicates::{Duplicates, Sketched, sketch};

/// Returns the actions in the world that `reports` tell, by first day and id.
#[expect(clippy::needless_pass_by_value, reason = "a run has no use for the reports afterwards")]
pub fn cases(reports: Vec<Report>) -> Vec<CaseRow> {
    let names = Names::new();
    // Without the table only sums of one currency are compared.
    let rates = Rates::load().unwrap_or_default();
    let mut events: Vec<Event> = reports
        .iter()
        .flat_map(|report| report.actions.iter().map(move |row| (report, row)))
        .map(|(report, row)| Event::new(&names, &rates, report, row))
        .collect();
    events.sort_by_cached_key(Event::order);
    let stories = gather::gather(&events);
    let mut rows: Vec<CaseRow> = stories
        .iter()
        .map(|members| {
            let members = members.iter().filter_map(|index| events.get(*index));
            case_row(&rates, &members.collect::<Vec<_>>())
        })
        .collect();
    rows.sort_by(|one, other| {
        let begun = |row: &CaseRow| row.first_day.or(row.first_reported);
        // Cases of no known day come last.
        (begun(one).is_none(), begun(one), &one.case_id).cmp(&(
            begun(other).is_none(),
            begun(other),
            &other.case_id,
        ))
    });
    rows
}

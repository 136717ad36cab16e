//! A case's row: the best of what its articles say.
//!
//! An article that repeats another word for word counts once: of its actions only those remain
//! that the other does not have. A slot takes the most exact value (a sum without "about", in the
//! currency of the regulator's country; a day before a month), then the most trusted.

use std::collections::BTreeMap;

use crate::{
    base::{action::ActionStatus, digest::digest},
    merge::{
        case::CaseRow,
        event::Event,
        key::Stage,
        slots::{Slot, best_date, best_sum, conflicts, most_trusted},
        target::{Name, Target},
    },
    pack::rates::Rates,
};

/// Most that any number of articles can prove.
const MOST_SURE: f64 = 0.99;

/// Returns the row of the case that `events` tell.
pub(super) fn case_row(rates: &Rates, events: &[&Event]) -> CaseRow {
    let events = counted(events);
    let founder = events.iter().min_by_key(|event| {
        let row = event.row;
        (
            event.key.told.is_none(),
            event.key.told,
            &event.report.article_id,
            &row.action_id,
            row.start,
        )
    });
    let case_id = founder
        .map(|event| digest(&["case", &event.report.article_id, &event.row.action_id]))
        .unwrap_or_default();
    let status = status(&events);
    let text = |slot: Slot| most_trusted(&events, |event| slot(event.row));
    let regulator_id = text(|row| row.regulator_id.as_deref());
    // Articles may differ in who acted: country and field are the chosen body's.
    let named = |event: &&Event| event.row.regulator_id.as_deref() == regulator_id;
    let by_it: Vec<&Event> = events.iter().copied().filter(named).collect();
    let country = most_trusted(&by_it, |event| event.row.country.as_deref());
    let country = country.or_else(|| text(|row| row.country.as_deref()));
    let sector = most_trusted(&by_it, |event| event.row.sector);
    let sector = sector.or_else(|| most_trusted(&events, |event| event.row.sector));
    let sum = best_sum(&events, country);
    let date = best_date(&events);
    let kind = most_trusted(&events, |event| Some(event.row.r#type));
    let told = || events.iter().filter_map(|event| event.report.published_on);
    let mut row = CaseRow {
        r#type: kind.unwrap_or_default(),
        status,
        regulator: most_trusted(&by_it, |event| event.row.regulator.as_deref())
            .or_else(|| text(|row| row.regulator.as_deref()))
            .map(str::to_owned),
        regulator_id: regulator_id.map(str::to_owned),
        country: country.map(str::to_owned),
        sector,
        target: target(&events).map(str::to_owned),
        amount: sum.and_then(|event| event.row.amount.or(event.row.amount_max)),
        currency: sum.and_then(|event| event.row.currency.as_deref().map(str::to_owned)),
        amount_eur: sum.and_then(|event| event.row.amount_eur),
        per: sum.and_then(|event| event.row.per),
        date: date.and_then(|event| event.row.date.as_deref().map(str::to_owned)),
        first_day: date.and_then(|event| event.row.first_day),
        last_day: date.and_then(|event| event.row.last_day),
        laws: sorted(events.iter().flat_map(|event| event.row.laws.iter().map(AsRef::as_ref))),
        articles: sorted(events.iter().map(|event| event.report.article_id.as_str())),
        actions: sorted(events.iter().map(|event| &*event.row.action_id)),
        languages: sorted(events.iter().map(|event| event.report.lang)),
        first_reported: told().min(),
        last_reported: told().max(),
        confidence: confidence(&events),
        conflicts: conflicts(&events),
        case_id,
        dossier_id: String::new(),
    };
    row.amount_eur = row.amount_eur.or_else(|| euros(rates, &row));
    row.dossier_id = dossier(&row, &events);
    row
}

/// Leaves out what a repeated article says once more.
fn counted<'e, 'a>(events: &[&'e Event<'a>]) -> Vec<&'e Event<'a>> {
    if events.len() < 2 {
        return events.to_vec();
    }
    let origin = |event: &Event<'a>| -> &'a str {
        event.report.duplicate_of.as_deref().unwrap_or(&event.report.article_id)
    };
    let rank = |event: &Event<'a>| -> (bool, &'a str) {
        (event.report.duplicate_of.is_some(), &event.report.article_id)
    };
    // The earliest article of each origin that is in the case speaks for all of them.
    let mut speaker: BTreeMap<&str, (bool, &str)> = BTreeMap::new();
    for event in events {
        let speaks = speaker.entry(origin(event)).or_insert_with(|| rank(event));
        *speaks = (*speaks).min(rank(event));
    }
    let speaks = |event: &&Event<'a>| speaker.get(origin(event)) == Some(&rank(event));
    events.iter().copied().filter(speaks).collect()
}

/// Returns the latest known status: what was decided last, told last where no day is known.
fn status(events: &[&Event]) -> &'static str {
    let rank = |word: &str| match ActionStatus::from_word(word) {
        Some(ActionStatus::Rumoured) => 0,
        Some(ActionStatus::Threatened) => 1,
        Some(ActionStatus::Proposed) => 2,
        Some(ActionStatus::Imposed) | None => 3,
        Some(ActionStatus::Upheld) => 4,
        Some(ActionStatus::Reduced) => 5,
        Some(ActionStatus::Overturned) => 6,
    };
    let last = events.iter().max_by_key(|event| {
        let decided = event.key.when.filter(|when| when.is_stated).map(|when| when.last);
        let step = if event.key.stage() == Stage::Reviewed { 0 } else { rank(event.row.status) };
        (event.key.stage(), step, decided.or(event.key.told), rank(event.row.status))
    });
    last.map_or("", |event| event.row.status)
}

/// Returns the sum in euros where only another article tells the year that it belongs to.
fn euros(rates: &Rates, row: &CaseRow) -> Option<f64> {
    let year = row.first_day.or(row.first_reported)?.year();
    rates.to_eur(row.amount?, row.currency.as_deref()?, year)
}

/// Returns the target's fullest name, in its most trusted spelling.
fn target<'a>(events: &[&Event<'a>]) -> Option<&'a str> {
    let size = |event: &Event| event.targets.iter().map(Name::len).sum::<usize>();
    // Beyond a few words it is no name but a description.
    let sizes = events.iter().map(|event| size(event)).filter(|size| *size <= 6);
    let fullest = sizes.max();
    let of_size: Vec<&Event> =
        events.iter().copied().filter(|event| Some(size(event)) == fullest).collect();
    most_trusted(&of_size, |event| event.row.target.as_deref())
        .or_else(|| most_trusted(events, |event| event.row.target.as_deref()))
}

/// Joins the confidences: articles copy from each other, so a further one counts half.
fn confidence(events: &[&Event]) -> f32 {
    let mut each: Vec<f64> =
        events.iter().map(|event| f64::from(event.row.confidence).clamp(0.0, 1.0)).collect();
    each.sort_by(|one, other| other.total_cmp(one));
    let mut further = each.iter();
    let first = further.next().copied().unwrap_or_default();
    let doubt = further.fold(1.0 - first, |doubt, one| doubt * (1.0 - one / 2.0));
    let joined = (1.0 - doubt).min(MOST_SURE).max(first);
    ((joined * 1000.0).round() / 1000.0) as f32
}

/// Returns the id of all cases of one regulator, or one country's, against one target.
fn dossier(row: &CaseRow, events: &[&Event]) -> String {
    let body = row.regulator_id.as_deref().or(row.country.as_deref()).unwrap_or_default();
    let mut targets: Vec<&Target> = events.iter().map(|event| &*event.targets).collect();
    targets.sort_unstable_by_key(|target| target.id);
    targets.dedup_by_key(|target| target.id);
    let head = targets
        .into_iter()
        .filter(|target| !target.is_empty())
        .map(|target| target.iter().map(Name::head).collect::<Vec<_>>().join(","))
        .max_by(|one, other| one.len().cmp(&other.len()).then_with(|| other.cmp(one)));
    match head {
        Some(head) => digest(&["dossier", body, &head]),
        // A case against nobody known is a dossier of its own.
        None => digest(&["dossier", &row.case_id]),
    }
}

fn sorted<'v>(values: impl Iterator<Item = &'v str>) -> Vec<String> {
    let mut values: Vec<&str> = values.collect();
    values.sort_unstable();
    values.dedup();
    values.into_iter().map(str::to_owned).collect()
}

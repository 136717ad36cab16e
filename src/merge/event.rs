//! An action as an article tells it, with what it is compared by.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    base::action::{ActionStatus, ActionType, Sector},
    merge::{
        key::{self, Key, Order, When, day},
        sum::Sum,
        target::{Names, Target},
        told::{Report, Told},
    },
    pack::rates::Rates,
};

/// An action of one article.
pub(super) struct Event<'a> {
    pub(super) report: &'a Report,
    pub(super) row: &'a Told,
    pub(super) targets: Arc<Target>,
    pub(super) key: Key,
}

impl<'a> Event<'a> {
    pub(super) fn new(names: &Names, rates: &Rates, report: &'a Report, row: &'a Told) -> Self {
        let range = row.first_day.or(row.last_day).zip(row.last_day.or(row.first_day));
        let when = range.map(|(first, last)| When {
            first: day(first.min(last)),
            last: day(last.max(first)),
            is_stated: row.date_from == "stated",
        });
        let year = row.first_day.or(report.published_on).map(Date::year);
        let targets = row.target.as_deref().map_or_else(Arc::default, |target| names.of(target));
        let mut key = Key {
            order: Order::default(),
            place: 0,
            regulator: key::text(row.regulator_id.as_deref()),
            body: row.regulator.as_deref().map_or(0, |name| names.body(name)),
            targets: targets.id,
            country: key::word(row.country.as_deref()),
            sector: row.sector.and_then(Sector::from_word),
            kind: ActionType::from_word(row.r#type),
            status: ActionStatus::from_word(row.status),
            sum: Sum::of(rates, row, year),
            when,
            month_day: row.date.as_deref().filter(|_| when.is_none()).and_then(month_day),
            told: report.published_on.map(day),
        };
        key.order = order(&key, report, row, targets.len());
        Self { report, row, targets, key }
    }
}

/// Returns what orders an action: the one that says the most first, then by id.
fn order(key: &Key, report: &Report, row: &Told, targets: usize) -> Order {
    let lacks = [
        targets == 0,
        targets > 1,
        key.regulator == 0,
        key.body == 0,
        key.country == 0,
        key.sum.is_none(),
        key.sum.is_some_and(|sum| sum.is_open()),
    ];
    let length = key.when.map_or(i32::MAX, |when| when.last - when.first);
    Order {
        lacks: lacks.into_iter().fold(0, |lacks, lack| lacks << 1 | u8::from(lack)),
        days: (key.when.is_none_or(|when| !when.is_stated), length),
        told: (key.told.is_none(), key.told.unwrap_or_default()),
        article: key::article(&report.article_id),
        action: key::action(&row.action_id),
        start: row.start,
    }
}

/// Reads the month and day of `XXXX-10-20`.
fn month_day(value: &str) -> Option<(i8, i8)> {
    let (month, day) = value.strip_prefix("XXXX-")?.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

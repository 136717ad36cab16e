//! An action as an article tells it, in the form in which two of them are compared.

use std::rc::Rc;

use jiff::civil::Date;

use crate::{
    base::action::{ActionStatus, ActionType},
    merge::{
        target::{Name, Names},
        told::{Report, Told},
    },
    pack::rates::Rates,
};

/// Days since 1970.
pub(super) type Day = i32;

/// Returns the day's number.
pub(super) fn day(date: Date) -> Day {
    let hours = date.duration_since(Date::constant(1970, 1, 1)).as_hours();
    (hours / 24) as Day
}

/// How far in its story an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Rumoured, threatened or proposed.
    Ahead,
    /// Taken.
    Taken,
    /// Upheld, reduced or overturned.
    Reviewed,
}

impl Stage {
    /// Number of stages.
    pub(super) const COUNT: usize = 3;

    fn of(status: &str) -> Self {
        match ActionStatus::from_word(status) {
            Some(ActionStatus::Rumoured | ActionStatus::Threatened | ActionStatus::Proposed) => {
                Self::Ahead
            }
            Some(ActionStatus::Upheld | ActionStatus::Reduced | ActionStatus::Overturned) => {
                Self::Reviewed
            }
            Some(ActionStatus::Imposed) | None => Self::Taken,
        }
    }
}

/// Days that an action may have been taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) first: Day,
    pub(super) last: Day,
    /// Whether an article says so; else it is guessed from the day of publication.
    pub(super) is_stated: bool,
}

impl When {
    /// Returns the days between two ranges, 0 where they overlap.
    pub(super) fn gap(&self, other: &Self) -> i32 {
        (self.first.max(other.first) - self.last.min(other.last)).max(0)
    }
}

/// A sum as an action states it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum<'a> {
    /// The sum; the upper end of a range.
    pub(super) value: f64,
    currency: Option<&'a str>,
    qualifier: Option<&'a str>,
    per: Option<&'a str>,
    /// Least and most that it may be in euros.
    euros: Option<(f64, f64)>,
}

impl<'a> Sum<'a> {
    fn of(rates: &Rates, row: &'a Told, year: Option<i16>) -> Option<Self> {
        let value = row.amount_max.or(row.amount).filter(|value| value.is_finite())?;
        let currency = row.currency.as_deref();
        let of_year = || rates.to_eur(value, currency?, year?);
        let known = row.amount_eur.or_else(of_year).map(|euros| (euros, euros));
        let euros = known.or_else(|| rates.range_in_eur(value, currency?));
        Some(Self { value, currency, qualifier: row.amount_qualifier, per: row.per, euros })
    }

    /// Returns how well two sums agree: 3 the same, 2 roundings or another currency.
    pub(super) fn agreement(&self, other: &Self) -> Option<u8> {
        if self.per.zip(other.per).is_some_and(|(one, another)| one != another) {
            return None;
        }
        let about = self.is_open() || other.is_open();
        if self.currency == other.currency || self.currency.is_none() || other.currency.is_none() {
            let apart = distance((self.value, self.value), (other.value, other.value));
            return match apart {
                apart if apart < 1e-9 => Some(3),
                apart if apart <= if about { 0.10 } else { 0.02 } => Some(2),
                _ => (self.bounds(other) || other.bounds(self)).then_some(2),
            };
        }
        let apart = distance(self.euros?, other.euros?);
        // An article converts at its day's rate and rounds; "about" rounds more.
        (apart <= if about { 0.12 } else { 0.06 }).then_some(2)
    }

    /// Returns whether the sum is the most that `other` can come to.
    pub(super) fn caps(&self, other: &Self) -> bool {
        match (self.currency == other.currency, self.euros, other.euros) {
            (true, ..) => other.value <= self.value * 1.02,
            (false, Some(cap), Some(sum)) => sum.0 <= cap.1 * 1.06,
            _ => false,
        }
    }

    /// "More than 100 million" is said of 112, not of 300.
    fn bounds(&self, other: &Self) -> bool {
        match self.qualifier {
            Some("at_least") => (self.value..=self.value * 1.3).contains(&other.value),
            Some("at_most") => (self.value * 0.8..=self.value).contains(&other.value),
            _ => false,
        }
    }

    /// Returns whether the sum tells a fine from all others: 413.24 million does, 10 million does not.
    pub(super) fn is_telling(&self) -> bool {
        const DIGITS: i32 = 4;
        let unit = 10_f64.powi(self.value.abs().max(1.0).log10().floor() as i32 - (DIGITS - 2));
        let units = self.value / unit;
        self.per.is_none() && (units - units.round()).abs() > 1e-6
    }

    fn is_open(&self) -> bool {
        self.qualifier.is_some()
    }

    /// Returns the whole logarithmic step that the sum falls in: near sums are in near steps.
    pub(super) fn step(&self) -> i32 {
        (self.value.abs().max(1e-6).ln() / 0.15).floor() as i32
    }
}

/// Returns how far apart two ranges are, as a part of the greater.
fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (low, high) = (one.1.min(other.1), one.0.max(other.0));
    if high <= low || high == 0.0 { 0.0 } else { (high - low) / high }
}

/// An action of one article, ready to be compared.
pub(super) struct Event<'a> {
    pub(super) report: &'a Report,
    pub(super) row: &'a Told,
    pub(super) targets: Rc<[Name]>,
    /// Types that can be one action told in two ways have one family.
    pub(super) family: &'static str,
    pub(super) stage: Stage,
    pub(super) sum: Option<Sum<'a>>,
    pub(super) when: Option<When>,
    /// Month and day where the year is not known.
    pub(super) month_day: Option<(i8, i8)>,
    /// When the article was published.
    pub(super) told: Option<Day>,
    /// The regulator's name, folded.
    pub(super) body: Option<Rc<str>>,
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
        Self {
            report,
            row,
            targets: row.target.as_deref().map_or_else(Rc::default, |target| names.of(target)),
            family: family(row.r#type),
            stage: Stage::of(row.status),
            sum: Sum::of(rates, row, year),
            when,
            month_day: row.date.as_deref().filter(|_| when.is_none()).and_then(month_day),
            told: report.published_on.map(day),
            body: row.regulator.as_deref().and_then(|name| names.body(name)),
        }
    }

    /// Returns what orders events: the one that says the most first, then by id.
    pub(super) fn order(&self) -> impl Ord + use<'a> {
        let length = self.when.map_or(i32::MAX, |when| when.last - when.first);
        (
            (self.targets.is_empty(), self.targets.len() > 1),
            (self.row.regulator_id.is_none(), self.body.is_none()),
            (self.row.country.is_none(), self.sum.is_none()),
            self.sum.is_some_and(|sum| sum.is_open()),
            (self.when.is_none_or(|when| !when.is_stated), length),
            (self.told.is_none(), self.told),
            (self.report.article_id.as_str(), &*self.row.action_id, self.row.start),
        )
    }

    /// Returns whether the article names nobody who acted, not even a country.
    pub(super) fn is_nobodys(&self) -> bool {
        self.row.regulator_id.is_none() && self.body.is_none() && self.row.country.is_none()
    }
}

fn family(word: &'static str) -> &'static str {
    match ActionType::from_word(word) {
        // "Settles for 5 billion" and "fined 5 billion"; a formal notice is told as a warning.
        Some(ActionType::Settlement) => ActionType::Fine.word(),
        Some(ActionType::Warning) => ActionType::FormalNotice.word(),
        Some(kind) => kind.word(),
        None => word,
    }
}

/// Reads the month and day of `XXXX-10-20`.
fn month_day(value: &str) -> Option<(i8, i8)> {
    let (month, day) = value.strip_prefix("XXXX-")?.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

//! Values of dates as the dataset writes them.

use jiff::civil::Date;

use crate::base::date::{Granularity, month_end, plus_days, plus_months};

/// A value, the days it covers, its precision, and whether the day of publication settled it.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) days: Option<(Date, Date)>,
    pub(super) granularity: Granularity,
    pub(super) relative: bool,
}

impl Value {
    pub(super) fn day(date: Date, relative: bool) -> Self {
        Self {
            text: date.to_string(),
            days: Some((date, date)),
            granularity: Granularity::Day,
            relative,
        }
    }

    pub(super) fn month(first: Date, relative: bool) -> Self {
        let text = format!("{:04}-{:02}", first.year(), first.month());
        Self {
            text,
            days: Some((first, month_end(first))),
            granularity: Granularity::Month,
            relative,
        }
    }

    pub(super) fn year(year: i16, relative: bool) -> Option<Self> {
        let days = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(Self {
            text: format!("{year:04}"),
            days: Some(days),
            granularity: Granularity::Year,
            relative,
        })
    }

    pub(super) fn open(text: String, granularity: Granularity) -> Self {
        Self { text, days: None, granularity, relative: true }
    }
}

pub(super) fn week(day: Date) -> Value {
    let iso = day.iso_week_date();
    let monday = plus_days(day, 1 - i64::from(day.weekday().to_monday_one_offset()));
    Value {
        text: format!("{:04}-W{:02}", iso.year(), iso.week()),
        days: Some((monday, plus_days(monday, 6))),
        granularity: Granularity::Week,
        relative: true,
    }
}

pub(super) fn part(
    year: i16,
    index: u32,
    months: i64,
    letter: char,
    granularity: Granularity,
) -> Option<Value> {
    let first = plus_months(Date::new(year, 1, 1).ok()?, (i64::from(index) - 1) * months);
    let last = plus_days(plus_months(first, months), -1);
    Some(Value {
        text: format!("{year:04}-{letter}{index}"),
        days: Some((first, last)),
        granularity,
        relative: false,
    })
}

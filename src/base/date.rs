//! Calendar dates as precise as their words.

use jiff::{ToSpan, civil::Date};

/// Precision of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A time of day.
    Minute,
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// One year.
    Year,
    /// Ten years.
    Decade,
    /// A range with two ends.
    Range,
}

impl Granularity {
    /// Returns the word that the dataset uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Range => "range",
        }
    }
}

/// How words narrow a date: "early 2022", "before May".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// "around".
    Approx,
    /// "before".
    Before,
    /// "since", "after".
    After,
    /// "early".
    Start,
    /// "mid".
    Mid,
    /// "late".
    End,
}

impl Modifier {
    /// Returns the word that the dataset uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approx => "approx",
            Self::Before => "before",
            Self::After => "after",
            Self::Start => "start",
            Self::Mid => "mid",
            Self::End => "end",
        }
    }
}

/// Returns the last day of the month that `first` begins.
pub fn month_end(first: Date) -> Date {
    first.last_of_month()
}

/// Returns `date` moved by `days`, staying within the calendar.
pub fn plus_days(date: Date, days: i64) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}

/// Returns `date` moved by `months`, staying within the calendar.
pub fn plus_months(date: Date, months: i64) -> Date {
    date.checked_add(months.months()).unwrap_or(date)
}

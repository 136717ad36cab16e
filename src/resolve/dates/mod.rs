//! Settles what dates mean: years that the words leave out, weekdays, "last month".
//!
//! The day of publication settles what counts from it; without one, the dates around a mention
//! do, where they leave no choice. What nothing settles stays underspecified
//! (`XXXX-10-20`, `XXXX-WXX-4`), never guessed.

mod values;
pub(super) mod years;

use jiff::civil::Date;

use crate::{
    base::date::{Granularity, Modifier, plus_days, plus_months},
    clean::article::Published,
    extract::dates::{Anchor, Direction, StatedDate, When, Year},
    pack::sense::Unit,
    resolve::dates::{
        values::{Value, part, week},
        years::Written,
    },
};

/// A date with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledDate {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// TIMEX3 value.
    pub value: String,
    /// First and last day it covers, once resolved.
    pub days: Option<(Date, Date)>,
    /// Precision.
    pub granularity: Granularity,
    /// Whether the day of publication settled it.
    pub relative: bool,
    /// How the words narrow it.
    pub modifier: Option<Modifier>,
    /// Rule that read it.
    pub rule: &'static str,
}

/// Settles the dates of an article, in order; dates that no calendar has are dropped.
pub fn settle(stated: &[StatedDate], published: Option<&Published>) -> Vec<SettledDate> {
    let mut context = Context {
        published: published.copied(),
        written: years::written(stated),
        previous: None,
        open: None,
    };
    stated
        .iter()
        .filter_map(|date| {
            let settled = context.settle(date)?;
            // "a year earlier" compares: what follows still counts from the date before it.
            let compares = matches!(date.when, When::Context(_, offset) if offset < 0);
            if let When::Calendar { month: Some(month), day, .. } = date.when
                && settled.days.is_none()
            {
                context.open = Some((month, day));
            }
            if let Some((first, _)) = settled.days
                && !compares
            {
                context.open = None;
                context.previous = Some(Previous {
                    first,
                    granularity: settled.granularity,
                    sentence: date.sentence,
                    paragraph: date.paragraph,
                    token: date.last,
                });
            }
            Some(settled)
        })
        .collect()
}

struct Context {
    published: Option<Published>,
    /// When the article was written, as its own dates let one guess; only where nobody says.
    written: Option<Written>,
    previous: Option<Previous>,
    /// The month, or day of it, mentioned since then whose year nothing tells.
    open: Option<(u8, Option<u8>)>,
}

/// The date mentioned before.
#[derive(Clone, Copy)]
struct Previous {
    first: Date,
    granularity: Granularity,
    sentence: usize,
    paragraph: usize,
    token: usize,
}

impl Context {
    /// Returns the day of publication, if the day is known.
    fn today(&self) -> Option<Date> {
        self.published
            .filter(|p| matches!(p.granularity, "second" | "minute" | "day"))
            .map(|p| p.first)
    }

    /// Returns the first day of the month of publication, if the month is known.
    fn month(&self) -> Option<Date> {
        self.published
            .filter(|p| p.granularity != "year")
            .and_then(|p| p.first.with().day(1).build().ok())
    }

    fn settle(&self, date: &StatedDate) -> Option<SettledDate> {
        let value = match &date.when {
            When::Calendar { year, month, day, time, direction } => {
                let mut value = self.calendar(date, *year, *month, *day, *direction)?;
                if let (Some((hour, minute)), Some(_)) = (time, value.days) {
                    value.text = format!("{}T{hour:02}:{minute:02}", value.text);
                    value.granularity = Granularity::Minute;
                }
                value
            }
            When::Figures(a, b, year) => self.figures(*a, *b, *year)?,
            When::Quarter(year, index) => {
                part((*year)?, u32::from(*index), 3, 'Q', Granularity::Quarter)?
            }
            When::Half(year, index) => {
                part((*year)?, u32::from(*index), 6, 'H', Granularity::Half)?
            }
            When::Decade(first) => Value {
                text: format!("{}X", first / 10),
                days: Some((Date::new(*first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?)),
                granularity: Granularity::Decade,
                relative: false,
            },
            When::Weekday(day, direction) => {
                // "until Saturday" lies ahead.
                let ahead = date.modifier == Some(Modifier::Before);
                self.weekday(*day, direction.or(ahead.then_some(Direction::Next)))
            }
            When::Relative(unit, offset) => self.relative(*unit, *offset)?,
            When::Context(unit, offset) => self.context(*unit, *offset)?,
            When::DayOnly(day, direction) => self.day_only(*day, *direction)?,
            When::DayOf(day, anchor) => self.day_of(*day, *anchor)?,
        };
        Some(SettledDate {
            first: date.first,
            last: date.last,
            value: value.text,
            days: value.days,
            granularity: value.granularity,
            relative: value.relative,
            modifier: date.modifier,
            rule: date.rule,
        })
    }

    fn calendar(
        &self,
        date: &StatedDate,
        year: Option<Year>,
        month: Option<u8>,
        day: Option<u8>,
        direction: Option<Direction>,
    ) -> Option<Value> {
        let (year, relative) = match year {
            Some(Year::Stated(year)) => (Some(year), false),
            Some(Year::FromPublication(offset)) => {
                let Some(published) = self.published else {
                    return of_no_year(month?, day);
                };
                (Some(published.first.year() + offset), true)
            }
            Some(Year::FromMention(offset)) => {
                (self.previous.map(|p| p.first.year() + offset), false)
            }
            None => (None, true),
        };
        let (Some(month), day) = (month, day) else { return Value::year(year?, relative) };
        let direction = direction.or(match date.modifier {
            // "until 6 November" lies ahead, "since 1 March" behind.
            Some(Modifier::Before) => Some(Direction::Next),
            Some(Modifier::After) => Some(Direction::Last),
            _ => None,
        });
        let Some(year) = year.or_else(|| self.year_for(date, month, day, direction)) else {
            return of_no_year(month, day);
        };
        let first = Date::new(year, month as i8, day.unwrap_or(1) as i8).ok()?;
        Some(if day.is_some() {
            Value::day(first, relative)
        } else {
            Value::month(first, relative)
        })
    }

    fn figures(&self, a: u8, b: u8, year: i16) -> Option<Value> {
        // Only one order may be possible before the day of publication.
        let (dmy, mdy) =
            (Date::new(year, b as i8, a as i8).ok(), Date::new(year, a as i8, b as i8).ok());
        let past = |d: &Date| self.today().is_none_or(|today| *d <= today);
        match (dmy.filter(past), mdy.filter(past)) {
            (Some(date), None) | (None, Some(date)) => Some(Value::day(date, false)),
            _ => Value::year(year, false).map(|v| Value { text: format!("{year}-XX-XX"), ..v }),
        }
    }

    fn weekday(&self, day: u8, direction: Option<Direction>) -> Value {
        let Some(today) = self.today() else {
            return Value::open(format!("XXXX-WXX-{day}"), Granularity::Day);
        };
        let back =
            (i64::from(today.weekday().to_monday_one_offset()) - i64::from(day)).rem_euclid(7);
        let offset = match direction {
            Some(Direction::Last) if back == 0 => -7,
            Some(Direction::Next) => {
                if back == 0 {
                    7
                } else {
                    7 - back
                }
            }
            _ => -back,
        };
        Value::day(plus_days(today, offset), true)
    }

    fn relative(&self, unit: Unit, offset: i32) -> Option<Value> {
        let offset = i64::from(offset);
        match unit {
            Unit::Day => Some(match self.today() {
                Some(today) => Value::day(plus_days(today, offset), true),
                None => Value::open("XXXX-XX-XX".to_owned(), Granularity::Day),
            }),
            Unit::Week => Some(match self.today() {
                Some(today) => week(plus_days(today, offset * 7)),
                None => Value::open("XXXX-WXX".to_owned(), Granularity::Week),
            }),
            Unit::Month => Some(match self.month() {
                Some(month) => Value::month(plus_months(month, offset), true),
                None => Value::open("XXXX-XX".to_owned(), Granularity::Month),
            }),
            Unit::Year => match self.published {
                Some(published) => {
                    Value::year(published.first.year() + i16::try_from(offset).ok()?, true)
                }
                None => Some(Value::open("XXXX".to_owned(), Granularity::Year)),
            },
            Unit::Hour | Unit::Person | Unit::Piece => None,
        }
    }

    /// Counts from the date mentioned before, or from nothing.
    fn context(&self, unit: Unit, offset: i32) -> Option<Value> {
        let offset = i64::from(offset);
        if let (Unit::Day, Some((month, Some(day)))) = (unit, self.open) {
            // Of a common year, since any may be meant.
            let first = Date::new(2023, month as i8, day as i8).ok()?;
            let date = plus_days(first, offset);
            return of_no_year(date.month() as u8, Some(date.day() as u8));
        }
        let Some(Previous { first, granularity, .. }) = self.previous else {
            let (text, granularity) = match unit {
                Unit::Year => ("XXXX", Granularity::Year),
                Unit::Month => ("XXXX-XX", Granularity::Month),
                _ => ("XXXX-XX-XX", Granularity::Day),
            };
            return Some(Value::open(text.to_owned(), granularity));
        };
        match unit {
            Unit::Year => Value::year(first.year() + i16::try_from(offset).ok()?, false),
            Unit::Month if granularity <= Granularity::Month => {
                Some(Value::month(plus_months(first.with().day(1).build().ok()?, offset), false))
            }
            Unit::Day if granularity <= Granularity::Day => {
                Some(Value::day(plus_days(first, offset), false))
            }
            Unit::Week if granularity <= Granularity::Day => {
                Some(Value::day(plus_days(first, offset * 7), false))
            }
            _ => None,
        }
    }

    /// "13日": in the month of the date mentioned before if that is a day, else of publication.
    fn day_only(&self, day: u8, direction: Option<Direction>) -> Option<Value> {
        let build = |month: Date| month.with().day(day as i8).build().ok();
        if let Some(today) = self.today() {
            let first = today.with().day(1).build().ok()?;
            let this = build(first);
            let date = match (direction, this) {
                (Some(Direction::Next), Some(date)) if date <= today => {
                    build(plus_months(first, 1))
                }
                (Some(Direction::Next), _) => this,
                // Of last month news would name the month too, but for its last days.
                (_, Some(date)) if date <= plus_days(today, 20) => Some(date),
                _ => build(plus_months(first, -1)),
            };
            return date.map(|d| Value::day(d, true));
        }
        if let Some(date) = self.month().and_then(build) {
            return Some(Value::day(date, true));
        }
        if let Some((month, _)) = self.open {
            return of_no_year(month, Some(day));
        }
        if let Some(Previous { first, granularity, .. }) = self.previous
            && granularity <= Granularity::Month
        {
            return build(first.with().day(1).build().ok()?).map(|d| Value::day(d, false));
        }
        Some(Value::open(format!("XXXX-XX-{day:02}"), Granularity::Day))
    }
}

/// Returns a month, or a day of it, of a year that nothing tells, if any year has it.
fn of_no_year(month: u8, day: Option<u8>) -> Option<Value> {
    let text =
        day.map_or_else(|| format!("XXXX-{month:02}"), |day| format!("XXXX-{month:02}-{day:02}"));
    let granularity = if day.is_some() { Granularity::Day } else { Granularity::Month };
    let leap = Date::new(2024, month as i8, day.unwrap_or(1) as i8);
    leap.ok().map(|_| Value::open(text, granularity))
}

impl Context {
    /// "the 7th of last month", "the 10th of that month", "dia 27".
    fn day_of(&self, day: u8, anchor: Anchor) -> Option<Value> {
        let open = || Value::open(format!("XXXX-XX-{day:02}"), Granularity::Day);
        let (month, relative) = match anchor {
            Anchor::Publication(offset) => {
                let Some(month) = self.month() else { return Some(open()) };
                (plus_months(month, offset.into()), true)
            }
            Anchor::Mention(offset) => match self.previous {
                Some(Previous { first, granularity, .. }) if granularity <= Granularity::Month => {
                    (plus_months(first.with().day(1).build().ok()?, offset.into()), false)
                }
                _ => return self.day_only(day, None),
            },
        };
        let date = month.with().day(day as i8).build().ok()?;
        Some(Value::day(date, relative))
    }
}

//! Words that count from another date: weekdays, "last month", "three days ago", parts of a year.

use super::{Direction, Read, Reader, When, Year};
use crate::{
    base::{money::Exact, token::Kind},
    extract::numbers::number,
    pack::sense::{Sense, Unit},
};

impl Reader<'_, '_> {
    pub(super) fn weekday(&self, at: usize) -> Read<When> {
        let (end, day) = self
            .document
            .longest(at, |s| if let Sense::Weekday(d) = s { Some(d) } else { None })?;
        // "jeudi 3 mai": the date says more.
        for next in [end, if self.is_mark(end, ",") { end + 1 } else { end }] {
            let next = self.skip(self.skip(next, Sense::DayCue), Sense::DateOf);
            if let Some(found) = self.day_month(next).or_else(|| {
                self.month_first(next)
                    .filter(|(_, w)| matches!(w, When::Calendar { day: Some(_), .. }))
            }) {
                return Some(found);
            }
            if self.document.kind(next) == Kind::Number
                && let Some((last, when, _)) = self.figures(next)
            {
                return Some((last, when));
            }
        }
        if let Some((last, way)) = self.direction_after(end) {
            return Some((last, When::Weekday(day, Some(way))));
        }
        Some((end, When::Weekday(day, self.direction_before(at))))
    }

    /// "of this year", "last year" behind a day and month: a year relative to another.
    pub(super) fn relative_year(&self, at: usize) -> Read<Year> {
        let hits = self.document.hits_at(at).iter();
        let behind = hits.filter(|h| h.sense == Sense::DateOf).map(|h| h.last as usize);
        std::iter::once(at).chain(behind).find_map(|at| {
            self.document.longest(at, |s| match s {
                Sense::Relative(Unit::Year, offset) => {
                    Some(Year::FromPublication(i16::from(offset)))
                }
                Sense::Context(Unit::Year, offset) => Some(Year::FromMention(i16::from(offset))),
                _ => None,
            })
        })
    }

    pub(super) fn direction_after(&self, at: usize) -> Read<Direction> {
        self.document.longest(at, |s| match s {
            Sense::Last => Some(Direction::Last),
            Sense::Next => Some(Direction::Next),
            _ => None,
        })
    }

    pub(super) fn direction_before(&self, at: usize) -> Option<Direction> {
        [
            (Sense::Last, Direction::Last),
            (Sense::Next, Direction::Next),
            (Sense::This, Direction::This),
        ]
        .into_iter()
        .find_map(|(sense, way)| self.before(at, sense).then_some(way))
    }

    pub(super) fn relative(&self, at: usize) -> Read<When> {
        self.document.longest(at, |s| match s {
            Sense::Relative(unit, offset) => Some(When::Relative(unit, i32::from(offset))),
            Sense::Context(unit, offset) => Some(When::Context(unit, i32::from(offset))),
            _ => None,
        })
    }

    /// "il y a trois ans", "three days ago", "vor zwei Jahren".
    pub(super) fn ago(&self, at: usize) -> Read<When> {
        if let Some(start) = self.has(at, Sense::Ago) {
            let (end, unit, count) = self.duration(start)?;
            return Some((end, When::Relative(unit, -count)));
        }
        let (end, unit, count) = self.duration(at)?;
        let last = self.has(end, Sense::Ago)?;
        Some((last, When::Relative(unit, -count)))
    }

    pub(super) fn duration(&self, at: usize) -> Option<(usize, Unit, i32)> {
        let (next, count) = match number(self.document, at) {
            Some(number) => (number.last, i32::try_from(number.value.0 / Exact::ONE).ok()?),
            None => (self.has(at, Sense::One)?, 1),
        };
        let (end, unit) = self
            .document
            .longest(next, |s| if let Sense::Duration(u) = s { Some(u) } else { None })?;
        (count < 400 && !matches!(unit, Unit::Hour)).then_some((end, unit, count))
    }

    pub(super) fn part_of_year(&self, at: usize) -> Read<When> {
        let quarter = |s| match s {
            Sense::Quarter(q) => Some((true, q)),
            Sense::Half(h) => Some((false, h)),
            Sense::Decade(_) => Some((false, 0)),
            _ => None,
        };
        let (end, (is_quarter, index)) = self.document.longest(at, quarter)?;
        if index == 0 {
            let (end, decade) = self
                .document
                .longest(at, |s| if let Sense::Decade(d) = s { Some(d) } else { None })?;
            return Some((end, When::Decade(decade)));
        }
        let slash = self.is_mark(end, "/") && !self.document.spaced(end + 1);
        let next = if slash { end + 1 } else { self.skip(end, Sense::YearCue) };
        let (end, year) = self.year_mention(next)?;
        let when = if is_quarter {
            When::Quarter(Some(year), index)
        } else {
            When::Half(Some(year), index)
        };
        Some((end, when))
    }
}

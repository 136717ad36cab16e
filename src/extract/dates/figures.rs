//! Dates in figures ("17.12.2021", "2021-12-17", "03/04/21") and the figures of days and years.

use super::{Reader, When, Year};
use crate::{
    base::token::Kind,
    extract::numbers::standalone,
    pack::{compile::DateOrder, sense::Sense},
};

impl Reader<'_, '_> {
    pub(super) fn small(&self, at: usize, max: u8) -> Option<u8> {
        let word = self.document.word(at);
        if self.document.kind(at) != Kind::Number || word.len() > 2 && word.chars().count() > 2 {
            return None;
        }
        let value = standalone(self.document, at)?;
        (1..=max).contains(&value).then_some(value)
    }

    /// Returns a year in four plain figures.
    pub(super) fn year_at(&self, at: usize) -> Option<i16> {
        if self.document.kind(at) != Kind::Number || self.document.word(at).chars().count() != 4 {
            return None;
        }
        let figures: String = self
            .document
            .word(at)
            .chars()
            .filter_map(crate::base::fold::digit)
            .map(|d| (b'0' + d) as char)
            .collect();
        (figures.len() == 4).then(|| figures.parse().ok())?.filter(|y| (1900..=2100).contains(y))
    }

    pub(super) fn figures(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let document = self.document;
        let word = document.word(at);
        // "17.12.2021" is one token.
        let parts: Vec<&str> = word.split('.').collect();
        if let [a, b, c] = parts.as_slice() {
            return self.triple(a, b, c).map(|when| (at + 1, when, "date.figures"));
        }
        if let [month, _] = parts.as_slice()
            && let Some(when) = self.month_and_year(month, word)
        {
            return Some((at + 1, when, "date.figures"));
        }
        let mark = document.word(at + 1);
        if matches!(mark, "-" | "/" | "." | "–")
            && !document.spaced(at + 1)
            && document.kind(at + 2) == Kind::Number
        {
            let spaced = document.spaced(at + 2);
            let (second, mark2) = (document.word(at + 2), document.word(at + 3));
            let third = document.word(at + 4);
            if mark2 == mark
                && document.kind(at + 4) == Kind::Number
                && !document.spaced(at + 3)
                && document.spaced(at + 4) == spaced
                && (!spaced || mark == ".")
                && let Some(when) = self.triple(word, second, third)
            {
                return Some((at + 5, when, "date.figures"));
            }
            // "9. 2021" of "12. 9. 2021" never gets here; "12. 9.2021" does.
            if mark == "."
                && let [b, c] = second.split('.').collect::<Vec<_>>().as_slice()
                && let Some(when) = self.triple(word, b, c)
            {
                return Some((at + 3, when, "date.figures"));
            }
            if mark == "-"
                && !spaced
                && mark2 != "-"
                && let Some(year) = self.year_at(at)
                && second.len() == 2
                && let Ok(month @ 1..=12) = second.parse()
                && !document.word(at + 3).starts_with('/')
            {
                return Some((
                    at + 3,
                    When::ymd(Some(Year::Stated(year)), Some(month), None),
                    "date.iso",
                ));
            }
        }
        if let Some((last, when)) = self.spaced_figures(at) {
            return Some((last, when, "date.figures"));
        }
        if let Some((last, day, month)) = self.day_dot_month(at) {
            return Some((last, When::ymd(None, Some(month), Some(day)), "date.day-month"));
        }
        // "20211217" is left alone: as often a number.
        None
    }

    /// "2023 10 05", in a language whose dates in figures start with the year.
    fn spaced_figures(&self, at: usize) -> Option<(usize, When)> {
        let (month, day) = (self.document.word(at + 1), self.document.word(at + 2));
        let is_figure =
            |at: usize, word: &str| self.document.kind(at) == Kind::Number && word.len() == 2;
        let is_date = self.document.pack.numeric == Some(DateOrder::Ymd)
            && is_figure(at + 1, month)
            && is_figure(at + 2, day)
            && self.document.kind(at + 3) != Kind::Number;
        self.year_at(at).filter(|_| is_date)?;
        Some((at + 3, self.triple(self.document.word(at), month, day)?))
    }

    /// "tiistaina 12.3.", "12. 3.", "15.8. alkaen": a day and month where full stops make ordinals.
    fn day_dot_month(&self, at: usize) -> Option<(usize, u8, u8)> {
        let document = self.document;
        if !document.pack.dotted_ordinals {
            return None;
        }
        let (end, day, month) = match document.word(at).split_once('.') {
            Some((day, month)) => (at + 1, day, month),
            None if document.word(at + 1) == "." && !document.spaced(at + 1) => {
                (at + 3, document.word(at), document.word(at + 2))
            }
            None => return None,
        };
        let figure = |word: &str| (word.len() <= 2).then(|| word.parse::<u8>().ok())?;
        let day = figure(day).filter(|day| (1..=31).contains(day))?;
        let month = figure(month).filter(|month| (1..=12).contains(month))?;
        if !self.is_mark(end, ".") || document.spaced(end) {
            return None;
        }
        // "3.2. Verkauf" numbers a heading: a weekday stands before a date, or the sentence goes on.
        let weekday = document.start_of(at, |s| matches!(s, Sense::Weekday(_))).is_some()
            || (at > 0
                && self.is_mark(at - 1, ",")
                && document.start_of(at - 1, |s| matches!(s, Sense::Weekday(_))).is_some());
        let goes_on = document.kind(end + 1) == Kind::Word
            && !document.tokens.get(end + 1).is_some_and(|t| t.capital)
            && document
                .start_of(at, |s| {
                    matches!(
                        s,
                        Sense::DayCue | Sense::Modifier(_) | Sense::DateTo | Sense::DateBetween
                    )
                })
                .is_some();
        (weekday || goes_on).then_some((end + 1, day, month))
    }

    /// "02.2028" where a full stop is no decimal mark.
    fn month_and_year(&self, month: &str, word: &str) -> Option<When> {
        let year: i16 = word.get(3..)?.parse().ok()?;
        let month: u8 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        let plausible = word.len() == 7 && (1990..=2060).contains(&year);
        (plausible && self.document.decimal == ',')
            .then(|| When::ymd(Some(Year::Stated(year)), Some(month), None))
    }

    /// Reads three figures of a date; the order is the language's where they leave a choice.
    pub(super) fn triple(&self, a: &str, b: &str, c: &str) -> Option<When> {
        let value = |s: &str| -> Option<i16> {
            let figures: String = s
                .chars()
                .filter_map(crate::base::fold::digit)
                .map(|d| (b'0' + d) as char)
                .collect();
            (figures.len() == s.chars().count()).then(|| figures.parse().ok())?
        };
        let (x, y, z) = (value(a)?, value(b)?, value(c)?);
        let day = |d: i16| u8::try_from(d).ok().filter(|d| (1..=31).contains(d));
        let month = |m: i16| u8::try_from(m).ok().filter(|m| (1..=12).contains(m));
        if a.len() == 4 && (1900..=2100).contains(&x) {
            return Some(When::ymd(Some(Year::Stated(x)), Some(month(y)?), Some(day(z)?)));
        }
        let year = match c.chars().count() {
            4 if (1900..=2100).contains(&z) => z,
            2 => {
                if z < 70 {
                    2000 + z
                } else {
                    1900 + z
                }
            }
            _ => return None,
        };
        // "4.10.08" is a date where days come first; elsewhere as often the number of a version.
        if c.chars().count() == 2 && (a.len() != 2 || b.len() != 2) {
            let day_first = matches!(self.document.pack.numeric, Some(DateOrder::Dmy));
            return (day_first && year < 2050).then(|| {
                Some(When::ymd(Some(Year::Stated(year)), Some(month(y)?), Some(day(x)?)))
            })?;
        }
        match (day(x).zip(month(y)), month(x).zip(day(y))) {
            (Some((d, m)), None) => Some(When::ymd(Some(Year::Stated(year)), Some(m), Some(d))),
            (None, Some((m, d))) => Some(When::ymd(Some(Year::Stated(year)), Some(m), Some(d))),
            (Some((d, m)), Some(_)) if d == m => {
                Some(When::ymd(Some(Year::Stated(year)), Some(m), Some(d)))
            }
            (Some((d, m)), Some(_)) => Some(match self.document.pack.numeric {
                Some(DateOrder::Mdy) => When::ymd(Some(Year::Stated(year)), Some(d), Some(m)),
                Some(_) => When::ymd(Some(Year::Stated(year)), Some(m), Some(d)),
                None => When::Figures(d, m, year),
            }),
            (None, None) => None,
        }
    }
}

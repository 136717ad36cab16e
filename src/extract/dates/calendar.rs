//! Dates with the name of their month: "3 May 2021", "May 3", "2021. gada 3. maijā", "3 and 5 May".

use super::{Direction, Read, Reader, StatedDate, When, Year};
use crate::{
    base::token::Kind,
    pack::{
        compile::DateOrder,
        sense::{Sense, Unit},
    },
};

/// Returns one of several dates that share words.
pub(super) fn listed(first: usize, last: usize, when: When) -> StatedDate {
    StatedDate { first, last, sentence: 0, paragraph: 0, when, modifier: None, rule: "date.list" }
}

/// Returns whether a figure before such a word is no day.
fn counted(sense: Sense) -> bool {
    matches!(sense, Sense::Scale(_) | Sense::Currency(_) | Sense::Family(_) | Sense::Duration(_))
}

impl Reader<'_, '_> {
    pub(super) fn month_at(&self, at: usize) -> Read<u8> {
        let (end, month) =
            self.document.longest(at, |s| if let Sense::Month(m) = s { Some(m) } else { None })?;
        // The abbreviation's own full stop.
        let end = if self.is_mark(end, ".") && !self.document.spaced(end) && self.follows_short(end)
        {
            end + 1
        } else {
            end
        };
        Some((end, month))
    }

    /// Returns whether the full stop at `at` belongs to an abbreviated month: a figure follows.
    pub(super) fn follows_short(&self, at: usize) -> bool {
        self.document.kind(at + 1) == Kind::Number
            && self.document.word(at - 1).chars().count() <= 5
    }

    /// Reads a day of the month in figures or words, its marks included.
    pub(super) fn day_at(&self, at: usize) -> Read<u8> {
        if let Some(day) = self.small(at, 31) {
            let mut end = at + 1;
            if let Some(mark) = self.has(end, Sense::DayMark).filter(|_| {
                !self.document.spaced(end)
                    || self.document.word(end).chars().count() > 1
                    || self.document.kind(end) != Kind::Mark
            }) {
                end = mark;
                if self.is_mark(end, ".")
                    && !self.document.spaced(end)
                    && self.month_at(self.skip(end + 1, Sense::DateOf)).is_some()
                {
                    end += 1;
                }
            } else if self.is_mark(end, ".") && self.month_at(end + 1).is_some() {
                end += 1;
            }
            return Some((end, day));
        }
        let word = |s| match s {
            Sense::DayWord(day) => Some(day),
            Sense::Number(n @ 1..=31) => Some(n as u8),
            _ => None,
        };
        // Number words make days only right before a month.
        let (mut end, mut day) = self.document.longest(at, word)?;
        let joined =
            if self.document.word(end) == "-" { end + 1 } else { self.skip(end, Sense::NumberAnd) };
        if matches!(day, 20 | 30)
            && let Some((last, unit @ 1..=9)) = self.document.longest(joined, word)
            && day + unit <= 31
        {
            (end, day) = (last, day + unit);
        }
        let of = self.skip(end, Sense::DateOf);
        self.document.longest(of, |s| if let Sense::Month(m) = s { Some(m) } else { None })?;
        Some((end, day))
    }

    pub(super) fn day_month(&self, at: usize) -> Read<When> {
        let (end, day) = self.day_at(at)?;
        let of = self.skip(end, Sense::DateOf);
        let (mut end, month) = self.month_at(of)?;
        let mut year = None;
        let mut direction = None;
        if let Some((last, stated)) = self.year_mention(end) {
            (end, year) = (last, Some(Year::Stated(stated)));
        } else if let Some(shared) = self.shared_year(end) {
            year = Some(Year::Stated(shared));
        } else if let Some((last, way)) = self.direction_after(end) {
            (end, direction) = (last, Some(way));
        } else if let Some((last, offset)) = self.relative_year(end) {
            return Some((last, When::ymd(Some(offset), Some(month), Some(day))));
        } else if self.before(at, Sense::Last) {
            // "el pasado 15 de agosto", "lo scorso 15 agosto".
            direction = Some(Direction::Last);
        }
        Some((
            end,
            When::Calendar { year, month: Some(month), day: Some(day), time: None, direction },
        ))
    }

    /// "3 and 5 May 2021", "3-5 May": every day is a date.
    pub(super) fn day_list(&self, at: usize) -> Option<Vec<StatedDate>> {
        // "07:15, 9 March": minutes are no day.
        let minutes = at > 1 && self.is_mark(at - 1, ":") && !self.document.spaced(at);
        let (mut next, first) = self.listed_day(at).filter(|_| !minutes)?;
        let mut days = vec![(at, next, first)];
        let joint = loop {
            let joint = self.date_joint(next)?;
            let (end, day) = self.listed_day(joint)?;
            if self.month_at(self.skip(end, Sense::DateOf)).is_some() {
                break joint;
            }
            days.push((joint, end, day));
            next = end;
            if days.len() > 6 {
                return None;
            }
        };
        let (last, when) = self.day_month(joint)?;
        let When::Calendar { year, month, direction, .. } = when else { return None };
        let mut dates: Vec<StatedDate> = days
            .into_iter()
            .map(|(first, last, day)| {
                listed(
                    first,
                    last,
                    When::Calendar { year, month, day: Some(day), time: None, direction },
                )
            })
            .collect();
        dates.push(listed(joint, last, when));
        Some(dates)
    }

    /// "March 5-7, 2024", "February 12 and 13", "kovo 5–7 dienomis": two days behind their month.
    pub(super) fn days_behind(&self, at: usize) -> Option<Vec<StatedDate>> {
        let (month_end, month) = self.month_at(at)?;
        let orders = &self.document.pack.orders;
        let day = self.small(month_end, 31).filter(|_| orders.contains(&DateOrder::Mdy))?;
        let first_end = self.skip(month_end + 1, Sense::DayMark);
        let joint = self.date_joint(first_end).filter(|_| !self.is_mark(first_end, ","))?;
        let second = self.small(joint, 31)?;
        let mut last = self.skip(joint + 1, Sense::DayMark);
        let mut year = None;
        if let Some((end, stated)) = self.year_mention(last) {
            (last, year) = (end, Some(Year::Stated(stated)));
        }
        // "March 5 and 7 people": the figure counts something.
        let counts = self.document.kind(last) == Kind::Word
            && self.document.hits_at(last).is_empty()
            && !self.is_mark(first_end, "-")
            && !self.is_mark(first_end, "–");
        let other = self.document.kind(last) == Kind::Number
            || matches!(self.document.word(last), "%" | "€" | "$" | "£")
            || self.month_at(self.skip(last, Sense::DateOf)).is_some()
            || self.document.longest(last, |s| counted(s).then_some(())).is_some();
        if year.is_none() && (counts || other) {
            return None;
        }
        let when = |day| When::ymd(year, Some(month), Some(day));
        Some(vec![listed(at, first_end, when(day)), listed(joint, last, when(second))])
    }

    /// "May 3, 2021", "May 2021", "last May".
    pub(super) fn month_first(&self, at: usize) -> Read<When> {
        let (end, month) = self.month_at(at)?;
        let mdy = self.document.pack.orders.contains(&DateOrder::Mdy);
        if mdy && let Some(day) = self.small(end, 31) {
            let marked = self.skip(end + 1, Sense::DayMark);
            if let Some((last, year)) = self.year_mention(marked) {
                return Some((last, When::ymd(Some(Year::Stated(year)), Some(month), Some(day))));
            }
            if let Some(year) = self.shared_year(marked).filter(|_| !self.is_mark(marked, ",")) {
                return Some((marked, When::ymd(Some(Year::Stated(year)), Some(month), Some(day))));
            }
            let counts = self
                .document
                .longest(marked, |s| {
                    matches!(s, Sense::Scale(_) | Sense::Currency(_)).then_some(())
                })
                .is_some();
            if !counts && !self.is_mark(marked, "%") {
                return Some((marked, When::ymd(None, Some(month), Some(day))));
            }
        }
        if let Some((last, year)) = self.year_mention(end) {
            return Some((last, When::ymd(Some(Year::Stated(year)), Some(month), None)));
        }
        // "in May/June 2021", "from May to June 2021" share the year.
        if let Some(year) = self.shared_year(end) {
            return Some((end, When::ymd(Some(Year::Stated(year)), Some(month), None)));
        }
        if let Some((last, offset)) = self.relative_year(end) {
            return Some((last, When::ymd(Some(offset), Some(month), None)));
        }
        if let Some((last, way)) = self.direction_after(end) {
            return Some((
                last,
                When::Calendar {
                    year: None,
                    month: Some(month),
                    day: None,
                    time: None,
                    direction: Some(way),
                },
            ));
        }
        let direction = self.direction_before(at);
        self.month_stands_alone(at).then_some((
            end,
            When::Calendar { year: None, month: Some(month), day: None, time: None, direction },
        ))
    }

    /// Returns whether a month without day and year is one: "may" and "mars" are words too.
    pub(super) fn month_stands_alone(&self, at: usize) -> bool {
        let cue = |s| {
            matches!(
                s,
                Sense::YearCue
                    | Sense::Modifier(_)
                    | Sense::Last
                    | Sense::Next
                    | Sense::This
                    | Sense::DateOf
                    | Sense::DateBetween
            )
        };
        let document = self.document;
        let capital = document.tokens.get(at).is_some_and(|t| t.capital);
        let opens = document.sentences.get(document.sentence_of(at)).is_some_and(|s| s.start == at);
        let pack = document.pack;
        // "Maja" in a sentence is a woman where months are written small.
        let named = self.document.longest(at, |s| matches!(s, Sense::Month(_)).then_some(()));
        let phrase = named.is_some_and(|(end, ())| end > at + 1);
        let alone = pack.months_alone && (pack.capital_months || !capital || opens || phrase);
        let behind = |end| {
            document.longest(end, |s| matches!(s, Sense::Modifier(_)).then_some(())).is_some()
        };
        (!pack.capital_months || capital)
            && (alone
                || document.start_of(at, cue).is_some()
                || ((pack.uncased || pack.months_alone)
                    && named.is_some_and(|(end, ())| behind(end))))
    }

    /// Returns the year that the end of a range states for both its ends: "from 1 March to 5 May 2021".
    pub(super) fn shared_year(&self, at: usize) -> Option<i16> {
        let mut next = self.date_joint(at)?;
        let skips = if self.is_mark(at, ",") { 0 } else { 3 };
        for _ in 0..skips {
            let Some((end, ())) = self.document.longest(next, |s| {
                matches!(s, Sense::Modifier(_) | Sense::YearCue | Sense::DateOf | Sense::DayCue)
                    .then_some(())
            }) else {
                break;
            };
            next = end;
        }
        let next = self.day_at(next).map_or(next, |(end, _)| end);
        let (mut end, _) = self.month_at(self.skip(next, Sense::DateOf))?;
        // "from Feb. 5 through Feb. 9, 2023".
        if self.document.pack.orders.contains(&DateOrder::Mdy) && self.small(end, 31).is_some() {
            end = self.skip(end + 1, Sense::DayMark);
        }
        self.year_mention(end).map(|(_, year)| year)
    }

    /// Returns where the next of several dates starts.
    pub(super) fn date_joint(&self, at: usize) -> Option<usize> {
        if matches!(self.document.word(at), "-" | "–" | "/" | ",") {
            Some(at + 1)
        } else {
            self.has(at, Sense::DateTo)
        }
    }

    /// "last year in December", "eelmise aasta 15. augustil": the year is told before its month.
    pub(super) fn told_year_first(&self, at: usize) -> Read<When> {
        let (end, told) = self.document.longest(at, |s| match s {
            Sense::Relative(Unit::Year, offset) => Some(Year::FromPublication(offset.into())),
            Sense::Context(Unit::Year, offset) => Some(Year::FromMention(offset.into())),
            _ => None,
        })?;
        // "Last year in May", "vlani v máji"; but "last year and May".
        let preposition = self.has(end, Sense::YearCue).filter(|&next| {
            next == end + 1
                && self.document.word(end).chars().count() <= 4
                && self.has(end, Sense::NumberAnd).is_none()
                && self.has(end, Sense::DateTo).is_none()
        });
        let next = preposition.unwrap_or_else(|| self.skip(end, Sense::DateOf));
        let (last, when) = self.day_month(next).or_else(|| self.month_and_day(next))?;
        let When::Calendar { year: None, month, day, direction: None, .. } = when else {
            return None;
        };
        Some((last, When::ymd(Some(told), month, day)))
    }

    /// "December", "augusztus 15-én": a month and its day, if one follows it.
    fn month_and_day(&self, at: usize) -> Read<When> {
        let (end, month) = self.month_at(at)?;
        let dmy_only = self.document.pack.orders == [DateOrder::Dmy];
        let day = self.small(end, 31).filter(|_| !dmy_only && self.year_at(end).is_none());
        let last = day.map_or(end, |_| self.skip(end + 1, Sense::DayMark));
        self.year_mention(last).is_none().then_some((last, When::ymd(None, Some(month), day)))
    }

    /// "2021. május 3.", "2021 m. gegužės 3 d.", "2021. gada 3. maijā".
    pub(super) fn year_first(&self, at: usize) -> Read<When> {
        let year = self.year_at(at)?;
        let mut next = at + 1;
        if self.is_mark(next, ".") && !self.document.spaced(next) {
            next += 1;
        }
        next = self.year_mark(next).unwrap_or(next);
        if self.is_mark(next, ",") {
            next += 1;
        }
        next = self.skip(next, Sense::DateOf);
        let document = self.document;
        // "2020 yılının Mayıs ayında", "vuoden 2020 toukokuussa", where a month's case is enough.
        if document.pack.months_alone
            && !document.pack.orders.contains(&DateOrder::Ymd)
            && document.sentence_of(next) == document.sentence_of(at)
            && !self.is_mark(next - 1, ".")
            && !self.is_mark(next - 1, ",")
            && let Some((end, month)) = self.month_at(next)
        {
            let whole = self.year_mention(end).is_none() && self.small(end, 31).is_none();
            return whole.then(|| (end, When::ymd(Some(Year::Stated(year)), Some(month), None)));
        }
        if self.document.pack.orders.contains(&DateOrder::Ymd) {
            if let Some((end, month)) = self.month_at(next) {
                let day = self.small(end, 31).filter(|_| self.year_at(end).is_none());
                let Some(day) = day else {
                    return Some((end, When::ymd(Some(Year::Stated(year)), Some(month), None)));
                };
                let mut last = self.skip(end + 1, Sense::DayMark);
                if self.is_mark(last, ".")
                    && !self.document.spaced(last)
                    && !self.ends_sentence(last)
                {
                    last += 1;
                }
                return Some((last, When::ymd(Some(Year::Stated(year)), Some(month), Some(day))));
            }
            if next > at + 1
                && let Some((end, day)) = self.day_at(next)
                && let Some((end, month)) = self.month_at(self.skip(end, Sense::DateOf))
            {
                return Some((end, When::ymd(Some(Year::Stated(year)), Some(month), Some(day))));
            }
        }
        None
    }
}

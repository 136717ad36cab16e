//! Dates as an article states them.
//!
//! A date keeps the precision of its words: "mars 2022" is a month, not its first day. Words that
//! need another date ("hier", "le même mois", "jeudi") leave as they are; [`crate::resolve::dates`]
//! settles them. No clock is read.
//!
//! Refused on purpose: durations ("trois mois"), clock times alone, numbers of laws and cases
//! ("2016/679", "SAN-2020-012"), four-digit counts ("2 021 plaintes").

use crate::{
    base::{date::Modifier, money::Exact, token::Kind},
    extract::numbers::number,
    pack::{
        compile::DateOrder,
        sense::{Form, Sense, Unit, starts},
    },
    text::document::Document,
};

/// A date as the words state it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedDate {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What is said.
    pub when: When,
    /// How the words narrow it.
    pub modifier: Option<Modifier>,
    /// Rule that read it.
    pub rule: &'static str,
}

/// Which way from the day of publication a weekday or month lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// "last".
    Last,
    /// "this".
    This,
    /// "next".
    Next,
}

/// A year as words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// In figures.
    Stated(i16),
    /// So many years from that of publication: "last year" is -1.
    FromPublication(i16),
    /// So many years from the one mentioned before: "the same year" is 0.
    FromMention(i16),
}

/// What a date says.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// A year, or a part of one that the other fields name.
    Calendar {
        /// The year, if said.
        year: Option<Year>,
        /// Month of the year.
        month: Option<u8>,
        /// Day of the month.
        day: Option<u8>,
        /// Hour and minute.
        time: Option<(u8, u8)>,
        /// "last May", "3 May last".
        direction: Option<Direction>,
    },
    /// A date in figures whose order nothing in it settles: the two small figures and the year.
    Figures(u8, u8, i16),
    /// A quarter.
    Quarter(Option<i16>, u8),
    /// A half.
    Half(Option<i16>, u8),
    /// A decade, by its first year.
    Decade(i16),
    /// A weekday, Monday being 1.
    Weekday(u8, Option<Direction>),
    /// So many units from the day of publication.
    Relative(Unit, i32),
    /// So many units from the date mentioned before.
    Context(Unit, i32),
    /// A day of a month that is not named ("13日", "the 13th").
    DayOnly(u8),
}

impl When {
    fn ymd(year: Option<Year>, month: Option<u8>, day: Option<u8>) -> Self {
        Self::Calendar { year, month, day, time: None, direction: None }
    }
}

/// Returns the dates of a document, in order.
pub fn dates(document: &Document) -> Vec<StatedDate> {
    let reader = Reader { document };
    let mut found: Vec<StatedDate> = Vec::new();
    let mut at = 0;
    while at < document.tokens.len() {
        if !document.may_start(at, starts::DATE) {
            at += 1;
            continue;
        }
        match reader.date(at) {
            Some(dates) if !dates.is_empty() => {
                at = dates.iter().map(|d| d.last).max().unwrap_or(at + 1).max(at + 1);
                found.extend(dates);
            }
            _ => at += 1,
        }
    }
    for date in &mut found {
        date.modifier = date.modifier.or_else(|| reader.modifier(date));
    }
    found
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
}

type Read<T> = Option<(usize, T)>;

impl Reader<'_, '_> {
    fn has(&self, at: usize, sense: Sense) -> Option<usize> {
        self.document.end_of(at, sense)
    }

    /// Skips an optional phrase.
    fn skip(&self, at: usize, sense: Sense) -> usize {
        self.has(at, sense).unwrap_or(at)
    }

    fn before(&self, at: usize, sense: Sense) -> bool {
        self.document.start_of(at, |s| s == sense).is_some()
    }

    fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.document.kind(at) == Kind::Mark && self.document.word(at) == mark
    }

    /// Returns the dates that start at `at`: several in "3 and 5 May".
    fn date(&self, at: usize) -> Option<Vec<StatedDate>> {
        let start =
            |last, when, rule| vec![StatedDate { first: at, last, when, modifier: None, rule }];
        if self.document.kind(at) == Kind::Number {
            if self.is_code(at) {
                return None;
            }
            if let Some((last, when, rule)) = self.figures(at) {
                let (last, when) = self.with_time(last, when);
                return Some(start(last, when, rule));
            }
        }
        if let Some((last, when, rule)) = self.marked(at) {
            return Some(start(last, when, rule));
        }
        if let Some(dates) = self.day_list(at) {
            return Some(dates);
        }
        if let Some((last, when)) =
            self.day_month(at).or_else(|| self.year_first(at)).or_else(|| self.month_first(at))
        {
            let (last, when) = self.with_time(last, when);
            return Some(start(last, when, "date.calendar"));
        }
        if let Some((last, when)) = self.weekday(at) {
            let rule =
                if matches!(when, When::Weekday(..)) { "date.weekday" } else { "date.calendar" };
            let (last, when) = self.with_time(last, when);
            return Some(start(last, when, rule));
        }
        if let Some((last, when)) = self.part_of_year(at) {
            return Some(start(last, when, "date.part-of-year"));
        }
        if let Some((last, when)) = self.relative(at) {
            return Some(start(last, when, "date.relative"));
        }
        if let Some((last, when)) = self.ago(at) {
            return Some(start(last, when, "date.ago"));
        }
        self.years(at)
    }

    // Figures

    /// Returns whether the number belongs to the number of a law, a case or a telephone.
    fn is_code(&self, at: usize) -> bool {
        let document = self.document;
        let glued = |i: usize| !document.spaced(i);
        if at > 0 && glued(at) {
            let before = document.word(at - 1);
            if matches!(document.kind(at - 1), Kind::Word) && document.pack.lexicon.is_empty() {
                return true;
            }
            if matches!(before, "°" | "º" | "№" | "#" | "_" | "+") {
                return true;
            }
            // "57/2023": the year of a case number.
            if before == "/"
                && at > 1
                && glued(at - 1)
                && document.kind(at - 2) == Kind::Number
                && document.word(at - 2).len() <= 4
            {
                return true;
            }
            // "SAN-2020-012": letters or a slash before the hyphen.
            if matches!(before, "-" | "–" | "/")
                && at > 1
                && glued(at - 1)
                && document.kind(at - 2) == Kind::Word
                && document.tokens.get(at - 2).is_some_and(|t| t.shout || t.span.len() == 1)
            {
                return true;
            }
        }
        let next = document.word(at + 1);
        // "2016/679", "2021-1104".
        if matches!(next, "/" | "-" | "–")
            && glued(at + 1)
            && document.kind(at + 2) == Kind::Number
            && glued(at + 2)
        {
            let tail = document.word(at + 2);
            let year = self.year_at(at).is_some();
            let third = matches!(document.word(at + 3), "/" | "-")
                && glued(at + 3)
                && document.kind(at + 4) == Kind::Number;
            if year && !third && tail.len() > 2 && self.year_at(at + 2).is_none() {
                return true;
            }
        }
        false
    }

    fn small(&self, at: usize, max: u8) -> Option<u8> {
        let word = self.document.word(at);
        if self.document.kind(at) != Kind::Number || word.chars().count() > 2 {
            return None;
        }
        let value = number(self.document, at).filter(|n| n.last == at + 1 && n.plain)?;
        let value = u8::try_from(value.value.0 / Exact::ONE).ok()?;
        (1..=max).contains(&value).then_some(value)
    }

    /// Returns a year in four plain figures.
    fn year_at(&self, at: usize) -> Option<i16> {
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

    fn figures(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let document = self.document;
        let word = document.word(at);
        // "17.12.2021" is one token.
        let parts: Vec<&str> = word.split('.').collect();
        if let [a, b, c] = parts.as_slice() {
            return self.triple(a, b, c).map(|when| (at + 1, when, "date.figures"));
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
        // "20211217" is left alone: as often a number.
        None
    }

    /// Reads three figures of a date; the order is the language's where they leave a choice.
    fn triple(&self, a: &str, b: &str, c: &str) -> Option<When> {
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
        if c.chars().count() == 2 && (a.len() != 2 || b.len() != 2) {
            return None;
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

    // Words

    fn month_at(&self, at: usize) -> Read<u8> {
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
    fn follows_short(&self, at: usize) -> bool {
        self.document.kind(at + 1) == Kind::Number
            && self.document.word(at - 1).chars().count() <= 5
    }

    /// Reads a day of the month in figures or words, its marks included.
    fn day_at(&self, at: usize) -> Read<u8> {
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

    /// Reads a year and the marks around it.
    fn year_mention(&self, at: usize) -> Read<i16> {
        let mut year_token = at;
        if self.is_mark(at, ",") {
            year_token += 1;
        }
        year_token = self.skip(year_token, Sense::DateOf);
        let year = self.year_at(year_token)?;
        // "le 12 mars 2 021 plaintes" and "mai 2000 euros" are read by money first; a code is no year.
        if self.is_code(year_token) {
            return None;
        }
        let mut end = year_token + 1;
        if let Some(mark) = self.year_mark(end) {
            end = mark;
        }
        Some((end, year))
    }

    fn year_mark(&self, at: usize) -> Option<usize> {
        let end = self.has(at, Sense::YearMark)?;
        // The mark's own full stop: "г.", "r.".
        let last = if self.is_mark(end, ".")
            && !self.document.spaced(end)
            && self.document.word(at).chars().count() <= 2
            && self.document.kind(at) == Kind::Word
            && !self.ends_sentence(end)
        {
            end + 1
        } else {
            end
        };
        Some(last)
    }

    fn ends_sentence(&self, at: usize) -> bool {
        self.document.sentences.get(self.document.sentence_of(at)).is_some_and(|s| s.end == at + 1)
    }

    fn day_month(&self, at: usize) -> Read<When> {
        let (end, day) = self.day_at(at)?;
        let of = self.skip(end, Sense::DateOf);
        let (mut end, month) = self.month_at(of)?;
        let mut year = None;
        let mut direction = None;
        if let Some((last, stated)) = self.year_mention(end) {
            (end, year) = (last, Some(Year::Stated(stated)));
        } else if let Some((last, way)) = self.direction_after(end) {
            (end, direction) = (last, Some(way));
        } else if let Some((last, offset)) = self.relative_year(end) {
            return Some((
                last,
                When::Calendar {
                    year: Some(offset),
                    month: Some(month),
                    day: Some(day),
                    time: None,
                    direction: None,
                },
            ));
        }
        Some((
            end,
            When::Calendar { year, month: Some(month), day: Some(day), time: None, direction },
        ))
    }

    /// "of this year", "last year" behind a day and month: a year relative to another.
    fn relative_year(&self, at: usize) -> Read<Year> {
        let after = self.skip(at, Sense::DateOf);
        [at, after].into_iter().find_map(|at| {
            self.document.longest(at, |s| match s {
                Sense::Relative(Unit::Year, offset) => {
                    Some(Year::FromPublication(i16::from(offset)))
                }
                Sense::Context(Unit::Year, offset) => Some(Year::FromMention(i16::from(offset))),
                _ => None,
            })
        })
    }

    fn direction_after(&self, at: usize) -> Read<Direction> {
        self.document.longest(at, |s| match s {
            Sense::Last => Some(Direction::Last),
            Sense::Next => Some(Direction::Next),
            _ => None,
        })
    }

    fn direction_before(&self, at: usize) -> Option<Direction> {
        [
            (Sense::Last, Direction::Last),
            (Sense::Next, Direction::Next),
            (Sense::This, Direction::This),
        ]
        .into_iter()
        .find_map(|(sense, way)| self.before(at, sense).then_some(way))
    }

    /// "3 and 5 May 2021", "3-5 May": every day is a date.
    fn day_list(&self, at: usize) -> Option<Vec<StatedDate>> {
        let mut days = vec![(at, self.small(at, 31)?)];
        let mut next = at + 1;
        loop {
            let joint = if matches!(self.document.word(next), "-" | "–" | "," | "/") {
                next + 1
            } else {
                self.has(next, Sense::DateTo)?
            };
            let day = self.small(joint, 31)?;
            let marked = self.skip(joint + 1, Sense::DayMark);
            let of = self.skip(marked, Sense::DateOf);
            if self.month_at(of).is_some() {
                break;
            }
            days.push((joint, day));
            next = joint + 1;
            if days.len() > 6 {
                return None;
            }
        }
        let joint = if matches!(self.document.word(next), "-" | "–" | "," | "/") {
            next + 1
        } else {
            self.has(next, Sense::DateTo)?
        };
        let (last, when) = self.day_month(joint)?;
        let When::Calendar { year, month, direction, .. } = when else { return None };
        let one =
            |first, last, when| StatedDate { first, last, when, modifier: None, rule: "date.list" };
        let mut dates: Vec<StatedDate> = days
            .into_iter()
            .map(|(first, day)| {
                one(
                    first,
                    first + 1,
                    When::Calendar { year, month, day: Some(day), time: None, direction },
                )
            })
            .collect();
        dates.push(one(joint, last, when));
        Some(dates)
    }

    /// "May 3, 2021", "May 2021", "last May".
    fn month_first(&self, at: usize) -> Read<When> {
        let (end, month) = self.month_at(at)?;
        let mdy = self.document.pack.orders.contains(&DateOrder::Mdy);
        if mdy && let Some(day) = self.small(end, 31) {
            let marked = self.skip(end + 1, Sense::DayMark);
            if let Some((last, year)) = self.year_mention(marked) {
                return Some((last, When::ymd(Some(Year::Stated(year)), Some(month), Some(day))));
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
    fn month_stands_alone(&self, at: usize) -> bool {
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
        let capital = self.document.tokens.get(at).is_some_and(|t| t.capital);
        (!self.document.pack.capital_months || capital) && self.document.start_of(at, cue).is_some()
    }

    fn shared_year(&self, at: usize) -> Option<i16> {
        let joint = if matches!(self.document.word(at), "-" | "–" | "/" | ",") {
            at + 1
        } else {
            self.has(at, Sense::DateTo)?
        };
        let (end, _) = self.month_at(joint)?;
        self.year_mention(end).map(|(_, year)| year)
    }

    /// "2021. május 3.", "2021 m. gegužės 3 d.", "2021. gada 3. maijā".
    fn year_first(&self, at: usize) -> Read<When> {
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

    // Marked figures: 2021年3月3日, 令和3年, 2021년 3월

    fn marked(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let era =
            self.document.longest(at, |s| if let Sense::Era(base) = s { Some(base) } else { None });
        let start = era.map_or(at, |(end, _)| end);
        let mut year = None;
        let mut month = None;
        let mut next = start;
        if let Some((end, value)) = self.figure_or_first(start, era.is_some()) {
            if let Some((_, base)) = era {
                year = Some(Year::Stated(base + value));
                next = self.has(end, Sense::YearMark).unwrap_or(end);
            } else if let Some(mark) =
                self.has(end, Sense::YearMark).filter(|_| self.year_at(start).is_some())
            {
                let of = self.skip(mark, Sense::DateOf);
                if self
                    .figure_or_first(of, false)
                    .is_some_and(|(e, _)| self.has(e, Sense::MonthMark).is_some())
                {
                    year = Some(Year::Stated(value));
                    next = of;
                }
            }
        } else if let Some((end, offset)) = self
            .document
            .longest(at, |s| if let Sense::Relative(Unit::Year, o) = s { Some(o) } else { None })
            && self.small(end, 12).is_some_and(|_| self.has(end + 1, Sense::MonthMark).is_some())
        {
            year = Some(Year::FromPublication(i16::from(offset)));
            next = end;
        }
        if let Some(value) = self.small(next, 12)
            && let Some(end) = self.has(next + 1, Sense::MonthMark)
        {
            month = Some(value);
            next = end;
            if let Some(day) = self.small(next, 31)
                && let Some(end) = self.has(next + 1, Sense::DayMark)
            {
                return Some((end, When::ymd(year, month, Some(day)), "date.marked"));
            }
        }
        match (year, month) {
            (_, Some(_)) => Some((next, When::ymd(year, month, None), "date.marked")),
            (Some(_), None) if era.is_some() => {
                Some((next, When::ymd(year, None, None), "date.era"))
            }
            _ => self.day_only(at),
        }
    }

    /// "13日", where the mark stands for nothing else.
    fn day_only(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let day = self.small(at, 31)?;
        let end = self.has(at + 1, Sense::DayMark)?;
        let tight = self.document.kind(at + 1) == Kind::Ideograph
            || self.document.word(at + 1).starts_with(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
        // "13日間" is a duration.
        let duration = self
            .document
            .longest(at + 1, |s| matches!(s, Sense::Duration(_)).then_some(()))
            .is_some_and(|(e, ())| e > end);
        (tight && !duration).then_some((end, When::DayOnly(day), "date.day-only"))
    }

    fn figure_or_first(&self, at: usize, era: bool) -> Read<i16> {
        if era && self.document.word(at) == "元" {
            return Some((at + 1, 1));
        }
        if let Some(year) = self.year_at(at) {
            return Some((at + 1, year));
        }
        if self.document.kind(at) != Kind::Number || self.document.word(at).chars().count() > 3 {
            return None;
        }
        let n = number(self.document, at).filter(|n| n.last == at + 1 && n.plain)?;
        Some((at + 1, i16::try_from(n.value.0 / Exact::ONE).ok()?))
    }

    // Weekdays and relative words

    fn weekday(&self, at: usize) -> Read<When> {
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

    fn relative(&self, at: usize) -> Read<When> {
        self.document.longest(at, |s| match s {
            Sense::Relative(unit, offset) => Some(When::Relative(unit, i32::from(offset))),
            Sense::Context(unit, offset) => Some(When::Context(unit, i32::from(offset))),
            _ => None,
        })
    }

    /// "il y a trois ans", "three days ago", "vor zwei Jahren".
    fn ago(&self, at: usize) -> Read<When> {
        if let Some(start) = self.has(at, Sense::Ago) {
            let (end, unit, count) = self.duration(start)?;
            return Some((end, When::Relative(unit, -count)));
        }
        let (end, unit, count) = self.duration(at)?;
        let last = self.has(end, Sense::Ago)?;
        Some((last, When::Relative(unit, -count)))
    }

    fn duration(&self, at: usize) -> Option<(usize, Unit, i32)> {
        let (next, count) = match number(self.document, at) {
            Some(number) => (number.last, i32::try_from(number.value.0 / Exact::ONE).ok()?),
            None => (self.has(at, Sense::One)?, 1),
        };
        let (end, unit) = self
            .document
            .longest(next, |s| if let Sense::Duration(u) = s { Some(u) } else { None })?;
        (count < 400 && !matches!(unit, Unit::Hour)).then_some((end, unit, count))
    }

    fn part_of_year(&self, at: usize) -> Read<When> {
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
        let (end, year) = self.year_mention(self.skip(end, Sense::YearCue))?;
        let when = if is_quarter {
            When::Quarter(Some(year), index)
        } else {
            When::Half(Some(year), index)
        };
        Some((end, when))
    }

    // Years

    fn years(&self, at: usize) -> Option<Vec<StatedDate>> {
        let year = self.year_at(at)?;
        let document = self.document;
        let one = |first, last, year, rule| StatedDate {
            first,
            last,
            when: When::ymd(Some(Year::Stated(year)), None, None),
            modifier: None,
            rule,
        };
        let mut end = at + 1;
        // "2016/17", "2013-2014": a season is its first year, a range is both.
        if matches!(document.word(end), "/" | "-" | "–" | "~" | "〜")
            && document.kind(end + 1) == Kind::Number
            && !document.spaced(end)
        {
            let tail = document.word(end + 1);
            if let Some(second) = self.year_at(end + 1) {
                let season = matches!(document.word(end), "/") && second == year + 1;
                let mut dates = vec![one(at, at + 1, year, "date.year-range")];
                let last = self.year_mark(end + 2).unwrap_or(end + 2);
                if season {
                    dates[0].last = end + 2;
                } else {
                    dates.push(one(end + 1, last, second, "date.year-range"));
                }
                return Some(dates);
            }
            if tail.len() == 2
                && tail
                    .parse::<i16>()
                    .is_ok_and(|t| t == (year + 1) % 100 || (t > year % 100 && t < 40))
            {
                return Some(vec![one(at, end + 2, year, "date.season")]);
            }
            return None;
        }
        let marked = self.year_mark(end);
        if let Some(mark) = marked {
            end = mark;
        }
        let counts = document
            .longest(at + 1, |s| {
                matches!(
                    s,
                    Sense::Scale(_) | Sense::Currency(_) | Sense::Family(_) | Sense::Duration(_)
                )
                .then_some(())
            })
            .is_some()
            || matches!(document.word(at + 1), "%" | "°" | "€" | "$" | "£" | "₽");
        let symbol = at > 0 && matches!(document.word(at - 1), "$" | "€" | "£" | "¥" | "₹" | "₽");
        if (counts && marked.is_none()) || symbol {
            return None;
        }
        let glued = (at > 0
            && !document.spaced(at)
            && !matches!(
                document.word(at - 1),
                "(" | "«" | "\"" | "“" | "-" | "–" | "/" | "'" | "’" | "„" | "["
            )
            && document.kind(at - 1) != Kind::Ideograph
            && !document.word(at - 1).ends_with(['\'', '’']))
            || (document.kind(at + 1) == Kind::Word
                && !document.spaced(at + 1)
                && marked.is_none());
        if glued && document.kind(at.wrapping_sub(1)) != Kind::Break {
            return None;
        }
        (marked.is_some() || self.year_is_likely(at)).then(|| vec![one(at, end, year, "date.year")])
    }

    /// Returns whether four figures without a mark are a year: a cue before them, or nothing they could count.
    fn year_is_likely(&self, at: usize) -> bool {
        let document = self.document;
        let cue = |s| {
            matches!(
                s,
                Sense::YearCue
                    | Sense::Modifier(_)
                    | Sense::DateOf
                    | Sense::DateBetween
                    | Sense::DateTo
                    | Sense::Last
                    | Sense::Next
                    | Sense::This
                    | Sense::Month(_)
            )
        };
        if document.start_of(at, cue).is_some() {
            return true;
        }
        let number_before = at > 0
            && (document.kind(at - 1) == Kind::Number
                || matches!(document.word(at - 1), "№" | "°" | "º" | "#" | "§"));
        if number_before {
            return false;
        }
        match document.kind(at + 1) {
            Kind::Mark | Kind::Break => true,
            Kind::Number => false,
            Kind::Ideograph => false,
            Kind::Word => document.hits_at(at + 1).iter().any(|h| {
                !matches!(
                    h.sense,
                    Sense::Measure(_)
                        | Sense::Trigger(_, Form::Noun)
                        | Sense::Common
                        | Sense::CompanyMark
                        | Sense::Title
                )
            }),
        }
    }

    /// Reads a time of day behind a whole date: "à 08h13", ", 14:05".
    fn with_time(&self, end: usize, when: When) -> (usize, When) {
        let When::Calendar {
            year: Some(year), month: Some(month), day: Some(day), direction, ..
        } = when
        else {
            return (end, when);
        };
        let document = self.document;
        let short = |at: usize| {
            matches!(document.word(at), "," | "-" | "–" | "|" | "•")
                || (document.kind(at) == Kind::Word && document.word(at).chars().count() <= 3)
        };
        for start in [end, end + 1] {
            if start > end && !short(end) {
                break;
            }
            let (hour, mark, minute) =
                (document.word(start), document.word(start + 1), document.word(start + 2));
            let tight = !document.spaced(start + 1) && !document.spaced(start + 2);
            if matches!(mark, ":" | "h" | "H")
                && tight
                && minute.len() == 2
                && let (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) = (hour.parse(), minute.parse())
            {
                let when = When::Calendar {
                    year: Some(year),
                    month: Some(month),
                    day: Some(day),
                    time: Some((hour, minute)),
                    direction,
                };
                return (start + 3, when);
            }
        }
        (end, when)
    }

    fn modifier(&self, date: &StatedDate) -> Option<Modifier> {
        let found = |end: usize| {
            let start = self.document.start_of(end, |s| matches!(s, Sense::Modifier(_)))?;
            self.document.hits_at(start).iter().find_map(|h| match h.sense {
                Sense::Modifier(m) if h.last as usize == end => Some(m),
                _ => None,
            })
        };
        found(date.first).or_else(|| {
            // "début du mois de mai", "early in 2021".
            let start = self
                .document
                .start_of(date.first, |s| matches!(s, Sense::DateOf | Sense::YearCue))?;
            found(start)
        })
    }
}

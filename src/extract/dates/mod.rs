//! Dates as an article states them.
//!
//! A date keeps the precision of its words: "mars 2022" is a month, not its first day. Words that
//! need another date ("hier", "le même mois", "jeudi") leave as they are; [`crate::resolve::dates`]
//! settles them. No clock is read.
//!
//! Refused on purpose: durations ("trois mois"), clock times alone, numbers of laws and cases
//! ("2016/679", "SAN-2020-012"), four-digit counts ("2 021 plaintes").

mod calendar;
mod codes;
mod days;
mod figures;
mod marked;
mod relative;
mod years;

use crate::{
    base::{date::Modifier, token::Kind},
    pack::sense::{Sense, Unit, starts},
    text::document::Document,
};

/// A date as the words state it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedDate {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Index of its sentence.
    pub sentence: usize,
    /// Number of line breaks before it.
    pub paragraph: usize,
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

/// What the month of a lone day counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// So many months from that of publication: "the 7th of last month" is -1.
    Publication(i16),
    /// So many months from that of the date mentioned before: "the 10th of that month" is 0.
    Mention(i16),
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
    /// A day of a month that is not named ("13日", "오는 17일").
    DayOnly(u8, Option<Direction>),
    /// A day of a month that is told by another date ("今月30日", "il 10 di quel mese").
    DayOf(u8, Anchor),
}

impl When {
    /// Puts a day that has neither year nor direction after the day of publication.
    fn put_ahead(&mut self) {
        match self {
            Self::Weekday(_, direction @ None)
            | Self::DayOnly(_, direction @ None)
            | Self::Calendar { year: None, month: Some(_), direction: direction @ None, .. } => {
                *direction = Some(Direction::Next);
            }
            _ => {}
        }
    }

    /// Returns the month and day of a date without a year.
    fn day_of_year(&self) -> Option<(u8, u8)> {
        match self {
            Self::Calendar { year: None, month: Some(month), day, .. } => {
                Some((*month, day.unwrap_or(0)))
            }
            _ => None,
        }
    }

    fn ymd(year: Option<Year>, month: Option<u8>, day: Option<u8>) -> Self {
        Self::Calendar { year, month, day, time: None, direction: None }
    }
}

/// What a date leaves for the end of a range that it begins.
#[derive(Clone, Copy)]
struct Before {
    /// One past its last token.
    last: usize,
    /// Its month and day, if it says no year.
    day: Option<(u8, u8)>,
}

/// Words between one that looks ahead and the date that it puts there.
const AHEAD: usize = 5;

/// Words between a date that opens its sentence and one that puts it ahead.
const AHEAD_BEHIND: usize = 4;

/// Words before a date that opens its sentence.
const OPENING: usize = 2;

/// Returns the dates of a document, in order.
pub fn dates(document: &Document) -> Vec<StatedDate> {
    // Years of three figures mean a year only in articles of a country that counts so.
    let counts = &document.pack.short_years;
    let short_year =
        counts.iter().find(|(country, _)| document.speaks_of(*country)).map(|(_, base)| *base);
    let reader = Reader { document, short_year };
    let mut found: Vec<StatedDate> = Vec::new();
    let mut at = 0;
    while at < document.tokens.len() {
        if !document.may_start(at, starts::DATE) {
            at += 1;
            continue;
        }
        // "bis heute", "à ce jour" tell no day.
        if let Some(end) = reader.has(at, Sense::NoDate) {
            at = end;
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
    let (mut paragraph, mut seen) = (0, 0);
    let mut before: Option<Before> = None;
    for date in &mut found {
        date.modifier = date.modifier.or_else(|| reader.modifier(date));
        date.sentence = document.sentence_of(date.first);
        let begun = before.filter(|b| reader.date_joint(b.last) == Some(date.first));
        before = Some(Before { last: date.last, day: date.when.day_of_year() });
        if let Some(begun) = begun {
            reader.end_range(date, begun);
        } else if reader.is_ahead(date) {
            date.when.put_ahead();
        }
        let new = seen..date.first;
        paragraph += new.filter(|&at| document.kind(at) == Kind::Break).count();
        (date.paragraph, seen) = (paragraph, date.first.max(seen));
    }
    found
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    /// Year before the first of the country's own count.
    short_year: Option<i16>,
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
        let start = |last, when, rule| {
            vec![StatedDate {
                first: at,
                last,
                sentence: 0,
                paragraph: 0,
                when,
                modifier: None,
                rule,
            }]
        };
        if self.document.kind(at) == Kind::Number {
            if self.is_code(at) {
                return None;
            }
            if let Some((last, when, rule)) = self.figures(at) {
                let (last, when) = self.with_time(last, when);
                return Some(start(last, when, rule));
            }
        }
        if let Some(dates) = self.marked_days(at) {
            return Some(dates);
        }
        if let Some((last, when, rule)) = self.marked(at) {
            return Some(start(self.with_weekday(last, &when), when, rule));
        }
        if let Some(dates) = self.day_list(at).or_else(|| self.days_behind(at)) {
            return Some(dates);
        }
        if let Some((last, when)) = self.day_of(at) {
            return Some(start(last, when, "date.day-of"));
        }
        let calendar = self.day_month(at).or_else(|| self.year_first(at));
        if let Some((last, when)) =
            calendar.or_else(|| self.month_first(at)).or_else(|| self.told_year_first(at))
        {
            let (last, when) = self.with_time(self.with_weekday(last, &when), when);
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

    /// Returns whether a word that looks ahead ("expected", "vence") stands in the few words before a date, or
    /// right behind one that opens its sentence ("From April fares will rise").
    fn is_ahead(&self, date: &StatedDate) -> bool {
        let document = self.document;
        let sentence = document.sentences.get(date.sentence);
        let start = sentence.map_or(date.first, |s| s.start);
        let tells = |at: usize| document.hits_at(at).iter().any(|hit| hit.sense == Sense::Ahead);
        let behind = || {
            let end = sentence.map_or(date.last, |s| s.end.min(date.last + AHEAD_BEHIND));
            let clause = date.last..end;
            // "from 5 to 7 March": what stands between both ends tells nothing.
            date.first <= start + OPENING
                && self.date_joint(date.last).is_none()
                && clause.take_while(|&at| document.kind(at) != Kind::Mark).any(tells)
        };
        (start.max(date.first.saturating_sub(AHEAD))..date.first).any(tells) || behind()
    }

    /// Settles the end of a range by its beginning: "from 5 to 7 March" is of one year, and "to"
    /// sets no deadline.
    fn end_range(&self, date: &mut StatedDate, begun: Before) {
        if date.modifier == Some(Modifier::Before) {
            date.modifier = None;
        }
        let (Some(first), Some(last)) = (begun.day, date.when.day_of_year()) else { return };
        if let When::Calendar { year, .. } = &mut date.when {
            *year = Some(Year::FromMention(i16::from(last < first)));
        }
    }

    /// Takes in the weekday behind a whole date: "7 Aralık 2020 Pazartesi", "2021年3月3日(水)",
    /// "2024. január 18., csütörtök".
    fn with_weekday(&self, end: usize, when: &When) -> usize {
        let whole = matches!(when, When::Calendar { year: Some(_), day: Some(_), .. });
        let bracket = matches!(self.document.word(end), "(" | "（");
        let at = if bracket || self.is_mark(end, ",") { end + 1 } else { end };
        let day = self.document.longest(at, |s| matches!(s, Sense::Weekday(_)).then_some(()));
        match day {
            Some((last, ())) if whole && bracket => last + 1,
            Some((last, ())) if whole => last,
            _ => end,
        }
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

//! Publication dates as records and pages write them.
//!
//! Read: ISO 8601 in all its shapes, RFC 2822, "December 17, 2021 8:13 AM", "17/12/2021 08:13",
//! seconds and milliseconds since 1970, `20211217`, `2021-12`, `2021`. Refused: what is no date of
//! the calendar, years outside 1990 to 2100, and 03/04/2021 in a language that may write either.
//! A time without a zone counts as UTC; the day is the one that is written, whatever the zone.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use crate::clean::article::Published;

/// Where these dates come from.
const FROM: &str = "metadata";

/// Reads a publication date; `is_month_first` tells that 12/17 may stand for 17 December.
pub fn published(text: &str, is_month_first: bool) -> Option<Published> {
    let text = text.trim();
    if text.len() < 4 || text.len() > 80 {
        return None;
    }
    let parsed =
        if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !text.contains("..") {
            figures(text).or_else(|| words(text, is_month_first))
        } else {
            iso(text).or_else(|| words(text, is_month_first))
        };
    parsed.filter(|published| (1990..=2100).contains(&published.first.year()))
}

/// Longest line that a page shows as its date, in bytes.
const LONGEST_SHOWN: usize = 160;

/// Reads the date that a page shows: "Posted by Ann on December 27, 2014 at 12:06 PM, updated …".
pub(super) fn shown(text: &str, is_month_first: bool) -> Option<Published> {
    if text.len() > LONGEST_SHOWN {
        return None;
    }
    let is_date = |word: &str| word.contains(|c: char| c.is_ascii_digit()) || is_month(word);
    let start = text
        .split_inclusive(char::is_whitespace)
        .try_fold(0, |at, word| if is_date(word) { Err(at) } else { Ok(at + word.len()) });
    let rest = text.get(start.err()?..)?;
    // What follows the first date may be another one.
    let mut end = rest.find(['|', '•', '·', '(']).unwrap_or(rest.len());
    if let Some((at, _)) = rest.match_indices(", ").nth(1) {
        end = end.min(at);
    }
    let found = published(rest.get(..end)?, is_month_first)?;
    (found.granularity != "year" && found.granularity != "month")
        .then_some(Published { from: "byline", ..found })
}

/// Returns whether a word is the name of a month, and not a word that begins like one.
fn is_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && month_of(word).is_some()
}

/// Finds the day that an address states: `/2021/05/03/`, `/2021-05-03-title`, `/20210503/`.
///
/// Refused: figures that belong to a longer number, days that do not exist, and months alone, which
/// archives have.
pub(super) fn in_address(url: &str) -> Option<Published> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let path = path.split(['?', '#']).next()?;
    let starts =
        std::iter::once(0).chain(path.match_indices(['/', '-', '_']).map(|(at, _)| at + 1));
    starts.filter_map(|at| path.get(at..)).find_map(|rest| {
        let mut reader = Reader { rest };
        let year = reader.digits(4, 4).filter(|year| (1990..=2100).contains(year))?;
        let mark = reader.rest.chars().next().filter(|c| matches!(c, '/' | '-' | '_'));
        let mut next = |least| {
            if let Some(mark) = mark
                && !reader.accepts(&[mark])
            {
                return None;
            }
            reader.digits(least, 2)
        };
        let least = if mark.is_some() { 1 } else { 2 };
        let (month, day) = (next(least)?, next(least)?);
        let ends = !reader.rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        let date = Date::new(year as i16, month as i8, day as i8).ok().filter(|_| ends);
        partial(date, "day")
    })
}

fn partial(first: Option<Date>, granularity: &'static str) -> Option<Published> {
    Some(Published { at: None, first: first?, granularity, from: FROM })
}

/// Reads digits alone: a year, a compact date, or time since 1970.
fn figures(text: &str) -> Option<Published> {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if whole.len() >= 9 && !fraction.contains('.') => whole,
        Some(_) => return None,
        None => text,
    };
    let number = |from: usize, to: usize| whole.get(from..to)?.parse::<i16>().ok();
    let date = |day: i16| Date::new(number(0, 4)?, number(4, 6)? as i8, day as i8).ok();
    match whole.len() {
        4 => partial(Date::new(number(0, 4)?, 1, 1).ok(), "year"),
        6 => partial(date(1), "month"),
        8 => partial(date(number(6, 8)?), "day"),
        14 => {
            let time =
                Time::new(number(8, 10)? as i8, number(10, 12)? as i8, number(12, 14)? as i8, 0);
            moment(date(number(6, 8)?)?.to_datetime(time.ok()?), 0, "second")
        }
        9 | 10 => since(whole.parse::<i64>().ok()?.checked_mul(1000)?),
        12 | 13 => since(whole.parse().ok()?),
        16 => since(whole.parse::<i64>().ok()? / 1_000),
        19 => since(whole.parse::<i64>().ok()? / 1_000_000),
        _ => None,
    }
}

fn since(milliseconds: i64) -> Option<Published> {
    let at = Timestamp::from_millisecond(milliseconds).ok()?;
    let first = at.to_zoned(TimeZone::UTC).date();
    Some(Published { at: Some(milliseconds), first, granularity: "second", from: FROM })
}

fn moment(local: DateTime, offset_seconds: i64, granularity: &'static str) -> Option<Published> {
    let utc = local.checked_sub(SignedDuration::from_secs(offset_seconds)).ok()?;
    let at = utc.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some(Published { at: Some(at), first: local.date(), granularity, from: FROM })
}

/// Reads `2021-12-17T08:13:00+01:00` and everything shorter.
fn iso(text: &str) -> Option<Published> {
    let mut reader = Reader { rest: text };
    let year = reader.digits(4, 4)?;
    if !reader.accepts(&['-', '/', '.', '年']) {
        return None;
    }
    let month = reader.digits(1, 2)?;
    let day_follows = reader.accepts(&['-', '/', '.', '月']);
    let Some(day) = day_follows.then(|| reader.digits(1, 2)).flatten() else {
        let is_whole = reader.rest.trim().is_empty();
        return partial(
            Date::new(year.cast_signed(), month as i8, 1).ok().filter(|_| is_whole),
            "month",
        );
    };
    let date =
        Date::new(year.cast_signed(), i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    reader.accepts(&['日']);
    if reader.rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    timed(date, reader.rest)
}

/// Reads the time of day and zone that may follow a date.
fn timed(date: Date, rest: &str) -> Option<Published> {
    match clock(rest) {
        None => partial(Some(date), "day"),
        Some((time, granularity, zone)) => {
            moment(date.to_datetime(time), offset(zone), granularity)
        }
    }
}

/// Finds `08:13`, `08:13:00.123`, `8:13 PM`, `08h13`; returns what follows it too.
fn clock(text: &str) -> Option<(Time, &'static str, &str)> {
    let colon = text.find([':', 'h'])?;
    let start = text.get(..colon)?.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let start = (start..=colon).find(|at| text.is_char_boundary(*at))?;
    let mut reader = Reader { rest: text.get(start..)? };
    let mut hour = reader.digits(1, 2)?;
    reader.accepts(&[':', 'h']);
    let minute = reader.digits(2, 2)?;
    let mut granularity = "minute";
    let mut second = 0;
    let before = reader.rest;
    if reader.accepts(&[':']) {
        match reader.digits(2, 2) {
            Some(value) => {
                second = value;
                granularity = "second";
                if reader.accepts(&['.', ',']) {
                    reader.rest = reader.rest.trim_start_matches(|c: char| c.is_ascii_digit());
                }
            }
            None => reader.rest = before,
        }
    }
    let after = reader.rest.trim_start();
    let half = after.get(..2).unwrap_or_default().to_ascii_lowercase();
    if half == "pm" && hour < 12 {
        hour += 12;
    } else if half == "am" && hour == 12 {
        hour = 0;
    }
    let time = Time::new(i8::try_from(hour).ok()?, minute as i8, (second as i8).min(59), 0).ok()?;
    Some((time, granularity, after))
}

/// Returns the seconds east of Greenwich that a zone says, 0 if it says nothing.
fn offset(zone: &str) -> i64 {
    const HOURS: [(&str, i64); 10] = [
        ("CEST", 2),
        ("CET", 1),
        ("BST", 1),
        ("EDT", -4),
        ("EST", -5),
        ("CDT", -5),
        ("CST", -6),
        ("MDT", -6),
        ("PDT", -7),
        ("PST", -8),
    ];
    if let Some(at) = zone.find(['+', '-', '−']) {
        let sign = if zone.get(at..).is_some_and(|rest| rest.starts_with('+')) { 1 } else { -1 };
        let rest = zone.get(at..).unwrap_or_default();
        let digits: String =
            rest.chars().skip(1).filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
        let part =
            |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<i64>().ok());
        return match digits.len() {
            1 | 2 => sign * 3600 * digits.parse::<i64>().unwrap_or(0),
            4.. => sign * (3600 * part(0, 2).unwrap_or(0) + 60 * part(2, 4).unwrap_or(0)),
            _ => 0,
        };
    }
    HOURS.iter().find(|(name, _)| zone.contains(name)).map_or(0, |(_, hours)| hours * 3600)
}

/// Reads "Fri, 17 Dec 2021 08:13:00 +0100", "December 17, 2021", "17/12/2021 08:13".
fn words(text: &str, is_month_first: bool) -> Option<Published> {
    let cut =
        text.find(':').and_then(|colon| text.get(..colon)?.rfind(|c: char| !c.is_ascii_digit()));
    let (day_part, time_part) = match cut {
        Some(at) => text.split_at_checked(at)?,
        None => (text, ""),
    };
    let month = month_of(day_part);
    let numbers: Vec<(usize, i64)> = day_part
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| Some((digits.len(), digits.parse().ok()?)))
        .collect();
    let date = match (month, numbers.as_slice()) {
        (Some(month), [(4, year)]) if time_part.is_empty() => {
            return partial(Date::new(*year as i16, month, 1).ok(), "month");
        }
        (Some(month), [(1 | 2, day), (4, year), ..]) => Date::new(*year as i16, month, *day as i8),
        (None, [(1 | 2, first), (1 | 2, second), (4, year), ..]) => {
            let is_dotted = day_part.contains('.');
            let (day, month) = match (*first, *second) {
                (first, second) if first > 12 || is_dotted => (first, second),
                (first, second) if second > 12 => (second, first),
                (first, second) if first == second || !is_month_first => (first, second),
                _ => return None,
            };
            Date::new(*year as i16, month as i8, day as i8)
        }
        _ => return None,
    };
    // The year stands last in RFC 850 style "17 Dec 2021", so the time follows it.
    timed(date.ok()?, time_part)
}

/// Finds an English month name.
pub(super) fn month_of(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    text.split(|c: char| !c.is_alphabetic()).find_map(|word| {
        let word = word.to_lowercase();
        let is_month = |name: &&str| {
            word.len() >= 3
                && (name.starts_with(&word) || word == "sept" && name.starts_with("sep"))
        };
        MONTHS.iter().position(is_month).map(|at| at as i8 + 1)
    })
}

/// Reads a text from its start.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<u16> {
        let count = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(count)?;
        let value = digits.parse().ok().filter(|_| count >= least)?;
        self.rest = rest;
        Some(value)
    }

    fn accepts(&mut self, marks: &[char]) -> bool {
        self.rest.strip_prefix(marks).is_some_and(|rest| {
            self.rest = rest;
            true
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_its_date_among_other_words() {
        let day = |text: &str| shown(text, true).map(|found| found.first.to_string());
        for text in [
            "on December 27, 2014 at 12:06 PM, updated December 28, 2014 at 12:10 PM",
            "Published: Saturday, December 27, 2014",
            "27/12/2014 08:13",
            "2014-12-27 20:52:15",
            "2014/12/27 5:50",
            "Ann Bee | 27.12.2014",
            "By Ann Bee Dec. 27, 2014",
        ] {
            assert_eq!(day(text).as_deref(), Some("2014-12-27"), "{text}");
        }
        for text in ["12 comments", "Marchers came in 2014", "2014", "5 min read", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_may_state_a_day() {
        let day = |url: &str| in_address(url).map(|found| found.first.to_string());
        for url in [
            "https://x.org/news/2021/05/03/fine.html",
            "https://x.org/2021/5/3/",
            "https://x.org/news/2021-05-03-fine",
            "https://x.org/bank-fined-2021-05-03",
            "http://x.org/a/20210503/b.htm?c=2020/01/01",
        ] {
            assert_eq!(day(url).as_deref(), Some("2021-05-03"), "{url}");
        }
        for url in [
            "https://x.org/2021/05/",
            "https://x.org/2021/13/03/a",
            "https://x.org/article-202105031",
            "https://2021-05-03.org/a",
            "https://x.org/?day=2021-05-03",
            "https://x.org/iso-9001-12-12",
            "2021/05/03",
        ] {
            assert_eq!(day(url), None, "{url}");
        }
    }
}

//! When an article was published, if its own text says so.
//!
//! A whole date that stands alone on one of the first lines ("Le 17 décembre 2021 à 08h13") or in
//! a part of such a line ("Par la rédaction | Publié le 3 mai 2021 | 4 min"), a dateline in front
//! of the first words ("ROMA, 3 ottobre 2022 - …"), or a text that opens with "date 2021-12".
//! A dateline without its year ("BRUSSELS, Nov 14 – … on Thursday") has the year in which that day was
//! that weekday: the newest one that the article states, or the next. Metadata and the command line
//! come first. Refused: a date that a sentence speaks of.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use crate::{
    base::{date::Granularity, token::Kind},
    clean::article::Published,
    extract::dates::{StatedDate, When, Year},
    resolve::dates::{settle, years},
    text::document::Document,
};

/// Lines from the top in which a date that stands alone is the date of publication.
const TOP: usize = 8;
/// Words that may stand beside it ("Publié le", "à", "par").
const BESIDE: usize = 6;
/// Words that may stand between the start of a line and a dateline's date: places, an agency.
const AHEAD: usize = 9;
/// Tokens behind a dateline's date within which its mark stands ("(ANP), 22:03 –").
const BEHIND: usize = 8;

/// Returns the date of publication that the text itself states.
pub fn stated(document: &Document, dates: &[StatedDate]) -> Option<Published> {
    let lines = top(document);
    let end = lines.last().map_or(0, |line| line.end);
    // Dates are in order: behind the first lines there is nothing to look for.
    let ahead = || dates.iter().take_while(|date| date.first < end);
    let whole = ahead().find_map(|date| {
        let When::Calendar { year: Some(Year::Stated(year)), month: Some(_), day, time, .. } =
            date.when
        else {
            return None;
        };
        if year < 1990 {
            return None;
        }
        let line = lines.iter().find(|line| line.contains(&date.first))?;
        let opens = date.first == 1 && document.word(0).eq_ignore_ascii_case("date");
        // "RTBF Sport - août 2022": a month has its line to itself.
        let is_month = day.is_none() && line.start > 0 && line.len() <= BESIDE;
        let is_day =
            day.is_some() && (is_alone(document, date, line) || heads(document, date, line));
        if !is_day && !is_month && !opens {
            return None;
        }
        let settled = settle(std::slice::from_ref(date), None).pop()?;
        let (first, _) = settled.days?;
        let granularity = match settled.granularity {
            Granularity::Minute => "minute",
            Granularity::Day => "day",
            _ => "month",
        };
        let at = time.and_then(|(hour, minute)| {
            let moment =
                first.at(hour as i8, minute as i8, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            Some(moment.timestamp().as_millisecond())
        });
        Some(Published { at, first, granularity, from: if opens { "text" } else { "byline" } })
    });
    whole.or_else(|| {
        let (date, line) = ahead().find_map(|date| {
            let line = lines.iter().find(|line| line.contains(&date.first))?;
            heads(document, date, line).then_some((date, line))
        })?;
        let first = day_of_weekday(date, ahead().filter(|d| line.contains(&d.first)), dates)?;
        Some(Published { at: None, first, granularity: "day", from: "byline" })
    })
}

/// Returns the day that a dateline without its year means, by the weekday that its line speaks of.
fn day_of_weekday<'d>(
    dateline: &StatedDate,
    mut beside: impl Iterator<Item = &'d StatedDate>,
    dates: &[StatedDate],
) -> Option<Date> {
    let When::Calendar { year: None, month: Some(month), day: Some(day), .. } = dateline.when
    else {
        return None;
    };
    let weekday = beside.find_map(|date| match date.when {
        When::Weekday(weekday, _) => Weekday::from_monday_one_offset(weekday as i8).ok(),
        _ => None,
    })?;
    let newest = years::newest(dates)?;
    [newest, newest + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month as i8, day as i8).ok())
        .find(|day| day.weekday() == weekday)
}

/// Returns the first lines of a text, as ranges of tokens.
fn top(document: &Document) -> Vec<Range<usize>> {
    let all = document.tokens.len();
    let mut lines = Vec::with_capacity(TOP + 1);
    let mut start = 0;
    while lines.len() <= TOP && start <= all {
        let end = (start..all).find(|at| document.kind(*at) == Kind::Break).unwrap_or(all);
        lines.push(start..end);
        start = end + 1;
    }
    lines
}

/// Returns whether hardly anything stands beside a date, on its line or in its part of it.
fn is_alone(document: &Document, date: &StatedDate, line: &Range<usize>) -> bool {
    let divides = |at: &usize| matches!(document.word(*at), "|" | "•" | "·" | "/" | "—" | "–");
    // Farther away it makes no difference.
    let (from, until) = (date.first.saturating_sub(BESIDE + 1), date.last + BESIDE + 1);
    let before = (line.start.max(from)..date.first).rev().find(divides);
    let start = before.map_or(line.start, |at| at + 1);
    let end = (date.last..line.end.min(until)).find(divides).unwrap_or(line.end);
    let is_part = start > line.start || end < line.end;
    let beside = (date.first - start) + (end - date.last);
    // The headline's own line is no line of a date.
    beside <= BESIDE && (line.start > 0 || is_part) && !is_sentence(document, line, is_part)
}

/// Returns whether a line that was cut into parts runs on as a text.
fn is_sentence(document: &Document, line: &Range<usize>, is_part: bool) -> bool {
    is_part && line.len() > 30 && document.word(line.end.saturating_sub(1)) == "."
}

/// Returns whether a date heads its line as a dateline: behind names only, before a dash or colon.
fn heads(document: &Document, date: &StatedDate, line: &Range<usize>) -> bool {
    if line.start == 0 || date.first - line.start > AHEAD {
        return false;
    }
    let is_name = |at: usize| match document.kind(at) {
        Kind::Word => {
            document.tokens.get(at).is_some_and(|token| token.capital)
                || !document.word(at).chars().any(char::is_lowercase)
        }
        Kind::Mark | Kind::Ideograph => true,
        Kind::Number | Kind::Break => false,
    };
    if !(line.start..date.first).all(is_name) {
        return false;
    }
    let is_bracketed = matches!(document.word(date.first.wrapping_sub(1)), "(" | "（" | "[");
    if is_bracketed && date.first > line.start + 1 {
        return matches!(document.word(date.last), ")" | "）" | "]");
    }
    let mut depth = 0;
    for at in date.last..(date.last + BEHIND).min(line.end) {
        match document.word(at) {
            "(" | "[" | "（" => depth += 1,
            ")" | "]" | "）" => depth -= 1,
            "-" | "–" | "—" | ":" | "―" if depth == 0 => return true,
            // "Madrid, 13 de enero de 2021. La Agencia …": behind a place and its comma.
            "." if depth == 0 && document.word(date.first.wrapping_sub(1)) == "," => return true,
            "." | "," => {}
            // "9 серпня 2022 року.", "2016 г.": the word for "year" may stand behind the figure.
            _ if depth == 0 && document.kind(at) == Kind::Word && at > date.last + 1 => {
                return false;
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        extract::dates::dates,
        pack::{compile::Pack, tables::Tables, world::World},
    };

    fn published(lang: Lang, text: &str) -> Option<String> {
        let tables = Tables::default();
        let world = World::load(&tables).unwrap();
        let pack = Pack::load(lang, &tables, &world.currencies).unwrap();
        let document = Document::new(&pack, text, 0);
        stated(&document, &dates(&document)).map(|found| found.first.to_string())
    }

    #[test]
    fn a_date_alone_on_a_line_or_in_a_part_of_it_is_the_publication() {
        for line in [
            "Le 3 mai 2021 à 08h13",
            "Par la rédaction | Publié le 3 mai 2021 à 18h02 | Lecture : 3 min",
        ] {
            let text = format!("Une amende pour Exempla\n{line}\n\nLa CNIL a tranché jeudi.");
            assert_eq!(published(Lang::Fr, &text).as_deref(), Some("2021-05-03"), "{line}");
        }
    }

    #[test]
    fn a_dateline_is_the_publication_and_a_date_of_the_story_is_not() {
        for (lang, start) in [
            (Lang::It, "ROMA, 3 maggio 2021 - Il Garante ha deciso."),
            (Lang::En, "WASHINGTON, May 3, 2021 (Wire) -- The agency has decided."),
            (Lang::En, "London, 3 May 2021: The agency has decided."),
        ] {
            let text = format!("Exempla\n\n{start}");
            assert_eq!(published(lang, &text).as_deref(), Some("2021-05-03"), "{start}");
        }
        let undated = "Exempla\n\nBRUSSELS, Nov 14 (Wire) - Exempla was fined on Thursday. It was charged in May 2023.";
        assert_eq!(published(Lang::En, undated).as_deref(), Some("2024-11-14"));
        assert_eq!(published(Lang::En, &undated.replace("Thursday", "Friday")), None);
        for (lang, start) in [
            (Lang::It, "Il 3 maggio 2021 il Garante ha deciso - e non da solo."),
            (Lang::En, "The agency decided on 3 May 2021. It was late."),
        ] {
            let text = format!("Exempla\n\n{start}");
            assert_eq!(published(lang, &text), None, "{start}");
        }
    }
}

//! When an article was published, if its own text says so.
//!
//! A whole date that stands alone on one of the first lines ("Le 17 décembre 2021 à 08h13"), or a
//! text that opens with "date 2021-12". Metadata and the command line come first.

use crate::{
    base::date::Granularity,
    clean::article::Published,
    extract::dates::{StatedDate, When, Year},
    resolve::dates::settle,
    text::document::Document,
};

/// Lines from the top in which a date that stands alone is the date of publication.
const TOP: usize = 8;
/// Words that may stand beside it ("Publié le", "à", "par").
const BESIDE: usize = 6;

/// Returns the date of publication that the text itself states.
pub fn stated(document: &Document, dates: &[StatedDate]) -> Option<Published> {
    dates.iter().find_map(|date| {
        let sentence_index = document.sentence_of(date.first);
        let sentence = document.sentences.get(sentence_index)?;
        let When::Calendar { year: Some(Year::Stated(year)), month: Some(_), day, time, .. } =
            date.when
        else {
            return None;
        };
        if year < 1990 || sentence_index > TOP {
            return None;
        }
        let alone =
            sentence.len() - (date.last.min(sentence.end) - date.first) <= BESIDE && day.is_some();
        let opens = date.first <= 2
            && sentence_index == 0
            && document.word(0).eq_ignore_ascii_case("date")
            && date.first == 1;
        if !alone && !opens {
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
    })
}

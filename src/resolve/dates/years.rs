//! Years that the words leave out.
//!
//! The sentence's own date comes first ("in July 2022 it asked …, by October"), then the day of
//! publication, then the newest date that the article states.

use jiff::civil::Date;

use super::Context;
use crate::{
    base::date::{Granularity, Modifier, month_end, plus_days, plus_months},
    extract::dates::{Direction, StatedDate, When, Year},
};

/// Tokens from the date before within which it settles the year in the next sentence too.
const NEAR: usize = 12;

/// Days within which a day is bygone that "until" names without its year.
const BYGONE: i64 = 60;

/// When an article was written, as its own dates tell.
#[derive(Clone, Copy)]
pub(super) struct Written {
    year: i16,
    /// The newest month that is stated with its year, if any is.
    month: Option<Date>,
}

/// Returns when an article without a day of publication was written: in the newest year that it states.
pub(super) fn written(stated: &[StatedDate]) -> Option<Written> {
    let month_of = |date: &StatedDate| match date.when {
        When::Calendar { year: Some(Year::Stated(year)), month: Some(month), .. } => {
            Date::new(year, month as i8, 1).ok()
        }
        _ => None,
    };
    let year = newest(stated)?;
    let month = past(stated).filter_map(month_of).max();
    Some(Written { year, month: month.filter(|month| month.year() == year) })
}

/// Returns the newest year that an article states otherwise than as a deadline.
pub(in crate::resolve) fn newest(stated: &[StatedDate]) -> Option<i16> {
    past(stated).filter_map(year_of).max()
}

fn past(stated: &[StatedDate]) -> impl Iterator<Item = &StatedDate> {
    stated.iter().filter(|date| date.modifier != Some(Modifier::Before))
}

fn year_of(date: &StatedDate) -> Option<i16> {
    match date.when {
        When::Calendar { year: Some(Year::Stated(year)), .. }
        | When::Quarter(Some(year), _)
        | When::Half(Some(year), _) => Some(year),
        _ => None,
    }
}

impl Context {
    /// Returns the year of a day or month that is stated without one.
    pub(super) fn year_for(
        &self,
        date: &StatedDate,
        month: u8,
        day: Option<u8>,
        direction: Option<Direction>,
    ) -> Option<i16> {
        if direction != Some(Direction::Last)
            && let Some(year) = self.year_beside(date, month)
        {
            return Some(year);
        }
        let Some(published) = self.published else { return self.year_written(month, direction) };
        let year = published.first.year();
        if published.granularity == "year" {
            return Some(year);
        }
        let candidate = Date::new(year, month as i8, day.unwrap_or(1).min(28) as i8).ok()?;
        // News speaks of the past, and of deadlines some weeks ahead.
        let horizon = match (direction, published.granularity) {
            (Some(Direction::Last), _) => published.first,
            (Some(Direction::Next), _) => plus_months(published.first, 12),
            (_, "month") => plus_days(month_end(published.first), 40),
            _ => plus_days(published.first, 45),
        };
        let earliest = if direction == Some(Direction::Next) {
            published.first
        } else {
            plus_months(horizon, -12)
        };
        // "Until 7 March" a week later is no deadline of next year.
        let (earliest, horizon) = if date.modifier == Some(Modifier::Before) {
            (plus_days(earliest, -BYGONE), plus_days(horizon, -BYGONE))
        } else {
            (earliest, horizon)
        };
        [year, year - 1, year + 1]
            .into_iter()
            .find(|y| candidate.with().year(*y).build().is_ok_and(|d| d <= horizon && d > earliest))
            .or(Some(year))
    }

    /// Returns the year of the date that the same sentence, or the few words before, names.
    fn year_beside(&self, date: &StatedDate, month: u8) -> Option<i16> {
        let before = self.previous.filter(|p| p.paragraph == date.paragraph)?;
        let in_sentence = before.sentence == date.sentence;
        let near = in_sentence || date.first.saturating_sub(before.token) < NEAR;
        let year = before.first.year();
        if before.granularity > Granularity::Month {
            // "preveril firmu v roku 2016; protokol sa prerokoval 13. júna"
            return (in_sentence && self.published.is_none()).then_some(year);
        }
        // "in December it opened a case, and in January fined"
        let turned = i16::from(before.first.month()) - i16::from(month) > 4;
        let Some(published) = self.published else { return Some(year + i16::from(turned)) };
        // "The record date is 14 August 2025, the money arrives on 1 September."
        if in_sentence && before.first > plus_days(published.first, 45) {
            return Some(year + i16::from(turned));
        }
        let ahead = published.first.year();
        // What is of the year of publication needs no help.
        (near && year != ahead).then_some(year + i16::from(turned && year < ahead))
    }

    /// Returns the year of a month where nobody says when the article was written: its own months tell, and of what is
    /// told as the last one nothing else does.
    fn year_written(&self, month: u8, direction: Option<Direction>) -> Option<i16> {
        let written = self.written?;
        if direction == Some(Direction::Last) && written.month.is_none() {
            return None;
        }
        let later = written.month.is_some_and(|m| i16::from(month) > i16::from(m.month()) + 1);
        Some(written.year - i16::from(later))
    }
}

//! Days of a month that is not named beside them: "今月30日", "il 10 di quel mese", "dia 27".

use super::{Anchor, Read, Reader, When};
use crate::pack::sense::{Sense, Unit};

impl Reader<'_, '_> {
    /// Reads a day whose month another date tells.
    pub(super) fn day_of(&self, at: usize) -> Read<When> {
        if let Some((end, anchor)) = self.month_told(at) {
            let (end, day) = self.marked_day(self.skip(end, Sense::DateOf))?;
            return Some((end, When::DayOf(day, anchor)));
        }
        // "翌21日": the next day, the 21st.
        if let Some((end, ())) = self.document.longest(at, |s| match s {
            Sense::Context(Unit::Day, 1) => Some(()),
            _ => None,
        }) {
            let (end, day) = self.marked_day(end)?;
            return Some((end, When::DayOf(day, Anchor::Mention(0))));
        }
        let noun = self.has(at, Sense::DayNoun);
        let (end, day) = self.listed_day(noun.unwrap_or(at))?;
        if let Some((end, anchor)) = self.month_told(self.skip(end, Sense::DateOf)) {
            return Some((end, When::DayOf(day, anchor)));
        }
        noun?;
        let dated = self.month_at(self.skip(end, Sense::DateOf)).is_some()
            || self.figures(end - 1).is_some()
            || self.has(end, Sense::DateTo).is_some_and(|next| self.day_month(next).is_some());
        (!dated).then_some((end, When::DayOf(day, Anchor::Mention(0))))
    }

    /// "last month", "the same month".
    fn month_told(&self, at: usize) -> Read<Anchor> {
        self.document.longest(at, |s| match s {
            Sense::Relative(Unit::Month, offset) => Some(Anchor::Publication(offset.into())),
            Sense::Context(Unit::Month, offset) => Some(Anchor::Mention(offset.into())),
            _ => None,
        })
    }

    /// Reads the figure of a day that carries its mark: "30日".
    fn marked_day(&self, at: usize) -> Read<u8> {
        let day = self.small(at, 31)?;
        Some((self.has(at + 1, Sense::DayMark)?, day))
    }

    /// Reads the figure of a day with or without its mark: "5", "5.", "5ης".
    pub(super) fn listed_day(&self, at: usize) -> Read<u8> {
        let day = self.small(at, 31)?;
        let next = at + 1;
        let end = match self.has(next, Sense::DayMark) {
            Some(end) => end,
            None if self.document.pack.dotted_ordinals && self.is_mark(next, ".") => next + 1,
            None => next,
        };
        Some((end, day))
    }
}

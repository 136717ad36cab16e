//! Dates whose figures carry marks: "2021年3月3日", "令和3年", "2021년 3월", "13日".

use super::{Read, Reader, StatedDate, When, Year, calendar::listed};
use crate::{
    base::{money::Exact, token::Kind},
    extract::numbers::number,
    pack::sense::{Form, Sense, Unit},
};

impl Reader<'_, '_> {
    pub(super) fn marked(&self, at: usize) -> Option<(usize, When, &'static str)> {
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
            } else if let Some(mark) = self.has(end, Sense::YearMark)
                && let Some(full) = self.full_year(start, value)
            {
                let of = self.skip(mark, Sense::DateOf);
                if self.small(of, 12).is_some_and(|_| self.has(of + 1, Sense::MonthMark).is_some())
                {
                    year = Some(Year::Stated(full));
                    next = of;
                } else if value != full && value > 99 {
                    let when = When::ymd(Some(Year::Stated(full)), None, None);
                    return Some((mark, when, "date.era"));
                }
            }
        } else if let Some((end, offset)) = self.document.longest(at, |s| match s {
            Sense::Relative(Unit::Year, o) => Some(Year::FromPublication(o.into())),
            Sense::Context(Unit::Year, o) => Some(Year::FromMention(o.into())),
            _ => None,
        }) && self
            .small(end, 12)
            .is_some_and(|_| self.has(end + 1, Sense::MonthMark).is_some())
        {
            year = Some(offset);
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

    /// "5월 3∼5일", "3月5、6日": two days share the mark of the last.
    pub(super) fn marked_days(&self, at: usize) -> Option<Vec<StatedDate>> {
        let month = self.small(at, 12)?;
        let first = self.has(at + 1, Sense::MonthMark)?;
        let one = self.small(first, 31)?;
        let joint = matches!(
            self.document.word(first + 1),
            "∼" | "~" | "〜" | "～" | "-" | "–" | "、" | "," | "·" | "・" | "至"
        );
        let two = self.small(first + 2, 31).filter(|_| joint)?;
        let last = self.has(first + 3, Sense::DayMark)?;
        let when = |day| When::ymd(None, Some(month), Some(day));
        Some(vec![listed(at, first + 1, when(one)), listed(first + 2, last, when(two))])
    }

    /// Returns the year that marked figures mean: "21年4月" in a newspaper, "114年" in Taiwan.
    fn full_year(&self, at: usize, value: i16) -> Option<i16> {
        if self.year_at(at).is_some() {
            return Some(value);
        }
        let figures = self.document.word(at).chars().count();
        if figures == 2 && (10..=40).contains(&value) {
            return Some(2000 + value);
        }
        if figures != 3 || !(90..=130).contains(&value) {
            return None;
        }
        self.short_year.map(|base| base + value)
    }

    /// "13日", where the mark stands for nothing else; "今（12）日".
    fn day_only(&self, at: usize) -> Option<(usize, When, &'static str)> {
        let day = self.small(at, 31)?;
        let bracketed = at > 0
            && matches!(self.document.word(at - 1), "(" | "（")
            && matches!(self.document.word(at + 1), ")" | "）");
        let mark = if bracketed { at + 2 } else { at + 1 };
        let end = self.has(mark, Sense::DayMark)?;
        let tight = self.document.kind(mark) == Kind::Ideograph
            || self.document.word(mark).starts_with(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
        // "13日間" is a duration.
        let duration = self
            .document
            .longest(mark, |s| matches!(s, Sense::Duration(_)).then_some(()))
            .is_some_and(|(e, ())| e > end);
        // "영업정지 15일", "業務停止15日": how long, not when.
        let is_term = |s| matches!(s, Sense::Trigger(_, Form::Noun));
        let duration = duration || self.document.start_of(at, is_term).is_some();
        let direction = self.direction_before(at);
        (tight && !duration).then_some((end, When::DayOnly(day, direction), "date.day-only"))
    }

    pub(super) fn figure_or_first(&self, at: usize, era: bool) -> Read<i16> {
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
}

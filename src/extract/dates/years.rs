//! Years that stand alone, and the marks and cues beside them.
//!
//! Refused: four figures that count something ("2 021 plaintes", "2000 euros").

use super::{Read, Reader, StatedDate, When, Year};
use crate::{
    base::token::Kind,
    extract::numbers::number,
    pack::sense::{Form, Sense},
};

impl Reader<'_, '_> {
    /// Reads a year and the marks around it.
    pub(super) fn year_mention(&self, at: usize) -> Read<i16> {
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

    pub(super) fn year_mark(&self, at: usize) -> Option<usize> {
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

    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        self.document.sentences.get(self.document.sentence_of(at)).is_some_and(|s| s.end == at + 1)
    }

    pub(super) fn years(&self, at: usize) -> Option<Vec<StatedDate>> {
        let year = self.year_at(at)?;
        let document = self.document;
        let one = |first, last, year, rule| StatedDate {
            first,
            last,
            sentence: 0,
            paragraph: 0,
            when: When::ymd(Some(Year::Stated(year)), None, None),
            modifier: None,
            rule,
        };
        let mut end = at + 1;
        // "2018.–2020. gadā": both years are ordinals.
        if document.pack.dotted_ordinals
            && self.is_mark(end, ".")
            && matches!(document.word(end + 1), "-" | "–")
            && self.year_at(end + 2).is_some()
        {
            return Some(vec![one(at, end, year, "date.year-range")]);
        }
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
        let ending = self.has_ending(at + 1);
        let glued_behind = document.kind(at + 1) == Kind::Word
            && !document.spaced(at + 1)
            && marked.is_none()
            && !ending;
        if glued_behind || self.is_glued_before(at) {
            return None;
        }
        (marked.is_some() || ending || self.year_is_likely(at))
            .then(|| vec![one(at, end, year, "date.year")])
    }

    /// "2020'de": a case ending behind its apostrophe.
    fn has_ending(&self, at: usize) -> bool {
        !self.document.spaced(at)
            && self.document.kind(at) == Kind::Word
            && self.document.word(at).starts_with(['\'', '’'])
    }

    /// Returns whether what stands before four figures, as one with them, makes them no year.
    fn is_glued_before(&self, at: usize) -> bool {
        let document = self.document;
        if at == 0 || document.spaced(at) {
            return false;
        }
        let before = document.word(at - 1);
        match document.kind(at - 1) {
            Kind::Break | Kind::Ideograph => false,
            Kind::Number => true,
            // An elided article, or a particle of a script without capitals ("ו2020", "و2020").
            Kind::Word => {
                !before.ends_with(['\'', '’'])
                    && (before.chars().count() > 2
                        || before.starts_with(char::is_lowercase)
                        || before.starts_with(char::is_uppercase))
            }
            Kind::Mark => matches!(
                before,
                "." | "°"
                    | "º"
                    | "№"
                    | "#"
                    | "_"
                    | "+"
                    | "="
                    | "@"
                    | "&"
                    | "%"
                    | "*"
                    | "\\"
                    | "$"
                    | "§"
            ),
        }
    }

    /// Returns whether four figures without a mark are a year: a cue before them, or nothing they could count.
    pub(super) fn year_is_likely(&self, at: usize) -> bool {
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
        // "the Commission's 2018 finding".
        if document.start_of(at, cue).is_some() || (at > 0 && self.has_ending(at - 1)) {
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
            // "kostete 2016 2,9 Milliarden Euro".
            Kind::Number => number(document, at + 1).is_some_and(|sum| sum.scale >= 6),
            Kind::Ideograph => false,
            Kind::Word => {
                let hits = document.hits_at(at + 1);
                // "2021 wegen", "2021 für": words that open a sentence are told as common, too.
                let joins = |sense| {
                    matches!(
                        sense,
                        Sense::FunctionWord
                            | Sense::Reason
                            | Sense::Agent
                            | Sense::MoneyTo
                            | Sense::NumberAnd
                            | Sense::Clause
                    )
                };
                if hits.iter().any(|hit| joins(hit.sense)) {
                    return true;
                }
                // "2009 folgten Bußgelder": where nouns have capitals a small word is nothing to count.
                let is_small = document.tokens.get(at + 1).is_some_and(|next| !next.capital);
                if document.pack.capital_nouns && is_small && hits.is_empty() {
                    return true;
                }
                // "2021 complaints", whatever else the noun may mean.
                let counted = |sense| {
                    matches!(
                        sense,
                        Sense::Measure(_)
                            | Sense::Trigger(_, Form::Noun)
                            | Sense::Common
                            | Sense::Appeal
                            | Sense::CompanyMark
                            | Sense::Firm
                            | Sense::Holder
                            | Sense::Title
                    )
                };
                !hits.is_empty() && !hits.iter().any(|hit| counted(hit.sense))
            }
        }
    }
}

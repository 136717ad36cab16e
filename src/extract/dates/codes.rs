//! Numbers of laws, cases, decisions and products, whose figures look like years.
//!
//! "2016/679", "SAN-2020-012", "nr 7/DPz/2024", "Privacy Act 1988", "رقم (20) لسنة 2018".

use super::Reader;
use crate::{base::token::Kind, pack::sense::Sense};

impl Reader<'_, '_> {
    /// Returns whether the number at `at` belongs to the number of a law, a case or a telephone.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.is_tail_of_code(at) || self.is_head_of_code(at) || self.is_year_of_law(at)
    }

    fn glued(&self, at: usize) -> bool {
        !self.document.spaced(at)
    }

    /// What stands before the number, as one with it, makes it a code.
    fn is_tail_of_code(&self, at: usize) -> bool {
        let document = self.document;
        if at == 0 || !self.glued(at) {
            return false;
        }
        let before = document.word(at - 1);
        if document.kind(at - 1) == Kind::Word && document.pack.lexicon.is_empty() {
            return true;
        }
        if matches!(before, "°" | "º" | "№" | "#" | "_" | "+" | "〔" | "［") {
            return true;
        }
        if at < 2 || !self.glued(at - 1) || !matches!(before, "/" | "-" | "–") {
            return false;
        }
        // "Q4/2023" is a quarter.
        let part = |s| matches!(s, Sense::Quarter(_) | Sense::Half(_));
        if document.start_of(at - 1, part).is_some() {
            return false;
        }
        let word = document.word(at - 2);
        match document.kind(at - 2) {
            // "57/2023", "05986/2022" is the year of a case; so is "003-2023".
            Kind::Number if before == "/" => word.len() <= 8,
            Kind::Number => {
                before == "-"
                    && (word.starts_with('0') || word.len() > 2)
                    && self.year_at(at - 2).is_none()
            }
            // "SAN-2020-012", "7/DPz/2024", "Jet-2000"; but "mid-2020", "mai/2020".
            Kind::Word => {
                let token = &document.tokens[at - 2];
                let chained = at > 2
                    && self.glued(at - 2)
                    && matches!(document.word(at - 3), "/" | "-")
                    && document.kind(at - 3) == Kind::Mark;
                let named = before == "-" && token.capital && word.chars().count() > 2;
                // "התשמ"ח-1988": a year of law in letters.
                let lettered = at > 2
                    && self.glued(at - 2)
                    && matches!(document.word(at - 3), "\"" | "״" | "”" | "׳");
                (token.shout || token.span.len() == 1 || chained || named || lettered)
                    && !self.is_calendar(at - 2)
            }
            _ => false,
        }
    }

    /// What stands behind the number, as one with it, makes it a code: "2016/679", "2021-1104".
    fn is_head_of_code(&self, at: usize) -> bool {
        let document = self.document;
        let joins = |i: usize, marks: &[&str]| {
            marks.contains(&document.word(i))
                && self.glued(i)
                && document.kind(i + 1) == Kind::Number
                && self.glued(i + 1)
        };
        joins(at + 1, &["/", "-", "–"])
            && self.year_at(at).is_some()
            && !joins(at + 3, &["/", "-"])
            && document.word(at + 2).len() > 2
            && self.year_at(at + 2).is_none()
    }

    /// Returns whether a word of the calendar starts at `at`.
    fn is_calendar(&self, at: usize) -> bool {
        self.document.hits_at(at).iter().any(|hit| {
            matches!(
                hit.sense,
                Sense::Month(_)
                    | Sense::Modifier(_)
                    | Sense::YearCue
                    | Sense::DateOf
                    | Sense::DateTo
                    | Sense::DayCue
            )
        })
    }

    /// "Privacy Act 1988", "No. 20 of 2018", "قانون رقم ٣ لسنة ٢٠٠٥".
    fn is_year_of_law(&self, at: usize) -> bool {
        let document = self.document;
        if self.year_at(at).is_none() {
            return false;
        }
        let of_law = |at: usize| {
            document.start_of(at, |s| matches!(s, Sense::LawWord | Sense::CodeCue)).is_some()
        };
        let comma = at > 0 && self.is_mark(at - 1, ",");
        let marked = self.year_mark(at + 1).is_some();
        if !marked && of_law(if comma { at - 1 } else { at }) {
            return true;
        }
        let Some(of) = document.start_of(at, |s| matches!(s, Sense::YearCue | Sense::DateOf))
        else {
            return false;
        };
        let mut end = of;
        if end > 0 && matches!(document.word(end - 1), ")" | "）") {
            end -= 1;
        }
        if end == 0 || document.kind(end - 1) != Kind::Number {
            return false;
        }
        let mut start = end - 1;
        if start > 0 && matches!(document.word(start - 1), "(" | "（") {
            start -= 1;
        }
        document.start_of(start, |s| s == Sense::CodeCue).is_some()
            || (start > 0 && matches!(document.word(start - 1), "№" | "°" | "º" | "#"))
    }
}

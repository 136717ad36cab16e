//! Sums in bare figures that go on from an amount: "14,5 Mio. Euro, davon 9,5 gegen die Tochter",
//! "10.000 euros, que se quedan en 6.000".
//!
//! Bare figures are money only right behind an amount written alike (in its sentence, or in the next
//! for parts of millions), and only where nothing that they could count follows.

use super::{Reader, StatedAmount};
use crate::{
    base::{
        money::Exact,
        token::{Kind, Token},
    },
    extract::numbers::{Number, number},
    pack::sense::Sense,
};

/// Figures that continue one amount at most: what goes on longer is a table.
const MOST: usize = 8;

/// Tokens between bare figures and the sum that they are listed with.
const NEAR: usize = 7;

/// Bare figures behind a sum in millions are money from here on.
const WRITTEN_OUT: i128 = 50_000;

/// Sums from which on bare figures of the next sentence may go on from one.
const GREAT: i128 = 10_000 * Exact::ONE;

impl Reader<'_, '_> {
    /// Adds the bare figures that continue the amounts found, in order.
    pub(super) fn with_bare(&self, found: Vec<StatedAmount>) -> Vec<StatedAmount> {
        let mut all = Vec::with_capacity(found.len());
        let mut coming = found.into_iter().peekable();
        let mut past = 0;
        while let Some(amount) = coming.next() {
            let next = coming.peek().map_or(usize::MAX, |a| a.first);
            all.extend(self.bare_before(&amount, past));
            let more = self.bare_behind(&amount, next);
            past = more.last().map_or(amount.last, |last| last.last);
            all.push(amount);
            all.extend(more);
        }
        all
    }

    /// "Teliat 20 000, Elisat 12 000 ja Tele2 8000 euroga": figures before the one that names the currency.
    fn bare_before(&self, amount: &StatedAmount, past: usize) -> Vec<StatedAmount> {
        let document = self.document;
        let large = amount.low.is_some_and(|low| low.0 >= 1_000 * Exact::ONE);
        let sentence = document.sentence_of(amount.first);
        let start = document.sentences.get(sentence).map_or(amount.first, |s| s.start).max(past);
        let mut found = Vec::new();
        let mut end = amount.first;
        if amount.scale != 0 || !large {
            return found;
        }
        while found.len() < MOST {
            let from = end.saturating_sub(NEAR).max(start);
            let is_figure =
                |at: &usize| document.kind(*at) == Kind::Number && !self.is_of_name(*at);
            let figures = (from..end).rev().find(is_figure);
            let Some(bare) = figures.and_then(|at| self.whole_number(at, from)) else { break };
            let grouped = bare.value.0 >= 1_000 * Exact::ONE && bare.value.0 % Exact::ONE == 0;
            let listed = bare.last < end
                && (matches!(document.word(bare.last), "," | ";")
                    || self.has(bare.last, Sense::NumberAnd).is_some());
            if bare.plain || bare.scale != 0 || !grouped || !listed || !document.spaced(bare.first)
            {
                break;
            }
            end = bare.first;
            found.push(self.amount(bare, bare.first, bare.last, amount.currency, "money.bare"));
        }
        found.reverse();
        found
    }

    /// Reads the number whose last group of figures stands at `at`: "20 000".
    fn whole_number(&self, mut at: usize, from: usize) -> Option<Number> {
        let document = self.document;
        while at > from
            && document.kind(at - 1) == Kind::Number
            && number(document, at - 1).is_some_and(|whole| whole.last > at)
        {
            at -= 1;
        }
        number(document, at)
    }

    /// Returns the bare figures between an amount and the next.
    fn bare_behind(&self, amount: &StatedAmount, next: usize) -> Vec<StatedAmount> {
        let document = self.document;
        let sentence = document.sentence_of(amount.first);
        let end_of = |index: usize| document.sentences.get(index).map_or(0, |s| s.end);
        let goes_on = amount.scale >= 6 || amount.scale == 0 && is_great(amount);
        let reach = if goes_on { end_of(sentence + 1) } else { 0 };
        let end = end_of(sentence).max(reach).min(next);
        let mut found = Vec::new();
        let mut at = amount.last;
        let mut in_parts = false;
        while at < end && found.len() < MOST {
            let bare = (document.kind(at) == Kind::Number).then(|| number(document, at)).flatten();
            let Some(bare) = bare else {
                at += 1;
                continue;
            };
            at = bare.last.max(at + 1);
            let in_sentence = at <= end_of(sentence);
            in_parts &= document.start_of(bare.first, |s| s == Sense::NumberAnd).is_some();
            in_parts |= document.start_of(bare.first, |s| s == Sense::Parts).is_some();
            let value = if in_parts && in_sentence {
                self.part_of(amount, &bare)
            } else {
                self.continues(amount, &bare, in_sentence)
            };
            let Some(value) = value else { continue };
            let mut more = self.amount(bare, bare.first, bare.last, amount.currency, "money.bare");
            (more.low, more.high, more.scale) = (Some(value), Some(value), amount.scale);
            found.push(more);
        }
        found
    }

    /// "dont 200 à la charge de Google et 125 à celle de Google Ireland": parts of a scaled sum.
    fn part_of(&self, amount: &StatedAmount, bare: &Number) -> Option<Exact> {
        let value = self.of_scale(amount, bare).filter(|_| bare.scale == 0)?;
        let part = amount.high.is_some_and(|whole| value < whole);
        (part && self.counts_no(bare.last)).then_some(value)
    }

    /// Returns the sum that bare figures are if they continue `amount`.
    fn continues(&self, amount: &StatedAmount, bare: &Number, in_sentence: bool) -> Option<Exact> {
        let document = self.document;
        let word = document.word(bare.last - 1);
        if bare.scale != 0 {
            return None;
        }
        if amount.scale >= 6 && in_sentence && self.stand_alike(amount, bare) {
            return self.of_scale(amount, bare);
        }
        let apart = document.spaced(bare.first) || self.opens_behind_name(bare.first);
        if bare.plain || !apart || !self.counts_no(bare.last) {
            return None;
        }
        let decimals = word.rsplit_once(document.decimal).map_or(0, |(_, tail)| tail.len());
        let grouped = bare.value.0 >= 1_000 * Exact::ONE && bare.value.0 % Exact::ONE == 0;
        // "1,2 milions d'euros; el segon, 400.000": all figures are written out.
        let written_out = grouped && in_sentence && bare.value.0 >= WRITTEN_OUT * Exact::ONE;
        if amount.scale >= 6 && !written_out {
            return (1..=2).contains(&decimals).then(|| self.of_scale(amount, bare))?;
        }
        if amount.scale >= 6 {
            return Some(bare.value);
        }
        let large = amount.low.is_some_and(|low| low.0 >= 1_000 * Exact::ONE);
        // "For the others it came to 310 000 and 95 000": in the next sentence only round sums of the same size.
        let is_round = bare.value.0 >= GREAT && bare.value.0 % (1_000 * Exact::ONE) == 0;
        let alike = in_sentence || is_round && is_great(amount);
        (amount.scale == 0 && alike && grouped && large).then_some(bare.value)
    }

    /// Returns the sum that a small number is in the scale of an amount in millions or more.
    fn of_scale(&self, amount: &StatedAmount, bare: &Number) -> Option<Exact> {
        let small = amount.scale >= 6 && bare.value.0 < 1_000 * Exact::ONE;
        small.then(|| bare.value.times(10_i128.pow(u32::from(amount.scale.min(12)))))?
    }

    /// Returns whether figures stand as the amount before them does: "BCP (60 milhões), BPI (30)",
    /// "39,2 millones a Vueling, 29 a easyJet".
    fn stand_alike(&self, amount: &StatedAmount, bare: &Number) -> bool {
        let document = self.document;
        let closes = |last: usize| document.word(last) == ")";
        let is_bracketed = closes(amount.last)
            && closes(bare.last)
            && self.word_of_bracket(amount.first).is_some()
            && self.opens_behind_name(bare.first);
        let before = bare.first.checked_sub(1).map_or("", |at| document.word(at));
        let is_given = matches!(before, "," | ";")
            || document.start_of(bare.first, |s| s == Sense::NumberAnd).is_some();
        let is_listed = || {
            document.word(amount.last) == document.word(bare.last)
                && self.has(bare.last, Sense::Target).is_some()
        };
        is_bracketed || is_given && is_listed()
    }

    /// Returns the word behind which a bracket opens that figures begin in: "Lazio" of "Lazio (7,2)".
    fn word_of_bracket(&self, figures: usize) -> Option<&Token> {
        let at = figures.checked_sub(2).filter(|at| self.document.word(at + 1) == "(")?;
        self.document.tokens.get(at).filter(|token| token.kind == Kind::Word)
    }

    fn opens_behind_name(&self, figures: usize) -> bool {
        self.word_of_bracket(figures).is_some_and(|word| word.capital)
    }

    /// Returns whether a mark behind which a list goes on, or the end of a line, stands at `at`.
    pub(super) fn ends_figures(&self, at: usize) -> bool {
        self.document.kind(at) == Kind::Break
            || matches!(self.document.word(at), "," | "." | ";" | ")" | "·" | "•")
    }

    /// Returns whether nothing that figures could count stands at `at`.
    fn counts_no(&self, at: usize) -> bool {
        let document = self.document;
        // "80.000 de euro, … 225.000 de clienți".
        if self.has(at, Sense::MoneyOf).is_some() && document.kind(at) == Kind::Word {
            return false;
        }
        match document.kind(at) {
            Kind::Break | Kind::Mark => self.ends_figures(at),
            Kind::Number | Kind::Ideograph => false,
            Kind::Word => document.hits_at(at).iter().any(|hit| {
                matches!(
                    hit.sense,
                    Sense::Target
                        | Sense::Agent
                        | Sense::Reason
                        | Sense::Per(_)
                        | Sense::NumberAnd
                        | Sense::Clause
                )
            }),
        }
    }
}

/// Returns whether bare figures of the next sentence may go on from an amount that is written out.
fn is_great(amount: &StatedAmount) -> bool {
    amount.low.is_some_and(|low| low.0 >= GREAT)
}

#[cfg(test)]
mod tests {
    use super::super::sums_of;
    use crate::base::lang::Lang;

    #[test]
    fn figures_that_stand_as_the_sum_before_them_are_in_its_scale() {
        for (lang, text, expected) in [
            (Lang::Pt, "Alba (60 milhões de euros), Banco Sul (30) e Norte (13).", 3),
            (Lang::Es, "Multó con 39,2 millones a Volar, 29 a airSol y 1,6 a Nordia.", 3),
            (Lang::El, "Άλφα 700.000 ευρώ· Βήτα 400.000· Γάμα 200.000.", 3),
            (
                Lang::It,
                "In testa c'è Alba con 8,9 milioni di euro, poi Brisa (7,2) e Corda (6,4).",
                3,
            ),
            // Neither a year nor an age stands for millions.
            (Lang::Pt, "Alba pagou 60 milhões de euros, disse Rui Sousa (45), em Faro (2019).", 1),
            (
                Lang::Es,
                "Multó con 39,2 millones a Volar, que despidió en mayo a 29 a la fuerza.",
                1,
            ),
        ] {
            let found = sums_of(lang, text);
            assert_eq!(found.len(), expected, "{text}: {found:?}");
            let scale = |value: f64| if lang == Lang::El { value >= 1e5 } else { value >= 1e6 };
            let low = found.iter().filter_map(|sum| sum.low);
            assert!(low.into_iter().all(|low| scale(low.to_f64())), "{text}: {found:?}");
        }
    }
}

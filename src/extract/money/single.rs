//! One amount: a currency and a number, in either order.

use super::{Named, Reader, StatedAmount};
use crate::{
    base::{money::Exact, token::Kind},
    extract::numbers::{Number, number},
    pack::sense::{Family, Sense},
};

impl Reader<'_, '_> {
    pub(super) fn amount(
        &self,
        number: Number,
        first: usize,
        last: usize,
        currency: Named,
        rule: &'static str,
    ) -> StatedAmount {
        StatedAmount {
            first,
            last,
            low: Some(number.value),
            high: Some(number.value),
            scale: number.scale,
            currency,
            qualifier: None,
            per: None,
            converted_from: None,
            role: None,
            rule,
        }
    }

    /// "€20m", "USD 34.6 million", "R$5,2 bi".
    pub(super) fn currency_first(&self, at: usize) -> Option<StatedAmount> {
        if let Some((end, power, currency)) = self.scaled_unit(at) {
            // "MSEK 12,5".
            let number = number(self.document, end).filter(|n| n.figures && n.scale == 0)?;
            let value = number.value.times(10_i128.pow(u32::from(power.min(15))))?;
            let number = Number { value, scale: power, plain: false, ..number };
            let named = Named::One(currency);
            return Some(self.amount(number, at, number.last, named, "money.unit-first"));
        }
        let (mut end, named) = self.currency(at)?;
        let document = self.document;
        let word = document.word(at);
        // "won 5 million votes": the currency stands behind its figure.
        if named == Named::Shared(Family::Won) {
            return None;
        }
        let short = document.kind(end - 1) == Kind::Mark
            || document.tokens[at].shout
            || word.chars().count() <= 3;
        if !short {
            return None;
        }
        // "R195m" is rand, "the R 5" is a car.
        if end == at + 1
            && word.len() == 1
            && document.kind(at) == Kind::Word
            && document.spaced(end)
        {
            return None;
        }
        if document.word(end) == "."
            && !document.spaced(end)
            && document.kind(end + 1) == Kind::Number
        {
            end += 1;
        }
        // "kr. -": the dash of round sums.
        let number = number(document, end).filter(|n| n.figures)?;
        let number = self.with_letter(number);
        let mut last = number.last;
        // "$ 20 million US", "$5 mil USD", "20 $ CA": the code settles the symbol.
        let mut named = named;
        if let Some((after, exact @ Named::One(_))) = self.currency(last)
            && matches!(named, Named::Shared(_))
            && !self.starts_other_amount(last, after)
        {
            (last, named) = (after, exact);
        } else if let Named::Shared(family) = named
            && let Some((after, country)) = self.adjective_at(last)
        {
            // "$ 6.973 millones chilenos".
            (last, named) = (after, Named::Of(family, country));
        } else if let Some((after, again)) =
            self.currency(self.has(last, Sense::MoneyOf).unwrap_or(last))
            && again == named
        {
            last = after;
        }
        Some(self.amount(number, at, last, named, "money.currency-first"))
    }

    /// Applies a letter or abbreviation that scales: "4 M€", "$3bn", "20k".
    pub(super) fn with_letter(&self, mut number: Number) -> Number {
        let document = self.document;
        if number.scale != 0 {
            return number;
        }
        let Some((end, power)) = document
            .longest(number.last, |s| if let Sense::Letter(p) = s { Some(p) } else { None })
        else {
            return number;
        };
        let glued = !document.spaced(number.last);
        let beside_currency = self.currency(end).is_some()
            || number.first > 0
                && document
                    .start_of(number.first, |s| matches!(s, Sense::Currency(_) | Sense::Family(_)))
                    .is_some();
        if !(glued || beside_currency) {
            return number;
        }
        if let Some(value) = number.value.times(10_i128.pow(u32::from(power.min(15)))) {
            number.value = value;
            number.scale = power;
            number.plain = false;
            number.last = end;
        }
        number
    }

    /// "20 millions d'euros", "4 M€", "50 pence".
    pub(super) fn number_first(&self, number: Number) -> Option<StatedAmount> {
        let document = self.document;
        let mut at = number.last;
        if document.word(at) == "."
            && !document.spaced(at)
            && number.scale != 0
            && self.currency(at + 1).is_some()
        {
            at += 1;
        }
        // "1 500,- Kč": the dash of round sums.
        if number.figures && document.word(at) == "," && !document.spaced(at + 1) {
            at += usize::from(matches!(document.word(at + 1), "-" | "–" | "—"));
        }
        if matches!(document.word(at), "-" | "–" | "—") && !document.spaced(at) {
            at += 1;
        }
        if number.scale == 0
            && let Some((end, power, currency)) = self.scaled_unit(at)
            && let Some(value) = number.value.times(10_i128.pow(u32::from(power.min(15))))
        {
            let number = Number { value, scale: power, plain: false, ..number };
            let named = Named::One(currency);
            return Some(self.amount(number, number.first, end, named, "money.number-unit"));
        }
        let of = self.has(at, Sense::MoneyOf).unwrap_or(at);
        if let Some((end, named)) =
            self.currency(of).filter(|(end, _)| !self.belongs_to_next(of, *end))
        {
            // "20 $ CA", "1 million de dollars US".
            let settled = match (named, self.currency(end)) {
                (Named::Shared(_), Some((last, exact @ Named::One(_))))
                    if !self.belongs_to_next(end, last) =>
                {
                    (last, exact)
                }
                _ => (end, named),
            };
            let amount =
                self.amount(number, number.first, settled.0, settled.1, "money.number-currency");
            return Some(self.with_cents(amount));
        }
        let cents = document.longest(at, |s| if let Sense::Cent(c) = s { Some(c) } else { None });
        let (end, currency) = cents?;
        // "not a cent" is no sum.
        if !number.figures && number.value.0 < 2 * Exact::ONE {
            return None;
        }
        // "4 cents" are of the country's dollar.
        let named = match currency.code() {
            "USD" => Named::Shared(Family::Dollar),
            _ => Named::One(currency),
        };
        let mut amount = self.amount(number, number.first, end, named, "money.cents");
        let hundredth = Exact(number.value.0 / 100);
        (amount.low, amount.high) = (Some(hundredth), Some(hundredth));
        Some(amount)
    }

    /// Adds "et cinquante centimes" to "un euro".
    pub(super) fn with_cents(&self, mut amount: StatedAmount) -> StatedAmount {
        // "1,19 evra in 48 centov" are two prices.
        if amount.low.is_some_and(|low| low.0 % Exact::ONE != 0) {
            return amount;
        }
        let and = self.has(amount.last, Sense::NumberAnd).unwrap_or(amount.last);
        let cents =
            number(self.document, and).filter(|n| n.value.0 < 100 * Exact::ONE).and_then(|n| {
                let (end, ()) =
                    self.document.longest(n.last, |s| matches!(s, Sense::Cent(_)).then_some(()))?;
                Some((end, n.value.0 / 100))
            });
        if let (Some((end, cents)), Some(low)) = (cents, amount.low) {
            let sum = Some(Exact(low.0 + cents));
            (amount.low, amount.high, amount.last) = (sum, sum, end);
        }
        amount
    }
}

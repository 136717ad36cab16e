//! Amounts that share a currency or a scale: lists ("60 et 90 millions d'euros") and ranges ("€10 to 20 million").

use super::{Reader, StatedAmount};
use crate::{
    base::{
        money::{Exact, Qualifier},
        token::Kind,
    },
    extract::numbers::{Number, number},
    pack::sense::Sense,
};

impl Reader<'_, '_> {
    /// "60 et 90 millions d'euros", "entre 10 et 20 millions", "1 000-5 000 €": the last carries scale and currency.
    pub(super) fn list(&self, first: Number) -> Option<Vec<StatedAmount>> {
        let mut numbers = vec![first];
        let mut joints = Vec::new();
        while numbers.len() < 8 {
            let last = numbers.last()?;
            let (next, joint) = self.joint(last.last).or_else(|| self.beside(last))?;
            let number = self.with_letter(number(self.document, next)?);
            if number.last <= next {
                return None;
            }
            joints.push(joint);
            // "De 18 a 121 millones": the currency may be left out of all.
            let amount = self.number_first(number).or_else(|| {
                self.elided(number)
                    .filter(|_| number.scale >= 6 && numbers.iter().all(|n| n.figures))
            });
            if let Some(amount) = amount {
                return self.shared(&numbers, &joints, number, &amount);
            }
            numbers.push(number);
        }
        None
    }

    /// "15 millióról 19 millió forintra": two scaled numbers, joined by nothing but their endings.
    fn beside(&self, number: &Number) -> Option<(usize, bool)> {
        let figures = self.document.kind(number.last) == Kind::Number;
        let suffixed = self.document.pack.lexicon.shape().agglutinates();
        (suffixed && figures && number.scale >= 3).then_some((number.last, false))
    }

    /// Returns where the next member of a list starts and whether the joint makes a range.
    pub(super) fn joint(&self, at: usize) -> Option<(usize, bool)> {
        let document = self.document;
        match document.word(at) {
            "-" | "–" | "~" | "〜" | "～" | "∼" | "至" => return Some((at + 1, true)),
            "," | "、" if document.spaced(at + 1) || document.word(at) == "、" => {
                return Some((self.and(at + 1).unwrap_or(at + 1), false));
            }
            _ => {}
        }
        if let Some(end) = self.has(at, Sense::MoneyTo) {
            let both = self.has(at, Sense::NumberAnd).is_some();
            return Some((end, !both));
        }
        self.and(at).map(|end| (end, false))
    }

    /// Returns the end of a word that joins two sums: "60 et 90 millions", "1 Million beziehungsweise
    /// 370'000 Franken".
    pub(super) fn and(&self, at: usize) -> Option<usize> {
        self.has(at, Sense::NumberAnd).or_else(|| self.has(at, Sense::Respectively))
    }

    pub(super) fn shared(
        &self,
        numbers: &[Number],
        joints: &[bool],
        last: Number,
        amount: &StatedAmount,
    ) -> Option<Vec<StatedAmount>> {
        let first = numbers.first()?;
        // "59 to 89 cents": both are hundredths.
        let cents = amount
            .high
            .is_some_and(|high| high.0.checked_mul(100) == Some(last.value.0) && last.value.0 != 0);
        let scaled = |n: &Number| {
            if cents && n.value.0 < 100 * Exact::ONE {
                return Some(Exact(n.value.0 / 100));
            }
            // "1 000 et 2 millions": a number that large has its own scale.
            let bare = n.scale == 0 && n.value.0 < 1_000 * Exact::ONE;
            if bare && last.scale != 0 {
                n.value.times(10_i128.pow(u32::from(last.scale)))
            } else {
                Some(n.value)
            }
        };
        // A year is no member ("le 11 juin 2018 à 3 millions d'euros").
        let is_year = |n: &Number| n.plain && (1_900..=2_100).contains(&(n.value.0 / Exact::ONE));
        if is_year(first) && last.scale != 0 {
            return None;
        }
        // "0.8 في المائة إلى 243.6 دولار": a word of a percentage before a price in figures.
        if !first.figures && last.figures && last.scale == 0 {
            return None;
        }
        // "von 2019 auf 195.407 Euro", "nel 2022 a 9,37 euro": a sum would be written like the other.
        let round = first.value.0 % (100 * Exact::ONE) == 0;
        if is_year(first) && !round && !last.plain {
            return None;
        }
        if numbers.iter().any(|n| {
            n.plain
                && n.scale == 0
                && last.scale == 0
                && (1_900..=2_100).contains(&(n.value.0 / Exact::ONE))
                && joints.iter().all(|j| !j)
        }) {
            return None;
        }
        let between = self.document.start_of(first.first, |s| s == Sense::MoneyBetween).is_some();
        if numbers.len() == 1 && (joints[0] || between) {
            let low = scaled(first)?;
            let mut range = amount.clone();
            range.first = first.first;
            range.low = Some(low);
            range.qualifier = (Some(low) != amount.high).then_some(Qualifier::Range);
            range.rule = "money.range";
            // "from 158 to 100 million": two sums, no range.
            if low > amount.high? {
                let mut one =
                    self.amount(*first, first.first, first.last, amount.currency, "money.list");
                (one.low, one.high) = (Some(low), Some(low));
                return Some(vec![one, amount.clone()]);
            }
            let end = StatedAmount { first: last.first, rule: "money.range-end", ..amount.clone() };
            return Some(if range.qualifier.is_some() { vec![range, end] } else { vec![range] });
        }
        let mut amounts = Vec::new();
        for n in numbers {
            let mut one = self.amount(*n, n.first, n.last, amount.currency, "money.list");
            (one.low, one.high) = (scaled(n), scaled(n));
            amounts.push(one);
        }
        amounts.push(amount.clone());
        Some(amounts)
    }

    /// "€10 to 20 million", "$5-$10 million": a range behind an amount.
    pub(super) fn range_after(&self, mut amount: StatedAmount) -> Vec<StatedAmount> {
        // "between €1,000 and €5,000" is a range, "€1,000 and €5,000" are two sums.
        let between = self.document.start_of(amount.first, |s| s == Sense::MoneyBetween).is_some();
        let joint = self.joint(amount.last).filter(|(_, range)| *range || between);
        let Some((next, _)) = joint else { return vec![amount] };
        let second = self
            .currency_first(next)
            .filter(|second| second.currency == amount.currency)
            .or_else(|| {
                number(self.document, next)
                    .filter(|n| n.figures && !(n.plain && n.scale == 0 && !between))
                    .map(|n| {
                        let n = self.with_letter(n);
                        self.amount(n, n.first, n.last, amount.currency, "money.range")
                    })
            });
        let Some(second) = second else { return vec![amount] };
        let (Some(low), Some(high)) = (amount.low, second.high) else { return vec![amount] };
        // "€10 to 20 million" counts both in millions.
        let scale = (number(self.document, next)
            .or_else(|| number(self.document, self.currency(next)?.0)))
        .map_or(0, |n| self.with_letter(n).scale);
        let bare = low.0 < 1_000 * Exact::ONE && scale != 0;
        let low = if bare { low.times(10_i128.pow(u32::from(scale.min(15)))) } else { Some(low) };
        let Some(low) = low.filter(|low| *low <= high) else { return vec![amount] };
        let end = StatedAmount { rule: "money.range-end", ..second };
        amount.low = Some(low);
        amount.high = Some(high);
        amount.last = second.last;
        amount.qualifier = Some(Qualifier::Range);
        amount.rule = "money.range";
        vec![amount, end]
    }
}

#[cfg(test)]
mod tests {
    use super::super::sums_of;
    use crate::base::{lang::Lang, money::Exact};

    #[test]
    fn hundredths_are_those_of_both_ends() {
        let found = sums_of(Lang::Pl, "w cenie od 59 do 89 groszy");
        let low = found.iter().filter_map(|amount| amount.low).map(Exact::to_f64);
        assert_eq!(low.collect::<Vec<_>>(), [0.59, 0.89]);
    }

    #[test]
    fn shares_and_weights_are_no_sums() {
        for (lang, text, expected) in [
            (Lang::It, "un fatturato di 21,1 miliardi di euro, il 4,3 per cento in più", 1),
            (Lang::De, "Der Umsatz lag bei 21,1 Milliarden Euro, 4,3 Prozent mehr.", 1),
            (Lang::En, "It recalled 7 million pounds of ham.", 0),
            (Lang::En, "It paid 3 million pounds of fines.", 1),
        ] {
            assert_eq!(sums_of(lang, text).len(), expected, "{text}");
        }
    }

    #[test]
    fn a_list_is_no_range() {
        for (lang, text, expected) in [
            (Lang::Fr, "deux amendes de 20 000 et 60 000 euros", ["20000", "60000"].as_slice()),
            (Lang::Es, "dos multas de 20.000 y 60.000 euros", &["20000", "60000"]),
            (Lang::De, "zwei Bußgelder von 20.000 und 60.000 Euro", &["20000", "60000"]),
            (Lang::Fr, "entre 20 000 et 60 000 euros", &["range"]),
            (Lang::De, "zwischen 20.000 und 60.000 Euro", &["range"]),
        ] {
            let found = sums_of(lang, text);
            let told = found.iter().filter(|a| a.rule != "money.range-end").map(|amount| {
                amount
                    .value()
                    .map_or_else(|| "range".to_owned(), |value| value.to_f64().to_string())
            });
            assert_eq!(told.collect::<Vec<_>>(), expected, "{text}");
        }
    }
}

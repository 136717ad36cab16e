//! Amounts of money as an article states them.
//!
//! An amount is a number beside a currency, on either side, with its scale, bounds and unit of
//! time. A currency that the words leave out is taken from the amounts around it. Counts of
//! things ("10 milliards d'images"), shares and percentages are no amounts.

use crate::{
    base::{
        action::ActionType,
        money::{Currency, Exact, Qualifier},
        token::{Kind, Token},
    },
    extract::numbers::{Number, number},
    pack::sense::{Family, Role, Sense, Unit, starts},
    text::document::Document,
};

/// Which currency the words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Exactly one.
    One(Currency),
    /// A name that countries share.
    Shared(Family),
    /// None; an amount nearby settles it.
    Elided,
}

/// An amount as the words state it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedAmount {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Lower end, or the figure itself.
    pub low: Option<Exact>,
    /// Upper end, or the figure itself.
    pub high: Option<Exact>,
    /// Currency.
    pub currency: Named,
    /// How the words bound it.
    pub qualifier: Option<Qualifier>,
    /// For each what.
    pub per: Option<Unit>,
    /// Index of the amount that this one restates in another currency.
    pub converted_from: Option<usize>,
    /// What it is for.
    pub role: Option<Role>,
    /// Rule that read it.
    pub rule: &'static str,
}

impl StatedAmount {
    /// Returns the figure, if the amount is no range.
    pub fn value(&self) -> Option<Exact> {
        if self.qualifier == Some(Qualifier::Range) { None } else { self.low }
    }
}

/// Returns the amounts of a document, in order.
pub fn amounts(document: &Document) -> Vec<StatedAmount> {
    let reader = Reader { document };
    let mut found: Vec<StatedAmount> = Vec::new();
    let mut at = 0;
    while at < document.tokens.len() {
        // A number in one word is no word of the lexicon: "zweieinhalb".
        let unread = document.pack.compounds && document.tokens[at].form == Token::UNKNOWN;
        if !unread && !document.may_start(at, starts::MONEY) {
            at += 1;
            continue;
        }
        let read = reader.amounts(at);
        match read.iter().map(|a| a.last).max() {
            Some(last) => {
                found.extend(read);
                at = last.max(at + 1);
            }
            // A number that is no money is passed whole: its tail is none either.
            None => at += 1,
        }
    }
    for index in 0..found.len() {
        reader.bounds(&mut found[index]);
        found[index].converted_from = reader.converted(&found, index);
        found[index].role = reader.role(&found[index]);
    }
    found
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
}

impl Reader<'_, '_> {
    fn has(&self, at: usize, sense: Sense) -> Option<usize> {
        self.document.end_of(at, sense)
    }

    /// Returns the currency named at `at`.
    fn currency(&self, at: usize) -> Option<(usize, Named)> {
        let document = self.document;
        let (end, named) = document.longest(at, |s| match s {
            Sense::Currency(c) => Some(Named::One(c)),
            Sense::Family(f) => Some(Named::Shared(f)),
            _ => None,
        })?;
        // "all", "try" and "top" are words; ALL, TRY and TOP are codes.
        if let Named::One(code) = named
            && end == at + 1
            && document.word(at).eq_ignore_ascii_case(code.code())
            && !document.tokens[at].shout
            && !matches!(code.code(), "EUR" | "USD" | "GBP" | "CHF")
        {
            return None;
        }
        // "A $19 can" is no Australian price: the parts of a symbol stand together.
        let tight =
            (at + 1..end).all(|i| !document.spaced(i)) || document.kind(end - 1) == Kind::Word;
        // "200 km" is no mark of Bosnia.
        let lower = end == at + 1 && document.word(at).chars().all(|c| c.is_ascii_lowercase());
        if !tight || (lower && document.word(at).len() <= 3 && !self.is_own_word(at)) {
            return None;
        }
        Some((end, named))
    }

    /// Returns whether a short word in small letters is a currency of the language's own words.
    fn is_own_word(&self, at: usize) -> bool {
        matches!(
            self.document.word(at),
            "kr" | "eur"
                | "usd"
                | "gbp"
                | "chf"
                | "lei"
                | "kn"
                | "din"
                | "zl"
                | "gr"
                | "ft"
                | "lt"
                | "ls"
                | "tl"
                | "kc"
                | "yen"
                | "won"
                | "euro"
                | "лв"
                | "rs"
        ) || self.document.kind(at) != Kind::Word
            || !self.document.word(at).is_ascii()
    }

    fn amounts(&self, at: usize) -> Vec<StatedAmount> {
        if let Some(amount) = self.currency_first(at) {
            return self.range_after(amount);
        }
        let Some(first) = number(self.document, at) else { return Vec::new() };
        let first = self.with_letter(first);
        if let Some(amount) = self.number_first(first) {
            return vec![amount];
        }
        if let Some(list) = self.list(first) {
            return list;
        }
        self.elided(first).into_iter().collect()
    }

    fn amount(
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
            currency,
            qualifier: None,
            per: None,
            converted_from: None,
            role: None,
            rule,
        }
    }

    /// "€20m", "USD 34.6 million", "R$5,2 bi".
    fn currency_first(&self, at: usize) -> Option<StatedAmount> {
        let (mut end, named) = self.currency(at)?;
        let document = self.document;
        let word = document.word(at);
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
        } else if let Some((after, again)) =
            self.currency(self.has(last, Sense::MoneyOf).unwrap_or(last))
            && again == named
        {
            last = after;
        }
        Some(self.amount(number, at, last, named, "money.currency-first"))
    }

    fn starts_other_amount(&self, at: usize, end: usize) -> bool {
        self.document.kind(end) == Kind::Number && !self.document.spaced(end) || at == end
    }

    /// Applies a letter or abbreviation that scales: "4 M€", "$3bn", "20k".
    fn with_letter(&self, mut number: Number) -> Number {
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
    fn number_first(&self, number: Number) -> Option<StatedAmount> {
        let document = self.document;
        let mut at = number.last;
        if document.word(at) == "."
            && !document.spaced(at)
            && number.scale != 0
            && self.currency(at + 1).is_some()
        {
            at += 1;
        }
        if document.word(at) == "-" && !document.spaced(at) {
            at += 1;
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
        let mut amount =
            self.amount(number, number.first, end, Named::One(currency), "money.cents");
        let hundredth = Exact(number.value.0 / 100);
        (amount.low, amount.high) = (Some(hundredth), Some(hundredth));
        Some(amount)
    }

    /// Adds "et cinquante centimes" to "un euro".
    fn with_cents(&self, mut amount: StatedAmount) -> StatedAmount {
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

    /// Returns whether a currency symbol opens the next amount: "between 5 and $10", "2021 $5".
    fn belongs_to_next(&self, at: usize, end: usize) -> bool {
        let document = self.document;
        let symbol = document.kind(end - 1) == Kind::Mark;
        // "uma de R$ 440,8 milhões": a word that counts stands before no symbol.
        let counted =
            document.kind(at.wrapping_sub(1)) != Kind::Number && document.kind(end) == Kind::Number;
        (symbol && counted)
            || symbol
                && document.spaced(at)
                && document.kind(end) == Kind::Number
                && !document.spaced(end)
    }

    /// "60 et 90 millions d'euros", "entre 10 et 20 millions", "1 000-5 000 €": the last carries scale and currency.
    fn list(&self, first: Number) -> Option<Vec<StatedAmount>> {
        let mut numbers = vec![first];
        let mut joints = Vec::new();
        while numbers.len() < 8 {
            let last = numbers.last()?;
            let (next, joint) = self.joint(last.last)?;
            let number = self.with_letter(number(self.document, next)?);
            if number.last <= next {
                return None;
            }
            joints.push(joint);
            if let Some(amount) = self.number_first(number) {
                return self.shared(&numbers, &joints, number, &amount);
            }
            numbers.push(number);
        }
        None
    }

    /// Returns where the next member of a list starts and whether the joint makes a range.
    fn joint(&self, at: usize) -> Option<(usize, bool)> {
        let document = self.document;
        match document.word(at) {
            "-" | "–" | "~" | "〜" | "～" | "至" => return Some((at + 1, true)),
            "," | "、" if document.spaced(at + 1) || document.word(at) == "、" => {
                let and = self.has(at + 1, Sense::NumberAnd).unwrap_or(at + 1);
                return Some((and, false));
            }
            _ => {}
        }
        if let Some(end) = self.has(at, Sense::MoneyTo) {
            let both = self.has(at, Sense::NumberAnd).is_some();
            return Some((end, !both));
        }
        self.has(at, Sense::NumberAnd).map(|end| (end, false))
    }

    fn shared(
        &self,
        numbers: &[Number],
        joints: &[bool],
        last: Number,
        amount: &StatedAmount,
    ) -> Option<Vec<StatedAmount>> {
        let first = numbers.first()?;
        let scaled = |n: &Number| {
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
            if low > amount.high? {
                return None;
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
    fn range_after(&self, mut amount: StatedAmount) -> Vec<StatedAmount> {
        let Some((next, true)) = self.joint(amount.last).or_else(|| {
            let between =
                self.document.start_of(amount.first, |s| s == Sense::MoneyBetween).is_some();
            self.joint(amount.last).filter(|_| between).map(|(next, _)| (next, true))
        }) else {
            return vec![amount];
        };
        let between = self.document.start_of(amount.first, |s| s == Sense::MoneyBetween).is_some();
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

    /// "118 millones." where the sentence speaks of money: a scaled number that counts nothing.
    fn elided(&self, number: Number) -> Option<StatedAmount> {
        let document = self.document;
        if number.scale < 6 && !(number.scale == 3 && number.value.0 >= 10_000 * Exact::ONE) {
            return None;
        }
        let next = number.last;
        let counts_nothing = match document.kind(next) {
            Kind::Break => true,
            Kind::Mark => {
                !matches!(document.word(next), "%" | "-" | "°" | "(" | "/" | "\"" | "«" | "“" | "‰")
            }
            Kind::Number => false,
            Kind::Ideograph | Kind::Word => {
                let of = self.has(next, Sense::MoneyOf);
                let penal = |at: usize| {
                    document.hits_at(at).iter().any(|h| {
                        matches!(h.sense, Sense::Trigger(ActionType::Fine, _) | Sense::MoneyRole(_))
                    })
                };
                // "500 millions d'amende" are money; "500 millions d'images" are not.
                if let Some(of) = of {
                    return penal(of).then(|| {
                        self.amount(
                            number,
                            number.first,
                            number.last,
                            Named::Elided,
                            "money.currency-elided",
                        )
                    });
                }

                document.pack.counts_with_of
                    || document.hits_at(next).iter().any(|h| {
                        matches!(
                            h.sense,
                            Sense::Target
                                | Sense::Agent
                                | Sense::Reason
                                | Sense::NumberAnd
                                | Sense::MoneyTo
                                | Sense::Per(_)
                                | Sense::Clause
                                | Sense::YearCue
                                | Sense::FunctionWord
                                | Sense::Trigger(..)
                                | Sense::DateOf
                        )
                    })
            }
        };
        counts_nothing.then(|| {
            self.amount(number, number.first, number.last, Named::Elided, "money.currency-elided")
        })
    }

    /// Reads the words around an amount that bound it or repeat it.
    fn bounds(&self, amount: &mut StatedAmount) {
        let document = self.document;
        let mut at = amount.first;
        for _ in 0..3 {
            let Some(start) = document.start_of(at, |s| {
                matches!(
                    s,
                    Sense::About | Sense::AtLeast | Sense::AtMost | Sense::MoneyOf | Sense::One
                )
            }) else {
                break;
            };
            let found =
                document.hits_at(start).iter().filter(|h| h.last as usize == at).find_map(|h| {
                    match h.sense {
                        Sense::About => Some(Qualifier::About),
                        Sense::AtLeast => Some(Qualifier::AtLeast),
                        Sense::AtMost => Some(Qualifier::AtMost),
                        _ => None,
                    }
                });
            if let Some(found) = found {
                amount.qualifier = amount.qualifier.or(Some(found));
                break;
            }
            at = start;
        }
        for at in amount.last..amount.last + 3 {
            if let Some((_, unit)) =
                document.longest(at, |s| if let Sense::Per(u) = s { Some(u) } else { None })
            {
                amount.per = Some(unit);
                break;
            }
            if document.kind(at) == Kind::Break || matches!(document.word(at), "." | ";" | ",") {
                break;
            }
        }
        // "a daily fine of €5,000".
        if amount.per.is_none() {
            let from = amount.first.saturating_sub(6);
            amount.per = (from..amount.first)
                .rev()
                .find_map(|at| {
                    document.longest(at, |s| match s {
                        Sense::MoneyRole(Role::PeriodicPenalty) => Some(Unit::Day),
                        _ => None,
                    })
                })
                .map(|(_, unit)| unit);
        }
    }

    /// Returns the amount that `found[index]` restates in another currency: "(9,4 millions de dollars)".
    fn converted(&self, found: &[StatedAmount], index: usize) -> Option<usize> {
        let document = self.document;
        let amount = &found[index];
        let (origin_index, origin) = (index.checked_sub(1)?, found.get(index.checked_sub(1)?)?);
        if origin.currency == amount.currency || amount.currency == Named::Elided {
            return None;
        }
        let gap = origin.last..amount.first;
        if gap.len() > 6
            || gap.clone().any(|at| {
                document.kind(at) == Kind::Break || matches!(document.word(at), "." | ";")
            })
        {
            return None;
        }
        let restates = gap.clone().any(|at| {
            matches!(document.word(at), "(" | "（" | "[" | "/")
                || self.has(at, Sense::Restates).is_some()
        });
        restates.then(|| origin.converted_from.unwrap_or(origin_index))
    }

    /// Returns what the words of the sentence say the amount is for, the nearest first.
    fn role(&self, amount: &StatedAmount) -> Option<Role> {
        let document = self.document;
        if amount.per.is_some_and(|u| matches!(u, Unit::Day | Unit::Week | Unit::Month)) {
            let penal = self.near(amount, |s| matches!(s, Sense::Trigger(..)).then_some(()));
            if penal.is_some() {
                return Some(Role::PeriodicPenalty);
            }
        }
        let _ = document;
        self.near(amount, |s| match s {
            Sense::MoneyRole(role) => Some(role),
            _ => None,
        })
    }

    fn near<T>(
        &self,
        amount: &StatedAmount,
        mut wanted: impl FnMut(Sense) -> Option<T>,
    ) -> Option<T> {
        let document = self.document;
        let sentence = document.sentences.get(document.sentence_of(amount.first))?;
        let hits = document.hits_in(sentence);
        let distance = |first: usize, last: usize| {
            if last <= amount.first {
                amount.first - last
            } else {
                first.saturating_sub(amount.last) + 2
            }
        };
        hits.iter()
            .filter_map(|h| Some((distance(h.first as usize, h.last as usize), wanted(h.sense)?)))
            .filter(|(d, _)| *d <= 12)
            .min_by_key(|(d, _)| *d)
            .map(|(_, value)| value)
    }
}

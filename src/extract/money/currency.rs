//! Which currency the words beside a number name.

use super::{Named, Reader};
use crate::{
    base::{money::Currency, token::Kind},
    pack::sense::{Country, Sense},
};

impl Reader<'_, '_> {
    /// Returns the currency named at `at`.
    pub(super) fn currency(&self, at: usize) -> Option<(usize, Named)> {
        let document = self.document;
        let Some((end, named)) = self.name_at(at) else {
            // "Canadian dollars", "канадских долларов".
            let (family, country) = self.country_at(at)?;
            let (end, named) = self.name_at(family)?;
            let Named::Shared(family) = named else { return None };
            return (document.kind(end - 1) == Kind::Word)
                .then_some((end, Named::Of(family, country)));
        };
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
        // "dólares australianos": an adjective, so without a capital.
        if let Named::Shared(family) = named
            && document.kind(end - 1) == Kind::Word
            && let Some((last, country)) = self.adjective_at(end)
        {
            return Some((last, Named::Of(family, country)));
        }
        Some((end, named))
    }

    fn name_at(&self, at: usize) -> Option<(usize, Named)> {
        self.document.longest(at, |s| match s {
            Sense::Currency(c) => Some(Named::One(c)),
            Sense::Family(f) => Some(Named::Shared(f)),
            _ => None,
        })
    }

    fn country_at(&self, at: usize) -> Option<(usize, Country)> {
        self.document.longest(at, |s| if let Sense::Country(c) = s { Some(c) } else { None })
    }

    /// Returns the country whose adjective stands at `at`.
    pub(super) fn adjective_at(&self, at: usize) -> Option<(usize, Country)> {
        let token = self.document.tokens.get(at)?;
        if token.kind != Kind::Word || token.capital || !token.spaced {
            return None;
        }
        self.country_at(at)
    }

    /// Reads a unit that is scale and currency in one word: "mkr", "Me".
    pub(super) fn scaled_unit(&self, at: usize) -> Option<(usize, u8, Currency)> {
        let (end, (power, currency)) = self
            .document
            .longest(at, |s| if let Sense::Scaled(p, c) = s { Some((p, c)) } else { None })?;
        Some((end, power, currency))
    }

    /// Returns whether a short word in small letters is a currency of the language's own words.
    pub(super) fn is_own_word(&self, at: usize) -> bool {
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

    /// Returns whether a currency symbol opens the next amount: "between 5 and $10", "2021 $5".
    pub(super) fn belongs_to_next(&self, at: usize, end: usize) -> bool {
        let document = self.document;
        // "27,5 млн долл. 15 августа": an abbreviation ends in a mark too.
        let symbol = document.kind(end - 1) == Kind::Mark && document.word(end - 1) != ".";
        // "uma de R$ 440,8 milhões": a word that counts stands before no symbol.
        let counted =
            document.kind(at.wrapping_sub(1)) != Kind::Number && document.kind(end) == Kind::Number;
        (symbol && counted)
            || symbol
                && document.spaced(at)
                && document.kind(end) == Kind::Number
                && !document.spaced(end)
    }

    pub(super) fn starts_other_amount(&self, at: usize, end: usize) -> bool {
        self.document.kind(end) == Kind::Number && !self.document.spaced(end) || at == end
    }
}

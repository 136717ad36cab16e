//! Sums that actions state, compared across roundings, ranges and currencies.

use crate::{merge::key::word, merge::told::Told, pack::rates::Rates};

/// What stands before a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Qualifier {
    None,
    AtLeast,
    AtMost,
    Other,
}

impl Qualifier {
    const ALL: [Self; 4] = [Self::None, Self::AtLeast, Self::AtMost, Self::Other];

    fn of(word: Option<&str>) -> Self {
        match word {
            None => Self::None,
            Some("at_least") => Self::AtLeast,
            Some("at_most") => Self::AtMost,
            Some(_) => Self::Other,
        }
    }

    /// Returns the qualifier that a byte stands for.
    pub(super) fn from_byte(byte: u8) -> Self {
        Self::ALL.get(usize::from(byte)).copied().unwrap_or(Self::Other)
    }
}

/// A sum as an action states it. Currency and `per` are hashes of their words, 0 for none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sum {
    /// The sum; the upper end of a range.
    pub(super) value: f64,
    pub(super) currency: u32,
    pub(super) qualifier: Qualifier,
    pub(super) per: u32,
    /// Least and most that it may be in euros.
    pub(super) euros: Option<(f64, f64)>,
}

impl Sum {
    pub(super) fn of(rates: &Rates, row: &Told, year: Option<i16>) -> Option<Self> {
        let value = row.amount_max.or(row.amount).filter(|value| value.is_finite())?;
        let currency = row.currency.as_deref();
        let of_year = || rates.to_eur(value, currency?, year?);
        let known = row.amount_eur.or_else(of_year).map(|euros| (euros, euros));
        let euros = known.or_else(|| rates.range_in_eur(value, currency?));
        let qualifier = Qualifier::of(row.amount_qualifier);
        Some(Self { value, currency: word(currency), qualifier, per: word(row.per), euros })
    }

    /// Returns how well two sums agree: 3 the same, 2 roundings or another currency.
    pub(super) fn agreement(&self, other: &Self) -> Option<u8> {
        if self.per != other.per && self.per != 0 && other.per != 0 {
            return None;
        }
        let about = self.is_open() || other.is_open();
        if self.currency == other.currency || self.currency == 0 || other.currency == 0 {
            let apart = distance((self.value, self.value), (other.value, other.value));
            return match apart {
                apart if apart < 1e-9 => Some(3),
                apart if apart <= if about { 0.10 } else { 0.02 } => Some(2),
                _ => (self.bounds(other) || other.bounds(self)).then_some(2),
            };
        }
        let apart = distance(self.euros?, other.euros?);
        // An article converts at its day's rate and rounds; "about" rounds more.
        (apart <= if about { 0.12 } else { 0.06 }).then_some(2)
    }

    /// Returns whether the sum is the most that `other` can come to.
    pub(super) fn caps(&self, other: &Self) -> bool {
        match (self.currency == other.currency, self.euros, other.euros) {
            (true, ..) => other.value <= self.value * 1.02,
            (false, Some(cap), Some(sum)) => sum.0 <= cap.1 * 1.06,
            _ => false,
        }
    }

    /// "More than 100 million" is said of 112, not of 300.
    fn bounds(&self, other: &Self) -> bool {
        match self.qualifier {
            Qualifier::AtLeast => (self.value..=self.value * 1.3).contains(&other.value),
            Qualifier::AtMost => (self.value * 0.8..=self.value).contains(&other.value),
            Qualifier::None | Qualifier::Other => false,
        }
    }

    /// Returns whether the sum tells a fine from all others on its target: 413.24 million does, and so
    /// do 2.42 billion; 10 million does not. The greater a sum, the fewer digits that takes.
    pub(super) fn is_telling(&self) -> bool {
        let euros = self.euros.map_or(0.0, |(least, _)| least);
        let digits = if euros >= 1e9 {
            1
        } else if euros >= 1e8 {
            2
        } else if euros >= 1e7 {
            3
        } else {
            4
        };
        self.per == 0 && self.digits_from(digits)
    }

    /// Returns whether no two bodies would set the sum on one target: both of France's fined Google 150
    /// million, but nobody else 2.42 billion.
    pub(super) fn is_unheard_of(&self) -> bool {
        self.is_telling()
            && (self.digits_from(3) || self.euros.is_some_and(|(least, _)| least >= 1e9))
    }

    /// Returns whether the sum is stated with `least` digits or more.
    fn digits_from(&self, least: i32) -> bool {
        let unit = 10_f64.powi(self.value.abs().max(1.0).log10().floor() as i32 - (least - 2));
        let units = self.value / unit;
        least < 2 || (units - units.round()).abs() > 1e-6
    }

    /// Returns what equal sums share.
    pub(super) fn identity(&self) -> u64 {
        self.value.to_bits() ^ u64::from(self.currency)
    }

    pub(super) fn is_open(&self) -> bool {
        self.qualifier != Qualifier::None
    }

    /// Returns the whole logarithmic step that the sum falls in: near sums are in near steps.
    pub(super) fn step(&self) -> i32 {
        (self.value.abs().max(1e-6).ln() / 0.15).floor() as i32
    }
}

/// Returns how far apart two ranges are, as a part of the greater.
fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (low, high) = (one.1.min(other.1), one.0.max(other.0));
    if high <= low || high == 0.0 { 0.0 } else { (high - low) / high }
}

//! What sums of other currencies are in euros.
//!
//! Reads the table `world/rates.toml`: the European Central Bank's mean rate of each year, and the
//! fixed rates of the currencies that became the euro. A currency or year that the table lacks has
//! no value in euros: none is better than a guess.

use std::{collections::BTreeMap, ops::RangeInclusive};

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The built-in table.
pub(crate) const TABLE: &str = include_str!("world/rates.toml");

/// Years that most articles are of.
const NEWS_YEARS: RangeInclusive<i16> = 2012..=2025;

/// Units of each currency for one euro, by year.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    yearly: FxHashMap<String, BTreeMap<i16, f64>>,
    fixed: BTreeMap<String, Fixed>,
    /// Most and least units of each currency for one euro in the years of most news.
    spans: FxHashMap<String, (f64, f64)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    yearly: Vec<Means>,
    fixed: BTreeMap<String, Fixed>,
}

/// Means of consecutive years.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Means {
    currency: String,
    first: i16,
    rates: Vec<f64>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    since: i16,
    rate: f64,
}

impl Rates {
    /// Reads the built-in table.
    pub fn load() -> Result<Self, toml::de::Error> {
        Self::parse(TABLE)
    }

    /// Reads a table.
    pub fn parse(table: &str) -> Result<Self, toml::de::Error> {
        let table: Table = toml::from_str(table)?;
        let mut rates = Self { fixed: table.fixed, ..Self::default() };
        for Means { currency, first, rates: means } in table.yearly {
            rates.yearly.entry(currency).or_default().extend((first..).zip(means));
        }
        let names = rates.yearly.keys().chain(rates.fixed.keys());
        let spans = names.filter_map(|name| Some((name.clone(), rates.span(name)?)));
        rates.spans = spans.collect();
        Ok(rates)
    }

    /// Returns `value` of `currency` in euros at the mean rate of `year`, to the cent.
    ///
    /// ```
    /// use finewire::pack::rates::Rates;
    /// let rates = Rates::load().unwrap();
    /// assert_eq!(rates.to_eur(7_500_000.0, "GBP", 2022), Some(8_794_971.62));
    /// assert_eq!(rates.to_eur(1_936.27, "ITL", 2001), Some(1.0));
    /// assert_eq!(rates.to_eur(1.0, "RUB", 2023), None);
    /// ```
    pub fn to_eur(&self, value: f64, currency: &str, year: i16) -> Option<f64> {
        if currency == "EUR" {
            return Some(value);
        }
        let rate = self.rate(currency, year)?;
        Some((value / rate * 100.0).round() / 100.0)
    }

    /// Returns the least and most that `value` of `currency` may be in euros if its year is unknown.
    ///
    /// There is no answer for a currency that lost or won half of its value in the years of most news.
    pub fn range_in_eur(&self, value: f64, currency: &str) -> Option<(f64, f64)> {
        if currency == "EUR" {
            return Some((value, value));
        }
        let (most_units, least_units) = *self.spans.get(currency)?;
        (most_units < 2.0 * least_units).then_some((value / most_units, value / least_units))
    }

    /// Returns the most and least units of `currency` for one euro in the years of most news.
    fn span(&self, currency: &str) -> Option<(f64, f64)> {
        let known = || NEWS_YEARS.filter_map(|year| self.rate(currency, year));
        known().max_by(f64::total_cmp).zip(known().min_by(f64::total_cmp))
    }

    /// Returns units of `currency` for one euro in `year`.
    pub fn rate(&self, currency: &str, year: i16) -> Option<f64> {
        let fixed = self.fixed.get(currency).filter(|fixed| fixed.since <= year);
        fixed
            .map(|fixed| fixed.rate)
            .or_else(|| self.yearly.get(currency)?.get(&year).copied())
            .filter(|rate| *rate > 0.0)
    }
}

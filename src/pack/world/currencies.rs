//! Codes and symbols of currencies, and what a shared name means where.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    base::money::Currency,
    pack::{
        compile::PackError,
        sense::{Country, Family, Sense},
        tables::Tables,
        words::Builder,
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    codes: Vec<String>,
    symbols: BTreeMap<String, String>,
    reported: Vec<String>,
    former: Vec<String>,
    tender: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    shared: BTreeMap<Family, Vec<String>>,
    families: BTreeMap<Family, BTreeMap<String, String>>,
}

/// The world's currencies.
#[derive(Debug, Default)]
pub struct Currencies {
    words: Vec<(String, Sense)>,
    /// Currencies that are no longer paid in.
    former: Vec<Currency>,
    /// What each country pays in.
    tender: BTreeMap<Country, Currency>,
    /// Units in which a country sets its fines and that nobody pays in, with the country.
    units: BTreeMap<Currency, Country>,
    families: BTreeMap<Family, (Option<Currency>, BTreeMap<Country, Currency>)>,
}

impl Currencies {
    /// Reads the table.
    pub fn load(tables: &Tables) -> Result<Self, PackError> {
        let text = tables.text("pack/world/currencies.toml", include_str!("currencies.toml"))?;
        let file: File = toml::from_str(&text).map_err(|source| PackError::World {
            table: "currencies".to_owned(),
            source: Box::new(source),
        })?;
        let mut words = Vec::new();
        for code in &file.codes {
            words.extend(Currency::new(code).map(|c| (code.clone(), Sense::Currency(c))));
        }
        for currency in file.reported.iter().filter_map(|code| Currency::new(code)) {
            for (letter, power) in [("M", 6), ("T", 3), ("K", 3)] {
                words
                    .push((format!("{letter}{}", currency.code()), Sense::Scaled(power, currency)));
            }
        }
        for (symbol, code) in &file.symbols {
            words.extend(Currency::new(code).map(|c| (symbol.clone(), Sense::Currency(c))));
        }
        for (family, symbols) in &file.shared {
            words.extend(symbols.iter().map(|s| (s.clone(), Sense::Family(*family))));
        }
        let families = file.families.into_iter().map(|(family, table)| {
            let default = table.get("default").and_then(|code| Currency::new(code));
            let countries = table
                .iter()
                .filter_map(|(country, code)| Some((Country::new(country)?, Currency::new(code)?)));
            (family, (default, countries.collect()))
        });
        let former = file.former.iter().filter_map(|code| Currency::new(code)).collect();
        let tender = file.tender.iter().filter_map(|(code, countries)| {
            let currency = Currency::new(code)?;
            Some(countries.iter().filter_map(move |c| Some((Country::new(c)?, currency))))
        });
        let tender = tender.flatten().collect();
        let units = file.units.iter().filter_map(|(country, units)| {
            let country = Country::new(country)?;
            Some(units.iter().filter_map(move |unit| Some((Currency::new(unit)?, country))))
        });
        let units = units.flatten().collect();
        Ok(Self { words, former, tender, units, families: families.collect() })
    }

    /// Adds codes and symbols to a language's words.
    pub fn add_to(&self, lexicon: &mut Builder) {
        for (word, sense) in &self.words {
            // Symbols name no class of endings, the only thing that can be missing.
            let _ = lexicon.add(word, *sense);
        }
    }

    /// Returns what a country pays in.
    pub fn tender(&self, country: Country) -> Option<Currency> {
        self.tender.get(&country).copied()
    }

    /// Returns the country whose own money a currency is, none for money of many: ISO 4217 begins a code
    /// with the country's.
    pub fn issuer(&self, currency: Currency) -> Option<Country> {
        if let Some(country) = self.units.get(&currency) {
            return Some(*country);
        }
        let country = Country::new(currency.code().get(..2)?)?;
        let is_its = self.tender(country) == Some(currency);
        let payers = self.tender.values().filter(|paid| **paid == currency).take(3).count();
        (is_its && payers < 3).then_some(country)
    }

    /// Returns whether a currency is a unit of account: "640 UTA (503 millones)".
    pub fn is_unit(&self, currency: Currency) -> bool {
        self.units.contains_key(&currency)
    }

    /// Returns what a shared name means in one country.
    pub fn of(&self, family: Family, country: Country) -> Option<Currency> {
        self.families.get(&family)?.1.get(&country).copied()
    }

    /// Returns what a shared name means in the first of `countries` that has a currency of that name,
    /// else what it means by default, else in the countries of the language.
    pub fn settle(
        &self,
        family: Family,
        countries: &[Country],
        home: &[Country],
    ) -> Option<Currency> {
        let (default, table) = self.families.get(&family)?;
        // "francs" in an article on Nouméa that speaks of Paris too are none of France.
        let of = |list: &[Country]| {
            let money = |country: &Country| table.get(country).copied();
            let living = |code: &Currency| !self.former.contains(code);
            let first = list.iter().find_map(money)?;
            let near = || list.iter().take(8).filter_map(money).find(living);
            Some(if living(&first) { first } else { near().unwrap_or(first) })
        };
        // A default gives way only to the countries that the article speaks of most.
        let near = if default.is_some() {
            countries.get(..countries.len().min(2)).unwrap_or_default()
        } else {
            countries
        };
        of(near).or(*default).or_else(|| of(home))
    }
}

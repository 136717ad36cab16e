//! What no language owns: currencies, rates, authorities, laws.

use super::{
    compile::{Pack, PackError},
    rates::Rates,
};

pub mod currencies;
pub mod gazetteer;
pub mod laws;
pub mod regulators;

/// The world's tables, compiled.
#[derive(Debug)]
pub struct World {
    /// Codes, symbols and shared names of currencies.
    pub currencies: currencies::Currencies,
    /// Yearly mean rates to the euro.
    pub rates: Rates,
    /// Authorities, sorted by id.
    pub regulators: Vec<regulators::Regulator>,
    /// Laws, sorted by id.
    pub laws: Vec<laws::Law>,
    /// The names of both.
    pub gazetteer: gazetteer::Gazetteer,
}

impl World {
    /// Reads the built-in tables.
    pub fn load() -> Result<Self, PackError> {
        let rates = Rates::load().map_err(|source| PackError::World {
            table: "rates".to_owned(),
            source: Box::new(source),
        })?;
        Ok(Self {
            currencies: currencies::Currencies::load()?,
            rates,
            regulators: regulators::load()?,
            laws: laws::load()?,
            gazetteer: gazetteer::Gazetteer::default(),
        })
    }

    /// Compiles the names, which the languages' case endings are part of.
    pub fn index(&mut self, packs: &[Pack]) {
        self.gazetteer = gazetteer::Gazetteer::new(&self.regulators, &self.laws, packs);
    }
}

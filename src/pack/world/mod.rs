//! What no language owns: currencies, rates, authorities, laws.

use super::{
    compile::PackError,
    rates::{self, Rates},
    tables::Tables,
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
    /// Reads the tables.
    pub fn load(tables: &Tables) -> Result<Self, PackError> {
        let text = tables.text("pack/world/rates.toml", rates::TABLE)?;
        let rates = Rates::parse(&text).map_err(|source| PackError::World {
            table: "rates".to_owned(),
            source: Box::new(source),
        })?;
        let (regulators, laws) = (regulators::load(tables)?, laws::load(tables)?);
        Ok(Self {
            currencies: currencies::Currencies::load(tables)?,
            rates,
            gazetteer: gazetteer::Gazetteer::new(&regulators, &laws),
            regulators,
            laws,
        })
    }
}

//! What no language owns: currencies, rates, authorities, laws, spellings of names.

use self::regulators::Regulator;
use super::{
    compile::{self, PackError},
    rates::{self, Rates},
    tables::Tables,
};

pub mod currencies;
pub mod gazetteer;
pub mod laws;
pub mod regulators;
pub mod spellings;
pub mod watch;

/// The world's tables, compiled.
#[derive(Debug)]
pub struct World {
    /// Codes, symbols and shared names of currencies.
    pub currencies: currencies::Currencies,
    /// Yearly mean rates to the euro.
    pub rates: Rates,
    /// Authorities, sorted by id.
    pub regulators: Vec<Regulator>,
    /// Laws, sorted by id.
    pub laws: Vec<laws::Law>,
    /// Names that are not written like names.
    pub spellings: spellings::Spellings,
    /// Companies of the user's watch-list.
    pub watched: Vec<watch::Watched>,
    /// The names of all.
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
        let (listed, laws) = (regulators::load(tables)?, laws::load(tables)?);
        let is_company = |entity: &&watch::Watched| entity.kind == watch::WatchedKind::Company;
        let watched: Vec<_> = tables.watched().iter().filter(is_company).cloned().collect();
        let shapes = compile::shapes(tables)?;
        Ok(Self {
            currencies: currencies::Currencies::load(tables)?,
            rates,
            spellings: spellings::Spellings::load(tables)?,
            gazetteer: gazetteer::Gazetteer::new((&listed, &laws, &watched), shapes),
            regulators: listed.into_iter().map(Regulator::from).collect(),
            laws,
            watched,
        })
    }
}

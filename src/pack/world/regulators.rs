//! Authorities: who they are and what newspapers call them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::watch::{Watched, WatchedKind};
use crate::{
    base::{
        action::Sector,
        compressed::{Compressed, compressed},
    },
    pack::{compile::PackError, sense::Country, tables::Tables},
};

/// The tables, by region.
const FILES: [(&str, Compressed); 4] = [
    ("africa-middle-east", compressed!("pack/world/regulators/africa-middle-east.toml")),
    ("americas", compressed!("pack/world/regulators/americas.toml")),
    ("asia-pacific", compressed!("pack/world/regulators/asia-pacific.toml")),
    ("europe", compressed!("pack/world/regulators/europe.toml")),
];

/// An authority of the knowledge base.
#[derive(Clone, Debug)]
pub struct Regulator {
    /// Stable id, such as `fr-cnil`.
    pub id: String,
    /// ISO 3166 code, or `EU`.
    pub country: String,
    /// Field.
    pub sector: Sector,
    /// Usual short name.
    pub name: String,
    /// Website.
    pub website: Option<String>,
    /// Whether its short forms mean other things too, so that context must support the country.
    pub ambiguous: bool,
    /// Whether it is of the user's watch-list, whose names win.
    pub watched: bool,
}

impl Regulator {
    /// Returns the country, or `None` for a body of no country.
    pub fn country(&self) -> Option<Country> {
        Country::new(&self.country)
    }
}

impl From<Listed> for Regulator {
    /// Leaves out what it is called, which the gazetteer knows.
    fn from(listed: Listed) -> Self {
        let Listed { id, country, sector, name, website, ambiguous, watched, .. } = listed;
        Self { id, country, sector, name, website, ambiguous, watched }
    }
}

/// An authority as the tables list it: with all that it is called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Stable id, such as `fr-cnil`.
    pub id: String,
    /// ISO 3166 code, or `EU`.
    pub country: String,
    /// Field.
    pub sector: Sector,
    /// Usual short name.
    pub name: String,
    /// Official name.
    #[serde(default)]
    pub official: String,
    /// Website.
    #[serde(default)]
    pub website: Option<String>,
    /// Short forms, matched as written in any language.
    #[serde(default)]
    pub acronyms: Vec<String>,
    /// Whether its short forms mean other things too, so that context must support the country.
    #[serde(default)]
    pub ambiguous: bool,
    /// Language -> names.
    #[serde(default)]
    pub names: BTreeMap<String, Vec<String>>,
    /// Language -> descriptions that mean it alone.
    #[serde(default)]
    pub epithets: BTreeMap<String, Vec<String>>,
    /// Former names.
    #[serde(default)]
    pub former: Vec<String>,
    /// Whether it is of the user's watch-list, whose names win.
    #[serde(skip)]
    pub watched: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    regulator: Vec<Listed>,
}

/// Reads the tables and the watch-list, sorted by id; one of the user's own stands for all of its id.
pub fn load(tables: &Tables) -> Result<Vec<Listed>, PackError> {
    let mut all = Vec::new();
    for (table, built_in) in FILES {
        let text = tables.unpacked(&format!("pack/world/regulators/{table}.toml"), built_in)?;
        let file: File = toml::from_str(&text).map_err(|source| PackError::World {
            table: format!("regulators/{table}"),
            source: Box::new(source),
        })?;
        all.extend(file.regulator);
    }
    let own: Vec<Listed> = tables
        .watched()
        .iter()
        .filter(|entity| entity.kind == WatchedKind::Regulator)
        .map(Watched::listed)
        .collect();
    all.retain(|regulator| !own.iter().any(|own| own.id == regulator.id));
    all.extend(own);
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
}

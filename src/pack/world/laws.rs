//! Laws and what they are called.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pack::{compile::PackError, tables::Tables};

/// A law of the knowledge base.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Stable id, such as `eu-gdpr`.
    pub id: String,
    /// ISO 3166 code, or `EU`.
    #[serde(default)]
    pub country: String,
    /// Usual name.
    #[serde(default)]
    pub name: String,
    /// Short forms, matched as written in any language.
    #[serde(default)]
    pub acronyms: Vec<String>,
    /// Language -> names.
    #[serde(default)]
    pub names: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    law: Vec<Law>,
}

/// Reads the table, sorted by id.
pub fn load(tables: &Tables) -> Result<Vec<Law>, PackError> {
    let text = tables.text("pack/world/laws.toml", include_str!("laws.toml"))?;
    let file: File = toml::from_str(&text).map_err(|source| PackError::World {
        table: "laws".to_owned(),
        source: Box::new(source),
    })?;
    let mut laws = file.law;
    laws.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(laws)
}

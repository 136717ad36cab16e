//! A user's own names: companies and authorities to watch, with aliases and ids.
//!
//! TOML holds `[[entity]]` tables, CSV a header and a row an entity, its aliases parted by `;`.
//! Refused: an entity without id or name, an unknown kind, country or field, an id that stands twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::regulators::Listed;
use crate::{base::action::Sector, pack::sense::Country};

/// Why a watch-list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The file cannot be read.
    #[error("reading `{}`", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("`{}` is no list of [[entity]] tables", .path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: Box<toml::de::Error>,
    },
    /// The file is no CSV.
    #[error("`{}`, line {line}: not id, name, aliases, kind, country, sector", .path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
    },
    /// An entity is wrong.
    #[error("`{}`: entity `{id}` {fault}", .path.display())]
    Entity {
        /// The file.
        path: PathBuf,
        /// Its id.
        id: String,
        /// What is wrong with it.
        fault: &'static str,
    },
}

/// What an entity is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WatchedKind {
    /// A company or another organisation.
    #[default]
    Company,
    /// An authority.
    Regulator,
}

/// An entity of a watch-list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    /// The user's id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is.
    #[serde(default)]
    pub kind: WatchedKind,
    /// ISO 3166 code of an authority.
    #[serde(default)]
    pub country: String,
    /// Field of an authority.
    #[serde(default)]
    pub sector: Option<Sector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlFile {
    #[serde(default)]
    entity: Vec<Watched>,
}

/// Reads a watch-list: CSV if the file is named so, else TOML.
pub fn read(path: &Path) -> Result<Vec<Watched>, WatchError> {
    let text = fs::read_to_string(path)
        .map_err(|source| WatchError::Read { path: path.to_owned(), source })?;
    let is_csv = path.extension().is_some_and(|end| end.eq_ignore_ascii_case(OsStr::new("csv")));
    let list = if is_csv { from_csv(path, &text)? } else { from_toml(path, &text)? };
    let mut ids = BTreeSet::new();
    for entity in &list {
        let fault = if entity.id.trim().is_empty() {
            "has no id"
        } else if entity.name.trim().is_empty() {
            "has no name"
        } else if !entity.country.is_empty() && Country::new(&entity.country).is_none() {
            "is of no known country"
        } else if !ids.insert(&entity.id) {
            "stands twice"
        } else {
            continue;
        };
        return Err(WatchError::Entity { path: path.to_owned(), id: entity.id.clone(), fault });
    }
    Ok(list)
}

fn from_toml(path: &Path, text: &str) -> Result<Vec<Watched>, WatchError> {
    let file: TomlFile = toml::from_str(text)
        .map_err(|source| WatchError::Toml { path: path.to_owned(), source: Box::new(source) })?;
    Ok(file.entity)
}

/// Reads rows under a header that names their columns, in any order.
fn from_csv(path: &Path, text: &str) -> Result<Vec<Watched>, WatchError> {
    let mut lines = text.strip_prefix('\u{FEFF}').unwrap_or(text).lines().enumerate();
    let header = lines.next().map_or_else(Vec::new, |(_, line)| fields(line));
    let rows = lines.filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(at, line)| {
        let mut entity = Watched::default();
        let row = fields(line);
        let is_read = row.len() <= header.len()
            && header.iter().zip(row).all(|(column, field)| entity.set(column, field));
        is_read.then_some(entity).ok_or(WatchError::Csv { path: path.to_owned(), line: at + 1 })
    })
    .collect()
}

/// Cuts a line of CSV; a field in quotes may hold commas, and quotes twice.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        let Some(field) = fields.last_mut() else { break };
        match c {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            _ => field.push(c),
        }
    }
    fields.iter().map(|field| field.trim().to_owned()).collect()
}

impl Watched {
    /// Sets a column; returns whether there is one of that name that takes the value.
    fn set(&mut self, column: &str, value: String) -> bool {
        match (column, value.as_str()) {
            ("id", _) => self.id = value,
            ("name", _) => self.name = value,
            ("country", _) => self.country = value,
            ("aliases", _) => {
                let names = value.split(';').map(str::trim).filter(|name| !name.is_empty());
                self.aliases = names.map(str::to_owned).collect();
            }
            ("kind", "" | "company") => self.kind = WatchedKind::Company,
            ("kind", "regulator") => self.kind = WatchedKind::Regulator,
            ("sector", "") => {}
            ("sector", _) => {
                self.sector = Sector::from_word(&value);
                return self.sector.is_some();
            }
            _ => return false,
        }
        true
    }

    /// Returns all its names.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        let names = std::iter::once(&self.name).chain(&self.aliases);
        names.map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Returns the authority that it is.
    pub fn listed(&self) -> Listed {
        Listed {
            id: self.id.clone(),
            country: self.country.clone(),
            sector: self.sector.unwrap_or(Sector::Other),
            name: self.name.clone(),
            official: String::new(),
            website: None,
            acronyms: self.all_names().map(str::to_owned).collect(),
            ambiguous: false,
            names: BTreeMap::new(),
            epithets: BTreeMap::new(),
            former: Vec::new(),
            watched: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_say_the_same() {
        let path = Path::new("list");
        let csv = "id,name,aliases,kind,country,sector\n7,\"Acme Holding\",Acme; ACM SA,,,\n\
                   r1,Board of Acme,BoA,regulator,FR,financial\n";
        let toml = "[[entity]]\nid = \"7\"\nname = \"Acme Holding\"\naliases = [\"Acme\", \"ACM SA\"]\n\
                    [[entity]]\nid = \"r1\"\nname = \"Board of Acme\"\naliases = [\"BoA\"]\n\
                    kind = \"regulator\"\ncountry = \"FR\"\nsector = \"financial\"\n";
        let (csv, toml) = (from_csv(path, csv).unwrap(), from_toml(path, toml).unwrap());
        assert_eq!(format!("{csv:?}"), format!("{toml:?}"));
        assert_eq!(csv[0].all_names().collect::<Vec<_>>(), ["Acme Holding", "Acme", "ACM SA"]);
    }
}

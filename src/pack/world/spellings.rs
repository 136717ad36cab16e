//! Names that are not written like names: addresses ("Booking.com"), and companies whose name starts
//! with a figure or a small letter ("1&1", "bunq").

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::pack::{compile::PackError, tables::Tables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Last part of an address, without its dot.
    domains: Vec<Box<str>>,
    /// Names as they are written.
    brands: Vec<Box<str>>,
}

/// The spellings of names that capitals do not show.
#[derive(Debug, Default)]
pub struct Spellings {
    domains: FxHashSet<Box<str>>,
    brands: FxHashSet<Box<str>>,
}

impl Spellings {
    /// Reads the table.
    pub fn load(tables: &Tables) -> Result<Self, PackError> {
        let text = tables.text("pack/world/spellings.toml", include_str!("spellings.toml"))?;
        let file: File = toml::from_str(&text).map_err(|source| PackError::World {
            table: "spellings".to_owned(),
            source: Box::new(source),
        })?;
        Ok(Self {
            domains: file.domains.into_iter().collect(),
            brands: file.brands.into_iter().collect(),
        })
    }

    /// Returns whether an address may end so: "com".
    pub fn ends_address(&self, word: &str) -> bool {
        self.domains.contains(word)
    }

    /// Returns whether a company is written so: "bunq".
    pub fn is_brand(&self, words: &str) -> bool {
        self.brands.contains(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_nothing_twice() {
        let file: File = toml::from_str(include_str!("spellings.toml")).unwrap();
        for list in [file.domains, file.brands] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }
}

//! `finewire regulators`: the authorities that are built in.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use finewire::pack::{
    tables::Tables,
    world::regulators::{self, Listed},
};
use serde_json::{Value, json};

use crate::cli::table::Table;

/// Print the regulators that are built in
#[derive(Debug, Args)]
pub(crate) struct Regulators {
    /// Only those of a country: an ISO 3166 code, or EU
    #[arg(long, value_name = "XX")]
    country: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Regulators {
    /// Prints the regulators.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let mut regulators = regulators::load(&Tables::default())?;
        if let Some(country) = &self.country {
            regulators.retain(|regulator| regulator.country.eq_ignore_ascii_case(country));
        }
        if self.json {
            let entries: Vec<Value> = regulators.iter().map(entry).collect();
            writeln!(out, "{:#}", json!({ "regulators": entries }))?;
            return Ok(0);
        }
        let mut table =
            Table::new(&["id", "country", "sector", "name", "official name", "website"]);
        for regulator in &regulators {
            table.row([
                regulator.id.clone(),
                regulator.country.clone(),
                regulator.sector.word().to_owned(),
                regulator.name.clone(),
                regulator.official.clone(),
                regulator.website.clone().unwrap_or_default(),
            ]);
        }
        table.write(out, "")?;
        Ok(0)
    }
}

fn entry(regulator: &Listed) -> Value {
    json!({
        "id": regulator.id,
        "country": regulator.country,
        "sector": regulator.sector.word(),
        "name": regulator.name,
        "official": regulator.official,
        "website": regulator.website,
        "acronyms": regulator.acronyms,
        "names": regulator.names,
        "epithets": regulator.epithets,
        "former": regulator.former,
    })
}

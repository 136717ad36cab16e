//! `finewire schema`: every table and column of the dataset.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use finewire::dataset::schema;

/// Print every table and column of the dataset
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Schema {
    /// Prints the schema.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        if self.json {
            writeln!(out, "{:#}", schema::to_json())?;
        } else {
            write!(out, "{}", schema::to_text())?;
        }
        Ok(0)
    }
}

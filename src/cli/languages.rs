//! `finewire languages`: the carried languages and how much each pack holds.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use finewire::{
    base::lang::Lang,
    pack::{compile::Pack, tables::Tables, world::World},
};
use serde_json::{Value, json};

use crate::cli::table::Table;

/// Print the languages that are built in
#[derive(Debug, Args)]
pub(crate) struct Languages {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is printed of a language.
struct Entry {
    lang: Lang,
    /// Distinct forms that its pack knows.
    words: usize,
    /// Countries that its news is from, likeliest first.
    countries: Vec<String>,
    /// Regulators that have a name in it.
    regulators: usize,
}

impl Languages {
    /// Prints the languages.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let world = World::load(&Tables::default())?;
        let entries = Lang::ALL
            .iter()
            .map(|&lang| Entry::new(lang, &world))
            .collect::<Result<Vec<Entry>>>()?;
        if self.json {
            let languages: Vec<Value> = entries.iter().map(Entry::json).collect();
            writeln!(out, "{:#}", json!({ "languages": languages }))?;
            return Ok(0);
        }
        let mut table = Table::new(&["code", "language", ">words", ">regulators", "countries"]);
        for entry in &entries {
            table.row([
                entry.lang.code().to_owned(),
                entry.lang.name().to_owned(),
                entry.words.to_string(),
                entry.regulators.to_string(),
                entry.countries.join(" "),
            ]);
        }
        table.write(out, "")?;
        Ok(0)
    }
}

impl Entry {
    fn new(lang: Lang, world: &World) -> Result<Self> {
        let pack = Pack::load(lang, &Tables::default(), &world.currencies)?;
        let named = world.regulators.iter().filter(|regulator| {
            regulator.names.get(lang.code()).is_some_and(|names| !names.is_empty())
        });
        Ok(Self {
            lang,
            words: pack.lexicon.len(),
            countries: pack.home.iter().map(|country| country.code().to_owned()).collect(),
            regulators: named.count(),
        })
    }

    fn json(&self) -> Value {
        json!({
            "code": self.lang.code(),
            "name": self.lang.name(),
            "words": self.words,
            "regulators": self.regulators,
            "countries": self.countries,
        })
    }
}

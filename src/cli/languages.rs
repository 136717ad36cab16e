//! `finewire languages`: the carried languages, how much each pack holds, and how well each is read.
//!
//! Scores are not worked out here: `measured.txt` is what `finewire train tests/gold --told tests/told --folds 5` printed last, and
//! names are scored in `docs/names.md`. A score of too few names is left out.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use finewire::{
    base::lang::Lang,
    pack::{
        compile::Pack,
        tables::Tables,
        world::{
            currencies::Currencies,
            regulators::{self, Listed},
        },
    },
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

/// Output of `finewire train tests/gold --told tests/told --folds 5`: each article is scored by weights that it had no part in.
const MEASURED: &str = include_str!("measured.txt");

/// Scores of names, by language and set.
const NAMES: &str = include_str!("../../docs/names.md");

/// A score of fewer names says nothing.
const ENOUGH: usize = 20;

/// How the scores came about, for people.
const HOW: &str = "Scores are F1. Amounts, dates and actions: `finewire train tests/gold --told tests/told --folds 5`, annotated articles of that language.
Names: held-out sentences, `scripts/train-names`. A dash: not measured.";

/// F1 of what is read in a language.
#[derive(Debug, Default)]
struct Scores {
    /// Annotated articles.
    articles: usize,
    amounts: Option<f64>,
    dates: Option<f64>,
    actions: Option<f64>,
    names: Option<f64>,
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
    scores: Scores,
}

impl Languages {
    /// Prints the languages.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let tables = Tables::default();
        let (currencies, regulators) = (Currencies::load(&tables)?, regulators::load(&tables)?);
        let entries = Lang::ALL
            .iter()
            .map(|&lang| Entry::new(lang, &currencies, &regulators))
            .collect::<Result<Vec<Entry>>>()?;
        if self.json {
            let languages: Vec<Value> = entries.iter().map(Entry::json).collect();
            writeln!(out, "{:#}", json!({ "languages": languages }))?;
            return Ok(0);
        }
        let mut table = Table::new(&[
            "code",
            "language",
            ">words",
            ">regulators",
            ">articles",
            ">dates",
            ">amounts",
            ">names",
            ">actions",
            "countries",
        ]);
        let score = |of: Option<f64>| of.map_or("-".to_owned(), |score| format!("{score:.2}"));
        for entry in &entries {
            table.row([
                entry.lang.code().to_owned(),
                entry.lang.name().to_owned(),
                entry.words.to_string(),
                entry.regulators.to_string(),
                entry.scores.articles.to_string(),
                score(entry.scores.dates),
                score(entry.scores.amounts),
                score(entry.scores.names),
                score(entry.scores.actions),
                entry.countries.join(" "),
            ]);
        }
        table.write(out, "")?;
        writeln!(out, "\n{HOW}")?;
        Ok(0)
    }
}

impl Entry {
    fn new(lang: Lang, currencies: &Currencies, regulators: &[Listed]) -> Result<Self> {
        let pack = Pack::load(lang, &Tables::default(), currencies)?;
        let named = regulators.iter().filter(|regulator| {
            regulator.names.get(lang.code()).is_some_and(|names| !names.is_empty())
        });
        Ok(Self {
            lang,
            words: pack.lexicon.len(),
            countries: pack.home.iter().map(|country| country.code().to_owned()).collect(),
            regulators: named.count(),
            scores: Scores::of(lang),
        })
    }

    fn json(&self) -> Value {
        json!({
            "code": self.lang.code(),
            "name": self.lang.name(),
            "words": self.words,
            "regulators": self.regulators,
            "countries": self.countries,
            "measured": {
                "articles": self.scores.articles,
                "dates_f1": self.scores.dates,
                "amounts_f1": self.scores.amounts,
                "names_f1": self.scores.names,
                "actions_f1": self.scores.actions,
            },
        })
    }
}

impl Scores {
    /// Returns what was measured of `lang`.
    fn of(lang: Lang) -> Self {
        let names = names_of(lang.code());
        let row = MEASURED.lines().find(|row| row.split_whitespace().next() == Some(lang.code()));
        let Some(row) = row else { return Self { names, ..Self::default() } };
        // "fr 23 1.00 | P R F1 | P R F1 | P R F1 full | …"
        let groups: Vec<Vec<&str>> =
            row.split('|').map(|group| group.split_whitespace().collect()).collect();
        let cell = |group: usize, at: usize| groups.get(group)?.get(at).copied();
        let f1 = |group: usize| cell(group, 2)?.parse().ok();
        Self {
            articles: cell(0, 1).and_then(|count| count.parse().ok()).unwrap_or_default(),
            amounts: f1(1),
            dates: f1(2),
            actions: f1(3),
            names,
        }
    }
}

/// Returns the score of names in a language: on the held-out sentences of others where there are some.
fn names_of(code: &str) -> Option<f64> {
    let score = |set: &str| {
        NAMES.lines().find_map(|row| {
            let mut cells = row.split_whitespace();
            let is_it = cells.next() == Some(code) && cells.next() == Some(set);
            let names: usize = cells.next().filter(|_| is_it)?.parse().ok()?;
            cells.nth(1).filter(|_| names >= ENOUGH)?.parse().ok()
        })
    };
    score("dev").or_else(|| score("own"))
}

//! What a run counted: the numbers of its summary on the terminal and of `run.json`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::dataset::{cost::Costs, record::Record, schema::SCHEMA_VERSION};

/// Counts of a run, so far or in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Articles read, failed and repeated ones included.
    pub articles: u64,
    /// Articles dropped because the run had read the same address with the same content.
    pub repeated: u64,
    /// Articles that are near-identical to one read before.
    pub duplicates: u64,
    /// Bytes of (decompressed) input.
    pub input_bytes: u64,
    /// Bytes of all files written; 0 until the run has ended.
    pub output_bytes: u64,
    /// Rows by table; `cases` is 0 until the run has ended.
    pub rows: BTreeMap<&'static str, u64>,
    /// Rows of `articles` by status.
    pub status: BTreeMap<&'static str, u64>,
    /// Rows of `articles` by language.
    pub languages: BTreeMap<&'static str, u64>,
    /// Rows of `actions` by language of the article.
    pub actions_by_language: BTreeMap<&'static str, u64>,
    /// Rows of `actions` by type.
    pub actions: BTreeMap<&'static str, u64>,
    /// Skipped and failed articles by reason.
    pub reasons: BTreeMap<String, u64>,
    /// Seconds by stage: `total` by the wall; `read`, `process`, `write`, `merge` where they were
    /// busy, which overlaps.
    pub seconds: BTreeMap<&'static str, f64>,
    /// Threads that processed articles.
    pub threads: usize,
    /// Where the time went.
    pub costs: Costs,
}

impl Summary {
    /// Counts a record that goes into the dataset.
    pub fn count(&mut self, record: &Record) {
        let row = &record.article;
        self.costs.count(record);
        self.articles += 1;
        self.input_bytes += row.input_bytes;
        self.duplicates += u64::from(row.duplicate_of.is_some());
        *self.status.entry(row.status).or_default() += 1;
        *self.languages.entry(row.lang).or_default() += 1;
        if let Some(reason) = &row.reason {
            *self.reasons.entry(reason.clone()).or_default() += 1;
        }
        for action in &record.actions {
            *self.actions.entry(action.r#type).or_default() += 1;
            *self.actions_by_language.entry(row.lang).or_default() += 1;
        }
        let rows = [
            ("articles", 1),
            ("entities", record.entities.len()),
            ("dates", record.dates.len()),
            ("amounts", record.amounts.len()),
            ("actions", record.actions.len()),
            ("cases", 0),
        ];
        for (table, number) in rows {
            *self.rows.entry(table).or_default() += number as u64;
        }
    }

    /// Counts a record that was dropped as an exact repeat.
    pub fn count_repeat(&mut self, record: &Record) {
        self.articles += 1;
        self.repeated += 1;
        self.input_bytes += record.article.input_bytes;
    }

    /// Returns the number of rows of `table`.
    pub fn rows(&self, table: &str) -> u64 {
        self.rows.get(table).copied().unwrap_or_default()
    }

    /// Returns the number of articles that failed.
    pub fn failed(&self) -> u64 {
        self.status.get("failed").copied().unwrap_or_default()
    }

    /// Returns megabytes of input a second, by the wall.
    pub fn megabytes_per_second(&self) -> f64 {
        let seconds = self.seconds.get("total").copied().unwrap_or_default();
        if seconds > 0.0 { self.input_bytes as f64 / 1e6 / seconds } else { 0.0 }
    }

    /// Returns the summary as the object that `run.json` and `--json` hold.
    pub fn to_json(&self) -> Value {
        json!({
            "finewire_version": env!("CARGO_PKG_VERSION"),
            "schema_version": SCHEMA_VERSION,
            "threads": self.threads,
            "articles": self.articles,
            "repeated": self.repeated,
            "duplicates": self.duplicates,
            "status": self.status,
            "languages": self.languages,
            "rows": self.rows,
            "actions": self.actions,
            "actions_by_language": self.actions_by_language,
            "cases": self.rows("cases"),
            "reasons": self.reasons,
            "input_bytes": self.input_bytes,
            "output_bytes": self.output_bytes,
            "seconds": self.seconds,
            "megabytes_per_second": self.megabytes_per_second(),
            "costs": self.costs.to_json(),
        })
    }
}

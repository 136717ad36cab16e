//! What a run counted: the numbers of its summary on the terminal and of `run.json`.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Map, Value, json};

use crate::dataset::{
    catalog::Entry,
    cost::Costs,
    health::Yield,
    plan::{Changes, Plan},
    rowset::OF_ARTICLES,
    schema::SCHEMA_VERSION,
};

/// Counts of a run, so far or in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Articles read, failed and repeated ones included.
    pub articles: u64,
    /// Articles dropped because the run had read the same address with the same content.
    pub repeated: u64,
    /// Articles whose rows an earlier run had made of the same bytes.
    pub reused: u64,
    /// What changed against the snapshot before.
    pub changes: Changes,
    /// Whether the run was asked to end before the input did.
    pub interrupted: bool,
    /// Articles of the dataset that are near-identical to an earlier one; 0 until the run has ended.
    pub duplicates: u64,
    /// Bytes of (decompressed) input.
    pub input_bytes: u64,
    /// Bytes of all files written; 0 until the run has ended.
    pub output_bytes: u64,
    /// Rows of the dataset by table; empty until the run has ended.
    pub rows: BTreeMap<&'static str, u64>,
    /// Articles read by status.
    pub status: BTreeMap<String, u64>,
    /// Articles read by language.
    pub languages: BTreeMap<String, u64>,
    /// Actions of articles read by language of the article.
    pub actions_by_language: BTreeMap<String, u64>,
    /// Rows of `actions` by type; empty until the run has ended.
    pub actions: BTreeMap<String, u64>,
    /// Articles read that were skipped, failed or are not whole, by reason.
    pub reasons: BTreeMap<String, u64>,
    /// What the articles of each outlet yielded.
    pub outlets: BTreeMap<String, Yield>,
    /// The same of the articles that were read now, and not known from before.
    pub outlets_read: BTreeMap<String, Yield>,
    /// Seconds by stage: `total`, `write` and `merge` by the wall; `read`, `process`, `put_aside`
    /// where they were busy, which overlaps.
    pub seconds: BTreeMap<&'static str, f64>,
    /// Threads that processed articles.
    pub threads: usize,
    /// Where the time went.
    pub costs: Costs,
}

impl Summary {
    /// Counts an article that was read, or that is known from before.
    pub(crate) fn count(&mut self, entry: &Entry) {
        self.articles += 1;
        self.input_bytes += entry.input_bytes;
        add(&mut self.status, entry.status, 1);
        add(&mut self.languages, entry.lang, 1);
        if !entry.reason.is_empty() {
            add(&mut self.reasons, entry.reason, 1);
        }
        count_outlet(&mut self.outlets, entry);
        let [.., actions] = entry.rows;
        if actions > 0 {
            add(&mut self.actions_by_language, entry.lang, u64::from(actions));
        }
    }

    /// Counts an article that was read, and not known from before.
    pub(crate) fn count_read(&mut self, entry: &Entry) {
        self.count(entry);
        count_outlet(&mut self.outlets_read, entry);
    }

    /// Counts an article that was dropped as an exact repeat.
    pub(crate) fn count_repeat(&mut self, input_bytes: u64) {
        self.articles += 1;
        self.repeated += 1;
        self.input_bytes += input_bytes;
    }

    /// Counts what the new snapshot holds.
    pub(crate) fn count_rows(&mut self, plan: &Plan) {
        self.changes = plan.changes;
        self.duplicates =
            plan.finals.iter().filter(|article| article.duplicate_of != 0).count() as u64;
        for (index, table) in OF_ARTICLES.into_iter().enumerate() {
            self.rows.insert(table.name, plan.rows(index));
        }
    }

    /// Notes how long a stage took, in whole milliseconds: more digits say nothing.
    pub(crate) fn took(&mut self, stage: &'static str, time: Duration) {
        self.seconds.insert(stage, time.as_millis() as f64 / 1e3);
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
            "reused": self.reused,
            "interrupted": self.interrupted,
            "changes": {
                "new": self.changes.new,
                "changed": self.changes.changed,
                "removed": self.changes.removed,
                "unchanged": self.changes.unchanged,
            },
            "duplicates": self.duplicates,
            "status": self.status,
            "languages": self.languages,
            "rows": self.rows,
            "actions": self.actions,
            "actions_by_language": self.actions_by_language,
            "cases": self.rows("cases"),
            "reasons": self.reasons,
            "outlets": of_outlets(&self.outlets),
            "outlets_read": of_outlets(&self.outlets_read),
            "input_bytes": self.input_bytes,
            "output_bytes": self.output_bytes,
            "seconds": self.seconds,
            "megabytes_per_second": self.megabytes_per_second(),
            "costs": self.costs.to_json(),
        })
    }
}

fn add(counts: &mut BTreeMap<String, u64>, word: &str, number: u64) {
    // Most words are there already, so that none is allocated.
    match counts.get_mut(word) {
        Some(count) => *count += number,
        None => {
            counts.insert(word.to_owned(), number);
        }
    }
}

fn count_outlet(outlets: &mut BTreeMap<String, Yield>, entry: &Entry) {
    match outlets.get_mut(&*entry.outlet) {
        Some(outlet) => outlet.count(entry),
        None => outlets.entry(entry.outlet.to_string()).or_default().count(entry),
    }
}

fn of_outlets(outlets: &BTreeMap<String, Yield>) -> Map<String, Value> {
    outlets.iter().map(|(name, outlet)| (name.clone(), outlet.to_json())).collect()
}

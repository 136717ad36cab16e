//! What one snapshot tells that another did not: articles, actions, statuses, cases.
//!
//! Only the tables are read, so any two snapshots can be compared. A case is followed by its
//! actions: one that holds actions of two earlier cases was merged, one that holds none is new.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
};

use polars::prelude::{DataFrame, ParallelStrategy, ParquetReader, SerReader};
use serde_json::{Value, json};

use crate::dataset::parts::WriteError;

/// Differences between two snapshots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Ids of articles that only the later one has.
    pub new_articles: Vec<String>,
    /// Ids of articles whose content differs.
    pub changed_articles: Vec<String>,
    /// Ids of articles that only the earlier one has.
    pub removed_articles: Vec<String>,
    /// Actions that only the later one has, in words.
    pub new_actions: Vec<String>,
    /// Cases whose status differs, in words.
    pub changed_statuses: Vec<String>,
    /// Cases that only the later one tells, in words.
    pub new_cases: Vec<String>,
    /// Cases that hold actions of several earlier ones, in words.
    pub merged_cases: Vec<String>,
}

/// Compares two snapshots by their folders.
pub fn between(earlier: &Path, later: &Path) -> Result<Difference, WriteError> {
    let mut difference = Difference::default();
    articles(&contents(earlier)?, &contents(later)?, &mut difference);
    let before = actions(earlier)?;
    for (id, words) in actions(later)? {
        if !before.contains_key(&id) {
            difference.new_actions.push(words);
        }
    }
    cases(&told(earlier)?, &told(later)?, &mut difference);
    Ok(difference)
}

impl Difference {
    /// Returns whether the snapshots tell the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the differences as the object that `run.json` and `diff --json` hold.
    pub fn to_json(&self) -> Value {
        json!({
            "new_articles": self.new_articles,
            "changed_articles": self.changed_articles,
            "removed_articles": self.removed_articles,
            "new_actions": self.new_actions,
            "changed_statuses": self.changed_statuses,
            "new_cases": self.new_cases,
            "merged_cases": self.merged_cases,
        })
    }

    /// Returns how many differences of each kind there are, and what they are called.
    pub fn counts(&self) -> [(&'static str, &[String]); 7] {
        [
            ("new articles", &self.new_articles),
            ("changed articles", &self.changed_articles),
            ("removed articles", &self.removed_articles),
            ("new actions", &self.new_actions),
            ("changed statuses", &self.changed_statuses),
            ("new cases", &self.new_cases),
            ("merged cases", &self.merged_cases),
        ]
    }
}

/// Reads some columns of a table, part after part.
fn frames(
    snapshot: &Path,
    table: &str,
    columns: &[&str],
    mut each: impl FnMut(&DataFrame),
) -> Result<(), WriteError> {
    let folder = snapshot.join(table);
    let entries = fs::read_dir(&folder).map_err(WriteError::file(&folder))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let file = File::open(&path).map_err(WriteError::file(&path))?;
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        let frame = ParquetReader::new(file)
            .with_columns(Some(columns))
            .read_parallel(ParallelStrategy::None)
            .finish()
            .map_err(|source| WriteError::Decode { path, source })?;
        each(&frame);
    }
    Ok(())
}

fn cell(frame: &DataFrame, column: &str, row: usize) -> Option<String> {
    frame.column(column).ok()?.str().ok()?.get(row).map(str::to_owned)
}

fn contents(snapshot: &Path) -> Result<BTreeMap<String, String>, WriteError> {
    let mut contents = BTreeMap::new();
    frames(snapshot, "articles", &["article_id", "content_hash"], |frame| {
        for row in 0..frame.height() {
            let id = cell(frame, "article_id", row).unwrap_or_default();
            contents.insert(id, cell(frame, "content_hash", row).unwrap_or_default());
        }
    })?;
    Ok(contents)
}

fn articles(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    difference: &mut Difference,
) {
    for (id, content) in after {
        match before.get(id) {
            None => difference.new_articles.push(id.clone()),
            Some(old) if old != content => difference.changed_articles.push(id.clone()),
            Some(_) => {}
        }
    }
    difference.removed_articles =
        before.keys().filter(|id| !after.contains_key(*id)).cloned().collect();
}

/// Returns the columns of an action or case as one phrase.
fn words(frame: &DataFrame, row: usize) -> String {
    let amount = || frame.column("amount").ok()?.f64().ok()?.get(row);
    let text = |column| cell(frame, column, row);
    let mut words = vec![text("type").unwrap_or_default()];
    words.extend(text("regulator").map(|regulator| format!("by {regulator}")));
    words.extend(text("target").map(|target| format!("against {target}")));
    words.extend(amount().map(|sum| {
        format!("of {sum} {}", text("currency").unwrap_or_default()).trim_end().to_owned()
    }));
    words.join(" ")
}

const IN_WORDS: [&str; 6] = ["type", "status", "regulator", "target", "amount", "currency"];

/// Returns every action in words, by article, type, target and sum, which outlive its number.
fn actions(snapshot: &Path) -> Result<BTreeMap<(String, String), String>, WriteError> {
    let mut actions = BTreeMap::new();
    let columns = [&IN_WORDS[..], &["article_id"]].concat();
    frames(snapshot, "actions", &columns, |frame| {
        for row in 0..frame.height() {
            let article = cell(frame, "article_id", row).unwrap_or_default();
            let status = cell(frame, "status", row).unwrap_or_default();
            let words = words(frame, row);
            actions.insert((article, words.clone()), format!("{words} ({status})"));
        }
    })?;
    Ok(actions)
}

/// One case, as far as it is compared.
struct Case {
    id: String,
    status: String,
    words: String,
    actions: Vec<String>,
}

fn told(snapshot: &Path) -> Result<Vec<Case>, WriteError> {
    let mut cases = Vec::new();
    let columns = [&IN_WORDS[..], &["case_id", "actions"]].concat();
    frames(snapshot, "cases", &columns, |frame| {
        let list = |row| {
            let series = frame.column("actions").ok()?.list().ok()?.get_as_series(row)?;
            Some(series.str().ok()?.iter().flatten().map(str::to_owned).collect())
        };
        for row in 0..frame.height() {
            let text = |column| cell(frame, column, row).unwrap_or_default();
            let (id, status) = (text("case_id"), text("status"));
            let actions = list(row).unwrap_or_default();
            cases.push(Case { id, status, words: words(frame, row), actions });
        }
    })?;
    Ok(cases)
}

fn cases(before: &[Case], after: &[Case], difference: &mut Difference) {
    let mut by_action: BTreeMap<&str, &Case> = BTreeMap::new();
    let mut by_id: BTreeMap<&str, &Case> = BTreeMap::new();
    for case in before {
        by_id.insert(&case.id, case);
        by_action.extend(case.actions.iter().map(|action| (action.as_str(), case)));
    }
    for case in after {
        let held = case.actions.iter().filter_map(|action| by_action.get(action.as_str()).copied());
        let held: BTreeMap<&str, &Case> = held
            .chain(by_id.get(case.id.as_str()).copied())
            .map(|old| (old.id.as_str(), old))
            .collect();
        if held.is_empty() {
            difference.new_cases.push(format!("{} ({})", case.words, case.status));
        }
        if held.len() > 1 {
            difference.merged_cases.push(case.words.clone());
        }
        let statuses: BTreeSet<&str> = held.values().map(|old| old.status.as_str()).collect();
        if !statuses.is_empty() && !statuses.contains(case.status.as_str()) {
            let old = statuses.into_iter().collect::<Vec<_>>().join(", ");
            difference.changed_statuses.push(format!("{}: {old} → {}", case.words, case.status));
        }
    }
}

//! What is done article by article in the order of the input, between the threads and the writer.
//!
//! Exact repeats are dropped, near-duplicates of an article read before are marked, everything is
//! counted, and what the cases will need is kept: actions without the words of their evidence.

use crate::{
    dataset::{
        identity::Identities,
        record::{ActionRow, Record},
        summary::Summary,
    },
    merge::{Duplicates, Report},
};

/// Settles records in the order of the input.
#[derive(Default)]
pub struct Settler {
    /// Counts so far.
    pub summary: Summary,
    /// Articles with actions so far, for the cases.
    pub reports: Vec<Report>,
    identities: Identities,
    duplicates: Duplicates,
}

impl Settler {
    /// Returns the records that go into the dataset, each with an id of its own.
    pub fn settle(&mut self, mut records: Vec<Record>) -> Vec<Record> {
        records.retain_mut(|record| {
            let is_new = self.identities.settle(record);
            if !is_new {
                self.summary.count_repeat(record);
            }
            is_new
        });
        for record in &mut records {
            if record.article.status == "ok" {
                record.article.duplicate_of = self.duplicates.check(&record.article);
            }
            self.summary.count(record);
            if !record.actions.is_empty() {
                self.reports.push(report(record));
            }
        }
        records
    }
}

fn report(record: &Record) -> Report {
    let row = &record.article;
    let lean = |action: &ActionRow| ActionRow {
        evidence: String::new(),
        why: Vec::new(),
        ..action.clone()
    };
    Report {
        article_id: row.article_id.clone(),
        lang: row.lang,
        published_on: row.published_on,
        duplicate_of: row.duplicate_of.clone(),
        actions: record.actions.iter().map(lean).collect(),
    }
}

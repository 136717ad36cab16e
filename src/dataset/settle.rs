//! What is done article by article in the order of the input, between the threads and the writer.
//!
//! Exact repeats are dropped, near-duplicates of an article read before are marked, everything is
//! counted, and what the cases will need is kept.

use crate::{
    dataset::{
        identity::Identities,
        record::{ActionRow, ArticleRow, Record},
        summary::Summary,
    },
    merge::{
        Duplicates, Sketched,
        told::{Report, Shared, Told},
    },
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
    shared: Shared,
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
                record.article.duplicate_of = self.duplicates.check(&sketched(&record.article));
            }
            self.summary.count(record);
            if !record.actions.is_empty() {
                let report = report(record, &mut self.shared);
                self.reports.push(report);
            }
        }
        records
    }
}

fn sketched(row: &ArticleRow) -> Sketched<'_> {
    Sketched { article_id: &row.article_id, lang: row.lang, sketch: &row.sketch }
}

fn report(record: &Record, shared: &mut Shared) -> Report {
    let row = &record.article;
    Report {
        article_id: row.article_id.clone(),
        lang: row.lang,
        published_on: row.published_on,
        duplicate_of: row.duplicate_of.clone(),
        actions: record.actions.iter().map(|action| told(action, shared)).collect(),
    }
}

/// Returns what the cases need of an action.
pub fn told(row: &ActionRow, shared: &mut Shared) -> Told {
    Told {
        action_id: row.action_id.as_str().into(),
        start: row.start,
        confidence: row.confidence,
        r#type: row.r#type,
        status: row.status,
        regulator_id: shared.maybe(row.regulator_id.as_deref()),
        regulator: shared.maybe(row.regulator.as_deref()),
        country: shared.maybe(row.country.as_deref()),
        sector: row.sector,
        target: shared.maybe(row.target.as_deref()),
        amount: row.amount,
        amount_max: row.amount_max,
        currency: shared.maybe(row.currency.as_deref()),
        amount_qualifier: row.amount_qualifier,
        per: row.per,
        amount_eur: row.amount_eur,
        date: shared.maybe(row.date.as_deref()),
        first_day: row.first_day,
        last_day: row.last_day,
        date_from: row.date_from,
        laws: row.laws.iter().map(|law| shared.of(law)).collect(),
    }
}

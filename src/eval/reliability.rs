//! How far `confidence` can be believed: of the rows with 0.8, how many are right?

use std::fmt::Write as _;

use finewire::dataset::record::Record;

use super::{
    gold::GoldArticle,
    score::{self, Outcome},
};

/// Bins of confidence.
const BINS: usize = 10;

/// Rows and right rows by confidence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reliability {
    bins: [Bin; BINS],
}

#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    rows: usize,
    right: usize,
    confidence: f64,
}

impl Reliability {
    /// Adds the rows of one article; a row is right that stands for an annotated action of its type.
    pub(crate) fn add(&mut self, gold: &GoldArticle, record: &Record) {
        let outcome: Outcome = score::article(gold, record, 0.0);
        let right = |row: usize| outcome.pairs.iter().any(|p| p.found == row && p.is_found());
        let extra = |row: usize| outcome.actions.extra.contains(&row);
        for (row, action) in record.actions.iter().enumerate() {
            if !right(row) && !extra(row) && !outcome.pairs.iter().any(|p| p.found == row) {
                continue; // It stands for an optional action.
            }
            let number = (f64::from(action.confidence) * BINS as f64) as usize;
            let bin = &mut self.bins[number.min(BINS - 1)];
            bin.rows += 1;
            bin.right += usize::from(right(row));
            bin.confidence += f64::from(action.confidence);
        }
    }

    /// Returns a table, a line a bin.
    pub(crate) fn table(&self) -> String {
        let mut table = String::from("confidence   rows  mean  right\n");
        for (number, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.rows > 0) {
            let of = |part: f64| part / bin.rows as f64;
            let (from, to) = (number as f64 / 10.0, (number + 1) as f64 / 10.0);
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "{from:.1} to {to:.1} {:6} {:5.2} {:6.2}",
                bin.rows,
                of(bin.confidence),
                of(bin.right as f64),
            );
        }
        table
    }
}

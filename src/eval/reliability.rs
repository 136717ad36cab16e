//! How far `confidence` can be believed: of the rows with 0.8, how many are right?

use std::fmt::Write as _;

use finewire::dataset::record::Record;

use super::{
    gold::GoldArticle,
    score::{self, Counts},
};

/// Bins of confidence.
const BINS: usize = 10;

/// Rows and right rows by confidence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reliability {
    bins: [Bin; BINS],
    /// What is found if rows below each of [`LEASTS`] are left out.
    curve: [Counts; LEASTS.len()],
}

/// Least confidences that are compared.
const LEASTS: [f32; 12] = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8];

#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    rows: usize,
    right: usize,
    confidence: f64,
}

impl Reliability {
    /// Adds the rows of one article; a row is right that has type, authority, target and sum of an
    /// annotated action.
    pub(crate) fn add(&mut self, gold: &GoldArticle, record: &Record) {
        for (row, right) in score::judged(gold, record) {
            let confidence = f64::from(record.actions[row].confidence);
            let bin = &mut self.bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
            bin.rows += 1;
            bin.right += usize::from(right);
            bin.confidence += confidence;
        }
        for (least, counts) in LEASTS.iter().zip(&mut self.curve) {
            *counts += &score::article(gold, record, *least).counts;
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
        table.push_str("\nleast   act P     R    F1  full  rows right  quiet\n");
        for (least, counts) in LEASTS.iter().zip(&self.curve) {
            let (actions, full) = (counts.actions, counts.full);
            let _ = writeln!(
                table,
                "{least:5.2}   {:.3} {:.3} {:.3} {:.3}      {:.3}  {:5}",
                actions.precision(),
                actions.recall(),
                actions.f1(),
                full.f1(),
                full.precision(),
                counts.quiet_rows,
            );
        }
        table
    }
}

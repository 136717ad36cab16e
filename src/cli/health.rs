//! `finewire health`: what each outlet yields against the runs before.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use finewire::dataset::health::{drifts, yields};
use serde_json::{Value, json};

use crate::cli::{diff::snapshots, table::Table};

/// An outlet's layout has broken.
const DRIFT: u8 = 3;

/// Show what each outlet yields, and which yield less than they did
///
/// Reads the reports of the snapshots that are kept. An outlet whose newest articles fall far below
/// the mean of those before in text, length, dates, language or actions has probably changed its pages.
#[derive(Debug, Args)]
pub(crate) struct Health {
    /// Folder of the dataset
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Exit with 3 if an outlet yields less than it did
    #[arg(long)]
    fail_on_drift: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

impl Health {
    /// Prints the outlets of the newest run and what is wrong with them.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let mut runs = Vec::new();
        for snapshot in snapshots(&self.out)? {
            let report = fs::read_to_string(snapshot.join("run.json"))?;
            runs.push(yields(&serde_json::from_str::<Value>(&report)?));
        }
        let Some(newest) = runs.last() else { bail!("`{}` has no run", self.out.display()) };
        let found = drifts(&runs);
        if self.json {
            let drifts: Vec<Value> = found
                .iter()
                .map(|d| {
                    json!({
                        "outlet": d.outlet,
                        "measure": d.measure,
                        "before": d.before,
                        "now": d.now,
                    })
                })
                .collect();
            writeln!(out, "{:#}", json!({ "outlets": newest.all.len(), "drifts": drifts }))?;
        } else {
            let columns =
                ["outlet", ">articles", ">with text", ">bytes", ">dated", ">actions/1000"];
            let mut table = Table::new(&columns);
            for (outlet, now) in &newest.all {
                table.row([
                    outlet.clone(),
                    now.articles.to_string(),
                    format!("{:.0} %", 100.0 * now.ok_share()),
                    format!("{:.0}", now.body()),
                    format!("{:.0} %", 100.0 * now.dated_share()),
                    format!("{:.0}", now.actions_per_thousand()),
                ]);
            }
            table.write(out, "")?;
            for drift in &found {
                let (outlet, measure) = (&drift.outlet, drift.measure);
                writeln!(out, "drift: {outlet}: {measure} {:.2} → {:.2}", drift.before, drift.now)?;
            }
        }
        Ok(if self.fail_on_drift && !found.is_empty() { DRIFT } else { 0 })
    }
}

//! `finewire extract`: files in, a new snapshot of the dataset out.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use clap::Args;
use finewire::{
    dataset::summary::Summary,
    pipeline::{Engine, EngineOptions},
    run,
};
use serde_json::json;

use crate::cli::{input::Options, progress::Progress, table::Table};

/// More articles failed than the user allows.
const TOO_MANY_FAILED: u8 = 1;

/// Read articles and write the dataset
///
/// Reads files, folders, patterns and archives (tar, zip) of text, HTML, JSON, JSON Lines, WARC and
/// WET, RSS and Atom, CSV and TSV, Parquet and mail, each also compressed (gz, zst, bz2, xz); the
/// format is told by the content; `-` is stdin. Writes Parquet tables into a new snapshot of the output folder and
/// switches `latest` to it when all is written.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files, folders and patterns to read; the folder `corpus` if there is none
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder of the dataset
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Threads that process articles; 0 takes one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Leave the text of the articles out of the dataset
    #[arg(long)]
    no_text: bool,
    /// Stop after this many articles
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Exit with 1 if more articles failed than this
    #[arg(long, value_name = "N")]
    max_failed: Option<u64>,
    /// Show no progress
    #[arg(long)]
    quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    /// Print where the time went: by stage, by language, the slowest articles
    #[arg(long)]
    stats: bool,
    #[command(flatten)]
    options: Options,
}

impl Extract {
    /// Runs the main job and prints its summary.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let options = self.options.engine()?;
        let engine = Engine::new(&EngineOptions { no_text: self.no_text, ..options })?;
        let articles = self.options.open(&self.inputs)?;
        let mut progress = Progress::new(articles.position(), self.quiet);
        let source = articles.take(self.limit.unwrap_or(usize::MAX));
        let done = run::publish(&engine, source, &self.out, self.threads, &mut progress);
        progress.finish();
        let (summary, folder) = done?;
        if self.json {
            let mut report = summary.to_json();
            report["snapshot"] = json!(folder.to_string_lossy());
            writeln!(out, "{report:#}")?;
        } else {
            print(out, &summary, &folder)?;
            if self.stats {
                stats(out, &summary)?;
            }
        }
        let is_over = self.max_failed.is_some_and(|allowed| summary.failed() > allowed);
        Ok(if is_over { TOO_MANY_FAILED } else { 0 })
    }
}

fn print(out: &mut dyn Write, summary: &Summary, folder: &Path) -> Result<()> {
    writeln!(
        out,
        "{} articles, {:.2} MB in {:.2} s: {:.1} MB/s with {}",
        summary.articles,
        summary.input_bytes as f64 / 1e6,
        summary.seconds.get("total").copied().unwrap_or_default(),
        summary.megabytes_per_second(),
        if summary.threads == 1 {
            "1 thread".to_owned()
        } else {
            format!("{} threads", summary.threads)
        },
    )?;
    let status = |word| summary.status.get(word).copied().unwrap_or_default();
    writeln!(
        out,
        "{} ok, {} skipped, {} failed; {} read before, {} near-identical",
        status("ok"),
        status("skipped"),
        status("failed"),
        summary.repeated,
        summary.duplicates,
    )?;
    for (reason, number) in &summary.reasons {
        writeln!(out, "  {number} {reason}")?;
    }
    writeln!(out)?;
    languages(summary).write(out, "")?;
    writeln!(
        out,
        "\nmentions  {} names, {} dates, {} amounts",
        summary.rows("entities"),
        summary.rows("dates"),
        summary.rows("amounts"),
    )?;
    let types: Vec<_> =
        summary.actions.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
    writeln!(out, "actions   {}", total_and_parts(summary.rows("actions"), &types))?;
    writeln!(out, "cases     {}", summary.rows("cases"))?;
    let megabytes = summary.output_bytes as f64 / 1e6;
    writeln!(out, "written   {} ({megabytes:.2} MB)", folder.display())?;
    Ok(())
}

/// Prints where the time of all threads went; `run.json` has the same figures.
fn stats(out: &mut dyn Write, summary: &Summary) -> Result<()> {
    let costs = &summary.costs;
    let total: f64 = costs.stages().map(|(_, seconds)| seconds).sum();
    let of_total = |seconds: f64| format!("{:.1}", 100.0 * seconds / total.max(1e-9));
    let mut stages = Table::new(&["stage", ">seconds", ">%"]);
    for (stage, seconds) in costs.stages() {
        stages.row([stage.to_owned(), format!("{seconds:.3}"), of_total(seconds)]);
    }
    for stage in ["read", "write", "merge"] {
        let seconds = summary.seconds.get(stage).copied().unwrap_or_default();
        stages.row([stage.to_owned(), format!("{seconds:.3}"), String::new()]);
    }
    writeln!(out)?;
    stages.write(out, "")?;
    let mut languages = Table::new(&["language", ">MB", ">seconds", ">%", ">MB/s"]);
    for (lang, sum) in costs.languages() {
        languages.row([
            lang.to_owned(),
            format!("{:.2}", sum.bytes as f64 / 1e6),
            format!("{:.3}", sum.seconds()),
            of_total(sum.seconds()),
            format!("{:.1}", sum.megabytes_per_second()),
        ]);
    }
    writeln!(out)?;
    languages.write(out, "")?;
    let mut slowest = Table::new(&["slowest", ">kB", ">ms", ">MB/s"]);
    for slow in costs.slowest() {
        slowest.row([
            format!("{} {}", slow.source, slow.record_id.as_deref().unwrap_or_default()),
            format!("{:.1}", slow.sum.bytes as f64 / 1e3),
            format!("{:.2}", slow.sum.seconds() * 1e3),
            format!("{:.1}", slow.sum.megabytes_per_second()),
        ]);
    }
    writeln!(out)?;
    slowest.write(out, "")?;
    Ok(())
}

fn languages(summary: &Summary) -> Table {
    let mut table = Table::new(&["language", ">articles", ">actions"]);
    for (lang, articles) in &summary.languages {
        let actions = summary.actions_by_language.get(lang).copied().unwrap_or_default();
        table.row([(*lang).to_owned(), articles.to_string(), actions.to_string()]);
    }
    table
}

fn total_and_parts(total: u64, parts: &[String]) -> String {
    if parts.is_empty() { total.to_string() } else { format!("{total}: {}", parts.join(", ")) }
}

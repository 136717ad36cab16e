//! `finewire extract`: files in, a new snapshot of the dataset out.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Result, bail};
use clap::Args;
use finewire::{
    dataset::{snapshot::KEPT, summary::Summary, writer::IN_MEMORY},
    pipeline::{Engine, EngineOptions},
    run,
};
use serde_json::json;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use xxhash_rust::xxh3::Xxh3;

use crate::cli::{
    input::Options,
    log,
    progress::{Progress, Wanted},
    table::Table,
};

/// More articles failed than the user allows.
const TOO_MANY_FAILED: u8 = 1;

/// Read articles and write the dataset
///
/// Reads files, folders, patterns and archives (tar, zip) of text, HTML, JSON, JSON Lines, WARC and
/// WET, RSS and Atom, CSV and TSV, Parquet and mail, each also compressed (gz, zst, bz2, xz); the
/// format is told by the content; `-` is stdin. Where the output folder has a dataset it is refreshed:
/// what was read before is not read again, what changed is replaced, the rest stays. Writes Parquet
/// tables into a new snapshot of the output folder and switches `latest` to it when all is written.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files, folders and patterns to read; the folder `corpus` if there is none
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder of the dataset
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Drop articles that the inputs no longer hold
    #[arg(long)]
    remove_missing: bool,
    /// Read every article again, even if nothing changed
    #[arg(long)]
    rebuild: bool,
    /// Snapshots to keep
    #[arg(long, value_name = "N", default_value_t = KEPT, value_parser = at_least_one)]
    keep: usize,
    /// Wait for a run that writes to the same folder, rather than stop
    #[arg(long)]
    wait: bool,
    /// Megabytes of rows in memory before they are put aside on the disk, where a killed run leaves
    /// them to the next one
    #[arg(long, value_name = "MB", default_value_t = IN_MEMORY >> 20)]
    memory: usize,
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
    /// Log to stderr as JSON, one line an event, in place of the progress
    #[arg(long)]
    log_json: bool,
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
    /// Returns what stands for the program, its words and the options that change a row.
    #[expect(
        clippy::disallowed_methods,
        reason = "a moment makes the run unlike any before; no row has it"
    )]
    fn made_by(&self) -> Result<u64> {
        let mut hash = Xxh3::new();
        if self.rebuild {
            // Nothing was made by a moment that never was before.
            hash.update(&SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos().to_le_bytes());
        }
        program(&mut hash)?;
        hash.update(&[u8::from(self.no_text)]);
        self.options.hash(&mut hash)?;
        Ok(hash.digest())
    }

    fn wanted(&self) -> Wanted {
        match (self.quiet, self.log_json) {
            (true, _) => Wanted::Nothing,
            (false, true) => Wanted::Log,
            (false, false) => Wanted::Progress,
        }
    }

    /// Runs the main job and prints its summary.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        if self.log_json {
            log::start()?;
            log::started(&self.out, self.inputs.len());
        }
        let options = self.options.engine()?;
        let engine = Engine::new(&EngineOptions { no_text: self.no_text, ..options })?;
        let articles = self.options.open(&self.inputs)?;
        let stop = stopped_by_signals()?;
        let mut progress = Progress::new(articles.position(), self.wanted(), Arc::clone(&stop));
        let source = articles.until(stop).take(self.limit.unwrap_or(usize::MAX));
        let run = run::settings::Options {
            threads: self.threads,
            made_by: self.made_by()?,
            remove_missing: self.remove_missing,
            keep: self.keep,
            wait: self.wait,
            in_memory: self.memory << 20,
        };
        let done = run::publish(&engine, source, &self.out, &run, &mut progress);
        progress.finish();
        let (summary, folder) = done?;
        if self.log_json {
            log::published(&summary, &folder);
        }
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
        if summary.interrupted {
            out.flush()?;
            bail!(
                "stopped as asked; what was read is in {}, the same command goes on from there",
                folder.display()
            );
        }
        let is_over = self.max_failed.is_some_and(|allowed| summary.failed() > allowed);
        Ok(if is_over { TOO_MANY_FAILED } else { 0 })
    }
}

/// Bytes at the start and the end of the program that tell one build from another.
const ENDS: u64 = 64 << 10;

/// Adds what tells this build from others to a hash: the version, and of the file its length, its age
/// and both ends, where a linker writes what it made. The whole file would cost a tenth of a second.
fn program(hash: &mut Xxh3) -> Result<()> {
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    let mut file = File::open(std::env::current_exe()?)?;
    let data = file.metadata()?;
    hash.update(&data.len().to_le_bytes());
    let changed = data.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    hash.update(&changed.map_or(0, |age| age.as_nanos()).to_le_bytes());
    let mut bytes = Vec::new();
    for start in [0, data.len().saturating_sub(ENDS)] {
        file.seek(SeekFrom::Start(start))?;
        (&mut file).take(ENDS).read_to_end(&mut bytes)?;
    }
    hash.update(&bytes);
    Ok(())
}

/// Returns a flag that Ctrl-C and SIGTERM set; asked a second time, the program ends at once.
fn stopped_by_signals() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "not a number from 1".to_owned())
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
        "{} ok, {} skipped, {} failed; {} read twice, {} near-identical",
        status("ok"),
        status("skipped"),
        status("failed"),
        summary.repeated,
        summary.duplicates,
    )?;
    let changes = summary.changes;
    if changes.unchanged + changes.changed + changes.removed > 0 {
        writeln!(
            out,
            "{} new, {} changed, {} removed, {} as they were; {} not read again",
            changes.new, changes.changed, changes.removed, changes.unchanged, summary.reused,
        )?;
    }
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
        table.row([lang.clone(), articles.to_string(), actions.to_string()]);
    }
    table
}

fn total_and_parts(total: u64, parts: &[String]) -> String {
    if parts.is_empty() { total.to_string() } else { format!("{total}: {}", parts.join(", ")) }
}

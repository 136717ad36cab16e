//! The batch loop: the only file that knows threads.
//!
//! Four stages hand batches on in the order of the input, each over a bounded channel, so memory
//! is flat: one thread reads, a pool takes each article that no earlier run knows through
//! [`Stages`], the caller's thread settles ids and counts, one thread puts rows aside when
//! memory fills. At the end the pool writes the tables, part by part. Nothing that is written depends
//! on which thread did what, or on how many there are.

pub mod article;
mod cases;
mod loan;
pub mod settings;
mod workers;

use std::{
    any::Any,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant},
};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder, prelude::*};

use crate::{
    dataset::{
        assemble,
        catalog::Entry,
        changes::{self, Difference},
        copies,
        known::Known,
        packed::Packed,
        parts::WriteError,
        plan::{Plan, Settled},
        settle::{Outcome, Settler},
        snapshot::{Draft, Store},
        summary::Summary,
        tables,
        writer::Writer,
    },
    run::{
        article::{Input, Stages},
        settings::{Observer, Options, RunError},
        workers::Workers,
    },
};

/// Batches that wait between two stages.
const IN_FLIGHT: usize = 2;
/// Batches that wait for the writer, which now and then is busy with a whole part.
const TO_WRITE: usize = 2;
const BATCH_BYTES: u64 = 2 << 20;
const BATCH_ARTICLES: usize = 2048;

/// Runs every article of `source` through `engine` into a new snapshot of the dataset in `folder`.
///
/// What the snapshot before knows is taken from it. Returns the summary, which also stands in the
/// snapshot's `run.json`, and the snapshot's folder.
pub fn publish<I: Input, E: Stages<I>, S: Iterator<Item = I> + Send>(
    engine: &E,
    source: S,
    folder: &Path,
    options: &Options,
    observer: &mut dyn Observer,
) -> Result<(Summary, PathBuf), RunError> {
    let store = if options.wait { Store::wait(folder) } else { Store::open(folder) }?;
    let draft = store.begin()?;
    let before = store.newest();
    let started = Instant::now();
    let known = Known::load(before.as_deref(), draft.folder(), options.made_by);
    if let Some(before) = before.as_ref().filter(|_| !known.has_snapshot && !options.remove_missing)
    {
        return Err(RunError::Unknown { snapshot: before.clone() });
    }
    let writer = Writer::create(draft.folder(), options.in_memory);
    let pool = pool(options.threads)?;
    let (plan, mut summary) =
        read_all(engine, source, (known, writer), (&pool, options), observer)?;
    write_all(&plan, &draft, before.as_deref(), &pool, &mut summary)?;
    drop(plan);
    let difference = match &before {
        Some(before) if !summary.changes.is_none() => changes::between(before, draft.folder())?,
        _ => Difference::default(),
    };
    summary.took("total", started.elapsed());
    let mut report = summary.to_json();
    report["difference"] = difference.to_json();
    draft.report(&report)?;
    Ok((summary, store.publish(draft, options.keep)?))
}

/// Takes every article to where it is settled which rows the new snapshot has.
fn read_all<I: Input, E: Stages<I>, S: Iterator<Item = I> + Send>(
    engine: &E,
    source: S,
    (known, mut writer): (Known, Writer),
    (pool, options): (&ThreadPool, &Options),
    observer: &mut dyn Observer,
) -> Result<(Plan, Summary), RunError> {
    let mut settler = Settler::new(&known, options.made_by);
    let known_now = &known;
    let mut seconds = Vec::new();
    thread::scope(|scope| {
        let (batches, to_process) = sync_channel(IN_FLIGHT);
        let (processed, to_settle) = sync_channel(IN_FLIGHT);
        let (settled, to_write) = sync_channel(TO_WRITE);
        let reading = scope.spawn(move || read(source, &batches));
        let processing =
            scope.spawn(move || process((engine, known_now), pool, &to_process, &processed));
        let writer = &mut writer;
        let writing = scope.spawn(move || write(writer, &to_write));
        for outcomes in to_settle {
            let records = settler.settle(outcomes);
            observer.batch(&settler.summary);
            if settled.send(records).is_err() {
                break; // The writer stopped; its error is told below.
            }
        }
        // Each stage ends when the one after it or before it hangs up.
        drop(settled);
        let written = writing.join().map_err(|panic| panicked("writing", panic.as_ref()))??;
        let busy = processing.join().map_err(|panic| panicked("processing", panic.as_ref()))?;
        let read = reading.join().map_err(|panic| panicked("reading", panic.as_ref()))?;
        seconds.extend([("read", read), ("process", busy), ("put_aside", written)]);
        Ok::<(), RunError>(())
    })?;
    settler.summary.interrupted = observer.is_over();
    settler.find_homes();
    copies::write(&known, settler.take_copies(), &mut writer)?;
    let mut summary = std::mem::take(&mut settler.summary);
    summary.threads = pool.current_num_threads();
    for (stage, time) in seconds {
        summary.took(stage, time);
    }
    let drops = options.remove_missing && !summary.interrupted;
    let settled = Settled::new(settler, &known, drops);
    let plan = Plan::new(known, &settled, writer.into_sets()?);
    summary.count_rows(&plan);
    Ok((plan, summary))
}

/// Writes every table of a plan into `draft`, each part by whichever thread is free.
fn write_all(
    plan: &Plan,
    draft: &Draft,
    before: Option<&Path>,
    pool: &ThreadPool,
    summary: &mut Summary,
) -> Result<(), RunError> {
    let folder = draft.folder();
    tables::folders(folder)?;
    let started = Instant::now();
    let write = || {
        let jobs = plan.jobs().into_par_iter().map(|job| assemble::make(plan, job, folder));
        let parts = jobs.collect::<Result<Vec<u64>, WriteError>>();
        (parts, started.elapsed())
    };
    let merge = || {
        let merging = Instant::now();
        (cases::write(plan, before, folder), merging.elapsed())
    };
    let ((cases, merged), (parts, written)) = pool.install(|| rayon::join(merge, write));
    let ((cases, bytes), parts) = (cases?, parts?);
    summary.took("write", written);
    summary.took("merge", merged);
    summary.rows.insert("cases", cases);
    summary.actions = tables::types(folder)?;
    summary.output_bytes = parts.iter().sum::<u64>() + bytes;
    tables::catalog(folder, plan)?;
    Ok(())
}

fn pool(threads: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    // Asked here, since the pool's own default listens to an environment variable.
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = if threads == 0 { cores() } else { threads };
    ThreadPoolBuilder::new().num_threads(threads).build()
}

/// Reads batches until the input or the run ends, and returns how long reading took.
fn read<I: Input>(mut source: impl Iterator<Item = I>, batches: &SyncSender<Vec<I>>) -> Duration {
    let mut busy = Duration::ZERO;
    loop {
        let started = Instant::now();
        let batch = next_batch(&mut source);
        busy += started.elapsed();
        if batch.is_empty() || batches.send(batch).is_err() {
            return busy;
        }
    }
}

fn next_batch<I: Input>(source: &mut impl Iterator<Item = I>) -> Vec<I> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES && batch.len() < BATCH_ARTICLES {
        let Some(article) = source.next() else { break };
        bytes += article.size();
        batch.push(article);
    }
    batch
}

/// Processes batches until they or the run end, and returns how long the pool was busy.
fn process<I: Input, E: Stages<I>>(
    (engine, known): (&E, &Known),
    pool: &ThreadPool,
    batches: &Receiver<Vec<I>>,
    processed: &SyncSender<Vec<Outcome>>,
) -> Duration {
    let mut busy = Duration::ZERO;
    let workers = Workers::new(engine, known);
    for batch in batches {
        let started = Instant::now();
        let outcomes = pool.install(|| workers.outcomes(&batch));
        busy += started.elapsed();
        if processed.send(outcomes).is_err() {
            break;
        }
    }
    busy
}

/// Takes batches until they end, and returns how long putting them aside took.
fn write(
    writer: &mut Writer,
    batches: &Receiver<Vec<(Packed, Entry)>>,
) -> Result<Duration, WriteError> {
    let mut busy = Duration::ZERO;
    for articles in batches {
        let started = Instant::now();
        writer.write(articles)?;
        busy += started.elapsed();
    }
    Ok(busy)
}

fn panicked(stage: &'static str, panic: &(dyn Any + Send)) -> RunError {
    let message = panic
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    RunError::Panicked { stage, message }
}

//! The batch loop: the only file that knows threads.
//!
//! Four stages hand batches on in the order of the input, each over a bounded channel, so memory
//! is flat: one thread reads, a pool takes each article through [`Stages::process`], the caller's
//! thread settles what needs the order (ids, near-duplicates, counts), one thread writes. Nothing
//! that is written depends on which thread did what, or on how many there are.

use std::{
    any::Any,
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Mutex,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder, prelude::*};

use crate::{
    base::reject::Reason,
    dataset::{
        record::Record,
        settle::Settler,
        snapshot::{SnapshotError, Store},
        summary::Summary,
        writer::{WriteError, Writer},
    },
    ingest::{raw::RawArticle, record::RawRecord},
    merge,
    pipeline::{Engine, Scratch},
};

/// Batches that wait between two stages.
const IN_FLIGHT: usize = 2;
/// Batches that wait for the writer, which now and then is busy with a whole part.
const TO_WRITE: usize = 4;
const BATCH_BYTES: u64 = 4 << 20;
const BATCH_ARTICLES: usize = 1024;

/// One article of the input, parsed or not.
pub trait Input: Send + Sync {
    /// Returns the bytes of (decompressed) input that it cost.
    fn size(&self) -> u64;

    /// Makes the record of an article that could not be processed.
    fn without_facts(&self, reason: &Reason) -> Record;
}

/// Takes single articles through every stage; [`Engine`] is the one that a run uses.
pub trait Stages<I: Input>: Sync {
    /// Buffers of one worker.
    type Scratch: Default + Send;

    /// Takes one article through every stage.
    fn process(&self, article: &I, scratch: &mut Self::Scratch) -> Record;
}

impl Input for RawArticle {
    fn size(&self) -> u64 {
        self.bytes
    }

    fn without_facts(&self, reason: &Reason) -> Record {
        Record::without_facts(self, reason)
    }
}

impl Input for RawRecord {
    fn size(&self) -> u64 {
        self.size
    }

    fn without_facts(&self, reason: &Reason) -> Record {
        Record::unread(&self.source, self.size, reason)
    }
}

impl Stages<RawArticle> for Engine {
    type Scratch = Scratch;

    fn process(&self, article: &RawArticle, scratch: &mut Scratch) -> Record {
        Engine::process(self, article, scratch)
    }
}

/// Parsing is left to the workers this way, which is faster.
impl Stages<RawRecord> for Engine {
    type Scratch = Scratch;

    fn process(&self, article: &RawRecord, scratch: &mut Scratch) -> Record {
        self.process_record(article, scratch)
    }
}

/// Watches a run, to draw its progress.
pub trait Observer {
    /// Is called after each batch, with the counts so far.
    fn batch(&mut self, summary: &Summary);
}

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The system gives no threads.
    #[error("starting threads")]
    Threads(#[from] ThreadPoolBuildError),
    /// The tables could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The snapshot could not be made.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// A bug stopped a stage; nothing was published.
    #[error("internal error while {stage}: {message}")]
    Panicked {
        /// What the stage was doing.
        stage: &'static str,
        /// What it said.
        message: String,
    },
}

/// Runs every article of `source` through `engine` into a new snapshot of the dataset in `folder`.
///
/// `threads` of 0 means one for each core. Returns the summary, which also stands in the
/// snapshot's `run.json`, and the snapshot's folder.
pub fn publish<I: Input, E: Stages<I>, S: Iterator<Item = I> + Send>(
    engine: &E,
    source: S,
    folder: &Path,
    threads: usize,
    observer: &mut dyn Observer,
) -> Result<(Summary, PathBuf), RunError> {
    let store = Store::open(folder)?;
    let draft = store.begin()?;
    let mut writer = Writer::create(draft.folder())?;
    let summary = run(engine, source, &mut writer, threads, observer)?;
    draft.report(&summary.to_json())?;
    Ok((summary, store.publish(draft)?))
}

/// Runs every article of `source` through `engine` and writes the records in input order, then the
/// cases.
pub fn run<I: Input, E: Stages<I>, S: Iterator<Item = I> + Send>(
    engine: &E,
    source: S,
    writer: &mut Writer,
    threads: usize,
    observer: &mut dyn Observer,
) -> Result<Summary, RunError> {
    let started = Instant::now();
    let pool = pool(threads)?;
    let mut settler = Settler::default();
    let mut seconds = BTreeMap::new();
    let workers = pool.current_num_threads();
    thread::scope(|scope| {
        let (batches, to_process) = sync_channel(IN_FLIGHT);
        let (processed, to_settle) = sync_channel(IN_FLIGHT);
        let (settled, to_write) = sync_channel(TO_WRITE);
        let reading = scope.spawn(move || read(source, &batches));
        let processing = scope.spawn(move || process(engine, &pool, &to_process, &processed));
        let writer = &mut *writer;
        let writing = scope.spawn(move || write(writer, &to_write));
        for records in to_settle {
            let records = settler.settle(records);
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
        seconds.extend([("read", read), ("process", busy), ("write", written)]);
        Ok::<(), RunError>(())
    })?;
    let merging = Instant::now();
    let cases = merge::cases(settler.reports);
    seconds.insert("merge", merging.elapsed());
    let mut summary = settler.summary;
    summary.threads = workers;
    summary.rows.insert("cases", cases.len() as u64);
    summary.output_bytes = writer.finish(&cases)?;
    seconds.insert("total", started.elapsed());
    // Whole milliseconds: more digits say nothing.
    let rounded = |time: Duration| time.as_millis() as f64 / 1e3;
    summary.seconds = seconds.into_iter().map(|(stage, time)| (stage, rounded(time))).collect();
    Ok(summary)
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
    engine: &E,
    pool: &ThreadPool,
    batches: &Receiver<Vec<I>>,
    processed: &SyncSender<Vec<Record>>,
) -> Duration {
    let mut busy = Duration::ZERO;
    let idle = Mutex::default();
    for batch in batches {
        let started = Instant::now();
        let records: Vec<Record> = pool.install(|| {
            batch
                .par_iter()
                .map_init(|| Loan::of(&idle), |loan, article| one(engine, article, loan.scratch()))
                .collect() // Keeps input order, whatever the number of threads.
        });
        busy += started.elapsed();
        if processed.send(records).is_err() {
            break;
        }
    }
    busy
}

/// Buffers that a worker has for a while; the next one goes on with them.
struct Loan<'p, T: Default> {
    idle: &'p Mutex<Vec<T>>,
    scratch: Option<T>,
}

impl<'p, T: Default> Loan<'p, T> {
    fn of(idle: &'p Mutex<Vec<T>>) -> Self {
        let scratch = idle.lock().ok().and_then(|mut idle| idle.pop());
        Self { idle, scratch }
    }

    fn scratch(&mut self) -> &mut T {
        self.scratch.get_or_insert_default()
    }
}

impl<T: Default> Drop for Loan<'_, T> {
    fn drop(&mut self) {
        if let (Some(scratch), Ok(mut idle)) = (self.scratch.take(), self.idle.lock()) {
            idle.push(scratch);
        }
    }
}

/// A bug met in one article costs that article, not the run.
fn one<I: Input, E: Stages<I>>(engine: &E, article: &I, scratch: &mut E::Scratch) -> Record {
    catch_unwind(AssertUnwindSafe(|| engine.process(article, scratch))).unwrap_or_else(|_| {
        *scratch = E::Scratch::default();
        article.without_facts(&Reason::Panicked)
    })
}

/// Writes batches until they end, and returns how long writing took.
fn write(writer: &mut Writer, batches: &Receiver<Vec<Record>>) -> Result<Duration, WriteError> {
    let mut busy = Duration::ZERO;
    for records in batches {
        let started = Instant::now();
        writer.write(records)?;
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

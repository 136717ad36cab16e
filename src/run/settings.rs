//! How a run goes about it, who watches it, and why it stops.

use std::path::PathBuf;

use rayon::ThreadPoolBuildError;

use crate::dataset::{
    parts::WriteError,
    snapshot::{KEPT, SnapshotError},
    summary::Summary,
    writer::IN_MEMORY,
};

/// Watches a run, to draw its progress.
pub trait Observer {
    /// Is called after each batch, with the counts so far.
    fn batch(&mut self, summary: &Summary);

    /// Returns whether the run should end with the batches in hand.
    fn is_over(&self) -> bool {
        false
    }
}

/// How a run goes about it.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Threads that process articles; 0 for one a core.
    pub threads: usize,
    /// Stands for the program, words and options: what another one made is read again.
    pub made_by: u64,
    /// Whether articles of the snapshot before are dropped that this run does not meet.
    pub remove_missing: bool,
    /// Snapshots that are kept.
    pub keep: usize,
    /// Whether to wait for a run that holds the folder.
    pub wait: bool,
    /// Bytes of rows in memory before they are put aside on the disk.
    pub in_memory: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: 0,
            made_by: 0,
            remove_missing: false,
            keep: KEPT,
            wait: false,
            in_memory: IN_MEMORY,
        }
    }
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
    /// What is not met again could not be taken over from the snapshot before.
    #[error(
        "the catalog of `{}` is missing or damaged; --remove-missing makes the dataset anew",
        snapshot.display()
    )]
    Unknown {
        /// The newest snapshot.
        snapshot: PathBuf,
    },
    /// A bug stopped a stage; nothing was published.
    #[error("internal error while {stage}: {message}")]
    Panicked {
        /// What the stage was doing.
        stage: &'static str,
        /// What it said.
        message: String,
    },
}

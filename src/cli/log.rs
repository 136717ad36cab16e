//! What a run tells the one who looks after it, as JSON Lines on stderr (`--log-json`).
//!
//! One object an event: `timestamp`, `level`, `message`, and what there is to say. `started`,
//! `reading` every few seconds, `not read` once a reason, then `published`; or `stopped` with the
//! reason. Without the option, errors are a line of text and nothing else is logged.

use std::{
    io::{self, Write as _},
    path::Path,
};

use anyhow::{Result, anyhow};
use finewire::dataset::summary::Summary;
use tracing::{dispatcher, error, info, warn};

/// Sends events to stderr from here on.
pub(crate) fn start() -> Result<()> {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(io::stderr)
        .try_init()
        .map_err(|error| anyhow!("starting the log: {error}"))
}

/// Tells that a run begins.
pub(crate) fn started(out: &Path, inputs: usize) {
    let version = env!("CARGO_PKG_VERSION");
    info!(version, out = %out.display(), inputs, "started");
}

/// Tells how far a run is.
pub(crate) fn reading(summary: &Summary) {
    let (articles, bytes, failed) = (summary.articles, summary.input_bytes, summary.failed());
    info!(articles, bytes, failed, "reading");
}

/// Tells what a run has made.
pub(crate) fn published(summary: &Summary, snapshot: &Path) {
    for (reason, articles) in &summary.reasons {
        warn!(reason, articles, "not read");
    }
    let changes = summary.changes;
    info!(
        snapshot = %snapshot.display(),
        articles = summary.articles,
        bytes = summary.input_bytes,
        failed = summary.failed(),
        new = changes.new,
        changed = changes.changed,
        removed = changes.removed,
        unchanged = changes.unchanged,
        not_read_again = summary.reused,
        duplicates = summary.duplicates,
        actions = summary.rows("actions"),
        cases = summary.rows("cases"),
        seconds = summary.seconds.get("total").copied().unwrap_or_default(),
        "published"
    );
}

/// Tells why the command stopped.
pub(crate) fn stopped(reason: &anyhow::Error) {
    if dispatcher::has_been_set() {
        error!(reason = format!("{reason:#}"), "stopped");
    } else {
        let _ = writeln!(io::stderr(), "finewire: {reason:#}");
    }
}

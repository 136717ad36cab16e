//! How far a run is: a bar on a terminal, a line or an event of the log every few seconds elsewhere,
//! nothing if asked so.
//!
//! Goes to stderr; a closed stderr does not stop a run.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use finewire::{dataset::summary::Summary, run::settings::Observer};
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::cli::{input::Position, log};

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);
const DRAW_EVERY: Duration = Duration::from_millis(200);

/// Draws the progress of a run.
pub(crate) struct Progress {
    position: Position,
    started: Instant,
    look: Look,
    stop: Arc<AtomicBool>,
}

/// What a user wants to see of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing until it is done.
    Nothing,
    /// A bar or lines.
    Progress,
    /// Events of the log.
    Log,
}

enum Look {
    Silent,
    Bar(ProgressBar),
    Lines { last: Instant },
    Log { last: Instant },
}

impl Progress {
    /// Makes the progress of a run that begins now.
    pub(crate) fn new(position: Position, wanted: Wanted, stop: Arc<AtomicBool>) -> Self {
        let started = Instant::now();
        let look = match wanted {
            Wanted::Nothing => Look::Silent,
            Wanted::Log => Look::Log { last: started },
            Wanted::Progress if io::stderr().is_terminal() => Look::Bar(bar(position.total)),
            Wanted::Progress => Look::Lines { last: started },
        };
        Self { position, started, look, stop }
    }

    /// Wipes the bar.
    pub(crate) fn finish(&self) {
        if let Look::Bar(bar) = &self.look {
            bar.finish_and_clear();
        }
    }

    /// Returns articles, megabytes and failures so far in words, with the rate and the time left.
    fn line(&self, summary: &Summary) -> String {
        let elapsed = self.started.elapsed();
        let rate = summary.articles as f64 / elapsed.as_secs_f64().max(1e-3);
        let left = self
            .position
            .total
            .and_then(|total| time_left(elapsed, self.position.read(), total))
            .map_or_else(String::new, |left| format!(", {} left", HumanDuration(left)));
        format!(
            "{} articles, {:.1} MB, {rate:.0} articles/s, {} failed{left}",
            summary.articles,
            summary.input_bytes as f64 / 1e6,
            summary.failed(),
        )
    }
}

impl Observer for Progress {
    fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn batch(&mut self, summary: &Summary) {
        let line = self.line(summary);
        match &mut self.look {
            Look::Silent => {}
            Look::Bar(bar) => {
                bar.set_position(self.position.read());
                bar.set_message(line);
            }
            Look::Lines { last } => {
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    let _ = writeln!(io::stderr(), "{line}");
                }
            }
            Look::Log { last } => {
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    log::reading(summary);
                }
            }
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{bar:30} {percent:>3} %  {msg}"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg}"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(DRAW_EVERY);
    bar
}

/// Returns how long the rest takes if it goes on as it went.
fn time_left(elapsed: Duration, read: u64, total: u64) -> Option<Duration> {
    let share = total.checked_sub(read)? as f64 / read as f64;
    // Infinite before the first byte, and not a time at all for an empty input.
    Duration::try_from_secs_f64(elapsed.as_secs_f64() * share).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_what_was_read() {
        let second = Duration::from_secs(1);
        assert_eq!(time_left(second, 25, 100), Some(3 * second));
        assert_eq!(time_left(second, 100, 100), Some(Duration::ZERO));
        assert_eq!(time_left(second, 0, 100), None);
        assert_eq!(time_left(second, 0, 0), None);
    }
}

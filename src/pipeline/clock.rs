//! Times of the stages. No row depends on them.

use std::time::Instant;

use crate::dataset::cost::{Cost, Stage};

/// Times pieces of work that follow each other.
pub(super) struct Clock {
    last: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { last: Instant::now() }
    }

    /// Does a piece of work and adds what it took, from the end of the one before, to a cost.
    pub(super) fn time<T>(&mut self, cost: &mut Cost, stage: Stage, work: impl FnOnce() -> T) -> T {
        let done = work();
        let now = Instant::now();
        cost.add(stage, now.duration_since(self.last).as_nanos());
        self.last = now;
        done
    }
}

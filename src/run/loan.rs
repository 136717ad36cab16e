//! Buffers that go from one job of a pool to the next.

use std::sync::Mutex;

/// Buffers that a worker has for a while; the next one goes on with them.
pub(super) struct Loan<'p, T: Default> {
    idle: &'p Mutex<Vec<T>>,
    scratch: Option<T>,
}

impl<'p, T: Default> Loan<'p, T> {
    pub(super) fn of(idle: &'p Mutex<Vec<T>>) -> Self {
        let scratch = idle.lock().ok().and_then(|mut idle| idle.pop());
        Self { idle, scratch }
    }

    pub(super) fn scratch(&mut self) -> &mut T {
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

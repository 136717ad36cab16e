//! Words of closed vocabularies, each kept once and for as long as the program runs.
//!
//! There are a few hundred of them (languages, types, statuses, reasons), so what is held for ever is
//! small. Names and addresses have no place here.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use rustc_hash::FxHashSet;

/// Words that live as long as the program, each once.
#[derive(Default)]
pub(crate) struct Words {
    /// Looked up, never walked.
    seen: FxHashSet<&'static str>,
}

/// Words pooled so far by any run of this process.
static POOL: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

impl Words {
    /// Returns a word of a closed vocabulary, for ever.
    pub(crate) fn pooled(&mut self, word: &str) -> &'static str {
        if let Some(word) = self.seen.get(word) {
            return word;
        }
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        let pooled = if let Some(pooled) = pool.get(word) {
            pooled
        } else {
            let pooled: &'static str = Box::leak(word.to_owned().into_boxed_str());
            pool.insert(pooled);
            pooled
        };
        self.seen.insert(pooled);
        pooled
    }
}

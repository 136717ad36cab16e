//! Newspapers, broadcasters and news agencies: an article cites them more often than it tells of them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static NAMES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("media.txt").lines().collect());

/// Returns whether a name as it is written is a medium's.
pub fn is_medium(name: &str) -> bool {
    NAMES.contains(name)
}

//! Scores the engine against annotated articles.
//!
//! Gold in, counts and a list of errors out; nothing here reads Parquet, prints, or knows how the
//! engine comes to its answers.

pub(crate) mod antecedents;
pub(crate) mod descend;
pub(crate) mod errors;
pub(crate) mod examples;
pub(crate) mod gold;
mod judge;
pub(crate) mod mentions;
pub(crate) mod missed;
pub(crate) mod names;
pub(crate) mod pieces;
pub(crate) mod reliability;
pub(crate) mod report;
pub(crate) mod score;
pub(crate) mod targets;
pub(crate) mod told;
pub(crate) mod train;

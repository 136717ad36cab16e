//! Finewire: multilingual scraped news in, a Parquet dataset of regulator actions out.
//!
//! Modules stand in the order of the data; each imports only from those above it.

pub mod base;
pub mod pack;

pub mod ingest;

pub mod clean;

pub mod detect;

pub mod text;

pub mod extract;

pub mod resolve;

pub mod actions;

pub mod merge;

pub mod dataset;

pub mod pipeline;

pub mod run;

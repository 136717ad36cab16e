//! Integration tests: one binary, a module a subject.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a failing table is read by a person")]

mod actions;
mod articles;
mod called;
mod clean;
mod cli;
mod dataset;
mod detect;
mod formats;
mod fuzz;
mod golden;
mod hostile;
mod ingest;
mod knowledge;
mod known;
mod lang;
mod layers;
mod merge;
mod nightly;
mod sentences;
mod several;

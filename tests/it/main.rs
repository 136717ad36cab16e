mod clean;
mod cli;
mod dataset;
mod detect;
mod ingest;
mod merge;

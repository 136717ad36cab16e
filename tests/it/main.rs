
mod dataset;
mod cli;
mod merge;
mod clean;
mod ingest;
mod detect;

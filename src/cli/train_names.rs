//! `finewire train-names`: learns the weights of the name tagger from labelled sentences.

use std::{io::Write, path::PathBuf};

use anyhow::Result;
use clap::Args;
use finewire::extract::tagger::train;

/// Learn the weights of the name tagger from labelled sentences
///
/// Prints the F1 of exact names on the sentences that were held out.
#[derive(Debug, Args)]
pub(crate) struct TrainNames {
    /// Folders of `<lang>/train.tsv` and `<lang>/dev.tsv`, or of `<lang>.tsv`
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    /// Write the weights to this file; without it the built-in weights are scored
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl TrainNames {
    /// Learns, writes, and prints the scores.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let report = match &self.out {
            Some(path) => train::train(&self.data, path)?,
            None => train::evaluate(&self.data)?,
        };
        write!(out, "{report}")?;
        Ok(0)
    }
}

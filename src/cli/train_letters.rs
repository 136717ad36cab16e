//! `finewire train-letters`: learns the letters of each language from annotated articles.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use finewire::detect::grams;

use crate::eval::gold;

/// Learn the letters of each language from annotated articles
///
/// Writes the table by which the languages of short texts are told apart.
#[derive(Debug, Args)]
pub(crate) struct TrainLetters {
    /// Folders of annotated articles
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// Write the table to this file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl TrainLetters {
    /// Learns and writes the table.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let articles = gold::read_all(&self.gold)?;
        let texts = articles.iter().map(|article| (article.lang.as_str(), article.text.as_str()));
        let table = grams::learn(texts);
        fs::write(&self.out, &table)
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        writeln!(out, "{} articles, {} bytes", articles.len(), table.len())?;
        Ok(0)
    }
}

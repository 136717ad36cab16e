//! What subcommands that read articles share: where they come from, and the engine.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use anyhow::Result;
use clap::{Args, builder::PossibleValuesParser};
use finewire::{
    clean::article::Published,
    ingest::{
        fields::Fields,
        kind::Kind,
        record::{Limits, RawRecord},
        source::Source,
    },
    pack::{tables::Tables, world::watch},
    pipeline::EngineOptions,
};
use jiff::civil::Date;
use xxhash_rust::xxh3::Xxh3;

/// Options of every subcommand that runs the engine on files.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Publication date of articles that state none: 2021-12-17, 2021-12 or 2021
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<Published>,
    /// Read a field of JSON records from another path: text=content.rendered (repeatable)
    #[arg(long, value_name = "NAME=PATH")]
    field: Vec<String>,
    /// Read every input as this, whatever its bytes and name say
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Kind::WORDS))]
    format: Option<String>,
    /// Read the files that this file names too, one path a line
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Largest article in bytes; a larger one fails without being held
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_article_bytes)]
    max_article_bytes: usize,
    /// Leave out actions with less confidence than this
    #[arg(long, value_name = "0..1", default_value_t = 0.5, value_parser = confidence)]
    pub(crate) min_confidence: f32,
    /// Take packs, tables and weights from this folder where it has them, laid out as src/
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Find these companies and regulators, too: CSV or TOML of id, name, aliases, kind, country, sector
    ///
    /// A name of this list wins over the built-in ones and carries its id. `kind` is company or
    /// regulator; in CSV the aliases are parted by `;`.
    #[arg(long, value_name = "FILE")]
    entities_file: Option<PathBuf>,
}

impl Options {
    /// Returns the options of an engine that keeps the texts.
    pub(crate) fn engine(&self) -> Result<EngineOptions> {
        let tables = self.data.as_deref().map_or(Ok(Tables::default()), Tables::of)?;
        let watched = self.entities_file.as_deref().map_or(Ok(Vec::new()), watch::read)?;
        Ok(EngineOptions {
            published: self.published,
            no_text: false,
            explains: false,
            min_confidence: self.min_confidence,
            fields: self.fields()?,
            tables: tables.watching(watched),
        })
    }

    fn fields(&self) -> Result<Fields> {
        let fields =
            self.field.iter().try_fold(Fields::default(), |fields, field| fields.with(field));
        Ok(fields?)
    }

    /// Opens the inputs; without any, the folder `corpus`.
    pub(crate) fn open(&self, inputs: &[PathBuf]) -> Result<Articles> {
        let usual = [PathBuf::from("corpus")];
        let inputs = if inputs.is_empty() && self.manifest.is_none() { &usual } else { inputs };
        let limits = Limits { max_article_bytes: self.max_article_bytes };
        let mut source = Source::open(inputs, &self.fields()?, &limits)?;
        if let Some(manifest) = &self.manifest {
            source = source.with_manifest(manifest)?;
        }
        if let Some(kind) = self.format.as_deref().and_then(Kind::of_word) {
            source = source.reading_as(kind);
        }
        let total = source.total_bytes();
        Ok(Articles { source, total, position: Arc::default(), stop: Arc::default() })
    }

    /// Adds what changes the rows of an article to a hash.
    pub(crate) fn hash(&self, hash: &mut Xxh3) -> Result<()> {
        let said = (&self.published, self.min_confidence, &self.field, &self.format);
        hash.update(format!("{said:?}").as_bytes());
        for file in
            self.data.iter().flat_map(|data| ["pack", "actions"].map(|part| data.join(part)))
        {
            hash_all(&file, hash)?;
        }
        Ok(())
    }
}

/// Hashes the files of a folder, in the order of their names.
fn hash_all(path: &Path, hash: &mut Xxh3) -> Result<()> {
    if path.is_dir() {
        let mut inner: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        inner.sort();
        return inner.iter().try_for_each(|path| hash_all(path, hash));
    }
    if path.is_file() {
        hash.update(&fs::read(path)?);
    }
    Ok(())
}

/// Articles of the inputs, not yet parsed, and how far they were read.
pub(crate) struct Articles {
    source: Source,
    total: Option<u64>,
    position: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

/// How far the inputs were read.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    read: Arc<AtomicU64>,
    /// Bytes of all inputs as they lie on disk, if that is known.
    pub(crate) total: Option<u64>,
}

impl Position {
    /// Returns the bytes of the inputs that were read, as they lie on disk.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

impl Articles {
    /// Ends the articles as soon as `stop` says so.
    pub(crate) fn until(mut self, stop: Arc<AtomicBool>) -> Self {
        self.stop = stop;
        self
    }

    /// Returns a handle that tells how far the inputs were read.
    pub(crate) fn position(&self) -> Position {
        Position { read: Arc::clone(&self.position), total: self.total }
    }
}

impl Iterator for Articles {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let record = self.source.next()?;
        self.position.store(record.position, Ordering::Relaxed);
        Some(record)
    }
}

/// Reads a day, a month or a year.
fn published(text: &str) -> Result<Published, String> {
    let (padded, granularity) = match text.len() {
        4 => (format!("{text}-01-01"), "year"),
        7 => (format!("{text}-01"), "month"),
        _ => (text.to_owned(), "day"),
    };
    let first: Date =
        padded.parse().map_err(|_| "not a date such as 2021-12-17, 2021-12 or 2021".to_owned())?;
    Ok(Published { at: None, first, granularity, from: "argument" })
}

fn confidence(text: &str) -> Result<f32, String> {
    let value = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "not a number from 0 to 1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_date_is_as_precise_as_its_words() {
        let read = |text| published(text).map(|date| (date.first.to_string(), date.granularity));
        assert_eq!(read("2021"), Ok(("2021-01-01".to_owned(), "year")));
        assert_eq!(read("2021-12"), Ok(("2021-12-01".to_owned(), "month")));
        assert_eq!(read("2021-12-17"), Ok(("2021-12-17".to_owned(), "day")));
        assert!(read("yesterday").is_err());
        assert!(read("2021-13").is_err());
    }
}

//! All inputs as one stream of records.
//!
//! An input that does not exist is an error before anything is read. What breaks later costs its
//! article: it comes out as a record with a [`Reason`].

use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
    vec,
};

use crate::{
    base::reject::Reason,
    ingest::{
        fields::Fields,
        kind::Kind,
        open::{Records, Settings, open},
        record::{Format, Limits, RawRecord},
        walk::{self, Input},
    },
};

/// Why nothing could be read at all.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// An input does not exist or may not be looked at.
    #[error("opening input `{}`", path.display())]
    Missing {
        /// The input as given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A field override is not of the form `name=path`.
    #[error("reading field `{0}`: not of the form text=path.to.field")]
    Field(String),
}

/// Every record of the inputs, in a fixed order.
pub struct Source {
    inputs: vec::IntoIter<Input>,
    current: Option<Records>,
    settings: Settings,
    total: Option<u64>,
}

impl Source {
    /// Lists the inputs: files, directories (walked in order), patterns, or `-` for stdin.
    ///
    /// Of `fields` only the names of columns count here; [`crate::ingest::parse::parse`] reads them.
    pub fn open(inputs: &[PathBuf], fields: &Fields, limits: &Limits) -> Result<Self, IngestError> {
        let mut files = Vec::new();
        for path in inputs {
            let found = walk::files(path);
            files.extend(
                found.map_err(|source| IngestError::Missing { path: path.clone(), source })?,
            );
        }
        let settings = Settings { limits: *limits, fields: fields.clone(), ..Settings::default() };
        let total = files.iter().map(|input| input.bytes).sum();
        Ok(Self { inputs: files.into_iter(), current: None, settings, total })
    }

    /// Adds the inputs that a manifest names; one that does not exist costs itself only.
    pub fn with_manifest(mut self, path: &Path) -> Result<Self, IngestError> {
        let found = walk::manifest(path)
            .map_err(|source| IngestError::Missing { path: path.to_owned(), source })?;
        let bytes: Option<u64> = found.iter().map(|input| input.bytes).sum();
        self.total = self.total.zip(bytes).map(|(one, other)| one + other);
        self.inputs = self.inputs.chain(found).collect::<Vec<_>>().into_iter();
        Ok(self)
    }

    /// Reads every input as `kind`, whatever its bytes and name say.
    #[must_use]
    pub fn reading_as(mut self, kind: Kind) -> Self {
        self.settings.format = Some(kind);
        self
    }

    /// Returns the bytes of all input files on disk, `None` with stdin or a pipe among them.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total
    }

    /// Returns the bytes read from disk so far; each record carries this as `position`.
    pub fn bytes_read(&self) -> u64 {
        self.settings.read.load(Ordering::Relaxed)
    }

    /// Makes the record of an input that cannot be opened.
    fn unreadable(&self, input: &Input) -> RawRecord {
        RawRecord {
            source: input.path.to_string_lossy().into_owned(),
            format: Format::Text,
            bytes: Err(Reason::Unreadable),
            size: 0,
            position: self.bytes_read(),
            fetched: None,
        }
    }
}

impl Iterator for Source {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        loop {
            if let Some(record) = self.current.as_mut().and_then(Iterator::next) {
                return Some(record);
            }
            self.current = None;
            let input = self.inputs.next()?;
            if input.is_unreadable {
                return Some(self.unreadable(&input));
            }
            match open(&input, &self.settings) {
                Ok(records) => self.current = Some(records),
                Err(_) => return Some(self.unreadable(&input)),
            }
        }
    }
}

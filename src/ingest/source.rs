//! All inputs as one stream of records.
//!
//! An input that does not exist is an error before anything is read. What breaks later costs its
//! article: it comes out as a record with a [`Reason`].

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    vec,
};

use crate::{
    base::reject::Reason,
    ingest::{
        fields::Fields,
        open::{Records, open},
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
    limits: Limits,
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

impl Source {
    /// Lists the inputs: files, directories (walked in order), or `-` for JSON Lines on stdin.
    ///
    /// Reading needs no `fields`; they are taken here so that one call holds all of ingestion's
    /// settings, and used by [`crate::ingest::parse::parse`].
    pub fn open(
        inputs: &[PathBuf],
        _fields: &Fields,
        limits: &Limits,
    ) -> Result<Self, IngestError> {
        let mut files = Vec::new();
        for path in inputs {
            let found = walk::files(path);
            files.extend(
                found.map_err(|source| IngestError::Missing { path: path.clone(), source })?,
            );
        }
        let total = files.iter().map(|input| input.bytes).sum();
        Ok(Self {
            inputs: files.into_iter(),
            current: None,
            limits: *limits,
            read: Arc::default(),
            total,
        })
    }

    /// Returns the bytes of all input files on disk, `None` with stdin or a pipe among them.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total
    }

    /// Returns the bytes read from disk so far; each record carries this as `position`.
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Makes the record of an input that cannot be opened.
    fn unreadable(&self, input: &Input) -> RawRecord {
        RawRecord {
            source: input.path.to_string_lossy().into_owned(),
            format: Format::Text,
            bytes: Err(Reason::Unreadable),
            size: 0,
            position: self.bytes_read(),
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
            match open(&input, &self.read, self.limits) {
                Ok(records) => self.current = Some(records),
                Err(_) => return Some(self.unreadable(&input)),
            }
        }
    }
}

//! One article's bytes as a reader found them, before anything is decoded.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use crate::base::reject::Reason;

/// Bytes of one article, in input order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// Path as given, plus `#n` for record n (from 1) of a container.
    pub source: String,
    /// How to read the bytes.
    pub format: Format,
    /// The bytes, or why there are none.
    pub bytes: Result<Vec<u8>, Reason>,
    /// Bytes of (decompressed) input that the record cost.
    pub size: u64,
    /// Bytes of all input files (as they lie on disk) that were read when the record was complete.
    pub position: u64,
}

/// What the bytes of one record are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON value.
    Json,
    /// One HTML page.
    Html,
    /// Plain text.
    Text,
}

/// Bounds that keep memory flat whatever the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest article, in decompressed bytes of its record; a larger one is read past, not held.
    pub max_article_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_article_bytes: 16 << 20 }
    }
}

/// What one opened file is called and how far the whole input was read.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// Path as given.
    pub(crate) name: String,
    /// Bytes read from disk so far, over all files.
    pub(crate) read: Arc<AtomicU64>,
    /// Whether the bytes pass through a decompressor, so that an error means a broken stream.
    pub(crate) is_compressed: bool,
}

impl Origin {
    /// Makes the record of a whole file.
    pub(crate) fn whole(&self, format: Format, bytes: Result<Vec<u8>, Reason>) -> RawRecord {
        self.make(self.name.clone(), format, bytes)
    }

    /// Makes record `n` (from 1) of a container.
    pub(crate) fn numbered(&self, n: u64, bytes: Result<Vec<u8>, Reason>) -> RawRecord {
        self.make(format!("{}#{n}", self.name), Format::Json, bytes)
    }

    /// Returns why reading failed.
    pub(crate) fn reason(&self) -> Reason {
        if self.is_compressed { Reason::Truncated } else { Reason::Unreadable }
    }

    fn make(&self, source: String, format: Format, bytes: Result<Vec<u8>, Reason>) -> RawRecord {
        let size = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        RawRecord { source, format, bytes, size, position: self.read.load(Ordering::Relaxed) }
    }
}

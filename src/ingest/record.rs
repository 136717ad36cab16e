//! One article's bytes as a reader found them, before anything is decoded.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use xxhash_rust::xxh3::Xxh3;

use crate::{base::reject::Reason, ingest::layers::Bomb};

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
    /// What is known of the bytes besides them.
    pub fetched: Option<Box<Fetched>>,
}

impl RawRecord {
    /// Returns the hash of all that the article is read from, but not of where; 0 if nothing was.
    pub(crate) fn key(&self) -> u128 {
        let Ok(bytes) = &self.bytes else { return 0 };
        let mut hash = Xxh3::with_seed(self.format as u64);
        hash.update(bytes);
        if let Some(fetched) = self.fetched.as_deref() {
            for said in [&fetched.url, &fetched.charset, &fetched.lang].into_iter().flatten() {
                hash.update(&(said.len() as u64).to_le_bytes());
                hash.update(said.as_bytes());
            }
        }
        hash.digest128().max(1)
    }
}

/// What an archive or feed says of an article that its bytes may not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Address that it was fetched from.
    pub url: Option<String>,
    /// Charset that the server or feed declares.
    pub charset: Option<String>,
    /// Language that the feed declares.
    pub lang: Option<String>,
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
    /// One item of a feed.
    Item,
    /// One mail.
    Mail,
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
        self.member(n, Format::Json, bytes)
    }

    /// Makes record `n` (from 1) of a container of other things than JSON.
    pub(crate) fn member(
        &self,
        n: u64,
        format: Format,
        bytes: Result<Vec<u8>, Reason>,
    ) -> RawRecord {
        self.make(format!("{}#{n}", self.name), format, bytes)
    }

    /// Returns why reading failed.
    pub(crate) fn reason(&self, error: &io::Error) -> Reason {
        if matches!(error.get_ref(), Some(inner) if inner.is::<Bomb>()) {
            Reason::Bomb
        } else if self.is_compressed || error.kind() == io::ErrorKind::UnexpectedEof {
            Reason::Truncated
        } else {
            Reason::Unreadable
        }
    }

    fn make(&self, source: String, format: Format, bytes: Result<Vec<u8>, Reason>) -> RawRecord {
        let size = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        let position = self.read.load(Ordering::Relaxed);
        RawRecord { source, format, bytes, size, position, fetched: None }
    }
}

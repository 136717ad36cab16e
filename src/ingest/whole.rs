//! Files that are one article: plain text and HTML.

use std::io::Read;

use crate::{
    base::reject::Reason,
    ingest::record::{Format, Limits, Origin, RawRecord},
};

/// Reads a file that is one article; more than the limit is not held.
pub(crate) fn whole<R: Read>(
    reader: R,
    format: Format,
    origin: &Origin,
    limits: Limits,
) -> RawRecord {
    let mut bytes = Vec::new();
    let most = limits.max_article_bytes as u64;
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    let bytes = match read {
        Err(error) => Err(origin.reason(&error)),
        Ok(length) if length as u64 > most => Err(Reason::TooLarge),
        Ok(_) => Ok(bytes),
    };
    origin.whole(format, bytes)
}

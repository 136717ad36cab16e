//! CSV and TSV: one article a row, its fields named in the first.
//!
//! A row becomes a JSON object, so that columns are found by the same names, and by `--field`, as
//! the fields of other records. The mark between cells is told from the first line. A quote that is
//! never closed swallows rows; past the limit the row is reported and reading ends.

use std::{
    io::{self, BufRead, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use csv::{ByteRecord, Reader, ReaderBuilder};
use serde_json::{Map, Value};

use crate::{
    base::reject::Reason,
    ingest::{
        charset,
        layers::Stream,
        record::{Format, Limits, Origin, RawRecord},
    },
};

/// Records of one table.
pub(crate) struct Rows {
    reader: Option<Reader<Metered>>,
    names: Vec<String>,
    origin: Origin,
    allowed: Arc<AtomicU64>,
    limit: u64,
    number: u64,
}

/// Bytes that the parser reads ahead, at most.
const AHEAD: u64 = 1 << 20;

/// Fails once a row has taken more than it is allowed.
struct Metered {
    inner: Stream,
    allowed: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowed = self.allowed.load(Ordering::Relaxed);
        if allowed == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let length = self.inner.read(buffer)?;
        self.allowed.store(allowed.saturating_sub(length as u64), Ordering::Relaxed);
        Ok(length)
    }
}

impl Rows {
    /// Reads `stream` row by row.
    pub(crate) fn new(mut stream: Stream, origin: Origin, limits: Limits) -> Self {
        let limit = limits.max_article_bytes as u64;
        // An error shows again when the rows are read.
        let mark = stream.fill_buf().map_or(b',', mark);
        let allowed = Arc::new(AtomicU64::new(limit + AHEAD));
        let metered = Metered { inner: stream, allowed: Arc::clone(&allowed) };
        let reader = ReaderBuilder::new()
            .delimiter(mark)
            .flexible(true)
            .has_headers(false)
            .from_reader(metered);
        Self { reader: Some(reader), names: Vec::new(), origin, allowed, limit, number: 0 }
    }

    /// Reads one row; `None` at the end.
    fn row(&mut self) -> Option<Result<ByteRecord, Reason>> {
        self.allowed.store(self.limit + AHEAD, Ordering::Relaxed);
        let mut row = ByteRecord::new();
        let reader = self.reader.as_mut()?;
        match reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) if row.as_slice().len() as u64 > self.limit => Some(Err(Reason::TooLarge)),
            Ok(true) => Some(Ok(row)),
            Err(error) => {
                self.reader = None;
                let reason = match error.into_kind() {
                    csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                        Reason::TooLarge
                    }
                    csv::ErrorKind::Io(error) => self.origin.reason(&error),
                    _ => Reason::Broken,
                };
                Some(Err(reason))
            }
        }
    }
}

impl Iterator for Rows {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        if self.number == 0 && self.names.is_empty() {
            match self.row()? {
                Ok(names) => self.names = names.iter().map(cell).collect(),
                Err(reason) => return Some(self.origin.member(1, Format::Json, Err(reason))),
            }
        }
        let row = self.row()?;
        self.number += 1;
        let object = row.map(|row| object(&self.names, &row));
        Some(self.origin.numbered(self.number, object))
    }
}

/// Makes the JSON object of a row; cells without a name say nothing.
fn object(names: &[String], row: &ByteRecord) -> Vec<u8> {
    let cells = names.iter().zip(row).filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let map: Map<String, Value> =
        cells.map(|(name, value)| (name.clone(), Value::String(cell(value)))).collect();
    Value::Object(map).to_string().into_bytes()
}

fn cell(bytes: &[u8]) -> String {
    charset::line(bytes).trim().to_owned()
}

/// Returns the mark between cells: the most frequent candidate of the first line, outside quotes.
fn mark(start: &[u8]) -> u8 {
    let mut in_quotes = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in start.iter().take_while(|byte| **byte != b'\n') {
        in_quotes ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| mark == byte && !in_quotes) {
            *count += 1;
        }
    }
    // Of equal ones the first: a comma where there is but one column.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| mark)
}

//! CSV and TSV: one article a row, its fields named in the first.
//!
//! A row becomes a JSON object, so that columns are found by the same names, and by `--field`, as
//! the fields of other records. The mark between cells is told from the first line. A quote that is
//! never closed swallows rows; past the limit the row is reported and reading ends.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};

use crate::{
    base::reject::Reason,
    ingest::{
        charset,
        record::{Format, Limits, Origin, RawRecord},
    },
};

/// Records of one table.
pub(crate) struct Rows<R> {
    stream: R,
    parser: Box<Reader>,
    row: Row,
    names: Vec<String>,
    origin: Origin,
    limit: usize,
    number: u64,
    is_done: bool,
}

/// The cells of one row: their bytes one after the other, and where each ends.
#[derive(Default)]
struct Row {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    length: usize,
    cells: usize,
}

/// Cells of a row, at most.
const MOST_CELLS: usize = 4096;

impl Row {
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.get(..self.cells).unwrap_or_default();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }
}

impl<R: BufRead> Rows<R> {
    /// Reads `stream` row by row.
    pub(crate) fn new(mut stream: R, origin: Origin, limits: Limits) -> Self {
        // An error shows again when the rows are read.
        let mark = stream.fill_buf().map_or(b',', mark);
        let parser = Box::new(ReaderBuilder::new().delimiter(mark).build());
        let (row, names, limit) = (Row::default(), Vec::new(), limits.max_article_bytes);
        Self { stream, parser, row, names, origin, limit, number: 0, is_done: false }
    }

    /// Reads one row; `None` at the end.
    fn advance(&mut self) -> Option<Result<(), Reason>> {
        let Self { stream, parser, row, origin, limit, is_done, .. } = self;
        (row.length, row.cells) = (0, 0);
        row.bytes.resize(row.bytes.len().max(4096), 0);
        row.ends.resize(row.ends.len().max(64), 0);
        while !*is_done {
            let input = match stream.fill_buf() {
                Ok(input) => input,
                Err(error) => {
                    *is_done = true;
                    return Some(Err(origin.reason(&error)));
                }
            };
            let (result, taken, put, ended) = parser.read_record(
                input,
                row.bytes.get_mut(row.length..).unwrap_or_default(),
                row.ends.get_mut(row.cells..).unwrap_or_default(),
            );
            stream.consume(taken);
            row.length += put;
            row.cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if row.length > *limit => {
                    *is_done = true;
                    return Some(Err(Reason::TooLarge));
                }
                ReadRecordResult::OutputEndsFull if row.cells >= MOST_CELLS => {
                    *is_done = true;
                    return Some(Err(Reason::Broken));
                }
                ReadRecordResult::OutputFull => row.bytes.resize(row.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => row.ends.resize(row.ends.len() * 2, 0),
                ReadRecordResult::Record => return Some(Ok(())),
                ReadRecordResult::End => *is_done = true,
            }
        }
        None
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        if self.number == 0 && self.names.is_empty() {
            match self.advance()? {
                Ok(()) => self.names = self.row.cells().map(cell).collect(),
                Err(reason) => return Some(self.origin.member(1, Format::Json, Err(reason))),
            }
        }
        let row = self.advance()?;
        self.number += 1;
        let object = row.map(|()| object(&self.names, &self.row));
        Some(self.origin.numbered(self.number, object))
    }
}

/// Makes the JSON object of a row; cells without a name say nothing.
fn object(names: &[String], row: &Row) -> Vec<u8> {
    let cells =
        names.iter().zip(row.cells()).filter(|(name, value)| !name.is_empty() && !value.is_empty());
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

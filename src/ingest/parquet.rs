//! Parquet: one article a row, columns found by the names that JSON records use.
//!
//! Read a few rows at a time; only columns that hold what is wanted are touched. A row becomes a
//! JSON object, so that `--field text=column` works as for other records. Refused: nested columns
//! but lists of texts. The crate that reads panics on some damaged files; that costs the file.

use std::{
    fs::File,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
};

use polars::prelude::{
    AnyValue, ArrowDataType, DataFrame, FileMetadataRef, ParallelStrategy, ParquetReader, SerReader,
};
use serde_json::{Map, Value};

use crate::{
    base::reject::Reason,
    ingest::{
        open::Settings,
        record::{Format, Origin, RawRecord},
    },
};

/// Rows that are read at once.
const STEP: usize = 512;

/// Records of one Parquet file.
pub(crate) struct Parquet {
    file: File,
    metadata: FileMetadataRef,
    columns: Vec<String>,
    rows: usize,
    next: usize,
    frame: DataFrame,
    origin: Origin,
    limit: usize,
}

impl Parquet {
    /// Reads `file`.
    pub(crate) fn open(file: File, origin: Origin, settings: &Settings) -> io::Result<Self> {
        unpanicked(|| Self::read(file, origin, settings))
    }

    fn read(file: File, origin: Origin, settings: &Settings) -> io::Result<Self> {
        let mut reader = ParquetReader::new(file.try_clone()?);
        let schema = reader.schema().map_err(io::Error::other)?;
        let rows = reader.num_rows().map_err(io::Error::other)?;
        let metadata = reader.get_metadata().map_err(io::Error::other)?.clone();
        let columns = schema
            .iter_values()
            .filter(|field| is_plain(&field.dtype) && settings.fields.wants(&field.name))
            .map(|field| field.name.to_string())
            .collect();
        let (frame, limit) = (DataFrame::empty(), settings.limits.max_article_bytes);
        Ok(Self { file, metadata, columns, rows, next: 0, frame, origin, limit })
    }

    /// Reads the next rows.
    fn advance(&mut self) -> io::Result<()> {
        let mut reader = ParquetReader::new(self.file.try_clone()?);
        reader.set_metadata(self.metadata.clone());
        let reader = reader
            .with_columns(Some(self.columns.clone()))
            .with_slice(Some((self.next, STEP)))
            .read_parallel(ParallelStrategy::None);
        self.frame = unpanicked(|| reader.finish().map_err(io::Error::other))?;
        Ok(())
    }

    fn object(&self, row: usize) -> Result<Vec<u8>, Reason> {
        let mut map = Map::new();
        for column in self.frame.columns() {
            let value = column.get(row).map_or(Value::Null, |value| json(&value));
            if !value.is_null() {
                map.insert(column.name().to_string(), value);
            }
        }
        let bytes = Value::Object(map).to_string().into_bytes();
        if bytes.len() > self.limit { Err(Reason::TooLarge) } else { Ok(bytes) }
    }
}

impl Iterator for Parquet {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        if self.next >= self.rows {
            return None;
        }
        let at = self.next % STEP;
        let number = self.next as u64 + 1;
        if at == 0 && (self.columns.is_empty() || self.advance().is_err()) {
            self.next = self.rows;
            let reason = if self.columns.is_empty() { Reason::NoText } else { Reason::Broken };
            return Some(self.origin.member(number, Format::Json, Err(reason)));
        }
        self.next += 1;
        // A day beyond the calendar cannot be written out.
        let object = unpanicked(|| Ok(self.object(at))).unwrap_or(Err(Reason::Broken));
        Some(self.origin.numbered(number, object))
    }
}

/// Runs what may panic on bytes that are no Parquet.
fn unpanicked<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let read = catch_unwind(AssertUnwindSafe(read));
    read.unwrap_or_else(|_| Err(io::ErrorKind::InvalidData.into()))
}

fn is_plain(kind: &ArrowDataType) -> bool {
    match kind {
        ArrowDataType::Utf8
        | ArrowDataType::LargeUtf8
        | ArrowDataType::Utf8View
        | ArrowDataType::Int32
        | ArrowDataType::Int64
        | ArrowDataType::Date32
        | ArrowDataType::Timestamp(..) => true,
        ArrowDataType::Dictionary(_, inner, _) => is_plain(inner),
        ArrowDataType::List(inner) | ArrowDataType::LargeList(inner) => is_plain(&inner.dtype),
        _ => false,
    }
}

fn json(value: &AnyValue) -> Value {
    match value {
        AnyValue::Null => Value::Null,
        AnyValue::String(text) => Value::String((*text).to_owned()),
        AnyValue::StringOwned(text) => Value::String(text.to_string()),
        AnyValue::List(items) => Value::Array(items.iter().map(|item| json(&item)).collect()),
        // Numbers, days and moments as people write them.
        other => Value::String(other.to_string()),
    }
}

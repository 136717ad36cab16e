//! Rows of a part file, read back cell by cell.

use std::{fs::File, path::Path};

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float32Chunked, Float64Chunked, Int32Chunked,
    Int64Chunked, ListChunked, ParallelStrategy, ParquetReader, PolarsResult, SerReader,
    StringChunked, UInt32Chunked,
};

use crate::dataset::{
    cells::{Cells, Sink},
    parts::WriteError,
    replaced::Replaced,
    schema::{ColumnType, Table},
};

/// Reads some rows of a part file, and some columns or all.
pub(crate) fn read(
    path: &Path,
    names: &[&str],
    slice: (usize, usize),
) -> Result<DataFrame, WriteError> {
    let file = File::open(path).map_err(WriteError::file(path))?;
    let columns = || names.iter().map(|name| (*name).to_owned()).collect();
    ParquetReader::new(file)
        .with_columns((!names.is_empty()).then(columns))
        .with_slice(Some(slice))
        .read_parallel(ParallelStrategy::None)
        .finish()
        .map_err(|source| WriteError::Decode { path: path.to_owned(), source })
}

/// Rows of one table.
pub(crate) struct Rows {
    columns: Vec<Typed>,
    height: usize,
}

/// A column by its type; days and moments are numbers.
enum Typed {
    Text(StringChunked),
    Texts(ListChunked),
    Bool(BooleanChunked),
    UInt32(UInt32Chunked),
    Int64(Int64Chunked),
    Float32(Float32Chunked),
    Float64(Float64Chunked),
    Days(Int32Chunked),
}

impl Typed {
    fn of(column: &Column, kind: ColumnType) -> PolarsResult<Self> {
        Ok(match kind {
            ColumnType::String => Self::Text(column.str()?.clone()),
            ColumnType::Strings => Self::Texts(column.list()?.clone()),
            ColumnType::Bool => Self::Bool(column.bool()?.clone()),
            ColumnType::UInt32 => Self::UInt32(column.u32()?.clone()),
            ColumnType::Int64 | ColumnType::Timestamp => {
                Self::Int64(column.cast(&DataType::Int64)?.i64()?.clone())
            }
            ColumnType::Float32 => Self::Float32(column.f32()?.clone()),
            ColumnType::Float64 => Self::Float64(column.f64()?.clone()),
            ColumnType::Date => Self::Days(column.cast(&DataType::Int32)?.i32()?.clone()),
        })
    }
}

impl Rows {
    /// Takes the columns of a table.
    pub(crate) fn of(table: &Table, frame: &DataFrame) -> PolarsResult<Self> {
        let columns = table.columns.iter().filter(|_| frame.height() > 0);
        let typed = columns.map(|column| Typed::of(frame.column(column.name)?, column.kind));
        Ok(Self { columns: typed.collect::<PolarsResult<_>>()?, height: frame.height() })
    }

    /// Appends a row to those of its table; some texts may be replaced.
    pub(crate) fn append(&self, at: usize, sink: &mut impl Sink, replaced: &[Replaced]) {
        let mut row = sink.row();
        // A row that is not there leaves the columns short.
        let columns = self.columns.iter().enumerate().filter(|_| at < self.height);
        for (number, column) in columns {
            row = match column {
                Typed::Text(texts) => {
                    let other = replaced.iter().find(|(other, _)| *other == number);
                    row.maybe_string(
                        other.map_or_else(|| texts.get(at), |(_, other)| other.as_deref()),
                    )
                }
                Typed::Texts(lists) => {
                    let list = lists.get_as_series(at);
                    let texts = list.as_ref().and_then(|list| list.str().ok());
                    let texts = texts.into_iter().flat_map(|texts| texts.iter().flatten());
                    row.strings(&texts.collect::<Vec<_>>())
                }
                Typed::Bool(truths) => row.bool(truths.get(at).unwrap_or_default()),
                Typed::UInt32(numbers) => row.uint32(numbers.get(at).unwrap_or_default()),
                Typed::Int64(numbers) => row.int64(numbers.get(at)),
                Typed::Float32(numbers) => row.float32(numbers.get(at).unwrap_or_default()),
                Typed::Float64(numbers) => row.float64(numbers.get(at)),
                Typed::Days(days) => row.days(days.get(at)),
            };
        }
    }
}

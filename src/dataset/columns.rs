//! Cells in, one polars frame out: the columns of one row group as [`Table`] names and types them.
//!
//! Cells are appended in the order of the table's columns. A cell of another type than its column
//! is dropped, which leaves the column short; `Columns::into_frame` then refuses the frame, so
//! that a mistake in the order is an error of the run and never a shifted table.

use std::sync::Arc;

use jiff::civil::Date;
use polars::prelude::{
    Column as PolarsColumn, DataFrame, DataType, Field, IntoColumn, IntoSeries, ListBuilderTrait,
    ListStringChunkedBuilder, NamedFrom, PolarsResult, Schema, SchemaRef, Series,
    StringChunkedBuilder, TimeUnit, TimeZone,
};

use crate::dataset::schema::{self, ColumnType, Table};

/// The columns of one row group, under construction.
pub(crate) struct Columns {
    table: &'static Table,
    cells: Vec<Column>,
    rows: usize,
}

/// The cells of one column.
enum Column {
    String(StringChunkedBuilder),
    Strings(ListStringChunkedBuilder),
    Bool(Vec<bool>),
    UInt32(Vec<u32>),
    Int64(Vec<Option<i64>>),
    Float32(Vec<f32>),
    Float64(Vec<Option<f64>>),
    Date(Vec<Option<i32>>),
    Timestamp(Vec<Option<i64>>),
}

/// One row of [`Columns`], filled from the first column to the last.
pub(crate) struct Row<'c> {
    columns: &'c mut Columns,
    next: usize,
}

/// Returns the polars schema of `table`.
pub(crate) fn schema(table: &Table) -> SchemaRef {
    let fields = table.columns.iter().map(|c| Field::new(c.name.into(), data_type(c.kind)));
    Arc::new(fields.collect::<Schema>())
}

impl Columns {
    /// Makes empty columns for `table`, with room for `rows` rows.
    pub(crate) fn new(table: &'static Table, rows: usize) -> Self {
        let cells = table.columns.iter().map(|column| Column::new(column, rows)).collect();
        Self { table, cells, rows: 0 }
    }

    /// Begins a row.
    pub(crate) fn row(&mut self) -> Row<'_> {
        self.rows += 1;
        Row { columns: self, next: 0 }
    }

    /// Makes the frame, or fails if a row did not fit the table.
    pub(crate) fn into_frame(self) -> PolarsResult<DataFrame> {
        let columns = self
            .cells
            .into_iter()
            .zip(self.table.columns)
            .map(|(cells, column)| cells.into_column(column))
            .collect::<PolarsResult<Vec<_>>>()?;
        DataFrame::new(self.rows, columns)
    }
}

/// Takes the cells of one row, from the first column to the last.
pub(crate) trait Cells: Sized {
    /// Appends a text or null.
    fn maybe_string(self, value: Option<&str>) -> Self;

    /// Appends a list of texts.
    fn strings<S: AsRef<str>>(self, values: &[S]) -> Self;

    /// Appends true or false.
    fn bool(self, value: bool) -> Self;

    /// Appends an unsigned number.
    fn uint32(self, value: u32) -> Self;

    /// Appends a number or null: a 64-bit integer or a moment.
    fn int64(self, value: Option<i64>) -> Self;

    /// Appends a 32-bit float.
    fn float32(self, value: f32) -> Self;

    /// Appends a 64-bit float or null.
    fn float64(self, value: Option<f64>) -> Self;

    /// Appends a day, as the days since 1970, or null.
    fn days(self, value: Option<i32>) -> Self;

    /// Appends a text.
    fn string(self, value: &str) -> Self {
        self.maybe_string(Some(value))
    }

    /// Appends a day or null.
    fn date(self, value: Option<Date>) -> Self {
        self.days(value.map(days_since_1970))
    }
}

impl Row<'_> {
    /// The column whose turn it is.
    fn next(&mut self) -> Option<&mut Column> {
        self.next += 1;
        self.columns.cells.get_mut(self.next - 1)
    }
}

impl Cells for Row<'_> {
    fn maybe_string(mut self, value: Option<&str>) -> Self {
        if let Some(Column::String(cells)) = self.next() {
            cells.append_option(value);
        }
        self
    }

    fn strings<S: AsRef<str>>(mut self, values: &[S]) -> Self {
        if let Some(Column::Strings(cells)) = self.next() {
            cells.append_values_iter(values.iter().map(AsRef::as_ref));
        }
        self
    }

    fn bool(mut self, value: bool) -> Self {
        if let Some(Column::Bool(cells)) = self.next() {
            cells.push(value);
        }
        self
    }

    fn uint32(mut self, value: u32) -> Self {
        if let Some(Column::UInt32(cells)) = self.next() {
            cells.push(value);
        }
        self
    }

    fn int64(mut self, value: Option<i64>) -> Self {
        if let Some(Column::Int64(cells) | Column::Timestamp(cells)) = self.next() {
            cells.push(value);
        }
        self
    }

    fn float32(mut self, value: f32) -> Self {
        if let Some(Column::Float32(cells)) = self.next() {
            cells.push(value);
        }
        self
    }

    fn float64(mut self, value: Option<f64>) -> Self {
        if let Some(Column::Float64(cells)) = self.next() {
            cells.push(value);
        }
        self
    }

    fn days(mut self, value: Option<i32>) -> Self {
        if let Some(Column::Date(cells)) = self.next() {
            cells.push(value);
        }
        self
    }
}

impl Column {
    fn new(column: &schema::Column, rows: usize) -> Self {
        match column.kind {
            ColumnType::String => Self::String(StringChunkedBuilder::new(column.name.into(), rows)),
            ColumnType::Strings => {
                Self::Strings(ListStringChunkedBuilder::new(column.name.into(), rows, rows))
            }
            ColumnType::Bool => Self::Bool(Vec::with_capacity(rows)),
            ColumnType::UInt32 => Self::UInt32(Vec::with_capacity(rows)),
            ColumnType::Int64 => Self::Int64(Vec::with_capacity(rows)),
            ColumnType::Float32 => Self::Float32(Vec::with_capacity(rows)),
            ColumnType::Float64 => Self::Float64(Vec::with_capacity(rows)),
            ColumnType::Date => Self::Date(Vec::with_capacity(rows)),
            ColumnType::Timestamp => Self::Timestamp(Vec::with_capacity(rows)),
        }
    }

    fn into_column(self, column: &schema::Column) -> PolarsResult<PolarsColumn> {
        let name = column.name.into();
        let series = match self {
            Self::String(cells) => return Ok(cells.finish().into_column()),
            Self::Strings(mut cells) => return Ok(cells.finish().into_column()),
            Self::Bool(cells) => Series::new(name, cells),
            Self::UInt32(cells) => Series::new(name, cells),
            Self::Int64(cells) | Self::Timestamp(cells) => Series::new(name, cells),
            Self::Float32(cells) => Series::new(name, cells),
            Self::Float64(cells) => Series::new(name, cells),
            Self::Date(cells) => Series::new(name, cells),
        };
        // Days and moments were numbers so far.
        Ok(typed(&series, &data_type(column.kind))?.into_column())
    }
}

/// Gives a series another type.
///
/// A cast makes a column without a value anew, and forgets the time zone; so moments are not cast.
pub(crate) fn typed(series: &Series, wanted: &DataType) -> PolarsResult<Series> {
    match wanted {
        DataType::Datetime(unit, zone) => {
            let numbers = series.cast(&DataType::Int64)?.i64()?.clone();
            Ok(numbers.into_datetime(*unit, zone.clone()).into_series())
        }
        _ => series.cast(wanted),
    }
}

fn data_type(kind: ColumnType) -> DataType {
    match kind {
        ColumnType::String => DataType::String,
        ColumnType::Strings => DataType::List(Box::new(DataType::String)),
        ColumnType::Bool => DataType::Boolean,
        ColumnType::UInt32 => DataType::UInt32,
        ColumnType::Int64 => DataType::Int64,
        ColumnType::Float32 => DataType::Float32,
        ColumnType::Float64 => DataType::Float64,
        ColumnType::Date => DataType::Date,
        ColumnType::Timestamp => DataType::Datetime(TimeUnit::Milliseconds, Some(TimeZone::UTC)),
    }
}

/// Every day of the calendar (years -9999 to 9999) is in range.
fn days_since_1970(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

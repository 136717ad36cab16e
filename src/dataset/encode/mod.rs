//! Cells in, the pages of one row group out: each column encoded and compressed as it grows.
//!
//! Cells are appended in the order of the table's columns. A cell of another type than its column
//! is dropped, which leaves the column short; [`Group::finish`] then refuses the rows, so that a
//! mistake in the order is an error of the run and never a shifted table. What is held of a column is
//! one page and what is compressed already, so a row group of any size costs little memory.

use std::io;

use polars_parquet::parquet::page::CompressedPage;
use zstd::bulk::Compressor;

use crate::dataset::{
    cells::{Cells, Sink},
    encode::column::Encoder,
    schema::{ColumnType, Table},
};

mod bounds;
mod column;
mod dictionary;
mod levels;
pub(crate) mod types;

const ZSTD_LEVEL: i32 = 3;

/// Compressed pages, column by column.
pub(crate) type Pages = Vec<Vec<CompressedPage>>;

/// The rows of one row group.
pub(crate) struct Group {
    table: &'static Table,
    columns: Vec<Encoder>,
    zstd: Compressor<'static>,
    rows: usize,
}

impl Group {
    /// Begins without rows.
    pub(crate) fn new(table: &'static Table) -> io::Result<Self> {
        let leaves = types::descriptors(table);
        let columns = table.columns.iter().zip(leaves);
        let columns = columns.map(|(column, leaf)| Encoder::new(table, column, leaf)).collect();
        Ok(Self { table, columns, zstd: Compressor::new(ZSTD_LEVEL)?, rows: 0 })
    }

    /// Returns how many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the pages, or fails if a row did not fit the table.
    pub(crate) fn finish(mut self) -> io::Result<Pages> {
        let rows = self.rows;
        if let Some(short) = self.columns.iter().position(|column| column.rows() != rows) {
            let name = self.table.columns.get(short).map_or("", |column| column.name);
            let message =
                format!("a row of `{}` does not fit its column `{name}`", self.table.name);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let zstd = &mut self.zstd;
        self.columns.into_iter().map(|column| column.finish(zstd)).collect()
    }
}

impl Sink for Group {
    type Row<'r> = Row<'r>;

    fn row(&mut self) -> Row<'_> {
        self.rows += 1;
        Row { group: self, next: 0 }
    }
}

/// One row of a [`Group`], filled from the first column to the last.
pub(crate) struct Row<'g> {
    group: &'g mut Group,
    next: usize,
}

impl Row<'_> {
    /// Shows `append` the column whose turn it is, if it has that type.
    fn next(mut self, kinds: &[ColumnType], append: impl FnOnce(&mut Encoder)) -> Self {
        if let Some(column) = self.group.columns.get_mut(self.next)
            && kinds.contains(&column.kind)
        {
            // A page that cannot be compressed leaves the column short.
            if column.make_room(&mut self.group.zstd).is_ok() {
                append(column);
            }
        }
        self.next += 1;
        self
    }
}

impl Cells for Row<'_> {
    fn maybe_string(self, value: Option<&str>) -> Self {
        self.next(&[ColumnType::String], |column| column.text(value))
    }

    fn strings<S: AsRef<str>>(self, values: &[S]) -> Self {
        self.next(&[ColumnType::Strings], |column| {
            column.texts(values.iter().map(AsRef::as_ref));
        })
    }

    fn bool(self, value: bool) -> Self {
        self.next(&[ColumnType::Bool], |column| column.bool(value))
    }

    fn uint32(self, value: u32) -> Self {
        self.next(&[ColumnType::UInt32], |column| column.int32(Some(value as i32)))
    }

    fn int64(self, value: Option<i64>) -> Self {
        self.next(&[ColumnType::Int64, ColumnType::Timestamp], |column| column.int64(value))
    }

    fn float32(self, value: f32) -> Self {
        self.next(&[ColumnType::Float32], |column| column.float32(value))
    }

    fn float64(self, value: Option<f64>) -> Self {
        self.next(&[ColumnType::Float64], |column| column.float64(value))
    }

    fn days(self, value: Option<i32>) -> Self {
        self.next(&[ColumnType::Date], |column| column.int32(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{
        frame::{self, Rows},
        parts::PartFile,
        schema::{ACTIONS, ARTICLES, DATES},
    };

    /// Writes rows, reads them back, and compares every cell by writing them once more.
    fn assert_reads_back(table: &'static Table, rows: usize, fill: impl Fn(usize, Row<'_>)) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        let mut group = Group::new(table).unwrap();
        (0..rows).for_each(|number| fill(number, group.row()));
        let mut file = PartFile::open(table, one.clone()).unwrap();
        file.group(group).unwrap();
        file.close().unwrap();
        let frame = frame::read(&one, &[], (0, rows)).unwrap();
        assert_eq!(frame.height(), rows);
        let read = Rows::of(table, &frame).unwrap();
        let mut group = Group::new(table).unwrap();
        (0..rows).for_each(|number| read.append(number, &mut group, &[]));
        let mut file = PartFile::open(table, other.clone()).unwrap();
        file.group(group).unwrap();
        file.close().unwrap();
        assert!(std::fs::read(one).unwrap() == std::fs::read(other).unwrap(), "{}", table.name);
    }

    /// A text that comes again after `distinct` rows.
    fn text(number: usize, distinct: usize) -> String {
        format!("é{:x}", number % distinct * 7919)
    }

    #[test]
    fn rows_of_every_type_are_read_back() {
        for rows in [1, 7, 9, 1025, 5000] {
            assert_reads_back(&DATES, rows, |number, row| {
                let _ = row
                    .string(&text(number, 20))
                    .uint32(number as u32)
                    .uint32(u32::MAX)
                    .string(&text(number, 1_000_000))
                    .string("")
                    .days((number % 3 > 0).then_some(number as i32 - 40))
                    .days(None)
                    .string("day")
                    .bool(number % 5 == 0)
                    .maybe_string((number % 7 == 0).then_some("approx"))
                    .string(&text(number, 3));
            });
        }
    }

    #[test]
    fn lists_and_long_texts_are_read_back() {
        assert_reads_back(&ACTIONS, 3000, |number, mut row| {
            for column in ACTIONS.columns {
                row = match column.kind {
                    ColumnType::String if column.name == "evidence" => {
                        row.string(&text(number, 997).repeat(200))
                    }
                    ColumnType::String => row.maybe_string((number % 2 == 0).then_some("x")),
                    ColumnType::Strings => row.strings(&vec![text(number, 11); number % 4]),
                    ColumnType::UInt32 => row.uint32(number as u32),
                    ColumnType::Float64 => row.float64((number % 3 > 0).then_some(-0.5)),
                    ColumnType::Float32 => row.float32(number as f32 / 3.0),
                    _ => row.days((number % 9 == 0).then_some(number as i32)),
                };
            }
        });
    }

    #[test]
    fn a_row_group_says_what_its_columns_range_over() {
        let mut group = Group::new(&DATES).unwrap();
        for day in [Some(5), None, Some(-3)] {
            let word = day.map_or("b".to_owned(), |day| format!("a{day}"));
            let row = group.row().string(&word).uint32(9).uint32(10).string("t").string("v");
            let _ =
                row.days(day).days(None).string("day").bool(true).maybe_string(None).string("r");
        }
        let pages = group.finish().unwrap();
        let bounds = |column: usize| {
            let CompressedPage::Data(page) = pages[column].last().unwrap() else { panic!() };
            let statistics = page.statistics().unwrap().unwrap().serialize();
            (statistics.min_value, statistics.max_value, statistics.null_count)
        };
        let days = |day: i32| Some(day.to_le_bytes().to_vec());
        assert_eq!(bounds(0), (Some(b"a-3".to_vec()), Some(b"b".to_vec()), Some(0)));
        assert_eq!(bounds(5), (days(-3), days(5), Some(1)));
        assert_eq!(bounds(6), (None, None, Some(3)));
    }

    #[test]
    fn a_cell_of_another_type_is_an_error_of_the_group() {
        let mut group = Group::new(&ARTICLES).unwrap();
        let _ = group.row().uint32(1);
        assert!(group.finish().is_err());
    }
}

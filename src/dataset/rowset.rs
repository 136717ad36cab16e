//! Rows that lie together, in part files or in memory, and reading slices of them.

use std::{fs::File, ops::Range, path::PathBuf};

use polars::prelude::{
    DataFrame, IntoColumn, ParallelStrategy, ParquetReader, PolarsResult, SerReader,
};

use crate::dataset::{
    aside::Index,
    catalog::{Catalog, TABLES},
    columns::{self, Columns},
    packed::{Packed, Unpack},
    parts::{self, WriteError},
    schema::{self, Table},
};

/// Tables whose rows belong to an article, in the order of a catalog's counts.
pub(crate) const OF_ARTICLES: [&Table; TABLES] =
    [&schema::ARTICLES, &schema::ENTITIES, &schema::DATES, &schema::AMOUNTS, &schema::ACTIONS];

/// Rows of the articles of one catalog.
pub(crate) struct Set {
    /// The articles, in the order of their rows.
    pub(crate) catalog: Catalog,
    /// For each table, how many rows stand before those of each article, and how many in all.
    offsets: [Vec<usize>; TABLES],
    place: Place,
}

enum Place {
    /// Part files of a snapshot.
    Files(PathBuf),
    /// Packed rows that were put aside.
    Aside(PathBuf, Index),
    /// Packed rows.
    Memory(Vec<Packed>),
}

/// Returns the first `bits` bits of an id.
pub(crate) fn prefix(id: u128, bits: u32) -> u64 {
    if bits == 0 { 0 } else { (id >> (128 - bits)) as u64 }
}

impl Set {
    /// Takes the part files below `folder`.
    pub(crate) fn of_files(catalog: Catalog, folder: PathBuf) -> Self {
        Self { offsets: offsets(&catalog), catalog, place: Place::Files(folder) }
    }

    /// Takes rows put aside in `folder`.
    pub(crate) fn of_aside(catalog: Catalog, folder: PathBuf, index: Index) -> Self {
        Self { offsets: offsets(&catalog), catalog, place: Place::Aside(folder, index) }
    }

    /// Takes rows in the order of the catalog.
    pub(crate) fn of_memory(catalog: Catalog, rows: Vec<Packed>) -> Self {
        Self { offsets: offsets(&catalog), catalog, place: Place::Memory(rows) }
    }

    /// Shows `look` the packed rows of a table for each of some articles; returns whether they are
    /// packed.
    pub(crate) fn each(
        &self,
        table: usize,
        articles: &Range<usize>,
        mut look: impl FnMut(usize, Unpack),
    ) -> Result<bool, WriteError> {
        match &self.place {
            Place::Files(_) => return Ok(false),
            Place::Aside(folder, index) => {
                index.each(folder, table, articles, look).map_err(WriteError::file(folder))?;
            }
            Place::Memory(rows) => {
                let rows = rows.get(articles.clone()).unwrap_or_default();
                articles.clone().zip(rows).for_each(|(at, rows)| look(at, rows.rows(table)));
            }
        }
        Ok(true)
    }

    /// Returns the part file of a table, if rows lie in files.
    pub(crate) fn file(&self, table: usize, part: u64) -> Option<PathBuf> {
        let Place::Files(folder) = &self.place else { return None };
        let name = OF_ARTICLES.get(table)?.name;
        Some(folder.join(name).join(parts::name(part as u32 + 1)))
    }

    /// Returns the articles whose ids begin with `index`, in so many bits.
    pub(crate) fn range(&self, bits: u32, index: u64) -> Range<usize> {
        let entries = &self.catalog.entries;
        let from = entries.partition_point(|entry| prefix(entry.id, bits) < index);
        let until = entries.partition_point(|entry| prefix(entry.id, bits) <= index);
        from..until
    }

    /// Returns which rows of a table belong to a range of articles.
    pub(crate) fn rows(&self, table: usize, articles: &Range<usize>) -> Range<usize> {
        let at = |index: usize| {
            self.offsets.get(table).and_then(|rows| rows.get(index)).copied().unwrap_or_default()
        };
        at(articles.start)..at(articles.end)
    }

    /// Reads the rows of a range of articles.
    pub(crate) fn frame(
        &self,
        table: usize,
        articles: Range<usize>,
    ) -> Result<DataFrame, WriteError> {
        let Some(columns) = OF_ARTICLES.get(table) else { return Ok(DataFrame::empty()) };
        if let Place::Files(_) = self.place {
            return self.columns(table, articles, &[]);
        }
        let mut out = Columns::new(columns, self.rows(table, &articles).len());
        self.each(table, &articles, |_, mut rows| {
            // Rows that break off leave a column short, which the frame refuses.
            let _ = rows.append(columns, &mut out);
        })?;
        out.into_frame().map_err(|source| WriteError::Encode { path: columns.name.into(), source })
    }

    /// Reads some columns, or all, of the rows of a range of articles that lie in part files.
    pub(crate) fn columns(
        &self,
        table: usize,
        articles: Range<usize>,
        names: &[&str],
    ) -> Result<DataFrame, WriteError> {
        let Some(columns) = OF_ARTICLES.get(table) else { return Ok(DataFrame::empty()) };
        let wanted = self.rows(table, &articles);
        let bits = self.catalog.bits.get(table).copied().unwrap_or_default();
        let id = |index: usize| self.catalog.entries.get(index).map_or(0, |entry| entry.id);
        let mut whole: Option<DataFrame> = None;
        if !wanted.is_empty() {
            let (first, last) = (id(articles.start), id(articles.end - 1));
            for part in prefix(first, bits)..=prefix(last, bits) {
                let held = self.rows(table, &self.range(bits, part));
                let (from, until) = (wanted.start.max(held.start), wanted.end.min(held.end));
                if from >= until {
                    continue;
                }
                let path = self.file(table, part).unwrap_or_default();
                let slice = (from - held.start, until - from);
                let frame = read((columns, names), &path, slice)?;
                whole = Some(match whole {
                    None => frame,
                    Some(before) => before
                        .vstack(&frame)
                        .map_err(|source| WriteError::Decode { path, source })?,
                });
            }
        }
        match whole {
            Some(frame) => Ok(frame),
            None => Columns::new(columns, 0)
                .into_frame()
                .map_err(|source| WriteError::Encode { path: columns.name.into(), source }),
        }
    }
}

/// Reads some rows of a part file, and some columns or all, with the types of their table.
fn read(
    (table, names): (&'static Table, &[&str]),
    path: &PathBuf,
    slice: (usize, usize),
) -> Result<DataFrame, WriteError> {
    let file = File::open(path).map_err(WriteError::file(path))?;
    let columns = || names.iter().map(|name| (*name).to_owned()).collect();
    ParquetReader::new(file)
        .with_columns((!names.is_empty()).then(columns))
        .with_slice(Some(slice))
        .read_parallel(ParallelStrategy::None)
        .finish()
        .and_then(|frame| conform(table, names, &frame))
        .map_err(|source| WriteError::Decode { path: path.clone(), source })
}

/// Gives a frame the columns and types of its table; a reader names time zones its own way.
fn conform(table: &'static Table, names: &[&str], frame: &DataFrame) -> PolarsResult<DataFrame> {
    let mut columns = Vec::new();
    let schema = columns::schema(table);
    let is_wanted = |name: &str| names.is_empty() || names.contains(&name);
    for (name, wanted) in schema.iter().filter(|(name, _)| is_wanted(name)) {
        let column = frame.column(name)?;
        columns.push(if column.dtype() == wanted {
            column.clone()
        } else {
            columns::typed(column.as_materialized_series(), wanted)?.into_column()
        });
    }
    DataFrame::new(frame.height(), columns)
}

fn offsets(catalog: &Catalog) -> [Vec<usize>; TABLES] {
    std::array::from_fn(|table| {
        let mut total = 0;
        let counts = catalog.entries.iter().map(|entry| entry.rows.get(table).copied());
        std::iter::once(0)
            .chain(counts.map(|count| {
                total += count.unwrap_or_default() as usize;
                total
            }))
            .collect()
    })
}

//! Rows that lie together, in part files or in memory, and reading slices of them.

use std::{borrow::Cow, fs::File, ops::Range, path::PathBuf, sync::Mutex};

use polars::prelude::DataFrame;

use crate::dataset::{
    aside::{Held, Index},
    catalog::{Catalog, TABLES},
    cells::Sink,
    frame::{self, Rows},
    packed::{Packed, Unpack},
    parts::{self, WriteError},
    replaced::Texts,
    schema::{self, Table},
};

/// Tables whose rows belong to an article, in the order of a catalog's counts.
pub(crate) const OF_ARTICLES: [&Table; TABLES] =
    [&schema::ARTICLES, &schema::ENTITIES, &schema::DATES, &schema::AMOUNTS, &schema::ACTIONS];

/// Rows of the articles of one catalog.
pub(crate) struct Set {
    /// The articles, in the order of their rows.
    pub(crate) catalog: Catalog,
    /// The file that has the signatures of the articles, unless these are in memory.
    file: Option<Mutex<File>>,
    /// For each table, how many rows stand before those of each article, and how many in all.
    offsets: [Vec<u32>; TABLES],
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
    /// Takes the part files below `folder`, and the file of their catalog.
    pub(crate) fn of_files((catalog, file): (Catalog, File), folder: PathBuf) -> Self {
        Self::new(catalog, Some(file), Place::Files(folder))
    }

    /// Takes rows put aside in `folder`, and the file of their catalog.
    pub(crate) fn of_aside(
        (catalog, file): (Catalog, File),
        folder: PathBuf,
        index: Index,
    ) -> Self {
        Self::new(catalog, Some(file), Place::Aside(folder, index))
    }

    /// Takes rows in the order of the catalog.
    pub(crate) fn of_memory(catalog: Catalog, rows: Vec<Packed>) -> Self {
        Self::new(catalog, None, Place::Memory(rows))
    }

    fn new(catalog: Catalog, file: Option<File>, place: Place) -> Self {
        Self { offsets: offsets(&catalog), catalog, file: file.map(Mutex::new), place }
    }

    /// Returns the signature of an article.
    pub(crate) fn sketch(&self, article: usize) -> Cow<'_, [u32]> {
        let entry = self.catalog.entries.get(article);
        entry.map_or_else(Cow::default, |entry| entry.sketch.numbers(self.file.as_ref()))
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
        at(articles.start) as usize..at(articles.end) as usize
    }

    /// Reads some columns, or all, of the rows of a range of articles that lie in part files.
    pub(crate) fn columns(
        &self,
        table: usize,
        articles: &Range<usize>,
        names: &[&str],
    ) -> Result<DataFrame, WriteError> {
        let wanted = self.rows(table, articles);
        let bits = self.catalog.bits.get(table).copied().unwrap_or_default();
        let id = |index: usize| self.catalog.entries.get(index).map_or(0, |entry| entry.id);
        let mut whole = DataFrame::empty();
        if wanted.is_empty() {
            return Ok(whole);
        }
        let (first, last) = (id(articles.start), id(articles.end - 1));
        for part in prefix(first, bits)..=prefix(last, bits) {
            let held = self.rows(table, &self.range(bits, part));
            let (from, until) = (wanted.start.max(held.start), wanted.end.min(held.end));
            if from >= until {
                continue;
            }
            let path = self.file(table, part).unwrap_or_default();
            let frame = frame::read(&path, names, (from - held.start, until - from))?;
            if whole.height() == 0 {
                whole = frame;
            } else if let Err(source) = whole.vstack_mut(&frame) {
                return Err(WriteError::Decode { path, source });
            }
        }
        whole.rechunk_mut();
        Ok(whole)
    }

    /// Begins to read rows of a table, one article after another.
    pub(crate) fn source(&self, table: usize) -> Source<'_> {
        Source { set: self, table, held: Held::default(), read: (0..0, None) }
    }
}

/// Reads the rows of articles one after another. What is held is what was read last: some of the
/// rows that were put aside, or the rows of some articles in part files.
pub(crate) struct Source<'s> {
    set: &'s Set,
    table: usize,
    held: Held,
    read: (Range<usize>, Option<Rows>),
}

impl Source<'_> {
    /// Appends the rows of an article, some of their texts replaced. The rows of the articles `ahead`
    /// will be asked for too, if the article is among them.
    pub(crate) fn append(
        &mut self,
        article: usize,
        ahead: &Range<usize>,
        sink: &mut impl Sink,
        texts: &Texts,
    ) -> Result<(), WriteError> {
        let Some(table) = OF_ARTICLES.get(self.table) else { return Ok(()) };
        let mut append = |mut rows: Unpack| {
            // Rows that break off leave a column short, which the group refuses.
            let mut nth = 0;
            while !rows.is_empty() && rows.append(table, sink.row(), &texts.replaced(nth)).is_ok() {
                nth += 1;
            }
        };
        match &self.set.place {
            Place::Memory(rows) => {
                rows.get(article).map(|rows| rows.rows(self.table)).into_iter().for_each(append);
            }
            Place::Aside(folder, index) => {
                if !self.held.articles().contains(&article) {
                    self.held = index
                        .hold(folder, self.table, article)
                        .map_err(WriteError::file(folder))?;
                }
                append(self.held.rows(article));
            }
            Place::Files(_) => self.append_read(article, ahead, sink, texts)?,
        }
        Ok(())
    }

    fn append_read(
        &mut self,
        article: usize,
        ahead: &Range<usize>,
        sink: &mut impl Sink,
        texts: &Texts,
    ) -> Result<(), WriteError> {
        let Some(table) = OF_ARTICLES.get(self.table) else { return Ok(()) };
        if !self.read.0.contains(&article) {
            let alone = article..article + 1;
            let range = if ahead.contains(&article) { ahead.clone() } else { alone };
            let frame = self.set.columns(self.table, &range, &[])?;
            let rows = Rows::of(table, &frame)
                .map_err(|source| WriteError::Decode { path: table.name.into(), source })?;
            self.read = (range, Some(rows));
        }
        let (range, Some(rows)) = &self.read else { return Ok(()) };
        let before = self.set.rows(self.table, &(range.start..range.start + 1)).start;
        let of_article = self.set.rows(self.table, &(article..article + 1));
        for (nth, row) in of_article.enumerate() {
            rows.append(row - before, sink, &texts.replaced(nth));
        }
        Ok(())
    }
}

fn offsets(catalog: &Catalog) -> [Vec<u32>; TABLES] {
    std::array::from_fn(|table| {
        let mut total = 0;
        let counts = catalog.entries.iter().map(|entry| entry.rows.get(table).copied());
        std::iter::once(0)
            .chain(counts.map(|count| {
                total += count.unwrap_or_default();
                total
            }))
            .collect()
    })
}

//! Rows of articles as bytes, until the run knows where each belongs: in memory, or put aside.
//!
//! A row is its cells in the order of [`crate::dataset::schema`], so the table's columns say how to
//! read it. The texts of all rows stand together, a cell has the length of its own; a null is a length
//! too. What is put aside
//! is one file a table, in frames of zstd that hold whole articles, and an index of the frames. The
//! files are ours alone; bytes that are no rows count as no rows.

use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    ops::Range,
    path::Path,
};

use zstd::bulk::{Compressor, Decompressor};

use crate::dataset::{
    catalog::TABLES,
    columns::{Cells, Columns},
    record::Record,
    rows,
    rowset::OF_ARTICLES,
    schema::{ColumnType, Table},
};

/// Name of the index in a folder of rows put aside.
const INDEX: &str = "index.bin";
/// Names the layout; another layout has another name.
const MAGIC: &[u8; 8] = b"FWASIDE\x01";
/// Bytes of rows in a frame, about: small, since a part of the tables takes little of each folder.
const FRAME: usize = 64 << 10;
/// What is put aside is read back once, soon.
const ZSTD_LEVEL: i32 = 1;

/// Rows of one article.
pub(crate) struct Packed {
    /// For each table the texts of its rows, then the other cells.
    bytes: Box<[u8]>,
    /// For each table where its texts and where its rows end.
    ends: [(u32, u32); TABLES],
}

impl Packed {
    /// Packs the rows of a record; `scratch` is a buffer.
    pub(crate) fn of(record: &Record, scratch: &mut Pack) -> Self {
        let mut bytes = Vec::with_capacity(scratch.last);
        let ends = std::array::from_fn(|table| {
            rows::pack(record, table, scratch);
            bytes.extend_from_slice(scratch.texts.as_bytes());
            let texts = bytes.len() as u32;
            bytes.extend_from_slice(&scratch.cells);
            scratch.texts.clear();
            scratch.cells.clear();
            (texts, bytes.len() as u32)
        });
        scratch.last = bytes.len();
        Self { bytes: bytes.into(), ends }
    }

    /// Returns about how many bytes of memory the rows take.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + self.bytes.len()
    }

    /// Returns the rows of one table.
    pub(crate) fn rows(&self, table: usize) -> Unpack<'_> {
        let start = table.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.map_or(0, |(_, end)| *end as usize);
        let (texts, end) = self.ends.get(table).copied().unwrap_or_default();
        let of = |from: usize, until: u32| self.bytes.get(from..until as usize).unwrap_or_default();
        Unpack::new(of(start, texts), of(texts as usize, end))
    }
}

/// Packs the cells of rows.
#[derive(Default)]
pub(crate) struct Pack {
    texts: String,
    cells: Vec<u8>,
    /// Bytes of the article before: the next one is not unlike.
    last: usize,
}

impl Pack {
    fn text(&mut self, text: &str) {
        put_number(&mut self.cells, text.len() as u64);
        self.texts.push_str(text);
    }

    fn maybe<const N: usize>(&mut self, bytes: Option<[u8; N]>) -> &mut Self {
        self.cells.push(u8::from(bytes.is_some()));
        if let Some(bytes) = bytes {
            self.cells.extend_from_slice(&bytes);
        }
        self
    }
}

/// Appends a number, seven bits a byte, the lowest first.
fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

impl Cells for &mut Pack {
    fn maybe_string(self, value: Option<&str>) -> Self {
        // A length of zero is a null.
        put_number(&mut self.cells, value.map_or(0, |text| text.len() as u64 + 1));
        self.texts.push_str(value.unwrap_or_default());
        self
    }

    fn strings<S: AsRef<str>>(self, values: &[S]) -> Self {
        put_number(&mut self.cells, values.len() as u64);
        for value in values {
            self.text(value.as_ref());
        }
        self
    }

    fn bool(self, value: bool) -> Self {
        self.cells.push(u8::from(value));
        self
    }

    fn uint32(self, value: u32) -> Self {
        put_number(&mut self.cells, u64::from(value));
        self
    }

    fn int64(self, value: Option<i64>) -> Self {
        self.maybe(value.map(i64::to_le_bytes))
    }

    fn float32(self, value: f32) -> Self {
        self.cells.extend_from_slice(&value.to_le_bytes());
        self
    }

    fn float64(self, value: Option<f64>) -> Self {
        self.maybe(value.map(f64::to_le_bytes))
    }

    fn days(self, value: Option<i32>) -> Self {
        self.maybe(value.map(i32::to_le_bytes))
    }
}

/// Packed rows of one table that are still to be read.
pub(crate) struct Unpack<'b> {
    texts: &'b str,
    cells: Bytes<'b>,
}

/// Bytes that are still to be read.
struct Bytes<'b>(&'b [u8]);

/// The bytes end within a row, or are none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl<'b> Bytes<'b> {
    fn take(&mut self, length: u64) -> Result<&'b [u8], Broken> {
        let length = usize::try_from(length).map_err(|_| Broken)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(Broken)?;
        self.0 = rest;
        Ok(*taken)
    }

    #[inline]
    fn number(&mut self) -> Result<u64, Broken> {
        let [first] = self.array()?;
        if first < 0x80 { Ok(u64::from(first)) } else { self.longer(first) }
    }

    fn longer(&mut self, first: u8) -> Result<u64, Broken> {
        let mut number = u64::from(first & 0x7F);
        for shift in (7..64).step_by(7) {
            let [byte] = self.array()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Broken)
    }
}

impl<'b> Unpack<'b> {
    /// Takes the texts and the cells of rows; texts that are none have no rows.
    fn new(texts: &'b [u8], cells: &'b [u8]) -> Self {
        let texts = std::str::from_utf8(texts);
        let cells = Bytes(if texts.is_ok() { cells } else { &[] });
        Self { texts: texts.unwrap_or_default(), cells }
    }

    /// Returns whether all rows were read.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.0.is_empty()
    }

    #[inline]
    fn text(&mut self, length: u64) -> Result<&'b str, Broken> {
        let length = usize::try_from(length).map_err(|_| Broken)?;
        let (taken, rest) = self.texts.split_at_checked(length).ok_or(Broken)?;
        self.texts = rest;
        Ok(taken)
    }

    fn maybe<const N: usize>(&mut self) -> Result<Option<[u8; N]>, Broken> {
        let [is_there] = self.cells.array()?;
        if is_there == 0 { Ok(None) } else { self.cells.array().map(Some) }
    }

    /// Reads a text or null.
    #[inline]
    pub(crate) fn maybe_string(&mut self) -> Result<Option<&'b str>, Broken> {
        match self.cells.number()? {
            0 => Ok(None),
            length => self.text(length - 1).map(Some),
        }
    }

    /// Reads a list of texts.
    pub(crate) fn strings(&mut self) -> Result<Vec<&'b str>, Broken> {
        let count = self.cells.number()?;
        (0..count)
            .map(|_| {
                let length = self.cells.number()?;
                self.text(length)
            })
            .collect()
    }

    /// Reads an unsigned number.
    pub(crate) fn uint32(&mut self) -> Result<u32, Broken> {
        u32::try_from(self.cells.number()?).map_err(|_| Broken)
    }

    /// Reads a 32-bit float.
    pub(crate) fn float32(&mut self) -> Result<f32, Broken> {
        self.cells.array().map(f32::from_le_bytes)
    }

    /// Reads a 64-bit float or null.
    pub(crate) fn float64(&mut self) -> Result<Option<f64>, Broken> {
        self.maybe().map(|bytes| bytes.map(f64::from_le_bytes))
    }

    /// Reads a day or null.
    pub(crate) fn days(&mut self) -> Result<Option<i32>, Broken> {
        self.maybe().map(|bytes| bytes.map(i32::from_le_bytes))
    }

    /// Appends all rows to the columns of their table.
    pub(crate) fn append(&mut self, table: &Table, columns: &mut Columns) -> Result<(), Broken> {
        while !self.is_empty() {
            let mut row = columns.row();
            for column in table.columns {
                row = match column.kind {
                    ColumnType::String => row.maybe_string(self.maybe_string()?),
                    ColumnType::Strings => row.strings(&self.strings()?),
                    ColumnType::Bool => row.bool(self.cells.array::<1>()? != [0]),
                    ColumnType::UInt32 => row.uint32(self.uint32()?),
                    ColumnType::Int64 | ColumnType::Timestamp => {
                        row.int64(self.maybe()?.map(i64::from_le_bytes))
                    }
                    ColumnType::Float32 => row.float32(self.float32()?),
                    ColumnType::Float64 => row.float64(self.float64()?),
                    ColumnType::Date => row.days(self.days()?),
                };
            }
        }
        Ok(())
    }
}

/// A frame of a file: the rows of some articles.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The first article, and how many.
    article: u32,
    articles: u32,
    /// Where it stands in the file, how long it is there, and how long once it is unpacked.
    start: u64,
    length: u32,
    unpacked: u32,
}

/// Where the rows lie in the files of a folder.
pub(crate) struct Index {
    frames: [Vec<Frame>; TABLES],
}

/// Writes the rows of articles into `folder`, in their order, and returns where they lie.
pub(crate) fn put_aside(folder: &Path, articles: &[Packed]) -> io::Result<Index> {
    let mut index = Index { frames: Default::default() };
    let mut compressor = Compressor::new(ZSTD_LEVEL)?;
    for (table, frames) in index.frames.iter_mut().enumerate() {
        let mut file = io::BufWriter::with_capacity(1 << 20, File::create(path(folder, table))?);
        let (mut buffer, mut start, mut first) = (Vec::with_capacity(2 * FRAME), 0, 0);
        for (number, article) in articles.iter().enumerate() {
            let Unpack { texts, cells } = article.rows(table);
            put_number(&mut buffer, texts.len() as u64);
            put_number(&mut buffer, cells.0.len() as u64);
            buffer.extend_from_slice(texts.as_bytes());
            buffer.extend_from_slice(cells.0);
            if buffer.len() < FRAME && number + 1 < articles.len() {
                continue;
            }
            let bytes = compressor.compress(&buffer)?;
            file.write_all(&bytes)?;
            let (length, unpacked) = (bytes.len() as u32, buffer.len() as u32);
            let articles = number as u32 + 1 - first;
            frames.push(Frame { article: first, articles, start, length, unpacked });
            (start, first) = (start + bytes.len() as u64, first + articles);
            buffer.clear();
        }
        file.flush()?;
        file.get_ref().sync_all()?;
    }
    index.write(folder)?;
    Ok(index)
}

fn path(folder: &Path, table: usize) -> std::path::PathBuf {
    folder.join(format!("{}.rows", OF_ARTICLES.get(table).map_or("", |table| table.name)))
}

impl Index {
    fn write(&self, folder: &Path) -> io::Result<()> {
        let mut out = MAGIC.to_vec();
        for frames in &self.frames {
            out.extend_from_slice(&(frames.len() as u32).to_le_bytes());
            for frame in frames {
                out.extend_from_slice(&frame.article.to_le_bytes());
                out.extend_from_slice(&frame.articles.to_le_bytes());
                out.extend_from_slice(&frame.start.to_le_bytes());
                out.extend_from_slice(&frame.length.to_le_bytes());
                out.extend_from_slice(&frame.unpacked.to_le_bytes());
            }
        }
        let mut file = File::create(folder.join(INDEX))?;
        file.write_all(&out)?;
        file.sync_all()
    }

    /// Reads the index of a folder; `None` if there is none that can be used.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let bytes = fs::read(folder.join(INDEX)).ok()?;
        Self::parse(bytes.strip_prefix(MAGIC.as_slice())?).ok()
    }

    fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let mut bytes = Bytes(bytes);
        let mut index = Self { frames: Default::default() };
        for frames in &mut index.frames {
            for _ in 0..bytes.array().map(u32::from_le_bytes)? {
                frames.push(Frame {
                    article: bytes.array().map(u32::from_le_bytes)?,
                    articles: bytes.array().map(u32::from_le_bytes)?,
                    start: bytes.array().map(u64::from_le_bytes)?,
                    length: bytes.array().map(u32::from_le_bytes)?,
                    unpacked: bytes.array().map(u32::from_le_bytes)?,
                });
            }
        }
        Ok(index)
    }

    /// Shows `look` the rows of a table that belong to each of some articles.
    pub(crate) fn each(
        &self,
        folder: &Path,
        table: usize,
        articles: &Range<usize>,
        mut look: impl FnMut(usize, Unpack),
    ) -> io::Result<()> {
        let frames = self.frames.get(table).map(Vec::as_slice).unwrap_or_default();
        let after = frames.partition_point(|frame| frame.article as usize <= articles.start);
        let frames = frames.get(after.saturating_sub(1)..).unwrap_or_default();
        let frames = frames.iter().take_while(|frame| (frame.article as usize) < articles.end);
        let mut file = File::open(path(folder, table))?;
        let mut decompressor = Decompressor::new()?;
        let mut bytes = Vec::new();
        for frame in frames {
            bytes.resize(frame.length as usize, 0);
            file.seek(SeekFrom::Start(frame.start))?;
            file.read_exact(&mut bytes)?;
            let unpacked = decompressor.decompress(&bytes, frame.unpacked as usize)?;
            let mut rest = Bytes(&unpacked);
            let mut next = || {
                let (texts, cells) = (rest.number()?, rest.number()?);
                Ok::<_, Broken>((rest.take(texts)?, rest.take(cells)?))
            };
            for article in (frame.article as usize..articles.end).take(frame.articles as usize) {
                let rows = next().map_err(|Broken| io::ErrorKind::InvalidData)?;
                if article >= articles.start {
                    look(article, Unpack::new(rows.0, rows.1));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{
        record::{ActionRow, ArticleRow, DateRow},
        schema,
    };

    /// Records with texts of all lengths, nulls, lists and numbers of many digits.
    fn records() -> Vec<Record> {
        let record = |number: usize| {
            let article = ArticleRow {
                article_id: format!("{number:032x}"),
                text: Some("é".repeat(number * 37 % 5000)),
                published_at: number.is_multiple_of(3).then_some(-7),
                words: 1 << (number % 32),
                ..ArticleRow::default()
            };
            let action = |index: usize| ActionRow {
                amount: (index > 0).then_some(1e15 + 0.25),
                laws: vec!["eu-gdpr".to_owned(); index],
                confidence: 0.1,
                ..ActionRow::default()
            };
            let date = DateRow {
                start: 300,
                end: 310,
                text: String::new(),
                value: "2021".to_owned(),
                first_day: jiff::civil::Date::new(1931, 2, 3).ok(),
                last_day: None,
                granularity: "year",
                relative: true,
                modifier: None,
                rule: "date.year",
            };
            let actions = (0..number % 3).map(action).collect();
            Record { article, actions, dates: vec![date; number % 2], ..Record::default() }
        };
        (0..300).map(record).collect()
    }

    #[test]
    fn what_is_put_aside_is_read_back_by_any_range_of_articles() {
        let folder = tempfile::tempdir().unwrap();
        let packed: Vec<Packed> =
            records().iter().map(|record| Packed::of(record, &mut Pack::default())).collect();
        put_aside(folder.path(), &packed).unwrap();
        let index = Index::read(folder.path()).unwrap();
        assert!(index.frames[0].len() > 3);
        for (table, columns) in OF_ARTICLES.into_iter().enumerate() {
            for range in [0..300, 0..1, 299..300, 7..7, 100..257] {
                let mut from_memory = Columns::new(columns, 0);
                for article in &packed[range.clone()] {
                    article.rows(table).append(columns, &mut from_memory).unwrap();
                }
                let (mut from_files, mut seen) = (Columns::new(columns, 0), Vec::new());
                let look = |article: usize, mut rows: Unpack| {
                    seen.push(article);
                    rows.append(columns, &mut from_files).unwrap();
                };
                index.each(folder.path(), table, &range, look).unwrap();
                assert_eq!(seen, range.collect::<Vec<_>>());
                let (one, other) = (from_memory.into_frame(), from_files.into_frame());
                assert!(one.unwrap().equals_missing(&other.unwrap()), "{}", columns.name);
            }
        }
    }

    #[test]
    fn rows_that_break_off_are_no_rows() {
        let record = records().pop().unwrap();
        let packed = Packed::of(&record, &mut Pack::default());
        let whole = packed.rows(0);
        let cut = whole.cells.0.get(..20).unwrap();
        let mut columns = Columns::new(&schema::ARTICLES, 1);
        let mut rows = Unpack::new(whole.texts.as_bytes(), cut);
        assert_eq!(rows.append(&schema::ARTICLES, &mut columns), Err(Broken));
        assert!(columns.into_frame().is_err());
        assert!(Unpack::new(&[0xFF], &[1]).is_empty());
    }
}

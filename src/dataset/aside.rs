//! Rows put aside on the disk, and reading those of some articles back.
//!
//! One file a table, in frames of zstd that hold whole articles, and an index of the frames. The
//! files are ours alone.

use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    ops::Range,
    path::{Path, PathBuf},
};

use zstd::bulk::{Compressor, Decompressor};

use crate::dataset::{
    catalog::TABLES,
    packed::{Broken, Bytes, Packed, Unpack},
    rowset::OF_ARTICLES,
};

/// Name of the index in a folder of rows put aside.
const INDEX: &str = "index.bin";
/// Names the layout; another layout has another name.
const MAGIC: &[u8; 8] = b"FWASIDE\x01";
/// Bytes of rows in a frame, about: small, since a part of the tables takes little of each folder.
const FRAME: usize = 64 << 10;
/// What is put aside is read back soon.
const ZSTD_LEVEL: i32 = 1;

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
            article.rows(table).frame(&mut buffer);
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

fn path(folder: &Path, table: usize) -> PathBuf {
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
            for article in (frame.article as usize..articles.end).take(frame.articles as usize) {
                let rows =
                    Unpack::framed(&mut rest).map_err(|Broken| io::ErrorKind::InvalidData)?;
                if article >= articles.start {
                    look(article, rows);
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
        columns::Columns,
        packed::Pack,
        record::{ActionRow, ArticleRow, DateRow, Record},
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
}

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

use zstd::bulk::Compressor;

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
/// What is put aside is read back soon: the time counts, not the size.
const ZSTD_LEVEL: i32 = -3;

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
            article.frame(table, &mut buffer);
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
        let frames = self.from(table, articles.start);
        let frames = frames.iter().take_while(|frame| (frame.article as usize) < articles.end);
        for frame in frames {
            let held = frame.read(&mut File::open(path(folder, table))?)?;
            for article in held.articles() {
                if articles.contains(&article) {
                    look(article, held.rows(article));
                }
            }
        }
        Ok(())
    }

    /// Reads the frame that has the rows of an article.
    pub(crate) fn hold(&self, folder: &Path, table: usize, article: usize) -> io::Result<Held> {
        match self.from(table, article).first() {
            Some(frame) => frame.read(&mut File::open(path(folder, table))?),
            None => Ok(Held::default()),
        }
    }

    /// Returns the frames from the one that has the rows of an article.
    fn from(&self, table: usize, article: usize) -> &[Frame] {
        let frames = self.frames.get(table).map(Vec::as_slice).unwrap_or_default();
        let after = frames.partition_point(|frame| frame.article as usize <= article);
        frames.get(after.saturating_sub(1)..).unwrap_or_default()
    }
}

impl Frame {
    fn read(&self, file: &mut File) -> io::Result<Held> {
        let mut packed = vec![0; self.length as usize];
        file.seek(SeekFrom::Start(self.start))?;
        file.read_exact(&mut packed)?;
        let bytes = zstd::bulk::decompress(&packed, self.unpacked as usize)?;
        let (mut rest, mut starts) = (Bytes(&bytes), Vec::with_capacity(self.articles as usize));
        for _ in 0..self.articles {
            starts.push(bytes.len() - rest.0.len());
            Unpack::skip(&mut rest).map_err(|Broken| io::ErrorKind::InvalidData)?;
        }
        Ok(Held { first: self.article as usize, bytes, starts })
    }
}

/// The rows of a frame.
#[derive(Default)]
pub(crate) struct Held {
    /// The first article.
    first: usize,
    bytes: Vec<u8>,
    /// Where the rows of each article are.
    starts: Vec<usize>,
}

impl Held {
    /// Returns the articles whose rows are here.
    pub(crate) fn articles(&self) -> Range<usize> {
        self.first..self.first + self.starts.len()
    }

    /// Returns the rows of an article.
    pub(crate) fn rows(&self, article: usize) -> Unpack<'_> {
        let start = article.checked_sub(self.first).and_then(|nth| self.starts.get(nth));
        let bytes = start.and_then(|start| self.bytes.get(*start..)).unwrap_or_default();
        // What is none has no rows.
        Unpack::framed(&mut Bytes(bytes)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{
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
        for table in 0..TABLES {
            for range in [0..300, 0..1, 299..300, 7..7, 100..257] {
                let mut seen = Vec::new();
                let look = |article: usize, rows: Unpack| {
                    assert_eq!(rows, packed[article].rows(table));
                    seen.push(article);
                };
                index.each(folder.path(), table, &range, look).unwrap();
                assert_eq!(seen, range.clone().collect::<Vec<_>>());
                for article in range.step_by(50) {
                    let held = index.hold(folder.path(), table, article).unwrap();
                    let rows = held.rows(article);
                    assert_eq!(rows, packed[article].rows(table));
                }
            }
        }
    }
}

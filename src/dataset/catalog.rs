//! What a snapshot knows of its articles without its tables being read.
//!
//! One entry an article, ordered by id: the hash of the record that it was read from, what near-
//! duplicates, order and counts need, and how many rows it has in each table. With it the next run
//! tells what it need not read again, and where the rows are. The file is ours alone; one that is
//! not whole, or of another layout, counts as absent.

use std::{
    borrow::Cow,
    fs,
    io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    sync::{Mutex, PoisonError},
};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use crate::base::pool::Words;

/// Name of the file in a snapshot.
pub(crate) const FILE: &str = "catalog.bin";

/// Names the layout; another layout has another name.
const MAGIC: &[u8; 8] = b"FWCAT\0\0\x01";

/// Tables whose rows belong to an article, in the order of [`Entry::rows`].
pub(crate) const TABLES: usize = 5;

/// Bytes that are read or written at once.
const BLOCK: usize = 1 << 18;

/// What is known of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Hash of the record that it was read from; 0 if it must be read again.
    pub(crate) key: u128,
    /// Its `article_id` in the tables.
    pub(crate) id: u128,
    /// The id that it would have if no other version of the page were there.
    pub(crate) own: u128,
    /// Hash of its content.
    pub(crate) content: u64,
    /// Program, words and options that it was read with.
    pub(crate) made_by: u64,
    /// Id of the earliest near-identical article; 0 for none.
    pub(crate) duplicate_of: u128,
    /// Days since 1970; [`UNDATED`] if unknown.
    pub(crate) published: i32,
    /// Rows in `articles` (one), `entities`, `dates`, `amounts`, `actions`.
    pub(crate) rows: [u32; TABLES],
    /// Bytes of the clean text.
    pub(crate) text_bytes: u32,
    /// Bytes of the record.
    pub(crate) input_bytes: u64,
    pub(crate) lang: &'static str,
    pub(crate) status: &'static str,
    /// Why it was skipped or failed; empty if it was not.
    pub(crate) reason: &'static str,
    pub(crate) source: Box<str>,
    /// Host of its address, else the file that it came from.
    pub(crate) outlet: Box<str>,
    /// Signature for near-duplicates.
    pub(crate) sketch: Sketch,
}

/// The numbers of a signature: in memory, or, since they are half of an entry, in the file only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sketch {
    /// They are here.
    Here(Box<[u32]>),
    /// They stand in the catalog's file: where, and how many.
    At(u64, u8),
}

impl Default for Sketch {
    fn default() -> Self {
        Self::Here(Box::default())
    }
}

impl Sketch {
    /// Returns the numbers; `file` is that of the catalog.
    pub(crate) fn numbers(&self, file: Option<&Mutex<fs::File>>) -> Cow<'_, [u32]> {
        match self {
            Self::Here(numbers) => Cow::Borrowed(numbers),
            Self::At(start, count) => {
                let mut bytes = vec![0; usize::from(*count) * 4];
                let read = file.is_some_and(|file| {
                    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                    let sought = file.seek(SeekFrom::Start(*start));
                    sought.and_then(|_| file.read_exact(&mut bytes)).is_ok()
                });
                // Without a signature an article is no duplicate.
                let numbers = bytes.as_chunks::<4>().0.iter().filter(|_| read);
                numbers.map(|number| u32::from_le_bytes(*number)).collect()
            }
        }
    }

    fn weight(&self) -> usize {
        if let Self::Here(numbers) = self { 4 * numbers.len() } else { 0 }
    }
}

impl Entry {
    /// Returns the [`addressed`] key of the record, if the article is named after its place.
    pub(crate) fn bytes(&self) -> Option<u128> {
        let is_placed = self.key & PLACED == PLACED;
        is_placed.then(|| addressed(self.key ^ xxh3_128(self.source.as_bytes())))
    }

    /// Returns the entry of the same record at another place.
    pub(crate) fn moved(self, source: Box<str>) -> Self {
        let key = self.bytes().map_or(self.key, |bytes| placed(bytes, &source));
        Self { key, source, ..self }
    }

    /// Returns about how many bytes of memory the entry takes.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + self.source.len() + self.outlet.len() + self.sketch.weight() + 48
    }
}

/// Day of articles whose date is unknown; they come last.
pub(crate) const UNDATED: i32 = i32::MAX;

/// Entries of a snapshot, or of rows that a run has put aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Catalog {
    /// Ordered by id.
    pub(crate) entries: Vec<Entry>,
    /// Hashes of further records that gave the same article: hash and id.
    pub(crate) aliases: Vec<(u128, u128)>,
    /// Bits of the id that part files are divided by, table by table.
    pub(crate) bits: [u32; TABLES],
}

/// The bit of a key that tells whether the article is named after the place of its record.
const PLACED: u128 = 1;

/// Returns the key of a record whose article is named after its address.
pub(crate) fn addressed(key: u128) -> u128 {
    key & !PLACED
}

/// Returns the key of a record whose article is named after its source.
pub(crate) fn placed(key: u128, source: &str) -> u128 {
    if key == 0 { 0 } else { (key ^ xxh3_128(source.as_bytes())) | PLACED }
}

impl Catalog {
    /// Reads a catalog, and opens its file; `None` if there is none that can be used.
    pub(crate) fn read(path: &Path) -> Option<(Self, fs::File)> {
        let mut file = fs::File::open(path).ok()?;
        let length = file.metadata().ok()?.len().checked_sub(8)?;
        let mut hasher = Xxh3Default::new();
        let mut body = (&file).take(length);
        let mut block = vec![0; BLOCK];
        loop {
            match body.read(&mut block).ok()? {
                0 => break,
                read => hasher.update(block.get(..read)?),
            }
        }
        let mut sum = [0; 8];
        file.read_exact(&mut sum).ok()?;
        if u64::from_le_bytes(sum) != hasher.digest() {
            return None;
        }
        file.rewind().ok()?;
        let file_read = BufReader::with_capacity(BLOCK, &file);
        let mut input = Input { file: file_read, at: 0, words: Words::default() };
        if input.take()? != *MAGIC {
            return None;
        }
        let mut catalog = Self::default();
        for bits in &mut catalog.bits {
            *bits = input.u32()?;
        }
        for _ in 0..input.u64()? {
            catalog.entries.push(input.entry()?);
        }
        for _ in 0..input.u64()? {
            catalog.aliases.push((input.u128()?, input.u128()?));
        }
        Some((catalog, file))
    }

    /// Writes the catalog of rows that are put aside and flushes it to the disk.
    pub(crate) fn put_aside(&self, path: &Path) -> io::Result<()> {
        let mut output = Output::begin(path, &self.bits, self.entries.len())?;
        for entry in &self.entries {
            output.entry(entry, &entry.sketch.numbers(None))?;
        }
        output.end(&self.aliases)
    }
}

/// A catalog's file under construction.
pub(crate) struct Output {
    file: BufWriter<fs::File>,
    hasher: Xxh3Default,
    bytes: Vec<u8>,
}

impl Output {
    /// Begins a file that will have so many entries.
    pub(crate) fn begin(path: &Path, bits: &[u32; TABLES], entries: usize) -> io::Result<Self> {
        let file = BufWriter::with_capacity(BLOCK, fs::File::create(path)?);
        let mut output = Self { file, hasher: Xxh3Default::new(), bytes: Vec::new() };
        output.bytes.extend_from_slice(MAGIC);
        for bits in bits {
            output.bytes.extend_from_slice(&bits.to_le_bytes());
        }
        output.bytes.extend_from_slice(&(entries as u64).to_le_bytes());
        output.flush()?;
        Ok(output)
    }

    /// Writes the next entry, with its signature.
    pub(crate) fn entry(&mut self, entry: &Entry, sketch: &[u32]) -> io::Result<()> {
        put(&mut self.bytes, entry);
        self.bytes.push(sketch.len() as u8);
        for number in sketch {
            self.bytes.extend_from_slice(&number.to_le_bytes());
        }
        self.flush()
    }

    /// Ends the file once it is on the disk.
    pub(crate) fn end(mut self, aliases: &[(u128, u128)]) -> io::Result<()> {
        self.bytes.extend_from_slice(&(aliases.len() as u64).to_le_bytes());
        for (key, id) in aliases {
            self.bytes.extend_from_slice(&key.to_le_bytes());
            self.bytes.extend_from_slice(&id.to_le_bytes());
        }
        self.flush()?;
        let sum = self.hasher.digest();
        self.file.write_all(&sum.to_le_bytes())?;
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hasher.update(&self.bytes);
        self.file.write_all(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// Appends an entry without its signature.
fn put(out: &mut Vec<u8>, entry: &Entry) {
    for number in [entry.key, entry.id, entry.own, entry.duplicate_of] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    for number in [entry.content, entry.made_by, entry.input_bytes] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&entry.published.to_le_bytes());
    for number in entry.rows.iter().chain([&entry.text_bytes]) {
        out.extend_from_slice(&number.to_le_bytes());
    }
    let texts = [entry.lang, entry.status, entry.reason, &*entry.source, &*entry.outlet];
    for text in texts {
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(text.as_bytes());
    }
}

/// A file that is being read.
struct Input<'f> {
    file: BufReader<&'f fs::File>,
    at: u64,
    words: Words,
}

impl Input<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut taken = [0; N];
        self.file.read_exact(&mut taken).ok()?;
        self.at += N as u64;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn u128(&mut self) -> Option<u128> {
        self.take().map(u128::from_le_bytes)
    }

    fn text(&mut self) -> Option<Box<str>> {
        let length = self.u32()?;
        let mut text = String::new();
        let read = (&mut self.file).take(u64::from(length)).read_to_string(&mut text).ok()?;
        self.at += read as u64;
        (read == length as usize).then(|| text.into())
    }

    /// Reads a word of a closed vocabulary.
    fn word(&mut self) -> Option<&'static str> {
        let text = self.text()?;
        Some(self.words.pooled(&text))
    }

    fn entry(&mut self) -> Option<Entry> {
        let mut entry = Entry {
            key: self.u128()?,
            id: self.u128()?,
            own: self.u128()?,
            duplicate_of: self.u128()?,
            content: self.u64()?,
            made_by: self.u64()?,
            input_bytes: self.u64()?,
            published: self.take().map(i32::from_le_bytes)?,
            ..Entry::default()
        };
        for number in &mut entry.rows {
            *number = self.u32()?;
        }
        entry.text_bytes = self.u32()?;
        entry.lang = self.word()?;
        entry.status = self.word()?;
        entry.reason = self.word()?;
        entry.source = self.text()?;
        entry.outlet = self.text()?;
        let [count] = self.take()?;
        entry.sketch = Sketch::At(self.at, count);
        let length = u64::from(count) * 4;
        self.file.seek_relative(length as i64).ok()?;
        self.at += length;
        Some(entry)
    }
}

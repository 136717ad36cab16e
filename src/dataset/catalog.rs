//! What a snapshot knows of its articles without its tables being read.
//!
//! One entry an article, ordered by id: the hash of the record that it was read from, what near-
//! duplicates, order and counts need, and how many rows it has in each table. With it the next run
//! tells what it need not read again, and where the rows are. The file is ours alone; one that is
//! not whole, or of another layout, counts as absent.

use std::{fs, io, path::Path};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Name of the file in a snapshot.
pub(crate) const FILE: &str = "catalog.bin";

/// Names the layout; another layout has another name.
const MAGIC: &[u8; 8] = b"FWCAT\0\0\x01";

/// Tables whose rows belong to an article, in the order of [`Entry::rows`].
pub(crate) const TABLES: usize = 5;

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
    pub(crate) lang: Box<str>,
    pub(crate) status: Box<str>,
    /// Why it was skipped or failed; empty if it was not.
    pub(crate) reason: Box<str>,
    pub(crate) source: Box<str>,
    /// Host of its address, else the file that it came from.
    pub(crate) outlet: Box<str>,
    /// Signature for near-duplicates.
    pub(crate) sketch: Box<[u32]>,
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
        size_of::<Self>() + self.source.len() + self.outlet.len() + 4 * self.sketch.len() + 48
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
    /// Reads a catalog; `None` if there is none that can be used.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if u64::from_le_bytes(*sum) != xxh3_64(body) {
            return None;
        }
        let mut bytes = Bytes(body.strip_prefix(MAGIC.as_slice())?);
        let mut catalog = Self::default();
        for bits in &mut catalog.bits {
            *bits = bytes.u32()?;
        }
        for _ in 0..bytes.u64()? {
            catalog.entries.push(bytes.entry()?);
        }
        for _ in 0..bytes.u64()? {
            catalog.aliases.push((bytes.u128()?, bytes.u128()?));
        }
        Some(catalog)
    }

    /// Writes the catalog and flushes it to the disk.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let mut out = Vec::with_capacity(64 + self.entries.len() * 320);
        out.extend_from_slice(MAGIC);
        self.bits.iter().for_each(|bits| out.extend_from_slice(&bits.to_le_bytes()));
        out.extend_from_slice(&(self.entries.len() as u64).to_le_bytes());
        self.entries.iter().for_each(|entry| put(&mut out, entry));
        out.extend_from_slice(&(self.aliases.len() as u64).to_le_bytes());
        for (key, id) in &self.aliases {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&id.to_le_bytes());
        }
        out.extend_from_slice(&xxh3_64(&out).to_le_bytes());
        fs::write(path, out)?;
        fs::File::open(path)?.sync_all()
    }
}

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
    let texts = [&entry.lang, &entry.status, &entry.reason, &entry.source, &entry.outlet];
    for text in texts {
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(text.as_bytes());
    }
    out.push(entry.sketch.len() as u8);
    entry.sketch.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
}

/// Bytes still to be read.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
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
        let length = self.u32()? as usize;
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(taken).ok().map(Into::into)
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
        entry.lang = self.text()?;
        entry.status = self.text()?;
        entry.reason = self.text()?;
        entry.source = self.text()?;
        entry.outlet = self.text()?;
        let count = self.take::<1>()?[0];
        let sketch: Option<Vec<u32>> = (0..count).map(|_| self.u32()).collect();
        entry.sketch = sketch?.into();
        Some(entry)
    }
}

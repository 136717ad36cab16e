//! Texts of a column that come again, each held once.

use std::io;

use polars_parquet::parquet::encoding::hybrid_rle;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Texts that are looked at before a dictionary is given up.
const TRIED: usize = 4096;
/// Bytes beyond which a dictionary is given up.
const MOST_BYTES: usize = 1 << 20;

/// A dictionary, and the places in it of the texts of one page.
#[derive(Default)]
pub(super) struct Dictionary {
    /// The texts as Parquet writes them: a length, then the bytes.
    bytes: Vec<u8>,
    starts: Vec<u32>,
    /// Hash to place; looked up, never walked.
    places: FxHashMap<u64, u32>,
    pub(super) page: Vec<u32>,
    /// Texts of all pages.
    texts: usize,
}

impl Dictionary {
    /// Adds a text to the page.
    pub(super) fn add(&mut self, text: &str) {
        let place = match self.page.last() {
            // Rows of one article stand together, so many a text is that of the row before.
            Some(&last) if self.is(last, text) => last,
            _ => self.place(text),
        };
        self.page.push(place);
        self.texts += 1;
    }

    /// Returns whether texts come again too seldom for a dictionary.
    pub(super) fn is_useless(&self) -> bool {
        let is_looked_at = self.texts.is_multiple_of(TRIED);
        is_looked_at && (self.is_sparse() || self.bytes.len() > MOST_BYTES)
    }

    /// Returns whether more than three of four texts are new.
    pub(super) fn is_sparse(&self) -> bool {
        self.starts.len() * 4 > self.texts * 3
    }

    /// Returns how many texts there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the texts as Parquet writes them.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns each text, and each text of the page, as Parquet writes it.
    pub(super) fn entries(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.starts.len() as u32).map(|place| self.entry(place))
    }

    /// Appends the texts of the page as Parquet writes them, and begins anew.
    pub(super) fn drain_plain(&mut self, out: &mut Vec<u8>) {
        for place in std::mem::take(&mut self.page) {
            out.extend_from_slice(self.entry(place));
        }
    }

    /// Appends the places of the page, and begins anew.
    pub(super) fn drain(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let most = self.starts.len().saturating_sub(1) as u32;
        // Some readers know no width of zero.
        let bits = (u32::BITS - most.leading_zeros()).max(1);
        out.push(bits as u8);
        hybrid_rle::encode(out, self.page.iter().copied(), bits)?;
        self.page.clear();
        Ok(())
    }

    fn place(&mut self, text: &str) -> u32 {
        let mut hash = xxh3_64(text.as_bytes());
        while let Some(&place) = self.places.get(&hash) {
            if self.is(place, text) {
                return place;
            }
            hash = hash.wrapping_add(1);
        }
        let place = self.starts.len() as u32;
        self.places.insert(hash, place);
        self.starts.push(self.bytes.len() as u32);
        put_text(&mut self.bytes, text);
        place
    }

    fn is(&self, place: u32, text: &str) -> bool {
        self.entry(place).get(4..) == Some(text.as_bytes())
    }

    fn entry(&self, place: u32) -> &[u8] {
        let at = |place: usize| self.starts.get(place).map(|start| *start as usize);
        let start = at(place as usize).unwrap_or_default();
        let end = at(place as usize + 1).unwrap_or(self.bytes.len());
        self.bytes.get(start..end).unwrap_or_default()
    }
}

/// Appends a text as Parquet writes it.
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

//! Which values of a page are there, and where lists begin.

use std::io;

use polars_parquet::parquet::encoding::hybrid_rle::{self, Encoder as _};

/// Level of a text in a list, and of an empty list.
const IN_LIST: u8 = 3;
const EMPTY_LIST: u8 = 1;

/// Levels of the values of one page.
#[derive(Default)]
pub(super) struct Levels {
    is_list: bool,
    /// How much of each value is there.
    definitions: Vec<u8>,
    /// Whether each value goes on with the list of the one before; for lists only.
    repetitions: Vec<u8>,
    /// Rows and nulls of the page.
    pub(super) rows: usize,
    pub(super) nulls: usize,
}

impl Levels {
    pub(super) fn new(is_list: bool) -> Self {
        Self { is_list, ..Self::default() }
    }

    /// Adds a row that has one value or null.
    #[inline]
    pub(super) fn add(&mut self, is_there: bool) {
        self.rows += 1;
        self.nulls += usize::from(!is_there);
        self.definitions.push(u8::from(is_there));
    }

    /// Adds a row that has a list.
    pub(super) fn add_list(&mut self, length: usize) {
        self.rows += 1;
        if length == 0 {
            self.definitions.push(EMPTY_LIST);
            self.repetitions.push(0);
        }
        for index in 0..length {
            self.definitions.push(IN_LIST);
            self.repetitions.push(u8::from(index > 0));
        }
    }

    /// Returns how many values there are, nulls and empty lists included.
    pub(super) fn values(&self) -> usize {
        self.definitions.len()
    }

    /// Appends the levels to the bytes of a page, and begins anew.
    pub(super) fn drain(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        if self.is_list {
            framed(out, |out| {
                hybrid_rle::encode(out, self.repetitions.iter().map(|level| *level != 0), 1)
            })?;
            let levels = self.definitions.iter().map(|level| u32::from(*level));
            framed(out, |out| hybrid_rle::encode(out, levels, 2))?;
        } else if self.nulls == 0 {
            let count = self.values();
            framed(out, |out| <bool>::run_length_encode(out, count, true, 1))?;
        } else {
            let levels = self.definitions.iter().map(|level| *level != 0);
            framed(out, |out| hybrid_rle::encode(out, levels, 1))?;
        }
        self.definitions.clear();
        self.repetitions.clear();
        (self.rows, self.nulls) = (0, 0);
        Ok(())
    }
}

/// Appends what `write` does, after its length.
fn framed(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    write(out)?;
    let length = (out.len() - start - 4) as u32;
    if let Some(place) = out.get_mut(start..start + 4) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    Ok(())
}

//! Cells as bytes: how rows are written.

use crate::dataset::cells::{Cells, Sink};

/// Packs the cells of rows.
#[derive(Default)]
pub(crate) struct Pack {
    pub(super) texts: String,
    pub(super) cells: Vec<u8>,
    /// Bytes of the article before: the next one is not unlike.
    pub(super) last: usize,
}

impl Pack {
    /// Appends what was packed to `out`, with its lengths, and begins anew.
    pub(crate) fn drain(&mut self, out: &mut Vec<u8>) {
        let Self { texts, cells, .. } = self;
        put_framed(out, texts.as_bytes(), cells);
        texts.clear();
        cells.clear();
    }

    /// Returns about how many bytes were packed.
    pub(crate) fn len(&self) -> usize {
        self.texts.len() + self.cells.len()
    }

    /// Appends a number of 128 bits.
    pub(crate) fn id(&mut self, id: u128) {
        self.cells.extend_from_slice(&id.to_le_bytes());
    }

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

/// Appends texts and cells, with their lengths.
pub(super) fn put_framed(out: &mut Vec<u8>, texts: &[u8], cells: &[u8]) {
    put_number(out, texts.len() as u64);
    put_number(out, cells.len() as u64);
    out.extend_from_slice(texts);
    out.extend_from_slice(cells);
}

/// Appends a number, seven bits a byte, the lowest first.
fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

impl Sink for Pack {
    type Row<'r> = &'r mut Self;

    fn row(&mut self) -> &mut Self {
        self
    }
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

//! Rows of articles as bytes, until the run knows where each belongs: in memory, or put aside.
//!
//! A row is its cells in the order of [`crate::dataset::schema`], so the table's columns say how to
//! read it. The texts of all rows stand together, a cell has the length of its own; a null is a length
//! too. Bytes that are no rows count as no rows.

use crate::dataset::{
    catalog::TABLES,
    cells::Cells,
    identity::{action_id, hex},
    record::Record,
    rows,
    rowset::OF_ARTICLES,
    schema::{ColumnType, Table},
};

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
        Self::tables(scratch, |table, scratch| rows::pack(record, table, scratch))
    }

    /// Packs what `pack` writes for each table.
    fn tables(scratch: &mut Pack, mut pack: impl FnMut(usize, &mut Pack)) -> Self {
        let mut bytes = Vec::with_capacity(scratch.last);
        let ends = std::array::from_fn(|table| {
            pack(table, scratch);
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

    /// Returns the same rows with another id of their article.
    pub(crate) fn under(&self, id: u128) -> Self {
        let (id, mut scratch) = (hex(id), Pack::default());
        Self::tables(&mut scratch, |number, scratch| {
            let Some(table) = OF_ARTICLES.get(number) else { return };
            let (columns, mut rows) = (Numbers::of(table), self.rows(number));
            for nth in 0.. {
                let action = action_id(&id, nth);
                let replaced =
                    [(columns.article_id, Some(&*id)), (columns.action_id, Some(&*action))];
                if rows.is_empty() || rows.append(table, &mut *scratch, &replaced).is_err() {
                    return;
                }
            }
        })
    }

    /// Returns the rows of one table.
    pub(crate) fn rows(&self, table: usize) -> Unpack<'_> {
        let (texts, cells) = self.parts(table);
        Unpack::new(texts, cells)
    }

    /// Appends the texts and cells of one table, with their lengths.
    pub(crate) fn frame(&self, table: usize, out: &mut Vec<u8>) {
        let (texts, cells) = self.parts(table);
        put_framed(out, texts, cells);
    }

    /// Returns the texts of the rows of one table, and their cells.
    fn parts(&self, table: usize) -> (&[u8], &[u8]) {
        let start = table.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.map_or(0, |(_, end)| *end as usize);
        let (texts, end) = self.ends.get(table).copied().unwrap_or_default();
        let of = |from: usize, until: u32| self.bytes.get(from..until as usize).unwrap_or_default();
        (of(start, texts), of(texts as usize, end))
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
fn put_framed(out: &mut Vec<u8>, texts: &[u8], cells: &[u8]) {
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
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Unpack<'b> {
    texts: &'b str,
    cells: Bytes<'b>,
}

/// Bytes that are still to be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

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
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
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
        let texts = simdutf8::basic::from_utf8(texts);
        let cells = Bytes(if texts.is_ok() { cells } else { &[] });
        Self { texts: texts.unwrap_or_default(), cells }
    }

    /// Leaves out the next texts and cells that were framed.
    pub(crate) fn skip(bytes: &mut Bytes) -> Result<(), Broken> {
        let length = bytes.number()?.checked_add(bytes.number()?).ok_or(Broken)?;
        bytes.take(length).map(drop)
    }

    /// Takes the next texts and cells that were framed.
    pub(crate) fn framed(bytes: &mut Bytes<'b>) -> Result<Self, Broken> {
        let (texts, cells) = (bytes.number()?, bytes.number()?);
        Ok(Self::new(bytes.take(texts)?, bytes.take(cells)?))
    }

    /// Reads a number of 128 bits.
    pub(crate) fn id(&mut self) -> Result<u128, Broken> {
        self.cells.array().map(u128::from_le_bytes)
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

    /// Appends the next row of a table to other cells; some texts may be replaced.
    pub(crate) fn append(
        &mut self,
        table: &Table,
        mut row: impl Cells,
        replaced: &[Replaced],
    ) -> Result<(), Broken> {
        for (number, column) in table.columns.iter().enumerate() {
            row = match column.kind {
                ColumnType::String => {
                    let text = self.maybe_string()?;
                    let other = replaced.iter().find(|(other, _)| *other == number);
                    row.maybe_string(other.map_or(text, |(_, other)| *other))
                }
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
        Ok(())
    }
}

/// The number of a column, and the text that its cell gets in place of its own.
pub(crate) type Replaced<'t> = (usize, Option<&'t str>);

/// Numbers of the columns whose texts may be replaced; of those that a table lacks, none.
pub(crate) struct Numbers {
    pub(crate) source: usize,
    pub(crate) duplicate_of: usize,
    pub(crate) article_id: usize,
    pub(crate) action_id: usize,
}

impl Numbers {
    pub(crate) fn of(table: &Table) -> Self {
        let number = |name: &str| {
            table.columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX)
        };
        Self {
            source: number("source"),
            duplicate_of: number("duplicate_of"),
            article_id: number("article_id"),
            action_id: number("action_id"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{
        encode::Group,
        record::{ActionRow, ArticleRow},
        schema,
    };

    #[test]
    fn rows_under_another_id_are_those_packed_with_it() {
        let packed = |id: u128| {
            let action = |nth| ActionRow {
                action_id: action_id(&hex(id), nth),
                evidence: "fined".repeat(nth),
                laws: vec!["eu-gdpr".to_owned(); nth],
                ..ActionRow::default()
            };
            let article = ArticleRow { article_id: hex(id), ..ArticleRow::default() };
            let actions = (0..3).map(action).collect();
            Packed::of(&Record { article, actions, ..Record::default() }, &mut Pack::default())
        };
        let (renamed, other) = (packed(7).under(8), packed(8));
        assert_eq!((&renamed.bytes, renamed.ends), (&other.bytes, other.ends));
        assert_ne!(renamed.bytes, packed(7).bytes);
    }

    #[test]
    fn rows_that_break_off_are_no_rows() {
        let article = ArticleRow { text: Some("é".repeat(37)), ..ArticleRow::default() };
        let record = Record { article, ..Record::default() };
        let packed = Packed::of(&record, &mut Pack::default());
        let whole = packed.rows(0);
        let cut = whole.cells.0.get(..20).unwrap();
        let mut group = Group::new(&schema::ARTICLES).unwrap();
        let mut rows = Unpack::new(whole.texts.as_bytes(), cut);
        assert_eq!(rows.append(&schema::ARTICLES, group.row(), &[]), Err(Broken));
        assert!(group.finish().is_err());
        assert!(Unpack::new(&[0xFF], &[1]).is_empty());
    }
}

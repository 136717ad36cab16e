//! Bytes as cells: how rows are read back.

use crate::dataset::{
    cells::Cells,
    replaced::Replaced,
    schema::{ColumnType, Table},
};

/// Packed rows of one table that are still to be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Unpack<'b> {
    pub(super) texts: &'b str,
    pub(super) cells: Bytes<'b>,
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
    pub(super) fn new(texts: &'b [u8], cells: &'b [u8]) -> Self {
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
                    row.maybe_string(other.map_or(text, |(_, other)| other.as_deref()))
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

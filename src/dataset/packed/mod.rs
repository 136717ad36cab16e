//! Rows of articles as bytes, until the run knows where each belongs: in memory, or put aside.
//!
//! A row is its cells in the order of [`crate::dataset::schema`], so the table's columns say how to
//! read it. The texts of all rows stand together, a cell has the length of its own; a null is a length
//! too. Bytes that are no rows count as no rows.

mod pack;
mod unpack;

use crate::dataset::{
    catalog::TABLES,
    record::Record,
    replaced::{Numbers, Texts},
    rows,
    rowset::OF_ARTICLES,
};

use self::pack::put_framed;
pub(crate) use self::{
    pack::Pack,
    unpack::{Broken, Bytes, Unpack},
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
    pub(crate) fn tables(scratch: &mut Pack, mut pack: impl FnMut(usize, &mut Pack)) -> Self {
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
        Self::tables(&mut Pack::default(), |number, scratch| {
            let Some(table) = OF_ARTICLES.get(number) else { return };
            let (texts, mut rows) = (Texts::of(Numbers::of(table)).under(id), self.rows(number));
            for nth in 0.. {
                let replaced = texts.replaced(nth);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{
        cells::Sink as _,
        encode::Group,
        identity::{action_id, hex},
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

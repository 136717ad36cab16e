//! The pages of one column.
//!
//! Texts that come again stand in a dictionary, given up where they do not. The last page of a column
//! carries the bounds of all, which the writer makes the bounds of the row group.

use std::io;

use polars_parquet::parquet::{
    CowBuffer,
    compression::Compression,
    encoding::Encoding,
    metadata::Descriptor,
    page::{
        CompressedDataPage, CompressedDictPage, CompressedPage, DataPageHeader, DataPageHeaderV1,
    },
    statistics::ParquetStatistics,
};
use zstd::bulk::Compressor;

use crate::dataset::{
    encode::{
        bounds::Bounds,
        dictionary::{Dictionary, put_text},
        levels::Levels,
    },
    schema::{Column, ColumnType, Table},
};

/// Bytes of a page before it is compressed, about.
const PAGE_BYTES: usize = 1 << 20;

/// One column of a row group.
pub(super) struct Encoder {
    pub(super) kind: ColumnType,
    descriptor: Descriptor,
    levels: Levels,
    /// Values of the page as Parquet writes them; of truths one byte each.
    values: Vec<u8>,
    dictionary: Option<Dictionary>,
    bounds: Bounds,
    rows: usize,
    pages: Vec<CompressedPage>,
}

impl Encoder {
    pub(super) fn new(table: &Table, column: &Column, descriptor: Descriptor) -> Self {
        let is_text = matches!(column.kind, ColumnType::String | ColumnType::Strings);
        let (is_unique, is_long) = (is_unique(table, column), is_long(table, column));
        let bounds = match column.kind {
            ColumnType::String if !is_long => Bounds::Texts(None),
            ColumnType::UInt32 | ColumnType::Date => Bounds::Int32(None),
            ColumnType::Int64 | ColumnType::Timestamp => Bounds::Int64(None),
            ColumnType::Float32 => Bounds::Float32(None),
            ColumnType::Float64 => Bounds::Float64(None),
            ColumnType::String | ColumnType::Strings | ColumnType::Bool => Bounds::None,
        };
        Self {
            kind: column.kind,
            descriptor,
            levels: Levels::new(column.kind == ColumnType::Strings),
            values: Vec::new(),
            dictionary: (is_text && !is_unique).then(Dictionary::default),
            bounds,
            rows: 0,
            pages: Vec::new(),
        }
    }

    /// Returns how many rows the column has.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Ends the page if it is full.
    #[inline]
    pub(super) fn make_room(&mut self, zstd: &mut Compressor) -> io::Result<()> {
        self.rows += 1;
        if self.values.len() >= PAGE_BYTES { self.end_page(zstd, false) } else { Ok(()) }
    }

    #[inline]
    pub(super) fn text(&mut self, text: Option<&str>) {
        self.levels.add(text.is_some());
        if let Some(text) = text {
            self.put(text);
        }
    }

    pub(super) fn texts<'t>(&mut self, texts: impl ExactSizeIterator<Item = &'t str>) {
        self.levels.add_list(texts.len());
        texts.for_each(|text| self.put(text));
    }

    pub(super) fn bool(&mut self, value: bool) {
        self.levels.add(true);
        self.values.push(u8::from(value));
    }

    pub(super) fn int32(&mut self, value: Option<i32>) {
        self.levels.add(value.is_some());
        if let Some(value) = value {
            self.bounds.int32(value);
            self.values.extend_from_slice(&value.to_le_bytes());
        }
    }

    pub(super) fn int64(&mut self, value: Option<i64>) {
        self.levels.add(value.is_some());
        if let Some(value) = value {
            self.bounds.int64(value);
            self.values.extend_from_slice(&value.to_le_bytes());
        }
    }

    pub(super) fn float32(&mut self, value: f32) {
        self.levels.add(true);
        self.bounds.float32(value);
        self.values.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn float64(&mut self, value: Option<f64>) {
        self.levels.add(value.is_some());
        if let Some(value) = value {
            self.bounds.float64(value);
            self.values.extend_from_slice(&value.to_le_bytes());
        }
    }

    /// Ends the column and returns its pages.
    pub(super) fn finish(mut self, zstd: &mut Compressor) -> io::Result<Vec<CompressedPage>> {
        if self.dictionary.as_ref().is_some_and(Dictionary::is_sparse) {
            self.give_up_dictionary();
        }
        self.end_page(zstd, true)?;
        if let Some(dictionary) = self.dictionary.take() {
            let bytes = dictionary.bytes();
            let page = CompressedDictPage::new(
                CowBuffer::Owned(zstd.compress(bytes)?),
                Compression::Zstd,
                bytes.len(),
                dictionary.len(),
                false,
            );
            // A dictionary stands before the pages that use it.
            self.pages.insert(0, CompressedPage::Dict(page));
        }
        Ok(self.pages)
    }

    fn put(&mut self, text: &str) {
        if let Some(dictionary) = &mut self.dictionary {
            dictionary.add(text);
            if dictionary.is_useless() {
                self.give_up_dictionary();
            }
        } else {
            self.bounds.text(text.as_bytes());
            put_text(&mut self.values, text);
        }
    }

    /// Goes on without a dictionary, of which no page was made yet.
    fn give_up_dictionary(&mut self) {
        let Some(mut dictionary) = self.dictionary.take() else { return };
        dictionary.entries().for_each(|entry| self.bounds.text(entry.get(4..).unwrap_or_default()));
        dictionary.drain_plain(&mut self.values);
    }

    fn end_page(&mut self, zstd: &mut Compressor, is_last: bool) -> io::Result<()> {
        let (values, rows, nulls) = (self.levels.values(), self.levels.rows, self.levels.nulls);
        let mut page = Vec::with_capacity(self.values.len() + values / 4 + 64);
        self.levels.drain(&mut page)?;
        let encoding = if let Some(dictionary) = &mut self.dictionary {
            if is_last {
                let texts = dictionary.entries().map(|entry| entry.get(4..));
                texts.for_each(|text| self.bounds.text(text.unwrap_or_default()));
            }
            dictionary.drain(&mut page)?;
            Encoding::RleDictionary
        } else {
            if self.kind == ColumnType::Bool {
                page.extend(self.values.chunks(8).map(packed));
            } else {
                page.extend_from_slice(&self.values);
            }
            self.values.clear();
            Encoding::Plain
        };
        let (min_value, max_value) = if is_last { self.bounds.ends() } else { (None, None) };
        let statistics = ParquetStatistics {
            max: None,
            min: None,
            null_count: (self.kind != ColumnType::Strings).then_some(nulls as i64),
            distinct_count: None,
            max_value,
            min_value,
            is_max_value_exact: None,
            is_min_value_exact: None,
        };
        let header = DataPageHeaderV1 {
            num_values: values as i32,
            encoding: encoding.into(),
            definition_level_encoding: Encoding::Rle.into(),
            repetition_level_encoding: Encoding::Rle.into(),
            statistics: Some(statistics),
        };
        self.pages.push(CompressedPage::Data(CompressedDataPage::new(
            DataPageHeader::V1(header),
            CowBuffer::Owned(zstd.compress(&page)?),
            Compression::Zstd,
            page.len(),
            self.descriptor.clone(),
            rows,
        )));
        Ok(())
    }
}

/// Packs up to eight truths, the first in the lowest bit.
fn packed(truths: &[u8]) -> u8 {
    truths.iter().rev().fold(0, |byte, truth| byte << 1 | truth)
}

/// Returns whether no two rows are alike in a column, so that a dictionary is not even tried.
fn is_unique(table: &Table, column: &Column) -> bool {
    matches!(
        (table.name, column.name),
        ("articles", "article_id" | "source" | "record_id" | "url" | "text" | "content_hash")
            | ("actions", "action_id")
            | ("cases", "case_id" | "actions")
    )
}

/// Returns whether a column holds long texts, which nobody sorts or filters by.
fn is_long(table: &Table, column: &Column) -> bool {
    matches!(
        (table.name, column.name),
        ("articles", "text" | "title" | "url") | ("actions", "evidence")
    )
}

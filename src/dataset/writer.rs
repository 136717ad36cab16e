//! Records in, Parquet part files out.
//!
//! Records are kept until a part is full, then sorted by article and written table by table: rows
//! within a part are ordered by (`article_id`, `start`). A part closes at [`PART_ARTICLES`] articles
//! or [`PART_BYTES`] of rows, whichever comes first, so memory stays flat; where parts end depends
//! on the order of the input alone. A table without a row still gets one part with its columns, so
//! that a glob over the folder always finds a file.
//!
//! Every file is flushed to the disk before it counts as written. A full disk is an error; nothing
//! is removed here, since the folder is a draft until [`crate::dataset::snapshot`] publishes it.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    mem,
    path::{Path, PathBuf},
    sync::PoisonError,
};

use polars::{
    error::PolarsError,
    polars_utils::compression::ZstdLevel,
    prelude::{
        BatchedWriter, KeyValueMetadata, ParquetCompression, ParquetMetadataContext, ParquetWriter,
        StatisticsOptions,
    },
};

use crate::{
    dataset::{
        columns::{self, Columns},
        record::Record,
        rows,
        schema::{self, SCHEMA_VERSION, Table},
    },
    merge::case::CaseRow,
};

/// Articles that close a part.
pub const PART_ARTICLES: usize = 65_536;
/// Bytes of rows that close a part before it has [`PART_ARTICLES`].
pub const PART_BYTES: usize = 64 << 20;

/// Rows that close a row group.
const GROUP_ROWS: usize = 65_536;
/// Bytes of text that close a row group before it has [`GROUP_ROWS`].
const GROUP_BYTES: usize = 16 << 20;
const ZSTD_LEVEL: i32 = 3;
/// Bytes of a text that are kept as a column's minimum or maximum.
const STATISTICS_BYTES: u64 = 64;

/// Writes the tables of one draft snapshot.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    part: Vec<Record>,
    part_bytes: usize,
    part_number: u32,
    bytes: u64,
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or folder refused.
    #[error("writing `{}`", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Rows could not be encoded.
    #[error("encoding `{}`", path.display())]
    Encode {
        /// The file that they were meant for.
        path: PathBuf,
        /// What the encoder said.
        source: PolarsError,
    },
}

impl Writer {
    /// Makes the tables' folders in `folder`.
    pub fn create(folder: &Path) -> Result<Self, WriteError> {
        for table in schema::tables() {
            let path = folder.join(table.name);
            fs::create_dir_all(&path).map_err(|source| WriteError::File { path, source })?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            part: Vec::new(),
            part_bytes: 0,
            part_number: 0,
            bytes: 0,
        })
    }

    /// Takes the next records, in the order of the input.
    pub fn write(&mut self, records: Vec<Record>) -> Result<(), WriteError> {
        for record in records {
            self.part_bytes += record.weight();
            self.part.push(record);
            if self.part.len() >= PART_ARTICLES || self.part_bytes >= PART_BYTES {
                self.close_part()?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the table `cases`, and returns the bytes of all files.
    pub fn finish(&mut self, cases: &[CaseRow]) -> Result<u64, WriteError> {
        // An empty run has one empty part, so that every table has a file.
        if !self.part.is_empty() || self.part_number == 0 {
            self.close_part()?;
        }
        let mut output = self.open(&schema::CASES, 1)?;
        for row in cases {
            rows::case(&mut output.columns, row);
            output.close_full_group()?;
        }
        self.bytes += output.close()?;
        Ok(self.bytes)
    }

    /// Sorts the part at hand and writes it, table by table.
    fn close_part(&mut self) -> Result<(), WriteError> {
        self.part_number += 1;
        self.part_bytes = 0;
        let mut part = mem::take(&mut self.part);
        part.sort_by(|a, b| a.article.article_id.cmp(&b.article.article_id));
        for record in &mut part {
            order(record);
        }
        self.table(&schema::ARTICLES, &part, |columns, record| {
            rows::article(columns, &record.article);
        })?;
        self.table(&schema::ENTITIES, &part, |columns, record| {
            record.entities.iter().for_each(|row| rows::entity(columns, id(record), row));
        })?;
        self.table(&schema::DATES, &part, |columns, record| {
            record.dates.iter().for_each(|row| rows::date(columns, id(record), row));
        })?;
        self.table(&schema::AMOUNTS, &part, |columns, record| {
            record.amounts.iter().for_each(|row| rows::amount(columns, id(record), row));
        })?;
        self.table(&schema::ACTIONS, &part, |columns, record| {
            record.actions.iter().for_each(|row| rows::action(columns, id(record), row));
        })
    }

    /// Writes one table's file of a part.
    fn table(
        &mut self,
        table: &'static Table,
        part: &[Record],
        fill: impl Fn(&mut Columns, &Record),
    ) -> Result<(), WriteError> {
        let mut output = self.open(table, self.part_number)?;
        for record in part {
            fill(&mut output.columns, record);
            output.close_full_group()?;
        }
        self.bytes += output.close()?;
        Ok(())
    }

    fn open(&self, table: &'static Table, number: u32) -> Result<PartFile, WriteError> {
        PartFile::open(
            table,
            self.folder.join(table.name).join(format!("part-{number:05}.parquet")),
        )
    }
}

/// One Parquet file under construction.
struct PartFile {
    table: &'static Table,
    path: PathBuf,
    /// A second handle of the same file: the encoder keeps the first to itself.
    file: File,
    encoder: BatchedWriter<BufWriter<File>>,
    columns: Columns,
}

impl PartFile {
    fn open(table: &'static Table, path: PathBuf) -> Result<Self, WriteError> {
        let failed = |source| WriteError::File { path: path.clone(), source };
        let file = File::create(&path).map_err(failed)?;
        let handle = file.try_clone().map_err(failed)?;
        let encoder = encoder(table, file)
            .map_err(|source| WriteError::Encode { path: path.clone(), source })?;
        Ok(Self { table, path, file: handle, encoder, columns: Columns::new(table, 0) })
    }

    /// Encodes the rows at hand if they make a row group.
    fn close_full_group(&mut self) -> Result<(), WriteError> {
        if self.columns.rows() < GROUP_ROWS && self.columns.bytes() < GROUP_BYTES {
            return Ok(());
        }
        self.close_group()
    }

    fn close_group(&mut self) -> Result<(), WriteError> {
        let columns = mem::replace(&mut self.columns, Columns::new(self.table, 0));
        columns
            .into_frame()
            .and_then(|frame| self.encoder.write_batch(&frame))
            .map_err(|source| WriteError::Encode { path: self.path.clone(), source })
    }

    /// Ends the file and returns its bytes once they are on the disk.
    fn close(mut self) -> Result<u64, WriteError> {
        if self.columns.rows() > 0 {
            self.close_group()?;
        }
        let Self { path, file, encoder, .. } = self;
        end(&encoder).map_err(|source| WriteError::Encode { path: path.clone(), source })?;
        drop(encoder);
        let length = file.sync_all().and_then(|()| file.metadata()).map(|data| data.len());
        length.map_err(|source| WriteError::File { path, source })
    }
}

/// Writes the footer with our metadata and nothing else.
///
/// The encoder's own `finish` adds an Arrow schema of string views, which pyarrow then cannot
/// filter or sort by. Without it every reader takes the plain types of Parquet.
fn end(encoder: &BatchedWriter<BufWriter<File>>) -> Result<(), PolarsError> {
    let metadata = KeyValueMetadata::from_static(vec![
        ("finewire.schema_version".to_owned(), SCHEMA_VERSION.to_string()),
        ("finewire.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
    ])
    .collect(ParquetMetadataContext { arrow_schema: "" })?;
    // Only a panic while it was held poisons the lock, and nobody else holds it.
    let mut file = encoder.get_writer().lock().unwrap_or_else(PoisonError::into_inner);
    file.end(Some(metadata)).map(|_| ())
}

fn id(record: &Record) -> &str {
    &record.article.article_id
}

/// Puts the rows of one article in the order of their offsets, which they mostly are in already.
fn order(record: &mut Record) {
    record.entities.sort_by_key(|row| (row.start, row.end));
    record.dates.sort_by_key(|row| (row.start, row.end));
    record.amounts.sort_by_key(|row| (row.start, row.end));
    record.actions.sort_by_key(|row| (row.start, row.end));
}

fn encoder(table: &Table, file: File) -> Result<BatchedWriter<BufWriter<File>>, PolarsError> {
    // Set whole: what is left to the default would be read from the environment.
    let statistics = StatisticsOptions {
        min_value: true,
        max_value: true,
        distinct_count: false,
        null_count: true,
        binary_statistics_truncate_length: Some(STATISTICS_BYTES),
    };
    ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
        .with_compression(ParquetCompression::Zstd(Some(ZstdLevel::try_new(ZSTD_LEVEL)?)))
        .with_statistics(statistics)
        // The loop's threads are busy with articles; these columns have one of their own.
        .set_parallel(false)
        .batched(&columns::schema(table))
}

//! Parquet part files: row groups in, one flushed file out.

use std::{
    fs::File,
    io::{self, BufWriter},
    path::{Path, PathBuf},
    sync::PoisonError,
};

use polars::{
    error::PolarsError,
    polars_utils::compression::ZstdLevel,
    prelude::{
        BatchedWriter, DataFrame, KeyValueMetadata, ParquetCompression, ParquetMetadataContext,
        ParquetWriter, StatisticsOptions,
    },
};

use crate::dataset::{
    columns,
    schema::{SCHEMA_VERSION, Table},
};

const ZSTD_LEVEL: i32 = 3;
/// Bytes of a text that are kept as a column's minimum or maximum.
const STATISTICS_BYTES: u64 = 64;

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
    /// Rows of an earlier run could not be read.
    #[error("reading `{}`", path.display())]
    Decode {
        /// The file that holds them.
        path: PathBuf,
        /// What the decoder said.
        source: PolarsError,
    },
}

impl WriteError {
    /// Adds the path to what the system said.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// Returns the name of a part.
pub(crate) fn name(number: u32) -> String {
    format!("part-{number:05}.parquet")
}

/// One Parquet file under construction.
pub(crate) struct PartFile {
    path: PathBuf,
    /// A second handle of the same file: the encoder keeps the first to itself.
    file: File,
    encoder: BatchedWriter<BufWriter<File>>,
}

impl PartFile {
    /// Begins the file at `path`.
    pub(crate) fn open(table: &'static Table, path: PathBuf) -> Result<Self, WriteError> {
        let file = File::create(&path).map_err(WriteError::file(&path))?;
        let handle = file.try_clone().map_err(WriteError::file(&path))?;
        match encoder(table, file) {
            Ok(encoder) => Ok(Self { path, file: handle, encoder }),
            Err(source) => Err(WriteError::Encode { path, source }),
        }
    }

    /// Writes one row group.
    pub(crate) fn group(&mut self, frame: &DataFrame) -> Result<(), WriteError> {
        let written = self.encoder.write_batch(frame);
        written.map_err(|source| WriteError::Encode { path: self.path.clone(), source })
    }

    /// Ends the file and returns its bytes once they are on the disk.
    pub(crate) fn close(self) -> Result<u64, WriteError> {
        let Self { path, file, encoder } = self;
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

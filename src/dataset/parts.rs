//! Parquet part files: row groups in, one flushed file out.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use polars::error::PolarsError;
use polars_parquet::parquet::{
    error::{ParquetError, ParquetResult},
    fallible_streaming_iterator,
    metadata::KeyValue,
    write::{DynIter, DynStreamingIterator, FileWriter, Version, WriteOptions},
};

use crate::dataset::{
    encode::{Group, types},
    schema::{SCHEMA_VERSION, Table},
};

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
    /// A second handle of the same file: the writer keeps the first to itself.
    file: File,
    refused: Refused,
    writer: FileWriter<BufWriter<Watched>>,
}

impl PartFile {
    /// Begins the file at `path`.
    pub(crate) fn open(table: &'static Table, path: PathBuf) -> Result<Self, WriteError> {
        let file = File::create(&path).map_err(WriteError::file(&path))?;
        let handle = file.try_clone().map_err(WriteError::file(&path))?;
        let refused = Refused::default();
        let watched = Watched { file, refused: Arc::clone(&refused) };
        let writer = FileWriter::new(
            BufWriter::with_capacity(1 << 18, watched),
            types::schema(table),
            // No index of pages: row groups are small.
            WriteOptions { write_statistics: false, version: Version::V1 },
            Some(concat!("finewire version ", env!("CARGO_PKG_VERSION")).to_owned()),
        );
        Ok(Self { path, file: handle, refused, writer })
    }

    /// Writes one row group.
    pub(crate) fn group(&mut self, group: Group) -> Result<(), WriteError> {
        let rows = group.rows() as u64;
        let columns = group.finish().map_err(WriteError::file(&self.path))?;
        let columns = columns.iter().map(|pages| {
            let pages = pages.iter().map(Ok::<_, ParquetError>);
            Ok(DynStreamingIterator::new(fallible_streaming_iterator::convert(pages)))
        });
        let written = self.writer.write(rows, DynIter::new(columns));
        self.told(written)
    }

    /// Ends the file and returns its bytes once they are on the disk.
    pub(crate) fn close(mut self) -> Result<u64, WriteError> {
        let text = |key: &str, value: &str| KeyValue {
            key: key.to_owned(),
            value: Some(value.to_owned()),
        };
        // No Arrow schema, so that every reader takes the plain types of Parquet.
        let ended = self.writer.end(Some(vec![
            text("finewire.schema_version", &SCHEMA_VERSION.to_string()),
            text("finewire.version", env!("CARGO_PKG_VERSION")),
        ]));
        self.told(ended)?;
        let length = self.file.sync_all().and_then(|()| self.file.metadata());
        length.map(|data| data.len()).map_err(WriteError::file(&self.path))
    }

    /// Tells what the system said, where the encoder only says that something failed.
    fn told<T>(&self, result: ParquetResult<T>) -> Result<(), WriteError> {
        let Err(error) = result else { return Ok(()) };
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.path.clone();
        Err(match refused.take() {
            Some(source) => WriteError::File { path, source },
            None => WriteError::Encode { path, source: error.into() },
        })
    }
}

/// What the system said last when it refused a write.
type Refused = Arc<Mutex<Option<io::Error>>>;

/// A file that remembers why it could not be written.
struct Watched {
    file: File,
    refused: Refused,
}

impl Watched {
    fn remember<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let kind = error.kind();
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            kind.into()
        })
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.remember(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.remember(flushed)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::dataset::schema::DATES;

    #[test]
    fn a_full_disk_is_told_as_such() {
        let mut file = PartFile::open(&DATES, "/dev/full".into()).unwrap();
        let group = Group::new(&DATES).unwrap();
        let error = file.group(group).and_then(|()| file.close()).unwrap_err();
        assert_eq!(error.to_string(), "writing `/dev/full`");
        let WriteError::File { source, .. } = error else { panic!("{error}") };
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
    }
}

//! Bytes that wait on the disk in a file without a name.
//!
//! The file goes with the process, however that ends. Any thread may append and read.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::dataset::parts::WriteError;

/// Where bytes stand in a [`Spill`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Extent {
    pub(crate) start: u64,
    pub(crate) length: u32,
}

/// A file to append to and to read from.
pub(crate) struct Spill {
    /// The folder that the file is in, for messages.
    folder: PathBuf,
    file: Mutex<File>,
}

impl Spill {
    /// Makes an empty file in `folder`.
    pub(crate) fn create(folder: &Path) -> Result<Self, WriteError> {
        let file = tempfile::tempfile_in(folder).map_err(WriteError::file(folder))?;
        Ok(Self { folder: folder.to_owned(), file: Mutex::new(file) })
    }

    /// Appends bytes and returns where they stand.
    pub(crate) fn append(&self, bytes: &[u8]) -> Result<Extent, WriteError> {
        self.with(|file| {
            let start = file.seek(SeekFrom::End(0))?;
            file.write_all(bytes)?;
            Ok(Extent { start, length: bytes.len() as u32 })
        })
    }

    /// Appends the bytes of an extent to `out`.
    pub(crate) fn read(&self, extent: Extent, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let from = out.len();
        out.resize(from + extent.length as usize, 0);
        self.with(|file| {
            file.seek(SeekFrom::Start(extent.start))?;
            file.read_exact(out.get_mut(from..).unwrap_or_default())
        })
    }

    fn with<T>(&self, job: impl FnOnce(&mut File) -> io::Result<T>) -> Result<T, WriteError> {
        // A panic while it was held leaves nothing worse than bytes that nobody reads.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        job(&mut file).map_err(WriteError::file(&self.folder))
    }
}

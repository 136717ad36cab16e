//! Rows in, rows put aside on the disk out, until the run knows where each belongs.
//!
//! Packed rows are kept in memory up to a bound, then sorted by article and put aside: a folder
//! of packed rows with a catalog, which is written last, so that a folder with a catalog is whole. A run that
//! was killed leaves them to the next one. What is never put aside, since the run ends before, goes
//! to its place in the tables straight from memory. Of what was put aside only the indexes stay in
//! memory; the catalogs are read back once all is written.

use std::{
    fs, io, mem,
    path::{Path, PathBuf},
};

use crate::dataset::{
    aside::{self, Index},
    catalog::{self, Catalog, Entry},
    packed::Packed,
    parts::WriteError,
    rowset::Set,
};

/// Bytes of rows in memory before they are put aside.
pub const IN_MEMORY: usize = 16 << 20;

/// Begins the name of a folder of rows put aside.
pub(crate) const ASIDE: &str = "aside-";
/// One that is not yet whole.
const UNFINISHED: &str = "unfinished-";

/// Takes the rows of one run.
pub struct Writer {
    folder: PathBuf,
    bound: usize,
    pending: Vec<(Packed, Entry)>,
    bytes: usize,
    next: u32,
    aside: Vec<(PathBuf, Index)>,
}

impl Writer {
    /// Puts rows aside in `folder` whenever they take more than `bound` bytes.
    pub fn create(folder: &Path, bound: usize) -> Self {
        let next = numbers(folder).last().map_or(1, |last| last + 1);
        let folder = folder.to_owned();
        let (pending, aside) = (Vec::new(), Vec::new());
        Self { folder, bound, pending, bytes: 0, next, aside }
    }

    /// Takes the rows of the next articles.
    pub(crate) fn write(&mut self, articles: Vec<(Packed, Entry)>) -> Result<(), WriteError> {
        self.bytes +=
            articles.iter().map(|(rows, entry)| rows.weight() + entry.weight()).sum::<usize>();
        self.pending.extend(articles);
        if self.bytes >= self.bound { self.put_aside() } else { Ok(()) }
    }

    /// Returns all rows. If some were put aside, all are, so that the memory is free.
    pub(crate) fn into_sets(mut self) -> Result<Vec<Set>, WriteError> {
        if !self.aside.is_empty() && !self.pending.is_empty() {
            self.put_aside()?;
        }
        let (catalog, rows) = self.sorted();
        let mut sets = Vec::with_capacity(self.aside.len() + 1);
        for (folder, index) in self.aside {
            let path = folder.join(catalog::FILE);
            let broken = || io::Error::new(io::ErrorKind::InvalidData, "not as it was written");
            let catalog =
                Catalog::read(&path).ok_or_else(broken).map_err(WriteError::file(&path))?;
            sets.push(Set::of_aside(catalog, folder, index));
        }
        sets.push(Set::of_memory(catalog, rows));
        Ok(sets)
    }

    fn sorted(&mut self) -> (Catalog, Vec<Packed>) {
        self.bytes = 0;
        let mut pending = mem::take(&mut self.pending);
        pending.sort_by_key(|(_, entry)| entry.id);
        let (rows, entries) = pending.into_iter().unzip();
        (Catalog { entries, ..Catalog::default() }, rows)
    }

    fn put_aside(&mut self) -> Result<(), WriteError> {
        let (catalog, rows) = self.sorted();
        let folder = self.folder.join(format!("{UNFINISHED}{:05}", self.next));
        fs::create_dir_all(&folder).map_err(WriteError::file(&folder))?;
        let index = aside::put_aside(&folder, &rows).map_err(WriteError::file(&folder))?;
        drop(rows);
        let path = folder.join(catalog::FILE);
        catalog.put_aside(&path).map_err(WriteError::file(&path))?;
        let whole = self.folder.join(format!("{ASIDE}{:05}", self.next));
        fs::rename(&folder, &whole).map_err(WriteError::file(&whole))?;
        self.next += 1;
        self.aside.push((whole, index));
        Ok(())
    }
}

/// Opens what an earlier run put aside in `folder`.
pub(crate) fn left(folder: &Path) -> Vec<Set> {
    let open = |number| {
        let folder = folder.join(format!("{ASIDE}{number:05}"));
        let catalog = Catalog::read(&folder.join(catalog::FILE))?;
        let index = Index::read(&folder)?;
        Some(Set::of_aside(catalog, folder, index))
    };
    numbers(folder).into_iter().filter_map(open).collect()
}

/// Returns the numbers of the folders put aside in `folder`, in order.
pub(crate) fn numbers(folder: &Path) -> Vec<u32> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut numbers: Vec<u32> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_prefix(ASIDE)?.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers
}

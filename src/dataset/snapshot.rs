//! Snapshots of a dataset's folder, one lock, and the one atomic switch of `latest`.
//!
//! A run writes into a draft, a folder under a name of ours that no reader looks at. Publishing
//! flushes it, renames it to `snapshots/<number>`, and replaces the link `latest` by a rename: a
//! reader sees the whole old or the whole new dataset, whenever the run is killed. Of what a killed
//! run left behind the next one takes over the rows put aside whole, and removes the rest, under the
//! lock.
//!
//! Refused: a second run on the same folder, and a `latest` that is no link, which is not ours.

use std::{
    fs::{self, DirEntry, File, TryLockError},
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::dataset::{
    catalog,
    writer::{ASIDE, numbers},
};

/// Snapshots that are kept.
pub const KEPT: usize = 7;

const LATEST: &str = "latest";
const LOCK: &str = ".finewire-lock";
/// How often, and how far apart, a lock is tried before it counts as held.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(25);
/// Begins the name of everything that may be removed when a run starts.
const DRAFT: &str = ".finewire-draft-";

/// A dataset's folder, held by this run alone.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// Dropping it, or the process dying, frees the lock.
    _lock: File,
}

/// A snapshot under construction; dropped without being published, it is removed.
#[derive(Debug)]
pub struct Draft {
    folder: PathBuf,
    number: u32,
}

/// Why a snapshot could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Another run holds the folder.
    #[error("another run is writing to `{}`", folder.display())]
    Locked {
        /// The dataset's folder.
        folder: PathBuf,
    },
    /// `latest` is a folder or file, not a link of ours.
    #[error("`{}` is not a link and will not be replaced", path.display())]
    NotALink {
        /// The path of `latest`.
        path: PathBuf,
    },
    /// A file or folder refused.
    #[error("writing `{}`", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Store {
    /// Opens `folder`, making it if need be, and takes its lock.
    pub fn open(folder: &Path) -> Result<Self, SnapshotError> {
        Self::open_with(folder, |lock| {
            // A program that another thread is just starting holds a copy of every open file until
            // it runs: a lock that was let go may look taken for a moment.
            for _ in 0..TRIES {
                match lock.try_lock() {
                    Ok(()) => return Ok(true),
                    Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                    Err(TryLockError::Error(source)) => return Err(source),
                }
            }
            Ok(false)
        })
    }

    /// Likewise, but waits until the run that holds the folder has ended.
    pub fn wait(folder: &Path) -> Result<Self, SnapshotError> {
        Self::open_with(folder, |lock| lock.lock().map(|()| true))
    }

    fn open_with(
        folder: &Path,
        take: impl Fn(&File) -> io::Result<bool>,
    ) -> Result<Self, SnapshotError> {
        let snapshots = folder.join("snapshots");
        fs::create_dir_all(&snapshots).map_err(at(&snapshots))?;
        let path = folder.join(LOCK);
        let lock = File::create(&path).map_err(at(&path))?;
        if !take(&lock).map_err(at(&path))? {
            return Err(SnapshotError::Locked { folder: folder.to_owned() });
        }
        let store = Self { folder: folder.to_owned(), _lock: lock };
        let latest = store.latest();
        if latest.symlink_metadata().is_ok_and(|data| !data.file_type().is_symlink()) {
            return Err(SnapshotError::NotALink { path: latest });
        }
        Ok(store)
    }

    /// Returns the newest snapshot, if there is one.
    pub fn newest(&self) -> Option<PathBuf> {
        let number = *self.numbers().ok()?.last()?;
        Some(self.folder.join("snapshots").join(format!("{number:06}")))
    }

    /// Returns the path of the link to the newest snapshot.
    pub fn latest(&self) -> PathBuf {
        self.folder.join(LATEST)
    }

    /// Begins a snapshot, numbered one past the newest, with the rows that a killed run put aside.
    pub fn begin(&self) -> Result<Draft, SnapshotError> {
        let number = self.numbers()?.last().map_or(1, |last| last + 1);
        let folder = self.folder.join(format!("{DRAFT}{number:06}"));
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        self.sweep(&folder)?;
        Ok(Draft { folder, number })
    }

    /// Makes `draft` the snapshot that `latest` names, and returns its folder.
    pub fn publish(&self, draft: Draft, kept: usize) -> Result<PathBuf, SnapshotError> {
        draft.clear()?;
        sync_folders(&draft.folder)?;
        let number = draft.number;
        let name = format!("{number:06}");
        let snapshots = self.folder.join("snapshots");
        let published = snapshots.join(&name);
        fs::rename(&draft.folder, &published).map_err(at(&published))?;
        drop(draft);
        sync(&snapshots)?;
        let link = self.folder.join(format!("{DRAFT}latest"));
        link_folder(&Path::new("snapshots").join(&name), &link).map_err(at(&link))?;
        let latest = self.latest();
        fs::rename(&link, &latest).map_err(at(&latest))?;
        sync(&self.folder)?;
        self.prune(number, kept)?;
        Ok(published)
    }

    /// Removes all but the newest snapshots; never `published`.
    fn prune(&self, published: u32, kept: usize) -> Result<(), SnapshotError> {
        let numbers = self.numbers()?;
        let old = numbers.len().saturating_sub(kept);
        for number in numbers.into_iter().take(old).filter(|&number| number != published) {
            let name = format!("{number:06}");
            // Renamed first, so that a snapshot that exists is whole even if this is killed.
            let doomed = self.folder.join(format!("{DRAFT}old-{name}"));
            let path = self.folder.join("snapshots").join(name);
            fs::rename(&path, &doomed).map_err(at(&path))?;
            fs::remove_dir_all(&doomed).map_err(at(&doomed))?;
        }
        Ok(())
    }

    /// Moves whole rows put aside to `draft` and removes all else that only a killed run leaves,
    /// since this one holds the lock.
    fn sweep(&self, draft: &Path) -> Result<(), SnapshotError> {
        let mut next = numbers(draft).last().map_or(1, |last| last + 1);
        for entry in entries(&self.folder)? {
            let path = entry.path();
            if !entry.file_name().to_string_lossy().starts_with(DRAFT) {
                continue;
            }
            if path != draft {
                for number in numbers(&path) {
                    let aside = path.join(format!("{ASIDE}{number:05}"));
                    let target = draft.join(format!("{ASIDE}{next:05}"));
                    fs::rename(&aside, &target).map_err(at(&aside))?;
                    next += 1;
                }
                remove(&path)?;
            }
        }
        for entry in entries(draft)? {
            let is_aside = entry.file_name().to_string_lossy().starts_with(ASIDE);
            if !is_aside || !entry.path().join(catalog::FILE).is_file() {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Returns the numbers of the snapshots, oldest first.
    fn numbers(&self) -> Result<Vec<u32>, SnapshotError> {
        let mut numbers: Vec<u32> = entries(&self.folder.join("snapshots"))?
            .iter()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }
}

impl Draft {
    /// Returns the folder that the tables go into.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes the rows that were put aside; the tables hold them now.
    fn clear(&self) -> Result<(), SnapshotError> {
        for number in numbers(&self.folder) {
            remove(&self.folder.join(format!("{ASIDE}{number:05}")))?;
        }
        Ok(())
    }

    /// Writes the run's report into the draft.
    pub fn report(&self, report: &serde_json::Value) -> Result<(), SnapshotError> {
        let path = self.folder.join("run.json");
        fs::write(&path, format!("{report:#}\n"))
            .and_then(|()| File::open(&path)?.sync_all())
            .map_err(at(&path))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // A published draft has been renamed away; what cannot be removed now is swept next time.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Flushes the entries of `folder` and of the folders right below it.
fn sync_folders(folder: &Path) -> Result<(), SnapshotError> {
    for entry in entries(folder)? {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sync(&entry.path())?;
        }
    }
    sync(folder)
}

/// Removes a file, or a folder with all that is in it.
fn remove(path: &Path) -> Result<(), SnapshotError> {
    let is_folder = path.symlink_metadata().is_ok_and(|data| data.is_dir());
    if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) }.map_err(at(path))
}

#[cfg(unix)]
fn sync(folder: &Path) -> Result<(), SnapshotError> {
    File::open(folder).and_then(|file| file.sync_all()).map_err(at(folder))
}

#[cfg(not(unix))]
fn sync(_folder: &Path) -> Result<(), SnapshotError> {
    // A folder cannot be opened as a file elsewhere.
    Ok(())
}

#[cfg(unix)]
fn link_folder(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn link_folder(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

fn entries(folder: &Path) -> Result<Vec<DirEntry>, SnapshotError> {
    fs::read_dir(folder).and_then(Iterator::collect).map_err(at(folder))
}

/// Adds the path to what the system said.
fn at(path: &Path) -> impl FnOnce(io::Error) -> SnapshotError {
    let path = path.to_owned();
    move |source| SnapshotError::File { path, source }
}

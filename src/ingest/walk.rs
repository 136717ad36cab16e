//! Inputs as given on the command line to files in a fixed order.
//!
//! Directories are walked depth first in the order of their entries' names. Passed over: hidden
//! entries, `README*`, `LICENSE*`, extensions that no reader knows, pipes and devices, and any
//! directory that was already walked (links may run in circles).

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::ingest::open::Kind;

/// One input file, not yet opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Path as given or as walked to.
    pub path: PathBuf,
    /// How to read it; `None` if its name does not tell.
    pub kind: Option<Kind>,
    /// Bytes on disk, `None` where that is not known.
    pub bytes: Option<u64>,
    /// Whether it is a directory that could not be listed.
    pub is_unreadable: bool,
}

/// Lists the files of one input.
///
/// Fails only if `path` itself does not exist.
pub fn files(path: &Path) -> io::Result<Vec<Input>> {
    if path.as_os_str() == "-" {
        return Ok(vec![Input {
            path: path.into(),
            kind: Some(Kind::Lines),
            bytes: None,
            is_unreadable: false,
        }]);
    }
    let metadata = fs::metadata(path)?;
    let mut found = Vec::new();
    if metadata.is_dir() {
        let mut seen = BTreeSet::new();
        directory(path, &mut seen, &mut found);
    } else {
        let bytes = metadata.is_file().then_some(metadata.len());
        let kind = Kind::of(path);
        found.push(Input { path: path.into(), kind, bytes, is_unreadable: false });
    }
    Ok(found)
}

/// Adds the files below `root`; the stack is a list, so that depth costs no call.
fn directory(root: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<Input>) {
    let mut open = vec![root.to_path_buf()];
    while let Some(path) = open.pop() {
        let Ok(metadata) = fs::metadata(&path) else {
            // A link that leads nowhere, or a file that went away: no article is known to be lost
            // unless the name says that there was one.
            if Kind::of(&path).is_some() {
                found.push(unreadable(path));
            }
            continue;
        };
        if metadata.is_dir() {
            if !fs::canonicalize(&path).is_ok_and(|real| seen.insert(real)) {
                continue;
            }
            match entries(&path) {
                Ok(entries) => open.extend(entries.into_iter().rev()),
                Err(_) => found.push(unreadable(path)),
            }
        } else if metadata.is_file()
            && let Some(kind) = Kind::of(&path)
        {
            found.push(Input {
                path,
                kind: Some(kind),
                bytes: Some(metadata.len()),
                is_unreadable: false,
            });
        }
    }
}

fn unreadable(path: PathBuf) -> Input {
    Input { path, kind: None, bytes: Some(0), is_unreadable: true }
}

/// Lists a directory by name, without what is passed over.
fn entries(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_about = ["README", "LICENSE", "LICENCE"].iter().any(|word| {
            name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        });
        if !name.starts_with('.') && !is_about {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

//! Inputs as given on the command line to files in a fixed order.
//!
//! Directories are walked depth first in the order of their entries' names. Passed over: hidden
//! entries, `README*`, `LICENSE*`, files whose names no reader knows unless their first bytes leave
//! no doubt, pipes and devices, and any directory that was already walked (links may run in
//! circles). A path with `*`, `?` or `[` that is no file is a pattern; a manifest is a file of paths.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use glob::glob;

use crate::ingest::{
    kind::{self, Kind, SNIFFED},
    layers::plain,
};

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
            // What the first bytes leave open is taken for lines.
            kind: Some(Kind::Lines),
            bytes: None,
            is_unreadable: false,
        }]);
    }
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return matching(path, error),
        metadata => metadata?,
    };
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

/// Lists the files that a pattern matches, in the order of their names.
fn matching(pattern: &Path, missing: io::Error) -> io::Result<Vec<Input>> {
    let text = pattern.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        return Err(missing);
    }
    let mut paths: Vec<PathBuf> =
        glob(&text).map_err(io::Error::other)?.filter_map(Result::ok).collect();
    if paths.is_empty() {
        return Err(missing);
    }
    paths.sort();
    // What went away since is told as any other file that cannot be read.
    Ok(paths
        .into_iter()
        .flat_map(|path| files(&path).unwrap_or_else(|_| vec![unreadable(path)]))
        .collect())
}

/// Lists the files that a manifest names: a path a line; blank lines and `#` lines say nothing.
///
/// Fails only if the manifest itself cannot be read.
pub fn manifest(path: &Path) -> io::Result<Vec<Input>> {
    let text = if path.as_os_str() == "-" {
        io::read_to_string(io::stdin())?
    } else {
        fs::read_to_string(path)?
    };
    let paths = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(paths
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| files(Path::new(line)).unwrap_or_else(|_| vec![unreadable(line.into())]))
        .collect())
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
        } else if metadata.is_file() {
            let kind = Kind::of(&path);
            if kind.is_some() || is_surely_an_input(&path) {
                let bytes = Some(metadata.len());
                found.push(Input { path, kind, bytes, is_unreadable: false });
            }
        }
    }
}

/// Returns whether the first bytes of a file whose name says nothing leave no doubt, packed or not.
fn is_surely_an_input(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let plain = plain(Box::new(BufReader::with_capacity(SNIFFED, file)), SNIFFED);
    plain.is_ok_and(|plain| Kind::sure(&plain.start).is_some() || kind::is_mail(&plain.start))
}

fn unreadable(path: PathBuf) -> Input {
    Input { path, kind: None, bytes: Some(0), is_unreadable: true }
}

/// Lists a directory by name, without what is passed over.
fn entries(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !is_passed_over(&entry.file_name().to_string_lossy()) {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

fn is_passed_over(name: &str) -> bool {
    let is_about = ["README", "LICENSE", "LICENCE"]
        .iter()
        .any(|word| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    name.starts_with('.') || is_about
}

/// Returns the name of a member of an archive without steps that lead out of it, `None` if a walk
/// through folders would have passed it over.
pub(crate) fn inner_name(name: &str) -> Option<String> {
    let steps: Vec<&str> =
        name.split(['/', '\\']).filter(|step| !matches!(*step, "" | "." | "..")).collect();
    let is_wanted = steps.iter().all(|step| !is_passed_over(step) && *step != "__MACOSX");
    (is_wanted && !steps.is_empty()).then(|| steps.join("/"))
}

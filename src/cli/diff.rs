//! `finewire diff`: what one snapshot tells that another did not.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use finewire::dataset::changes;

/// Print what changed between two snapshots
///
/// Without snapshots: between the two newest of the folder given by --out. With one: between it and
/// the newest. A snapshot is a folder, or its number in that folder.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier snapshot, then the later one
    #[arg(value_name = "SNAPSHOT", num_args = 0..=2)]
    snapshots: Vec<String>,
    /// Folder of the dataset
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    /// Lines of each kind to print
    #[arg(long, value_name = "N", default_value_t = 20)]
    lines: usize,
}

impl Diff {
    /// Prints the differences.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let (earlier, later) = self.folders()?;
        let difference = changes::between(&earlier, &later)?;
        if self.json {
            writeln!(out, "{:#}", difference.to_json())?;
            return Ok(0);
        }
        writeln!(out, "{} → {}", earlier.display(), later.display())?;
        for (kind, items) in difference.counts() {
            writeln!(out, "{} {kind}", items.len())?;
            // Ids of articles say nothing to a reader.
            let lines = if kind.ends_with("articles") { 0 } else { self.lines };
            items.iter().take(lines).try_for_each(|item| writeln!(out, "  {item}"))?;
        }
        Ok(0)
    }

    fn folders(&self) -> Result<(PathBuf, PathBuf)> {
        let mut given = self.snapshots.iter().map(|text| self.folder(text));
        let newest = snapshots(&self.out);
        let (earlier, later) = (given.next(), given.next());
        match (earlier, later) {
            (Some(earlier), Some(later)) => Ok((earlier, later)),
            (Some(earlier), None) => Ok((earlier, newest?.pop().context("there is no snapshot")?)),
            _ => {
                let mut newest = newest?;
                match (newest.pop(), newest.pop()) {
                    (Some(later), Some(earlier)) => Ok((earlier, later)),
                    _ => bail!("`{}` has no two snapshots to compare", self.out.display()),
                }
            }
        }
    }

    fn folder(&self, text: &str) -> PathBuf {
        if let Ok(number) = text.parse::<u32>() {
            return self.out.join("snapshots").join(format!("{number:06}"));
        }
        let path = PathBuf::from(text);
        let inner = path.join("latest");
        if inner.is_dir() { inner } else { path }
    }
}

/// Returns the snapshots of a dataset, oldest first.
pub(crate) fn snapshots(folder: &Path) -> Result<Vec<PathBuf>> {
    let folder = folder.join("snapshots");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("reading `{}`", folder.display()))?;
    let mut snapshots: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    snapshots.sort();
    Ok(snapshots)
}

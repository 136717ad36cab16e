//! What of a snapshot is no part of an article's rows: its folders, its cases, its catalog.

use std::{collections::BTreeMap, fs, path::Path};

use polars::prelude::{ParallelStrategy, ParquetReader, SerReader};

use crate::dataset::{
    catalog,
    parts::{self, WriteError},
    plan::Plan,
    schema::{self, Table},
};

/// Makes the folders of all tables in `folder`.
pub(crate) fn folders(folder: &Path) -> Result<(), WriteError> {
    for table in schema::tables() {
        let path = folder.join(table.name);
        fs::create_dir_all(&path).map_err(WriteError::file(&path))?;
    }
    Ok(())
}

/// Takes the cases of the snapshot before, whose articles are the same; `None` if it has none.
pub(crate) fn share_cases(before: &Path, folder: &Path) -> Result<Option<(u64, u64)>, WriteError> {
    let name = Path::new(schema::CASES.name).join(parts::name(1));
    let (path, target) = (before.join(&name), folder.join(&name));
    let Some(rows) =
        fs::File::open(&path).ok().and_then(|file| ParquetReader::new(file).num_rows().ok())
    else {
        return Ok(None);
    };
    // A file system without links gets a copy.
    let made = fs::hard_link(&path, &target).or_else(|_| fs::copy(&path, &target).map(drop));
    let bytes = made.and_then(|()| fs::metadata(&target)).map_err(WriteError::file(&target))?;
    Ok(Some((rows as u64, bytes.len())))
}

/// Counts the rows of `actions` by type.
pub(crate) fn types(folder: &Path) -> Result<BTreeMap<String, u64>, WriteError> {
    let table: &Table = &schema::ACTIONS;
    let folder = folder.join(table.name);
    let mut counts = BTreeMap::new();
    for entry in fs::read_dir(&folder).map_err(WriteError::file(&folder))?.flatten() {
        let path = entry.path();
        let file = fs::File::open(&path).map_err(WriteError::file(&path))?;
        let frame = ParquetReader::new(file)
            .with_columns(Some(vec!["type".to_owned()]))
            .read_parallel(ParallelStrategy::None)
            .finish();
        let frame = frame.map_err(|source| WriteError::Decode { path: path.clone(), source })?;
        let types = frame.column("type").and_then(|column| column.str());
        for word in types.map_err(|source| WriteError::Decode { path, source })?.iter().flatten() {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(counts.insert(word.to_owned(), 1)),
            }
        }
    }
    Ok(counts)
}

/// Writes the catalog of a snapshot.
pub(crate) fn catalog(folder: &Path, plan: &Plan) -> Result<(), WriteError> {
    let path = folder.join(catalog::FILE);
    plan.write_catalog(&path).map_err(WriteError::file(&path))
}

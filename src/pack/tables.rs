//! Where words, tables and weights come from: built in, or files of a folder in their place.
//!
//! A folder holds what `src/` holds, at the same paths (`pack/lang/fr.toml`); what it lacks is
//! built in. So a change of a pack is tried without a build.

use std::{
    borrow::Cow,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::world::watch::Watched;

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// There is no such folder.
    #[error("`{}` is no folder with packs, tables or weights", .folder.display())]
    NoFolder {
        /// What was given.
        folder: PathBuf,
    },
    /// The file is there and cannot be read.
    #[error("reading `{}`", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// The source of all tables.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    folder: Option<PathBuf>,
    watched: Vec<Watched>,
}

impl Tables {
    /// Takes the files of a folder where it has them.
    pub fn of(folder: &Path) -> Result<Self, TableError> {
        if ["pack", "actions"].iter().any(|part| folder.join(part).is_dir()) {
            return Ok(Self { folder: Some(folder.to_owned()), ..Self::default() });
        }
        Err(TableError::NoFolder { folder: folder.to_owned() })
    }

    /// Returns whether all tables are those of the program.
    pub fn is_built_in(&self) -> bool {
        self.folder.is_none()
    }

    /// Adds the names of a user's watch-list.
    #[must_use]
    pub fn watching(self, watched: Vec<Watched>) -> Self {
        Self { watched, ..self }
    }

    /// Returns the entities of the user's watch-list.
    pub fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Returns the text of the table at `path`, which is `built_in` unless the folder has another.
    pub fn text(
        &self,
        path: &str,
        built_in: &'static str,
    ) -> Result<Cow<'static, str>, TableError> {
        let Some(folder) = &self.folder else { return Ok(Cow::Borrowed(built_in)) };
        let path = folder.join(path);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Cow::Borrowed(built_in)),
            Err(source) => Err(TableError::Read { path, source }),
        }
    }
}

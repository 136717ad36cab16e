//! Where words, tables and weights come from: built in, or files of a folder in their place.
//!
//! A folder holds what `src/` holds, at the same paths (`pack/lang/fr.toml`); what it lacks is
//! built in. So a change of a pack is tried without a build.

use std::{
    borrow::Cow,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::world::watch::Watched;
use crate::base::compressed::Compressed;

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
        Ok(self.own(path)?.map_or(Cow::Borrowed(built_in), Cow::Owned))
    }

    /// Returns the text of such a table that is compressed in the program.
    pub(crate) fn unpacked(&self, path: &str, built_in: Compressed) -> Result<String, TableError> {
        let unpack =
            || built_in.text().map_err(|source| TableError::Read { path: path.into(), source });
        self.own(path)?.map_or_else(unpack, Ok)
    }

    /// Returns the text of such a table up to its second section.
    pub(crate) fn opening(&self, path: &str, built_in: Compressed) -> Result<String, TableError> {
        let opening = match self.own(path)? {
            Some(text) => opening(text.lines().map(|line| Ok(line.to_owned()))),
            None => built_in.lines().and_then(opening),
        };
        opening.map_err(|source| TableError::Read { path: path.into(), source })
    }

    /// Returns the text of the table at `path` if the folder has one.
    fn own(&self, path: &str) -> Result<Option<String>, TableError> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let path = folder.join(path);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(TableError::Read { path, source }),
        }
    }
}

/// Returns the lines before the second section of a TOML file.
fn opening(lines: impl Iterator<Item = io::Result<String>>) -> io::Result<String> {
    let (mut text, mut sections) = (String::new(), 0);
    for line in lines {
        let line = line?;
        sections += u8::from(line.starts_with('['));
        if sections > 1 {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;

    #[test]
    fn letters_are_the_first_section_of_a_pack() {
        let tables = Tables::default();
        for &lang in Lang::ALL {
            let has = |text: String| text.contains("\n[letters]\n");
            let opening = tables.opening("pack", lang.pack_source()).unwrap();
            let text = tables.unpacked("pack", lang.pack_source()).unwrap();
            assert!(text.starts_with(&opening), "{}", lang.code());
            assert_eq!(has(opening), has(text), "{}", lang.code());
        }
    }
}

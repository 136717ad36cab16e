//! Annotated articles: one JSON file an article, in folders of any depth.
//!
//! The text stands in the file (`text`) or in another one (`source`, a path from the folder of the
//! file, from any folder above it, or from the working directory). Unknown fields are notes of the
//! annotator and are passed over; a file that lacks a field that scoring needs stops the command,
//! since a score over fewer articles than asked for would look like any other.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// An annotated article.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldArticle {
    /// Name of the article in reports.
    pub(crate) id: String,
    /// ISO 639-1 code.
    pub(crate) lang: String,
    /// When it was published, if text or address state it.
    pub(crate) published: Option<String>,
    /// The whole article, headline first.
    #[serde(default)]
    pub(crate) text: String,
    /// File that holds the text where `text` is missing.
    pub(super) source: Option<String>,
    /// Every sum of money that the text mentions, in order.
    pub(crate) amounts: Vec<GoldAmount>,
    /// Every calendar date that the text mentions, in order.
    pub(crate) dates: Vec<GoldDate>,
    /// Every distinct action that the text reports.
    pub(crate) actions: Vec<GoldAction>,
    /// Whether nothing but the types of its actions is annotated.
    #[serde(skip)]
    pub(crate) types_only: bool,
}

/// An annotated sum of money.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GoldAmount {
    /// Its words.
    #[serde(default)]
    pub(crate) quote: String,
    /// Its figure; a mention without one is not scored.
    pub(crate) value: Option<f64>,
    /// ISO 4217 code.
    #[serde(default)]
    pub(crate) currency: String,
}

/// An annotated date.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GoldDate {
    /// Its words.
    #[serde(default)]
    pub(crate) quote: String,
    /// ISO 8601 value; null if nothing in the article settles it.
    pub(crate) value: Option<String>,
}

/// The sum of an annotated action.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GoldSum {
    /// The figure.
    pub(crate) value: f64,
    /// ISO 4217 code.
    pub(crate) currency: String,
}

/// An annotated action.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldAction {
    /// Word of its type.
    pub(crate) r#type: String,
    /// Types that are right too.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// Word of its status.
    pub(crate) status: String,
    /// Name of the authority.
    pub(crate) regulator: Option<String>,
    /// Another name that is right too.
    pub(crate) also_regulator: Option<String>,
    /// Country of the authority.
    pub(crate) regulator_country: Option<String>,
    /// Who is acted upon.
    pub(crate) target: Option<String>,
    /// The sum.
    pub(crate) amount: Option<GoldSum>,
    /// When the action was taken.
    pub(crate) date: Option<String>,
    /// Words of the text that hold the trigger.
    #[serde(default)]
    pub(crate) evidence: String,
    /// Whether it counts neither for nor against.
    #[serde(default)]
    pub(crate) optional: bool,
}

/// Why a gold folder could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GoldError {
    /// A file or folder could not be read.
    #[error("reading `{}`", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is no annotated article.
    #[error("annotation in `{}`", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// A line has no type of action before its text.
    #[error("no type of action in line {number} of `{}`", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1 on.
        number: usize,
    },
    /// The text that a file points at is nowhere.
    #[error("text `{name}` of `{}` is missing", path.display())]
    NoText {
        /// The file.
        path: PathBuf,
        /// The text's path as the file has it.
        name: String,
    },
}

/// Reads the annotated articles of several files and folders, in this order.
pub(crate) fn read_all(paths: &[PathBuf]) -> Result<Vec<GoldArticle>, GoldError> {
    let mut articles = Vec::new();
    for path in paths {
        articles.extend(read(path)?);
    }
    Ok(articles)
}

/// Reads every article under `path` (a folder, or one file), ordered by path.
fn read(path: &Path) -> Result<Vec<GoldArticle>, GoldError> {
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    files.iter().map(|file| article(file)).collect()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), GoldError> {
    let failed = |source| GoldError::File { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(failed)? {
        let child = entry.map_err(failed)?.path();
        let is_json = child.extension().is_some_and(|extension| extension == "json");
        if is_json || child.is_dir() {
            collect(&child, files)?;
        }
    }
    Ok(())
}

fn article(path: &Path) -> Result<GoldArticle, GoldError> {
    let json = fs::read_to_string(path)
        .map_err(|source| GoldError::File { path: path.to_owned(), source })?;
    let mut article: GoldArticle = serde_json::from_str(&json)
        .map_err(|source| GoldError::Syntax { path: path.to_owned(), source })?;
    if article.text.is_empty() {
        let name = article.source.clone().unwrap_or_default();
        article.text =
            text(path, &name).ok_or_else(|| GoldError::NoText { path: path.to_owned(), name })?;
    }
    Ok(article)
}

/// Returns the text that the annotation at `path` calls `name`.
fn text(path: &Path, name: &str) -> Option<String> {
    // The parent of a relative path ends at "", which is the working directory.
    let folders = path.ancestors().skip(1);
    let absolute = path.canonicalize().ok();
    let above = absolute.iter().flat_map(|path| path.ancestors().skip(1));
    folders.chain(above).find_map(|folder| fs::read_to_string(folder.join(name)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_lie_beside_any_folder_above_its_annotation() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("gold/fr");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.path().join("corpus")).unwrap();
        fs::write(root.path().join("corpus/a.txt"), "La CNIL enquête.").unwrap();
        let json = r#"{"id":"a","lang":"fr","published":null,"source":"corpus/a.txt","note":1,
            "amounts":[],"dates":[],"actions":[]}"#;
        fs::write(folder.join("a.json"), json).unwrap();
        let articles = read(root.path()).unwrap();
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].text, "La CNIL enquête.");
    }

    #[test]
    fn an_annotation_without_its_text_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let json = r#"{"id":"a","lang":"fr","published":null,"source":"nowhere.txt",
            "amounts":[],"dates":[],"actions":[]}"#;
        fs::write(root.path().join("a.json"), json).unwrap();
        assert!(matches!(read(root.path()), Err(GoldError::NoText { .. })));
    }
}

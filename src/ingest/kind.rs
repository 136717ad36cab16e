//! Formats of input files: by their first bytes where those are sure, else by their names.
//!
//! A name lies more often than a signature does, so what the bytes say for certain wins. What they
//! only suggest (a text that begins with a bracket) yields to a name that is known.

use std::path::Path;

/// A file format that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.txt`: one article.
    Text,
    /// `.html`, `.htm`: one article.
    Html,
    /// `.json`: one object or an array of them.
    Values,
    /// `.jsonl`, `.ndjson`: one object a line.
    Lines,
    /// `.warc`, `.wet`: web archives and the texts of their pages.
    Warc,
    /// `.rss`, `.atom`, `.xml`: a feed, one article an item.
    Feed,
    /// `.csv`, `.tsv`: one article a row, columns named in the first.
    Rows,
    /// `.parquet`: one article a row.
    Parquet,
    /// `.eml`: a mail, one article.
    Mail,
    /// `.tar`: an archive of files of any format.
    Tar,
    /// `.zip`: likewise.
    Zip,
}

/// Bytes that [`Kind::sure`] needs to be sure: a tar's signature stands last.
pub(crate) const SNIFFED: usize = 4096;

impl Kind {
    /// Returns whether files of this kind hold files.
    pub(crate) fn is_archive(self) -> bool {
        matches!(self, Self::Tar | Self::Zip)
    }

    /// Every word that `--format` takes.
    pub const WORDS: [&str; 11] =
        ["text", "html", "json", "jsonl", "warc", "feed", "csv", "parquet", "mail", "tar", "zip"];

    /// Returns the kind that a word of `--format` means.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "text" => Self::Text,
            "html" => Self::Html,
            "json" => Self::Values,
            "jsonl" => Self::Lines,
            "warc" => Self::Warc,
            "feed" => Self::Feed,
            "csv" => Self::Rows,
            "parquet" => Self::Parquet,
            "mail" => Self::Mail,
            "tar" => Self::Tar,
            "zip" => Self::Zip,
            _ => return None,
        })
    }

    /// Returns the kind that the name of a file says, compressed or not.
    pub fn of(path: &Path) -> Option<Self> {
        let extension =
            |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let mut last = extension(path)?;
        if matches!(last.as_str(), "gz" | "zst" | "bz2" | "xz") {
            last = extension(Path::new(path.file_stem()?))?;
        }
        Some(match last.as_str() {
            "txt" | "text" => Self::Text,
            "html" | "htm" | "xhtml" => Self::Html,
            "json" => Self::Values,
            "jsonl" | "ndjson" => Self::Lines,
            "warc" | "wet" => Self::Warc,
            "rss" | "atom" | "xml" => Self::Feed,
            "csv" | "tsv" => Self::Rows,
            "parquet" => Self::Parquet,
            "eml" => Self::Mail,
            "tar" | "tgz" | "tbz2" | "txz" => Self::Tar,
            "zip" => Self::Zip,
            _ => return None,
        })
    }

    /// Returns the kind that the first bytes of a file leave no doubt about.
    pub(crate) fn sure(start: &[u8]) -> Option<Self> {
        if start.starts_with(b"PAR1") {
            return Some(Self::Parquet);
        }
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            return Some(Self::Zip);
        }
        if start.get(257..262) == Some(b"ustar") {
            return Some(Self::Tar);
        }
        if start.starts_with(b"WARC/") {
            return Some(Self::Warc);
        }
        let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
        markup(text).or_else(|| json(text))
    }

    /// Guesses the kind of a file that was named on the command line without a telling extension.
    pub(crate) fn guess(start: &[u8]) -> Self {
        match start.trim_ascii_start() {
            [b'{', ..] => Self::Lines,
            [b'[', ..] => Self::Values,
            [b'<', ..] => Self::Html,
            _ if is_mail(start) => Self::Mail,
            _ => Self::Text,
        }
    }

    /// Returns the kind of a file by its name and first bytes; `None` if neither says it is one.
    pub(crate) fn settled(named: Option<Self>, start: &[u8]) -> Option<Self> {
        match (Self::sure(start), named) {
            // Both are read the same way but for a broken line, and the name says more of that.
            (Some(Self::Values | Self::Lines), Some(named @ (Self::Values | Self::Lines))) => {
                let is_array = start.trim_ascii_start().starts_with(b"[");
                Some(if is_array { Self::Values } else { named })
            }
            // A table may begin with a bracket, a text or mail may quote markup.
            (Some(Self::Values | Self::Lines), Some(named @ (Self::Rows | Self::Mail))) => {
                Some(named)
            }
            // What a page calls itself inside an XML file is known to its reader.
            (Some(sure), _) => Some(sure),
            (None, None) => is_mail(start).then_some(Self::Mail),
            (None, named) => named,
        }
    }
}

/// Tells pages from feeds by their first tags.
fn markup(text: &[u8]) -> Option<Kind> {
    const WINDOW: usize = 1024;
    if !text.starts_with(b"<") {
        return None;
    }
    let head = text.get(..text.len().min(WINDOW))?.to_ascii_lowercase();
    let at = |word: &[u8]| head.windows(word.len()).position(|window| window == word);
    let feed =
        [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"<atom:feed"].iter().find_map(|word| at(word));
    let page = [&b"<!doctype html"[..], b"<html"].iter().find_map(|word| at(word));
    match (feed, page) {
        (Some(feed), Some(page)) if page < feed => Some(Kind::Html),
        (Some(_), _) => Some(Kind::Feed),
        (None, Some(_)) => Some(Kind::Html),
        (None, None) => None,
    }
}

/// Recognises JSON objects: a bracket, then a quoted name or nothing.
fn json(text: &[u8]) -> Option<Kind> {
    let inner = text.strip_prefix(b"[").map_or(text, <[u8]>::trim_ascii_start);
    let names = inner.strip_prefix(b"{")?.trim_ascii_start();
    if !names.starts_with(b"\"") && !names.starts_with(b"}") {
        return None;
    }
    if text.starts_with(b"[") {
        return Some(Kind::Values);
    }
    // An object that goes on after its first line is printed for people.
    let line = text.split(|byte| *byte == b'\n').next()?.trim_ascii_end();
    let is_open = line.len() < text.len() && !line.ends_with(b"}");
    Some(if is_open { Kind::Values } else { Kind::Lines })
}

/// Recognises a mail by its headers, two of which it cannot lack.
pub(crate) fn is_mail(start: &[u8]) -> bool {
    let headers = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let names: Vec<Vec<u8>> = headers
        .take_while(|line| !line.is_empty())
        .filter_map(|line| Some(line.get(..line.iter().position(|b| *b == b':')?)?.to_vec()))
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let has = |name: &[u8]| names.iter().any(|known| known == name);
    has(b"from") && (has(b"subject") || has(b"date")) && (has(b"mime-version") || has(b"to"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_win_over_the_name() {
        let cases: [(&str, &[u8], Option<Kind>); 12] = [
            ("a.txt", b"WARC/1.0\r\n", Some(Kind::Warc)),
            ("a.txt", b"<!DOCTYPE html><p>x", Some(Kind::Html)),
            ("a.html", b"<?xml version='1.0'?>\n<rss version='2.0'>", Some(Kind::Feed)),
            ("a.xml", b"<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>", Some(Kind::Html)),
            ("a.txt", b"{\"text\": \"x\"}\n{\"text\": \"y\"}", Some(Kind::Lines)),
            ("a.json", b"{\"text\": \"x\"}\n{\"text\": \"y\"}", Some(Kind::Values)),
            ("a.jsonl", b"[{\"text\": \"x\"}]", Some(Kind::Values)),
            ("a.txt", b"{\n  \"text\": \"x\"\n}", Some(Kind::Values)),
            ("a.txt", b"[1] A footnote begins this text.", Some(Kind::Text)),
            ("a.txt", b"<p>A scraped paragraph</p>", Some(Kind::Text)),
            ("a.pdf", b"%PDF-1.7", None),
            ("article", b"<html lang=fr>", Some(Kind::Html)),
        ];
        for (name, start, kind) in cases {
            assert_eq!(Kind::settled(Kind::of(Path::new(name)), start), kind, "{name} {start:?}");
        }
    }
}

//! Tags and texts of an HTML page, in one pass, without a tree.
//!
//! Good enough to find metadata, to cut scripts out and to tell whether building a tree is safe; it
//! never looks back, so that no page costs more than its length.

use std::borrow::Cow;

use crate::clean::entities;

/// One stretch of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    /// Text between tags, references undecoded.
    Text(&'h str),
    /// An opening tag: name, attributes, and the tag as written.
    Open(&'h str, &'h str, &'h str),
    /// A closing tag: name, and the tag as written.
    Close(&'h str, &'h str),
    /// An element whose content is no markup: name, attributes, content, and all of it as written.
    Raw(&'h str, &'h str, &'h str, &'h str),
}

/// Pieces of a page, in order; comments and declarations are passed over.
pub(super) struct Pieces<'h> {
    rest: &'h str,
}

/// Elements whose content is no markup.
const RAW: [&str; 7] = ["script", "style", "title", "textarea", "noscript", "template", "iframe"];

/// Returns the pieces of `html`.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

/// Returns whether a text is a piece of a page rather than plain text.
pub(super) fn is_fragment(text: &str) -> bool {
    let mut start = text.trim_start().chars();
    start.next() == Some('<')
        && start.next().is_some_and(|c| c.is_ascii_alphabetic())
        && (text.contains("</") || text.contains("/>"))
}

impl<'h> Pieces<'h> {
    fn take(&mut self, length: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Reads the tag at the start of the rest, `None` if there is no tag but a stray `<`.
    fn tag(&mut self) -> Option<Piece<'h>> {
        let written = self.rest;
        let inner = written.get(1..)?;
        let (is_close, inner) =
            inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let length = tag_length(written);
        let tag = self.take(length);
        let content = tag.trim_start_matches(['<', '/']).trim_end_matches('>');
        let end = content.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(content.len());
        let (name, attributes) = content.split_at_checked(end).unwrap_or((content, ""));
        if is_close {
            return Some(Piece::Close(name, tag));
        }
        if !RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            return Some(Piece::Open(name, attributes, tag));
        }
        let length = closing(self.rest, name);
        let content = self.take(length);
        let until = tag_length(self.rest);
        let close = self.take(until);
        let all = written.get(..tag.len() + content.len() + close.len()).unwrap_or(written);
        Some(Piece::Raw(name, attributes, content, all))
    }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Piece::Text(self.take(length)));
            }
            if self.rest.starts_with("<!--") {
                let length = self.rest.find("-->").map_or(self.rest.len(), |at| at + 3);
                self.take(length);
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                let length = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
                self.take(length);
            } else if let Some(piece) = self.tag() {
                return Some(piece);
            } else {
                return Some(Piece::Text(self.take(1)));
            }
        }
    }
}

/// Returns the length of the tag at the start, `>` within quotes not ending it.
fn tag_length(written: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in written.bytes().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            // A quote opens a value only after the equals sign; elsewhere it is a slip of the page.
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None if byte == b'>' => return at + 1,
            Some(_) | None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    written.len()
}

/// Returns where the closing tag of a raw element starts, the end if there is none.
fn closing(rest: &str, name: &str) -> usize {
    rest.match_indices("</")
        .map(|(at, _)| at)
        .find(|at| {
            rest.get(at + 2..at + 2 + name.len())
                .is_some_and(|close| close.eq_ignore_ascii_case(name))
        })
        .unwrap_or(rest.len())
}

/// Returns the value of an attribute, references decoded.
pub(super) fn attribute<'h>(attributes: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (key, after) = rest.split_at_checked(end)?;
        if key.is_empty() && after.is_empty() {
            return None;
        }
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = if let Some(mark @ ('"' | '\'')) = value.chars().next() {
            let inner = value.get(1..)?;
            inner.split_once(mark).unwrap_or((inner, ""))
        } else {
            let end = value.find(char::is_whitespace).unwrap_or(value.len());
            value.split_at_checked(end)?
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(entities::decoded(value));
        }
        rest = after;
    }
}

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

/// The name of an element or attribute in lower case, as long as any that has a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lower {
    bytes: [u8; 14],
    length: u8,
}

impl Lower {
    /// Returns `name` in lower case, an empty name if it is longer than any that has a meaning.
    pub(super) fn of(name: &str) -> Self {
        let mut lower = Self::default();
        if let Some(place) = lower.bytes.get_mut(..name.len())
            && name.is_ascii()
        {
            place.copy_from_slice(name.as_bytes());
            place.make_ascii_lowercase();
            lower.length = name.len() as u8;
        }
        lower
    }

    /// Returns the name.
    pub(super) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        str::from_utf8(bytes).unwrap_or_default()
    }

    /// Returns whether the name is `name`.
    pub(super) fn is(self, name: &str) -> bool {
        self.as_str() == name
    }
}

impl Piece<'_> {
    /// Returns the name of the element, an empty one for text.
    pub(super) fn name(&self) -> Lower {
        match self {
            Self::Text(_) => Lower::default(),
            Self::Open(name, ..) | Self::Close(name, _) | Self::Raw(name, ..) => Lower::of(name),
        }
    }
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
    let bytes = written.as_bytes();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = rest.iter().position(|byte| matches!(byte, b'>' | b'"' | b'\'')) else {
            return written.len();
        };
        let mark = rest.get(next).copied().unwrap_or_default();
        if mark == b'>' {
            return at + next + 1;
        }
        // A quote opens a value only after the equals sign; elsewhere it is a slip of the page.
        let before = bytes.get(..at + next).unwrap_or_default();
        let opens = before.iter().rev().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=');
        at += next + 1;
        if opens {
            let value = bytes.get(at..).unwrap_or_default();
            at += value.iter().position(|byte| *byte == mark).map_or(value.len(), |end| end + 1);
        }
    }
}

/// Returns where the closing tag of a raw element starts, the end if there is none.
fn closing(rest: &str, name: &str) -> usize {
    rest.match_indices('<')
        .map(|(at, _)| at)
        .find(|at| {
            let after = rest.as_bytes().get(at + 1..at + 2 + name.len()).unwrap_or_default();
            after.split_first().is_some_and(|(first, close)| {
                *first == b'/' && close.eq_ignore_ascii_case(name.as_bytes())
            })
        })
        .unwrap_or(rest.len())
}

/// One attribute of a tag, references undecoded.
pub(super) struct Attribute<'h> {
    /// Its name, as written.
    pub(super) name: &'h str,
    /// Its value, empty if it has none.
    pub(super) value: &'h str,
}

/// Attributes of a tag, in order.
pub(super) struct Attributes<'h> {
    rest: &'h str,
}

/// Returns the attributes that a tag was written with.
pub(super) fn attributes(written: &str) -> Attributes<'_> {
    Attributes { rest: written }
}

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        let is_space = |c: char| c.is_ascii_whitespace();
        let rest = self.rest.trim_start_matches(|c: char| is_space(c) || c == '/');
        if rest.is_empty() {
            self.rest = rest;
            return None;
        }
        // A name may begin with an equals sign, so that there is always one.
        let end = rest
            .bytes()
            .skip(1)
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/'))
            .map_or(rest.len(), |at| at + 1);
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let Some(value) = after.trim_start_matches(is_space).strip_prefix('=') else {
            self.rest = after;
            return Some(Attribute { name, value: "" });
        };
        let value = value.trim_start_matches(is_space);
        let (value, after) = if let Some(mark @ ('"' | '\'')) = value.chars().next() {
            let inner = value.get(1..).unwrap_or_default();
            inner.split_once(mark).unwrap_or((inner, ""))
        } else {
            let end = value.find(is_space).unwrap_or(value.len());
            value.split_at_checked(end).unwrap_or((value, ""))
        };
        self.rest = after;
        Some(Attribute { name, value })
    }
}

/// Returns the value of an attribute, references decoded.
pub(super) fn attribute<'h>(written: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let found = attributes(written).find(|found| found.name.eq_ignore_ascii_case(name))?;
    Some(entities::decoded(found.value))
}

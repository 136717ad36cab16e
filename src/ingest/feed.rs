//! RSS and Atom: one article an item.
//!
//! Items are cut out of the stream by their tags and read one by one, so that a feed of any size
//! takes the memory of an item and one that is no XML costs itself only. What the feed says of its
//! language and charset before the first item holds for all of them.

use std::io::BufRead;

use crate::{
    base::reject::Reason,
    ingest::record::{Fetched, Format, Limits, Origin, RawRecord},
};

/// Records of one feed.
pub(crate) struct Feed<R> {
    reader: R,
    origin: Origin,
    limit: usize,
    number: u64,
    /// Bytes before the first item.
    head: Vec<u8>,
    fetched: Option<Box<Fetched>>,
    is_done: bool,
}

/// Bytes before the first item that are looked at.
const LONGEST_HEAD: usize = 64 << 10;

impl<R: BufRead> Feed<R> {
    /// Reads `reader` item by item.
    pub(crate) fn new(reader: R, origin: Origin, limits: Limits) -> Self {
        let limit = limits.max_article_bytes;
        let (head, fetched) = (Vec::new(), None);
        Self { reader, origin, limit, number: 0, head, fetched, is_done: false }
    }

    /// Reads past the next opening tag of an item and returns its name; `None` at the end.
    fn open(&mut self) -> Result<Option<&'static str>, Reason> {
        let mut tag = Vec::new();
        loop {
            tag.clear();
            if self.until(b'<', None)? == 0 {
                return Ok(None);
            }
            if self.until(b'>', Some(&mut tag))? == 0 {
                return Ok(None);
            }
            let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'>').next();
            match name {
                Some(b"item") => return Ok(Some("item")),
                Some(b"entry") => return Ok(Some("entry")),
                _ => {}
            }
        }
    }

    /// Reads to the end of the item, whose opening tag has been read.
    fn item(&mut self, name: &'static str) -> Result<Vec<u8>, Reason> {
        let mut item = format!("<{name}>").into_bytes();
        let (close, mut is_too_large) = (format!("/{name}>"), false);
        let mut is_literal = false;
        loop {
            let from = item.len();
            if self.until(b'>', Some(&mut item))? == 0 {
                return Err(Reason::Truncated);
            }
            let piece = item.get(from..).unwrap_or_default();
            // Within a literal section only its own end counts.
            is_literal = if is_literal {
                !piece.ends_with(b"]]>")
            } else {
                let begin = piece.windows(9).rposition(|window| window == b"<![CDATA[");
                begin.is_some() && !piece.ends_with(b"]]>")
            };
            if !is_literal && piece.ends_with(close.as_bytes()) {
                return if is_too_large { Err(Reason::TooLarge) } else { Ok(item) };
            }
            if item.len() > self.limit {
                is_too_large = true;
            }
            if is_too_large {
                // What a closing tag needs is all that is kept.
                item.drain(..item.len().saturating_sub(close.len() + 1));
            }
        }
    }

    /// Reads up to and with `end`; without a place for them the bytes are kept for the head.
    fn until(&mut self, end: u8, place: Option<&mut Vec<u8>>) -> Result<usize, Reason> {
        let mut total = 0;
        let mut place = place;
        loop {
            let buffer = self.reader.fill_buf().map_err(|error| self.origin.reason(&error))?;
            if buffer.is_empty() {
                return Ok(total);
            }
            let found = buffer.iter().position(|byte| *byte == end);
            let taken = found.map_or(buffer.len(), |at| at + 1);
            let bytes = buffer.get(..taken).unwrap_or_default();
            if self.number == 0 && self.head.len() < LONGEST_HEAD {
                self.head.extend_from_slice(bytes);
            }
            if let Some(place) = place.as_deref_mut()
                && place.len() <= self.limit + LONGEST_HEAD
            {
                place.extend_from_slice(bytes);
            }
            total += taken;
            self.reader.consume(taken);
            if found.is_some() {
                return Ok(total);
            }
        }
    }

    /// Reads what the feed says of all its items.
    fn said(&self) -> Fetched {
        let head = String::from_utf8_lossy(&self.head);
        let after = |words: &str| head.split_once(words).map(|(_, rest)| rest);
        let quoted = |rest: &str| {
            let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest.get(1..)?.split(mark).next().map(str::to_owned)
        };
        let element = after("<language>").and_then(|rest| rest.split('<').next());
        Fetched {
            url: None,
            charset: after("encoding=").and_then(quoted),
            lang: element.map(str::to_owned).or_else(|| after("xml:lang=").and_then(quoted)),
        }
    }
}

impl<R: BufRead> Iterator for Feed<R> {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        if self.is_done {
            return None;
        }
        let item = match self.open() {
            Ok(None) => {
                self.is_done = true;
                return None;
            }
            Ok(Some(name)) => {
                self.number += 1;
                self.item(name)
            }
            Err(reason) => {
                self.number += 1;
                Err(reason)
            }
        };
        self.is_done = item.as_ref().is_err_and(|reason| *reason != Reason::TooLarge);
        let fetched = self.fetched.take().unwrap_or_else(|| Box::new(self.said()));
        let mut record = self.origin.member(self.number, Format::Item, item);
        record.fetched = Some(fetched.clone());
        self.fetched = Some(fetched);
        Some(record)
    }
}

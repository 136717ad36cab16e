//! Web archives: WARC (`response`, `resource`) and WET (`conversion`) records.
//!
//! One record an article, numbered as it stands in the file. Passed over: requests, metadata,
//! redirects and errors of servers, pictures and whatever else is no page or text. A record that is
//! too large is read past; after bytes that are no record the next `WARC/` line is looked for.

use std::io::{BufRead, Read};

use crate::{
    base::reject::Reason,
    ingest::{
        http::{self, Head},
        record::{Fetched, Format, Limits, Origin, RawRecord},
    },
};

/// Records of one web archive.
pub(crate) struct Warc<R> {
    reader: R,
    origin: Origin,
    limit: u64,
    number: u64,
    is_done: bool,
}

/// Bytes of a line of headers; a longer one is cut.
const LONGEST_LINE: u64 = 64 << 10;
/// Lines of headers of one record.
const MOST_LINES: usize = 256;

impl<R: BufRead> Warc<R> {
    /// Reads `reader` record by record.
    pub(crate) fn new(reader: R, origin: Origin, limits: Limits) -> Self {
        let limit = limits.max_article_bytes as u64;
        Self { reader, origin, limit, number: 0, is_done: false }
    }

    /// Reads the next record; `None` if it holds no article.
    fn record(&mut self) -> Result<Option<RawRecord>, Reason> {
        let head = self.head()?;
        let length = head.get("content-length").and_then(|text| text.parse::<u64>().ok());
        let length = length.ok_or(Reason::Broken)?;
        let Some(kind) = Holds::of(&head) else {
            self.skip(length)?;
            return Ok(None);
        };
        // Headers of a response and the packing of its body come on top of the article's size.
        if length > self.limit.saturating_add(LONGEST_LINE) {
            self.skip(length)?;
            return Ok(Some(self.made(Format::Html, Err(Reason::TooLarge), &head)));
        }
        let mut block = Vec::new();
        let read = (&mut self.reader).take(length).read_to_end(&mut block);
        if read.map_err(|error| self.origin.reason(&error))? as u64 != length {
            return Err(Reason::Truncated);
        }
        let url = head.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let Some((format, body, charset)) = kind.body(block, self.limit) else { return Ok(None) };
        let mut record = self.made(format, body, &head);
        record.fetched = Some(Box::new(Fetched { url, charset, lang: None }));
        Ok(Some(record))
    }

    fn made(&self, format: Format, body: Result<Vec<u8>, Reason>, head: &Head) -> RawRecord {
        let mut record = self.origin.member(self.number, format, body);
        if let Some(url) = head.get("warc-target-uri") {
            let url = Some(url.trim_matches(['<', '>']).to_owned());
            record.fetched = Some(Box::new(Fetched { url, ..Fetched::default() }));
        }
        record
    }

    /// Reads to the next `WARC/` line and the headers below it.
    fn head(&mut self) -> Result<Head, Reason> {
        let mut line = Vec::new();
        let mut is_broken = false;
        loop {
            line.clear();
            if self.line(&mut line)? == 0 {
                self.is_done = true;
                return if is_broken { Err(Reason::Broken) } else { Ok(Head::default()) };
            }
            if line.starts_with(b"WARC/") {
                break;
            }
            is_broken |= !line.trim_ascii().is_empty();
        }
        self.number += 1;
        let mut head = Head::default();
        for _ in 0..MOST_LINES {
            line.clear();
            if self.line(&mut line)? == 0 {
                return Err(Reason::Truncated);
            }
            if line.trim_ascii().is_empty() {
                return Ok(head);
            }
            head.add(&line);
        }
        Err(Reason::Broken)
    }

    fn line(&mut self, line: &mut Vec<u8>) -> Result<usize, Reason> {
        let read = (&mut self.reader).take(LONGEST_LINE).read_until(b'\n', line);
        read.map_err(|error| self.origin.reason(&error))
    }

    fn skip(&mut self, length: u64) -> Result<(), Reason> {
        let skipped = std::io::copy(&mut (&mut self.reader).take(length), &mut std::io::sink());
        match skipped {
            Err(error) => Err(self.origin.reason(&error)),
            Ok(skipped) if skipped < length => Err(Reason::Truncated),
            Ok(_) => Ok(()),
        }
    }
}

impl<R: BufRead> Iterator for Warc<R> {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        while !self.is_done {
            match self.record() {
                Ok(Some(record)) => return Some(record),
                Ok(None) => {}
                // The end of the file looks like a record without headers.
                Err(Reason::Broken) if self.is_done && self.number > 0 => return None,
                Err(reason) => {
                    self.is_done |= reason != Reason::Broken;
                    let number = self.number.max(1);
                    return Some(self.origin.member(number, Format::Html, Err(reason)));
                }
            }
        }
        None
    }
}

/// How to read an article, its bytes, and the charset that the server declares.
type Article = (Format, Result<Vec<u8>, Reason>, Option<String>);

/// What the block of a record is.
#[derive(Clone, Copy)]
enum Holds {
    /// An answer of a server, headers first.
    Response,
    /// A page or text as it is.
    Body(Format),
}

impl Holds {
    fn of(head: &Head) -> Option<Self> {
        let kind = head.get("content-type").unwrap_or_default();
        match head.get("warc-type")?.to_ascii_lowercase().as_str() {
            "response" if kind.is_empty() || kind.contains("http") => Some(Self::Response),
            "conversion" => Some(Self::Body(Format::Text)),
            "resource" => http::format(kind).map(Self::Body),
            _ => None,
        }
    }

    /// Returns the body, its format and declared charset; `None` if it is no article.
    fn body(self, block: Vec<u8>, limit: u64) -> Option<Article> {
        match self {
            Self::Body(format) => Some((format, Ok(block), None)),
            Self::Response => {
                let response = http::response(&block)?;
                Some((response.format, response.body(limit), response.charset))
            }
        }
    }
}

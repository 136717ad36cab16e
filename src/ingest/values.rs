//! JSON files: one object, an array of objects, or objects one after the other.
//!
//! The file is never held: a scan for brackets and strings finds where each value ends, and the
//! value's bytes are handed on unread. A value beyond the limit is scanned past without being held.

use std::io::BufRead;

use crate::{
    base::reject::Reason,
    ingest::record::{Format, Limits, Origin, RawRecord},
};

/// Records of one JSON file.
pub(crate) struct Values<R> {
    reader: R,
    origin: Origin,
    limit: usize,
    number: u64,
    is_array: Option<bool>,
    is_done: bool,
}

/// Where in a value the scan stands.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about the bytes so far")]
struct Scan {
    bytes: Vec<u8>,
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    is_begun: bool,
    is_too_large: bool,
}

/// What one stretch of buffered bytes led to.
enum Step {
    /// The value goes on.
    More,
    /// The value is complete.
    Complete,
    /// The array is closed, with whatever stood before the bracket.
    Closed,
}

impl<R: BufRead> Values<R> {
    /// Reads `reader` value by value.
    pub(crate) fn new(reader: R, origin: Origin, limits: Limits) -> Self {
        let limit = limits.max_article_bytes;
        Self { reader, origin, limit, number: 0, is_array: None, is_done: false }
    }

    /// Reads to the end of the next value; `None` at the end of the file.
    fn value(&mut self) -> Option<Result<Vec<u8>, Reason>> {
        let mut scan = Scan::default();
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(self.origin.reason(&error)));
                }
            };
            if buffer.is_empty() {
                return self.end(scan);
            }
            let (used, step) = scan.advance(buffer, &mut self.is_array, self.limit);
            self.reader.consume(used);
            match step {
                Step::More => {}
                Step::Complete => return scan.finish(),
                Step::Closed => {
                    self.is_done = true;
                    return scan.finish();
                }
            }
        }
    }

    /// The file ends: what was begun is handed on, an array left open is reported.
    fn end(&mut self, scan: Scan) -> Option<Result<Vec<u8>, Reason>> {
        self.is_done = true;
        match (scan.finish(), self.is_array) {
            (Some(value), _) => Some(value),
            (None, Some(true)) => Some(Err(Reason::Truncated)),
            (None, _) => None,
        }
    }
}

impl<R: BufRead> Iterator for Values<R> {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        while !self.is_done {
            let Some(value) = self.value() else { continue };
            self.number += 1;
            // One object is the file itself; everything else is record n of a container.
            let is_file = self.number == 1 && self.is_array != Some(true);
            return Some(if is_file {
                self.origin.whole(Format::Json, value)
            } else {
                self.origin.numbered(self.number, value)
            });
        }
        None
    }
}

impl Scan {
    /// Takes bytes of `buffer` up to the end of the value and says how many.
    fn advance(
        &mut self,
        buffer: &[u8],
        is_array: &mut Option<bool>,
        limit: usize,
    ) -> (usize, Step) {
        let mut kept = 0;
        let mut next = 0;
        while let Some(&byte) = buffer.get(next) {
            if self.in_string {
                next += self.skip_string(buffer.get(next..).unwrap_or_default());
                continue;
            }
            let at = next;
            next += 1;
            match byte {
                b'"' => {
                    self.in_string = true;
                    self.is_begun = true;
                }
                b'[' if is_array.is_none() && !self.is_begun => {
                    *is_array = Some(true);
                    kept = at + 1;
                }
                b'{' | b'[' => {
                    self.depth += 1;
                    self.is_begun = true;
                }
                b']' if self.depth == 0 => {
                    self.keep(buffer.get(kept..at), limit);
                    return (at + 1, Step::Closed);
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        is_array.get_or_insert(false);
                        self.keep(buffer.get(kept..=at), limit);
                        return (at + 1, Step::Complete);
                    }
                }
                b',' if self.depth == 0 => {
                    self.keep(buffer.get(kept..at), limit);
                    if self.is_begun {
                        return (at + 1, Step::Complete);
                    }
                    self.bytes.clear();
                    kept = at + 1;
                }
                // A mark of byte order is no value.
                b' ' | b'\t' | b'\n' | b'\r' | 0xEF | 0xBB | 0xBF => {}
                _ => self.is_begun = true,
            }
        }
        self.keep(buffer.get(kept..), limit);
        (buffer.len(), Step::More)
    }

    /// Passes over a string, to its end or that of the bytes, and says how far.
    fn skip_string(&mut self, bytes: &[u8]) -> usize {
        if self.is_escaped {
            self.is_escaped = false;
            return 1;
        }
        let Some(at) = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
            return bytes.len();
        };
        self.is_escaped = bytes.get(at) == Some(&b'\\');
        self.in_string = self.is_escaped;
        at + 1
    }

    /// Holds `bytes` unless the value has grown beyond the limit.
    fn keep(&mut self, bytes: Option<&[u8]>, limit: usize) {
        let bytes = bytes.unwrap_or_default();
        if self.is_too_large || self.bytes.len() + bytes.len() > limit {
            self.is_too_large = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Returns the value's bytes, `None` if there is nothing but space.
    fn finish(self) -> Option<Result<Vec<u8>, Reason>> {
        if !self.is_begun {
            None
        } else if self.is_too_large {
            Some(Err(Reason::TooLarge))
        } else {
            Some(Ok(self.bytes))
        }
    }
}

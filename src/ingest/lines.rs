//! JSON Lines: one article a line.
//!
//! Blank lines are passed over but keep their number, so that `#n` is the number of the line. A line
//! beyond the limit is read past without being held.

use std::io::{self, BufRead, Read};

use crate::{
    base::reject::Reason,
    ingest::record::{Limits, Origin, RawRecord},
};

/// Records of one JSON Lines file.
pub(crate) struct Lines<R> {
    reader: R,
    origin: Origin,
    limit: usize,
    number: u64,
    usual: usize,
    is_done: bool,
}

impl<R: BufRead> Lines<R> {
    /// Reads `reader` line by line.
    pub(crate) fn new(reader: R, origin: Origin, limits: Limits) -> Self {
        let limit = limits.max_article_bytes;
        Self { reader, origin, limit, number: 0, usual: 4096, is_done: false }
    }

    /// Reads one line; `None` at the end.
    fn line(&mut self) -> Option<Result<Vec<u8>, Reason>> {
        let mut line = Vec::with_capacity(self.usual);
        let most = self.limit as u64 + 2;
        let read = (&mut self.reader).take(most).read_until(b'\n', &mut line);
        match read {
            Ok(0) => None,
            Err(error) => Some(self.fail(&error)),
            Ok(_) if line.last() != Some(&b'\n') && line.len() as u64 == most => {
                match self.reader.skip_until(b'\n') {
                    Ok(_) => Some(Err(Reason::TooLarge)),
                    Err(error) => Some(self.fail(&error)),
                }
            }
            Ok(length) => {
                self.usual = (self.usual * 7 + length) / 8 + 64;
                Some(Ok(line))
            }
        }
    }

    /// Nothing can be read past an error of the stream.
    fn fail(&mut self, error: &io::Error) -> Result<Vec<u8>, Reason> {
        self.is_done = true;
        Err(self.origin.reason(error))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        while !self.is_done {
            let line = self.line()?;
            self.number += 1;
            let is_blank = line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty());
            if !is_blank {
                return Some(self.origin.numbered(self.number, line));
            }
        }
        None
    }
}

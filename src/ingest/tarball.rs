//! Tar archives: every member that a reader knows, in the order of the archive.
//!
//! Nothing is ever unpacked to disk, so names and links lead nowhere. Passed over: folders, links,
//! devices, and the names that a walk through folders passes over. The archive is a stream and may
//! be compressed; its members may be too.

use std::{
    io::{self, BufReader, Read},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use tar::Header;

use crate::{
    base::reject::Reason,
    ingest::{
        kind::Kind,
        layers::Stream,
        open::{Records, Settings, member},
        record::{Format, Origin, RawRecord},
        walk,
    },
};

const BLOCK: usize = 512;
/// Longest name of a member.
const LONGEST_NAME: u64 = 64 << 10;
const BUFFER: usize = 64 << 10;

/// Records of one tar archive.
pub(crate) struct Tarball {
    archive: Arc<Mutex<Archive>>,
    current: Option<Records>,
    origin: Origin,
    settings: Settings,
    is_done: bool,
}

/// The stream, and what of the member at hand is still unread.
struct Archive {
    stream: Stream,
    left: u64,
    padding: u64,
}

impl Archive {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = (&mut self.stream).take(self.left).read(buffer)?;
        if length == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= length as u64;
        Ok(length)
    }

    /// Reads to the next header; `None` at the end of the archive.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let rest = self.left + self.padding;
        if io::copy(&mut (&mut self.stream).take(rest), &mut io::sink())? < rest {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (self.left, self.padding) = (0, 0);
        let mut header = Header::new_old();
        let mut bytes = Vec::with_capacity(BLOCK);
        (&mut self.stream).take(BLOCK as u64).read_to_end(&mut bytes)?;
        if bytes.is_empty() || bytes.len() == BLOCK && bytes.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        if bytes.len() < BLOCK {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        header.as_mut_bytes().copy_from_slice(&bytes);
        // The sum of all bytes, with its own field as spaces.
        let sum = |range: std::ops::Range<usize>| {
            bytes.get(range).unwrap_or_default().iter().map(|byte| u32::from(*byte)).sum::<u32>()
        };
        if header.cksum()? != sum(0..148) + sum(156..BLOCK) + 8 * 32 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.left = header.entry_size()?;
        self.padding = (BLOCK as u64 - self.left % BLOCK as u64) % BLOCK as u64;
        Ok(Some(header))
    }

    /// Reads the member at hand whole, if it is as short as a name.
    fn name(&mut self) -> io::Result<Vec<u8>> {
        if self.left > LONGEST_NAME {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::new();
        let read = (&mut self.stream).take(self.left).read_to_end(&mut bytes)?;
        self.left -= read as u64;
        Ok(bytes)
    }
}

/// The member at hand, as a stream of its own.
struct Member(Arc<Mutex<Archive>>);

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)
    }
}

impl Tarball {
    /// Reads `stream` member by member.
    pub(crate) fn new(stream: Stream, origin: Origin, settings: Settings) -> Self {
        let archive = Archive { stream, left: 0, padding: 0 };
        let archive = Arc::new(Mutex::new(archive));
        Self { archive, current: None, origin, settings, is_done: false }
    }

    /// Finds the next member that may hold articles; `None` at the end.
    fn advance(&mut self) -> io::Result<Option<Records>> {
        let mut long_name: Option<Vec<u8>> = None;
        loop {
            let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(header) = archive.header()? else { return Ok(None) };
            let kind = header.entry_type();
            if kind.is_gnu_longname() {
                let mut name = archive.name()?;
                name.truncate(name.iter().position(|byte| *byte == 0).unwrap_or(name.len()));
                long_name = Some(name);
            } else if kind.is_pax_local_extensions() {
                long_name = path_of(&archive.name()?).or(long_name);
            } else if kind.is_file() || kind.is_contiguous() {
                let name = long_name.take().unwrap_or_else(|| header.path_bytes().into_owned());
                drop(archive);
                if let Some(name) = walk::inner_name(&String::from_utf8_lossy(&name)) {
                    return Ok(Some(self.member(&name)));
                }
            } else {
                long_name = None;
            }
        }
    }

    fn member(&self, name: &str) -> Records {
        let stream = BufReader::with_capacity(BUFFER, Member(Arc::clone(&self.archive)));
        let origin = Origin { name: format!("{}!{name}", self.origin.name), ..self.origin.clone() };
        member(Box::new(stream), Kind::of(Path::new(name)), origin, &self.settings)
    }
}

/// Finds the path in an extended header: lines `length key=value`.
fn path_of(header: &[u8]) -> Option<Vec<u8>> {
    let at = header.windows(6).position(|window| window == b" path=")?;
    let rest = header.get(at + 6..)?;
    Some(rest.split(|byte| *byte == b'\n').next()?.to_vec())
}

impl Iterator for Tarball {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        while !self.is_done {
            if let Some(record) = self.current.as_mut().and_then(Iterator::next) {
                return Some(record);
            }
            self.current = None;
            match self.advance() {
                Ok(found) => {
                    self.is_done = found.is_none();
                    self.current = found;
                }
                Err(error) => {
                    self.is_done = true;
                    let reason = match self.origin.reason(&error) {
                        Reason::Unreadable => Reason::Truncated,
                        reason => reason,
                    };
                    return Some(self.origin.whole(Format::Text, Err(reason)));
                }
            }
        }
        None
    }
}

//! Zip archives: every member that a reader knows, in the order of their names.
//!
//! The directory is read by a crate; contents are read straight from the file, one stream a member.
//! Nothing is unpacked to disk. Passed over: folders, links, and the names that a walk through
//! folders passes over. Refused, each with its reason: encrypted members, rare methods, archives in
//! the archive, and members from where on an archive unpacks to more than any text does.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::{
    base::reject::Reason,
    ingest::{
        kind::Kind,
        layers::{self, BUFFER, Bomb, Stream},
        open::{Records, Settings, member},
        record::{Format, Origin, RawRecord},
        walk,
    },
};

/// Decompressed bytes for each compressed one that deflate can make; more is a lie.
const MOST_GROWTH: u64 = 1040;

/// Records of one zip archive.
pub(crate) struct Zipped {
    path: PathBuf,
    archive: ZipArchive<BufReader<File>>,
    /// Names and places in the directory, last first.
    members: Vec<(String, usize)>,
    /// Bytes of the archive, and of what was unpacked of it. Members may share their bytes.
    size: u64,
    unpacked: u64,
    current: Option<Records>,
    origin: Origin,
    settings: Settings,
}

impl Zipped {
    /// Opens the archive at `path`.
    pub(crate) fn open(path: &Path, origin: Origin, settings: &Settings) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let archive = ZipArchive::new(BufReader::new(file)).map_err(io::Error::other)?;
        let mut members: Vec<(String, usize)> = (0..archive.len())
            .filter_map(|index| {
                let name = archive.name_for_index(index)?.ok()?;
                Some((walk::inner_name(&name)?, index)).filter(|_| !name.ends_with('/'))
            })
            .collect();
        members.sort();
        members.reverse();
        let (path, settings) = (path.to_owned(), settings.clone());
        Ok(Self { path, archive, members, size, unpacked: 0, current: None, origin, settings })
    }

    /// Opens the stream of a member; `None` if it is a link.
    fn stream(&mut self, index: usize) -> io::Result<Option<Stream>> {
        let entry = self.archive.by_index_raw(index).map_err(io::Error::other)?;
        if entry.is_symlink() {
            return Ok(None);
        }
        let packed = entry.compressed_size();
        let start = entry.data_start().ok_or(io::ErrorKind::InvalidData)?;
        if entry.encrypted() || entry.size() / MOST_GROWTH > packed {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let (method, size) = (entry.compression(), entry.size());
        drop(entry);
        self.unpacked += size;
        if layers::is_bomb(self.unpacked, self.size) {
            return Err(io::Error::other(Bomb));
        }
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(start))?;
        let bytes = BufReader::with_capacity(BUFFER, file.take(packed));
        self.settings.read.fetch_add(packed, Ordering::Relaxed);
        match method {
            CompressionMethod::Stored => Ok(Some(Box::new(bytes))),
            CompressionMethod::Deflated => {
                let whole = DeflateDecoder::new(bytes).take(size);
                Ok(Some(Box::new(BufReader::with_capacity(BUFFER, whole))))
            }
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

impl Iterator for Zipped {
    type Item = RawRecord;

    fn next(&mut self) -> Option<RawRecord> {
        loop {
            if let Some(record) = self.current.as_mut().and_then(Iterator::next) {
                return Some(record);
            }
            self.current = None;
            let (name, index) = self.members.pop()?;
            let origin = Origin {
                name: format!("{}!{name}", self.origin.name),
                is_compressed: true,
                ..self.origin.clone()
            };
            match self.stream(index) {
                Ok(None) => {}
                Ok(Some(stream)) => {
                    let named = Kind::of(Path::new(&name));
                    self.current = Some(member(stream, named, origin, &self.settings));
                }
                Err(error) => {
                    let reason = match error.kind() {
                        io::ErrorKind::Unsupported => Reason::Unsupported,
                        _ => origin.reason(&error),
                    };
                    return Some(origin.whole(Format::Text, Err(reason)));
                }
            }
        }
    }
}

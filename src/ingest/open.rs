//! Opens one input: decompresses it where its first bytes say so and picks the reader.
//!
//! A new format is a file with an iterator of [`RawRecord`] and one arm here.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::bufread::MultiGzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use crate::ingest::{
    lines::Lines,
    record::{Format, Limits, Origin, RawRecord},
    values::Values,
    walk::Input,
    whole::whole,
};

/// Records of one file, in order; ends after the first error that nothing can be read past.
pub(crate) type Records = Box<dyn Iterator<Item = RawRecord> + Send>;

const BUFFER: usize = 256 << 10;

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
}

impl Kind {
    /// Returns the kind that the name of a file says, compressed or not.
    pub fn of(path: &Path) -> Option<Self> {
        let extension =
            |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let mut last = extension(path)?;
        if matches!(last.as_str(), "gz" | "zst") {
            last = extension(Path::new(path.file_stem()?))?;
        }
        match last.as_str() {
            "txt" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::Values),
            "jsonl" | "ndjson" => Some(Self::Lines),
            _ => None,
        }
    }

    /// Guesses the kind of a file that was named on the command line without a telling extension.
    fn guess(start: &[u8]) -> Self {
        match start.trim_ascii_start() {
            [b'{', ..] => Self::Lines,
            [b'[', ..] => Self::Values,
            [b'<', ..] => Self::Html,
            _ => Self::Text,
        }
    }
}

/// Opens one input.
pub(crate) fn open(input: &Input, read: &Arc<AtomicU64>, limits: Limits) -> io::Result<Records> {
    let is_stdin = input.path.as_os_str() == "-";
    let inner: Box<dyn Read + Send> =
        if is_stdin { Box::new(io::stdin()) } else { Box::new(File::open(&input.path)?) };
    let counted = Counted { inner, read: Arc::clone(read) };
    let mut plain = BufReader::with_capacity(BUFFER, counted);
    let magic = start(&mut plain, 4)?;
    let is_gzip = magic.starts_with(&[0x1F, 0x8B]);
    let is_zstd = magic == [0x28, 0xB5, 0x2F, 0xFD];
    let origin = Origin {
        name: input.path.to_string_lossy().into_owned(),
        read: Arc::clone(read),
        is_compressed: is_gzip || is_zstd,
    };
    let plain = Cursor::new(magic).chain(plain);
    let mut reader: Box<dyn BufRead + Send> = if is_gzip {
        Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(plain)))
    } else if is_zstd {
        Box::new(BufReader::with_capacity(BUFFER, ZstdDecoder::with_buffer(plain)?))
    } else {
        Box::new(plain)
    };
    let kind = if let Some(kind) = input.kind {
        kind
    } else {
        let seen = start(&mut reader, 64).unwrap_or_default();
        let kind = Kind::guess(&seen);
        reader = Box::new(Cursor::new(seen).chain(reader));
        kind
    };
    Ok(records(kind, reader, origin, limits))
}

fn records(kind: Kind, reader: Box<dyn BufRead + Send>, origin: Origin, limits: Limits) -> Records {
    match kind {
        Kind::Lines => Box::new(Lines::new(reader, origin, limits)),
        Kind::Values => Box::new(Values::new(reader, origin, limits)),
        Kind::Html => Box::new(std::iter::once(whole(reader, Format::Html, &origin, limits))),
        Kind::Text => Box::new(std::iter::once(whole(reader, Format::Text, &origin, limits))),
    }
}

/// Takes the first bytes of a reader, fewer at its end.
fn start<R: Read>(reader: &mut R, count: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Counts the bytes that come from disk.
struct Counted {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

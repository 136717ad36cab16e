//! Compression undone, layer by layer, as the first bytes say.
//!
//! Refused: what expands beyond [`MOST_GROWTH`] once it is large (a bomb), and more than
//! [`DEEPEST`] layers. Both end the stream with an error, which costs the record at hand.

use std::{
    io::{self, BufRead, BufReader, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use zstd::stream::read::Decoder as ZstdDecoder;

/// A stream of bytes that may be handed to another thread.
pub(crate) type Stream = Box<dyn BufRead + Send>;

/// Bytes that are read at once.
pub(crate) const BUFFER: usize = 256 << 10;

/// Layers of compression that are undone.
const DEEPEST: usize = 3;
/// Decompressed bytes for each compressed one beyond which a stream is a bomb. Text reaches 20,
/// the same page over and over 200.
const MOST_GROWTH: u64 = 400;
/// Decompressed bytes up to which growth does not matter.
const SMALL: u64 = 64 << 20;
/// Memory that an xz stream may ask for, in KiB.
const XZ_MEMORY: u32 = 256 << 10;

/// A stream without its compression.
pub(crate) struct Plain {
    /// The bytes.
    pub(crate) stream: Stream,
    /// Its first bytes, which `stream` yields too.
    pub(crate) start: Vec<u8>,
    /// Whether a decompressor stands between, so that an error means a broken stream.
    pub(crate) is_compressed: bool,
}

/// Undoes the compression of a stream and looks at the first `count` bytes behind it.
pub(crate) fn plain(mut stream: Stream, count: usize) -> io::Result<Plain> {
    let mut is_compressed = false;
    for _ in 0..=DEEPEST {
        // A stream that breaks within its first bytes is told when it is read.
        let (start, rest) = start(stream, count);
        let Some(packing) = Packing::of(&start) else {
            return Ok(Plain { stream: rest, start, is_compressed });
        };
        stream = packing.undo(rest)?;
        is_compressed = true;
    }
    Err(io::Error::other("too many layers of compression"))
}

/// Takes the first bytes of a stream, fewer at its end, and puts them back.
fn start(mut stream: Stream, count: usize) -> (Vec<u8>, Stream) {
    let mut bytes = Vec::new();
    let read = (&mut stream).take(count as u64).read_to_end(&mut bytes);
    let again = Cursor::new(bytes.clone());
    let stream: Stream = match read {
        Ok(_) => Box::new(again.chain(stream)),
        Err(error) => Box::new(again.chain(BufReader::new(Broken(Some(error))))),
    };
    (bytes, stream)
}

/// Yields an error once and nothing after it.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// A way to compress.
#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Packing {
    fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, ..] => Some(Self::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }

    fn undo(self, stream: Stream) -> io::Result<Stream> {
        let (counted, eaten) = Eaten::new(stream);
        let inner: Box<dyn Read + Send> = match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(counted)),
            Self::Zstd => Box::new(ZstdDecoder::with_buffer(counted)?),
            Self::Bzip2 => Box::new(MultiBzDecoder::new(counted)),
            Self::Xz => Box::new(XzReader::new_mem_limit(counted, true, XZ_MEMORY)),
        };
        let bounded = Bounded { inner, eaten, out: 0 };
        Ok(Box::new(BufReader::with_capacity(BUFFER, bounded)))
    }
}

/// Returns whether so many bytes out of so many compressed ones are no text.
pub(crate) fn is_bomb(out: u64, eaten: u64) -> bool {
    out > SMALL && out / MOST_GROWTH > eaten
}

/// Counts the compressed bytes that a decompressor takes.
struct Eaten {
    inner: Stream,
    count: Arc<AtomicU64>,
}

impl Eaten {
    fn new(inner: Stream) -> (Self, Arc<AtomicU64>) {
        let count = Arc::default();
        (Self { inner, count: Arc::clone(&count) }, count)
    }

    fn add(&self, bytes: usize) {
        self.count.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl Read for Eaten {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.add(length);
        Ok(length)
    }
}

impl BufRead for Eaten {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.add(amount);
        self.inner.consume(amount);
    }
}

/// Ends a stream that grows too much.
struct Bounded {
    inner: Box<dyn Read + Send>,
    eaten: Arc<AtomicU64>,
    out: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.out += length as u64;
        let eaten = self.eaten.load(Ordering::Relaxed);
        if is_bomb(self.out, eaten) {
            return Err(io::Error::other(Bomb));
        }
        Ok(length)
    }
}

/// What a bomb says when it is read.
#[derive(Debug, thiserror::Error)]
#[error("expands more than any text does")]
pub(crate) struct Bomb;

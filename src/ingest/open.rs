//! Opens one input: undoes its compression, tells its format and picks the reader.
//!
//! A new format is a [`Kind`], a file with an iterator of [`RawRecord`] and one arm here.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    iter::once,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{
    base::reject::Reason,
    ingest::{
        feed::Feed,
        fields::Fields,
        kind::{Kind, SNIFFED},
        layers::{BUFFER, Plain, Stream, plain},
        lines::Lines,
        parquet::Parquet,
        record::{Format, Limits, Origin, RawRecord},
        rows::Rows,
        tarball::Tarball,
        values::Values,
        walk::Input,
        warc::Warc,
        whole::whole,
        zipped::Zipped,
    },
};

/// Records of one file, in order; ends after the first error that nothing can be read past.
pub(crate) type Records = Box<dyn Iterator<Item = RawRecord> + Send>;

/// What every input is read with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Bounds of an article.
    pub(crate) limits: Limits,
    /// Format that the user knows better.
    pub(crate) format: Option<Kind>,
    /// Fields that the user names, which columns are picked by.
    pub(crate) fields: Fields,
    /// Bytes read from disk so far, over all inputs.
    pub(crate) read: Arc<AtomicU64>,
}

/// Opens one input.
pub(crate) fn open(input: &Input, settings: &Settings) -> io::Result<Records> {
    let is_stdin = input.path.as_os_str() == "-";
    let inner: Box<dyn Read + Send> =
        if is_stdin { Box::new(io::stdin()) } else { Box::new(File::open(&input.path)?) };
    let counted = Counted { inner, read: Arc::clone(&settings.read) };
    let stream = Box::new(BufReader::with_capacity(BUFFER, counted));
    let plain = plain(stream, SNIFFED)?;
    let origin = Origin {
        name: input.path.to_string_lossy().into_owned(),
        read: Arc::clone(&settings.read),
        is_compressed: plain.is_compressed,
    };
    let kind = settings.format.or_else(|| Kind::settled(input.kind, &plain.start));
    let kind = kind.unwrap_or_else(|| Kind::guess(&plain.start));
    let is_file = !is_stdin && !plain.is_compressed;
    // These two are read from their end, which only a file has.
    match kind {
        Kind::Zip if is_file => Ok(Box::new(Zipped::open(&input.path, origin, settings)?)),
        Kind::Parquet if is_file => {
            Ok(Box::new(Parquet::open(File::open(&input.path)?, origin, settings)?))
        }
        Kind::Parquet => Ok(spooled(plain.stream, &origin, settings)),
        Kind::Zip => Ok(Box::new(once(origin.whole(Format::Text, Err(Reason::Unsupported))))),
        Kind::Tar => Ok(Box::new(Tarball::new(plain.stream, origin, settings.clone()))),
        kind => Ok(records(kind, plain.stream, origin, settings)),
    }
}

/// Reads a member of an archive: decompressed like a file, but no archive itself.
pub(crate) fn member(
    stream: Stream,
    named: Option<Kind>,
    origin: Origin,
    settings: &Settings,
) -> Records {
    let unreadable = |origin: &Origin, reason| once(origin.whole(Format::Text, Err(reason)));
    let Ok(Plain { stream, start, is_compressed }) = plain(stream, SNIFFED) else {
        return Box::new(unreadable(&origin, Reason::Unsupported));
    };
    let origin = Origin { is_compressed: origin.is_compressed || is_compressed, ..origin };
    match settings.format.filter(|kind| !kind.is_archive()).or(Kind::settled(named, &start)) {
        Some(Kind::Tar | Kind::Zip) => Box::new(unreadable(&origin, Reason::Unsupported)),
        Some(Kind::Parquet) => spooled(stream, &origin, settings),
        Some(kind) => records(kind, stream, origin, settings),
        // A picture or program next to the articles.
        None => Box::new(std::iter::empty()),
    }
}

/// Reads Parquet that is packed or in an archive: from a file without a name, which goes with it.
fn spooled(mut stream: Stream, origin: &Origin, settings: &Settings) -> Records {
    let mut spool = || {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut stream, &mut file)?;
        Ok(file)
    };
    let opened = spool().and_then(|file| Parquet::open(file, origin.clone(), settings));
    match opened {
        Ok(records) => Box::new(records),
        Err(error) => Box::new(once(origin.whole(Format::Text, Err(origin.reason(&error))))),
    }
}

fn records(kind: Kind, stream: Stream, origin: Origin, settings: &Settings) -> Records {
    let limits = settings.limits;
    let single = |stream, format| whole(stream, format, &origin, limits);
    match kind {
        Kind::Html => Box::new(once(single(stream, Format::Html))),
        Kind::Mail => Box::new(once(single(stream, Format::Mail))),
        Kind::Lines => Box::new(Lines::new(stream, origin, limits)),
        Kind::Values => Box::new(Values::new(stream, origin, limits)),
        Kind::Warc => Box::new(Warc::new(stream, origin, limits)),
        Kind::Feed => Box::new(Feed::new(stream, origin, limits)),
        Kind::Rows => Box::new(Rows::new(stream, origin, limits)),
        Kind::Text | Kind::Parquet | Kind::Tar | Kind::Zip => {
            Box::new(once(single(stream, Format::Text)))
        }
    }
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

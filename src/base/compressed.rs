//! Texts that are compressed in the program: what is read once takes no memory afterwards.

use std::io::{self, BufRead, BufReader};

/// A text of the source tree, as `scripts/build.rs` compresses it.
#[derive(Clone, Copy, Debug)]
pub struct Compressed(&'static [u8]);

impl Compressed {
    /// Takes compressed bytes.
    pub(crate) const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// Unpacks the text; fails only where the program's file is damaged.
    pub(crate) fn text(self) -> io::Result<String> {
        String::from_utf8(zstd::decode_all(self.0)?)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// Unpacks the text line by line, as far as it is read.
    pub(crate) fn lines(self) -> io::Result<impl Iterator<Item = io::Result<String>>> {
        Ok(BufReader::new(zstd::Decoder::with_buffer(self.0)?).lines())
    }
}

/// Returns the [`Compressed`] text at a path of the source tree; `scripts/build.rs` has to name it, too.
macro_rules! compressed {
    ($path:expr) => {
        $crate::base::compressed::Compressed::new(include_bytes!(concat!(
            env!("OUT_DIR"),
            "/src/",
            $path,
            ".zst"
        )))
    };
}
pub(crate) use compressed;

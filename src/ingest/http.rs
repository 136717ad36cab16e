//! Answers of web servers, as web archives keep them.
//!
//! Taken: status 200 and 203 with a page or a plain text. The packing of the body is undone:
//! chunks, and gzip or deflate where the archive kept them although it should not.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::{base::reject::Reason, ingest::record::Format};

/// Headers by lower-case name; of two the first counts.
#[derive(Debug, Default)]
pub(crate) struct Head {
    lines: Vec<(String, String)>,
}

impl Head {
    /// Adds a line `name: value`; others say nothing.
    pub(crate) fn add(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        if let Some((name, value)) = line.split_once(':') {
            self.lines.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// Returns the value of a header.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.lines.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An answer that holds an article.
pub(crate) struct Response<'b> {
    /// How to read the body.
    pub(crate) format: Format,
    /// Charset that the server declares.
    pub(crate) charset: Option<String>,
    packed: &'b [u8],
    is_chunked: bool,
    packing: String,
}

/// Returns the format of a content type, `None` if it is neither a page nor a text.
pub(crate) fn format(content_type: &str) -> Option<Format> {
    let kind = content_type.split(';').next()?.trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/plain" => Some(Format::Text),
        _ => None,
    }
}

/// Reads an answer: status, headers, where the body begins.
pub(crate) fn response(block: &[u8]) -> Option<Response<'_>> {
    let mut head = Head::default();
    let mut rest = block;
    let mut line = cut(&mut rest)?;
    let status = line.split(|byte| *byte == b' ').nth(1)?;
    if !matches!(status, b"200" | b"203") || !line.starts_with(b"HTTP/") {
        return None;
    }
    loop {
        line = cut(&mut rest)?;
        if line.is_empty() {
            break;
        }
        head.add(line);
    }
    let kind = head.get("content-type").unwrap_or("text/html").to_owned();
    let charset = kind
        .to_ascii_lowercase()
        .split_once("charset=")
        .map(|(_, name)| name.trim_matches(['"', '\'', ' ']).to_owned())
        .and_then(|name| name.split([';', ',', '"', ' ']).next().map(str::to_owned));
    let lower = |name: &str| head.get(name).unwrap_or_default().to_ascii_lowercase();
    Some(Response {
        format: format(&kind)?,
        charset,
        packed: rest,
        is_chunked: lower("transfer-encoding").contains("chunked"),
        packing: lower("content-encoding"),
    })
}

/// Takes a line off, without its end.
fn cut<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let line = rest.get(..end)?;
    *rest = rest.get(end + 1..)?;
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

impl Response<'_> {
    /// Returns the body as the page was written.
    pub(crate) fn body(&self, limit: u64) -> Result<Vec<u8>, Reason> {
        let whole = if self.is_chunked { chunks(self.packed) } else { None };
        // Archives also keep the header of chunks that they have joined.
        let whole = whole.unwrap_or_else(|| self.packed.to_vec());
        let is_gzip = whole.starts_with(&[0x1F, 0x8B]);
        let unpacked = match self.packing.as_str() {
            "gzip" | "x-gzip" if is_gzip => unpack(MultiGzDecoder::new(whole.as_slice()), limit)?,
            "deflate" => unpack(ZlibDecoder::new(whole.as_slice()), limit)
                .or_else(|_| unpack(DeflateDecoder::new(whole.as_slice()), limit))
                .unwrap_or(whole),
            _ => whole,
        };
        if unpacked.len() as u64 > limit { Err(Reason::TooLarge) } else { Ok(unpacked) }
    }
}

fn unpack(reader: impl Read, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    let read = reader.take(limit + 1).read_to_end(&mut bytes);
    // What came before a stream broke is still most of the page.
    if read.is_err() && bytes.is_empty() { Err(Reason::Truncated) } else { Ok(bytes) }
}

/// Joins the chunks of a body; `None` if it is not in chunks.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(rest.len());
    loop {
        let line = cut(&mut rest)?;
        let size = line.split(|byte| *byte == b';').next()?.trim_ascii();
        let size = usize::from_str_radix(std::str::from_utf8(size).ok()?, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let Some(chunk) = rest.get(..size) else {
            whole.extend_from_slice(rest);
            return Some(whole);
        };
        whole.extend_from_slice(chunk);
        rest = rest.get(size..)?;
        cut(&mut rest);
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_charsets_named() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"ISO-8859-1\"\r\n\
            Transfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n3;x=1\r\ncde\r\n0\r\n\r\n";
        let response = response(block).unwrap();
        assert_eq!(response.charset.as_deref(), Some("iso-8859-1"));
        assert_eq!(response.body(100).unwrap(), b"<p>abcde");
        assert_eq!(response.body(3), Err(Reason::TooLarge));
        assert!(super::response(b"HTTP/1.1 404 Not Found\r\n\r\n").is_none());
        assert!(super::response(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n").is_none());
    }
}

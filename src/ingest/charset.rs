//! Bytes to Unicode.
//!
//! In order: a byte order mark, valid UTF-8, UTF-16 without a mark (every other byte is zero), the
//! page's own `<meta charset>`, a guess by letter statistics; Japanese in seven bits is told by its
//! escapes. Refused: bytes that are no text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes a plain text, of which a server or feed may say the charset; `None` if it is no text.
pub(crate) fn text<'b>(bytes: &'b [u8], said: Option<&str>) -> Option<Cow<'b, str>> {
    decode(bytes, said.and_then(label))
}

/// Decodes an HTML page by what the server says of it, else it of itself; `None` if it is no text.
pub(crate) fn page<'b>(bytes: &'b [u8], said: Option<&str>) -> Option<Cow<'b, str>> {
    decode(bytes, said.and_then(label).or_else(|| declared(bytes)))
}

fn label(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.as_bytes())
}

/// Decodes a line of JSON, which should have been UTF-8.
pub(crate) fn line(bytes: &[u8]) -> Cow<'_, str> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{FEFF}')),
        Err(_) => guess(bytes).decode(bytes).0,
    }
}

fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Option<Cow<'b, str>> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode(bytes).0);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Some(encoding.decode(bytes).0);
    }
    if is_binary(bytes) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) if is_escaped_japanese(bytes) => Some(ISO_2022_JP.decode(bytes).0),
        Ok(text) => Some(Cow::Borrowed(text)),
        // Cut off within its last character.
        Err(error) if error.error_len().is_none() && has_long_characters(bytes, &error) => {
            Some(UTF_8.decode(bytes).0)
        }
        Err(_) => Some(declared.unwrap_or_else(|| guess(bytes)).decode(bytes).0),
    }
}

/// Returns whether text that is UTF-8 but for its end is more than ASCII.
fn has_long_characters(bytes: &[u8], error: &std::str::Utf8Error) -> bool {
    bytes.get(..error.valid_up_to()).is_some_and(|valid| !valid.is_ascii())
}

/// Returns whether bytes hold the escapes that switch to Japanese characters.
fn is_escaped_japanese(bytes: &[u8]) -> bool {
    const ESCAPE: u8 = 0x1B;
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    head.contains(&ESCAPE)
        && head.windows(3).any(|window| matches!(window, [ESCAPE, b'$', b'B' | b'@']))
}

/// Returns the charset that statistics make likely, from the first bytes that are not plain ASCII.
fn guess(bytes: &[u8]) -> &'static Encoding {
    const SAMPLE: usize = 64 << 10;
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let until = bytes.len().min(from + SAMPLE);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = bytes.get(from..until).unwrap_or_default();
    detector.feed(sample, until == bytes.len());
    let guessed = detector.guess(None, Utf8Detection::Deny);
    // The two differ in few letters, of which the euro sign stands where nobody writes the other.
    let is_latin_9 = guessed == WINDOWS_1252
        && sample.contains(&0xA4)
        && !sample.iter().any(|byte| (0x80..0xA0).contains(byte));
    if is_latin_9 { ISO_8859_15 } else { guessed }
}

/// Finds `charset=` in the first bytes of a page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 4096;
    let head = bytes.get(..bytes.len().min(SAMPLE))?.to_ascii_lowercase();
    let at = head.windows(8).position(|window| window == b"charset=")?;
    let label: Vec<u8> = head
        .get(at + 8..)?
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))
        .collect();
    Encoding::for_label(&label)
}

/// Recognises Latin text in UTF-16 without a mark: zeros in every other place.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 1024;
    let head = bytes.get(..bytes.len().min(SAMPLE))?;
    let zeros = |parity: usize| {
        head.iter().enumerate().filter(|(at, byte)| at % 2 == parity && **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 5;
    if head.len() < 8 || even.max(odd) <= many {
        None
    } else if odd > 8 * even {
        Some(UTF_16LE)
    } else if even > 8 * odd {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns whether the bytes are a picture, an archive or the like: control codes all over.
fn is_binary(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 8192;
    let head = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    if head.starts_with(b"%PDF-") || head.starts_with(b"PK\x03\x04") || head.starts_with(b"\x89PNG")
    {
        return true;
    }
    let is_control =
        |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B);
    let controls = head.iter().filter(is_control).count();
    controls > 4 && controls * 10 > head.len()
}

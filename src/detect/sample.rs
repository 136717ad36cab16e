//! The part of an article by which its language is told.
//!
//! A whole article is never read: its head and a few pieces of its body tell as much, and an
//! article that quotes another language at length still shows its own. Pieces are cut at spaces
//! where there are any. Letters that come as a base and a combining mark are composed, so that
//! both ways of writing look alike.

use unicode_normalization::UnicodeNormalization;

/// Texts up to this many bytes are taken whole.
const WHOLE: usize = 1000;

/// Where the pieces of a longer text start, as a share of its length in sixteenths, and their bytes.
const PIECES: [(usize, usize); 4] = [(0, 400), (4, 200), (8, 200), (12, 200)];

/// Returns the sample of `text`: at most some 1 kB, its pieces divided by line ends.
pub(super) fn sample(text: &str) -> String {
    let mut sample = String::with_capacity(WHOLE + 8);
    if text.len() <= WHOLE {
        sample.push_str(text);
    } else {
        for (sixteenths, len) in PIECES {
            sample.push_str(piece(text, text.len() / 16 * sixteenths, len));
            sample.push('\n');
        }
    }
    // Combining marks (U+0300 to U+036F) begin with these two bytes in UTF-8.
    if sample.bytes().any(|byte| byte == 0xCC || byte == 0xCD) {
        sample = sample.nfc().collect();
    }
    sample
}

/// Returns about `len` bytes of `text` from `start` on, without the word that is cut at the start.
fn piece(text: &str, start: usize, len: usize) -> &str {
    let end = text.floor_char_boundary(start + len);
    let piece = text.get(text.floor_char_boundary(start)..end).unwrap_or_default();
    if start == 0 {
        return piece;
    }
    // A script without spaces has no word to lose.
    match piece.find(char::is_whitespace) {
        Some(at) if at < 40 => piece.get(at..).unwrap_or_default(),
        _ => piece,
    }
}

//! Byte offsets of a text as code points: what Python and Spark slicing count.

use crate::base::span::Span;

/// Turns byte spans of one text into code points.
pub struct Offsets<'t> {
    text: &'t str,
    ascii: bool,
    /// Code points before each 64th byte.
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    /// Reads `text` once.
    pub fn new(text: &'t str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if !ascii {
            let mut count = 0;
            marks.extend(text.as_bytes().chunks(STEP).map(|block| {
                let before = count;
                count += starts(block);
                before
            }));
        }
        Self { text, ascii, marks }
    }

    /// Returns the code points before byte `at`.
    fn at(&self, at: u32) -> u32 {
        if self.ascii {
            return at;
        }
        let block = at as usize / STEP;
        let Some(&mark) = self.marks.get(block) else {
            return self.text.chars().count() as u32;
        };
        let bytes = self.text.as_bytes().get(block * STEP..at as usize).unwrap_or_default();
        mark + starts(bytes)
    }

    /// Returns `start` and `end` in code points.
    ///
    /// ```
    /// use finewire::{base::span::Span, dataset::offsets::Offsets};
    /// let text = "5 M€ à payer";
    /// assert_eq!(Offsets::new(text).of(Span::new(7, 9)), (5, 6));
    /// ```
    pub fn of(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

/// Counts the characters that start in a block: every byte but a continuation starts one.
fn starts(block: &[u8]) -> u32 {
    // A block has at most as many bytes as a byte can count: the sum is of bytes, many at once.
    u32::from(block.iter().fold(0_u8, |sum, byte| sum + u8::from(byte & 0xC0 != 0x80)))
}

//! A byte range of one text.

/// Half-open byte range `start..end` of an article's clean text, both on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// Returns the words of the span, or the empty string if `text` is not the text it was made for.
    ///
    /// ```
    /// use finewire::base::span::Span;
    /// assert_eq!(Span::new(2, 6).of("5 M€"), "M€");
    /// ```
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Returns whether the two spans share a byte.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns whether `other` lies within this span.
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the smallest span that covers both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the length in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns whether the span holds nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

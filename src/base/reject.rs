//! Why an article has no facts: a closed vocabulary that lands in `articles.reason`.

/// Reason that an article was skipped or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The record is not valid JSON.
    Syntax,
    /// The record is not what its container needs it to be.
    Broken,
    /// A format, packing or archive that no reader knows.
    Unsupported,
    /// The compressed stream expands more than any text does.
    Bomb,
    /// The record has no field that holds a text.
    NoText,
    /// Nothing is left once the text is clean.
    Empty,
    /// The bytes are no text in any known charset.
    NotText,
    /// The compressed stream ends early or is broken.
    Truncated,
    /// The article is larger than the limit.
    TooLarge,
    /// The file could not be read.
    Unreadable,
    /// A bug met in this article.
    Panicked,
}

impl Reason {
    /// Returns the word that the dataset uses.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Syntax => "invalid JSON",
            Self::Broken => "broken record",
            Self::Unsupported => "unsupported format",
            Self::Bomb => "expands too much",
            Self::NoText => "no text field",
            Self::Empty => "empty",
            Self::NotText => "not text",
            Self::Truncated => "truncated or broken stream",
            Self::TooLarge => "too large",
            Self::Unreadable => "unreadable file",
            Self::Panicked => "internal error",
        }
    }

    /// Returns whether nothing was wrong but the article being empty.
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

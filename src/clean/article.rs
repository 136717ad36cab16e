//! What cleaning yields.

use jiff::civil::Date;

/// An article's clean text and what its page or record says about it.
///
/// `text` is NFC, headline first, paragraphs divided by `\n` or blank lines; it never changes
/// afterwards: all spans of later stages are byte ranges of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Clean text, headline first.
    pub text: String,
    /// Bytes of `text` that the headline takes (0 if none is known).
    pub headline_len: usize,
    /// Headline.
    pub title: Option<String>,
    /// Author, from metadata or byline.
    pub author: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Publication time from metadata.
    pub published: Option<Published>,
    /// Declared language, reduced to an ISO 639-1 code (lower case).
    pub declared_lang: Option<String>,
    /// What is wrong with an article that is read all the same: `truncated`, `paywalled` or
    /// `broken characters`.
    pub note: Option<&'static str>,
    /// Code points cut off as reader comments.
    pub comments_chars: u32,
    /// Code points cut off as menus, adverts, calls to subscribe.
    pub boilerplate_chars: u32,
}

/// When an article was published, as precise as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Milliseconds since 1970 in UTC, if a time is known.
    pub at: Option<i64>,
    /// First day it may have been published.
    pub first: Date,
    /// `second`, `minute`, `day`, `month` or `year`.
    pub granularity: &'static str,
    /// `metadata`, `byline`, `text` or `argument`.
    pub from: &'static str,
}

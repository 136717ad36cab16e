//! What a reader hands on: one article as it was scraped.

use crate::base::reject::Reason;

/// One article as it was scraped, before cleaning.
#[derive(Clone, Debug, PartialEq)]
pub struct RawArticle {
    /// Path as given, plus `#n` for record n (from 1) of a container.
    pub source: String,
    /// The `id` that the record itself carries.
    pub record_id: Option<String>,
    /// Address, as scraped.
    pub url: Option<String>,
    /// Headline, as scraped.
    pub title: Option<String>,
    /// Byline, as scraped.
    pub author: Option<String>,
    /// Publication date, as scraped: any of the forms that feeds and pages use.
    pub published: Option<String>,
    /// Language that the record declares (`fr`, `fr-FR`, `fra`, `French`).
    pub lang: Option<String>,
    /// The text or page, or why there is none.
    pub body: Result<Body, Reason>,
    /// Bytes of (decompressed) input that the article cost.
    pub bytes: u64,
}

/// Body of an article as scraped.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Plain text.
    Text(String),
    /// A whole HTML page, already decoded to Unicode.
    Html(String),
}

impl Default for Body {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

//! HTML pages: the article's text by readability, metadata by what pages say of themselves.
//!
//! One pass reads the metadata and writes the page anew without what is no part of any article; where
//! they say nothing of author or day, another looks for what the page shows. A page that is too deep
//! or has too many tags for a tree is read without one.

use dom_smoothie::{Config, Readability, TextMode};

use crate::clean::{
    dated::Dates, lean::Lean, markup::pieces, metadata::Found, signed::Bylines, strip,
};

/// What a page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The article's text, not yet clean.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// When it was published, as written.
    pub published: Option<String>,
    /// Lines that may state when it was published, where nothing else does.
    pub dates: Vec<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Declared language.
    pub lang: Option<String>,
    /// Whether it says to be free for all to read.
    pub is_free: Option<bool>,
    /// Code points that were cut off as reader comments.
    pub comments_chars: u32,
}

/// Text that is an article and not a teaser, in bytes.
const WHOLE: usize = 600;

impl Page {
    /// Makes a page that is nothing but its text.
    pub(super) fn of_text(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Reads one page.
pub fn read(html: &str) -> Page {
    let mut found = Found::default();
    let mut lean = Lean::new(html);
    for piece in pieces(html) {
        let name = piece.name();
        found.see(&piece, name);
        lean.see(&piece, name);
    }
    let metadata = found.settled();
    let comments_chars = lean.comments_chars();
    let text = lean.done().and_then(readable).unwrap_or_else(|| strip::text(html));
    // Pages that fetch their text by script often carry it whole in their metadata.
    let text = match metadata.body {
        Some(body) if body.len() > WHOLE && text.len() * 2 < body.len() => plain(body),
        _ => text,
    };
    Page {
        text,
        title: metadata.title,
        author: metadata.author.or_else(|| byline(html)).or(metadata.creator),
        dates: if metadata.published.is_none() { dates(html) } else { Vec::new() },
        published: metadata.published,
        url: metadata.url,
        lang: metadata.lang,
        is_free: metadata.is_free,
        comments_chars,
    }
}

fn byline(html: &str) -> Option<String> {
    let mut bylines = Bylines::default();
    pieces(html).for_each(|piece| bylines.see(&piece, piece.name()));
    bylines.into_best()
}

fn dates(html: &str) -> Vec<String> {
    let mut dates = Dates::default();
    pieces(html).for_each(|piece| dates.see(&piece, piece.name()));
    dates.into_texts()
}

fn plain(body: String) -> String {
    if body.contains("</") { strip::text(&body) } else { body }
}

/// Finds the article in a page's tree.
fn readable(html: String) -> Option<String> {
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    let text = article.text_content.to_string();
    (!text.trim().is_empty()).then_some(text)
}

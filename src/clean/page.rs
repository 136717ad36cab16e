//! HTML pages: the article's text by readability, metadata by what pages say of themselves.
//!
//! A page that is too deep or has too many tags for a tree is read without one: deep nesting would
//! overflow the stack of a tree builder, and unclosed formatting tags make it quadratic.

use std::borrow::Cow;

use dom_smoothie::{Config, Readability, TextMode};

use crate::clean::{
    markup::{Piece, pieces},
    metadata, strip,
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
    /// Canonical address.
    pub url: Option<String>,
    /// Declared language.
    pub lang: Option<String>,
    /// Whether it says to be free for all to read.
    pub is_free: Option<bool>,
}

/// Deepest nesting that a tree is built for; real pages stay below 60.
const DEEPEST: usize = 200;
/// Most tags that a tree is built for; real pages stay below 20,000.
const MOST_TAGS: usize = 60_000;
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
    let metadata = metadata::read(html);
    let (text, byline) = match lean(html).map(readable) {
        Some(Some((text, byline))) => (text, byline),
        _ => (strip::text(html), None),
    };
    // Pages that fetch their text by script often carry it whole in their metadata.
    let text = match metadata.body {
        Some(body) if body.len() > WHOLE && text.len() * 2 < body.len() => plain(body),
        _ => text,
    };
    Page {
        text,
        title: metadata.title,
        author: metadata.author.or(byline),
        published: metadata.published,
        url: metadata.url,
        lang: metadata.lang,
        is_free: metadata.is_free,
    }
}

fn plain(body: String) -> String {
    if body.contains("</") { strip::text(&body) } else { body }
}

/// Finds the article in a page's tree.
fn readable(html: String) -> Option<(String, Option<String>)> {
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    let text = article.text_content.to_string();
    (!text.trim().is_empty()).then_some((text, article.byline))
}

/// Returns the page without scripts and styles, or `None` if no tree should be built of it.
fn lean(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len() / 2);
    let (mut tags, mut depth) = (0, 0_usize);
    let mut drawing = 0_usize;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if drawing == 0 => out.push_str(text),
            Piece::Open(name, attributes, tag) => {
                tags += 1;
                let is_closed = attributes.ends_with('/') || !nests(name);
                depth += usize::from(!is_closed);
                if name.eq_ignore_ascii_case("svg") {
                    drawing += usize::from(!attributes.ends_with('/'));
                } else if drawing == 0 {
                    out.push_str(&kept(tag));
                }
                if tags > MOST_TAGS || depth > DEEPEST {
                    return None;
                }
            }
            Piece::Close(name, tag) => {
                depth = depth.saturating_sub(usize::from(nests(name)));
                if name.eq_ignore_ascii_case("svg") {
                    drawing = drawing.saturating_sub(1);
                } else if drawing == 0 {
                    out.push_str(tag);
                }
            }
            Piece::Raw(name, _, _, all) if name.eq_ignore_ascii_case("title") => out.push_str(all),
            Piece::Text(_) | Piece::Raw(..) => {}
        }
    }
    Some(out)
}

/// Returns whether an element holds others until it is closed; the rest have no closing tag or may
/// leave it out.
fn nests(name: &str) -> bool {
    const FLAT: [&str; 26] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody",
        "option", "html", "body",
    ];
    !FLAT.iter().any(|flat| name.eq_ignore_ascii_case(flat))
}

/// Returns a tag without the data that some pages stuff into their attributes.
fn kept(tag: &str) -> Cow<'_, str> {
    const LONG: usize = 4096;
    if tag.len() <= LONG {
        return Cow::Borrowed(tag);
    }
    let name = tag.split([' ', '\n', '\t', '>']).next().unwrap_or("<div");
    Cow::Owned(format!("{name}>"))
}

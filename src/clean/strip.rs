//! Text of a page without a tree: for pieces of pages, and for pages that no tree can hold.

use crate::clean::{
    entities,
    markup::{Piece, pieces},
};

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "figure",
    "figcaption",
    "hr",
    "dd",
    "dt",
    "dl",
    "pre",
    "nav",
    "aside",
    "main",
    "form",
];

/// Returns the text of markup, one line a block.
pub(super) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => spaced(&entities::decoded(text), &mut out),
            Piece::Open(name, ..) | Piece::Close(name, _) => {
                if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
                    out.push('\n');
                } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
                    out.push(' ');
                }
            }
            Piece::Raw(..) => {}
        }
    }
    out
}

/// Adds text in which line ends are only spaces.
fn spaced(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
}

//! What the elements of a page are: blocks, those without an end, menus, reader comments.

use crate::clean::markup::{Lower, attribute, attributes};

/// Returns whether a `<meta>` gives the title.
pub(super) fn is_title(attributes: &str) -> bool {
    let name = ["property", "name"].iter().find_map(|key| attribute(attributes, key));
    name.is_some_and(|name| name.to_ascii_lowercase().ends_with("title"))
}

/// Elements that are no part of any article.
pub(super) fn is_dropped(name: Lower) -> bool {
    matches!(name.as_str(), "svg" | "nav" | "select" | "datalist" | "canvas")
}

/// Elements that reader comments stand in.
pub(super) fn may_hold_comments(name: Lower) -> bool {
    matches!(name.as_str(), "div" | "section" | "ol" | "ul" | "li" | "aside" | "form" | "table")
}

/// Parts of the classes and ids of reader comments, and of what looks like one and is none: opinion
/// pieces, and articles that say whether they may be commented.
const COMMENTS: [&str; 14] = [
    "comment",
    "kommentare",
    "komentarze",
    "komentare",
    "komentari",
    "kommentit",
    "kommentek",
    "comentarios",
    "comentários",
    "commenti",
    "reacties",
    "yorumlar",
    "disqus",
    "livefyre",
];
const NO_COMMENTS: [&str; 18] = [
    "commentary",
    "commentator",
    "open",
    "close",
    "abled",
    "able",
    "status",
    "toggle",
    "has-",
    "has_",
    "no-",
    "no_",
    "with",
    "allow",
    "article",
    "content",
    "page",
    "post-",
];

/// Returns whether the attributes of an element say that it holds reader comments.
pub(super) fn holds_comments(written: &str) -> bool {
    // Most attributes have none of the words, and are passed over at once.
    let may = ["omment", "koment", "oment", "isqus", "ivefyre", "eacties", "orumlar"]
        .iter()
        .any(|part| written.contains(part));
    may && attributes(written).any(|attribute| {
        let key = Lower::of(attribute.name);
        let is_name = matches!(key.as_str(), "class" | "id" | "itemprop");
        is_name
            && attribute.value.to_ascii_lowercase().split_ascii_whitespace().any(|word| {
                COMMENTS.iter().any(|part| word.contains(part))
                    && !NO_COMMENTS.iter().any(|part| word.contains(part))
            })
    })
}

/// Returns whether an element holds others until it is closed; the rest have no closing tag or may
/// leave it out.
pub(super) fn nests(name: Lower) -> bool {
    !matches!(
        name.as_str(),
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "option"
            | "html"
            | "body"
    )
}

/// Returns whether an element begins and ends a line.
pub(super) fn is_block(name: Lower) -> bool {
    matches!(
        name.as_str(),
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "thead"
            | "tbody"
            | "tr"
            | "td"
            | "th"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "aside"
            | "main"
            | "nav"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "blockquote"
            | "pre"
            | "hr"
            | "html"
            | "head"
            | "body"
            | "title"
    )
}

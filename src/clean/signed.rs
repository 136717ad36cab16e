//! Who a page shows as the author of its article, where its metadata say nothing.
//!
//! The first element below the headline that is marked as a byline: by `rel`, `itemprop`, or a word
//! of its class or id. Menus and teasers above the headline are marked alike, so that what stands
//! there counts only if nothing stands below it. Refused: what is too long for names, and marks of
//! what stands beside names (pictures, lives, comments, buttons to follow).

use crate::clean::{
    entities,
    markup::{Lower, Piece, attributes},
};

/// Parts of the classes and ids of bylines.
const MARKS: [&str; 7] =
    ["byline", "author", "writtenby", "autor", "auteur", "forfatter", "skribent"];
/// Parts that say that it is none.
const OTHERS: [&str; 16] = [
    "comment",
    "related",
    "bio",
    "follow",
    "avatar",
    "image",
    "img",
    "photo",
    "popular",
    "teaser",
    "recommend",
    "share",
    "social",
    "list",
    "card",
    "date",
];
/// Longest byline, in code points.
const LONGEST: usize = 100;
/// Bytes of markup's text beyond which an element is no byline.
const MOST: usize = 600;

/// Finds bylines while a page is read.
#[derive(Default)]
pub(super) struct Bylines {
    open: Option<Open>,
    is_below_headline: bool,
    above: Option<String>,
    below: Option<String>,
}

/// An element that is marked as a byline.
struct Open {
    element: Lower,
    /// Elements of its kind that are open.
    depth: usize,
    text: String,
    /// The element within it that is the name alone, and its text.
    name: Option<(Lower, String)>,
    is_name_closed: bool,
}

/// What the attributes of an element say.
enum Marked {
    Byline,
    Name,
}

impl Bylines {
    /// Takes the next piece of the page.
    pub(super) fn see(&mut self, piece: &Piece<'_>, name: Lower) {
        if self.below.is_some() {
            return;
        }
        match *piece {
            Piece::Close(..) if name.is("h1") => self.is_below_headline = true,
            Piece::Open(_, attributes, _) => self.open(name, attributes),
            Piece::Close(..) => self.close(name),
            Piece::Text(text) => self.text(text),
            Piece::Raw(..) => {}
        }
    }

    /// Returns the byline.
    pub(super) fn into_best(self) -> Option<String> {
        self.below.or(self.above)
    }

    fn open(&mut self, element: Lower, attributes: &str) {
        if let Some(open) = &mut self.open {
            open.depth += usize::from(open.element == element);
            open.text.push(' ');
            if open.name.is_none() && matches!(marked(attributes), Some(Marked::Name)) {
                open.name = Some((element, String::new()));
            }
        } else if !matches!(element.as_str(), "meta" | "link" | "img" | "body" | "html" | "input")
            && matches!(marked(attributes), Some(Marked::Byline))
        {
            let text = String::new();
            self.open = Some(Open { element, depth: 1, text, name: None, is_name_closed: false });
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        let text = entities::decoded(text);
        open.text.push_str(&text);
        if let Some((_, name)) = open.name.as_mut().filter(|_| !open.is_name_closed) {
            name.push_str(&text);
        }
        if open.text.len() > MOST {
            self.open = None;
        }
    }

    fn close(&mut self, element: Lower) {
        let Some(open) = &mut self.open else { return };
        open.text.push(' ');
        open.is_name_closed |= open.name.as_ref().is_some_and(|(name, _)| *name == element);
        open.depth -= usize::from(open.element == element);
        if open.depth > 0 {
            return;
        }
        let Some(open) = self.open.take() else { return };
        let name = open.name.map(|(_, name)| name).and_then(|name| names(&name));
        let found = name.or_else(|| names(&open.text));
        let place = if self.is_below_headline { &mut self.below } else { &mut self.above };
        if place.is_none() {
            *place = found;
        }
    }
}

/// Returns whether an element is marked as a byline, or as the name within one.
fn marked(written: &str) -> Option<Marked> {
    let mut has_mark = false;
    for attribute in attributes(written) {
        let value = || attribute.value.to_ascii_lowercase();
        match Lower::of(attribute.name).as_str() {
            "rel" if value() == "author" => return Some(Marked::Byline),
            "itemprop" if value().contains("author") => return Some(Marked::Byline),
            "itemprop" if value() == "name" => return Some(Marked::Name),
            "class" | "id" => {
                let value = value();
                if OTHERS.iter().any(|other| value.contains(other)) {
                    return None;
                }
                has_mark |= MARKS.iter().any(|mark| value.contains(mark));
            }
            _ => {}
        }
    }
    has_mark.then_some(Marked::Byline)
}

/// Returns the names of a byline: what stands before a day or an address beside them.
fn names(text: &str) -> Option<String> {
    let has_figure = |text: &str| text.contains(char::is_numeric);
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if has_figure(&text) || text.contains('@') {
        let end = text.find([',', '|', '•', '·', '–', '—', '/'])?;
        text.truncate(end);
    }
    let is_name = text.chars().count() <= LONGEST
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !has_figure(&text)
        && !text.contains('@');
    is_name.then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::markup::pieces;

    fn byline(html: &str) -> Option<String> {
        let mut bylines = Bylines::default();
        for piece in pieces(html) {
            bylines.see(&piece, piece.name());
        }
        bylines.into_best()
    }

    #[test]
    fn the_byline_below_the_headline_wins() {
        let teaser = "<div class=byline>Ann Teaser</div>";
        let own = "<p class='article-author'>By <b>Bea Writer</b></p>";
        let found = byline(&format!("{teaser}<h1>News</h1>{own}{teaser}"));
        assert_eq!(found.as_deref(), Some("By Bea Writer"));
        assert_eq!(byline(teaser).as_deref(), Some("Ann Teaser"));
    }

    #[test]
    fn names_stand_alone() {
        let cases = [
            ("<a rel=author href=x>Bea &amp; Cy</a>", Some("Bea & Cy")),
            ("<p itemprop=author>von <span itemprop=name>Bea Cy</span>, Bonn</p>", Some("Bea Cy")),
            ("<p id=autor>Bea Cy | 3.5.2021</p>", Some("Bea Cy")),
            ("<p class=byline>3 May 2021</p>", None),
            ("<p class=author-bio>Bea Cy writes on banks</p>", None),
            ("<div class=comment-author>Paul</div>", None),
            ("<p>Bea Cy</p>", None),
        ];
        for (html, expected) in cases {
            assert_eq!(byline(html).as_deref(), expected, "{html}");
        }
    }
}

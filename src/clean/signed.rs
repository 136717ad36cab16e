//! Who a page shows as the author of its article, where its metadata say nothing.
//!
//! The first element below the headline that is marked as a byline: by `rel`, `itemprop`, or a word
//! of its class or id. If it holds elements that are marked as the author itself, those are the
//! names. Menus and teasers above the headline are marked alike, so that what stands there counts
//! only if nothing stands below it. Refused: what is too long for names, and marks of what stands
//! beside names (pictures, lives, comments, buttons to follow).

use crate::clean::{
    entities,
    markup::{Lower, Piece, attributes},
    published::month_of,
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
/// Bytes of text beyond which an element is no byline.
const MOST: usize = 400;
/// Authors of one byline, at most.
const MOST_NAMES: usize = 12;
/// Stands between the texts of two elements.
const EDGE: char = '\u{1}';
/// Words beside a name that are none, in lower case.
const NO_NAMES: [&str; 12] = [
    "author", "authors", "autor", "autores", "auteur", "auteurs", "by", "byline", "follow",
    "email", "print", "share",
];

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
    /// An open element within it that is a name alone, and its text.
    name: Option<(Lower, String)>,
    /// The names that such elements gave.
    names: Vec<String>,
}

/// What the attributes of an element say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marked {
    /// A byline, by a word of its class.
    Byline,
    /// The author, by a standard's word.
    Author,
    /// A name, of an author if it stands within a byline.
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
        let can_hold =
            || !matches!(element.as_str(), "meta" | "link" | "img" | "body" | "html" | "input");
        if let Some(open) = &mut self.open {
            open.depth += usize::from(open.element == element);
            open.text.push(EDGE);
            if open.name.is_none()
                && can_hold()
                && matches!(marked(attributes), Some(Marked::Name | Marked::Author))
            {
                open.name = Some((element, String::new()));
            } else if let Some((_, name)) = &mut open.name {
                name.push(EDGE);
            }
        } else if can_hold()
            && let Some(mark @ (Marked::Byline | Marked::Author)) = marked(attributes)
        {
            let name =
                (mark == Marked::Author && element.is("a")).then(|| (element, String::new()));
            let (text, names) = (String::new(), Vec::new());
            self.open = Some(Open { element, depth: 1, text, name, names });
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        let text = entities::decoded(text);
        spaced(&text, &mut open.text);
        if let Some((_, name)) = &mut open.name {
            spaced(&text, name);
        }
        if open.text.len() > MOST {
            // Too much for a byline; names that were found in it are some all the same.
            self.end();
        }
    }

    fn close(&mut self, element: Lower) {
        let Some(open) = &mut self.open else { return };
        open.text.push(EDGE);
        if let Some((_, name)) = open.name.take_if(|(of, _)| *of == element) {
            open.names.extend(names(&name).filter(|_| open.names.len() < MOST_NAMES));
        }
        open.depth -= usize::from(open.element == element);
        if open.depth == 0 {
            self.end();
        }
    }

    /// Keeps what the open byline says.
    fn end(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        open.names.dedup();
        let found = if open.names.is_empty() {
            if open.text.len() > MOST { None } else { names(&open.text) }
        } else {
            Some(open.names.join(", "))
        };
        let place = if self.is_below_headline { &mut self.below } else { &mut self.above };
        if place.is_none() {
            *place = found;
        }
    }
}

/// Adds text with one space for each run of spaces.
fn spaced(text: &str, out: &mut String) {
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 || text.starts_with(char::is_whitespace) {
            out.push(' ');
        }
        out.push_str(word);
    }
    if text.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

/// Returns whether an element is marked as a byline, or as the name within one.
fn marked(written: &str) -> Option<Marked> {
    let mut mark = None;
    for attribute in attributes(written) {
        let value = || attribute.value.to_ascii_lowercase();
        match Lower::of(attribute.name).as_str() {
            "rel" if value().split(' ').any(|word| word == "author") => {
                return Some(Marked::Author);
            }
            "itemprop" | "property" if value().contains("author") => return Some(Marked::Author),
            "itemprop" if value() == "name" => return Some(Marked::Name),
            "class" | "id" if mark.is_none() => {
                // "vcard" marks people, and is no card of a teaser.
                let value = value().replace("vcard", "");
                if OTHERS.iter().any(|other| value.contains(other)) {
                    return None;
                }
                if MARKS.iter().any(|mark| value.contains(mark)) {
                    mark = Some(Marked::Byline);
                } else if value == "fn" {
                    mark = Some(Marked::Name);
                }
            }
            _ => {}
        }
    }
    mark
}

/// Returns the names of a byline: the first of its parts that holds any, without days, addresses,
/// labels and buttons.
fn names(text: &str) -> Option<String> {
    text.split(['|', '•', '·']).find_map(|part| {
        let mut out = String::new();
        for piece in part.split(EDGE).map(name) {
            let is_word = |word: &&str| piece.eq_ignore_ascii_case(word);
            if piece.is_empty() || piece.ends_with(':') || NO_NAMES.iter().any(is_word) {
                continue;
            }
            if !out.is_empty() && !piece.starts_with([',', ';']) {
                out.push(' ');
            }
            out.push_str(piece);
        }
        let out = out.trim_matches(|c: char| c.is_whitespace() || ",;/–—-".contains(c));
        let is_name = out.chars().count() <= LONGEST
            && out.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        is_name.then(|| out.to_owned())
    })
}

/// Returns what stands before the day or address in one part of a byline.
fn name(part: &str) -> &str {
    let part = part.trim();
    let is_other = |c: char| c.is_numeric() || c == '@';
    let Some(at) = part.find(is_other).or_else(|| part.find("://")) else { return part };
    let before = part.get(..at).unwrap_or_default();
    let mut name = match before.find([',', '–', '—', '/', '(']) {
        Some(end) => before.get(..end).unwrap_or_default(),
        // The word that the figure or address belongs to.
        None => before.trim_end_matches(|c: char| !c.is_whitespace()),
    };
    // "on", "le", and the weekday or month that a day begins with.
    loop {
        name = name.trim_end();
        let last = name.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = name.get(last..).unwrap_or_default();
        if word.is_empty() || !(is_of_calendar(word) || word.starts_with(char::is_lowercase)) {
            return name;
        }
        name = name.get(..last).unwrap_or_default();
    }
}

/// Returns whether a word is an English weekday or month: dates in other languages stand apart.
fn is_of_calendar(word: &str) -> bool {
    let word = word.trim().trim_end_matches(['.', ',']);
    word.ends_with("day") && word.starts_with(char::is_uppercase) || month_of(word).is_some()
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
        assert_eq!(found.as_deref(), Some("Bea Writer"));
        assert_eq!(byline(teaser).as_deref(), Some("Ann Teaser"));
    }

    #[test]
    fn names_stand_alone() {
        let cases = [
            ("<a rel='author nofollow' href=x>Bea &amp; Cy</a>", Some("Bea & Cy")),
            ("<p itemprop=author>von <span itemprop=name>Bea Cy</span>, Bonn</p>", Some("Bea Cy")),
            ("<p class=byline>By <b>Bea Cy</b> <i>March 25, 2021</i></p>", Some("Bea Cy")),
            ("<p class=byline>By Bea Cy Tuesday, Aug. 17, 2021</p>", Some("By Bea Cy")),
            ("<p class=byline>Bea Cy 17 Aug 2021</p>", Some("Bea Cy")),
            (
                "<p class=byline><a rel=author>A B</a> und <a rel=author>C D</a></p>",
                Some("A B, C D"),
            ),
            (
                "<cite class='byline vcard'>By <b class=fn>A B</b> <i>May 3, 2021</i></cite>",
                Some("A B"),
            ),
            ("<a rel=author>Authors</a>", None),
            ("<p class=byline>A B on 3 May</p>", Some("A B")),
            ("<p class=byline>A B | Bonn | 3.5.2021</p>", Some("A B")),
            ("<p class=byline>Last updated: <b>3.5.2021</b></p>", None),
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

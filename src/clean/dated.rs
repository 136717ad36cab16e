//! When a page shows that its article was published, where its metadata say nothing.
//!
//! The first element that is marked as a date by a word of its class or id, or as a byline, and
//! holds one; best below the headline. What is marked as an update counts if there is no other.
//! Refused: elements that hold more than a line, which are lists of other articles.

use crate::clean::{
    entities,
    markup::{Lower, Piece, attribute, attributes},
};

/// Parts of the classes and ids of dates.
const MARKS: [&str; 10] =
    ["date", "time", "publi", "posted", "stamp", "datum", "fecha", "byline", "meta", "author"];
/// Parts that say that it is another one.
const OTHERS: [&str; 9] =
    ["comment", "related", "recent", "popular", "teaser", "sidebar", "footer", "current", "today"];
/// Parts that say that it is an update.
const UPDATES: [&str; 2] = ["updat", "modif"];
/// Elements open at once that may be dates, at most.
const MOST_OPEN: usize = 4;
/// Bytes of text beyond which an element is no date.
const MOST: usize = 160;

/// Finds dates while a page is read.
#[derive(Default)]
pub(super) struct Dates {
    open: Vec<Open>,
    is_below_headline: bool,
    /// Open elements of teasers.
    aside: usize,
    /// Above and below the headline: the first date, and the first update.
    found: [[Vec<String>; 2]; 2],
}

struct Open {
    element: Lower,
    depth: usize,
    is_update: bool,
    text: String,
}

/// Texts of one place that are kept: the first may hold no date.
const MOST_TEXTS: usize = 4;

impl Dates {
    /// Takes the next piece of the page.
    pub(super) fn see(&mut self, piece: &Piece<'_>, name: Lower) {
        match *piece {
            Piece::Close(..) if name.is("h1") => self.is_below_headline = true,
            Piece::Open(..) if matches!(name.as_str(), "aside" | "nav" | "footer") => {
                self.aside += 1;
            }
            Piece::Close(..) if matches!(name.as_str(), "aside" | "nav" | "footer") => {
                self.aside = self.aside.saturating_sub(1);
            }
            Piece::Open(_, attributes, _) if self.aside == 0 => self.open(name, attributes),
            Piece::Close(..) => self.close(name),
            Piece::Text(text) if !self.open.is_empty() => self.text(text),
            Piece::Open(..) | Piece::Text(_) | Piece::Raw(..) => {}
        }
    }

    /// Returns the texts that may state the date, the likeliest first.
    pub(super) fn into_texts(self) -> Vec<String> {
        let [[above, above_update], [below, below_update]] = self.found;
        [below, above, below_update, above_update].into_iter().flatten().collect()
    }

    fn open(&mut self, element: Lower, attributes: &str) {
        for open in &mut self.open {
            open.depth += usize::from(open.element == element);
            open.text.push(' ');
        }
        let is_full = self.found[usize::from(self.is_below_headline)][0].len() >= MOST_TEXTS;
        let can_hold = !matches!(
            element.as_str(),
            "body" | "html" | "main" | "article" | "section" | "form" | "input" | "img" | "link"
        );
        if is_full || !can_hold || (attributes.is_empty() && !element.is("time")) {
            return;
        }
        let Some(is_update) = marked(element, attributes) else { return };
        if let Some(day) = ["datetime", "title", "content"]
            .iter()
            .find_map(|key| attribute(attributes, key))
            .filter(|value| value.contains(|c: char| c.is_ascii_digit()))
        {
            self.keep(is_update, &day);
        } else if self.open.len() < MOST_OPEN && !element.is("meta") {
            self.open.push(Open { element, depth: 1, is_update, text: String::new() });
        }
    }

    fn text(&mut self, text: &str) {
        let text = entities::decoded(text);
        for open in &mut self.open {
            for word in text.split_whitespace() {
                open.text.push(' ');
                open.text.push_str(word);
            }
        }
        self.open.retain(|open| open.text.len() <= MOST);
    }

    fn close(&mut self, element: Lower) {
        let mut closed = Vec::new();
        self.open.retain_mut(|open| {
            open.depth -= usize::from(open.element == element);
            if open.depth == 0 {
                closed.push((open.is_update, std::mem::take(&mut open.text)));
            }
            open.depth > 0
        });
        // The innermost is the most exact.
        for (is_update, text) in closed.into_iter().rev() {
            self.keep(is_update, &text);
        }
    }

    fn keep(&mut self, is_update: bool, text: &str) {
        let place = &mut self.found[usize::from(self.is_below_headline)][usize::from(is_update)];
        if place.len() < MOST_TEXTS && text.contains(|c: char| c.is_ascii_digit()) {
            place.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}

/// Returns whether an element is marked as a date, and then whether as that of an update.
fn marked(element: Lower, written: &str) -> Option<bool> {
    let mut is_marked = element.is("time");
    let mut is_update = false;
    for attribute in attributes(written) {
        if !matches!(Lower::of(attribute.name).as_str(), "class" | "id" | "itemprop" | "property") {
            continue;
        }
        let value = attribute.value.to_ascii_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| value.contains(part));
        if has(&OTHERS) {
            return None;
        }
        is_update |= has(&UPDATES);
        is_marked |= has(&MARKS);
    }
    is_marked.then_some(is_update)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::markup::pieces;

    #[test]
    fn the_date_below_the_headline_comes_first() {
        let cases = [
            ("<p class=date>1 May 2021</p><h1>T</h1><p class=date>3 May 2021</p>", "3 May 2021"),
            ("<h1>T</h1><div id=dateline>By Ann <b>3 May 2021</b></div>", "By Ann 3 May 2021"),
            (
                "<h1>T</h1><i class=updated>5 May 2021</i><i class=pub-date>3 May 2021</i>",
                "3 May 2021",
            ),
            ("<h1>T</h1><abbr class=published title=2021-05-03>Monday</abbr>", "2021-05-03"),
            (
                "<h1>T</h1><aside><p class=date>1 May 2021</p></aside><time>3 May 2021</time>",
                "3 May 2021",
            ),
        ];
        for (html, expected) in cases {
            let mut dates = Dates::default();
            for piece in pieces(html) {
                dates.see(&piece, piece.name());
            }
            assert_eq!(dates.into_texts().first().map(String::as_str), Some(expected), "{html}");
        }
    }
}

//! A page written anew with only what tells where its article is.
//!
//! Finding the article costs far more a byte than reading the page, and most bytes of a page are no
//! part of it: scripts, styles, drawings, menus, reader comments, addresses, data for scripts in
//! attributes, the spaces of its layout. They go in the pass that reads the metadata. What stays is
//! what readability looks at, so that it finds the same article.
//!
//! Refused: a page too deep or with too many tags for a tree. Deep nesting would overflow the stack of
//! a tree builder, and formatting that is never closed makes it quadratic.

use crate::clean::{
    elements::{holds_comments, is_block, is_dropped, is_title, may_hold_comments, nests},
    markup::{Lower, Piece, attributes},
};

/// Deepest nesting that a tree is built for; real pages stay below 60.
const DEEPEST: usize = 200;
/// Most tags that a tree is built for; real pages stay below 20,000.
const MOST_TAGS: usize = 60_000;
/// Longest value of an attribute that says something of the article.
const LONGEST: usize = 512;

/// A page as it is written anew.
pub(super) struct Lean {
    out: String,
    tags: usize,
    depth: usize,
    dropped: Option<Dropped>,
    /// Code points of reader comments that were dropped.
    comments: u32,
    /// Open elements whose spaces are text.
    verbatim: usize,
    /// Whether only a space was met since the last tag or text.
    is_spaced: bool,
    /// Whether a space here would show nothing.
    is_at_edge: bool,
}

/// An element that is cut off when it is closed; left where it never is.
struct Dropped {
    name: Lower,
    from: usize,
    open: usize,
    /// Code points of its text, if it holds reader comments.
    comments: Option<u32>,
}

impl Lean {
    /// Makes room for the page `html`.
    pub(super) fn new(html: &str) -> Self {
        Self {
            out: String::with_capacity(html.len() / 3),
            tags: 0,
            depth: 0,
            dropped: None,
            comments: 0,
            verbatim: 0,
            is_spaced: false,
            is_at_edge: true,
        }
    }

    /// Takes the next piece of the page.
    pub(super) fn see(&mut self, piece: &Piece<'_>, name: Lower) {
        if self.is_too_much() {
            return;
        }
        match *piece {
            Piece::Text(text) => self.text(text),
            Piece::Open(written, attributes, tag) => self.open(name, (written, attributes), tag),
            Piece::Close(_, tag) => self.close(name, tag),
            Piece::Raw(_, _, _, all) if name.is("title") => self.out.push_str(all),
            Piece::Raw(..) => {}
        }
    }

    /// Returns the page, or `None` if no tree should be built of it.
    pub(super) fn done(self) -> Option<String> {
        (!self.is_too_much()).then_some(self.out)
    }

    /// Returns how many code points of reader comments were dropped.
    pub(super) fn comments_chars(&self) -> u32 {
        self.comments
    }

    fn is_too_much(&self) -> bool {
        self.tags > MOST_TAGS || self.depth > DEEPEST
    }

    /// Writes text with one space for each run of spaces.
    fn text(&mut self, text: &str) {
        if let Some(chars) = self.dropped.as_mut().and_then(|dropped| dropped.comments.as_mut()) {
            *chars += text.trim().chars().count() as u32;
        }
        if self.verbatim > 0 {
            self.out.push_str(text);
            return;
        }
        let is_space = |c: char| c.is_ascii_whitespace();
        let inner = text.trim_matches(is_space);
        if inner.is_empty() {
            self.is_spaced = !text.is_empty();
            return;
        }
        if self.is_spaced || text.starts_with(is_space) {
            self.out.push(' ');
        }
        let mut words = inner.split_ascii_whitespace();
        if let Some(word) = words.next() {
            self.out.push_str(word);
        }
        for word in words {
            self.out.push(' ');
            self.out.push_str(word);
        }
        if text.ends_with(is_space) {
            self.out.push(' ');
        }
        (self.is_spaced, self.is_at_edge) = (false, false);
    }

    /// Writes the space that was met before a tag, if it parts words.
    fn before_tag(&mut self, is_block: bool) {
        if self.is_spaced && !self.is_at_edge && !is_block {
            self.out.push(' ');
        }
        (self.is_spaced, self.is_at_edge) = (false, is_block);
    }

    fn open(&mut self, name: Lower, (written, attributes): (&str, &str), tag: &str) {
        self.tags += 1;
        let is_closed = attributes.ends_with('/') || !nests(name);
        self.depth += usize::from(!is_closed);
        self.verbatim += usize::from(name.is("pre"));
        if name.is("link") || name.is("base") || name.is("meta") && !is_title(attributes) {
            return;
        }
        self.before_tag(is_block(name));
        if let Some(dropped) = &mut self.dropped {
            if dropped.name == name {
                dropped.open += usize::from(!is_closed);
            } else if match name.as_str() {
                "main" | "h1" => true,
                // A comment may be an article of its own.
                "article" => dropped.comments.is_none() || !holds_comments(attributes),
                _ => false,
            } {
                // No menu holds an article: its end was forgotten.
                self.dropped = None;
            }
        } else if !is_closed && is_dropped(name) {
            self.dropped = Some(Dropped { name, from: self.out.len(), open: 1, comments: None });
        } else if !is_closed && may_hold_comments(name) && holds_comments(attributes) {
            self.dropped = Some(Dropped { name, from: self.out.len(), open: 1, comments: Some(0) });
        }
        if matches!(name.as_str(), "meta" | "object" | "embed" | "video") {
            self.out.push_str(tag);
        } else {
            self.tag(written, attributes);
        }
    }

    fn close(&mut self, name: Lower, tag: &str) {
        self.depth = self.depth.saturating_sub(usize::from(nests(name)));
        self.verbatim = self.verbatim.saturating_sub(usize::from(name.is("pre")));
        self.before_tag(is_block(name));
        self.out.push_str(tag);
        let Some(dropped) = self.dropped.as_mut().filter(|dropped| dropped.name == name) else {
            return;
        };
        dropped.open -= 1;
        if dropped.open == 0 {
            self.out.truncate(dropped.from);
            self.comments += dropped.comments.unwrap_or_default();
            self.dropped = None;
        }
    }

    /// Writes an opening tag with the attributes that say something of the article.
    fn tag(&mut self, name: &str, with: &str) {
        self.out.push('<');
        self.out.push_str(name);
        let mut has_image = false;
        for attribute in attributes(with) {
            let key = Lower::of(attribute.name);
            let value = match key.as_str() {
                "class" | "id" | "role" | "itemprop" | "rel" | "hidden" | "aria-hidden"
                | "aria-modal" | "colspan" | "summary" | "datatable" => attribute.value,
                // Of an address it matters whether it leads away.
                "href" if attribute.value.starts_with('#') => "#a",
                "href" if attribute.value.starts_with("javascript:") => "javascript:",
                "href" => "a",
                "style" if attribute.value.contains("none") || attribute.value.contains("hid") => {
                    attribute.value
                }
                "src" | "srcset" | "data-src" | "data-srcset" => {
                    has_image = true;
                    continue;
                }
                _ => continue,
            };
            if value.len() > LONGEST {
                continue;
            }
            let mark = if value.contains('"') { '\'' } else { '"' };
            self.out.push(' ');
            self.out.push_str(key.as_str());
            self.out.push('=');
            self.out.push(mark);
            self.out.push_str(value);
            self.out.push(mark);
        }
        self.out.push_str(if has_image { " src=\"a\">" } else { ">" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::markup::pieces;

    fn lean(html: &str) -> Option<String> {
        let mut lean = Lean::new(html);
        for piece in pieces(html) {
            lean.see(&piece, piece.name());
        }
        lean.done()
    }

    #[test]
    fn what_tells_nothing_of_the_article_goes() {
        let cases = [
            ("<p class=a data-x='{}' onclick=\"b\">One</p>", "<p class=\"a\">One</p>"),
            ("<div>\n  <p>One\n two</p>\n</div>", "<div><p>One two</p></div>"),
            ("<b>One</b> <i>two</i>", "<b>One</b> <i>two</i>"),
            ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
            ("<script>x</script><style>y</style>One", "One"),
            ("<nav><a href=x>Home</a></nav><p>One</p>", "<p>One</p>"),
            ("<svg><path d=x></svg>One", "One"),
            ("<link rel=a href=b><meta name=b content=c>One", "One"),
            ("<img src='x.png' alt=a>", "<img src=\"a\">"),
            ("<a href='https://x.org/a'>One</a>", "<a href=\"a\">One</a>"),
            (
                "<a-long-name-of-ours class=a>One</a-long-name-of-ours>",
                "<a-long-name-of-ours class=\"a\">One</a-long-name-of-ours>",
            ),
        ];
        for (html, expected) in cases {
            assert_eq!(lean(html).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn a_menu_that_is_never_closed_takes_nothing_with_it() {
        for html in ["<nav><a>Home</a><p>One</p>", "<nav><h1>T</h1><p>One</p></nav>"] {
            assert!(lean(html).unwrap_or_default().contains("<p>One</p>"), "{html}");
        }
    }

    #[test]
    fn reader_comments_go_and_articles_that_may_be_commented_stay() {
        let comments = [
            "<div class=comments><p>One</p></div>",
            "<ol id='comment-list'><li><article class='comment-body'>One</article></li></ol>",
            "<section id=disqus_thread>One</section>",
            "<div class='box user-comments'><div>One</div></div>",
        ];
        for html in comments {
            assert_eq!(
                lean(&format!("<p>A</p>{html}<p>B</p>")).as_deref(),
                Some("<p>A</p><p>B</p>")
            );
        }
        let articles = [
            "<div class='post comments-open'><p>One</p></div>",
            "<div class=commentary><p>One</p></div>",
            "<div class='has-comments'><p>One</p></div>",
            "<div class=comments><h1>T</h1><p>One</p></div>",
            "<body class=comment><p>One</p></body>",
        ];
        for html in articles {
            assert!(lean(html).unwrap_or_default().contains("<p>One</p>"), "{html}");
        }
    }

    #[test]
    fn what_no_tree_can_hold_is_none() {
        assert_eq!(lean(&"<div>".repeat(DEEPEST + 1)), None);
        assert_eq!(lean(&"<br>".repeat(MOST_TAGS + 1)), None);
        assert!(lean(&"<p>".repeat(DEEPEST + 1)).is_some());
    }
}

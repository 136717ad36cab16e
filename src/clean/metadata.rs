//! What a page says of itself: JSON-LD, `OpenGraph`, `<meta>`, `<time>`, `<link>`, `<html lang>`.
//!
//! JSON-LD comes first: it names its fields exactly. A `<time>` counts only if nothing else gives a
//! date, and not in menus and beside the article: pages also put it on teasers. A name that is an
//! address is no author.

use crate::clean::{
    entities,
    linked::Linked,
    markup::{Lower, Piece, attribute},
};

/// Metadata of one page.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    /// Who made the page, which need not be its author.
    pub(super) creator: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) body: Option<String>,
    pub(super) is_free: Option<bool>,
}

/// Every place of a page that may say one thing, best first within a list.
#[derive(Default)]
pub(super) struct Found {
    linked: Linked,
    titles: [Option<String>; 6],
    authors: [Option<String>; 6],
    dates: [Option<String>; 6],
    urls: [Option<String>; 2],
    lang: Option<String>,
    locale: Option<String>,
    page_title: Option<String>,
    heading: Option<String>,
    headings: usize,
    is_in_heading: bool,
    /// Open elements that hold teasers.
    aside: usize,
}

/// Names of `<meta>`, colons written as points.
const TITLES: [&str; 6] =
    ["dc.title", "dcterm.title", "og.title", "twitter.title", "headline", "parsely-title"];
const AUTHORS: [&str; 5] = ["dc.creator", "dcterm.creator", "author", "article.author", "byl"];
/// Ordered, as those of dates below.
const OTHER_AUTHORS: [&str; 14] = [
    "article.author.name",
    "article.author_name",
    "author.name",
    "author_name",
    "authors",
    "citation_author",
    "cxenseparse.author",
    "dcterms.creator",
    "og.article.author",
    "og.author",
    "parsely-author",
    "rbauthors",
    "sailthru.author",
    "shareaholic.article_author_name",
];
const DATES: [&str; 4] = ["article.published_time", "datepublished", "dc.date", "publishdate"];
const OTHER_DATES: [&str; 42] = [
    "article.created",
    "article.post_date",
    "article.published",
    "article.published_date",
    "article_date_original",
    "bt.pubdate",
    "citation_date",
    "citation_online_date",
    "citation_publication_date",
    "created",
    "cxenseparse.publishtime",
    "cxenseparse.recs.publishtime",
    "date",
    "date_published",
    "dc.date.created",
    "dc.date.issued",
    "dc.issued",
    "dcterms.available",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "displaydate",
    "og.article.published_time",
    "og.pubdate",
    "og.publish_date",
    "og.published_time",
    "originalpublicationdate",
    "parsely-pub-date",
    "prism.publicationdate",
    "ptime",
    "pub_date",
    "pubdate",
    "publication_date",
    "publicationdate",
    "publish-date",
    "publish_date",
    "publish_time",
    "published_date",
    "published_time",
    "rnews.datepublished",
    "sailthru.date",
    "shareaholic.article_published_time",
];

impl Found {
    /// Takes the next piece of the page.
    pub(super) fn see(&mut self, piece: &Piece<'_>, name: Lower) {
        match *piece {
            Piece::Open(..) if name.is("h1") => {
                self.is_in_heading = true;
                self.headings += 1;
            }
            Piece::Open(_, attributes, _) => self.open(name, attributes),
            Piece::Close(..) if name.is("h1") => self.is_in_heading = false,
            Piece::Close(..) if holds_teasers(name) => self.aside = self.aside.saturating_sub(1),
            Piece::Text(text) if self.is_in_heading && self.headings == 1 => {
                self.heading.get_or_insert_default().push_str(&entities::decoded(text));
            }
            Piece::Raw(_, attributes, content, _) => self.raw(name, attributes, content),
            Piece::Text(_) | Piece::Close(..) => {}
        }
    }

    fn open(&mut self, name: Lower, attributes: &str) {
        match name.as_str() {
            "html" => keep(&mut self.lang, attribute(attributes, "lang").map(Into::into)),
            "meta" => self.meta(attributes),
            "link"
                if attribute(attributes, "rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                keep(&mut self.urls[0], attribute(attributes, "href").map(Into::into));
            }
            _ if holds_teasers(name) => self.aside += 1,
            _ if attributes.contains("atePublished") || attributes.contains("dc:date") => {
                self.marked(attributes);
            }
            "time" if self.aside == 0 => {
                keep(&mut self.dates[5], attribute(attributes, "datetime").map(Into::into));
            }
            _ => {}
        }
    }

    /// Takes the date of an element that microdata or `RDFa` marks.
    fn marked(&mut self, attributes: &str) {
        let is_date = |name: &str| name.contains("datePublished") || name.starts_with("dc:date");
        let names = ["itemprop", "property"].into_iter().filter_map(|k| attribute(attributes, k));
        let is_marked = names.into_iter().any(|name| is_date(&name));
        let value = ["content", "datetime"].iter().find_map(|key| attribute(attributes, key));
        if is_marked {
            keep(&mut self.dates[1], value.map(Into::into));
        }
    }

    fn meta(&mut self, attributes: &str) {
        let name =
            ["property", "name", "itemprop"].iter().find_map(|key| attribute(attributes, key));
        let (Some(name), Some(content)) = (name, attribute(attributes, "content")) else { return };
        // Several names may share one element.
        for name in name.split_whitespace() {
            self.named(&name.to_ascii_lowercase().replace(':', "."), &content);
        }
    }

    fn named(&mut self, name: &str, content: &str) {
        let at = |names: &[&str]| names.iter().position(|known| *known == name);
        let content = Some(content.to_owned());
        if let Some(place) = at(&TITLES).and_then(|rank| self.titles.get_mut(rank)) {
            keep(place, content);
        } else if let Some(place) = at(&AUTHORS).and_then(|rank| self.authors.get_mut(rank)) {
            add(place, content);
        } else if OTHER_AUTHORS.binary_search(&name).is_ok() {
            keep(&mut self.authors[5], content);
        } else if let Some(place) = at(&DATES).and_then(|rank| self.dates.get_mut(rank)) {
            keep(place, content);
        } else if OTHER_DATES.binary_search(&name).is_ok() {
            keep(&mut self.dates[4], content);
        } else if name == "og.url" {
            keep(&mut self.urls[1], content);
        } else if name == "og.locale" {
            keep(&mut self.locale, content);
        }
    }

    fn raw(&mut self, name: Lower, attributes: &str, content: &str) {
        if name.is("title") {
            keep(&mut self.page_title, Some(entities::decoded(content).into_owned()));
        } else if name.is("script")
            && attribute(attributes, "type").is_some_and(|kind| kind.contains("ld+json"))
        {
            self.linked.read(content);
        }
    }

    /// Returns what the page says, the surest place of each thing first.
    pub(super) fn settled(mut self) -> Metadata {
        let first = |places: Vec<Option<String>>| places.into_iter().flatten().next();
        let authors = std::iter::once(self.linked.take_author()).chain(self.authors);
        let authors = authors.flatten().filter_map(|text| unlinked(&text));
        let heading = self.heading.map(|text| one_line(&text)).filter(|text| !text.is_empty());
        let is_name = heading.is_some()
            && self.linked.name.as_deref().map(one_line).as_deref() == heading.as_deref();
        let starts_page = self.page_title.as_deref().is_some_and(|title| {
            heading.as_deref().is_some_and(|heading| {
                is_sentence_like(heading) && one_line(title).starts_with(heading)
            })
        });
        let named = std::iter::once(self.linked.title).chain(self.titles).collect();
        let page_title = self.page_title.map(|title| bare(&title, heading.as_deref()));
        let title = if is_name || starts_page {
            heading
        } else {
            first(named).map(|title| bare(&title, heading.as_deref())).or(page_title).or(heading)
        };
        let [exact @ .., time] = self.dates;
        let published = self.linked.published.or_else(|| exact.into_iter().flatten().next());
        Metadata {
            title,
            author: authors.into_iter().next(),
            creator: self.linked.creator,
            published: published.or(self.linked.created).or(time),
            url: first(self.urls.into_iter().chain([self.linked.url]).collect())
                .filter(|url| url.starts_with("http")),
            lang: self.lang.or(self.linked.lang).or(self.locale),
            body: self.linked.body,
            is_free: self.linked.is_free,
        }
    }
}

/// Returns an author's name without the address that may follow it, `None` if it is nothing else.
fn unlinked(text: &str) -> Option<String> {
    let text = match text.find("://") {
        Some(at) => {
            let before = text.get(..at)?.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            before.trim_end_matches(['(', '<', '[', ' ', ','])
        }
        None => text,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a heading is long enough for a headline, and not for the name of a site.
fn is_sentence_like(heading: &str) -> bool {
    let is_wide = |c: char| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
    heading.split(' ').count() >= 4 || heading.chars().filter(|c| is_wide(*c)).count() >= 8
}

fn holds_teasers(name: Lower) -> bool {
    matches!(name.as_str(), "aside" | "nav" | "footer")
}

/// Adds an author to those of the same name of metadata: each may have an element of its own.
fn add(place: &mut Option<String>, author: Option<String>) {
    const LONGEST: usize = 200;
    let author = author.and_then(|author| unlinked(&author));
    match (place.as_mut(), author) {
        (Some(known), Some(author)) => {
            if !known.contains(author.trim()) && known.len() + author.len() < LONGEST {
                known.push_str(", ");
                known.push_str(author.trim());
            }
        }
        (_, author) => keep(place, author),
    }
}

/// Puts a text where there is none yet.
pub(super) fn keep(place: &mut Option<String>, value: Option<String>) {
    if place.is_none() {
        *place = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    }
}

/// Returns a title without the name of the site behind or before it.
fn bare(title: &str, heading: Option<&str>) -> String {
    let title = one_line(title);
    if let Some(heading) = heading
        && heading.chars().count() > 12
        && title.contains(heading)
    {
        return heading.to_owned();
    }
    for mark in [" | ", " - ", " – ", " — ", " » ", " :: "] {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let words = |text: &str| text.split_whitespace().count();
            let is_long = words(before) >= 4 || before.chars().count() >= 20;
            if is_long && words(after) <= 4 && words(after) < words(before) {
                return before.to_owned();
            }
        }
    }
    title
}

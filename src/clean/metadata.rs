//! What a page says of itself: JSON-LD, `OpenGraph`, `<meta>`, `<time>`, `<link>`, `<html lang>`.
//!
//! JSON-LD comes first: it names its fields exactly. A `<time>` counts only if nothing else gives a
//! date, and not in menus and beside the article: pages also put it on teasers. A name that is an
//! address is no author.

use serde_json::Value;

use crate::clean::{
    entities,
    markup::{Lower, Piece, attribute},
};

/// Metadata of one page.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) body: Option<String>,
    pub(super) is_free: Option<bool>,
}

/// Every place of a page that may say one thing, best first within a list.
#[derive(Default)]
pub(super) struct Found {
    linked: Metadata,
    titles: [Option<String>; 3],
    authors: [Option<String>; 5],
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

const TITLES: [&str; 3] = ["og:title", "twitter:title", "dc.title"];
const AUTHORS: [&str; 5] =
    ["author", "article:author", "og:article:author", "dc.creator", "parsely-author"];
const DATES: [&str; 5] =
    ["article:published_time", "datepublished", "dc.date", "publishdate", "parsely-pub-date"];
const OTHER_DATES: [&str; 8] = [
    "date",
    "pubdate",
    "publish-date",
    "og:published_time",
    "dcterms.created",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
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
            _ if attributes.contains("atePublished") => self.marked(attributes),
            "time" if self.aside == 0 => {
                keep(&mut self.dates[5], attribute(attributes, "datetime").map(Into::into));
            }
            _ => {}
        }
    }

    /// Takes the date of an element that microdata marks.
    fn marked(&mut self, attributes: &str) {
        let is_marked =
            attribute(attributes, "itemprop").is_some_and(|name| name.contains("datePublished"));
        let value = ["content", "datetime"].iter().find_map(|key| attribute(attributes, key));
        if is_marked {
            keep(&mut self.dates[1], value.map(Into::into));
        }
    }

    fn meta(&mut self, attributes: &str) {
        let name =
            ["property", "name", "itemprop"].iter().find_map(|key| attribute(attributes, key));
        let (Some(name), Some(content)) = (name, attribute(attributes, "content")) else { return };
        let name = name.trim().to_ascii_lowercase();
        let at = |names: &[&str]| names.iter().position(|known| *known == name);
        let content = Some(content.into_owned());
        if let Some(place) = at(&TITLES).and_then(|rank| self.titles.get_mut(rank)) {
            keep(place, content);
        } else if let Some(place) = at(&AUTHORS).and_then(|rank| self.authors.get_mut(rank)) {
            keep(place, content);
        } else if let Some(place) = at(&DATES).and_then(|rank| self.dates.get_mut(rank)) {
            keep(place, content);
        } else if at(&OTHER_DATES).is_some() {
            keep(&mut self.dates[4], content);
        } else if name == "og:url" {
            keep(&mut self.urls[1], content);
        } else if name == "og:locale" {
            keep(&mut self.locale, content);
        }
    }

    fn raw(&mut self, name: Lower, attributes: &str, content: &str) {
        if name.is("title") {
            keep(&mut self.page_title, Some(entities::decoded(content).into_owned()));
        } else if name.is("script")
            && attribute(attributes, "type").is_some_and(|kind| kind.contains("ld+json"))
        {
            let content = content.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            if let Ok(value) = serde_json::from_str::<Value>(content) {
                linked(&value, &mut self.linked, 0);
            }
        }
    }

    /// Returns what the page says, the surest place of each thing first.
    pub(super) fn settled(self) -> Metadata {
        let first = |places: Vec<Option<String>>| places.into_iter().flatten().next();
        let is_name =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.contains("://"));
        let authors = std::iter::once(self.linked.author).chain(self.authors).filter(is_name);
        let heading =
            self.heading.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let named = std::iter::once(self.linked.title).chain(self.titles).collect();
        let page_title = self.page_title.map(|title| bare(&title, heading.as_deref()));
        Metadata {
            title: first(named)
                .map(|title| bare(&title, heading.as_deref()))
                .or(page_title)
                .or(heading),
            author: first(authors.collect()),
            published: first(std::iter::once(self.linked.published).chain(self.dates).collect()),
            url: first(self.urls.into_iter().chain([self.linked.url]).collect())
                .filter(|url| url.starts_with("http")),
            lang: self.lang.or(self.linked.lang).or(self.locale),
            body: self.linked.body,
            is_free: self.linked.is_free,
        }
    }
}

fn holds_teasers(name: Lower) -> bool {
    matches!(name.as_str(), "aside" | "nav" | "footer")
}

fn keep(place: &mut Option<String>, value: Option<String>) {
    if place.is_none() {
        *place = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    }
}

/// Returns a title without the name of the site behind or before it.
fn bare(title: &str, heading: Option<&str>) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
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

/// Types of JSON-LD objects that are the article of the page.
fn is_article(value: &Value) -> bool {
    let is_type = |kind: &str| {
        kind.ends_with("Article") || matches!(kind, "BlogPosting" | "Report" | "LiveBlogPosting")
    };
    match value.get("@type") {
        Some(Value::String(kind)) => is_type(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_type),
        _ => false,
    }
}

/// Reads JSON-LD, also lists, graphs and the main entity of a page.
fn linked(value: &Value, found: &mut Metadata, depth: usize) {
    if depth > 4 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| linked(item, found, depth + 1)),
        Value::Object(map) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = map.get(key) {
                    linked(inner, found, depth + 1);
                }
            }
            if is_article(value) {
                let text = |key: &str| words(map.get(key)?);
                keep(&mut found.title, text("headline").or_else(|| text("name")));
                keep(&mut found.author, names(map.get("author")));
                keep(&mut found.published, text("datePublished").or_else(|| text("dateCreated")));
                keep(&mut found.url, text("url"));
                keep(&mut found.lang, text("inLanguage"));
                keep(&mut found.body, text("articleBody"));
                if let Some(free) = map.get("isAccessibleForFree") {
                    let is_no = |text: &str| text.eq_ignore_ascii_case("false");
                    let is_free = free.as_bool().or_else(|| free.as_str().map(|text| !is_no(text)));
                    found.is_free = found.is_free.or(is_free);
                }
            }
        }
        _ => {}
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(entities::decoded(text).into_owned()),
        Value::Array(items) => words(items.first()?),
        Value::Object(map) => words(map.get("name").or_else(|| map.get("@value"))?),
        _ => None,
    }
}

fn names(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(words).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        other => words(other),
    }
}

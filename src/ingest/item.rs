//! One item of a feed to the fields of an article.
//!
//! The fullest text counts: `content:encoded` or `content` before `description` or `summary`.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::base::reject::Reason;

/// What an item holds, as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) text: Option<String>,
    rank: usize,
}

/// Elements that hold the text, best first.
const TEXTS: [&str; 5] = ["encoded", "content", "description", "summary", "text"];
/// Elements that hold the date, best first.
const DATES: [&str; 6] = ["published", "pubDate", "issued", "date", "created", "updated"];

/// Reads one item.
pub(crate) fn item(xml: &str) -> Result<Item, Reason> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    let mut item = Item::default();
    let mut date_rank = DATES.len();
    loop {
        match reader.read_event().map_err(|_| Reason::Broken)? {
            Event::Eof => return Ok(item),
            Event::Empty(tag) => item.link(&tag),
            Event::Start(tag) => {
                let name = local(&tag);
                if matches!(name.as_str(), "item" | "entry") {
                    continue;
                }
                item.link(&tag);
                let inner = reader.read_text(tag.to_end().name()).map_err(|_| Reason::Broken)?;
                let value = unescaped(&inner);
                if let Some(rank) = DATES.iter().position(|known| *known == name)
                    && rank < date_rank
                {
                    date_rank = rank;
                    item.published = some(&value);
                } else {
                    let is_permanent = attribute(&tag, "isPermaLink").is_none_or(|v| v != "false");
                    item.set(&name, value, is_permanent);
                }
            }
            _ => {}
        }
    }
}

impl Item {
    fn set(&mut self, name: &str, value: String, is_permanent: bool) {
        if let Some(rank) = TEXTS.iter().position(|known| *known == name) {
            let rank = TEXTS.len() - rank;
            if rank > self.rank && !value.trim().is_empty() {
                (self.rank, self.text) = (rank, Some(value));
            }
            return;
        }
        match name {
            "title" => keep(&mut self.title, &value),
            "link" => keep(&mut self.url, &value),
            // An Atom author is an element with a name in it.
            "author" => {
                let named = value.split_once("<name>").and_then(|(_, rest)| rest.split('<').next());
                keep(&mut self.author, named.unwrap_or(&value));
            }
            "creator" => keep(&mut self.author, &value),
            "guid" | "id" => {
                if is_permanent && value.trim().starts_with("http") && self.url.is_none() {
                    self.url = some(&value);
                }
                keep(&mut self.id, &value);
            }
            _ => {}
        }
    }

    /// Takes the address of `<link href>`, but not of one to an audio file or the like.
    fn link(&mut self, tag: &BytesStart) {
        if local(tag) != "link" {
            return;
        }
        let relation = attribute(tag, "rel");
        if relation.is_none_or(|relation| relation == "alternate")
            && let Some(href) = attribute(tag, "href")
        {
            self.url = some(&href);
        }
    }
}

fn local(tag: &BytesStart) -> String {
    tag.local_name().as_ref().to_owned()
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    tag.html_attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .map(|attribute| unescaped(&attribute.value))
}

fn keep(place: &mut Option<String>, value: &str) {
    if place.is_none() {
        *place = some(value);
    }
}

fn some(value: &str) -> Option<String> {
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Takes literal sections out of their marks and undoes one level of references elsewhere.
fn unescaped(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once("<![CDATA[") {
        out.push_str(&references(before));
        let (literal, after) = after.split_once("]]>").unwrap_or((after, ""));
        out.push_str(literal);
        rest = after;
    }
    out.push_str(&references(rest));
    out
}

/// Undoes the five references of XML and numbers; those of HTML are left to cleaning.
fn references(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let known = part.split_once(';').and_then(|(name, rest)| Some((one(name)?, rest)));
        if let Some((c, rest)) = known {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    out
}

fn one(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let value = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_either_kind_of_feed_gives_the_same_fields() {
        let rss = item(
            "<item><title>A &amp; B</title><link>https://x.org/1</link><guid isPermaLink='false'>77\
             </guid><dc:creator><![CDATA[Ann]]></dc:creator><pubDate>Fri, 17 Dec 2021 08:13:00 GMT\
             </pubDate><description>short</description><content:encoded><![CDATA[<p>long &eacute;\
             </p>]]></content:encoded></item>",
        )
        .unwrap();
        assert_eq!(rss.title.as_deref(), Some("A & B"));
        assert_eq!(rss.url.as_deref(), Some("https://x.org/1"));
        assert_eq!(rss.author.as_deref(), Some("Ann"));
        assert_eq!(rss.text.as_deref(), Some("<p>long &eacute;</p>"));
        assert_eq!(rss.id.as_deref(), Some("77"));
        let atom = item(
            "<entry><title>T</title><link rel='enclosure' href='x.mp3'/><link href='https://x.org/2'/>\
             <id>tag:x</id><updated>2021-12-18</updated><published>2021-12-17</published><author>\
             <name>Ann</name></author><content type='html'>&lt;p&gt;body&lt;/p&gt;</content></entry>",
        )
        .unwrap();
        assert_eq!(atom.url.as_deref(), Some("https://x.org/2"));
        assert_eq!(atom.published.as_deref(), Some("2021-12-17"));
        assert_eq!(atom.author.as_deref(), Some("Ann"));
        assert_eq!(atom.text.as_deref(), Some("<p>body</p>"));
    }
}

//! One record's bytes to one article as scraped: pure, for the workers to call.
//!
//! Refused: what is no JSON even after [`repair`](crate::ingest::repair), a record without a text
//! field, bytes that are no text. Nothing here can lose an article silently: each comes out, with a
//! reason where there is no body.

use crate::{
    base::reject::Reason,
    ingest::{
        charset,
        fields::{Fields, Slot},
        item::item,
        mail::mail,
        raw::{Body, RawArticle},
        record::{Format, RawRecord},
        repair::repaired,
    },
};

/// Decodes and parses one record.
pub fn parse(record: &RawRecord, fields: &Fields) -> RawArticle {
    let article = blank(record);
    let fetched = record.fetched.as_deref();
    let charset = fetched.and_then(|fetched| fetched.charset.as_deref());
    match (&record.bytes, record.format) {
        (Err(reason), _) => RawArticle { body: Err(reason.clone()), ..article },
        (Ok(bytes), Format::Json) => json(&charset::line(bytes), fields, article),
        (Ok(bytes), Format::Html) => {
            let page = charset::page(bytes, charset).ok_or(Reason::NotText);
            RawArticle { body: page.map(|page| Body::Html(page.into_owned())), ..article }
        }
        (Ok(bytes), Format::Text) => {
            let text = charset::text(bytes, charset).ok_or(Reason::NotText);
            RawArticle { body: text.map(|text| body(text.into_owned())), ..article }
        }
        (Ok(bytes), Format::Item) => match charset::text(bytes, charset) {
            Some(xml) => feed_item(&xml, article),
            None => RawArticle { body: Err(Reason::NotText), ..article },
        },
        (Ok(bytes), Format::Mail) => mail(bytes, article),
    }
}

fn feed_item(xml: &str, article: RawArticle) -> RawArticle {
    match item(xml) {
        Err(reason) => RawArticle { body: Err(reason), ..article },
        Ok(item) => RawArticle {
            record_id: item.id,
            url: item.url,
            title: item.title,
            author: item.author,
            published: item.published,
            body: item.text.map(body).ok_or(Reason::NoText),
            ..article
        },
    }
}

/// Makes an article that has nothing but its place.
fn blank(record: &RawRecord) -> RawArticle {
    let fetched = record.fetched.as_deref();
    RawArticle {
        source: record.source.clone(),
        record_id: None,
        url: fetched.and_then(|fetched| fetched.url.clone()),
        title: None,
        author: None,
        published: None,
        lang: fetched.and_then(|fetched| fetched.lang.clone()),
        body: Err(Reason::NoText),
        bytes: record.size,
    }
}

fn json(line: &str, fields: &Fields, article: RawArticle) -> RawArticle {
    let values = fields.read(line).or_else(|_| fields.read(&repaired(line)));
    let Ok(mut values) = values else {
        return RawArticle { body: Err(Reason::Syntax), ..article };
    };
    let body = values.take(Slot::Text).map(body).ok_or(Reason::NoText);
    RawArticle {
        record_id: values.take(Slot::Id),
        url: values.take(Slot::Url),
        title: values.take(Slot::Title),
        author: values.take(Slot::Author),
        published: values.take(Slot::Published),
        lang: values.take(Slot::Lang),
        body,
        ..article
    }
}

/// Tells a whole page from a text.
fn body(text: String) -> Body {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let begins = |word: &str| start.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    if begins("<!doctype html") || begins("<html") { Body::Html(text) } else { Body::Text(text) }
}

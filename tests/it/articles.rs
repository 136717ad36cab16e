//! Short articles for tests, as a scraper would have left them.

use finewire::{
    base::lang::Lang,
    ingest::raw::{Body, RawArticle},
};

/// An article of `text`, published on 14 June 2023; its page may declare a language.
pub(crate) fn article(lang: Option<Lang>, text: &str) -> RawArticle {
    RawArticle {
        source: "test".to_owned(),
        record_id: None,
        url: None,
        title: None,
        author: None,
        published: Some("2023-06-14".to_owned()),
        lang: lang.map(|lang| lang.code().to_owned()),
        body: Ok(Body::Text(text.to_owned())),
        bytes: text.len() as u64,
    }
}

//! Articles as scraped in, clean text out.
//!
//! Cleaning only ever drops whole lines and characters that show nothing: the words of a sentence
//! stay as they are, so that what is found in them can be quoted. Lines that give a date or an author
//! stay too; a later stage reads them. Refused: an article of which nothing is left.

pub mod article;
pub mod characters;
pub mod furniture;
pub mod lines;
pub mod page;
pub mod published;

mod dated;
mod declared;
mod elements;
mod entities;
mod headline;
mod lean;
mod linked;
mod markup;
mod metadata;
mod mojibake;
mod openings;
mod signed;
mod strip;
mod whole;

use crate::{
    base::reject::Reason,
    clean::{
        article::Article,
        characters::normal,
        furniture::Furniture,
        headline::{author, byline, titled},
        lines::sift,
        page::Page,
    },
    ingest::raw::{Body, RawArticle},
};

/// Cleans one article.
pub fn article(furniture: &Furniture, raw: &RawArticle) -> Result<Article, Reason> {
    let page = match &raw.body {
        Err(reason) => return Err(reason.clone()),
        Ok(Body::Html(html)) => page::read(html),
        Ok(Body::Text(text)) if markup::is_fragment(text) => Page::of_text(strip::text(text)),
        Ok(Body::Text(text)) => Page::of_text(entities::decoded(text).into_owned()),
    };
    let line = |given: &Option<String>, found: Option<String>| {
        let given = given.as_deref().map(headline::line).filter(|text| !text.is_empty());
        given.or_else(|| found.map(|text| headline::line(&text)).filter(|text| !text.is_empty()))
    };
    let (text, mut is_broken) = sound(page.text);
    let sifted = sift(furniture, &normal(&text));
    let title = line(&raw.title, page.title).map(|title| {
        let (title, is_title_broken) = sound(title);
        is_broken |= is_title_broken;
        title
    });
    let titled = titled(title, sifted.text);
    if titled.text.is_empty() {
        return Err(Reason::Empty);
    }
    let declared_lang = raw.lang.as_deref().or(page.lang.as_deref()).and_then(declared::code);
    let is_month_first = declared_lang.as_deref().is_none_or(|lang| lang == "en");
    let url = line(&raw.url, page.url);
    let published = [raw.published.as_deref(), page.published.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|text| published::published(text, is_month_first))
        .or_else(|| url.as_deref().and_then(published::in_address))
        .or_else(|| page.dates.iter().find_map(|text| published::shown(text, is_month_first)));
    let author = line(&raw.author, page.author)
        .and_then(|text| author(furniture, &text))
        .or_else(|| byline(furniture, &titled.text));
    let missing = whole::missing(&titled.text, page.is_free);
    Ok(Article {
        note: missing.or_else(|| is_broken.then_some("broken characters")),
        text: titled.text,
        headline_len: titled.headline_len,
        title: titled.title,
        author,
        url,
        published,
        declared_lang,
        comments_chars: sifted.comments_chars + page.comments_chars,
        boilerplate_chars: sifted.boilerplate_chars,
    })
}

/// Returns a text without characters that were decoded twice, and whether some are left.
fn sound(text: String) -> (String, bool) {
    let (text, is_broken) = mojibake::repaired(&text).unwrap_or((text, false));
    let is_lost = text.matches('\u{FFFD}').nth(2).is_some();
    (text, is_broken || is_lost)
}

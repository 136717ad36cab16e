//! All facts of one article, as the dataset's rows hold them.
//!
//! Offsets are Unicode code points of `articles.text`. Fields are the columns of the same name;
//! what each means stands in [`crate::dataset::schema`].

#![expect(missing_docs, reason = "fields are columns; the schema says what each means")]

use jiff::civil::Date;

use crate::{
    base::{digest::digest, reject::Reason},
    dataset::cost::Cost,
    ingest::raw::RawArticle,
};

/// Returns the stable id of an article: from its address, else its source, else its content.
///
/// ```
/// use finewire::dataset::record::article_id;
/// let id = article_id(Some("https://example.org/a#top"), "a.jsonl#1", "");
/// assert_eq!(id, article_id(Some(" https://example.org/a"), "b.jsonl#7", ""));
/// assert_eq!(id.len(), 32);
/// ```
pub fn article_id(url: Option<&str>, source: &str, content: &str) -> String {
    // A fragment is a place in the page, not another page.
    let url = url.map(|url| url.split('#').next().unwrap_or_default().trim());
    match url {
        Some(url) if !url.is_empty() => digest(&["url", url]),
        _ if !source.is_empty() => digest(&["source", source]),
        _ => digest(&["content", content]),
    }
}

/// Everything one article yields: its own row and the rows that point at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The article's own row.
    pub article: ArticleRow,
    /// Names, ordered by `start`.
    pub entities: Vec<EntityRow>,
    /// Dates, ordered by `start`.
    pub dates: Vec<DateRow>,
    /// Amounts, ordered by `start`.
    pub amounts: Vec<AmountRow>,
    /// Actions, ordered by `start`.
    pub actions: Vec<ActionRow>,
}

impl Record {
    /// Makes the record of an article that has no facts, with what is known without reading it.
    pub fn without_facts(raw: &RawArticle, reason: &Reason) -> Self {
        let mut record = Self::unread(&raw.source, raw.bytes, reason);
        let row = &mut record.article;
        row.article_id = article_id(raw.url.as_deref(), &raw.source, "");
        row.record_id.clone_from(&raw.record_id);
        row.url.clone_from(&raw.url);
        row.title.clone_from(&raw.title);
        row.author.clone_from(&raw.author);
        record
    }

    /// Makes the record of an article of which nothing is known but where it was read.
    pub fn unread(source: &str, input_bytes: u64, reason: &Reason) -> Self {
        let article = ArticleRow {
            article_id: article_id(None, source, ""),
            source: source.to_owned(),
            lang: "und",
            lang_detector: "script",
            status: if reason.is_skip() { "skipped" } else { "failed" },
            reason: Some(reason.word()),
            input_bytes,
            ..ArticleRow::default()
        };
        Self { article, ..Self::default() }
    }
}

/// A row of `articles`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleRow {
    pub article_id: String,
    pub source: String,
    pub record_id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub author: Option<String>,
    /// Milliseconds since 1970 in UTC.
    pub published_at: Option<i64>,
    pub published_on: Option<Date>,
    pub published_granularity: Option<&'static str>,
    pub published_from: Option<&'static str>,
    pub lang: &'static str,
    pub lang_confidence: f32,
    pub lang_detector: &'static str,
    pub text: Option<String>,
    pub comments_chars: u32,
    pub boilerplate_chars: u32,
    pub words: u32,
    pub content_hash: String,
    pub duplicate_of: Option<String>,
    pub status: &'static str,
    pub reason: Option<&'static str>,
    /// Bytes of input that the article cost; counted in `run.json`, no column.
    pub input_bytes: u64,
    /// Time that the article cost; counted in `run.json`, no column.
    pub cost: Cost,
    /// Signature for near-duplicates; no column.
    pub sketch: Vec<u32>,
}

/// A row of `entities`.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub label: &'static str,
    pub name: String,
    pub entity_id: Option<String>,
    pub rule: &'static str,
    pub confidence: f32,
}

/// A row of `dates`.
#[derive(Clone, Debug, PartialEq)]
pub struct DateRow {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub value: String,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub granularity: &'static str,
    pub relative: bool,
    pub modifier: Option<&'static str>,
    pub rule: &'static str,
}

/// A row of `amounts`.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountRow {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub currency: String,
    pub qualifier: Option<&'static str>,
    pub per: Option<&'static str>,
    pub converted_from: Option<i64>,
    pub amount_eur: Option<f64>,
    pub role: Option<&'static str>,
    pub rule: &'static str,
}

/// A row of `actions`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionRow {
    /// Empty until that of the article is settled.
    pub action_id: String,
    pub start: u32,
    pub end: u32,
    pub evidence: String,
    pub trigger: String,
    pub r#type: &'static str,
    pub status: &'static str,
    pub regulator_id: Option<String>,
    pub regulator: Option<String>,
    pub country: Option<String>,
    pub sector: Option<&'static str>,
    pub target: Option<String>,
    pub amount: Option<f64>,
    pub amount_max: Option<f64>,
    pub currency: Option<String>,
    pub amount_qualifier: Option<&'static str>,
    pub per: Option<&'static str>,
    pub amount_eur: Option<f64>,
    pub date: Option<String>,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub date_from: &'static str,
    pub laws: Vec<String>,
    pub measures: Vec<&'static str>,
    pub deadline: Option<String>,
    pub rule: String,
    pub confidence: f32,
    /// Why each slot was filled as it was, one line a slot; shown by `finewire show`, no column.
    pub why: Vec<String>,
}

//! What the cases need of the articles, kept for all of a run: small, its strings shared.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// What the cases need of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Id of the article.
    pub article_id: String,
    /// Its language.
    pub lang: &'static str,
    /// First day it may have been published.
    pub published_on: Option<Date>,
    /// Id of the earliest near-identical article.
    pub duplicate_of: Option<String>,
    /// Its actions.
    pub actions: Vec<Told>,
}

/// An action as an article tells it; the fields are those columns of `actions` that cases look at.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the columns of the schema")]
pub struct Told {
    pub action_id: Box<str>,
    pub start: u32,
    pub confidence: f32,
    pub r#type: &'static str,
    pub status: &'static str,
    pub regulator_id: Option<Arc<str>>,
    pub regulator: Option<Arc<str>>,
    pub country: Option<Arc<str>>,
    pub sector: Option<&'static str>,
    pub target: Option<Arc<str>>,
    pub amount: Option<f64>,
    pub amount_max: Option<f64>,
    pub currency: Option<Arc<str>>,
    pub amount_qualifier: Option<&'static str>,
    pub per: Option<&'static str>,
    pub amount_eur: Option<f64>,
    pub date: Option<Arc<str>>,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub date_from: &'static str,
    pub laws: Box<[Arc<str>]>,
}

/// Strings that many actions share, each held once.
#[derive(Debug, Default)]
pub struct Shared(FxHashSet<Arc<str>>);

impl Shared {
    /// Returns the one copy of `text`.
    pub fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(Arc::clone(&new));
        new
    }

    /// Returns the one copy of `text`, if there is one.
    pub fn maybe(&mut self, text: Option<&str>) -> Option<Arc<str>> {
        text.map(|text| self.of(text))
    }
}

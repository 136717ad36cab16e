//! What is known of an action in the world.

use jiff::civil::Date;

/// A row of `cases`; its columns are told in the dataset's schema.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the columns of the schema")]
pub struct CaseRow {
    pub case_id: String,
    pub r#type: &'static str,
    pub status: &'static str,
    pub regulator_id: Option<String>,
    pub regulator: Option<String>,
    pub country: Option<String>,
    pub sector: Option<&'static str>,
    pub target: Option<String>,
    pub amount: Option<f64>,
    pub currency: Option<String>,
    pub amount_eur: Option<f64>,
    pub per: Option<&'static str>,
    pub date: Option<String>,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub laws: Vec<String>,
    pub articles: Vec<String>,
    pub actions: Vec<String>,
    pub languages: Vec<String>,
    pub first_reported: Option<Date>,
    pub last_reported: Option<Date>,
    pub confidence: f32,
    pub dossier_id: String,
    pub conflicts: Vec<String>,
}

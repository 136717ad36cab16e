//! Rows of each table, cell by cell in the order of [`crate::dataset::schema`].

use crate::{
    dataset::{
        columns::Columns,
        record::{ActionRow, AmountRow, ArticleRow, DateRow, EntityRow},
    },
    merge::case::CaseRow,
};

/// Appends a row of `articles`.
pub(crate) fn article(columns: &mut Columns, row: &ArticleRow) {
    columns
        .row()
        .string(&row.article_id)
        .string(&row.source)
        .maybe_string(row.record_id.as_deref())
        .maybe_string(row.url.as_deref())
        .maybe_string(row.title.as_deref())
        .maybe_string(row.author.as_deref())
        .int64(row.published_at)
        .date(row.published_on)
        .maybe_string(row.published_granularity)
        .maybe_string(row.published_from)
        .string(row.lang)
        .float32(row.lang_confidence)
        .string(row.lang_detector)
        .maybe_string(row.text.as_deref())
        .uint32(row.comments_chars)
        .uint32(row.boilerplate_chars)
        .uint32(row.words)
        .string(&row.content_hash)
        .maybe_string(row.duplicate_of.as_deref())
        .string(row.status)
        .maybe_string(row.reason.as_deref());
}

/// Appends a row of `entities`.
pub(crate) fn entity(columns: &mut Columns, article_id: &str, row: &EntityRow) {
    columns
        .row()
        .string(article_id)
        .uint32(row.start)
        .uint32(row.end)
        .string(&row.text)
        .string(row.label)
        .string(&row.name)
        .maybe_string(row.entity_id.as_deref())
        .string(row.rule)
        .float32(row.confidence);
}

/// Appends a row of `dates`.
pub(crate) fn date(columns: &mut Columns, article_id: &str, row: &DateRow) {
    columns
        .row()
        .string(article_id)
        .uint32(row.start)
        .uint32(row.end)
        .string(&row.text)
        .string(&row.value)
        .date(row.first_day)
        .date(row.last_day)
        .string(row.granularity)
        .bool(row.relative)
        .maybe_string(row.modifier)
        .string(row.rule);
}

/// Appends a row of `amounts`.
pub(crate) fn amount(columns: &mut Columns, article_id: &str, row: &AmountRow) {
    columns
        .row()
        .string(article_id)
        .uint32(row.start)
        .uint32(row.end)
        .string(&row.text)
        .float64(row.value)
        .float64(row.low)
        .float64(row.high)
        .string(&row.currency)
        .maybe_string(row.qualifier)
        .maybe_string(row.per)
        .int64(row.converted_from)
        .float64(row.amount_eur)
        .maybe_string(row.role)
        .string(row.rule);
}

/// Appends a row of `actions`.
pub(crate) fn action(columns: &mut Columns, article_id: &str, row: &ActionRow) {
    columns
        .row()
        .string(&row.action_id)
        .string(article_id)
        .uint32(row.start)
        .uint32(row.end)
        .string(&row.evidence)
        .string(&row.trigger)
        .string(row.r#type)
        .string(row.status)
        .maybe_string(row.regulator_id.as_deref())
        .maybe_string(row.regulator.as_deref())
        .maybe_string(row.country.as_deref())
        .maybe_string(row.sector)
        .maybe_string(row.target.as_deref())
        .float64(row.amount)
        .float64(row.amount_max)
        .maybe_string(row.currency.as_deref())
        .maybe_string(row.amount_qualifier)
        .maybe_string(row.per)
        .float64(row.amount_eur)
        .maybe_string(row.date.as_deref())
        .date(row.first_day)
        .date(row.last_day)
        // A row that was made without asking for a date has none.
        .maybe_string(Some(row.date_from).filter(|from| !from.is_empty()))
        .strings(&row.laws)
        .strings(&row.measures)
        .maybe_string(row.deadline.as_deref())
        .string(&row.rule)
        .float32(row.confidence);
}

/// Appends a row of `cases`.
pub(crate) fn case(columns: &mut Columns, row: &CaseRow) {
    columns
        .row()
        .string(&row.case_id)
        .string(row.r#type)
        .string(row.status)
        .maybe_string(row.regulator_id.as_deref())
        .maybe_string(row.regulator.as_deref())
        .maybe_string(row.country.as_deref())
        .maybe_string(row.sector)
        .maybe_string(row.target.as_deref())
        .float64(row.amount)
        .maybe_string(row.currency.as_deref())
        .float64(row.amount_eur)
        .maybe_string(row.per)
        .maybe_string(row.date.as_deref())
        .date(row.first_day)
        .date(row.last_day)
        .strings(&row.laws)
        .strings(&row.articles)
        .strings(&row.actions)
        .strings(&row.languages)
        .date(row.first_reported)
        .date(row.last_reported)
        .float32(row.confidence)
        .string(&row.dossier_id)
        .strings(&row.conflicts);
}

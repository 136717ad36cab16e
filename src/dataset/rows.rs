//! Rows of each table, cell by cell in the order of [`crate::dataset::schema`].

use crate::{
    dataset::{
        cells::Cells,
        packed::Pack,
        record::{ActionRow, AmountRow, ArticleRow, DateRow, EntityRow, Record},
    },
    merge::case::CaseRow,
};

/// Packs the rows of one table, in the order of [`OF_ARTICLES`], that a record has.
///
/// [`OF_ARTICLES`]: crate::dataset::rowset::OF_ARTICLES
pub(crate) fn pack(record: &Record, table: usize, pack: &mut Pack) {
    let id = record.article.article_id.as_str();
    match table {
        0 => article(&mut *pack, &record.article),
        1 => record.entities.iter().for_each(|row| entity(&mut *pack, id, row)),
        2 => record.dates.iter().for_each(|row| date(&mut *pack, id, row)),
        3 => record.amounts.iter().for_each(|row| amount(&mut *pack, id, row)),
        _ => record.actions.iter().for_each(|row| action(&mut *pack, id, row)),
    }
}

/// Appends a row of `articles`.
fn article(cells: impl Cells, row: &ArticleRow) {
    let _ = cells
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
        .maybe_string(row.reason);
}

/// Appends a row of `entities`.
fn entity(cells: impl Cells, article_id: &str, row: &EntityRow) {
    let _ = cells
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
fn date(cells: impl Cells, article_id: &str, row: &DateRow) {
    let _ = cells
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
fn amount(cells: impl Cells, article_id: &str, row: &AmountRow) {
    let _ = cells
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
fn action(cells: impl Cells, article_id: &str, row: &ActionRow) {
    let _ = cells
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
pub(crate) fn case(cells: impl Cells, row: &CaseRow) {
    let _ = cells
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

//! An article that is through all stages: its rows as bytes, and what the run keeps of it.
//!
//! The worker that made the rows packs them, so that one piece of memory goes on to the next threads
//! instead of some thousand.

use jiff::civil::Date;

use crate::dataset::{
    catalog::{Entry, Sketch, UNDATED},
    cost::Cost,
    identity::{action_id, content, number},
    packed::{Pack, Packed},
    record::Record,
};

/// A processed article.
pub(crate) struct Finished {
    /// Its rows, under the id that its address or place gives it.
    pub(crate) rows: Packed,
    /// What is known of it, but for what only the run knows: its key, and by whom it was made.
    pub(crate) entry: Entry,
    /// Whether it has an address.
    pub(crate) has_url: bool,
    /// What it cost, and what it is called in the list of the slowest.
    pub(crate) cost: Cost,
    pub(crate) lang: &'static str,
    pub(crate) record_id: Option<String>,
}

impl Finished {
    /// Puts the rows of an article in the order of their offsets and packs them; `scratch` is a
    /// buffer.
    pub(crate) fn of(mut record: Record, scratch: &mut Pack) -> Self {
        order(&mut record);
        let row = &record.article;
        Self {
            rows: Packed::of(&record, scratch),
            entry: entry(&record),
            has_url: row.url.as_deref().is_some_and(|url| !url.trim().is_empty()),
            cost: row.cost,
            lang: row.lang,
            record_id: row.record_id.clone(),
        }
    }
}

/// Puts the rows of one article in the order of their offsets, and gives the actions their ids.
fn order(record: &mut Record) {
    record.entities.sort_by_key(|row| (row.start, row.end));
    record.dates.sort_by_key(|row| (row.start, row.end));
    record.amounts.sort_by_key(|row| (row.start, row.end));
    record.actions.sort_by_key(|row| (row.start, row.end));
    for (index, action) in record.actions.iter_mut().enumerate() {
        action.action_id = action_id(&record.article.article_id, index);
    }
}

/// Returns what the record says of its article.
fn entry(record: &Record) -> Entry {
    let row = &record.article;
    let id = number(&row.article_id);
    let count = |rows: usize| rows as u32;
    Entry {
        id,
        own: id,
        content: content(row),
        published: row.published_on.map_or(UNDATED, days),
        rows: [
            1,
            count(record.entities.len()),
            count(record.dates.len()),
            count(record.amounts.len()),
            count(record.actions.len()),
        ],
        text_bytes: row.text.as_ref().map_or(0, |text| text.len() as u32),
        input_bytes: row.input_bytes,
        lang: row.lang,
        status: row.status,
        reason: row.reason.unwrap_or_default(),
        source: row.source.as_str().into(),
        outlet: outlet(row.url.as_deref(), &row.source).into(),
        sketch: Sketch::Here(row.sketch.as_slice().into()),
        ..Entry::default()
    }
}

/// Returns the file that a source lies in.
pub(crate) fn path(source: &str) -> &str {
    source.split(['#', '!']).next().unwrap_or_default()
}

/// Returns the host of an address, else the folder that the article lay in.
pub(crate) fn outlet<'s>(url: Option<&'s str>, source: &'s str) -> &'s str {
    let host = url.and_then(|url| url.split_once("://")).map(|(_, rest)| {
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    });
    host.filter(|host| !host.is_empty())
        .unwrap_or_else(|| path(source).rsplit_once('/').map_or("", |(folder, _)| folder))
}

fn days(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_a_host_or_a_folder() {
        assert_eq!(outlet(Some("https://www.x.org:80/a"), "a/b.txt"), "x.org");
        assert_eq!(outlet(None, "crawl/site/b.jsonl#3"), "crawl/site");
    }
}

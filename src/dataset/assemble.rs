//! Part files of a plan: rows from wherever they lie, in order, under the ids that they get.

use std::{ops::Range, path::Path};

use crate::dataset::{
    encode::Group,
    parts::{self, PartFile, WriteError},
    plan::{Final, Job, Plan},
    replaced::{Numbers, Texts},
    rowset::{OF_ARTICLES, Source},
};

/// Makes one part file in `folder`, or shares that of the snapshot before, and returns its bytes.
pub(crate) fn make(plan: &Plan, job: Job, folder: &Path) -> Result<u64, WriteError> {
    if let Some(bytes) = plan.share(job, folder)? {
        return Ok(bytes);
    }
    let Some(table) = OF_ARTICLES.get(job.table) else { return Ok(0) };
    let bits = plan.bits.get(job.table).copied().unwrap_or_default();
    let groups = plan.group_bits.get(job.table).copied().unwrap_or_default() - bits;
    let path = folder.join(table.name).join(parts::name(job.part as u32 + 1));
    let mut file: Option<PartFile> = None;
    for group in 0..1u64 << groups {
        let articles = plan.range(bits + groups, (job.part << groups) | group);
        let mut rows = Group::new(table).map_err(WriteError::file(&path))?;
        gather(plan, job.table, articles, &mut rows)?;
        // A reader of the folder finds the columns even if there is no row at all.
        let is_needed = rows.rows() > 0 || bits + groups == 0;
        if is_needed && file.is_none() {
            file = Some(PartFile::open(table, path.clone())?);
        }
        if let Some(file) = file.as_mut().filter(|_| rows.rows() > 0) {
            file.group(rows)?;
        }
    }
    file.map_or(Ok(0), PartFile::close)
}

/// Appends the rows of some articles, in their order.
fn gather(
    plan: &Plan,
    table: usize,
    articles: &[Final],
    group: &mut Group,
) -> Result<(), WriteError> {
    let Some(columns) = OF_ARTICLES.get(table).map(|table| Numbers::of(table)) else {
        return Ok(());
    };
    // For each set, the articles that stand in their place in its rows.
    let mut ahead: Vec<Range<usize>> = vec![0..0; plan.sets.len()];
    for article in articles.iter().filter(|article| !plan.is_renamed(article)) {
        if let Some(range) = ahead.get_mut(article.set as usize) {
            let index = article.index as usize;
            let start = if range.start == range.end { index } else { range.start };
            *range = start..index + 1;
        }
    }
    let mut sources: Vec<Source> = plan.sets.iter().map(|set| set.source(table)).collect();
    for article in articles {
        let set = article.set as usize;
        let (Some(source), Some(ahead)) = (sources.get_mut(set), ahead.get(set)) else { continue };
        source.append(article.index as usize, ahead, group, &texts(plan, columns, article))?;
    }
    Ok(())
}

/// Returns what the rows of an article say in place of what lies in its set.
fn texts<'p>(plan: &Plan, columns: Numbers, article: &'p Final) -> Texts<'p> {
    let source = article.source.as_deref();
    let texts = Texts::of(columns).from(source).duplicate_of(article.duplicate_of);
    if plan.is_renamed(article) { texts.under(article.id) } else { texts }
}

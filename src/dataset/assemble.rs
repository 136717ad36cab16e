//! Part files of a plan: rows from wherever they lie, in order, under the ids that they get.

use std::{ops::Range, path::Path};

use crate::dataset::{
    encode::Group,
    identity::{action_id, hex},
    packed::{Numbers, Replaced},
    parts::{self, PartFile, WriteError},
    plan::{Final, Job, Plan},
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
        let texts = Texts::of(plan, table, article);
        source.append(article.index as usize, ahead, group, |nth| texts.replaced(&columns, nth))?;
    }
    Ok(())
}

/// The texts of an article's rows that are not those that lie in its set.
struct Texts<'p> {
    /// Whether the row is that of the article itself, and so has the next two.
    is_own: bool,
    source: Option<&'p str>,
    duplicate_of: Option<String>,
    article_id: Option<String>,
    action_ids: Vec<String>,
}

impl<'p> Texts<'p> {
    fn of(plan: &Plan, table: usize, article: &'p Final) -> Self {
        let is_own = table == 0;
        let article_id = plan.is_renamed(article).then(|| hex(article.id));
        let has_action_ids = table + 1 == OF_ARTICLES.len();
        let actions = plan
            .entry(article)
            .and_then(|entry| entry.rows.get(table).copied())
            .unwrap_or_default();
        let action_ids = article_id
            .as_ref()
            .filter(|_| has_action_ids)
            .map(|id| (0..actions as usize).map(|index| action_id(id, index)).collect());
        Self {
            is_own,
            source: article.source.as_deref(),
            duplicate_of: (is_own && article.duplicate_of != 0).then(|| hex(article.duplicate_of)),
            article_id,
            action_ids: action_ids.unwrap_or_default(),
        }
    }

    /// Returns what replaces the texts of the `nth` row.
    fn replaced(&self, columns: &Numbers, nth: usize) -> Vec<Replaced<'_>> {
        let mut replaced = Vec::new();
        if self.is_own {
            replaced.push((columns.duplicate_of, self.duplicate_of.as_deref()));
            replaced.extend(self.source.map(|source| (columns.source, Some(source))));
        }
        replaced.extend(self.article_id.as_deref().map(|id| (columns.article_id, Some(id))));
        let action_id = self.action_ids.get(nth);
        replaced.extend(action_id.map(|id| (columns.action_id, Some(id.as_str()))));
        replaced
    }
}

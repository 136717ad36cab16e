//! Part files of a plan: rows from wherever they lie, in order, under the ids that they get.

use std::{ops::Range, path::Path};

use polars::prelude::{Column, DataFrame, IdxCa, IdxSize, IntoColumn, PolarsResult, StringChunked};

use crate::dataset::{
    identity::{action_id, hex},
    parts::{self, PartFile, WriteError},
    plan::{Final, Job, Plan},
    rowset::OF_ARTICLES,
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
        let frame = gather(plan, job.table, articles)?;
        // A reader of the folder finds the columns even if there is no row at all.
        let is_needed = frame.height() > 0 || bits + groups == 0;
        if is_needed {
            if file.is_none() {
                file = Some(PartFile::open(table, path.clone())?);
            }
            if let Some(file) = &mut file
                && frame.height() > 0
            {
                file.group(&frame)?;
            }
        }
    }
    file.map_or(Ok(0), PartFile::close)
}

/// Returns the rows of some articles, in their order.
fn gather(plan: &Plan, table: usize, articles: &[Final]) -> Result<DataFrame, WriteError> {
    let mut pieces: Vec<DataFrame> = Vec::new();
    let mut height = 0;
    // First row of each article in the pieces as they are put together.
    let mut starts = vec![0; articles.len()];
    for number in 0..plan.sets.len() {
        let is_of_set = |article: &Final| article.set as usize == number;
        let in_place = |article: &Final| is_of_set(article) && !plan.is_renamed(article);
        let mut stretches: Vec<Range<usize>> = Vec::new();
        let mut indexes = articles.iter().filter(|a| in_place(a)).map(|a| a.index as usize);
        if let Some(first) = indexes.next() {
            stretches.push(first..indexes.next_back().unwrap_or(first) + 1);
        }
        let renamed = articles.iter().filter(|a| is_of_set(a) && plan.is_renamed(a));
        stretches.extend(renamed.map(|a| a.index as usize..a.index as usize + 1));
        let Some(set) = plan.sets.get(number) else { continue };
        for (nth, stretch) in stretches.into_iter().enumerate() {
            let base = set.rows(table, &stretch).start;
            for (start, article) in starts.iter_mut().zip(articles) {
                let index = article.index as usize;
                // The first stretch is that of the articles in place, unless there are none.
                let is_here = is_of_set(article)
                    && stretch.contains(&index)
                    && (plan.is_renamed(article) || nth == 0);
                if is_here {
                    *start = height + set.rows(table, &(index..index + 1)).start - base;
                }
            }
            let frame = set.frame(table, stretch)?;
            height += frame.height();
            pieces.push(frame);
        }
    }
    together(plan, table, articles, (pieces, starts)).map_err(|source| WriteError::Encode {
        path: OF_ARTICLES.get(table).map_or("", |table| table.name).into(),
        source,
    })
}

/// Puts pieces together, row by row in the order of the articles.
fn together(
    plan: &Plan,
    table: usize,
    articles: &[Final],
    (pieces, starts): (Vec<DataFrame>, Vec<usize>),
) -> PolarsResult<DataFrame> {
    let mut pieces = pieces.into_iter();
    let Some(mut frame) = pieces.next() else { return Ok(DataFrame::empty()) };
    for piece in pieces {
        frame.vstack_mut(&piece)?;
    }
    let count = |article: &Final| {
        plan.entry(article).and_then(|entry| entry.rows.get(table).copied()).unwrap_or_default()
    };
    let rows: Vec<IdxSize> = articles
        .iter()
        .zip(&starts)
        .flat_map(|(article, start)| {
            let start = *start as IdxSize;
            start..start + count(article)
        })
        .collect();
    let is_in_order = rows.len() == frame.height()
        && rows.iter().enumerate().all(|(at, row)| *row as usize == at);
    if !is_in_order {
        frame = frame.take(&IdxCa::from_vec("rows".into(), rows))?;
    }
    frame.rechunk_mut();
    if table == 0 {
        let cell = |article: &Final| article.source.clone();
        if articles.iter().any(|article| article.source.is_some()) {
            replace(&mut frame, "source", articles.iter().map(|a| cell(a).map(String::from)))?;
        }
        let ids = articles
            .iter()
            .map(|article| (article.duplicate_of != 0).then(|| hex(article.duplicate_of)));
        let ids: StringChunked = ids.collect();
        frame.with_column(ids.with_name("duplicate_of".into()).into_column())?;
    }
    if articles.iter().any(|article| plan.is_renamed(article)) {
        let renamed = |article: &Final| plan.is_renamed(article).then(|| hex(article.id));
        let ids = articles.iter().flat_map(|a| std::iter::repeat_n(renamed(a), count(a) as usize));
        replace(&mut frame, "article_id", ids)?;
        if table + 1 == OF_ARTICLES.len() {
            let ids = articles.iter().flat_map(|article| {
                let id = renamed(article);
                (0..count(article) as usize)
                    .map(move |index| id.as_ref().map(|id| action_id(id, index)))
            });
            replace(&mut frame, "action_id", ids)?;
        }
    }
    Ok(frame)
}

/// Puts other texts into a column where there are some.
fn replace(
    frame: &mut DataFrame,
    name: &str,
    others: impl Iterator<Item = Option<String>>,
) -> PolarsResult<()> {
    let column = frame.column(name)?.str()?.clone();
    let texts: StringChunked = column
        .iter()
        .zip(others)
        .map(|(text, other)| other.or_else(|| text.map(str::to_owned)))
        .collect();
    let column: Column = texts.with_name(name.into()).into_column();
    frame.with_column(column)?;
    Ok(())
}

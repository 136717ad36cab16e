//! What an article's rows say in place of what lies in them: its ids, its place, what it is a duplicate of.

use std::borrow::Cow;

use crate::dataset::{
    identity::{action_id, hex},
    schema::Table,
};

/// The number of a column, and the text that its cell gets in place of its own.
pub(crate) type Replaced<'t> = (usize, Option<Cow<'t, str>>);

/// Number of a column that a table lacks.
const NONE: usize = usize::MAX;

/// Numbers of the columns whose texts may be replaced; of those that a table lacks, none.
#[derive(Clone, Copy)]
pub(crate) struct Numbers {
    source: usize,
    duplicate_of: usize,
    article_id: usize,
    action_id: usize,
}

impl Numbers {
    pub(crate) fn of(table: &Table) -> Self {
        let number = |name: &str| {
            table.columns.iter().position(|column| column.name == name).unwrap_or(NONE)
        };
        Self {
            source: number("source"),
            duplicate_of: number("duplicate_of"),
            article_id: number("article_id"),
            action_id: number("action_id"),
        }
    }
}

/// The texts of an article's rows in one table that are not those that lie there.
pub(crate) struct Texts<'t> {
    columns: Numbers,
    article_id: Option<String>,
    source: Option<&'t str>,
    /// 0 for a duplicate of none.
    duplicate_of: Option<u128>,
}

impl<'t> Texts<'t> {
    /// Replaces nothing in the table with these columns.
    pub(crate) fn of(columns: Numbers) -> Self {
        Self { columns, article_id: None, source: None, duplicate_of: None }
    }

    /// Puts the rows under another id of their article.
    pub(crate) fn under(self, id: u128) -> Self {
        Self { article_id: Some(hex(id)), ..self }
    }

    /// Says where the article was found, if not where its rows say.
    pub(crate) fn from(self, source: Option<&'t str>) -> Self {
        Self { source, ..self }
    }

    /// Says which article this is a duplicate of; 0 for none.
    pub(crate) fn duplicate_of(self, id: u128) -> Self {
        Self { duplicate_of: Some(id), ..self }
    }

    /// Returns what replaces the texts of the `nth` row.
    pub(crate) fn replaced(&self, nth: usize) -> Vec<Replaced<'_>> {
        let Self { columns, article_id, source, duplicate_of } = self;
        let mut replaced: Vec<Replaced> = Vec::new();
        if let Some(id) = duplicate_of.filter(|_| columns.duplicate_of != NONE) {
            let first = (id != 0).then(|| hex(id).into());
            replaced.push((columns.duplicate_of, first));
        }
        replaced.extend(source.map(|source| (columns.source, Some(source.into()))));
        if let Some(id) = article_id {
            replaced.push((columns.article_id, Some(id.into())));
            if columns.action_id != NONE {
                replaced.push((columns.action_id, Some(action_id(id, nth).into())));
            }
        }
        replaced
    }
}

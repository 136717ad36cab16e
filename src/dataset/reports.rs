//! Actions of earlier runs back from their tables, for the cases.
//!
//! Words of closed vocabularies are pooled: there are a few hundred of them, so what the pool holds
//! for ever is small.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use jiff::{ToSpan as _, civil::Date};
use polars::prelude::{Column, DataFrame, DataType, PolarsResult};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    dataset::{
        catalog::{Entry, UNDATED},
        identity::{action_id, hex},
        packed::{Broken, Unpack},
        parts::WriteError,
        plan::Plan,
        record::ActionRow,
        settle::told,
    },
    merge::told::{Report, Shared, Told},
};

/// Index of the table `actions`.
const ACTIONS: usize = 4;

/// Returns what the cases need of every article with actions.
pub(crate) fn reports(plan: &Plan) -> Result<Vec<Report>, WriteError> {
    let mut words = Words::default();
    let (mut shared, mut reports) = (Shared::default(), Vec::new());
    for (number, set) in plan.sets.iter().enumerate() {
        let articles: Vec<_> = plan
            .finals
            .iter()
            .filter(|article| article.set as usize == number)
            .filter_map(|article| Some((article, plan.entry(article)?)))
            .filter(|(_, entry)| entry.rows[ACTIONS] > 0)
            .collect();
        if articles.is_empty() {
            continue;
        }
        let all = 0..set.catalog.entries.len();
        let mut packed: FxHashMap<usize, Vec<Told>> = FxHashMap::default();
        let is_packed = set.each(ACTIONS, &all, |index, rows| {
            if !rows.is_empty() {
                packed.insert(index, unpacked(rows, &mut words, &mut shared));
            }
        })?;
        let frame = if is_packed { None } else { Some(set.frame(ACTIONS, all)?) };
        let table = frame
            .as_ref()
            .map(Rows::new)
            .transpose()
            .map_err(|source| WriteError::Decode { path: "actions".into(), source })?;
        for (article, entry) in articles {
            let index = article.index as usize;
            let rows = set.rows(ACTIONS, &(index..index + 1));
            let mut actions: Vec<Told> = match &table {
                Some(table) => {
                    rows.map(|row| told(&table.action(row, &mut words), &mut shared)).collect()
                }
                // A copy may follow with the same rows.
                None => packed.get(&index).cloned().unwrap_or_default(),
            };
            let id = hex(article.id);
            if plan.is_renamed(article) {
                for (index, action) in actions.iter_mut().enumerate() {
                    action.action_id = action_id(&id, index).into();
                }
            }
            reports.push(Report {
                article_id: id,
                lang: words.pooled(&entry.lang),
                published_on: day(entry),
                duplicate_of: (article.duplicate_of != 0).then(|| hex(article.duplicate_of)),
                actions,
            });
        }
    }
    reports.sort_by(|one, other| one.article_id.cmp(&other.article_id));
    Ok(reports)
}

/// Returns the actions of one article; rows that break off end them.
fn unpacked(mut rows: Unpack, words: &mut Words, shared: &mut Shared) -> Vec<Told> {
    std::iter::from_fn(|| row(&mut rows, words, shared).ok()).collect()
}

/// Reads the next row of `actions`: its cells in the order of the table's columns.
fn row(rows: &mut Unpack, words: &mut Words, shared: &mut Shared) -> Result<Told, Broken> {
    let action_id = rows.maybe_string()?.unwrap_or_default().into();
    let _article_id = rows.maybe_string()?;
    let start = rows.uint32()?;
    let (_end, _evidence, _trigger) = (rows.uint32()?, rows.maybe_string()?, rows.maybe_string()?);
    let mut told = Told { action_id, start, ..Told::default() };
    told.r#type = words.pooled(rows.maybe_string()?.unwrap_or_default());
    told.status = words.pooled(rows.maybe_string()?.unwrap_or_default());
    told.regulator_id = shared.maybe(rows.maybe_string()?);
    told.regulator = shared.maybe(rows.maybe_string()?);
    told.country = shared.maybe(rows.maybe_string()?);
    told.sector = rows.maybe_string()?.map(|word| words.pooled(word));
    told.target = shared.maybe(rows.maybe_string()?);
    (told.amount, told.amount_max) = (rows.float64()?, rows.float64()?);
    told.currency = shared.maybe(rows.maybe_string()?);
    told.amount_qualifier = rows.maybe_string()?.map(|word| words.pooled(word));
    told.per = rows.maybe_string()?.map(|word| words.pooled(word));
    told.amount_eur = rows.float64()?;
    told.date = shared.maybe(rows.maybe_string()?);
    told.first_day = rows.days()?.and_then(since_1970);
    told.last_day = rows.days()?.and_then(since_1970);
    told.date_from = rows.maybe_string()?.map_or("", |word| words.pooled(word));
    told.laws = rows.strings()?.into_iter().map(|law| shared.of(law)).collect();
    let (_measures, _deadline, _rule) =
        (rows.strings()?, rows.maybe_string()?, rows.maybe_string()?);
    told.confidence = rows.float32()?;
    Ok(told)
}

fn day(entry: &Entry) -> Option<Date> {
    if entry.published == UNDATED { None } else { since_1970(entry.published) }
}

fn since_1970(days: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(days.days()).ok()
}

/// Words that live as long as the program, each once.
#[derive(Default)]
pub(crate) struct Words {
    /// Looked up, never walked.
    seen: FxHashSet<&'static str>,
}

/// Words pooled so far by any run of this process.
static POOL: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

impl Words {
    /// Returns a word of a closed vocabulary, for ever.
    pub(crate) fn pooled(&mut self, word: &str) -> &'static str {
        if let Some(word) = self.seen.get(word) {
            return word;
        }
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        let pooled = if let Some(pooled) = pool.get(word) {
            pooled
        } else {
            let pooled: &'static str = Box::leak(word.to_owned().into_boxed_str());
            pool.insert(pooled);
            pooled
        };
        self.seen.insert(pooled);
        pooled
    }
}

/// Columns of `actions` that the cases look at.
struct Rows<'f> {
    frame: &'f DataFrame,
    first_days: Column,
    last_days: Column,
}

impl<'f> Rows<'f> {
    fn new(frame: &'f DataFrame) -> PolarsResult<Self> {
        let days = |name| frame.column(name)?.cast(&DataType::Int32);
        Ok(Self { frame, first_days: days("first_day")?, last_days: days("last_day")? })
    }

    fn text(&self, name: &str, row: usize) -> Option<String> {
        self.frame.column(name).ok()?.str().ok()?.get(row).map(str::to_owned)
    }

    fn word(&self, name: &str, row: usize, words: &mut Words) -> Option<&'static str> {
        self.frame.column(name).ok()?.str().ok()?.get(row).map(|word| words.pooled(word))
    }

    fn number(&self, name: &str, row: usize) -> Option<f64> {
        self.frame.column(name).ok()?.f64().ok()?.get(row)
    }

    fn offset(&self, name: &str, row: usize) -> u32 {
        let offset = || self.frame.column(name).ok()?.u32().ok()?.get(row);
        offset().unwrap_or_default()
    }

    fn list(&self, name: &str, row: usize) -> Vec<String> {
        let list = || {
            let series = self.frame.column(name).ok()?.list().ok()?.get_as_series(row)?;
            let texts = series.str().ok()?.iter().flatten().map(str::to_owned).collect();
            Some(texts)
        };
        list().unwrap_or_default()
    }

    fn action(&self, row: usize, words: &mut Words) -> ActionRow {
        let day = |column: &Column| since_1970(column.i32().ok()?.get(row)?);
        let confidence = || self.frame.column("confidence").ok()?.f32().ok()?.get(row);
        let measures = self.list("measures", row);
        ActionRow {
            action_id: self.text("action_id", row).unwrap_or_default(),
            start: self.offset("start", row),
            end: self.offset("end", row),
            evidence: String::new(),
            trigger: self.text("trigger", row).unwrap_or_default(),
            r#type: self.word("type", row, words).unwrap_or_default(),
            status: self.word("status", row, words).unwrap_or_default(),
            regulator_id: self.text("regulator_id", row),
            regulator: self.text("regulator", row),
            country: self.text("country", row),
            sector: self.word("sector", row, words),
            target: self.text("target", row),
            amount: self.number("amount", row),
            amount_max: self.number("amount_max", row),
            currency: self.text("currency", row),
            amount_qualifier: self.word("amount_qualifier", row, words),
            per: self.word("per", row, words),
            amount_eur: self.number("amount_eur", row),
            date: self.text("date", row),
            first_day: day(&self.first_days),
            last_day: day(&self.last_days),
            date_from: self.word("date_from", row, words).unwrap_or_default(),
            laws: self.list("laws", row),
            measures: measures.iter().map(|measure| words.pooled(measure)).collect(),
            deadline: self.text("deadline", row),
            rule: self.text("rule", row).unwrap_or_default(),
            confidence: confidence().unwrap_or_default(),
            why: Vec::new(),
        }
    }
}

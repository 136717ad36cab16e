//! The actions of all articles, wherever their rows lie, some thousand at a time: for the cases.

use jiff::{ToSpan as _, civil::Date};
use polars::prelude::{
    DataFrame, DataType, Float32Chunked, Float64Chunked, Int32Chunked, ListChunked, PolarsResult,
    StringChunked, UInt32Chunked,
};

use crate::{
    base::pool::Words,
    dataset::{
        catalog::{Entry, UNDATED},
        identity::{action_id, hex},
        packed::{Broken, Unpack},
        parts::WriteError,
        plan::Plan,
    },
    merge::told::{Report, Shared, Told},
};

/// Index of the table `actions`.
const ACTIONS: usize = 4;
/// Actions of a chunk, about: what a thread holds at a time.
const CHUNK: u64 = 16_384;

/// Some articles of one set.
pub(crate) struct Chunk {
    set: usize,
    /// Places in the plan, in the order of the rows.
    articles: Vec<u32>,
    /// Number of the set's first action among those of all sets.
    base: u32,
}

/// Returns all articles with actions, in chunks, and how many actions all sets have.
pub(crate) fn chunks(plan: &Plan) -> (Vec<Chunk>, u32) {
    let mut by_set: Vec<Vec<(u32, u32)>> = plan.sets.iter().map(|_| Vec::new()).collect();
    for (place, article) in plan.finals.iter().enumerate() {
        let has_actions = plan.entry(article).is_some_and(|entry| entry.rows[ACTIONS] > 0);
        if let (true, Some(list)) = (has_actions, by_set.get_mut(article.set as usize)) {
            list.push((article.index, place as u32));
        }
    }
    let (mut chunks, mut base) = (Vec::new(), 0);
    for (set, mut list) in by_set.into_iter().enumerate() {
        // Rows of a set lie in the order of their ids when they were read.
        list.sort_unstable();
        let (mut articles, mut actions) = (Vec::new(), 0);
        for (_, place) in list {
            articles.push(place);
            let entry = plan.finals.get(place as usize).and_then(|article| plan.entry(article));
            actions += entry.map_or(0, |entry| u64::from(entry.rows[ACTIONS]));
            if actions >= CHUNK {
                chunks.push(Chunk { set, articles: std::mem::take(&mut articles), base });
                actions = 0;
            }
        }
        if !articles.is_empty() {
            chunks.push(Chunk { set, articles, base });
        }
        let rows = plan.sets.get(set).map_or(0, |set| {
            let all = 0..set.catalog.entries.len();
            set.rows(ACTIONS, &all).len()
        });
        base += rows as u32;
    }
    (chunks, base)
}

impl Chunk {
    /// Shows `look` each action with its article, and the number of the action among those of all
    /// sets.
    pub(crate) fn each(
        &self,
        plan: &Plan,
        mut look: impl FnMut(u32, &Report, &Told),
    ) -> Result<(), WriteError> {
        let Some(set) = plan.sets.get(self.set) else { return Ok(()) };
        let finals = || self.articles.iter().filter_map(|place| plan.finals.get(*place as usize));
        let indexes = || finals().map(|article| article.index as usize);
        let (Some(first), Some(last)) = (indexes().next(), indexes().next_back()) else {
            return Ok(());
        };
        let (mut words, mut shared) = (Words::default(), Shared::default());
        let mut article = finals().peekable();
        let range = first..last + 1;
        let mut tell = |index: usize, actions: &[Told]| {
            let Some(of) = article.next_if(|article| article.index as usize == index) else {
                return;
            };
            let Some(entry) = plan.entry(of) else { return };
            let report = Report {
                lang: entry.lang,
                published_on: day(entry),
                duplicate_of: (of.duplicate_of != 0).then(|| hex(of.duplicate_of)),
                actions: Vec::new(),
                article_id: hex(of.id),
            };
            let number = self.base + set.rows(ACTIONS, &(index..index + 1)).start as u32;
            for (nth, told) in actions.iter().enumerate() {
                let place = number + nth as u32;
                if plan.is_renamed(of) {
                    let action_id = action_id(&report.article_id, nth).into();
                    look(place, &report, &Told { action_id, ..told.clone() });
                } else {
                    look(place, &report, told);
                }
            }
        };
        let is_packed = set.each(ACTIONS, &range, |index, mut rows| {
            // Rows that break off end the actions.
            let actions: Vec<Told> =
                std::iter::from_fn(|| row(&mut rows, &mut words, &mut shared).ok()).collect();
            tell(index, &actions);
        })?;
        if is_packed {
            return Ok(());
        }
        let frame = set.columns(ACTIONS, &range, &COLUMNS)?;
        let table = Rows::new(&frame)
            .map_err(|source| WriteError::Decode { path: "actions".into(), source })?;
        let before = set.rows(ACTIONS, &(first..first + 1)).start;
        for index in indexes() {
            let rows = set.rows(ACTIONS, &(index..index + 1));
            let actions: Vec<Told> =
                rows.map(|row| table.told(row - before, &mut words, &mut shared)).collect();
            tell(index, &actions);
        }
        Ok(())
    }
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

pub(crate) fn since_1970(days: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(days.days()).ok()
}

/// Columns of `actions` that the cases look at.
const COLUMNS: [&str; 21] = [
    "action_id",
    "start",
    "type",
    "status",
    "regulator_id",
    "regulator",
    "country",
    "sector",
    "target",
    "amount",
    "amount_max",
    "currency",
    "amount_qualifier",
    "per",
    "amount_eur",
    "date",
    "first_day",
    "last_day",
    "date_from",
    "laws",
    "confidence",
];

/// Columns of part files. Texts are those of [`COLUMNS`] in their order.
struct Rows {
    texts: Vec<StringChunked>,
    /// `amount`, `amount_max`, `amount_eur`.
    sums: [Float64Chunked; 3],
    first_days: Int32Chunked,
    last_days: Int32Chunked,
    starts: UInt32Chunked,
    confidences: Float32Chunked,
    laws: ListChunked,
}

impl Rows {
    fn new(frame: &DataFrame) -> PolarsResult<Self> {
        let days = |name| -> PolarsResult<_> {
            Ok(frame.column(name)?.cast(&DataType::Int32)?.i32()?.clone())
        };
        let sum = |name| -> PolarsResult<_> { Ok(frame.column(name)?.f64()?.clone()) };
        let columns = COLUMNS.iter().map(|name| frame.column(name));
        let texts = columns.filter_map(|column| match column {
            Ok(column) => column.str().ok().map(|texts| Ok(texts.clone())),
            Err(error) => Some(Err(error)),
        });
        Ok(Self {
            texts: texts.collect::<PolarsResult<_>>()?,
            sums: [sum("amount")?, sum("amount_max")?, sum("amount_eur")?],
            first_days: days("first_day")?,
            last_days: days("last_day")?,
            starts: frame.column("start")?.u32()?.clone(),
            confidences: frame.column("confidence")?.f32()?.clone(),
            laws: frame.column("laws")?.list()?.clone(),
        })
    }

    fn told(&self, row: usize, words: &mut Words, shared: &mut Shared) -> Told {
        let mut texts = self.texts.iter().map(|column| column.get(row));
        let mut text = || texts.next().flatten();
        let laws = self.laws.get_as_series(row);
        let laws = laws
            .as_ref()
            .and_then(|series| series.str().ok())
            .map(|laws| laws.iter().flatten().map(|law| shared.of(law)).collect::<Box<[_]>>());
        let [amount, amount_max, amount_eur] = self.sums.each_ref().map(|sums| sums.get(row));
        Told {
            start: self.starts.get(row).unwrap_or_default(),
            confidence: self.confidences.get(row).unwrap_or_default(),
            first_day: self.first_days.get(row).and_then(since_1970),
            last_day: self.last_days.get(row).and_then(since_1970),
            amount,
            amount_max,
            amount_eur,
            laws: laws.unwrap_or_default(),
            // The rest are the texts, in the order of the columns.
            action_id: text().unwrap_or_default().into(),
            r#type: words.pooled(text().unwrap_or_default()),
            status: words.pooled(text().unwrap_or_default()),
            regulator_id: shared.maybe(text()),
            regulator: shared.maybe(text()),
            country: shared.maybe(text()),
            sector: text().map(|word| words.pooled(word)),
            target: shared.maybe(text()),
            currency: shared.maybe(text()),
            amount_qualifier: text().map(|word| words.pooled(word)),
            per: text().map(|word| words.pooled(word)),
            date: shared.maybe(text()),
            date_from: text().map_or("", |word| words.pooled(word)),
        }
    }
}

//! Counts of one article, or of many: what gold and engine agree on.
//!
//! Amounts are compared as a multiset of (value, currency), dates as a multiset of values, wherever
//! they stand. Dates that nothing settles (gold without a value, `XXXX-…` of the engine) neither
//! count for nor against. Actions are paired one to one, best pair first: a pair needs the same
//! type or one close to it, and is worth more the more slots agree. Only a pair of the same type
//! counts as found; a close one shows its slots, and is one missed and one extra.

use std::ops::AddAssign;

use finewire::dataset::record::{ActionRow, Record};

use crate::eval::{
    gold::{GoldAction, GoldArticle},
    mentions,
    names::{self, FoundRegulator, GoldRegulator},
};

/// Names of the slots of an action, in the order of every array of slots.
pub(crate) const SLOTS: [&str; 6] = ["type", "regulator", "target", "amount", "date", "status"];

const TYPE: usize = 0;
const REGULATOR: usize = 1;
/// Place of the target among the slots.
pub(crate) const TARGET: usize = 2;
const AMOUNT: usize = 3;
const DATE: usize = 4;
const STATUS: usize = 5;

/// Types that a reader may well confuse: they pair, but do not count as found.
const CLOSE: &[(&str, &str)] = &[
    ("formal_notice", "order"),
    ("order", "formal_notice"),
    ("formal_notice", "warning"),
    ("warning", "formal_notice"),
    ("order", "ban"),
    ("ban", "order"),
    ("charge", "investigation"),
];

/// Code points of the longest value that gold has for a date; times of day are cut off.
pub(crate) const DAY_CHARS: usize = 10;

/// What was right, missed and too much.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hits {
    /// In gold and found.
    pub(crate) right: usize,
    /// In gold only.
    pub(crate) missed: usize,
    /// Found only.
    pub(crate) extra: usize,
}

impl Hits {
    /// Returns the share of what was found that is right.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.right + self.extra)
    }

    /// Returns the share of gold that was found.
    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// Returns the harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.missed + self.extra)
    }
}

impl AddAssign for Hits {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.extra += other.extra;
    }
}

/// Returns `part` of `whole`; all of nothing is right.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Counts of one article or of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    /// Articles.
    pub(crate) articles: usize,
    /// Articles whose language is right.
    pub(crate) lang_right: usize,
    /// Sums of money.
    pub(crate) amounts: Hits,
    /// Dates.
    pub(crate) dates: Hits,
    /// Actions by type.
    pub(crate) actions: Hits,
    /// Actions with type, amount, regulator and target right.
    pub(crate) full: Hits,
    /// Pairs that the slots are counted over, those of a close type too.
    pub(crate) pairs: usize,
    /// Pairs in which a slot is right.
    pub(crate) slots: [usize; SLOTS.len()],
    /// Articles without any action in gold.
    pub(crate) quiet: usize,
    /// Actions found in those.
    pub(crate) quiet_rows: usize,
}

impl AddAssign<&Self> for Counts {
    fn add_assign(&mut self, other: &Self) {
        self.articles += other.articles;
        self.lang_right += other.lang_right;
        self.amounts += other.amounts;
        self.dates += other.dates;
        self.actions += other.actions;
        self.full += other.full;
        self.pairs += other.pairs;
        for (sum, slot) in self.slots.iter_mut().zip(other.slots) {
            *sum += slot;
        }
        self.quiet += other.quiet;
        self.quiet_rows += other.quiet_rows;
    }
}

/// Items of one kind that have no partner, by their index.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unmatched {
    /// In gold.
    pub(crate) missed: Vec<usize>,
    /// Among what was found.
    pub(crate) extra: Vec<usize>,
}

/// A gold action and the row that stands for it, by their index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    /// In the gold article.
    pub(crate) gold: usize,
    /// In the record.
    pub(crate) found: usize,
    /// Which slots are right.
    pub(crate) slots: [bool; SLOTS.len()],
}

impl Pair {
    /// Twice the weight of the pair, a whole number.
    fn weight(&self, has_amount: bool) -> u32 {
        let worth = |slot: usize, weight: u32| if self.slots[slot] { weight } else { 0 };
        let amount = if has_amount { worth(AMOUNT, 4) } else { 0 };
        worth(TYPE, 8) + amount + worth(REGULATOR, 3) + worth(TARGET, 3) + worth(STATUS, 1)
    }

    fn is_full(&self) -> bool {
        [TYPE, AMOUNT, REGULATOR, TARGET].into_iter().all(|slot| self.slots[slot])
    }
}

/// The score of one article, with what it takes to list the errors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// The counts.
    pub(crate) counts: Counts,
    /// Amounts without a partner.
    pub(crate) amounts: Unmatched,
    /// Dates without a partner.
    pub(crate) dates: Unmatched,
    /// Pairs of actions; those with an optional gold action are no part of it.
    pub(crate) pairs: Vec<Pair>,
    /// Actions without a partner.
    pub(crate) actions: Unmatched,
}

/// Scores what the engine found in one article; rows below `min_confidence` do not exist.
pub(crate) fn article(gold: &GoldArticle, record: &Record, min_confidence: f32) -> Outcome {
    let text = record.article.text.as_deref().unwrap_or_default();
    let mut outcome = Outcome::default();
    mentions::amounts(gold, record, text, &mut outcome);
    mentions::dates(gold, record, text, &mut outcome);
    actions(gold, record, min_confidence, &mut outcome);
    let found = record.article.lang;
    outcome.counts.articles = 1;
    outcome.counts.lang_right =
        usize::from(found == gold.lang || (gold.lang == "no" && matches!(found, "nb" | "nn")));
    outcome
}

/// Returns the rows that stand for an annotated action or for none, whatever their confidence, and
/// whether type, authority, target and sum of each are right; those that stand for an optional one
/// are left out.
pub(crate) fn judged(gold: &GoldArticle, record: &Record) -> Vec<(usize, bool)> {
    let mut outcome = Outcome::default();
    actions(gold, record, 0.0, &mut outcome);
    let mut rows: Vec<(usize, bool)> = outcome.actions.extra.iter().map(|&i| (i, false)).collect();
    let is_right = |pair: &Pair| if gold.types_only { pair.slots[TYPE] } else { pair.is_full() };
    rows.extend(outcome.pairs.iter().map(|pair| (pair.found, is_right(pair))));
    rows.sort_unstable();
    rows
}

/// Returns the rows that stand for an annotated action of their type, and its day.
pub(crate) fn days<'g>(gold: &'g GoldArticle, record: &Record) -> Vec<(usize, Option<&'g str>)> {
    let mut outcome = Outcome::default();
    actions(gold, record, 0.0, &mut outcome);
    let pairs = outcome.pairs.iter().filter(|pair| pair.slots[TYPE]);
    pairs.map(|pair| (pair.found, gold.actions[pair.gold].date.as_deref())).collect()
}

fn actions(gold: &GoldArticle, record: &Record, min_confidence: f32, outcome: &mut Outcome) {
    let rows: Vec<_> = (0..record.actions.len())
        .filter(|&index| record.actions[index].confidence >= min_confidence)
        .collect();
    let mut candidates = Vec::new();
    for (index, action) in gold.actions.iter().enumerate() {
        for &row in &rows {
            candidates.extend(pair(action, &record.actions[row]).map(|slots| Pair {
                gold: index,
                found: row,
                slots,
            }));
        }
    }
    candidates.sort_by_key(|pair| {
        let weight = pair.weight(gold.actions[pair.gold].amount.is_some());
        std::cmp::Reverse((weight, pair.gold, pair.found))
    });
    let mut gold_free = vec![true; gold.actions.len()];
    let mut row_free = vec![true; record.actions.len()];
    for pair in candidates {
        if !gold_free[pair.gold] || !row_free[pair.found] {
            continue;
        }
        (gold_free[pair.gold], row_free[pair.found]) = (false, false);
        if !gold.actions[pair.gold].optional {
            outcome.pairs.push(pair);
        }
    }
    let is_missed = |&index: &usize| gold_free[index] && !gold.actions[index].optional;
    outcome.actions.missed = (0..gold.actions.len()).filter(is_missed).collect();
    outcome.actions.extra = rows.into_iter().filter(|&row| row_free[row]).collect();
    count_actions(gold, outcome);
}

fn count_actions(gold: &GoldArticle, outcome: &mut Outcome) {
    let counts = &mut outcome.counts;
    counts.pairs = outcome.pairs.len();
    let hits = |right: usize| Hits {
        right,
        missed: outcome.pairs.len() + outcome.actions.missed.len() - right,
        extra: outcome.pairs.len() + outcome.actions.extra.len() - right,
    };
    for pair in &outcome.pairs {
        for (sum, is_right) in counts.slots.iter_mut().zip(pair.slots) {
            *sum += usize::from(is_right);
        }
    }
    counts.actions = hits(counts.slots[TYPE]);
    counts.full = hits(outcome.pairs.iter().filter(|pair| pair.is_full()).count());
    if gold.actions.is_empty() {
        counts.quiet = 1;
        counts.quiet_rows = outcome.actions.extra.len();
    }
}

/// Compares the slots of a gold action and a row, or returns `None` if their types are apart.
fn pair(gold: &GoldAction, row: &ActionRow) -> Option<[bool; SLOTS.len()]> {
    let mut types = std::iter::once(&gold.r#type).chain(&gold.also);
    let is_type = types.clone().any(|word| word == row.r#type);
    if !is_type && !types.any(|word| CLOSE.contains(&(word.as_str(), row.r#type))) {
        return None;
    }
    let mut slots = [false; SLOTS.len()];
    slots[TYPE] = is_type;
    slots[REGULATOR] = is_regulator(gold, row);
    slots[TARGET] = names::same(gold.target.as_deref(), row.target.as_deref());
    slots[AMOUNT] = sum_of_gold(gold) == sum_of_row(row);
    slots[DATE] = is_date(gold, row);
    slots[STATUS] = gold.status == row.status;
    Some(slots)
}

fn is_regulator(gold: &GoldAction, row: &ActionRow) -> bool {
    let found = FoundRegulator {
        id: row.regulator_id.as_deref(),
        name: row.regulator.as_deref(),
        country: row.country.as_deref(),
    };
    let country = gold.regulator_country.as_deref();
    let is = |name| names::same_regulator(GoldRegulator { name, country }, found);
    is(gold.regulator.as_deref())
        || gold.also_regulator.as_deref().is_some_and(|name| is(Some(name)))
}

/// A date that the engine took from the byline is right where the text states none.
fn is_date(gold: &GoldAction, row: &ActionRow) -> bool {
    let found = row.date.as_deref().filter(|date| !date.is_empty());
    match gold.date.as_deref() {
        Some(date) => found.is_some_and(|found| found.chars().take(DAY_CHARS).eq(date.chars())),
        None => found.is_none() || row.date_from == "byline",
    }
}

/// Returns the sum of a gold action in words.
pub(crate) fn sum_of_gold(action: &GoldAction) -> Option<String> {
    action.amount.as_ref().map(|sum| format!("{} {}", sum.value, sum.currency))
}

/// Returns the sum of a row in words.
pub(crate) fn sum_of_row(row: &ActionRow) -> Option<String> {
    row.amount.map(|value| format!("{value} {}", row.currency.as_deref().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use finewire::dataset::record::DateRow;

    use super::*;

    fn gold(json: &str) -> GoldArticle {
        serde_json::from_str(json).unwrap()
    }

    fn date(value: &str, start: u32) -> DateRow {
        DateRow {
            start,
            end: start + 4,
            text: String::new(),
            value: value.to_owned(),
            first_day: None,
            last_day: None,
            granularity: "day",
            relative: false,
            modifier: None,
            rule: "",
        }
    }

    fn action(kind: &'static str, target: &str) -> ActionRow {
        ActionRow {
            r#type: kind,
            status: "imposed",
            target: Some(target.to_owned()),
            confidence: 0.9,
            ..ActionRow::default()
        }
    }

    const TWO_ORDERS: &str = r#"{"id":"a","lang":"en","published":null,"text":"t",
        "amounts":[],"dates":[],"actions":[
        {"type":"order","status":"imposed","regulator":null,"regulator_country":null,
         "target":"Meta","amount":null,"date":null,"evidence":""},
        {"type":"fine","status":"imposed","regulator":null,"regulator_country":null,
         "target":"Google LLC","amount":null,"date":null,"evidence":"","optional":true}]}"#;

    #[test]
    fn a_close_type_shows_its_slots_but_is_not_found() {
        let record = Record { actions: vec![action("ban", "Meta")], ..Record::default() };
        let counts = article(&gold(TWO_ORDERS), &record, 0.5).counts;
        assert_eq!(counts.actions, Hits { right: 0, missed: 1, extra: 1 });
        assert_eq!((counts.pairs, counts.slots[TARGET]), (1, 1));
    }

    #[test]
    fn an_optional_action_counts_neither_for_nor_against() {
        let rows = vec![action("order", "Meta"), action("fine", "Google")];
        let record = Record { actions: rows, ..Record::default() };
        let counts = article(&gold(TWO_ORDERS), &record, 0.5).counts;
        assert_eq!(counts.actions, Hits { right: 1, missed: 0, extra: 0 });
        assert_eq!(counts.full.right, 1);
    }

    #[test]
    fn rows_below_the_threshold_do_not_exist() {
        let mut row = action("order", "Meta");
        row.confidence = 0.4;
        let record = Record { actions: vec![row], ..Record::default() };
        let counts = article(&gold(TWO_ORDERS), &record, 0.5).counts;
        assert_eq!(counts.actions, Hits { right: 0, missed: 1, extra: 0 });
    }

    #[test]
    fn an_open_date_forgives_one_extra() {
        let gold = gold(
            r#"{"id":"a","lang":"en","published":null,"text":"t","amounts":[],"actions":[],
            "dates":[{"quote":"2021","value":"2021"},{"quote":"Monday","value":null}]}"#,
        );
        let rows = vec![date("2021", 0), date("2021-05-03", 9), date("2020", 30)];
        let record = Record { dates: rows, ..Record::default() };
        let outcome = article(&gold, &record, 0.5);
        assert_eq!(outcome.counts.dates, Hits { right: 1, missed: 0, extra: 1 });
    }
}

//! What articles cost: time by stage and language, and the slowest of them by name.
//!
//! Times are no rows: two runs over the same articles differ in them and in nothing else.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A stage of the way of one article, as times are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The record into an article.
    Parse,
    /// The article into clean text.
    Clean,
    /// Its language.
    Detect,
    /// Tokens, their meanings, sentences.
    Text,
    /// Dates and amounts.
    Values,
    /// Names.
    Names,
    /// What they stand for.
    Resolve,
    /// Actions.
    Actions,
    /// Rows.
    Rows,
}

/// Names of the stages, in their order.
const STAGES: [&str; 9] =
    ["parse", "clean", "detect", "text", "values", "names", "resolve", "actions", "rows"];

/// Articles that are named as the slowest.
const SLOWEST: usize = 10;

/// Nanoseconds that one article cost, by stage.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost([u32; STAGES.len()]);

/// What an article cost is no part of what it says.
impl PartialEq for Cost {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Cost {
    /// Adds the time of a stage.
    pub fn add(&mut self, stage: Stage, nanoseconds: u128) {
        if let Some(cost) = self.0.get_mut(stage as usize) {
            *cost = cost.saturating_add(u32::try_from(nanoseconds).unwrap_or(u32::MAX));
        }
    }

    fn total(&self) -> u64 {
        self.0.iter().copied().map(u64::from).sum()
    }
}

/// Bytes and nanoseconds of many articles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// Bytes of input.
    pub bytes: u64,
    /// Time of all stages.
    pub nanoseconds: u64,
}

/// An article by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Slow {
    /// Where it was read.
    pub source: String,
    /// Its own id there.
    pub record_id: Option<String>,
    /// What it cost.
    pub sum: Sum,
}

/// What the articles of a run cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    stages: [u64; STAGES.len()],
    languages: BTreeMap<&'static str, Sum>,
    /// The slowest first.
    slowest: Vec<Slow>,
}

impl Costs {
    /// Counts an article.
    ///
    /// `name` is where it was read, and its own id there.
    pub fn count(
        &mut self,
        lang: &'static str,
        bytes: u64,
        cost: &Cost,
        name: (&str, Option<&str>),
    ) {
        for (sum, cost) in self.stages.iter_mut().zip(cost.0) {
            *sum += u64::from(cost);
        }
        let sum = Sum { bytes, nanoseconds: cost.total() };
        let language = self.languages.entry(lang).or_default();
        language.bytes += sum.bytes;
        language.nanoseconds += sum.nanoseconds;
        let is_slower = |slow: &Slow| slow.sum.nanoseconds >= sum.nanoseconds;
        let place = self.slowest.partition_point(is_slower);
        if place < SLOWEST {
            let (source, record_id) = (name.0.to_owned(), name.1.map(str::to_owned));
            self.slowest.insert(place, Slow { source, record_id, sum });
            self.slowest.truncate(SLOWEST);
        }
    }

    /// Returns each stage with its seconds on all threads.
    pub fn stages(&self) -> impl Iterator<Item = (&'static str, f64)> {
        STAGES.into_iter().zip(self.stages.map(seconds))
    }

    /// Returns each language with what its articles cost.
    pub fn languages(&self) -> impl Iterator<Item = (&'static str, Sum)> {
        self.languages.iter().map(|(lang, sum)| (*lang, *sum))
    }

    /// Returns the slowest articles, the slowest first.
    pub fn slowest(&self) -> &[Slow] {
        &self.slowest
    }

    /// Returns the object that `run.json` holds.
    pub fn to_json(&self) -> Value {
        let sum = |sum: Sum| json!({ "bytes": sum.bytes, "seconds": sum.seconds() });
        let stages: BTreeMap<&str, f64> = self.stages().collect();
        let languages: BTreeMap<&str, Value> =
            self.languages().map(|(lang, of)| (lang, sum(of))).collect();
        let slowest: Vec<Value> = self
            .slowest
            .iter()
            .map(|slow| {
                let mut value = sum(slow.sum);
                value["source"] = json!(slow.source);
                value["record_id"] = json!(slow.record_id);
                value
            })
            .collect();
        json!({ "stages": stages, "languages": languages, "slowest": slowest })
    }
}

impl Sum {
    /// Returns the time in seconds.
    pub fn seconds(&self) -> f64 {
        seconds(self.nanoseconds)
    }

    /// Returns megabytes a second of one core.
    pub fn megabytes_per_second(&self) -> f64 {
        let seconds = self.seconds();
        if seconds > 0.0 { self.bytes as f64 / 1e6 / seconds } else { 0.0 }
    }
}

/// Returns whole microseconds as seconds: more digits say nothing.
fn seconds(nanoseconds: u64) -> f64 {
    (nanoseconds / 1000) as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(costs: &mut Costs, id: &str, nanoseconds: u128) {
        let mut cost = Cost::default();
        cost.add(Stage::Text, nanoseconds);
        costs.count("fr", 1000, &cost, ("", Some(id)));
    }

    #[test]
    fn the_slowest_articles_are_named_slowest_first() {
        let mut costs = Costs::default();
        for number in 0..100_u128 {
            // 37 and 101 share no divisor: every time comes once, in no order.
            count(&mut costs, &number.to_string(), number * 37 % 101 * 1_000_000);
        }
        let times: Vec<u64> = costs.slowest().iter().map(|slow| slow.sum.nanoseconds).collect();
        assert_eq!(times.len(), SLOWEST);
        assert!(times.is_sorted_by(|one, other| one > other));
        assert_eq!(times.first(), Some(&100_000_000));
    }

    #[test]
    fn times_add_up_by_stage_and_language() {
        let mut costs = Costs::default();
        count(&mut costs, "a", 2_000_000);
        count(&mut costs, "b", 3_000_000);
        assert_eq!(costs.stages().find(|(name, _)| *name == "text"), Some(("text", 0.005)));
        let french = costs.languages().next().unwrap();
        assert_eq!((french.0, french.1.bytes, french.1.seconds()), ("fr", 2000, 0.005));
    }
}

//! What each outlet yields, night after night: where a layout breaks, the yield falls.
//!
//! The runs' reports are all that is read. What an outlet's newest articles yield is held against
//! the mean of those of the runs before: articles that a run read, for what it knew from before says
//! nothing of today's pages. An outlet of few articles is judged by those of its last runs together,
//! and only once it has had some in several runs before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::dataset::catalog::{Entry, UNDATED};

/// Runs before the newest that must have read articles of an outlet.
const LEAST_RUNS: usize = 2;
/// Articles of an outlet that are judged together, at least.
const LEAST_ARTICLES: u64 = 10;

/// What a run got from one outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Yield {
    /// Articles read.
    pub articles: u64,
    /// Articles with a text.
    pub ok: u64,
    /// Bytes of all texts.
    pub text_bytes: u64,
    /// Articles with a date of publication.
    pub dated: u64,
    /// Actions.
    pub actions: u64,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
}

/// An outlet that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// Host of its addresses, or folder of its files.
    pub outlet: String,
    /// Which measure fell: `ok`, `body`, `dated`, `language`, `actions`.
    pub measure: &'static str,
    /// Mean of the runs before.
    pub before: f64,
    /// The newest run.
    pub now: f64,
}

impl Yield {
    /// Counts an article.
    pub(crate) fn count(&mut self, entry: &Entry) {
        let [.., actions] = entry.rows;
        self.articles += 1;
        self.ok += u64::from(entry.status == "ok");
        self.text_bytes += u64::from(entry.text_bytes);
        self.dated += u64::from(entry.published != UNDATED);
        self.actions += u64::from(actions);
        match self.languages.get_mut(entry.lang) {
            Some(count) => *count += 1,
            None => drop(self.languages.insert(entry.lang.to_string(), 1)),
        }
    }

    /// Returns the yield as `run.json` holds it.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "articles": self.articles,
            "ok": self.ok,
            "text_bytes": self.text_bytes,
            "dated": self.dated,
            "actions": self.actions,
            "languages": self.languages,
        })
    }

    /// Reads what `run.json` holds.
    fn of_json(value: &Value) -> Self {
        let number = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
        let languages = value.get("languages").and_then(Value::as_object);
        Self {
            articles: number("articles"),
            ok: number("ok"),
            text_bytes: number("text_bytes"),
            dated: number("dated"),
            actions: number("actions"),
            languages: languages
                .into_iter()
                .flatten()
                .map(|(lang, count)| (lang.clone(), count.as_u64().unwrap_or_default()))
                .collect(),
        }
    }

    /// Adds what another run got.
    fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.ok += other.ok;
        self.text_bytes += other.text_bytes;
        self.dated += other.dated;
        self.actions += other.actions;
        for (lang, count) in &other.languages {
            *self.languages.entry(lang.clone()).or_default() += count;
        }
    }

    /// Returns the share of articles with a text.
    pub fn ok_share(&self) -> f64 {
        share(self.ok, self.articles)
    }

    /// Returns the mean length of a text in bytes.
    pub fn body(&self) -> f64 {
        share(self.text_bytes, self.ok)
    }

    /// Returns the share of articles with a date.
    pub fn dated_share(&self) -> f64 {
        share(self.dated, self.articles)
    }

    /// Returns actions for a thousand articles.
    pub fn actions_per_thousand(&self) -> f64 {
        1000.0 * share(self.actions, self.articles)
    }

    /// Returns the share of articles in a language.
    fn in_language(&self, lang: &str) -> f64 {
        share(self.languages.get(lang).copied().unwrap_or_default(), self.articles)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What the outlets yielded in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Yields {
    /// All articles of the input.
    pub all: BTreeMap<String, Yield>,
    /// Those that the run read.
    pub read: BTreeMap<String, Yield>,
}

/// Returns what each outlet yielded, by the report of a run.
pub fn yields(report: &Value) -> Yields {
    let outlets = |name: &str| {
        let outlets = report.get(name).and_then(Value::as_object)?;
        let each = outlets.iter().map(|(name, value)| (name.clone(), Yield::of_json(value)));
        Some(each.collect::<BTreeMap<_, _>>())
    };
    let all = outlets("outlets").unwrap_or_default();
    Yields { read: outlets("outlets_read").unwrap_or_else(|| all.clone()), all }
}

/// Name, how it is taken of a run, and the share of its mean below which it has fallen.
type Measure<'m> = (&'static str, &'m dyn Fn(&Yield) -> f64, f64);

/// Returns the outlets whose newest articles yield less than those of the runs before.
///
/// Runs come oldest first.
pub fn drifts(runs: &[Yields]) -> Vec<Drift> {
    let outlets: BTreeSet<&String> = runs.iter().flat_map(|run| run.read.keys()).collect();
    let mut found = Vec::new();
    for outlet in outlets {
        let mut past = runs.iter().filter_map(|run| run.read.get(outlet));
        let mut now = Yield::default();
        while now.articles < LEAST_ARTICLES
            && let Some(run) = past.next_back()
        {
            now.add(run);
        }
        let (mut before, mut count) = (Yield::default(), 0);
        past.for_each(|run| {
            before.add(run);
            count += 1;
        });
        if count >= LEAST_RUNS && before.articles >= LEAST_ARTICLES {
            judge(outlet, &before, &now, &mut found);
        }
    }
    found
}

/// Adds what has fallen far.
fn judge(outlet: &str, before: &Yield, now: &Yield, found: &mut Vec<Drift>) {
    let usual = before.languages.iter().max_by_key(|(_, count)| **count);
    let usual = usual.map(|(lang, _)| lang.as_str()).unwrap_or_default();
    let in_usual = |run: &Yield| run.in_language(usual);
    let measures: [Measure; 5] = [
        ("ok", &Yield::ok_share, 0.8),
        ("body", &Yield::body, 0.5),
        ("dated", &Yield::dated_share, 0.5),
        ("language", &in_usual, 0.5),
        ("actions", &Yield::actions_per_thousand, 0.2),
    ];
    for (measure, of, least) in measures {
        let (before, now_is) = (of(before), of(now));
        // A few actions more or less are chance.
        let is_rare = measure == "actions" && before * now.articles as f64 / 1000.0 < 10.0;
        if now_is < least * before && !is_rare {
            found.push(Drift { outlet: outlet.to_owned(), measure, before, now: now_is });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(ok: u64, dated: u64, text_bytes: u64) -> Yields {
        of(100, ok, dated, text_bytes)
    }

    fn of(articles: u64, ok: u64, dated: u64, text_bytes: u64) -> Yields {
        let languages = BTreeMap::from([("fr".to_owned(), articles)]);
        let night = Yield { articles, ok, text_bytes, dated, actions: 0, languages };
        Yields { read: BTreeMap::from([("x.org".to_owned(), night)]), ..Yields::default() }
    }

    #[test]
    fn a_broken_layout_is_told_and_an_ordinary_night_is_not() {
        let usual = [run(98, 97, 300_000), run(99, 99, 310_000)];
        let measures = |newest| {
            let runs = [&usual[..], &[newest]].concat();
            drifts(&runs).into_iter().map(|drift| drift.measure).collect::<Vec<_>>()
        };
        assert!(measures(run(95, 90, 250_000)).is_empty());
        assert_eq!(measures(run(98, 3, 300_000)), ["dated"]);
        assert_eq!(measures(run(30, 97, 90_000)), ["ok"]);
        assert_eq!(measures(run(98, 97, 40_000)), ["body"]);
        assert!(drifts(&usual).is_empty(), "one run before is not enough");
    }

    #[test]
    fn few_articles_a_night_are_judged_together_and_known_ones_not_at_all() {
        let usual = [run(98, 97, 300_000), run(99, 99, 310_000)];
        let after = |nights: &[Yields]| {
            let runs = [&usual[..], nights].concat();
            drifts(&runs).into_iter().map(|drift| drift.measure).collect::<Vec<_>>()
        };
        assert_eq!(after(&[of(5, 5, 0, 15_000), of(5, 5, 0, 15_000)]), ["dated"]);
        assert!(after(&[of(5, 5, 5, 15_000), of(5, 5, 5, 15_000)]).is_empty());
        // A night without anything new changes nothing.
        assert_eq!(after(&[of(12, 12, 0, 36_000), Yields::default()]), ["dated"]);
    }
}

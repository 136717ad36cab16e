//! What each outlet yields, night after night: where a layout breaks, the yield falls.
//!
//! The runs' reports are all that is read. An outlet is judged only once it has had a few articles
//! in several runs; what it yields now is held against the mean of the runs before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::dataset::catalog::{Entry, UNDATED};

/// Runs before the newest that an outlet must have been in.
const LEAST_RUNS: usize = 2;
/// Articles that an outlet must have had in a run for the run to count.
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
        self.ok += u64::from(&*entry.status == "ok");
        self.text_bytes += u64::from(entry.text_bytes);
        self.dated += u64::from(entry.published != UNDATED);
        self.actions += u64::from(actions);
        match self.languages.get_mut(&*entry.lang) {
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

/// Returns what each outlet yielded, by the report of a run.
pub fn yields(report: &Value) -> BTreeMap<String, Yield> {
    let outlets = report.get("outlets").and_then(Value::as_object);
    outlets
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), Yield::of_json(value)))
        .collect()
}

/// Name, how it is taken of a run, and the share of its mean below which it has fallen.
type Measure<'m> = (&'static str, &'m dyn Fn(&Yield) -> f64, f64);

/// Returns the outlets that yield less in the newest run than in the mean of those before.
///
/// Runs come oldest first.
pub fn drifts(runs: &[BTreeMap<String, Yield>]) -> Vec<Drift> {
    let Some((newest, before)) = runs.split_last() else { return Vec::new() };
    let mut found = Vec::new();
    for (outlet, now) in newest {
        let counted = |run: &Yield| run.articles >= LEAST_ARTICLES;
        let past: Vec<&Yield> =
            before.iter().filter_map(|run| run.get(outlet)).filter(|run| counted(run)).collect();
        if past.len() < LEAST_RUNS || !counted(now) {
            continue;
        }
        let mean = |measure: &dyn Fn(&Yield) -> f64| {
            past.iter().map(|run| measure(run)).sum::<f64>() / past.len() as f64
        };
        let langs: BTreeSet<&String> = past.iter().flat_map(|run| run.languages.keys()).collect();
        let usual = langs.into_iter().max_by(|one, other| {
            let part = |lang: &str| mean(&|run| run.in_language(lang));
            part(one).total_cmp(&part(other))
        });
        let usual = usual.map(String::as_str).unwrap_or_default();
        let in_usual = |run: &Yield| run.in_language(usual);
        let measures: [Measure; 5] = [
            ("ok", &Yield::ok_share, 0.8),
            ("body", &Yield::body, 0.5),
            ("dated", &Yield::dated_share, 0.5),
            ("language", &in_usual, 0.5),
            ("actions", &Yield::actions_per_thousand, 0.2),
        ];
        for (measure, of, least) in measures {
            let (before, now_is) = (mean(of), of(now));
            // A few actions more or less are chance.
            let is_rare = measure == "actions" && before * now.articles as f64 / 1000.0 < 10.0;
            if now_is < least * before && !is_rare {
                found.push(Drift { outlet: outlet.clone(), measure, before, now: now_is });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(ok: u64, dated: u64, text_bytes: u64) -> BTreeMap<String, Yield> {
        let languages = BTreeMap::from([("fr".to_owned(), 100)]);
        let night = Yield { articles: 100, ok, text_bytes, dated, actions: 0, languages };
        BTreeMap::from([("x.org".to_owned(), night)])
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
}

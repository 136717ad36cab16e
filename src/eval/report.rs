//! Scores and errors as a table, a list, or JSON.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::{Map, Value, json};

use crate::eval::{
    errors::Error,
    score::{self, Counts, Hits, SLOTS},
};

/// Name of the row that sums up all languages.
const ALL: &str = "all";

/// The score of every language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    by_lang: BTreeMap<String, Counts>,
    all: Counts,
    articles: Vec<ArticleErrors>,
}

/// The errors of one article.
#[derive(Clone, Debug)]
struct ArticleErrors {
    id: String,
    lang: String,
    errors: Vec<Error>,
}

impl Report {
    /// Adds one article.
    pub(crate) fn add(&mut self, id: &str, lang: &str, counts: &Counts, errors: Vec<Error>) {
        *self.by_lang.entry(lang.to_owned()).or_default() += counts;
        self.all += counts;
        if !errors.is_empty() {
            let (id, lang) = (id.to_owned(), lang.to_owned());
            self.articles.push(ArticleErrors { id, lang, errors });
        }
    }

    /// Returns the scores as a table, a line a language.
    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "{:5}{:>5}{:>6} | {:>6}{:>6}{:>6} | {:>6}{:>6}{:>6} | {:>6}{:>6}{:>6}{:>6} |",
            "lang",
            "docs",
            "lid",
            "amt P",
            "R",
            "F1",
            "date P",
            "R",
            "F1",
            "act P",
            "R",
            "F1",
            "full",
        );
        for slot in SLOTS {
            let short: String = slot.chars().take(4).collect();
            let _ = write!(table, "{short:>6}"); // Writing to a string cannot fail.
        }
        table.push('\n');
        for (lang, counts) in self.rows() {
            table.push_str(&row(lang, counts));
        }
        let (rows, articles) = (self.all.quiet_rows, self.all.quiet);
        let _ = writeln!(table, "{rows} actions found in {articles} articles that have none");
        table
    }

    /// Returns every error, article by article, and how many there are of each kind.
    pub(crate) fn errors(&self) -> String {
        let mut text = String::new();
        for article in &self.articles {
            let _ = writeln!(text, "== {} ({})", article.id, article.lang);
            for error in &article.errors {
                let _ = writeln!(text, "  {}: {}", error.kind, error.what);
                let _ = writeln!(text, "      {}", error.sentence);
            }
        }
        let kinds = self.kinds();
        let mut ranked: Vec<_> = kinds.iter().collect();
        ranked.sort_by_key(|&(kind, number)| (std::cmp::Reverse(number), kind));
        let _ = writeln!(text, "== errors by kind");
        for (kind, number) in ranked {
            let _ = writeln!(text, "{number:6}  {kind}");
        }
        text
    }

    /// Returns the scores as an object, with the errors if asked for by `list_errors`.
    pub(crate) fn json(&self) -> Value {
        let languages = self.rows().map(|(lang, counts)| (lang.to_owned(), figures(counts)));
        json!({ "languages": languages.collect::<Map<_, _>>() })
    }

    /// Returns the scores and every error as an object.
    pub(crate) fn json_with_errors(&self) -> Value {
        let mut report = self.json();
        let errors = self.articles.iter().flat_map(|article| {
            article.errors.iter().map(|error| {
                json!({
                    "id": article.id,
                    "lang": article.lang,
                    "kind": error.kind,
                    "what": error.what,
                    "sentence": error.sentence,
                })
            })
        });
        report["errors"] = errors.collect();
        report["kinds"] = json!(self.kinds());
        report
    }

    fn rows(&self) -> impl Iterator<Item = (&str, &Counts)> {
        let languages = self.by_lang.iter().map(|(lang, counts)| (lang.as_str(), counts));
        languages.chain(std::iter::once((ALL, &self.all)))
    }

    fn kinds(&self) -> BTreeMap<&str, usize> {
        let mut kinds = BTreeMap::new();
        for error in self.articles.iter().flat_map(|article| &article.errors) {
            *kinds.entry(error.kind.as_str()).or_default() += 1;
        }
        kinds
    }
}

fn row(lang: &str, counts: &Counts) -> String {
    let lid = score::share(counts.lang_right, counts.articles);
    let mut row = format!("{lang:5}{:5}{lid:6.2} |", counts.articles);
    let mut cells = |values: &[f64]| {
        for value in values {
            let _ = write!(row, " {value:5.2}");
        }
        row.push_str(" |");
    };
    let three = |hits: Hits| [hits.precision(), hits.recall(), hits.f1()];
    cells(&three(counts.amounts));
    cells(&three(counts.dates));
    let [precision, recall, f1] = three(counts.actions);
    cells(&[precision, recall, f1, counts.full.f1()]);
    for right in counts.slots {
        // Nothing was found that could be right or wrong.
        let _ = match counts.pairs {
            0 => write!(row, "     -"),
            pairs => write!(row, " {:5.2}", score::share(right, pairs)),
        };
    }
    row.push('\n');
    row
}

fn figures(counts: &Counts) -> Value {
    let hits = |hits: Hits| {
        json!({
            "precision": hits.precision(),
            "recall": hits.recall(),
            "f1": hits.f1(),
            "right": hits.right,
            "missed": hits.missed,
            "extra": hits.extra,
        })
    };
    let slots = SLOTS
        .iter()
        .zip(counts.slots)
        .map(|(name, right)| ((*name).to_owned(), json!(score::share(right, counts.pairs))));
    json!({
        "articles": counts.articles,
        "language": score::share(counts.lang_right, counts.articles),
        "amounts": hits(counts.amounts),
        "dates": hits(counts.dates),
        "actions": hits(counts.actions),
        "full": hits(counts.full),
        "slots": slots.collect::<Map<_, _>>(),
        "without_actions": { "articles": counts.quiet, "actions_found": counts.quiet_rows },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_end_with_their_kinds_most_frequent_first() {
        let error = |kind: &str| Error {
            kind: kind.to_owned(),
            what: "what".to_owned(),
            sentence: "Sentence.".to_owned(),
        };
        let mut report = Report::default();
        let counts = Counts { articles: 1, lang_right: 1, ..Counts::default() };
        report.add("a", "fr", &counts, vec![error("date extra"), error("amount missed")]);
        report.add("b", "en", &counts, vec![error("date extra")]);
        let text = report.errors();
        assert!(text.ends_with("     2  date extra\n     1  amount missed\n"), "{text}");
        assert_eq!(report.table().lines().count(), 5);
        assert_eq!(report.json_with_errors()["kinds"]["date extra"], 2);
    }
}

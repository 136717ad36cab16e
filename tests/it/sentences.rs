//! Sentences of `tests/lang/<code>/actions.toml` as articles of their own: what each reports, or that it reports nothing.
//!
//! The models are trained, so a few may be read wrong: each is printed, and too many fail the test.

use std::{fs, path::Path};

use finewire::{
    base::lang::Lang,
    dataset::record::ActionRow,
    pipeline::{Engine, EngineOptions, Scratch},
};
use serde::Deserialize;

use crate::{articles::article, lang::tables};

#[derive(Deserialize)]
struct Sentences {
    /// Whom the actions of the file are on, where a case names nobody else.
    firm: Option<String>,
    nothing: Vec<String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    value: String,
    firm: Option<String>,
    /// The authority's id.
    body: Option<String>,
    says: Vec<String>,
}

impl Case {
    /// Returns whether a row is what each sentence of the case reports.
    fn is_told_by(&self, row: &ActionRow, firm: Option<&String>) -> bool {
        let slot = |wanted: Option<&String>, found: &Option<String>| {
            wanted.is_none_or(|wanted| found.as_ref() == Some(wanted))
        };
        told(row) == self.value
            && slot(self.firm.as_ref().or(firm), &row.target)
            && slot(self.body.as_ref(), &row.regulator_id)
    }
}

/// Share of the sentences that may be read wrong.
const ALLOWED: f64 = 0.06;

/// Type, status and sum of a row, as the examples write them.
fn told(row: &ActionRow) -> String {
    let sum = row.amount.zip(row.currency.as_deref());
    let sum = sum.map_or_else(String::new, |(amount, currency)| format!(" {amount} {currency}"));
    format!("{} {}{sum}", row.r#type, row.status)
}

#[test]
fn a_sentence_reports_its_action() {
    let options =
        EngineOptions { tables: tables(), min_confidence: 0.5, ..EngineOptions::default() };
    let engine = Engine::new(&options).unwrap();
    let mut scratch = Scratch::default();
    let (mut count, mut wrong) = (0, 0);
    for &lang in Lang::ALL {
        let path = Path::new("tests/lang").join(lang.code()).join("actions.toml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let sentences: Sentences = toml::from_str(&text).unwrap();
        let firm = sentences.firm.as_ref();
        let actions = sentences.case.iter().flat_map(|c| c.says.iter().map(move |s| (s, Some(c))));
        for (says, case) in actions.chain(sentences.nothing.iter().map(|s| (s, None))) {
            count += 1;
            let record = engine.process(&article(Some(lang), says), &mut scratch);
            let right = match (case, record.actions.as_slice()) {
                (Some(case), [row]) => case.is_told_by(row, firm),
                (None, []) => true,
                _ => false,
            };
            if !right {
                wrong += 1;
                let expected = case.map(|case| &case.value);
                let found: Vec<_> = record.actions.iter().map(|r| (told(r), &r.target)).collect();
                println!("{} | {says} | {expected:?} | {found:?}", lang.code());
            }
        }
    }
    let share = f64::from(wrong) / f64::from(count.max(1));
    assert!(count > 100, "only {count} sentences");
    assert!(share <= ALLOWED, "{wrong} of {count} sentences are read wrong");
}

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
    nothing: Vec<String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    value: String,
    says: Vec<String>,
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
        let actions =
            sentences.case.iter().flat_map(|c| c.says.iter().map(|s| (s, vec![c.value.clone()])));
        for (says, expected) in actions.chain(sentences.nothing.iter().map(|s| (s, Vec::new()))) {
            count += 1;
            let record = engine.process(&article(Some(lang), says), &mut scratch);
            let found: Vec<String> = record.actions.iter().map(told).collect();
            if found != expected {
                wrong += 1;
                println!("{} | {says} | {expected:?} | {found:?}", lang.code());
            }
        }
    }
    let share = f64::from(wrong) / f64::from(count.max(1));
    assert!(count > 100, "only {count} sentences");
    assert!(share <= ALLOWED, "{wrong} of {count} sentences are read wrong");
}

//! Random dates and amounts, written in every pack's own formats, are read back as they were meant.

use std::{cell::RefCell, collections::BTreeMap, fs};

use finewire::{
    base::lang::Lang,
    pack::{compile::Pack, schema::PackFile, world::currencies::Currencies},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::lang::{amount_values, date_values, packs, tables};

/// The words of a pack as its file has them.
fn file(lang: Lang) -> PackFile {
    let text = fs::read_to_string(format!("src/pack/lang/{}.toml", lang.code())).unwrap();
    toml::from_str(&text).unwrap()
}

/// Every form that the words of a list stand for.
fn forms(file: &PackFile, words: &[String]) -> Vec<String> {
    words
        .iter()
        .flat_map(|word| match word.split_once('~') {
            None => vec![word.clone()],
            Some((stem, class)) if !class.contains(' ') => {
                file.endings[class].iter().map(|ending| format!("{stem}{ending}")).collect()
            }
            // A phrase with an inflected word inside is left to the examples.
            Some(_) => Vec::new(),
        })
        .collect()
}

/// Runs `law` on the same random values every time, so that a failure can be looked at.
fn check<S: Strategy>(values: &S, law: impl Fn(S::Value)) {
    let config = Config { cases: 96, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let outcome = runner.run(values, |value| {
        law(value);
        Ok(())
    });
    outcome.unwrap();
}

/// Fails with every distinct thing that was read wrong, the first of each language.
fn assert_none(failures: RefCell<BTreeMap<String, String>>) {
    let failures = failures.into_inner();
    for (what, failure) in &failures {
        println!("  {what} | {failure}");
    }
    assert!(failures.is_empty(), "{} ways of writing are read wrong", failures.len());
}

fn picked(list: &[String], index: usize) -> String {
    list[index % list.len()].clone()
}

/// The ways in which a pack writes a whole date.
fn written(
    file: &PackFile,
    pack: &Pack,
    (year, month, day): (i16, u8, u8),
    pick: usize,
) -> Vec<String> {
    let months = forms(file, &file.dates.months[usize::from(month) - 1]);
    let name = picked(&months, pick);
    let dot = if pack.dotted_ordinals { "." } else { "" };
    let mark =
        |list: &[String]| forms(file, list).first().map_or(String::new(), |m| m.replace("- ", "-"));
    let (y, d) = (mark(&file.dates.year_marks), mark(&file.dates.day_marks));
    let mut ways = vec![format!("{year:04}-{month:02}-{day:02}")];
    if let Some(month_mark) = file
        .dates
        .month_marks
        .first()
        .filter(|m| !m.contains('~') && file.dates.of.len() < 2 && m.chars().count() == 1)
    {
        ways.push(format!("{year}{y}{month}{month_mark}{day}{d}"));
        return ways;
    }
    for order in &file.dates.orders {
        ways.push(match order.as_str() {
            "dmy" => format!("{day}{dot} {name} {year}"),
            "mdy" => format!("{name} {day}, {year}"),
            _ if y.starts_with(['.', '-']) || y.is_empty() => format!("{year}. {name} {day}."),
            _ => format!("{year} {y} {name} {day} {d}"),
        });
    }
    match file.dates.numeric.as_str() {
        "dmy" => ways.extend(['.', '/', '-'].map(|m| format!("{day:02}{m}{month:02}{m}{year}"))),
        "mdy" => ways.push(format!("{month}/{day}/{year}")),
        "ymd" => ways.extend(['.', '/'].map(|m| format!("{year}{m}{month:02}{m}{day:02}"))),
        _ => {}
    }
    ways
}

#[test]
fn a_date_written_in_any_language_is_read_back() {
    let failures: RefCell<BTreeMap<String, String>> = RefCell::default();
    for pack in packs() {
        let file = file(pack.lang);
        let values = (1995_i16..2035, 1_u8..=12, 1_u8..=28, any::<usize>());
        check(&values, |(year, month, day, pick)| {
            let expected = vec![format!("{year:04}-{month:02}-{day:02}")];
            for says in written(&file, &pack, (year, month, day), pick) {
                let found = date_values(&pack, None, &says);
                if found != expected {
                    let shape = says.replace(|c: char| c.is_ascii_digit(), "");
                    let what = format!("{} {shape}", pack.lang.code());
                    failures.borrow_mut().insert(what, format!("{says}: {found:?}"));
                }
            }
        });
    }
    assert_none(failures);
}

/// Groups figures by three.
fn grouped(figures: &str, mark: &str) -> String {
    let mut out = String::new();
    for (index, c) in figures.chars().enumerate() {
        if index > 0 && (figures.len() - index).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(c);
    }
    out
}

#[test]
fn a_sum_written_in_any_language_is_read_back() {
    let currencies = Currencies::load(&tables()).unwrap();
    let failures: RefCell<BTreeMap<String, String>> = RefCell::default();
    for pack in packs() {
        let file = file(pack.lang);
        let names: Vec<(String, String)> = file
            .money
            .currencies
            .iter()
            .flat_map(|(code, words)| {
                forms(&file, words).into_iter().map(|form| (code.clone(), form))
            })
            .filter(|(_, form)| form.chars().count() > 3)
            .collect();
        let glue = if file.dates.month_marks.iter().any(|m| m == "月") { "" } else { " " };
        let values = (1_u32..2_000_000_000, 1_u32..100, any::<usize>(), any::<usize>());
        check(&values, |(whole, cents, which, how)| {
            let (code, name) = &names[which % names.len()];
            let mark = file.group.get(how % file.group.len().max(1)).map_or(" ", String::as_str);
            let figures = grouped(&whole.to_string(), mark);
            let decimals = format!("{figures}{}{cents:02}", file.decimal);
            let exact = f64::from(whole) + f64::from(cents) / 100.0;
            for (says, value) in [
                (format!("{figures}{glue}{name}"), f64::from(whole)),
                (format!("{decimals}{glue}{name}"), exact),
                (format!("{figures} {code}"), f64::from(whole)),
                (format!("{code} {decimals}"), exact),
            ] {
                let found = amount_values(&pack, &currencies, &says);
                if found != vec![format!("{value} {code}")] {
                    let shape = says.replace(|c: char| c.is_ascii_digit(), "");
                    let what = format!("{} {shape}", pack.lang.code());
                    failures.borrow_mut().insert(what, format!("{says}: {found:?}"));
                }
            }
        });
    }
    assert_none(failures);
}

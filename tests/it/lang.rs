//! Every example of `tests/lang/<code>/` through the pack of its language: the value, then every way to say it.

use std::{collections::BTreeMap, fs, path::Path};

use finewire::{
    base::{action::ActionType, lang::Lang, money::Qualifier},
    clean::article::Published,
    extract::{dates, money},
    pack::{
        compile::Pack,
        sense::{Form, Sense},
        tables::Tables,
        world::currencies::Currencies,
    },
    resolve,
    text::document::Document,
};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
struct Examples {
    published: Option<String>,
    #[serde(default)]
    nothing: Vec<String>,
    #[serde(default)]
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    value: String,
    says: Vec<String>,
}

/// The packs and tables of this tree, so that a change of one is tested without a build.
fn tables() -> Tables {
    Tables::of(Path::new("src")).unwrap()
}

/// Languages whose pack has words, with their pack.
fn packs() -> Vec<Pack> {
    let currencies = Currencies::load(&tables()).unwrap();
    Lang::ALL.iter().map(|&lang| Pack::load(lang, &tables(), &currencies).unwrap()).collect()
}

fn examples(lang: Lang, task: &str) -> Option<Examples> {
    let path = Path::new("tests/lang").join(lang.code()).join(format!("{task}.toml"));
    let text = fs::read_to_string(&path).ok()?;
    Some(toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Runs all examples of a task; returns how many there are, and a line for each that fails.
fn run(task: &str, read: impl Fn(&Pack, &Examples, &str) -> Vec<String>) -> (usize, Vec<String>) {
    let mut failures = Vec::new();
    let mut count = 0;
    for pack in packs() {
        let Some(examples) = examples(pack.lang, task) else { continue };
        let expected = examples
            .case
            .iter()
            .flat_map(|case| case.says.iter().map(|says| (says, vec![case.value.clone()])))
            .chain(examples.nothing.iter().map(|says| (says, Vec::new())));
        for (says, expected) in expected {
            count += 1;
            let found = read(&pack, &examples, says);
            if found != expected {
                failures.push(format!("{} | {says} | {expected:?} | {found:?}", pack.lang.code()));
            }
        }
    }
    (count, failures)
}

/// Fails with a table if more than `allowed` in a hundred examples do.
fn assert_few(task: &str, count: usize, failures: &[String], allowed: f64) {
    let share = failures.len() as f64 / count.max(1) as f64;
    let mut by_lang: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in failures {
        *by_lang.entry(failure.split(' ').next().unwrap_or_default()).or_default() += 1;
    }
    println!("{task}: {} of {count} examples fail: {by_lang:?}", failures.len());
    for failure in failures {
        println!("  {failure}");
    }
    assert!(count > 500, "only {count} examples");
    assert!(share <= allowed, "{:.1} % of the {task} examples fail", share * 100.0);
}

fn date_values(pack: &Pack, examples: &Examples, says: &str) -> Vec<String> {
    let document = Document::new(pack, says, 0);
    let published = examples.published.as_deref().and_then(|p| p.parse::<Date>().ok());
    let published =
        published.map(|first| Published { at: None, first, granularity: "day", from: "metadata" });
    let amounts = money::amounts(&document);
    let mut stated = dates::dates(&document);
    stated.retain(|d| !amounts.iter().any(|a| a.first < d.last && d.first < a.last));
    resolve::dates::settle(&stated, published.as_ref()).into_iter().map(|d| d.value).collect()
}

fn amount_values(pack: &Pack, _: &Examples, says: &str) -> Vec<String> {
    let document = Document::new(pack, says, 0);
    let stated = money::amounts(&document);
    let currencies = Currencies::load(&tables()).unwrap();
    let country = pack.home.first().copied();
    let settled = resolve::money::settle(&document, stated, country.as_slice(), &currencies);
    let figure = |value: Option<finewire::base::money::Exact>| {
        value.map_or(String::new(), |v| v.to_f64().to_string())
    };
    settled
        .into_iter()
        .filter(|(amount, _)| amount.rule != "money.range-end")
        .map(|(amount, currency)| {
            let value = if amount.qualifier == Some(Qualifier::Range) {
                format!("{}..{}", figure(amount.low), figure(amount.high))
            } else {
                figure(amount.low)
            };
            let per = amount.per.map_or(String::new(), |unit| format!("/{}", unit.word()));
            format!("{value} {}{per}", currency.code())
        })
        .collect()
}

#[test]
fn verb_is_read_with_its_particle_apart() {
    let packs = packs();
    let pack = packs.iter().find(|pack| pack.lang.code() == "de").unwrap();
    let recalled = |says: &str| {
        let document = Document::new(pack, says, 0);
        let recall = Sense::Trigger(ActionType::Recall, Form::Verb);
        document.hits_in(&(0..document.tokens.len())).iter().any(|hit| hit.sense == recall)
    };
    assert!(recalled("Der Hersteller ruft 3000 Wagen zurück."));
    assert!(recalled("Sie rief am 5. Mai nach einer Warnung der Behörde alle Lampen zurück."));
    assert!(!recalled("Der Chef ruft die Leute an. Sie kommen zurück."));
    assert!(!recalled("Der Chef ruft die Leute zu sich"));
}

#[test]
fn every_way_to_say_a_date_gives_its_value() {
    let (count, failures) = run("dates", date_values);
    assert_few("dates", count, &failures, ALLOWED);
}

#[test]
fn every_way_to_say_a_sum_gives_its_value() {
    let (count, failures) = run("money", amount_values);
    assert_few("money", count, &failures, ALLOWED);
}

/// Share of the examples that may fail while packs are young: each printed, none hidden.
const ALLOWED: f64 = 0.05;

//! Every example of `tests/lang/<code>/` through the pack of its language: the value, then every way to say it.
//!
//! The examples are read as they stand and in every disguise that scraped text puts on them:
//! decomposed, in capitals, with narrow spaces, with curly apostrophes.

use std::{collections::BTreeMap, fs, path::Path};

use finewire::{
    base::{action::ActionType, lang::Lang, money::Qualifier},
    clean::{article::Published, characters::normal},
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
use unicode_normalization::UnicodeNormalization;

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
pub(crate) fn tables() -> Tables {
    Tables::of(Path::new("src")).unwrap()
}

/// The pack of every carried language.
pub(crate) fn packs() -> Vec<Pack> {
    let currencies = Currencies::load(&tables()).unwrap();
    Lang::ALL.iter().map(|&lang| Pack::load(lang, &tables(), &currencies).unwrap()).collect()
}

fn examples(lang: Lang, task: &str) -> Option<Examples> {
    let path = Path::new("tests/lang").join(lang.code()).join(format!("{task}.toml"));
    let text = fs::read_to_string(&path).ok()?;
    Some(toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Fails with a table if any example of `task`, written in another way by `write`, is read wrong.
fn every_example(
    task: &str,
    write: impl Fn(&str) -> Option<String>,
    read: impl Fn(&Pack, Option<Date>, &str) -> Vec<String>,
) {
    let (mut count, mut failures) = (0, Vec::new());
    for pack in packs() {
        let Some(examples) = examples(pack.lang, task) else { continue };
        let published = examples.published.as_deref().and_then(|p| p.parse::<Date>().ok());
        let expected = examples
            .case
            .iter()
            .flat_map(|case| case.says.iter().map(|says| (says, vec![case.value.clone()])))
            .chain(examples.nothing.iter().map(|says| (says, Vec::new())));
        for (says, expected) in expected {
            let Some(written) = write(says) else { continue };
            count += 1;
            let found = read(&pack, published, &written);
            if found != expected {
                failures
                    .push(format!("{} | {written} | {expected:?} | {found:?}", pack.lang.code()));
            }
        }
    }
    let mut by_lang: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in &failures {
        *by_lang.entry(failure.split(' ').next().unwrap_or_default()).or_default() += 1;
    }
    println!("{task}: {} of {count} examples fail: {by_lang:?}", failures.len());
    for failure in &failures {
        println!("  {failure}");
    }
    assert!(count > 500, "only {count} examples");
    assert!(failures.is_empty(), "{} of the {task} examples fail", failures.len());
}

/// The values of all dates in `says`.
pub(crate) fn date_values(pack: &Pack, published: Option<Date>, says: &str) -> Vec<String> {
    let document = Document::new(pack, says, 0);
    let published =
        published.map(|first| Published { at: None, first, granularity: "day", from: "metadata" });
    let amounts = money::amounts(&document);
    let mut stated = dates::dates(&document);
    stated.retain(|d| !amounts.iter().any(|a| a.first < d.last && d.first < a.last));
    resolve::dates::settle(&stated, published.as_ref()).into_iter().map(|d| d.value).collect()
}

/// The values of all amounts in `says`, each with its currency.
pub(crate) fn amount_values(pack: &Pack, currencies: &Currencies, says: &str) -> Vec<String> {
    let document = Document::new(pack, says, 0);
    let stated = money::amounts(&document);
    let country = pack.home.first().copied();
    let settled = resolve::money::settle(&document, stated, country.as_slice(), currencies);
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

/// Reads every example of both tasks, each written in another way by `write`.
fn both_tasks(write: impl Fn(&str) -> Option<String>) {
    let currencies = Currencies::load(&tables()).unwrap();
    every_example("dates", &write, date_values);
    every_example("money", &write, |pack, _, says| amount_values(pack, &currencies, says));
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
    every_example("dates", |says| Some(says.to_owned()), date_values);
}

#[test]
fn every_way_to_say_a_sum_gives_its_value() {
    let currencies = Currencies::load(&tables()).unwrap();
    let read = |pack: &Pack, _, says: &str| amount_values(pack, &currencies, says);
    every_example("money", |says| Some(says.to_owned()), read);
}

#[test]
fn decomposed_letters_say_the_same() {
    both_tasks(|says| Some(normal(&says.nfd().collect::<String>())));
    both_tasks(|says| Some(normal(&says.nfc().collect::<String>())));
}

#[test]
fn curly_apostrophes_and_narrow_spaces_say_the_same() {
    both_tasks(|says| Some(says.replace('\'', "\u{2019}")));
    // A narrow no-break space between figures, a no-break space elsewhere.
    both_tasks(|says| Some(says.replace(' ', "\u{202F}")));
    both_tasks(|says| Some(says.replace(' ', "\u{00A0}")));
}

#[test]
fn capitals_say_the_same() {
    both_tasks(|says| {
        // "DEM 1" and "TOP 10" are amounts, "R." a rand; what is glued to figures by a hyphen looks like a code.
        let code =
            says.split(' ').any(|word| matches!(word, "dem" | "r." | "top") || word.contains('-'));
        (!code).then(|| says.to_uppercase())
    });
}

#[test]
fn every_language_is_whole() {
    let mut missing = Vec::new();
    for pack in packs() {
        let code = pack.lang.code();
        for task in ["dates", "money"] {
            let Some(examples) = examples(pack.lang, task) else {
                missing.push(format!("{code}: no tests/lang/{code}/{task}.toml"));
                continue;
            };
            let says: usize = examples.case.iter().map(|case| case.says.len()).sum();
            if says < 30 || examples.nothing.len() < 10 {
                let nothing = examples.nothing.len();
                missing
                    .push(format!("{code}: {task} has {says} examples and {nothing} of nothing"));
            }
        }
        if !Path::new("tests/lang").join(code).join("sample.txt").exists() {
            missing.push(format!("{code}: no tests/lang/{code}/sample.txt"));
        }
        let forms = pack.lexicon.len();
        if forms < 1_000 || pack.function_words.len() < 40 || pack.home.is_empty() {
            missing.push(format!("{code}: a pack of {forms} forms is a draft"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn last_october_of_an_article_that_nobody_dates_is_of_no_year() {
    let packs = packs();
    for (lang, says) in [
        (Lang::Fr, "Le groupe a triché entre 2014 et 2021. En octobre dernier, il a été condamné."),
        (Lang::En, "The group cheated from 2014 to 2021. In October last year it was fined."),
        (
            Lang::De,
            "Der Konzern betrog von 2014 bis 2021. Im Oktober letzten Jahres wurde er bestraft.",
        ),
        (Lang::Es, "El grupo engañó entre 2014 y 2021. El pasado octubre fue multado."),
        (Lang::It, "Il gruppo ha ingannato dal 2014 al 2021. Lo scorso ottobre è stato multato."),
        (
            Lang::Pl,
            "Grupa oszukiwała w latach 2014-2021. W październiku ubiegłego roku została ukarana.",
        ),
    ] {
        let pack = packs.iter().find(|pack| pack.lang == lang).unwrap();
        let values = date_values(pack, None, says);
        assert_eq!(values.last().map(String::as_str), Some("XXXX-10"), "{says}: {values:?}");
        let published = Date::new(2023, 3, 1).ok();
        let values = date_values(pack, published, says);
        assert_eq!(values.last().map(String::as_str), Some("2022-10"), "{says}: {values:?}");
    }
}

#[test]
fn a_day_goes_on_from_a_month_whose_year_nothing_tells() {
    let packs = packs();
    for (lang, says, expected) in [
        (Lang::Ja, "同社は11月9日に報告し、10日に謝罪した。", ["XXXX-11-09", "XXXX-11-10"]),
        (
            Lang::Pl,
            "Kontrolę wszczęto 4 marca. Dzień później ją zakończono.",
            ["XXXX-03-04", "XXXX-03-05"],
        ),
    ] {
        let pack = packs.iter().find(|pack| pack.lang == lang).unwrap();
        assert_eq!(date_values(pack, None, says), expected, "{says}");
    }
}

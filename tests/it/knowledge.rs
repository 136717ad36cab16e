//! The knowledge base: ids, countries, names, and packs that load.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use finewire::{
    base::lang::Lang,
    pack::{compile::Pack, tables::Tables, world::World},
};

/// The packs and tables of this tree, so that a change of one is tested without a build.
fn tables() -> Tables {
    Tables::of(Path::new("src")).unwrap()
}

#[test]
fn every_pack_loads_and_has_the_calendar_or_is_empty() {
    let world = World::load(&tables()).unwrap();
    let whole = Lang::ALL.iter().filter(|&&lang| {
        let pack = Pack::load(lang, &tables(), &world.currencies).unwrap();
        !pack.function_words.is_empty()
    });
    assert!(whole.count() >= 30);
}

#[test]
fn regulators_are_many_unique_and_of_known_countries() {
    let world = World::load(&tables()).unwrap();
    assert!(world.regulators.len() >= 500);
    let ids: BTreeSet<&str> = world.regulators.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), world.regulators.len(), "an id stands twice");
    let countries: BTreeSet<&str> = world.regulators.iter().map(|r| r.country.as_str()).collect();
    assert!(countries.len() >= 80, "{} jurisdictions", countries.len());
    for regulator in &world.regulators {
        assert!(regulator.country().is_some(), "{}: {}", regulator.id, regulator.country);
        assert!(!regulator.name.is_empty(), "{} has no name", regulator.id);
    }
}

#[test]
fn no_name_stands_for_two_regulators_of_one_country_in_one_language() {
    let world = World::load(&tables()).unwrap();
    let mut seen: BTreeMap<(String, String, String), &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for regulator in &world.regulators {
        let own: BTreeSet<(String, String)> = regulator
            .names
            .iter()
            .flat_map(|(lang, names)| names.iter().map(|n| (lang.clone(), n.to_lowercase())))
            .collect();
        for (lang, name) in own {
            let key = (regulator.country.clone(), lang, name);
            if let Some(other) = seen.insert(key.clone(), &regulator.id) {
                twice.push(format!("{key:?}: {other} and {}", regulator.id));
            }
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn laws_are_unique() {
    let world = World::load(&tables()).unwrap();
    let ids: BTreeSet<&str> = world.laws.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids.len(), world.laws.len());
    assert!(ids.contains("eu-gdpr"));
}

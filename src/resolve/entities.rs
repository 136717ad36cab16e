//! Settles who names stand for: one chain for each company, authority and person of an article.
//!
//! An authority's name that several share is settled by language and by the countries that the
//! article speaks of; a description by the authorities it names, else by the knowledge base where
//! exactly one body fits. A short form joins the long one. What nothing settles keeps no id.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    base::action::Sector,
    extract::{
        bodies,
        entities::{Label, NameMention, Reading},
        money::{Named, StatedAmount},
    },
    pack::{
        sense::{Country, Sense},
        world::{
            World,
            gazetteer::{Case, Entry, Thing},
        },
    },
    text::document::Document,
};

use super::{
    agree,
    authorities::is_epithet,
    chains::{Chains, chain_key},
    forms::canonical,
    nominative::listed_case,
};

/// A name with what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledName {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Kind.
    pub label: Label,
    /// Canonical form; empty if a description stands for nothing known.
    pub name: String,
    /// Id of the authority, law or country.
    pub id: Option<String>,
    /// Index of the authority in the knowledge base.
    pub regulator: Option<usize>,
    /// Country of an authority or place.
    pub country: Option<Country>,
    /// Field of an authority.
    pub sector: Option<Sector>,
    /// Number of its chain: mentions of the same thing share it.
    pub chain: usize,
    /// Whether it is a description, not a name.
    pub described: bool,
    /// Whether it describes one that the article does not name: "a clinic".
    pub unnamed: bool,
    /// Whether it is a court.
    pub court: bool,
    /// Rule that read it.
    pub rule: &'static str,
    /// How sure the reader is.
    pub confidence: f32,
}

/// Countries that an article speaks of, the likeliest first; those whose own money alone it names come last.
pub fn countries(
    document: &Document,
    names: &[NameMention],
    stated: &[StatedAmount],
    world: &World,
) -> Vec<Country> {
    let mut scores: BTreeMap<Country, f32> = BTreeMap::new();
    let headline = document.sentences.get(document.headline).map_or(0, |s| s.start);
    for name in names {
        let weight = if name.first < headline { 2.0 } else { 1.0 };
        match &name.reading {
            Reading::Country(country)
            | Reading::Place(country)
            | Reading::Authority(_, Some(country)) => {
                *scores.entry(*country).or_default() += weight;
            }
            // An acronym with other meanings is no sign of its country; the full name is one.
            Reading::Regulators(entries) if entries.iter().all(|e| e.case != Case::Exact) => {
                let found: Vec<Country> =
                    distinct(entries).filter_map(|i| world.regulators[i].country()).collect();
                if let Some(first) = found.first().filter(|first| found.iter().all(|c| c == *first))
                {
                    // "Le gendarme de la concurrence" may be the neighbours'.
                    let sign = if is_epithet(document, entries, None) { 0.5 } else { 2.0 };
                    *scores.entry(*first).or_default() += sign * weight;
                }
            }
            _ => {}
        }
    }
    for amount in stated {
        // "The Competition Commission fined it R3 million."
        let currency = match amount.currency {
            Named::One(currency) => Some(currency),
            Named::Shared(family) => world.currencies.settle(family, &[], &document.pack.home),
            Named::Of(..) | Named::Home(_) | Named::Elided => None,
        };
        if let Some(country) = currency.and_then(|currency| world.currencies.issuer(currency)) {
            scores.entry(country).or_default();
        }
    }
    let mut ranked: Vec<(Country, f32)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().map(|(country, _)| country).collect()
}

pub(super) fn distinct(entries: &[Entry]) -> impl Iterator<Item = usize> {
    let mut indices: Vec<usize> = entries
        .iter()
        .filter_map(|e| if let Thing::Regulator(i) = e.thing { Some(i as usize) } else { None })
        .collect();
    indices.sort_unstable();
    indices.dedup();
    indices.into_iter()
}

/// Settles the names of an article, in order.
pub fn settle(
    document: &Document,
    names: &[NameMention],
    countries: &[Country],
    world: &World,
) -> Vec<SettledName> {
    let mut settler = Settler {
        document,
        countries,
        world,
        chains: Chains::default(),
        seen: Vec::new(),
        short: BTreeMap::new(),
    };
    settler.short = settler.short_forms(names);
    let mut settled: Vec<Option<SettledName>> =
        names.iter().map(|name| settler.named(name)).collect();
    settler.settle_forms(names, &mut settled);
    settler.settle_epithets(names, &mut settled);
    let bodies = settled.iter().enumerate();
    settler.seen = bodies.filter_map(|(at, name)| Authority::at(at, name.as_ref()?)).collect();
    for (at, name) in names.iter().enumerate() {
        if settled[at].is_none() {
            settled[at] = settler.described(name, &settled);
        }
    }
    let mut settled: Vec<SettledName> = settled.into_iter().flatten().collect();
    settler.place_offices(&mut settled);
    settler.bind_aliases(&mut settled);
    settler.bind_short_bodies(&mut settled);
    settler.bind_titles(&mut settled);
    settler.bind_companies(&mut settled);
    settled
}

/// Mentions of authorities on either side among which a description finds its own.
const NEAR: usize = 64;

pub(super) struct Settler<'s, 'a> {
    pub(super) document: &'s Document<'a>,
    pub(super) countries: &'s [Country],
    pub(super) world: &'s World,
    pub(super) chains: Chains,
    /// Mentions of authorities by name, in order.
    pub(super) seen: Vec<Authority>,
    /// What the article itself says that a short form stands for: an authority of the knowledge
    /// base, or one that it lacks.
    pub(super) short: BTreeMap<String, Option<usize>>,
}

/// A mention of an authority, for the descriptions that may stand for it.
pub(super) struct Authority {
    pub(super) first: usize,
    pub(super) who: Who,
    pub(super) country: Option<Country>,
    pub(super) sector: Option<Sector>,
}

/// Which authority a mention names.
#[derive(Clone, Copy)]
pub(super) enum Who {
    /// One of the knowledge base, by its index.
    Known(usize),
    /// One that it lacks, by the index of the mention.
    Lacking(usize),
}

impl Authority {
    /// Returns the authority that the mention at an index names.
    pub(super) fn at(index: usize, name: &SettledName) -> Option<Self> {
        let SettledName { first, country, sector, .. } = *name;
        let lacking = name.is_named_authority().then_some(Who::Lacking(index));
        let who = name.regulator.map(Who::Known).or(lacking)?;
        Some(Self { first, who, country, sector })
    }
}

impl SettledName {
    /// Returns whether it stands for an authority that has a name here, in the knowledge base or not.
    pub fn is_named_authority(&self) -> bool {
        self.label == Label::Regulator && !self.name.is_empty()
    }
}

/// Returns the body of the nearest mention that fits, those before `at` first. The mentions are in order.
pub(super) fn nearest(
    seen: &[Authority],
    at: usize,
    fits: impl Fn(&Authority) -> bool,
) -> Option<Who> {
    let (before, after) = seen.split_at(seen.partition_point(|body| body.first < at));
    let before = before.iter().rev().take(NEAR).find(|body| fits(body));
    let after = after.iter().take(NEAR).find(|body| fits(body));
    before.or(after).map(|body| body.who)
}

impl Settler<'_, '_> {
    fn blank(&self, mention: &NameMention) -> SettledName {
        SettledName {
            first: mention.first,
            last: mention.last,
            label: mention.label,
            name: String::new(),
            id: None,
            regulator: None,
            country: None,
            sector: None,
            chain: 0,
            described: false,
            unnamed: false,
            court: false,
            rule: mention.rule,
            confidence: mention.confidence,
        }
    }

    /// Settles what is named.
    fn named(&mut self, mention: &NameMention) -> Option<SettledName> {
        let mut name = self.blank(mention);
        if !self.short.is_empty()
            && matches!(mention.reading, Reading::Regulators(_) | Reading::Name)
            && let Some(of) = self.short.get(&self.words(mention)).copied()
        {
            if let Some(index) = of {
                self.set_regulator(&mut name, index);
            } else {
                name.label = Label::Org;
                self.set_chain(&mut name);
            }
            return Some(name);
        }
        match &mention.reading {
            Reading::Regulators(entries) => {
                let own = self.choose(entries, mention);
                let shared = own.is_none_or(|index| self.world.regulators[index].ambiguous);
                if let Some(country) = self.foreign(entries, mention).filter(|_| shared) {
                    self.set_foreign(&mut name, entries, country);
                } else if let Some(index) = own {
                    self.set_regulator(&mut name, index);
                } else {
                    name.label = Label::Org;
                    name.confidence = 0.4;
                    self.set_chain(&mut name);
                }
            }
            Reading::Body(sector, country) => {
                self.set_body(&mut name, mention, (*sector, *country));
            }
            Reading::Law(index, article) => {
                let law = self.world.laws.get(*index as usize)?;
                name.name =
                    if law.name.is_empty() { self.words(mention) } else { law.name.clone() };
                name.id = Some(
                    article.as_ref().map_or_else(|| law.id.clone(), |a| format!("{}:{a}", law.id)),
                );
            }
            Reading::Country(country) => {
                name.name = self.words(mention);
                name.country = Some(*country);
                name.id = Some(country.code().to_owned());
            }
            Reading::Place(_) => name.name = self.words(mention),
            Reading::Court => {
                name.court = true;
                name.name = self.words(mention);
            }
            Reading::Watched(index) => {
                let company = self.world.watched.get(*index as usize)?;
                name.name.clone_from(&company.name);
                name.id = Some(company.id.clone());
                name.chain = self.chains.of_key(&company.id);
            }
            Reading::Name => self.set_chain(&mut name),
            Reading::Counted => {
                name.described = true;
                name.unnamed = mention.rule == "entity.counted-firms";
                name.name = self.described_words(mention, mention.last);
                name.chain = self.chains.of_key(&format!("counted {}", name.name));
            }
            Reading::Unnamed(noun) => {
                (name.described, name.unnamed) = (true, true);
                name.name = self.described_words(mention, noun.end);
                name.chain = self.unnamed_chain(noun);
            }
            Reading::Authority(..) | Reading::Company => return None,
        }
        Some(name)
    }

    /// Returns the chain of those who are described by the same noun, which tells them from others.
    pub(super) fn unnamed_chain(&mut self, noun: &Range<usize>) -> usize {
        let key = chain_key(self.document, noun).join(" ");
        self.chains.of_key(&format!("unnamed {key}"))
    }

    /// Returns the words of a description, its noun without what is put on top of it and in the nominative: "업체에는",
    /// "verkkokauppaa", "pekárně v Brně".
    fn described_words(&self, mention: &NameMention, noun_end: usize) -> String {
        let pack = self.document.pack;
        let is_governed = pack.numbers_govern && matches!(mention.reading, Reading::Counted);
        let noun = noun_end.checked_sub(1).filter(|noun| *noun >= mention.first && !is_governed);
        let Some(noun) = noun else { return self.words(mention) };
        let whole = self.document.word(noun);
        let word = self.without_particle(whole);
        let base = pack.lexicon.base(word).map(str::to_owned);
        let base = base
            .or_else(|| listed_case(pack, word))
            .or_else(|| pack.nouns.nominative(word, pack.lexicon.shape()))
            .unwrap_or_else(|| word.to_owned());
        let span = self.document.span(&mention.range());
        let own = self.document.span(&(noun..noun_end));
        let text = |from: u32, to: u32| {
            self.document.text.get(from as usize..to as usize).unwrap_or_default()
        };
        let mut before = text(span.start, own.start).to_owned();
        if base != whole {
            before = agree::before_described(pack, &base, &before);
        }
        format!("{before}{base}{}", text(own.end, span.end))
    }

    /// Returns the noun of a description without the particle that is written as one with it: "למאפייה".
    fn without_particle<'w>(&self, word: &'w str) -> &'w str {
        let lexicon = &self.document.pack.lexicon;
        let is_noun = |rest: &&str| {
            let folded = lexicon.shape().fold(rest);
            let firm = |sense| matches!(sense, Sense::Firm | Sense::Holder | Sense::CompanyMark);
            lexicon.sense_of(&folded, firm).is_some()
        };
        if is_noun(&word) {
            return word;
        }
        lexicon.shape().rests(word).find(is_noun).unwrap_or(word)
    }

    pub(super) fn words(&self, mention: &NameMention) -> String {
        self.document.span(&mention.range()).of(self.document.text).to_owned()
    }

    pub(super) fn set_regulator(&mut self, name: &mut SettledName, index: usize) {
        let regulator = &self.world.regulators[index];
        name.label = Label::Regulator;
        name.name.clone_from(&regulator.name);
        name.id = Some(regulator.id.clone());
        name.regulator = Some(index);
        name.country = regulator.country();
        name.sector = Some(regulator.sector);
        name.chain = self.chains.of_key(&regulator.id);
    }

    /// Makes a name that of another country's authority, which the knowledge base may lack.
    fn set_foreign(&mut self, name: &mut SettledName, entries: &[Entry], country: Country) {
        let sector = distinct(entries).next().map(|index| self.world.regulators[index].sector);
        if let Some(index) = sector.and_then(|sector| self.only(sector, Some(country))) {
            self.set_regulator(name, index);
            return;
        }
        name.name = self.document.span(&(name.first..name.last)).of(self.document.text).to_owned();
        name.country = Some(country);
        name.sector = sector;
        name.chain = self.chains.of_key(&format!("{} {}", country.code(), name.name));
    }

    /// Makes a name that of an authority that the knowledge base lacks, or of the only one of its field at home.
    fn set_body(
        &mut self,
        name: &mut SettledName,
        mention: &NameMention,
        (sector, country): (Sector, Option<Country>),
    ) {
        let is_told = sector != Sector::Other;
        let only = if is_told && country.is_none() { self.only(sector, None) } else { None };
        if let Some(index) = only {
            self.set_regulator(name, index);
        } else {
            self.set_chain(name);
            name.country = country.or_else(|| self.home(mention));
            name.sector = is_told.then_some(sector);
        }
    }

    fn set_chain(&mut self, name: &mut SettledName) {
        let range = name.first..name.last;
        let key = chain_key(self.document, &range);
        name.name = canonical(self.document, &range);
        name.chain = self.chains.join(self.document, &key, name);
    }

    /// Tells the town of a local office or a court from a company: "das Landratsamt Dillingen", "tribunal de Dunois". An
    /// authority of which each town has its own has no website.
    fn place_offices(&self, settled: &mut [SettledName]) {
        for index in 1..settled.len() {
            let (office, town) = (&settled[index - 1], &settled[index]);
            let is_local = office
                .regulator
                .is_some_and(|regulator| self.world.regulators[regulator].website.is_none());
            let is_name = matches!(town.label, Label::Org | Label::Per | Label::Misc | Label::Loc)
                && !town.described
                && !town.court
                && town.country.is_none();
            let of = self.document.end_of(office.last, Sense::Connector).filter(|_| office.court);
            let is_behind = town.first == of.unwrap_or(office.last)
                && self.document.spaced(town.first)
                && self.document.tokens.get(town.first).is_some_and(|token| token.capital);
            if (is_local || office.court) && is_name && is_behind {
                settled[index].label = Label::Loc;
                settled[index].rule = "entity.place";
            }
        }
    }

    /// Settles what is described: by the authorities that the article names, else by the only one that fits.
    fn described(
        &mut self,
        mention: &NameMention,
        settled: &[Option<SettledName>],
    ) -> Option<SettledName> {
        let mut name = self.blank(mention);
        name.described = true;
        let Reading::Authority(sector, country) = &mention.reading else {
            return matches!(mention.reading, Reading::Company).then_some(name);
        };
        name.country = *country;
        name.sector = (*sector != Sector::Other).then_some(*sector);
        let fits = |r: &Authority| {
            (*sector == Sector::Other || r.sector == Some(*sector))
                && country.is_none_or(|c| r.country == Some(c))
        };
        let near = nearest(&self.seen, mention.first, fits);
        match near.or_else(|| self.only(*sector, *country).map(Who::Known)) {
            Some(Who::Known(index)) => self.set_regulator(&mut name, index),
            Some(Who::Lacking(at)) => {
                if let Some(body) = &settled[at] {
                    name.name.clone_from(&body.name);
                    (name.chain, name.country, name.sector) =
                        (body.chain, body.country, body.sector);
                }
            }
            // "Sollentuna kommun"
            None if mention.rule == bodies::NAMED => {
                name.described = false;
                self.set_chain(&mut name);
                name.country = self.home(mention);
            }
            None => {}
        }
        Some(name)
    }
}

//! Which authority a name or a description means that several share.
//!
//! A country right beside it decides, then the language, then the countries that the article speaks
//! of. A short form in brackets behind a name is that authority's for the whole article.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    base::action::Sector,
    extract::entities::{Label, NameMention, Reading},
    pack::{
        sense::{Country, Sense},
        world::gazetteer::{Entry, Thing},
    },
    text::document::Document,
};

use super::entities::{Authority, SettledName, Settler, Who, distinct, nearest};

/// Most countries of a language whose own authorities are meant where no other is named.
const FEW_HOMES: usize = 3;

impl Settler<'_, '_> {
    /// Returns the short forms that stand in brackets behind an authority's name: "the Department of
    /// Transportation (DOT)". They are its own for the whole article, whoever else bears them.
    pub(super) fn short_forms(&self, names: &[NameMention]) -> BTreeMap<String, Option<usize>> {
        let mut forms = BTreeMap::new();
        for (long, short) in names.iter().zip(names.iter().skip(1)) {
            if short.range().len() != 1 || !self.is_bracketed(long.last, &short.range()) {
                continue;
            }
            let own = self.words(short);
            if !abbreviates(&own, &self.words(long)) {
                continue;
            }
            let of = match (&long.reading, &short.reading) {
                (Reading::Regulators(entries), Reading::Regulators(_) | Reading::Name) => {
                    let Some(index) = self.choose(entries, long) else { continue };
                    Some(index)
                }
                (Reading::Name, Reading::Regulators(_)) if long.last > long.first + 1 => None,
                _ => continue,
            };
            forms.entry(own).or_insert(of);
        }
        forms
    }

    /// Returns whether some tokens stand in the brackets behind a name that ends at `long`.
    pub(super) fn is_bracketed(&self, long: usize, short: &Range<usize>) -> bool {
        long + 1 == short.start
            && matches!(self.document.word(long), "(" | "（")
            && matches!(self.document.word(short.end), ")" | "）")
    }

    /// Returns the authority that a shared name means here: one whose country stands right beside it,
    /// else one of the few countries of the language, else one that the article speaks of.
    pub(super) fn choose(&self, entries: &[Entry], mention: &NameMention) -> Option<usize> {
        let rank = |country: Option<Country>| {
            country.and_then(|c| self.countries.iter().position(|other| *other == c))
        };
        let homes = &self.document.pack.home;
        let home = |country: Option<Country>| country.is_some_and(|c| homes.contains(&c));
        let beside = self.countries_beside(mention);
        let mut candidates: Vec<(usize, bool)> = distinct(entries)
            .map(|index| {
                let own = entries.iter().any(|e| {
                    e.thing == Thing::Regulator(index as u32)
                        && e.lang == Some(self.document.pack.lang)
                });
                (index, own)
            })
            .collect();
        candidates.retain(|(index, own)| {
            let regulator = &self.world.regulators[*index];
            // A name with other meanings counts where the article speaks of its country.
            !regulator.ambiguous
                || *own
                || rank(regulator.country()).is_some()
                || home(regulator.country())
        });
        candidates.sort_by_key(|(index, own)| {
            let country = self.world.regulators[*index].country();
            let is_beside = country.is_some_and(|c| beside.contains(&c));
            let is_main = *own && home(country) && homes.len() <= FEW_HOMES;
            (
                !is_beside,
                !is_main,
                rank(country).unwrap_or(usize::MAX),
                !home(country),
                !own,
                *index,
            )
        });
        candidates.first().map(|(index, _)| *index)
    }

    /// Returns the country that stands beside a name and has none of the bodies of that name: "Civil
    /// Aviation Authority of Nepal".
    pub(super) fn foreign(&self, entries: &[Entry], mention: &NameMention) -> Option<Country> {
        let country = |sense| match sense {
            Sense::Country(country) => Some(country),
            _ => None,
        };
        let document = self.document;
        let of = [Sense::MoneyOf, Sense::DateOf]
            .into_iter()
            .filter_map(|sense| document.end_of(mention.last, sense))
            .max();
        let behind = of.and_then(|of| document.longest(of, country)).map(|(_, country)| country);
        let before = || document.hits_before(mention.first).find_map(|hit| country(hit.sense));
        let beside = behind.or_else(before)?;
        let is_its = |index: usize| self.world.regulators[index].country() == Some(beside);
        (!distinct(entries).any(is_its)).then_some(beside)
    }

    /// Returns the country of an authority that the knowledge base lacks: the one beside its name, else the first of the
    /// language's own that the article speaks of, else the language's only one.
    pub(super) fn home(&self, mention: &NameMention) -> Option<Country> {
        let homes = &self.document.pack.home;
        let beside = self.countries_beside(mention).into_iter().next();
        let own = || self.countries.iter().find(|country| homes.contains(country)).copied();
        let only = || (homes.len() == 1).then(|| homes[0]);
        beside.or_else(own).or_else(only)
    }

    /// Makes authorities of the short forms that stand in brackets behind the names of those that the knowledge base
    /// lacks, wherever the article has them: "the National Grain Authority (NGA)".
    pub(super) fn bind_short_bodies(&self, settled: &mut [SettledName]) {
        let words = |name: &SettledName| {
            self.document.span(&(name.first..name.last)).of(self.document.text).to_owned()
        };
        let mut short: BTreeMap<String, usize> = BTreeMap::new();
        for at in 1..settled.len() {
            let (long, brief) = (&settled[at - 1], &settled[at]);
            let is_short = long.is_named_authority()
                && long.regulator.is_none()
                && brief.label == Label::Org
                && brief.last == brief.first + 1
                && self.is_bracketed(long.last, &(brief.first..brief.last));
            if is_short {
                short.entry(words(brief)).or_insert(at - 1);
            }
        }
        if short.is_empty() {
            return;
        }
        for at in 0..settled.len() {
            let Some(&long) = short.get(&words(&settled[at])) else { continue };
            let SettledName { name, country, sector, chain, .. } = settled[long].clone();
            let brief = &mut settled[at];
            brief.label = Label::Regulator;
            (brief.name, brief.country, brief.sector, brief.chain) = (name, country, sector, chain);
        }
    }

    /// Returns the countries whose names or adjectives stand right before or behind a name.
    fn countries_beside(&self, mention: &NameMention) -> Vec<Country> {
        let country = |sense| match sense {
            Sense::Country(country) => Some(country),
            _ => None,
        };
        let before = self.document.hits_before(mention.first).filter_map(|hit| country(hit.sense));
        let behind = self.document.longest(mention.last, country).map(|(_, country)| country);
        before.chain(behind).collect()
    }

    /// Gives a name that the knowledge base lacks to the authority whose name it is a form of: "Exempla Kuruluna" beside
    /// "Exempla Kurulu".
    pub(super) fn settle_forms(
        &mut self,
        names: &[NameMention],
        settled: &mut [Option<SettledName>],
    ) {
        let is_lacking = |name: &SettledName| name.is_named_authority() && name.regulator.is_none();
        if !settled.iter().flatten().any(is_lacking) {
            return;
        }
        let stems = |mention: &NameMention| {
            let stem = |at: usize| self.document.stem(at).collect::<String>();
            mention.range().map(stem).collect::<Vec<String>>()
        };
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (mention, name) in names.iter().zip(&*settled) {
            if let Some(index) = name.as_ref().and_then(|name| name.regulator) {
                known.entry(stems(mention)).or_insert(index);
            }
        }
        let mut forms = Vec::new();
        for (at, (mention, name)) in names.iter().zip(&*settled).enumerate() {
            if name.as_ref().is_some_and(is_lacking)
                && let Some(index) = known.get(&stems(mention))
            {
                forms.push((at, *index));
            }
        }
        for (at, index) in forms {
            if let Some(name) = &mut settled[at] {
                self.set_regulator(name, index);
            }
        }
    }

    /// Gives what describes an authority of one country alone to the other of its field that the article
    /// names, where it never names the first: "le gendarme de la concurrence" is the Swiss one in an
    /// article on the Comco.
    pub(super) fn settle_epithets(
        &mut self,
        names: &[NameMention],
        settled: &mut [Option<SettledName>],
    ) {
        let (mut epithets, mut named, mut by_name) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (at, (mention, name)) in names.iter().zip(&*settled).enumerate() {
            let Some((body, index)) =
                name.as_ref().and_then(|name| Authority::at(at, name).zip(name.regulator))
            else {
                continue;
            };
            match &mention.reading {
                Reading::Regulators(entries) if is_epithet(self.document, entries, Some(index)) => {
                    epithets.push((at, index, body));
                }
                _ => {
                    by_name.insert(index);
                    named.push(body);
                }
            }
        }
        for (at, index, epithet) in epithets {
            if by_name.contains(&index) || epithet.sector == Some(Sector::Other) {
                continue;
            }
            let other = nearest(&named, epithet.first, |body| body.sector == epithet.sector);
            if let (Some(Who::Known(other)), Some(Some(name))) = (other, settled.get_mut(at)) {
                self.set_regulator(name, other);
            }
        }
    }

    /// Returns the only authority of a field and country; the field may be the article's.
    pub(super) fn only(&self, sector: Sector, country: Option<Country>) -> Option<usize> {
        let topic = self.seen.iter().find_map(|r| r.sector.filter(|s| *s != Sector::Other));
        let sector = if sector == Sector::Other { topic? } else { sector };
        let country = country
            .or_else(|| self.countries.first().or(self.document.pack.home.first()).copied())?;
        let mut fitting = self
            .world
            .regulators
            .iter()
            .enumerate()
            .filter(|(_, r)| r.sector == sector && r.country == country.code());
        let (index, _) = fitting.next()?;
        fitting.next().is_none().then_some(index)
    }
}

/// Returns whether a name describes its bearer in the article's language: `body`, or any.
pub(super) fn is_epithet(document: &Document, entries: &[Entry], body: Option<usize>) -> bool {
    entries.iter().any(|entry| {
        entry.epithet
            && entry.lang == Some(document.pack.lang)
            && body.is_none_or(|index| entry.thing == Thing::Regulator(index as u32))
    })
}

/// Returns whether a short form abbreviates a longer one: it starts like one of its words, and its
/// letters stand in order from there on.
fn abbreviates(short: &str, long: &str) -> bool {
    let (short, long) = (short.to_lowercase(), long.to_lowercase());
    let stands_in = |words: &str| {
        let mut letters = words.chars();
        short.chars().next() == words.chars().next()
            && short.chars().all(|c| letters.any(|other| other == c))
    };
    let from_words = long.split(' ').scan(0, |at, word| {
        let rest = long.get(*at..);
        *at += word.len() + 1;
        rest
    });
    short.chars().count() < long.chars().count() && from_words.into_iter().any(stands_in)
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn a_short_form_has_the_letters_of_the_long_one_in_order() {
        assert!(abbreviates("DOT", "Department of Transportation"));
        assert!(abbreviates("DOT", "US Department of Transportation"));
        assert!(abbreviates("Ksa", "Kansspelautoriteit"));
        assert!(!abbreviates("Amazon", "Autorité de la concurrence"));
        assert!(!abbreviates("CNIL", "CNIL"));
    }
}

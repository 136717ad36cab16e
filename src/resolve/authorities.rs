//! Which authority a name or a description means that several share.
//!
//! A country right beside it decides, then the language, then the countries that the article speaks
//! of. A short form in brackets behind a name is that authority's for the whole article.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::action::Sector,
    extract::entities::{NameMention, Reading},
    pack::{
        sense::{Country, Sense},
        world::gazetteer::{Entry, Thing},
    },
    text::document::Document,
};

use super::entities::{Authority, SettledName, Settler, distinct, nearest};

/// Most countries of a language whose own authorities are meant where no other is named.
const FEW_HOMES: usize = 3;

impl Settler<'_, '_> {
    /// Returns the short forms that stand in brackets behind an authority's name: "the Department of
    /// Transportation (DOT)". They are its own for the whole article, whoever else bears them.
    pub(super) fn short_forms(&self, names: &[NameMention]) -> BTreeMap<String, Option<usize>> {
        let word = |at: usize| self.document.word(at);
        let mut forms = BTreeMap::new();
        for (long, short) in names.iter().zip(names.iter().skip(1)) {
            let is_bracketed = long.last + 1 == short.first
                && short.last == short.first + 1
                && matches!(word(long.last), "(" | "（")
                && matches!(word(short.last), ")" | "）");
            if !is_bracketed {
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

    /// Gives what describes an authority of one country alone to the other of its field that the article
    /// names, where it never names the first: "le gendarme de la concurrence" is the Swiss one in an
    /// article on the Comco.
    pub(super) fn settle_epithets(
        &mut self,
        names: &[NameMention],
        settled: &mut [Option<SettledName>],
    ) {
        let (mut epithets, mut named) = (Vec::new(), Vec::new());
        for (at, (mention, name)) in names.iter().zip(&*settled).enumerate() {
            let Some(body) = name.as_ref().and_then(Authority::of) else { continue };
            match &mention.reading {
                Reading::Regulators(entries)
                    if is_epithet(self.document, entries, Some(body.regulator)) =>
                {
                    epithets.push((at, body));
                }
                _ => named.push(body),
            }
        }
        let by_name: BTreeSet<usize> = named.iter().map(|body| body.regulator).collect();
        for (at, epithet) in epithets {
            if by_name.contains(&epithet.regulator) || epithet.sector == Some(Sector::Other) {
                continue;
            }
            let other = nearest(&named, epithet.first, |body| body.sector == epithet.sector);
            if let (Some(other), Some(Some(name))) = (other, settled.get_mut(at)) {
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

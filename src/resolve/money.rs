//! Settles which currency an amount is in where the words leave it open.
//!
//! "$", "kr" and "pesos" are settled by the country of the article: the currencies it names
//! elsewhere, the countries and authorities it speaks of, the language's own countries. An elided
//! currency is that of the nearest amount.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::money::{Currency, Exact},
    extract::money::{Named, StatedAmount},
    pack::{
        sense::{Country, Family},
        world::currencies::Currencies,
    },
    text::document::Document,
};

/// An amount with its currency.
pub type SettledAmount = (StatedAmount, Currency);

/// Settles the currencies of an article's amounts; what nothing settles is dropped.
///
/// `countries` are those that the article speaks of, the likeliest first. Returned indices of
/// `converted_from` count in the returned list.
pub fn settle(
    document: &Document,
    stated: Vec<StatedAmount>,
    countries: &[Country],
    currencies: &Currencies,
) -> Vec<SettledAmount> {
    let american = names_other_dollar(&stated);
    let (countries, home) = spoken_of(document, countries);
    let marked = marked_later(&stated, currencies);
    let is_unit = |origin: usize| {
        let unit = stated.get(origin).map(|amount| &amount.currency);
        matches!(unit, Some(Named::One(currency)) if currencies.is_unit(*currency))
    };
    let known: Vec<Option<Currency>> = stated
        .iter()
        .map(|amount| match amount.currency {
            Named::One(currency) => Some(currency),
            Named::Of(family, country) => currencies
                .of(family, country)
                .or_else(|| currencies.settle(family, &countries, &home)),
            // "C$50 million ($38 million)": what restates a dollar is another dollar.
            Named::Shared(Family::Dollar | Family::DollarSign)
                if amount.converted_from.is_some_and(|origin| !is_unit(origin))
                    || american && amount.rule != "money.cents" =>
            {
                currencies.settle(Family::Dollar, &[], &[])
            }
            // In a language of no dollar country "50 Millionen Dollar" are American.
            Named::Shared(family @ (Family::Dollar | Family::DollarSign)) => {
                let near: Vec<Country> =
                    countries.iter().take(2).filter(|c| home.contains(c)).copied().collect();
                currencies.settle(family, &near, &home)
            }
            // In a language of one country with crowns a bare crown is its own, whatever
            // neighbour the article mentions.
            Named::Shared(family) => own_money(family, &home, currencies).or_else(|| {
                let marked = marked.get(&family).map_or(&[][..], Vec::as_slice);
                let near: Vec<Country> = countries
                    .iter()
                    .filter(|country| {
                        let money = currencies.of(family, **country);
                        // "2745万新元" does not take the bare yuan of an article on Singapore away.
                        let is_set_there =
                            countries.first() == Some(*country) && home.contains(*country);
                        home.first() == Some(*country)
                            || is_set_there
                            || !money.is_some_and(|m| marked.contains(&m))
                    })
                    .copied()
                    .collect();
                currencies.settle(family, &near, &home)
            }),
            // Euro rates are quoted the other way round: "USD 1,0850" is what a euro costs.
            Named::Home(priced) => at_home(&countries, &home, currencies)
                .filter(|tender| tender.code() != "EUR")
                .or(Some(priced)),
            Named::Elided => None,
        })
        .collect();
    // "Las multas: 23,9 millones para Banca Alba, 31,8 millones para Brisa": one tells what all are.
    let is_money = stated.iter().any(|a| a.role.is_some() && matches!(a.currency, Named::Elided));
    let restated: Vec<bool> = stated.iter().map(|a| a.converted_from.is_some()).collect();
    let sentences: Vec<usize> = stated.iter().map(|a| document.sentence_of(a.first)).collect();
    let own: Vec<Currency> = home.iter().filter_map(|c| currencies.tender(*c)).collect();
    let nearest = nearest(&known, &restated, &sentences, &own);
    let mut places = vec![None; stated.len()];
    let mut settled: Vec<SettledAmount> = Vec::new();
    for (index, mut amount) in stated.into_iter().enumerate() {
        let currency = match amount.currency {
            Named::Elided => nearest[index]
                .or_else(|| at_home(&countries, &home, currencies).filter(|_| is_money)),
            _ => known[index],
        };
        let Some(currency) = currency else { continue };
        let origin = amount.converted_from.and_then(|origin| places[origin]);
        places[index] = Some(settled.len());
        // "8.000 UTM, unos 526 millones de pesos": what is paid is the tender, the unit says it again.
        match origin.and_then(|origin| settled.get_mut(origin)) {
            Some((unit, of)) if currencies.is_unit(*of) && unit.converted_from.is_none() => {
                unit.converted_from = places[index];
                amount.converted_from = None;
            }
            _ => amount.converted_from = origin,
        }
        settled.push((amount, currency));
    }
    settled
}

/// Returns the money of a family that is of one of the language's countries alone.
fn own_money(family: Family, home: &[Country], currencies: &Currencies) -> Option<Currency> {
    let mut own = home.iter().filter_map(|country| currencies.of(family, *country));
    let first = own.next()?;
    own.all(|money| money == first).then_some(first)
}

/// Returns what is paid in where the article is set: for a sum that is money by its words ("un danno
/// di 269 milioni") in an article that names no currency.
fn at_home(countries: &[Country], home: &[Country], currencies: &Currencies) -> Option<Currency> {
    let set = countries.iter().find(|country| home.contains(country)).or(home.first())?;
    currencies.tender(*set)
}

/// Returns the countries that the article speaks of and those of its language.
///
/// A text in the letters of another place ("元" in traditional characters) is from there, whatever
/// countries it speaks of.
fn spoken_of(document: &Document, countries: &[Country]) -> (Vec<Country>, Vec<Country>) {
    let pack = document.pack;
    if !document.in_other_letters() {
        return (countries.to_vec(), pack.home.clone());
    }
    let mut near: Vec<Country> =
        countries.iter().filter(|c| pack.other_home.contains(c)).copied().collect();
    near.extend(pack.other_home.iter());
    near.dedup();
    (near, pack.other_home.clone())
}

/// Returns whether the article marks another country's dollar ("C$", "Canadian dollars") and never
/// the American one: a bare dollar is then American, unless it repeats the very sum.
fn names_other_dollar(stated: &[StatedAmount]) -> bool {
    let is_american =
        |amount: &StatedAmount| matches!(amount.currency, Named::One(c) if c.code() == "USD");
    let is_other = |amount: &&StatedAmount| match amount.currency {
        Named::One(currency) => matches!(currency.code(), "CAD" | "AUD" | "NZD" | "SGD"),
        Named::Of(Family::Dollar, _) => true,
        _ => false,
    };
    let is_bare = |amount: &&StatedAmount| {
        matches!(amount.currency, Named::Shared(Family::Dollar | Family::DollarSign))
    };
    let sums: BTreeSet<Option<Exact>> = stated.iter().filter(is_other).map(|a| a.low).collect();
    !sums.is_empty()
        && !stated.iter().any(is_american)
        && !stated.iter().filter(is_bare).any(|bare| sums.contains(&bare.low))
}

/// Returns the currencies that the article marks after it first left one of the family unmarked: beside
/// "norska kronor" further down, the bare ones before are none of Norway.
fn marked_later(
    stated: &[StatedAmount],
    currencies: &Currencies,
) -> BTreeMap<Family, Vec<Currency>> {
    let mut marked: BTreeMap<Family, Vec<Currency>> = BTreeMap::new();
    for amount in stated {
        let currency = match amount.currency {
            Named::Shared(family) => {
                marked.entry(family).or_default();
                continue;
            }
            Named::One(currency) => Some(currency),
            Named::Of(family, country) => currencies.of(family, country),
            Named::Home(_) | Named::Elided => None,
        };
        let Some(currency) = currency else { continue };
        for list in marked.values_mut().filter(|list| !list.contains(&currency)) {
            list.push(currency);
        }
    }
    marked
}

/// Returns for each amount the currency of the nearest that names one, those before it first; what restates
/// another amount in another currency is passed over, and so is money that is none of the language's
/// countries in another sentence, where the article names theirs as often.
fn nearest(
    known: &[Option<Currency>],
    restated: &[bool],
    sentences: &[usize],
    own: &[Currency],
) -> Vec<Option<Currency>> {
    let mut named: BTreeMap<Currency, usize> = BTreeMap::new();
    known.iter().flatten().for_each(|currency| *named.entry(*currency).or_default() += 1);
    let times = |currency: &Currency| named.get(currency).copied().unwrap_or_default();
    let at_home = own.iter().map(times).max().unwrap_or_default();
    let plain = |i: usize| known[i].filter(|_| !restated[i]);
    // A language of many countries has the money of the one that the article is set in most.
    let goes_far = |currency: &Currency| {
        times(currency) > at_home || own.contains(currency) && times(currency) == at_home
    };
    // What an amount finds in one direction: the nearest that may be meant, and the nearest at all.
    let look = |order: &mut dyn Iterator<Item = usize>| {
        let mut found = vec![(None, None); known.len()];
        let (mut last, mut far) = (None, None);
        for i in order {
            let near = last.filter(|(sentence, _)| *sentence == sentences[i]).or(far);
            found[i] = (near, last);
            if let Some(currency) = plain(i) {
                last = Some((sentences[i], currency));
                far = last.filter(|(_, currency)| goes_far(currency)).or(far);
            }
        }
        found
    };
    let (before, behind) = (look(&mut (0..known.len())), look(&mut (0..known.len()).rev()));
    let chosen = before.iter().zip(behind).map(|(before, behind)| {
        let found = before.0.or(behind.0).or(before.1).or(behind.1);
        found.map(|(_, currency)| currency)
    });
    chosen.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        extract::money::amounts,
        pack::{compile::Pack, tables::Tables, world::World},
    };

    /// Returns the currencies of a text whose article speaks of some countries.
    fn read(lang: Lang, text: &str, countries: &[&str]) -> String {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
        let document = Document::new(&pack, text, 0);
        let countries: Vec<_> = countries.iter().map(|c| Country::new(c).unwrap()).collect();
        let settled = settle(&document, amounts(&document), &countries, &world.currencies);
        settled.iter().map(|(_, currency)| currency.code()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_moneys_share_is_that_of_the_country() {
        for (text, country, expected) in [
            ("a fine of Rs12 million", "PK", "PKR"),
            ("a fine of Rs12 million", "LK", "LKR"),
            ("a fine of P3 million", "PH", "PHP"),
            ("Exempla pays 1.5 cents a share.", "NZ", "NZD"),
            ("Exempla pays 1.5 cents a share, NZ$40 million in all.", "NZ", "NZD NZD"),
            ("Exempla pays 1.5 cents a share.", "FR", "USD"),
        ] {
            assert_eq!(read(Lang::En, text, &[country]), expected, "{text} ({country})");
        }
    }

    #[test]
    fn a_sum_without_its_currency_is_in_the_money_of_the_article() {
        let read = |text: &str| read(Lang::Nl, text, &[]);
        // Foreign money in another sentence is not that of the next, but of its own sentence.
        let text = "Delta betaalt 3 miljoen euro. In Seoel ging het om 9 miljard won, later 4 miljard. \
                    Alfa schikte voor 775 miljoen.";
        assert_eq!(read(text), "EUR KRW KRW EUR");
        // Of a language's own moneys the one that is named most goes on.
        let text = "Exempla pagará 5 millones de euros y Modello 3 millones de euros. En Chile fueron 2.000 \
                    millones de pesos chilenos. Tertia pagó 8 millones.";
        assert_eq!(super::tests::read(Lang::Es, text, &["ES"]), "EUR EUR CLP EUR");
        // Where it is most of the money, it is.
        let text = "Delta betaalt 3 miljoen euro. In Seoel ging het om 9 miljard won. Han betaalde 5 \
                    miljard won. Alfa schikte voor 775 miljoen.";
        assert_eq!(read(text), "EUR KRW KRW KRW");
    }
}

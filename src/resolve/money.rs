//! Settles which currency an amount is in where the words leave it open.
//!
//! "$", "kr" and "pesos" are settled by the country of the article: the currencies it names
//! elsewhere, the countries and authorities it speaks of, the language's own countries. An elided
//! currency is that of the nearest amount.

use crate::{
    base::money::Currency,
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
    let known: Vec<Option<Currency>> = stated
        .iter()
        .map(|amount| match amount.currency {
            Named::One(currency) => Some(currency),
            // "C$50 million ($38 million)": what restates a dollar is another dollar.
            Named::Shared(Family::Dollar | Family::DollarSign)
                if amount.converted_from.is_some() =>
            {
                currencies.settle(Family::Dollar, &[], &[])
            }
            Named::Shared(family) => currencies.settle(family, countries, &document.pack.home),
            Named::Elided => None,
        })
        .collect();
    let mut places = vec![None; stated.len()];
    let mut settled: Vec<SettledAmount> = Vec::new();
    for (index, mut amount) in stated.into_iter().enumerate() {
        let currency = match amount.currency {
            Named::Elided => nearest(&known, index),
            _ => known[index],
        };
        let Some(currency) = currency else { continue };
        amount.converted_from = amount.converted_from.and_then(|origin| places[origin]);
        places[index] = Some(settled.len());
        settled.push((amount, currency));
    }
    settled
}

/// Returns the currency of the nearest amount that names one, the one before first.
fn nearest(known: &[Option<Currency>], index: usize) -> Option<Currency> {
    let before = known[..index].iter().rev().flatten().next();
    let after = known[index..].iter().flatten().next();
    before.or(after).copied()
}

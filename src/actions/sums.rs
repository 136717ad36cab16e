//! What an article says of each of its sums: how often it tells it, and which sums add up to it.

use crate::{
    base::money::{Currency, Exact, Qualifier},
    resolve::Facts,
};

/// What an article says of one sum.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// How many mentions have this value.
    pub count: usize,
    /// Whether one of them stands in the headline.
    pub headline: bool,
    /// Whether other sums right before or behind it add up to it.
    pub total: bool,
    /// Whether it is one of several that add up to another.
    pub part: bool,
    /// Whether most sums of the article are in another currency.
    pub foreign: bool,
    /// How many different larger sums the article has in this currency.
    pub larger: usize,
    /// The first amount that tells it, or that it is a conversion of.
    pub same_as: usize,
}

/// Most parts that a total is looked for in.
const PARTS: usize = 8;
/// By how much a rounded total may differ from its parts.
const ROUNDED: f64 = 0.01;
/// Sums that are compared with each other; an article of more is a table.
const MOST: usize = 200;

/// Returns what an article says of each of its sums; `headline` is the first token behind the headline.
pub(super) fn told(facts: &Facts, headline: usize) -> Vec<Told> {
    let sums: Vec<(f64, Currency, bool)> = facts
        .amounts
        .iter()
        .map(|(stated, currency)| {
            let value = stated.high.or(stated.low).map_or(0.0, Exact::to_f64);
            let counts = stated.converted_from.is_none()
                && stated.qualifier != Some(Qualifier::Range)
                && value > 0.0;
            (value, *currency, counts)
        })
        .collect();
    let mut told = vec![Told::default(); sums.len()];
    let window = sums.len().min(MOST);
    for index in 0..window {
        let (value, currency, _) = sums[index];
        let equal = |other: &(f64, Currency, bool)| {
            other.1 == currency && (other.0 - value).abs() <= 1e-6 * value
        };
        let here = &mut told[index];
        here.count = sums[..window].iter().filter(|other| equal(other)).count();
        here.headline = facts
            .amounts
            .iter()
            .zip(&sums)
            .take_while(|((stated, _), _)| stated.first < headline)
            .any(|(_, other)| equal(other));
        here.foreign =
            2 * sums[..window].iter().filter(|other| other.1 == currency).count() < window;
        let mut larger: Vec<f64> = sums[..window]
            .iter()
            .filter(|other| other.1 == currency && other.0 > value * 1.001)
            .map(|other| other.0)
            .collect();
        larger.sort_unstable_by(f64::total_cmp);
        larger.dedup();
        here.larger = larger.len();
    }
    add_up(&sums[..window], &mut told);
    tell_conversions(facts, &sums, window, &mut told);
    told
}

/// Finds the amount that each sum is told by first: "€7 million (£6 million)" says that "£6 million"
/// elsewhere is the same sum.
fn tell_conversions(
    facts: &Facts,
    sums: &[(f64, Currency, bool)],
    window: usize,
    told: &mut [Told],
) {
    let equal = |a: &(f64, Currency, bool), b: &(f64, Currency, bool)| {
        a.1 == b.1 && a.0 > 0.0 && (a.0 - b.0).abs() <= 1e-6 * a.0
    };
    let restated: Vec<(usize, usize)> = facts.amounts[..window]
        .iter()
        .enumerate()
        .filter_map(|(i, (stated, _))| Some((i, stated.converted_from?)))
        .filter(|(_, origin)| *origin < window)
        .collect();
    for index in 0..told.len() {
        let own = &sums[index];
        let origin = restated.iter().find(|(i, _)| equal(&sums[*i], own)).map(|(_, o)| *o);
        let first = origin.unwrap_or(index);
        let like = sums[..window].iter().position(|other| equal(other, &sums[first]));
        told[index].same_as = like.unwrap_or(first);
    }
}

/// Marks totals and their parts: runs of sums beside one that add up to it.
fn add_up(sums: &[(f64, Currency, bool)], told: &mut [Told]) {
    for index in (0..sums.len()).filter(|i| sums[*i].2) {
        let behind: Vec<usize> = (index + 1..sums.len()).take(3 * PARTS).collect();
        let before: Vec<usize> = (0..index).rev().take(3 * PARTS).collect();
        for run in [behind, before] {
            let mut parts: Vec<usize> = Vec::new();
            let mut sum = 0.0;
            // The sum told again, or rounded, is no part of itself.
            let least = sums[index].0 * (1.0 - 2.0 * ROUNDED);
            let usable = run
                .into_iter()
                .filter(|i| sums[*i].2 && sums[*i].1 == sums[index].1 && sums[*i].0 < least);
            for other in usable.take(PARTS) {
                sum += sums[other].0;
                parts.push(other);
                if parts.len() >= 2 && (sum - sums[index].0).abs() <= ROUNDED * sums[index].0 {
                    told[index].total = true;
                    for part in &parts {
                        told[*part].part = true;
                    }
                    break;
                }
                if sum > sums[index].0 * (1.0 + ROUNDED) {
                    break;
                }
            }
        }
    }
}

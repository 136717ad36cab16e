//! Learns which of several alternatives is right: gradient descent on the softmax loss. Weights are held back by few
//! passes alone: drawn to nothing besides, they choose more targets wrongly.
//!
//! The order of examples is shuffled by a fixed seed: the same articles give the same weights.

use finewire::actions::feature::Feature;
use rustc_hash::{FxHashMap, FxHashSet};

use super::gold::GoldArticle;

/// One of several things that may be right.
pub(crate) struct Alternative {
    /// What holds of it; nothing, for "no action".
    pub(crate) features: Vec<Feature>,
    /// Whether it is right.
    pub(crate) right: bool,
    /// The score that it has without these features.
    pub(crate) base: f32,
}

/// Alternatives of which one is true, though several mentions may say it.
pub(crate) struct Group {
    /// The alternatives.
    pub(crate) alternatives: Vec<Alternative>,
    /// How much it counts.
    pub(crate) weight: f32,
}

/// How to learn.
#[derive(Clone, Debug)]
pub(crate) struct Learning {
    /// Passes over the examples.
    pub(crate) passes: usize,
    /// Step of the first pass.
    pub(crate) rate: f32,
    /// How much more a missed action weighs than a row too many, which its confidence marks.
    pub(crate) missed: f32,
    /// How much more a row too many weighs in an article without any action.
    pub(crate) silent: f32,
    /// By how much somebody is preferred to nobody.
    pub(crate) somebody: f32,
    /// How strongly sums of one sentence are kept from having the same target.
    pub(crate) apart: f32,
    /// What a text weighs of which only the types of its actions are known.
    pub(crate) told: f32,
    /// The probability of being right from which a row is kept.
    pub(crate) least: f32,
    /// Features that are left out, by the start of their names.
    pub(crate) without: Vec<String>,
}

impl Learning {
    /// Returns what a row too many weighs in an article.
    pub(crate) fn extra(&self, gold: &GoldArticle) -> f32 {
        self.share(gold) * if gold.actions.is_empty() { self.silent } else { 1.0 }
    }

    /// Returns what a missed action weighs in an article.
    pub(crate) fn missed(&self, gold: &GoldArticle) -> f32 {
        self.share(gold) * self.missed
    }

    /// Returns what a text weighs, of 1 for an annotated article.
    pub(crate) fn share(&self, gold: &GoldArticle) -> f32 {
        if gold.types_only { self.told } else { 1.0 }
    }
}

/// Weights nearer to nothing are left out of the file.
const LEAST: f32 = 0.01;

/// Features of an alternative as numbers, whether it is right, and its score without them.
type Indexed = Vec<(Vec<usize>, bool, f32)>;

/// Returns the weights that tell the right alternatives.
pub(crate) fn descend(groups: &[&Group], how: &Learning) -> Vec<(Feature, f32)> {
    let left_out = |feature: &Feature| {
        !how.without.is_empty() && {
            let name = feature.name();
            how.without.iter().any(|start| name.starts_with(start.as_str()))
        }
    };
    let rare = rare(groups);
    let left_out = |feature: &Feature| left_out(feature) || rare.contains(feature);
    let mut names: Vec<Feature> = Vec::new();
    let mut numbers: FxHashMap<Feature, usize> = FxHashMap::default();
    let mut number = |feature: Feature| {
        *numbers.entry(feature).or_insert_with(|| {
            names.push(feature);
            names.len() - 1
        })
    };
    let indexed: Vec<Indexed> = groups
        .iter()
        .map(|group| {
            let of = |alternative: &Alternative| {
                let mut features: Vec<usize> = alternative
                    .features
                    .iter()
                    .filter(|f| !left_out(f))
                    .map(|f| number(*f))
                    .collect();
                features.sort_unstable();
                features.dedup();
                (features, alternative.right, alternative.base)
            };
            group.alternatives.iter().map(of).collect()
        })
        .collect();
    let mut weights = vec![0.0_f32; names.len()];
    let mut squares = vec![1.0_f32; names.len()];
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let mut seed: u64 = 0x2545_F491_4F6C_DD1D;
    let mut mean = vec![0.0_f32; names.len()];
    for pass in 0..how.passes {
        shuffle(&mut order, &mut seed);
        for &index in &order {
            let state = (&mut weights, &mut squares);
            step(&indexed[index], groups[index].weight, how, state);
        }
        // The mean over the later passes moves less with the order of the examples.
        if 2 * pass >= how.passes {
            mean.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let counted = how.passes.div_ceil(2).max(1) as f32;
    let weights = mean.into_iter().map(|sum| sum / counted);
    names.into_iter().zip(weights).filter(|(_, weight)| weight.abs() >= LEAST).collect()
}

/// Returns the words that one group alone has: what they are worth cannot be told.
fn rare(groups: &[&Group]) -> FxHashSet<Feature> {
    let mut first: FxHashMap<Feature, usize> = FxHashMap::default();
    let mut rare: FxHashSet<Feature> = FxHashSet::default();
    for (place, group) in groups.iter().enumerate() {
        let features = group.alternatives.iter().flat_map(|alternative| &alternative.features);
        for feature in features.filter(|feature| feature.is_word()) {
            let met = *first.entry(*feature).or_insert_with(|| {
                rare.insert(*feature);
                place
            });
            if met != place {
                rare.remove(feature);
            }
        }
    }
    rare
}

/// Mixes an order; the same seed gives the same order.
pub(crate) fn shuffle<T>(order: &mut [T], seed: &mut u64) {
    for index in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        order.swap(index, (*seed % (index as u64 + 1)) as usize);
    }
}

/// Moves the weights by one example.
fn step(
    group: &Indexed,
    importance: f32,
    how: &Learning,
    (weights, squares): (&mut Vec<f32>, &mut Vec<f32>),
) {
    let scores: Vec<f32> = group
        .iter()
        .map(|(features, _, base)| base + features.iter().map(|f| weights[*f]).sum::<f32>())
        .collect();
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let shares: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f32 = shares.iter().sum();
    let right: f32 = group.iter().zip(&shares).filter(|((_, r, _), _)| *r).map(|(_, s)| s).sum();
    if right <= 0.0 {
        return;
    }
    for ((features, is_right, _), share) in group.iter().zip(&shares) {
        let wanted = if *is_right { share / right } else { 0.0 };
        let error = (share / total - wanted) * importance;
        if error.abs() < 1e-4 {
            continue;
        }
        for &feature in features {
            squares[feature] += error * error;
            weights[feature] -= how.rate * error / squares[feature].sqrt();
        }
    }
}

//! Learns which of several alternatives is right: gradient descent on the softmax loss.
//!
//! The order of examples is shuffled by a fixed seed: the same articles give the same weights.

use finewire::actions::model::Feature;
use rustc_hash::FxHashMap;

/// One of several things that may be right.
pub(crate) struct Alternative {
    /// What holds of it; nothing, for "no action".
    pub(crate) features: Vec<Feature>,
    /// Whether it is right.
    pub(crate) right: bool,
}

/// Alternatives of which one is true, though several mentions may say it.
pub(crate) struct Group {
    /// The alternatives.
    pub(crate) alternatives: Vec<Alternative>,
    /// How much it counts.
    pub(crate) weight: f32,
}

/// Passes over the examples.
const EPOCHS: usize = 10;
/// Step of the first pass.
const RATE: f32 = 0.05;
/// How strongly weights are drawn to nothing.
const DECAY: f32 = 3e-2;
/// Weights nearer to nothing are left out of the file.
const LEAST: f32 = 0.01;

/// Features of an alternative as numbers, and whether it is right.
type Indexed = Vec<(Vec<usize>, bool)>;

/// Returns the weights that tell the right alternatives.
pub(crate) fn descend(groups: &[Group]) -> Vec<(Feature, f32)> {
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
                let mut features: Vec<usize> =
                    alternative.features.iter().map(|f| number(*f)).collect();
                features.sort_unstable();
                features.dedup();
                (features, alternative.right)
            };
            group.alternatives.iter().map(of).collect()
        })
        .collect();
    let mut weights = vec![0.0_f32; names.len()];
    let mut squares = vec![1.0_f32; names.len()];
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let mut seed: u64 = 0x2545_F491_4F6C_DD1D;
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for &index in &order {
            step(&indexed[index], groups[index].weight, &mut weights, &mut squares);
        }
    }
    names.into_iter().zip(weights).filter(|(_, weight)| weight.abs() >= LEAST).collect()
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
fn step(group: &Indexed, importance: f32, weights: &mut [f32], squares: &mut [f32]) {
    let scores: Vec<f32> =
        group.iter().map(|(features, _)| features.iter().map(|f| weights[*f]).sum()).collect();
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let shares: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f32 = shares.iter().sum();
    let right: f32 = group.iter().zip(&shares).filter(|((_, r), _)| *r).map(|(_, s)| s).sum();
    if right <= 0.0 {
        return;
    }
    for ((features, is_right), share) in group.iter().zip(&shares) {
        let wanted = if *is_right { share / right } else { 0.0 };
        let error = (share / total - wanted) * importance;
        if error.abs() < 1e-4 {
            continue;
        }
        for &feature in features {
            let gradient = error + DECAY * weights[feature];
            squares[feature] += gradient * gradient;
            weights[feature] -= RATE * gradient / squares[feature].sqrt();
        }
    }
}

//! Learns the weights of the action models from annotated articles.
//!
//! Logistic regression by stochastic gradient descent with a fixed order of examples: the same
//! articles give the same weights. A candidate is an example by where its annotated evidence
//! stands and which sum it has; a mention is one by the annotated name.

use std::collections::BTreeSet;

use finewire::{
    actions::{
        candidates::{self, Candidate, takes_money},
        features,
        model::{Feature, Model},
        scene::Scene,
        slots,
    },
    base::span::Span,
    ingest::raw::RawArticle,
    pipeline::{Engine, Scratch},
};
use rustc_hash::FxHashMap;

use super::{
    gold::{GoldAction, GoldArticle},
    names::{FoundRegulator, GoldRegulator, same, same_regulator},
};

/// One thing to learn from.
struct Example {
    features: Vec<Feature>,
    right: bool,
    weight: f32,
}

/// Examples of the three models.
#[derive(Default)]
pub(crate) struct Examples {
    candidates: Vec<Example>,
    actors: Vec<Example>,
    targets: Vec<Example>,
    /// Annotated actions, and those of them that have a candidate.
    reach: (usize, usize),
    /// The others, as lines that a person reads.
    unreached: Vec<String>,
}

/// Passes over the examples.
const EPOCHS: usize = 30;
/// Step of the first pass.
const RATE: f32 = 0.25;
/// How strongly weights are drawn to nothing.
const DECAY: f32 = 2e-4;

impl Examples {
    /// Adds the examples of one article.
    pub(crate) fn add(&mut self, engine: &Engine, raw: &RawArticle, gold: &GoldArticle) {
        engine.study(raw, &mut Scratch::default(), |scene| self.study(scene, gold));
    }

    fn study(&mut self, scene: &Scene, gold: &GoldArticle) {
        let places: Vec<Option<Span>> =
            gold.actions.iter().map(|g| place(scene.document.text, &g.evidence)).collect();
        let mut reached = BTreeSet::new();
        for candidate in candidates::all(scene) {
            let (right, weight) = match judge(scene, &candidate, gold, &places) {
                Verdict::Unclear => continue,
                Verdict::Wrong => (None, 1.0),
                // A missed action costs more than a doubtful row, which its confidence marks.
                Verdict::Right(index) => (Some(index), 1.7),
            };
            let features = features::of_candidate(scene, &candidate);
            self.candidates.push(Example { features, right: right.is_some(), weight });
            if let Some(index) = right {
                reached.insert(index);
                self.slots(scene, &candidate, &gold.actions[index]);
            }
        }
        self.reach.0 += gold.actions.iter().filter(|g| !g.optional).count();
        self.reach.1 += reached.len();
        for (index, action) in
            gold.actions.iter().enumerate().filter(|(i, g)| !reached.contains(i) && !g.optional)
        {
            let sentences = scene.sentences.iter().filter(|s| {
                places[index].is_some_and(|p| p.overlaps(&scene.document.span(&s.range)))
            });
            let words: Vec<String> = sentences
                .flat_map(|s| &s.triggers)
                .map(|t| {
                    format!(
                        "{}: {}",
                        t.kind.word(),
                        scene.document.span(&(t.first..t.last)).of(scene.document.text)
                    )
                })
                .collect();
            let sum = action
                .amount
                .as_ref()
                .map_or(String::new(), |a| format!(" {} {}", a.value, a.currency));
            self.unreached.push(format!(
                "{} {} {}{sum} | {} | {}",
                gold.id,
                action.r#type,
                action.status,
                action.evidence,
                words.join(", ")
            ));
        }
    }

    fn slots(&mut self, scene: &Scene, candidate: &Candidate, gold: &GoldAction) {
        for index in slots::actor_choices(scene, candidate) {
            let name = scene.name(index);
            let country = name.country.map(|c| c.code().to_owned());
            let found = FoundRegulator {
                id: name.id.as_deref().filter(|_| name.regulator.is_some()),
                name: Some(name.name.as_str()),
                country: country.as_deref(),
            };
            let wanted = GoldRegulator {
                name: gold.regulator.as_deref(),
                country: gold.regulator_country.as_deref(),
            };
            let right = (wanted.name.is_some() || wanted.country.is_some())
                && same_regulator(wanted, found);
            self.actors.push(Example {
                features: features::of_actor(scene, candidate, index),
                right,
                weight: 1.0,
            });
        }
        for index in slots::target_choices(scene, candidate) {
            let name = scene.name(index).name.as_str();
            let right = gold.target.as_deref().is_some_and(|t| {
                same(Some(t), Some(name)) || t.split(", ").any(|t| same(Some(t), Some(name)))
            });
            self.targets.push(Example {
                features: features::of_target(scene, candidate, index),
                right,
                weight: 1.0,
            });
        }
    }

    /// Learns the weights of all three models.
    pub(crate) fn learn(&self) -> Model {
        let mut weights = FxHashMap::default();
        for examples in [&self.candidates, &self.actors, &self.targets] {
            weights.extend(descend(examples));
        }
        Model::new(weights)
    }

    /// Returns how many examples there are of candidates, authorities and targets.
    pub(crate) fn counts(&self) -> [usize; 3] {
        [self.candidates.len(), self.actors.len(), self.targets.len()]
    }

    /// Returns the annotated actions that have no candidate, with the words that their sentences do have.
    pub(crate) fn unreached(&self) -> &[String] {
        &self.unreached
    }

    /// Returns the share of annotated actions that have a candidate: what no weights can better.
    pub(crate) fn reach(&self) -> f64 {
        self.reach.1 as f64 / self.reach.0.max(1) as f64
    }
}

/// Adaptive gradient descent on the logistic loss; the order of examples is shuffled by a fixed seed.
fn descend(examples: &[Example]) -> FxHashMap<Feature, f32> {
    let mut weights: FxHashMap<Feature, (f32, f32)> = FxHashMap::default();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed: u64 = 0x2545_F491_4F6C_DD1D;
    for _ in 0..EPOCHS {
        for index in (1..order.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            order.swap(index, (seed % (index as u64 + 1)) as usize);
        }
        for &index in &order {
            let example = &examples[index];
            let score: f32 =
                example.features.iter().filter_map(|f| weights.get(f)).map(|(w, _)| w).sum();
            let error = (1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(example.right)))
                * example.weight;
            let unique: BTreeSet<Feature> = example.features.iter().copied().collect();
            for feature in unique {
                let (weight, squares) = weights.entry(feature).or_insert((0.0, 1.0));
                let gradient = error + DECAY * *weight * 50.0;
                *squares += gradient * gradient;
                *weight -= RATE * gradient / squares.sqrt();
            }
        }
    }
    weights
        .into_iter()
        .map(|(feature, (weight, _))| (feature, weight))
        .filter(|(_, w)| w.abs() >= 0.01)
        .collect()
}

enum Verdict {
    Right(usize),
    Wrong,
    Unclear,
}

fn place(text: &str, evidence: &str) -> Option<Span> {
    let start = text.find(evidence.trim())?;
    Some(Span::new(start, start + evidence.trim().len()))
}

fn judge(
    scene: &Scene,
    candidate: &Candidate,
    gold: &GoldArticle,
    places: &[Option<Span>],
) -> Verdict {
    let sentence = scene.document.span(&scene.sentences[candidate.sentence].range);
    let word = candidate.kind.word();
    let typed = |g: &GoldAction| g.r#type == word || g.also.iter().any(|t| t == word);
    let here = |i: usize| places[i].is_some_and(|p| p.overlaps(&sentence));
    let sum_of = |amount: usize| {
        let (stated, currency) = &scene.facts.amounts[amount];
        stated.high.map(|v| (v.to_f64(), currency.code().to_owned()))
    };
    let equal = |g: &GoldAction, amount: usize| {
        g.amount
            .as_ref()
            .zip(sum_of(amount))
            .is_some_and(|(g, (v, c))| g.currency == c && (g.value - v).abs() <= 1e-6 * v)
    };
    let mut unclear = false;
    for (index, action) in gold.actions.iter().enumerate().filter(|(_, g)| typed(g)) {
        if let Some(amount) = candidate.amount {
            if equal(action, amount) {
                return if action.optional { Verdict::Unclear } else { Verdict::Right(index) };
            }
            continue;
        }
        if !here(index) {
            // Told again elsewhere, perhaps: the headline of a dispatch names its action.
            unclear |= candidate.sentence == 0 && !takes_money(candidate.kind);
            continue;
        }
        if action.optional {
            return Verdict::Unclear;
        }
        let sum_here =
            scene.sentences[candidate.sentence].amounts.clone().any(|a| equal(action, a));
        if takes_money(candidate.kind) && sum_here {
            unclear = true;
            continue;
        }
        return Verdict::Right(index);
    }
    if unclear { Verdict::Unclear } else { Verdict::Wrong }
}

//! Two looks at an article: the first weighs each candidate alone, the second beside all others.

use super::{
    candidates::{self, Candidate},
    choice::{self, Choice},
    features::{again, exists},
    model::Model,
    scene::Scene,
};

/// Most candidates of an article that are looked at again.
const MOST: usize = 300;

/// Least probability at the first look.
const LEAST: f32 = 0.1;

/// A candidate as the first look finds it.
pub struct Look {
    /// The candidate.
    pub candidate: Candidate,
    /// Its score.
    pub score: f32,
    /// Its probability.
    pub confidence: f32,
    /// Who acts.
    pub actor: Choice,
    /// Who is acted upon.
    pub target: Choice,
}

/// All candidates of an article that may be actions.
pub struct Looks {
    /// The candidates, in order of their sentences.
    pub looks: Vec<Look>,
}

impl Looks {
    /// Weighs each candidate alone.
    pub fn first(scene: &Scene, model: &Model) -> Self {
        let mut likely = Vec::new();
        for candidate in candidates::all(scene) {
            let score = model.score(&exists::of_candidate(scene, &candidate));
            let confidence = probability(score);
            if confidence >= LEAST {
                likely.push((candidate, score, confidence));
            }
        }
        if likely.len() > MOST {
            // Candidates are compared pair by pair; the least likely of a list without end are left out.
            let mut order: Vec<f32> = likely.iter().map(|one| one.2).collect();
            order.sort_unstable_by(|a, b| b.total_cmp(a));
            let least = order.get(MOST).copied().unwrap_or_default();
            likely.retain(|one| one.2 > least);
        }
        let mut looks = Vec::with_capacity(likely.len());
        for (candidate, score, confidence) in likely {
            let actor = choice::actor(scene, &candidate, model);
            let target = choice::target(scene, &candidate, model);
            looks.push(Look { candidate, score, confidence, actor, target });
        }
        Self { looks }
    }

    /// Returns the probability of a candidate beside the others.
    pub fn confidence(&self, scene: &Scene, index: usize, model: &Model) -> f32 {
        let again = model.score(&again::of_candidate(scene, &self.looks, index));
        probability(self.looks[index].score + again)
    }
}

fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

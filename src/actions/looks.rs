//! Two looks at an article: the first weighs each candidate alone, the second beside all others.

use super::{
    candidates::{self, Candidate},
    choice::{Choice, Weigher, slot},
    features::{View, again, exists},
    model::{Score, probability},
    rivals,
    scene::Scene,
};

/// Most candidates of an article that are looked at again.
const MOST: usize = 300;

/// Least probability at the first look.
const LEAST: f32 = 0.1;

/// Least probability of another candidate that has a target for itself.
const LEAST_OTHER: f32 = 0.3;

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

/// Nobody acts upon itself: the slot that is less sure of an authority takes its next choice.
fn apart(scene: &Scene, actor: &mut Choice, target: &mut Choice) {
    let (Some(acts), Some(suffers)) = (actor.best, target.best) else { return };
    let chain = slot(scene, acts);
    if slot(scene, suffers) != chain {
        return;
    }
    let other = |item: usize| if slot(scene, item) == chain { 0.0 } else { 1.0 };
    if actor.sure < target.sure {
        *actor = actor.weighed(other);
    } else {
        *target = target.weighed(other);
    }
}

/// All candidates of an article that may be actions.
pub struct Looks {
    /// The candidates, in order of their sentences.
    pub looks: Vec<Look>,
}

impl Looks {
    /// Weighs each candidate, and whom it acts upon beside the others.
    pub fn first(weigher: &mut Weigher) -> Self {
        let mut looks = Self::alone(weigher);
        rivals::yield_to_each_other(weigher, &mut looks.looks);
        looks
    }

    /// Weighs each candidate alone.
    fn alone(weigher: &mut Weigher) -> Self {
        let scene = weigher.scene;
        let mut likely = Vec::new();
        for candidate in candidates::all(scene) {
            let view = View::new(scene, &candidate);
            let score = weigher.model.score(|f| exists::of_candidate(&view, f));
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
            let view = View::new(scene, &candidate);
            let (mut actor, mut target) = (weigher.actor(&view), weigher.target(&view));
            apart(scene, &mut actor, &mut target);
            looks.push(Look { candidate, score, confidence, actor, target });
        }
        Self { looks }
    }

    /// Returns the chains that the same sentence has other sums for, of the same type.
    pub fn beside(&self, scene: &Scene, index: usize) -> Vec<usize> {
        let Some(own) = self.looks.get(index) else { return Vec::new() };
        let sum = |look: &Look| Some(scene.told(look.candidate.amount?).same_as);
        let is_other = |look: &&Look| {
            (look.candidate.sentence, look.candidate.kind)
                == (own.candidate.sentence, own.candidate.kind)
                && sum(look).is_some_and(|other| sum(own).is_some_and(|own| own != other))
                && look.confidence >= LEAST_OTHER
        };
        let others = self.looks.iter().filter(is_other);
        others.filter_map(|look| Some(scene.name(look.target.best?).chain)).collect()
    }

    /// Returns the probability of a candidate beside the others.
    pub fn likely(&self, weigher: &Weigher, index: usize) -> f32 {
        let tell = |f: &mut Score| again::of_candidate(weigher.scene, &self.looks, index, f);
        let again = weigher.model.score(tell);
        probability(self.looks[index].score + again)
    }
}

//! What holds of a candidate seen beside all other candidates of the article.

use super::{
    super::{
        candidates::takes_money,
        feature::{Features, Template as T},
        looks::Look,
        scene::Scene,
    },
    View, bucket,
};

/// Puts a probability into one of few levels.
fn level(share: f32) -> u32 {
    super::level(share, &[0.03, 0.1, 0.25, 0.45, 0.65, 0.85, 0.96])
}

/// The same with fewer levels.
fn coarse(share: f32) -> u32 {
    super::level(share, &[0.1, 0.4, 0.75])
}

/// Tells what the article's other candidates say of one.
pub fn of_candidate(scene: &Scene, looks: &[Look], index: usize, f: &mut impl Features) {
    let own = &looks[index];
    let candidate = &own.candidate;
    let kind = candidate.kind as u32;
    let at = level(own.confidence);
    f.add(T::AgainBias, kind, 0);
    f.add(T::AgainOwn, at, 0);
    let (mut most, mut sum, mut here, mut rival, mut told) =
        (0.0_f32, 0.0, 0.0_f32, 0.0_f32, 0.0_f32);
    let sum_of = |look: &Look| {
        let (stated, currency) = &scene.facts.amounts[look.candidate.amount?];
        Some((stated.high?, *currency))
    };
    let own_sum = sum_of(own);
    for (_, other) in looks.iter().enumerate().filter(|(number, _)| *number != index) {
        let p = other.confidence;
        let same_place = other.candidate.sentence == candidate.sentence;
        if !same_place {
            most = most.max(p);
            sum += p;
        } else if other.candidate.kind == candidate.kind {
            here = here.max(p);
        }
        let one_sum = candidate.amount.is_some()
            && (other.candidate.amount == candidate.amount
                || own_sum.is_some() && sum_of(other) == own_sum);
        if one_sum && other.candidate.kind == candidate.kind {
            told = told.max(p);
        } else if one_sum {
            rival = rival.max(p);
        }
    }
    f.add(T::AgainMost, level(most), coarse(own.confidence));
    f.add(T::AgainMost, 16 + level(most), kind);
    f.add(T::AgainSum, bucket((sum * 2.0) as usize), coarse(own.confidence));
    f.add(
        T::AgainHere,
        level(here),
        u32::from(candidate.amount.is_some()) + 2 * u32::from(takes_money(candidate.kind)),
    );
    f.add(T::AgainRival, level(rival), coarse(own.confidence));
    f.add(T::AgainTold, level(told), coarse(own.confidence));
    let nobody = own.actor.nobody();
    f.add(T::AgainNobody, level(nobody), coarse(most));
    f.add(T::AgainNobody, 16 + level(nobody), kind);
    let away = own.actor.best.map_or(15, |name| {
        let sentence = View::sides(scene.name_sides(), name).sentence;
        if sentence > candidate.sentence { 14 } else { bucket(candidate.sentence - sentence) }
    });
    f.add(T::AgainActor, away, kind);
    let (none, best) = (own.target.nobody(), own.target.somebody());
    f.add(T::AgainTargetNone, level(none), coarse(most));
    f.add(T::AgainTargetNone, 16 + level(none), kind);
    f.add(T::AgainTargetBest, level(best), 0);
    beside(scene, looks, index, f);
}

/// Tells of the surest candidate of each other type in the sentence: "ordered it to pay a fine" orders
/// nothing besides.
fn beside(scene: &Scene, looks: &[Look], index: usize, f: &mut impl Features) {
    let own = &looks[index];
    let candidate = &own.candidate;
    let mut surest: Vec<&Look> = Vec::new();
    let others = looks.iter().filter(|other| {
        let other = &other.candidate;
        other.sentence == candidate.sentence && other.kind != candidate.kind
    });
    for other in others {
        match surest.iter_mut().find(|known| known.candidate.kind == other.candidate.kind) {
            Some(known) if known.confidence >= other.confidence => {}
            Some(known) => *known = other,
            None => surest.push(other),
        }
    }
    let (kind, at) = (candidate.kind as u32, candidate.at(scene));
    let chain = |look: &Look| Some(scene.name(look.target.best?).chain);
    let own_chain = chain(own);
    let last = |look: &Look| look.candidate.trigger.map_or(look.candidate.at(scene), |t| t.last);
    for other in surest {
        let (there, other_kind) = (other.candidate.at(scene), other.candidate.kind as u32);
        let shared = u32::from(own_chain.is_some() && own_chain == chain(other));
        f.add_three(T::AgainBeside, kind, other_kind, 2 * level(other.confidence) + shared);
        let behind = u32::from(there > at);
        let gap = if there > at {
            there.saturating_sub(last(own))
        } else {
            at.saturating_sub(last(other))
        };
        f.add_three(T::AgainBesideGap, kind, other_kind, 2 * bucket(gap) + behind);
        f.add_three(T::AgainBesideOwn, kind, other_kind, 2 * coarse(own.confidence) + behind);
    }
}

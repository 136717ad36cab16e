//! Sums of one sentence are paid by different companies: "27 million to Exempla and 11 to Modello".
//!
//! Each candidate chooses its target alone; where two of one type with other sums choose the same, the
//! one that is less sure of it is led to its second choice. Totals are paid by all and take no part.

use super::{
    choice::{Weigher, slot},
    feature::{Feature, Template},
    looks::Look,
};

/// Least probability with which a candidate claims a target.
const LEAST: f32 = 0.05;

/// Rounds in which candidates yield to each other.
const ROUNDS: usize = 2;

/// Leads the candidates of one sentence with different sums to different targets.
pub(super) fn yield_to_each_other(weigher: &Weigher, looks: &mut [Look]) {
    let strength = weigher.model.weight(Feature::new(Template::Apart, 0, 0));
    let of_one = |a: &Look, b: &Look| {
        let own = |look: &Look| (look.candidate.sentence, look.candidate.kind);
        own(a) == own(b)
    };
    for group in looks.chunk_by_mut(of_one).filter(|_| strength > 0.0) {
        if group.iter().filter(|look| look.candidate.amount.is_some()).count() >= 2 {
            settle(weigher, group, strength);
        }
    }
}

fn settle(weigher: &Weigher, group: &mut [Look], strength: f32) {
    let scene = weigher.scene;
    let sum = |look: &Look| {
        let told = scene.told(look.candidate.amount?);
        (!told.total).then_some(told.same_as)
    };
    let sums: Vec<Option<usize>> = group.iter().map(sum).collect();
    let alone: Vec<_> = group.iter().map(|look| look.target.clone()).collect();
    for _ in 0..ROUNDS {
        let claims: Vec<Vec<(usize, f32)>> = group
            .iter()
            .map(|look| {
                let claims = look.target.groups();
                let claims = claims.map(|(share, group)| (group, share * look.confidence));
                claims.filter(|(_, claim)| *claim > LEAST).collect()
            })
            .collect();
        for (index, look) in group.iter_mut().enumerate() {
            let Some(own) = sums[index] else { continue };
            let others =
                || claims.iter().zip(&sums).filter(|(_, sum)| sum.is_some_and(|s| s != own));
            look.target = alone[index].weighed(|item| {
                let chain = slot(scene, item);
                let claims = others().flat_map(|(claims, _)| claims);
                let claims = claims.filter(|(claimed, _)| *claimed == chain);
                claims.fold(1.0, |left, (_, claim)| left * (1.0 - strength * claim))
            });
        }
    }
}

//! Lists: several targets of one action, several countries whose authorities act.

use crate::{extract::entities::Label, pack::sense::Sense};

use super::{
    candidates::Candidate,
    scene::{Scene, is_target},
};

/// Returns the countries that a list ties to the one that acts.
pub(super) fn countries(scene: &Scene, candidate: &Candidate, actor: usize) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    let is_country =
        |i: usize| scene.name(i).label == Label::Loc && scene.name(i).country.is_some();
    let followed = |i: usize| {
        let next = i + 1;
        sentence.names.contains(&next)
            && is_country(next)
            && scene.name(next).first.saturating_sub(scene.name(i).last) <= 2
    };
    // The authority may be chosen by another of its mentions.
    let actor = sentence
        .names
        .clone()
        .find(|i| {
            let name = scene.name(*i);
            name.described && name.chain == scene.name(actor).chain && followed(*i)
        })
        .unwrap_or(actor);
    let name = scene.name(actor);
    let next = actor + 1;
    let behind = followed(actor);
    // "the regulators in France, Italy and Australia": the first country may be part of the description.
    let start = if name.described && behind {
        next
    } else if is_country(actor) || (name.described && name.country.is_some()) {
        actor
    } else {
        return Vec::new();
    };
    let joined = |a: usize| {
        is_country(a + 1)
            && scene.name(a + 1).first.saturating_sub(scene.name(a).last) <= 4
            && (scene.name(a).last..scene.name(a + 1).first).any(|i| {
                matches!(scene.document.word(i), "," | "、")
                    || scene.document.end_of(i, Sense::NumberAnd).is_some()
            })
    };
    let mut last = start;
    while sentence.names.contains(&(last + 1)) && joined(last) {
        last += 1;
    }
    (start..=last).collect()
}

/// Takes those in whom a list ties to the target: "A, B and C".
pub(super) fn with_list(scene: &Scene, candidate: &Candidate, index: usize) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    if !sentence.names.contains(&index) {
        return vec![index];
    }
    let joined = |a: usize, b: usize| {
        let gap = scene.name(a).last..scene.name(b).first;
        gap.len() <= 2
            && !gap.is_empty()
            && gap.clone().all(|i| {
                matches!(scene.document.word(i), "," | "、" | "，" | "·" | "・" | "&" | "und" | "/")
                    || scene.document.end_of(i, Sense::NumberAnd).is_some()
                    || scene.document.end_of(i, Sense::MoneyTo).is_some()
            })
            && is_target(scene.name(a))
            && is_target(scene.name(b))
            && scene.name(a).chain != scene.name(b).chain
    };
    let (mut first, mut last) = (index, index);
    while first > sentence.names.start && joined(first - 1, first) {
        first -= 1;
    }
    while last + 1 < sentence.names.end && joined(last, last + 1) {
        last += 1;
    }
    (first..=last).collect()
}

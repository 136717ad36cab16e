//! What annotated articles teach about whom "the company" stands for.
//!
//! Where a sentence tells an action on somebody whom it does not name, its "the company" is that
//! somebody: right often enough to learn from.

use std::collections::BTreeSet;

use finewire::{
    actions::{feature::Feature, scene::Scene},
    base::span::Span,
    resolve::{
        antecedents::{self, Signs},
        entities::SettledName,
    },
};
use rustc_hash::FxHashMap;

use super::{
    descend::{Alternative, Group, Learning, descend},
    examples::{Lesson, names_target},
    gold::{GoldAction, GoldArticle},
};

/// Returns for each description that an action settles whom it may stand for, and for whom it stands.
/// `places` are where the evidence of each action stands.
pub(super) fn groups(scene: &Scene, gold: &GoldArticle, places: &[Option<Span>]) -> Vec<Group> {
    let mut settled = BTreeSet::new();
    let mut groups = Vec::new();
    let descriptions = antecedents::asked(scene.document, &scene.facts.names);
    for (action, place) in gold.actions.iter().zip(places) {
        let Some(place) = place else { continue };
        let here = |index: usize| {
            let sentence = &scene.sentences[scene.document.sentence_of(scene.name(index).first)];
            place.overlaps(&scene.document.span(&sentence.range))
        };
        let stands = chains(scene, action);
        let names = (0..scene.facts.names.len()).filter(|index| here(*index));
        let mut names = names.map(|index| scene.name(index));
        if stands.is_empty() || names.any(|name| is_told(name) && stands.contains(&name.chain)) {
            continue;
        }
        for asked in descriptions.iter().filter(|asked| here(asked.name)) {
            let is_known = asked.choices.iter().any(|(chain, _)| stands.contains(chain));
            if settled.insert(asked.name) && is_known {
                let alternative = |(chain, signs): &(usize, Signs)| Alternative {
                    features: signs.iter().map(|sign| Feature(u32::from(*sign))).collect(),
                    right: stands.contains(chain),
                    base: 0.0,
                };
                let alternatives = asked.choices.iter().map(alternative).collect();
                groups.push(Group { alternatives, weight: 1.0 });
            }
        }
    }
    groups
}

/// Returns whether a mention tells by itself who is meant: a name, or "a bakery".
fn is_told(name: &SettledName) -> bool {
    !name.described || name.unnamed
}

/// Returns the chains of those whom an action is on, as far as the article tells who they are.
fn chains(scene: &Scene, action: &GoldAction) -> BTreeSet<usize> {
    let names = (0..scene.facts.names.len()).filter(|index| is_told(scene.name(*index)));
    let names = names.filter(|index| names_target(scene, *index, action));
    names.map(|index| scene.name(index).chain).filter(|chain| *chain != 0).collect()
}

/// Learns the weights, as their file has them.
pub(crate) fn learn(lessons: &[Lesson], how: &Learning) -> String {
    let groups: Vec<&Group> = lessons.iter().flat_map(|lesson| &lesson.first.antecedents).collect();
    let weights: FxHashMap<Feature, f32> = descend(&groups, how).into_iter().collect();
    antecedents::to_text(|sign| weights.get(&Feature(u32::from(sign))).copied().unwrap_or(0.0))
}

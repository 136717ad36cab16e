//! What holds of a mention as the authority that acts.

use crate::{extract::entities::Label, pack::sense::Sense};

use super::{
    super::{
        candidates::Candidate,
        model::{Feature, Features, Template as T},
        scene::Scene,
    },
    away, bit, bits_of, bucket, classes_between, form_of, names_between, split,
};

/// Returns what holds of a mention as the authority that acts.
pub fn of_actor(scene: &Scene, candidate: &Candidate, index: usize) -> Features {
    let name = scene.name(index);
    let sentence = &scene.sentences[candidate.sentence];
    let at = candidate.at(scene);
    let form = form_of(candidate);
    let kind = candidate.kind as u32;
    let sides = scene.name_sides(index);
    let away = away(candidate, sides.sentence);
    let before = u32::from(name.first < at);
    let mut f = Features::with_capacity(32);
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::ActorBias, 0, 0);
    let label = if name.label == Label::Regulator { u32::from(name.described) } else { 2 };
    let others = scene.regulators_in(&sentence.names)
        - usize::from(name.label == Label::Regulator && sentence.names.contains(&index));
    add(T::ActorLabel, label, before + 2 * u32::from(away == 0));
    add(T::ActorOthers, label, others.min(3) as u32);
    add(T::ActorSentence, away, before);
    let split = split(scene, sentence, at);
    let between = scene.regulators_in(&names_between(split, index)).min(5) as u32;
    add(T::ActorRecent, between, away.min(3) + 4 * label);
    let place = scene.place(sides.sentence, candidate.sentence);
    add(T::ActorPlace, place, away);
    add(T::ActorPlace, 16 + place, between.min(3) + 4 * label);
    let parts = u32::from(scene.sentences.last().is_some_and(|last| last.part > 2));
    add(T::ActorParts, place, parts + 2 * u32::from(sentence.heading));
    if away == 0 {
        add(T::ActorDistance, bucket(name.first.abs_diff(at)), before);
        let clause = scene.clause(sentence, at);
        add(T::ActorClause, u32::from(clause.contains(&name.first)), before);
        add(T::ActorSide, form, before);
        add(T::ActorTypeSide, kind, before);
        let order = scene.regulators_in(&(sentence.names.start..index));
        add(T::ActorOrder, order.min(3) as u32, 0);
        add(T::ActorRegulatorsBetween, between, before);
        let range = if name.first < at { name.last..at } else { at..name.first };
        let bits = classes_between(scene, &range);
        for class in bits_of(bits) {
            add(T::ActorBetween, class, before);
        }
    }
    for class in sides.before.classes() {
        f.push(Feature::of_three(T::ActorBefore, class, form, before + 2 * away.min(1)));
    }
    for class in sides.behind.classes() {
        f.push(Feature::of_three(T::ActorBehind, class, form, before + 2 * away.min(1)));
    }
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    let marked = |wanted: Sense| sides.named & bit(wanted) != 0;
    let follows = |wanted: Sense| sides.follows & bit(wanted) != 0;
    add(T::ActorAgent, u32::from(marked(Sense::Agent) || follows(Sense::AgentAfter)), form);
    add(T::ActorTargeted, u32::from(marked(Sense::Target) || follows(Sense::TargetAfter)), form);
    add(T::ActorDescribed, u32::from(name.described), u32::from(name.regulator.is_some()));
    let main = scene.main_regulator.is_some_and(|m| scene.name(m).chain == name.chain);
    add(T::ActorMain, u32::from(main), away.min(2));
    add(T::ActorHeadline, u32::from(scene.chain(name).headline), away.min(2));
    f
}

/// Returns what holds of a candidate that no authority is named for.
pub fn of_none(scene: &Scene, candidate: &Candidate) -> Features {
    let sentence = &scene.sentences[candidate.sentence];
    let kind = candidate.kind as u32;
    vec![
        Feature::new(T::ActorNone, kind, form_of(candidate)),
        Feature::new(T::ActorNoneSentence, super::regulator_in(scene, sentence), 0),
        Feature::new(T::ActorNone, 254, 0),
    ]
}

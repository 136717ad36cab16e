//! What holds of a mention as the authority that acts.

use crate::{extract::entities::Label, pack::sense::Sense};

use super::{
    super::{
        feature::{Features, Template as T},
        scene::Scene,
    },
    View, bucket,
    marks::{bit, bits_of},
    sides::Sides,
};

/// Tells what holds of a mention as the authority that acts.
pub fn of_actor(view: &View, index: usize, f: &mut impl Features) {
    let View { scene, sentence, form, .. } = *view;
    let name = scene.name(index);
    let sides = View::sides(view.names, index);
    let away = view.away(sides.sentence);
    let before = u32::from(name.first < view.at);
    f.add(T::ActorBias, 0, 0);
    let label = if name.label == Label::Regulator { u32::from(name.described) } else { 2 };
    let others = scene.regulators_in(&sentence.names)
        - usize::from(name.label == Label::Regulator && sentence.names.contains(&index));
    f.add(T::ActorLabel, label, before + 2 * u32::from(away == 0));
    f.add_three(T::ActorTender, paid_in(scene, view.candidate.amount, index), label, away.min(1));
    f.add(T::ActorOthers, label, others.min(3) as u32);
    f.add(T::ActorSentence, away, before);
    let between = scene.regulators_in(&view.names_between(index)).min(5) as u32;
    f.add(T::ActorRecent, between, away.min(3) + 4 * label);
    let place = scene.place(sides.sentence, view.candidate.sentence);
    f.add(T::ActorPlace, place, away);
    f.add(T::ActorPlace, 16 + place, between.min(3) + 4 * label);
    let parts = u32::from(scene.sentences.last().is_some_and(|last| last.part > 2));
    f.add(T::ActorParts, place, parts + 2 * u32::from(sentence.heading));
    if away == 0 {
        in_sentence(view, index, (before, between), f);
    }
    let place = before + 2 * away.min(1);
    f.once(view.number_of_form(index, place), |f| beside(sides, form, place, f));
    f.once(view.number(index, away), |f| {
        f.add(T::ActorDescribed, u32::from(name.described), u32::from(name.regulator.is_some()));
        let main = scene.main_regulator.is_some_and(|m| scene.name(m).chain == name.chain);
        f.add(T::ActorMain, u32::from(main), away.min(2));
        f.add(T::ActorHeadline, u32::from(scene.chain(name).headline), away.min(2));
    });
}

/// Which words stand beside it.
fn beside(sides: &Sides, form: u32, place: u32, f: &mut impl Features) {
    for class in sides.before.classes() {
        f.add_three(T::ActorBefore, class, form, place);
    }
    for class in sides.behind.classes() {
        f.add_three(T::ActorBehind, class, form, place);
    }
    let marked = |wanted: Sense| sides.named & bit(wanted) != 0;
    let follows = |wanted: Sense| sides.follows & bit(wanted) != 0;
    f.add(T::ActorAgent, u32::from(marked(Sense::Agent) || follows(Sense::AgentAfter)), form);
    f.add(T::ActorTargeted, u32::from(marked(Sense::Target) || follows(Sense::TargetAfter)), form);
}

/// Whether a sum is in what the country of an authority pays in: 0 where that is not known, 1 yes, 2
/// no; "the CMA" does not fine in euros.
pub(in super::super) fn paid_in(scene: &Scene, amount: Option<usize>, index: usize) -> u32 {
    let sum = amount.and_then(|amount| scene.facts.amounts.get(amount));
    let country = scene.name(index).country;
    let tender = country.and_then(|country| scene.world.currencies.tender(country));
    tender.zip(sum).map_or(0, |(tender, (_, currency))| if tender == *currency { 1 } else { 2 })
}

/// Where it stands in the sentence that tells the action.
fn in_sentence(view: &View, index: usize, (before, between): (u32, u32), f: &mut impl Features) {
    let View { scene, sentence, at, .. } = *view;
    let name = scene.name(index);
    f.add(T::ActorDistance, bucket(name.first.abs_diff(at)), before);
    f.add(T::ActorClause, u32::from(view.clause.contains(&name.first)), before);
    f.add(T::ActorSide, view.form, before);
    f.add(T::ActorTypeSide, view.kind, before);
    let order = scene.regulators_in(&(sentence.names.start..index));
    f.add(T::ActorOrder, order.min(3) as u32, 0);
    f.add(T::ActorRegulatorsBetween, between, before);
    for class in bits_of(view.classes_between(&view.between(name.first, name.last))) {
        f.add(T::ActorBetween, class, before);
    }
}

/// Tells what holds of a candidate that no authority is named for.
pub fn of_none(view: &View, f: &mut impl Features) {
    f.add(T::ActorNone, view.kind, view.form);
    f.add(T::ActorNoneSentence, view.regulator, 0);
    f.add(T::ActorNone, 254, 0);
}

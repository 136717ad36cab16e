//! How far a row can be believed: whether type, authority, target and sum are all right.
//!
//! The models of the slots each know how sure they are; what that is worth together is learnt from
//! rows of articles that their weights had no part in. Reads the rows of an article after tellings of
//! the same action are joined; changes nothing but their confidence.

use crate::extract::entities::Label;

use super::{
    Action,
    candidates::takes_money,
    feature::{Feature, Features, Template as T},
    features::{self, actor, target},
    model::{Model, probability},
    scene::Scene,
};

/// Puts a probability into one of few levels.
fn level(share: f32) -> u32 {
    features::level(share, &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 0.97, 0.99])
}

/// The same with fewer levels.
fn coarse(share: f32) -> u32 {
    features::level(share, &[0.35, 0.55, 0.75, 0.9, 0.97])
}

/// Returns the confidence of each row of an article; none is surer than that there is an action.
pub(super) fn confidences(scene: &Scene, model: &Model, rows: &[Action]) -> Vec<f32> {
    let least = model.weight(Feature::new(T::TrustLeast, 0, 0));
    let right = |index| probability(model.score(|f| of_row(scene, rows, index, f)));
    let confidence = |(index, row): (usize, &Action)| scaled(right(index), least).min(row.likely);
    rows.iter().enumerate().map(confidence).collect()
}

/// Confidence above which it is the probability that a row is right.
const PLAIN: f32 = 0.7;

/// Confidence from which rows are kept unless one asks for others.
pub const KEPT: f32 = 0.5;

/// Returns the confidence that a probability stands for: itself where it is high; below, `least` is
/// the one from which a row is worth more to a reader than its absence, and so becomes 0.5.
fn scaled(right: f32, least: f32) -> f32 {
    let between = |from: f32, to: f32, low: f32, high: f32| {
        low + (right - from) / (to - from).max(f32::EPSILON) * (high - low)
    };
    if right >= PLAIN || least <= 0.0 || least >= KEPT {
        right
    } else if right >= least {
        between(least, PLAIN, KEPT, PLAIN)
    } else {
        between(0.0, least, 0.0, KEPT)
    }
}

/// Tells what holds of a row.
pub fn of_row(scene: &Scene, rows: &[Action], index: usize, f: &mut impl Features) {
    let Some(row) = rows.get(index) else { return };
    let kind = row.kind as u32;
    let [actor, target, _] = row.sure;
    f.add(T::TrustBias, 0, 0);
    f.add(T::TrustLikely, level(row.likely), 0);
    f.add(T::TrustLikely, 16 + coarse(row.likely), kind);
    f.add(T::TrustActor, level(actor), 0);
    f.add(T::TrustTarget, level(target), 0);
    f.add_three(T::TrustBoth, coarse(row.likely), coarse(target), coarse(actor));
    f.add_three(T::TrustRival, coarse(target), coarse(row.rival), 0);
    f.add_three(T::TrustKind, kind, u32::from(row.amount.is_some()), 0);
    f.add_three(T::TrustKind, kind, 2 + row.status as u32, 0);
    f.add(T::TrustTold, row.told.min(4), row.agreed.min(4));
    f.add(T::TrustTold, 8 + row.agreed.min(4), coarse(target));
    of_actor(scene, row, f);
    of_target(scene, row, f);
    of_sum(scene, row, f);
    beside(scene, rows, index, f);
}

/// Who acts, and from where the row has it.
fn of_actor(scene: &Scene, row: &Action, f: &mut impl Features) {
    let Some(index) = row.regulator else {
        f.add(T::TrustActorIs, 0, coarse(row.sure[0]));
        return;
    };
    let name = scene.name(index);
    let is = match (name.label == Label::Regulator, name.is_named_authority(), name.described) {
        (false, ..) => 1,
        (_, false, _) => 2,
        (_, true, true) => 3,
        (_, true, false) => 4,
    };
    let here = u32::from(scene.sentences[row.at].names.contains(&index));
    f.add_three(T::TrustActorIs, is, coarse(row.sure[0]), here);
    let paid_in = actor::paid_in(scene, row.amount, index);
    f.add_three(T::TrustActorIs, 16 + is, paid_in, 0);
    let main = scene.main_regulator.is_some_and(|m| scene.name(m).chain == name.chain);
    f.add(T::TrustActorIs, 8 + is, here + 2 * u32::from(main));
}

/// Who is acted upon, and from where the row has it.
fn of_target(scene: &Scene, row: &Action, f: &mut impl Features) {
    let sure = coarse(row.sure[1]);
    let kind = row.kind as u32;
    f.add_three(T::TrustTargets, row.targets.len().min(4) as u32, sure, 0);
    let Some(&index) = row.targets.first() else {
        f.add_three(T::TrustNobody, kind, sure, 0);
        return;
    };
    let name = scene.name(index);
    let label = match name.label {
        Label::Org | Label::Regulator => 0,
        Label::Per => 1,
        Label::Loc => 2,
        Label::Misc | Label::Law => 3,
    };
    let chain = scene.chain(name);
    let here = u32::from(scene.sentences[row.at].names.contains(&index));
    let unnamed = u32::from(name.unnamed) + 2 * u32::from(name.described);
    f.add_three(T::TrustTargetIs, label, sure, here);
    f.add_three(T::TrustTargetIs, 8 + label, chain.label(), u32::from(chain.company));
    f.add_three(T::TrustTargetIs, 16 + unnamed, sure, here);
    f.add_three(T::TrustTargetIs, 24 + here, kind, 0);
    f.add_three(T::TrustChain, chain.count.min(6) as u32, u32::from(chain.headline), 0);
    f.add_three(T::TrustChain, 8 + chain.marked.min(3) as u32, here, 0);
    f.add(T::TrustRule, target::rule(name.rule), (name.confidence * 10.0) as u32);
    f.add(T::TrustRule, 32 + target::rule(name.rule), sure);
    let words = (name.last - name.first).min(5) as u32;
    f.add(T::TrustShape, words, label);
    let others = scene.targets_in(&scene.sentences[row.at].names).min(6) as u32;
    f.add_three(T::TrustOthers, others, sure, here);
}

/// The sum among those of its sentence.
fn of_sum(scene: &Scene, row: &Action, f: &mut impl Features) {
    let sentence = &scene.sentences[row.at];
    let sums = sentence.amounts.len().min(4) as u32;
    let Some(amount) = row.amount else {
        f.add_three(T::TrustSums, sums, 8 + u32::from(takes_money(row.kind)), 0);
        return;
    };
    let told = scene.told(amount);
    let names = scene.targets_in(&sentence.names).min(4) as u32;
    f.add_three(T::TrustSums, sums, names, 0);
    f.add_three(T::TrustSums, 8 + u32::from(told.total), u32::from(told.part), 0);
    f.add_three(T::TrustSums, 12 + told.count.min(3) as u32, 0, 0);
    let carried = row.rule.ends_with(".carried");
    f.add_three(T::TrustSums, 16 + u32::from(carried), sums, 0);
    if carried {
        // Sums of a list go on from the one before; a sum alone is often another thing's: a deal, a fund.
        let names_none = u32::from(sentence.triggers.is_empty());
        let back = scene.sentences[..row.at].iter().rev().take(12);
        let back =
            back.take_while(|s| s.triggers.iter().all(|t| t.kind != row.kind)).count() as u32;
        let here = row.targets.iter().any(|target| sentence.names.contains(target));
        f.add_three(T::TrustCarried, back, names_none, u32::from(here));
        f.add_three(T::TrustCarried, 16 + names_none, coarse(row.likely), u32::from(here));
        f.add_three(T::TrustCarried, 24 + told.larger.min(3) as u32, told.count.min(3) as u32, 0);
    }
}

/// What the other rows of the article say: a target that has the same kind of action twice, a
/// sentence that tells several.
fn beside(scene: &Scene, rows: &[Action], index: usize, f: &mut impl Features) {
    let row = &rows[index];
    let chain = |row: &Action| row.targets.first().map(|target| scene.name(*target).chain);
    let others = || rows.iter().enumerate().filter(|(i, other)| *i != index && other.likely >= 0.5);
    let here = others().filter(|(_, other)| other.at == row.at).count().min(4) as u32;
    let alike = others().filter(|(_, other)| other.kind == row.kind);
    let same = alike.filter(|(_, other)| chain(other) == chain(row)).count().min(3) as u32;
    f.add_three(T::TrustBeside, here, u32::from(row.amount.is_some()), 0);
    f.add_three(T::TrustBeside, 8 + same, u32::from(takes_money(row.kind)), coarse(row.sure[1]));
    f.add_three(T::TrustBeside, 16 + others().count().min(12) as u32, 0, 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_worth_keeping_has_a_half_and_a_sure_one_its_probability() {
        assert!((scaled(0.3, 0.3) - KEPT).abs() < 1e-6);
        assert!((scaled(0.85, 0.3) - 0.85).abs() < 1e-6);
        assert!((scaled(0.15, 0.3) - 0.25).abs() < 1e-6);
        assert!((scaled(0.4, 0.0) - 0.4).abs() < 1e-6);
    }

    #[test]
    fn a_likelier_row_has_more_confidence() {
        let steps: Vec<f32> = (0..=100_u8).map(|p| scaled(f32::from(p) / 100.0, 0.27)).collect();
        assert!(steps.is_sorted());
        assert!(steps.iter().all(|confidence| (0.0..=1.0).contains(confidence)));
    }
}

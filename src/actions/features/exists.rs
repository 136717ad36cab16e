//! What holds of a candidate as an action.

use std::ops::Range;

use crate::{
    base::{money::Qualifier, token::Kind},
    extract::entities::Label,
    pack::sense::{Role, Sense},
};

use super::{
    super::{
        candidates::Candidate,
        model::{Feature, Features, Template as T},
        scene::{Scene, Sentence},
    },
    Beside, around, bits_of, bucket, cue, form_of, regulator_in,
};

/// Returns what holds of a candidate.
pub fn of_candidate(scene: &Scene, candidate: &Candidate) -> Features {
    let sentence = &scene.sentences[candidate.sentence];
    let kind = candidate.kind as u32;
    let form = form_of(candidate);
    let regulator = regulator_in(scene, sentence);
    let mut f = Features::with_capacity(64);
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::Bias, 0, 0);
    add(T::Type, kind, 0);
    add(T::TypeForm, kind, form);
    add(T::TypeRegulator, kind, regulator);
    add(T::FormRegulator, form, regulator);
    add(T::TypeTarget, kind, scene.targets_in(&sentence.names).min(3) as u32);
    let headline = candidate.sentence < scene.document.headline;
    add(T::Headline, u32::from(headline), 0);
    add(T::TypeHeadline, kind, u32::from(headline));
    add(T::Position, bucket(candidate.sentence), 0);
    add(T::DateHere, u32::from(!sentence.dates.is_empty()), 0);
    add(T::Carried, u32::from(candidate.trigger.is_none()), kind);
    if candidate.trigger.is_none() {
        // How far back the word stands that this sum goes on from.
        let back = scene.sentences[..candidate.sentence]
            .iter()
            .rev()
            .take(36)
            .position(|s| s.triggers.iter().any(|t| t.kind == candidate.kind));
        add(T::CarriedFrom, kind, back.map_or(15, bucket));
        add(T::CarriedAlone, u32::from(sentence.triggers.is_empty()), kind);
    }
    let more = sentence.amounts.clone().count();
    add(T::TypeSum, kind, u32::from(candidate.amount.is_some()) + 2 * u32::from(more > 0));
    add(T::TypeMoreSums, kind, more.min(4) as u32);
    let mut kinds: Vec<_> = sentence.triggers.iter().map(|t| t.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    add(T::OtherTypes, kinds.len().min(4) as u32, 0);
    for other in kinds.iter().filter(|other| **other != candidate.kind) {
        add(T::OtherTypes, kind, 16 + *other as u32);
    }
    let earlier = sentence.earlier[candidate.kind as usize] as usize;
    add(T::SameType, kind, bucket(earlier));
    let is_question = |i: usize| {
        scene.document.kind(i) == Kind::Mark && matches!(scene.document.word(i), "?" | "؟" | "？")
    };
    add(T::Question, u32::from(sentence.range.clone().any(is_question)), 0);
    let at = candidate.at(scene);
    add(T::Quoted, u32::from(quoted(scene, sentence, at)), 0);
    add(T::RegulatorDistance, nearest_regulator(scene, sentence, at), form);
    cues(scene, candidate, kind, form, &mut add);
    in_article(scene, candidate, &mut add);
    if let Some(trigger) = candidate.trigger {
        add(T::Words, (trigger.last - trigger.first).min(5) as u32, form);
        for class in Beside::before(scene, sentence, trigger.first).classes() {
            add(T::WordBefore, class, form);
            add(T::WordBefore, 32 + class, kind);
        }
        for class in Beside::behind(scene, sentence, trigger.last).classes() {
            add(T::WordBehind, class, form);
            add(T::WordBehind, 32 + class, kind);
        }
    }
    if let Some(amount) = candidate.amount {
        of_sum(scene, candidate, amount, &mut add);
    }
    f
}

/// What the whole article says: whether authorities are its matter at all.
fn in_article(scene: &Scene, candidate: &Candidate, add: &mut impl FnMut(T, u32, u32)) {
    let kind = candidate.kind as u32;
    let regulators = scene.regulators_in(&(0..scene.facts.names.len()));
    add(T::ArticleRegulators, bucket(regulators), 0);
    let per_hundred = regulators * 1000 / scene.document.tokens.len().max(100);
    add(T::ArticleRegulators, 16 + bucket(per_hundred), 0);
    let main = scene.main_regulator.map_or(0, |m| {
        let chain = scene.chain(scene.name(m));
        1 + u32::from(chain.headline) + 2 * u32::from(chain.count > 2)
    });
    add(T::ArticleMain, main, kind);
    let headline = scene.document.headline.max(1).min(scene.sentences.len());
    let mut told = scene.sentences[..headline].iter().flat_map(|s| &s.triggers);
    let same = told.clone().any(|t| t.kind == candidate.kind);
    add(T::ArticleHeadline, u32::from(told.next().is_some()) + u32::from(same), kind);
    let here = scene.sentences[candidate.sentence].triggers.iter();
    let here = here.filter(|t| t.kind == candidate.kind).count();
    add(T::Triggers, here.min(3) as u32, kind);
}

fn nearest_regulator(scene: &Scene, sentence: &Sentence, at: usize) -> u32 {
    let distances = scene.facts.names[sentence.names.clone()]
        .iter()
        .filter(|n| n.label == Label::Regulator)
        .map(|n| bucket(n.first.abs_diff(at)));
    distances.min().unwrap_or(15)
}

fn quoted(scene: &Scene, sentence: &Sentence, at: usize) -> bool {
    let (mut before, mut closed) = (0_usize, 0);
    for i in (sentence.range.start..at).filter(|&i| scene.document.kind(i) == Kind::Mark) {
        match scene.document.word(i) {
            "«" | "“" | "„" | "\"" | "「" => before += 1,
            "»" | "”" | "」" => closed += 1,
            _ => {}
        }
    }
    before > closed && !before.is_multiple_of(2)
}

fn cues(
    scene: &Scene,
    candidate: &Candidate,
    kind: u32,
    form: u32,
    add: &mut impl FnMut(T, u32, u32),
) {
    let sentence = &scene.sentences[candidate.sentence];
    let near = around(scene, candidate);
    let (all, close) = cue_bits(scene, sentence, &near);
    for number in bits_of(all) {
        add(T::Cue, number, 0);
        add(T::TypeCue, kind, number);
        add(T::CueForm, form, number);
        if close & (1 << number) != 0 {
            add(T::NearCue, number, 0);
            add(T::TypeNearCue, kind, number);
        }
    }
    let has = |bits: u32, sense: Sense| u32::from(cue(sense).is_some_and(|n| bits & 1 << n != 0));
    add(T::TypeLight, kind, has(close, Sense::Light) + 2 * has(close, Sense::LightPassive));
    add(T::TypeCourt, kind, has(all, Sense::Court));
    add(T::Passive, form, has(close, Sense::Passive));
}

/// Returns which cues stand in the sentence, and which near the candidate, as bits.
fn cue_bits(scene: &Scene, sentence: &Sentence, near: &Range<usize>) -> (u32, u32) {
    let (mut all, mut close) = (0, 0);
    for hit in scene.document.hits_in(&sentence.range) {
        let Some(number) = cue(hit.sense) else { continue };
        all |= 1 << number;
        if near.contains(&(hit.first as usize)) {
            close |= 1 << number;
        }
    }
    (all, close)
}

fn of_sum(scene: &Scene, candidate: &Candidate, amount: usize, add: &mut impl FnMut(T, u32, u32)) {
    let (stated, _) = &scene.facts.amounts[amount];
    let kind = candidate.kind as u32;
    let distance = candidate.trigger.map_or(99, |t| {
        if t.last <= stated.first {
            stated.first - t.last
        } else {
            t.first.saturating_sub(stated.last)
        }
    });
    let before = candidate.trigger.is_some_and(|t| t.first > stated.first);
    add(T::SumDistance, bucket(distance), u32::from(before));
    add(T::FormSum, form_of(candidate), bucket(distance));
    let role = stated.role.map_or(0, |r| match r {
        Role::Fine => 1,
        Role::PeriodicPenalty => 2,
        Role::Cap => 3,
        Role::Revenue => 4,
        Role::Damages => 5,
        Role::Settlement => 6,
        Role::Price => 7,
        Role::Other => 8,
    });
    add(T::SumRole, kind, role);
    let bound = stated.qualifier.map_or(0, |q| match q {
        Qualifier::About => 1,
        Qualifier::AtLeast => 2,
        Qualifier::AtMost => 3,
        Qualifier::Range => 4,
    });
    add(T::SumBound, kind, bound);
    let size = stated.high.or(stated.low).map_or(0, |v| (v.to_f64().max(1.0)).log10() as u32);
    add(T::SumSize, size, kind);
    let sentence = &scene.sentences[candidate.sentence];
    let nearest = sentence
        .amounts
        .clone()
        .min_by_key(|a| scene.facts.amounts[*a].0.first.abs_diff(candidate.at(scene)));
    add(T::NearestSum, kind, u32::from(nearest == Some(amount)));
    let told = scene.told(amount);
    add(T::SumTold, told.count.min(5) as u32, u32::from(told.headline));
    add(T::SumTold, 8 + told.count.min(5) as u32, kind);
    add(T::SumTotal, u32::from(told.total), kind);
    add(T::SumPart, u32::from(told.part), kind);
    add(T::SumCurrency, u32::from(told.foreign), kind);
    let rank = told.larger.min(3) as u32;
    add(T::SumRank, rank, kind);
    let per = stated.per.map_or(0, |u| 1 + u as u32);
    add(T::SumBound, 32 + per, kind);
}

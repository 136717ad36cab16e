//! What holds of a candidate and of those who may fill its slots: the models' only view.
//!
//! No feature names a language or a word; packs give words, the model gives judgement.

use std::ops::Range;

use crate::{
    base::{money::Qualifier, token::Kind},
    extract::entities::Label,
    pack::sense::{Form, Role, Sense},
};

use super::{
    candidates::Candidate,
    model::{Feature, Features, Template as T},
    scene::{Scene, Sentence},
};

/// The cues that models see, in the order of their numbers.
const CUES: &[fn(Sense) -> bool] = &[
    |s| s == Sense::Negated,
    |s| s == Sense::Generic,
    |s| s == Sense::Threatened,
    |s| s == Sense::Proposed,
    |s| s == Sense::Rumoured,
    |s| s == Sense::Upheld,
    |s| s == Sense::Overturned,
    |s| s == Sense::Reduced,
    |s| s == Sense::Appeal,
    |s| s == Sense::Veto,
    |s| s == Sense::Total,
    |s| s == Sense::Each,
    |s| s == Sense::Court,
    |s| s == Sense::Light,
    |s| s == Sense::LightPassive,
    |s| s == Sense::Passive,
    |s| s == Sense::AtMost,
    |s| s == Sense::AtLeast,
    |s| s == Sense::Agent,
    |s| s == Sense::Reason,
    |s| s == Sense::Vague,
];

/// Tokens around a trigger within which a cue is near.
const NEAR: usize = 7;

/// Puts a distance into one of few buckets.
fn bucket(distance: usize) -> u32 {
    match distance {
        0..=3 => distance as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        _ => 9,
    }
}

fn form_of(candidate: &Candidate) -> u32 {
    candidate.trigger.map_or(4, |t| match t.form {
        Form::Noun => 0,
        Form::Verb => 1,
        Form::Passive => 2,
        Form::Weak => 3,
    })
}

/// Returns the tokens around a candidate within its sentence.
fn around(scene: &Scene, candidate: &Candidate) -> Range<usize> {
    let range = &scene.sentences[candidate.sentence].range;
    let at = candidate.at(scene);
    let last = candidate.trigger.map_or(at + 1, |t| t.last);
    at.saturating_sub(NEAR).max(range.start)..(last + NEAR).min(range.end)
}

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
    let targets =
        sentence.names.clone().filter(|i| super::scene::is_target(scene.name(*i))).count();
    add(T::TypeTarget, kind, targets.min(3) as u32);
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
    let earlier = scene.sentences[..candidate.sentence]
        .iter()
        .flat_map(|s| &s.triggers)
        .filter(|t| t.kind == candidate.kind)
        .count();
    add(T::SameType, kind, bucket(earlier));
    let has = |word: &str| sentence.range.clone().any(|i| scene.document.word(i) == word);
    add(T::Question, u32::from(has("?") || has("؟") || has("？")), 0);
    let at = candidate.at(scene);
    add(T::Quoted, u32::from(quoted(scene, sentence, at)), 0);
    add(T::RegulatorDistance, nearest_regulator(scene, sentence, at), form);
    cues(scene, candidate, kind, form, &mut add);
    if let Some(amount) = candidate.amount {
        of_sum(scene, candidate, amount, &mut add);
    }
    f
}

/// 0 none, 1 before in the text, 2 described, 3 named.
fn regulator_in(scene: &Scene, sentence: &Sentence) -> u32 {
    let here =
        scene.facts.names[sentence.names.clone()].iter().filter(|n| n.label == Label::Regulator);
    let best = here.map(|n| if n.described { 2 } else { 3 }).max();
    best.unwrap_or_else(|| {
        u32::from(
            scene.facts.names[..sentence.names.start].iter().any(|n| n.label == Label::Regulator),
        )
    })
}

fn nearest_regulator(scene: &Scene, sentence: &Sentence, at: usize) -> u32 {
    let distances = scene.facts.names[sentence.names.clone()]
        .iter()
        .filter(|n| n.label == Label::Regulator)
        .map(|n| bucket(n.first.abs_diff(at)));
    distances.min().unwrap_or(15)
}

fn quoted(scene: &Scene, sentence: &Sentence, at: usize) -> bool {
    let opens = |word: &str| matches!(word, "«" | "“" | "„" | "\"" | "「");
    let before = (sentence.range.start..at).filter(|&i| opens(scene.document.word(i))).count();
    let closed = (sentence.range.start..at)
        .filter(|&i| matches!(scene.document.word(i), "»" | "”" | "」"))
        .count();
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
    for number in (0..CUES.len() as u32).filter(|n| all & (1 << n) != 0) {
        add(T::Cue, number, 0);
        add(T::TypeCue, kind, number);
        add(T::CueForm, form, number);
        if close & (1 << number) != 0 {
            add(T::NearCue, number, 0);
            add(T::TypeNearCue, kind, number);
        }
    }
    add(
        T::TypeLight,
        kind,
        u32::from(scene.has(&near, |s| s == Sense::Light))
            + 2 * u32::from(scene.has(&near, |s| s == Sense::LightPassive)),
    );
    add(T::TypeCourt, kind, u32::from(scene.has(&sentence.range, |s| s == Sense::Court)));
    add(T::Passive, form, u32::from(scene.has(&near, |s| s == Sense::Passive)));
}

/// Returns which cues stand in the sentence, and which near the candidate, as bits.
fn cue_bits(scene: &Scene, sentence: &Sentence, near: &Range<usize>) -> (u32, u32) {
    let (mut all, mut close) = (0, 0);
    for hit in scene.document.hits_in(&sentence.range) {
        let Some(number) = CUES.iter().position(|cue| cue(hit.sense)) else { continue };
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
    let per = stated.per.map_or(0, |u| 1 + u as u32);
    add(T::SumBound, 32 + per, kind);
}

/// Returns what holds of a mention as the authority that acts.
pub fn of_actor(scene: &Scene, candidate: &Candidate, index: usize) -> Features {
    let name = scene.name(index);
    let sentence = &scene.sentences[candidate.sentence];
    let at = candidate.at(scene);
    let form = form_of(candidate);
    let away = candidate.sentence.abs_diff(scene.document.sentence_of(name.first));
    let before = u32::from(name.first < at);
    let mut f = Features::with_capacity(16);
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::ActorBias, 0, 0);
    let label = if name.label == Label::Regulator { u32::from(name.described) } else { 2 };
    let others = scene.facts.names[sentence.names.clone()]
        .iter()
        .filter(|n| n.label == Label::Regulator && n.first != name.first)
        .count();
    add(T::ActorLabel, label, before + 2 * u32::from(away == 0));
    add(T::ActorOthers, label, others.min(3) as u32);
    add(T::ActorSentence, away.min(6) as u32, before);
    if away == 0 {
        add(T::ActorDistance, bucket(name.first.abs_diff(at)), before);
        let clause = scene.clause(sentence, at);
        add(T::ActorClause, u32::from(clause.contains(&name.first)), before);
        add(T::ActorSide, form, before);
        add(T::ActorTypeSide, candidate.kind as u32, before);
        let order = scene.facts.names[sentence.names.start..index]
            .iter()
            .filter(|n| n.label == Label::Regulator)
            .count();
        add(T::ActorOrder, order.min(3) as u32, 0);
    }
    let marked = |wanted: Sense| {
        scene.document.start_of(skip_article(scene, name.first), |s| s == wanted).is_some()
    };
    let follows = |wanted: Sense| scene.document.end_of(name.last, wanted).is_some();
    add(T::ActorAgent, u32::from(marked(Sense::Agent) || follows(Sense::AgentAfter)), form);
    add(T::ActorTargeted, u32::from(marked(Sense::Target) || follows(Sense::TargetAfter)), form);
    add(T::ActorDescribed, u32::from(name.described), u32::from(name.regulator.is_some()));
    let main = scene.main_regulator.is_some_and(|m| scene.name(m).chain == name.chain);
    add(T::ActorMain, u32::from(main), away.min(2) as u32);
    f
}

/// Returns the first token of a name with the article before it taken in ("par la CNIL").
fn skip_article(scene: &Scene, first: usize) -> usize {
    let before = first.wrapping_sub(1);
    let short = scene.document.kind(before) == Kind::Word
        && scene.document.word(before).chars().count() <= 4
        && scene.document.hits_at(before).iter().any(|h| h.sense == Sense::FunctionWord)
        && !scene
            .document
            .hits_at(before)
            .iter()
            .any(|h| matches!(h.sense, Sense::Agent | Sense::Target));
    if short { before } else { first }
}

/// Returns what holds of a mention as the one acted upon.
pub fn of_target(scene: &Scene, candidate: &Candidate, index: usize) -> Features {
    let name = scene.name(index);
    let sentence = &scene.sentences[candidate.sentence];
    let at = candidate.at(scene);
    let form = form_of(candidate);
    let kind = candidate.kind as u32;
    let away = candidate.sentence.abs_diff(scene.document.sentence_of(name.first));
    let before = u32::from(name.first < at);
    let mut f = Features::with_capacity(24);
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::TargetBias, 0, 0);
    let label = match name.label {
        Label::Per => 1,
        Label::Org => 2,
        Label::Misc => 3,
        _ => 0,
    };
    add(T::TargetLabel, label, u32::from(name.described));
    add(T::TargetTypeLabel, kind, label);
    add(T::TargetSentence, away.min(6) as u32, before);
    let start = skip_article(scene, skip_mark(scene, name.first));
    let marked = |wanted: Sense| scene.document.start_of(start, |s| s == wanted).is_some();
    let follows = |wanted: Sense| scene.document.end_of(name.last, wanted).is_some();
    let mark = u32::from(marked(Sense::Target)) + 2 * u32::from(follows(Sense::TargetAfter));
    if away == 0 {
        add(T::TargetDistance, bucket(name.first.abs_diff(at)), before);
        add(T::TargetSide, form, before);
        add(T::TargetTypeSide, kind, before);
        let clause = scene.clause(sentence, at);
        add(T::TargetClause, u32::from(clause.contains(&name.first)), before);
        add(T::TargetMarkSide, mark, before + 2 * form);
        let first = scene.facts.names[sentence.names.start..index]
            .iter()
            .all(|n| n.label == Label::Loc || n.label == Label::Law);
        add(T::TargetSubject, u32::from(first), form);
        let passive = scene.has(&(name.last..at.max(name.last)), |s| {
            matches!(s, Sense::Passive | Sense::LightPassive)
        });
        add(T::TargetPassive, form, u32::from(passive) + 2 * before);
        let between = scene.facts.names[sentence.names.clone()].iter().filter(|n| {
            n.first != name.first
                && (n.first.min(at)..n.first.max(at)).len() < name.first.abs_diff(at)
                && (n.first < at) == (name.first < at)
                && n.label != Label::Loc
        });
        add(T::TargetBetween, between.count().min(3) as u32, before);
        if let Some(amount) = candidate.amount {
            let sum = scene.facts.amounts[amount].0.first;
            add(T::TargetSum, bucket(name.first.abs_diff(sum)), u32::from(name.first < sum));
            add(
                T::TargetNearest,
                u32::from(nearest_pair(scene, sentence, index, amount)),
                u32::from(sentence.amounts.len() > 1),
            );
        }
    }
    add(T::TargetMark, mark, away.min(1) as u32);
    add(T::TargetAgent, u32::from(marked(Sense::Agent) || follows(Sense::AgentAfter)), form);
    add(T::TargetReason, u32::from(marked(Sense::Reason)), form);
    add(T::TargetCompany, u32::from(marked(Sense::CompanyMark)), 0);
    add(T::TargetTitled, u32::from(marked(Sense::Title)), label);
    let main = scene.main_target.is_some_and(|m| scene.name(m).chain == name.chain);
    add(T::TargetMain, u32::from(main), away.min(2) as u32);
    let count = scene.facts.names.iter().filter(|n| n.chain == name.chain && n.chain != 0).count();
    add(T::TargetFrequency, count.min(6) as u32, 0);
    let headline = scene.facts.names.iter().any(|n| {
        n.chain == name.chain
            && scene.document.sentence_of(n.first) < scene.document.headline.max(1)
    });
    add(T::TargetHeadline, u32::from(headline), away.min(2) as u32);
    f
}

/// Takes "the company" before a name in: "à la société Exempla".
fn skip_mark(scene: &Scene, first: usize) -> usize {
    scene
        .document
        .start_of(first, |s| matches!(s, Sense::CompanyMark | Sense::Company))
        .unwrap_or(first)
}

/// Returns whether no other target is nearer to the sum, nor another sum nearer to the target.
fn nearest_pair(scene: &Scene, sentence: &Sentence, index: usize, amount: usize) -> bool {
    let sum = scene.facts.amounts[amount].0.first;
    let own = scene.name(index).first.abs_diff(sum);
    let nearer_target = sentence.names.clone().any(|i| {
        i != index
            && super::scene::is_target(scene.name(i))
            && scene.name(i).first.abs_diff(sum) < own
    });
    !nearer_target
}

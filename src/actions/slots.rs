//! Fills the slots of a candidate: who acts, who is acted upon, when, on which law, what must be done.

use crate::{
    base::{action::Measure, date::Granularity, token::Kind},
    extract::{entities::Label, numbers::number},
    pack::sense::{Sense, Unit},
};

use super::{
    Action,
    candidates::{Candidate, takes_money},
    features,
    model::Model,
    scene::{Scene, is_target},
    status::status,
};

/// Score above which the best choice for a slot is taken: a slot is more often filled than not, so
/// the best of several unlikely names beats none.
const TAKEN: f32 = -1.6;

/// Sentences back in which an authority or target is looked for.
const REACH: usize = 6;

/// Returns the actions that a candidate is, the slots filled: one, or one for each country of a list
/// ("by the authorities of France, Italy and Australia").
pub fn fill(scene: &Scene, candidate: &Candidate, confidence: f32, model: &Model) -> Vec<Action> {
    let action = one(scene, candidate, confidence, model);
    let countries =
        action.regulator.map_or_else(Vec::new, |actor| countries(scene, candidate, actor));
    if countries.len() < 2 {
        return vec![action];
    }
    countries
        .into_iter()
        .map(|country| Action { regulator: Some(country), ..action.clone() })
        .collect()
}

/// Returns the countries that a list ties to the one that acts.
fn countries(scene: &Scene, candidate: &Candidate, actor: usize) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    let is_country =
        |i: usize| scene.name(i).label == Label::Loc && scene.name(i).country.is_some();
    let name = scene.name(actor);
    let start = if is_country(actor) {
        actor
    } else if name.described
        && name.regulator.is_none()
        && sentence.names.contains(&(actor + 1))
        && is_country(actor + 1)
        && scene.name(actor + 1).first - name.last <= 2
    {
        actor + 1
    } else {
        return Vec::new();
    };
    let joined = |a: usize| {
        is_country(a + 1)
            && scene.name(a + 1).first - scene.name(a).last <= 4
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

fn one(scene: &Scene, candidate: &Candidate, confidence: f32, model: &Model) -> Action {
    let document = scene.document;
    let sentence = &scene.sentences[candidate.sentence];
    let (status, cue) = status(scene, candidate);
    let (regulator, actor_why) = actor(scene, candidate, model);
    let (targets, target_why) = targets(scene, candidate, model);
    let trigger = candidate.trigger.map_or_else(
        || {
            let at = candidate.at(scene);
            document.span(&(at..at + 1))
        },
        |t| document.span(&(t.first..t.last)),
    );
    let form = candidate.trigger.map_or("carried", |t| match t.form {
        crate::pack::sense::Form::Noun => "noun",
        crate::pack::sense::Form::Verb => "verb",
        crate::pack::sense::Form::Passive => "passive",
        crate::pack::sense::Form::Weak => "weak",
    });
    Action {
        sentence: document.span(&sentence.range),
        trigger,
        at: candidate.sentence,
        kind: candidate.kind,
        status,
        regulator,
        targets,
        amount: candidate.amount.or_else(|| ruled_sum(scene, candidate)),
        date: date(scene, candidate),
        laws: laws(scene, candidate),
        measures: measures(scene, candidate),
        deadline: deadline(scene, candidate),
        rule: format!("action.{}.{form}", candidate.kind.word()),
        confidence,
        why: vec![format!("status: {} ({cue})", status.word()), actor_why, target_why],
    }
}

/// Returns the mentions that may be the authority of a candidate.
pub fn actor_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let reach = candidate.sentence.saturating_sub(REACH);
    let sentence = &scene.sentences[candidate.sentence];
    let from = scene.sentences[reach].names.start.min(sentence.names.start);
    let mut choices: Vec<usize> = (from..sentence.names.end)
        .filter(|i| {
            let name = scene.name(*i);
            // "L'Italie lui avait réclamé 20 millions": a country stands for its authority.
            let country =
                name.label == Label::Loc && name.country.is_some() && sentence.names.contains(i);
            country
                || (name.label == Label::Regulator
                    && (name.regulator.is_some() || name.country.is_some() || name.described))
        })
        .collect();
    if let Some(main) = scene.main_regulator.filter(|m| !choices.contains(m)) {
        choices.push(main);
    }
    choices
}

fn actor(scene: &Scene, candidate: &Candidate, model: &Model) -> (Option<usize>, String) {
    let mut best: Option<(f32, usize)> = None;
    let mut lost = Vec::new();
    for index in actor_choices(scene, candidate) {
        let score = model.score(&features::of_actor(scene, candidate, index));
        if best.is_none_or(|(s, _)| score > s) {
            lost.extend(best);
            best = Some((score, index));
        } else {
            lost.push((score, index));
        }
    }
    // A description that stands for nobody known gives way to the article's authority.
    let chosen = best.filter(|(score, _)| *score > TAKEN).map(|(_, index)| index);
    (chosen, why(scene, "regulator", best, &lost))
}

fn why(scene: &Scene, slot: &str, best: Option<(f32, usize)>, lost: &[(f32, usize)]) -> String {
    let words = |index: usize| {
        let name = scene.name(index);
        scene.document.span(&(name.first..name.last)).of(scene.document.text).to_owned()
    };
    let Some((score, index)) = best else { return format!("{slot}: none stands near") };
    let verdict = if score > TAKEN { "" } else { " (too unlikely)" };
    let mut text = format!("{slot}: {} {score:+.1}{verdict}", words(index));
    for (score, index) in lost.iter().take(4) {
        text.push_str(&format!("; not {} {score:+.1}", words(*index)));
    }
    text
}

/// Returns the mentions that may be acted upon.
pub fn target_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let reach = candidate.sentence.saturating_sub(3);
    let sentence = &scene.sentences[candidate.sentence];
    let from = scene.sentences[reach].names.start.min(sentence.names.start);
    let mut choices: Vec<usize> =
        (from..sentence.names.end).filter(|i| is_target(scene.name(*i))).collect();
    if let Some(main) = scene.main_target.filter(|m| !choices.contains(m)) {
        choices.push(main);
    }
    choices
}

fn targets(scene: &Scene, candidate: &Candidate, model: &Model) -> (Vec<usize>, String) {
    let mut scored: Vec<(f32, usize)> = target_choices(scene, candidate)
        .into_iter()
        .map(|index| (model.score(&features::of_target(scene, candidate, index)), index))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&best @ (score, index)) = scored.first() else {
        return (Vec::new(), "target: none stands near".to_owned());
    };
    let why = why(scene, "target", Some(best), scored.get(1..).unwrap_or_default());
    if score <= TAKEN {
        return (Vec::new(), why);
    }
    (with_list(scene, candidate, index), why)
}

/// Takes those in whom a list ties to the target: "A, B and C".
fn with_list(scene: &Scene, candidate: &Candidate, index: usize) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    if !sentence.names.contains(&index) {
        return vec![index];
    }
    let joined = |a: usize, b: usize| {
        let gap = scene.name(a).last..scene.name(b).first;
        gap.len() <= 2
            && !gap.is_empty()
            && gap.clone().all(|i| {
                matches!(scene.document.word(i), "," | "、" | "&" | "und" | "/")
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

/// Returns the sum of a ruling: what the sentence says is kept, annulled or set anew.
fn ruled_sum(scene: &Scene, candidate: &Candidate) -> Option<usize> {
    if takes_money(candidate.kind) || candidate.kind != crate::base::action::ActionType::CourtRuling
    {
        return None;
    }
    let sentence = &scene.sentences[candidate.sentence];
    let mut sums =
        sentence.amounts.clone().filter(|a| scene.facts.amounts[*a].0.converted_from.is_none());
    let reduced = scene.has(&sentence.range, |s| s == Sense::Reduced);
    if reduced {
        // "from 50 to 30 million": the new sum is the smaller one.
        return sums.min_by_key(|a| scene.facts.amounts[*a].0.low);
    }
    sums.next()
}

fn date(scene: &Scene, candidate: &Candidate) -> Option<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    let at = candidate.at(scene);
    let clause = scene.clause(sentence, at);
    sentence
        .dates
        .clone()
        .filter(|d| {
            let date = &scene.facts.dates[*d];
            date.days.is_some()
                && date.granularity <= Granularity::Year
                && !matches!(
                    date.modifier,
                    Some(crate::base::date::Modifier::Before | crate::base::date::Modifier::After)
                )
                && date.rule != "date.year-range"
        })
        .min_by_key(|d| {
            let date = &scene.facts.dates[*d];
            let outside = usize::from(!clause.contains(&date.first));
            (outside, date.first.abs_diff(at))
        })
}

/// Returns the laws that the sentence cites, else those of its paragraph.
fn laws(scene: &Scene, candidate: &Candidate) -> Vec<String> {
    let of = |index: usize| {
        let mut laws: Vec<String> = scene.facts.names[scene.sentences[index].names.clone()]
            .iter()
            .filter(|n| n.label == Label::Law)
            .filter_map(|n| n.id.clone())
            .collect();
        laws.sort_unstable();
        laws.dedup();
        laws
    };
    let here = of(candidate.sentence);
    if !here.is_empty() {
        return here;
    }
    let same_paragraph = |index: usize| {
        let (a, b) = (
            &scene.sentences[index.min(candidate.sentence)],
            &scene.sentences[index.max(candidate.sentence)],
        );
        (a.range.end..b.range.start).all(|i| scene.document.kind(i) != Kind::Break)
    };
    [candidate.sentence + 1, candidate.sentence.wrapping_sub(1)]
        .into_iter()
        .filter(|&i| i < scene.sentences.len() && same_paragraph(i))
        .map(of)
        .find(|laws| !laws.is_empty())
        .unwrap_or_default()
}

fn measures(scene: &Scene, candidate: &Candidate) -> Vec<Measure> {
    use crate::base::action::ActionType as A;
    if !matches!(
        candidate.kind,
        A::Order | A::FormalNotice | A::Ban | A::Settlement | A::Recall | A::Redress
    ) {
        return Vec::new();
    }
    let range = &scene.sentences[candidate.sentence].range;
    let mut measures: Vec<Measure> = scene
        .document
        .hits_in(range)
        .iter()
        .filter_map(|h| if let Sense::Measure(m) = h.sense { Some(m) } else { None })
        .collect();
    measures.sort_unstable();
    measures.dedup();
    measures
}

/// Returns by when it must be done: "dans un délai de deux mois" is `P2M`.
fn deadline(scene: &Scene, candidate: &Candidate) -> Option<String> {
    let range = &scene.sentences[candidate.sentence].range;
    scene.cues(range, |s| s == Sense::Within).find_map(|hit| {
        let count = number(scene.document, hit.last as usize)?;
        let (_, unit) = scene
            .document
            .longest(count.last, |s| if let Sense::Duration(u) = s { Some(u) } else { None })?;
        let value = count.value.0 / crate::base::money::Exact::ONE;
        let letter = match unit {
            Unit::Hour => return Some(format!("PT{value}H")),
            Unit::Day => 'D',
            Unit::Week => 'W',
            Unit::Month => 'M',
            Unit::Year => 'Y',
            Unit::Person | Unit::Piece => return None,
        };
        Some(format!("P{value}{letter}"))
    })
}

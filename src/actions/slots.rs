//! Fills the slots of a candidate: who acts, who is acted upon, when, how far it got.

use crate::{
    base::action::ActionStatus,
    pack::sense::{Form, Sense},
};

use super::{
    Action,
    candidates::{Candidate, takes_money},
    choice::{self, Choice},
    details, features, lists,
    looks::Look,
    model::Model,
    scene::Scene,
};

/// Returns the actions that a candidate is, the slots filled: one, or one for each country of a list
/// ("by the authorities of France, Italy and Australia"), or one for each target that pays its own.
pub(super) fn fill(scene: &Scene, look: &Look, confidence: f32, model: &Model) -> Vec<Action> {
    let candidate = &look.candidate;
    let action = Action { confidence, ..one(scene, look, model) };
    let countries =
        action.regulator.map_or_else(Vec::new, |actor| lists::countries(scene, candidate, actor));
    if countries.len() >= 2 {
        let of = |country| Action { regulator: Some(country), ..action.clone() };
        return countries.into_iter().map(of).collect();
    }
    let range = &scene.sentences[candidate.sentence].range;
    let each = candidate.amount.is_some()
        && takes_money(candidate.kind)
        && scene.has(range, |s| s == Sense::Each);
    if each && action.targets.len() >= 2 {
        let of = |target: &usize| Action { targets: vec![*target], ..action.clone() };
        return action.targets.iter().map(of).collect();
    }
    vec![action]
}

fn one(scene: &Scene, look: &Look, model: &Model) -> Action {
    let (candidate, regulator, target) = (&look.candidate, &look.actor, &look.target);
    let document = scene.document;
    let sentence = &scene.sentences[candidate.sentence];
    let (status, status_why) = status(scene, candidate, model);
    let date = choice::date(scene, candidate, model);
    let trigger = candidate.trigger.map_or_else(
        || {
            let at = candidate.at(scene);
            document.span(&(at..at + 1))
        },
        |t| document.span(&(t.first..t.last)),
    );
    let form = candidate.trigger.map_or("carried", |t| match t.form {
        Form::Noun => "noun",
        Form::Verb => "verb",
        Form::Passive => "passive",
        Form::Weak => "weak",
    });
    let name = |index: usize| {
        let name = scene.name(index);
        document.span(&(name.first..name.last)).of(document.text).to_owned()
    };
    let day = |index: usize| scene.facts.dates[index].value.clone();
    let why = if scene.explains {
        vec![
            status_why,
            regulator.why("regulator", name),
            target.why("target", name),
            date.why("date", day),
        ]
    } else {
        Vec::new()
    };
    let targets = target.best.map_or_else(Vec::new, |i| lists::with_list(scene, candidate, i));
    Action {
        sentence: document.span(&sentence.range),
        trigger,
        at: candidate.sentence,
        kind: candidate.kind,
        status,
        regulator: regulator.best,
        targets,
        amount: candidate.amount.or_else(|| details::ruled_sum(scene, candidate)),
        date: date.best,
        laws: details::laws(scene, candidate),
        measures: details::measures(scene, candidate),
        deadline: details::deadline(scene, candidate),
        rule: format!("action.{}.{form}", candidate.kind.word()),
        confidence: look.confidence,
        sure: [regulator.sure, target.sure, date.sure],
        why,
    }
}

/// Returns the likeliest status, and what it was weighed against.
fn status(scene: &Scene, candidate: &Candidate, model: &Model) -> (ActionStatus, String) {
    let cues = features::status::cues(scene, candidate);
    let choices = features::status::choices(candidate.kind);
    let scored = choices.iter().enumerate().map(|(number, status)| {
        let features = features::status::of_status(scene, candidate, &cues, *status);
        (model.score(&features), number)
    });
    let choice = Choice::among(scored.collect(), None, |number| number);
    let status = choice.best.and_then(|i| choices.get(i)).copied();
    let word = |i: usize| choices.get(i).map_or("", |s| s.word()).to_owned();
    let why = if scene.explains { choice.why("status", word) } else { String::new() };
    (status.unwrap_or(ActionStatus::Imposed), why)
}

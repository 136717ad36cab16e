//! Fills the slots of a candidate: who acts, who is acted upon, when, how far it got.

use crate::{
    base::action::{ActionStatus, ActionType},
    pack::sense::{Form, Sense},
};

use super::{
    Action,
    candidates::{Candidate, takes_money},
    choice::{Choice, Weigher},
    days::{self, Day},
    denied::is_governed,
    details,
    features::{View, status},
    lists,
    looks::Look,
    model::of_parts,
    own,
};

/// Adds the actions that a candidate is, the slots filled: one, or one for each country of a list
/// ("by the authorities of France, Italy and Australia"), or one for each target that pays its own.
///
/// `others` are the chains that the sentence has other sums for: they are no part of a list that this
/// sum is paid by.
pub(super) fn fill(
    weigher: &mut Weigher,
    look: &Look,
    likely: f32,
    others: &[usize],
    found: &mut Vec<Action>,
) {
    let (scene, candidate) = (weigher.scene, &look.candidate);
    let mut action = Action { likely, ..one(weigher, look) };
    let own = |target: &usize| {
        look.target.best == Some(*target) || !others.contains(&scene.name(*target).chain)
    };
    action.targets.retain(own);
    let countries =
        action.regulator.map_or_else(Vec::new, |actor| lists::countries(scene, candidate, actor));
    if countries.len() >= 2 {
        let of = |country| Action { regulator: Some(country), ..action.clone() };
        found.extend(countries.into_iter().map(of));
        return;
    }
    let range = &scene.sentences[candidate.sentence].range;
    let each = candidate.amount.is_some()
        && takes_money(candidate.kind)
        && action.targets.len() >= 2
        && scene.has(range, |s| matches!(s, Sense::Each));
    if each {
        let of = |target: &usize| Action { targets: vec![*target], ..action.clone() };
        found.extend(action.targets.iter().map(of));
        return;
    }
    found.push(action);
}

fn one(weigher: &mut Weigher, look: &Look) -> Action {
    let (candidate, regulator, target) = (&look.candidate, &look.actor, &look.target);
    let scene = weigher.scene;
    let view = View::new(scene, candidate);
    let document = scene.document;
    let sentence = &scene.sentences[candidate.sentence];
    let (status, status_why) = status(weigher, &view);
    let date = weigher.date(&view);
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
        Form::Outcome => "outcome",
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
            date.why(days::DATE, day),
        ]
    } else {
        Vec::new()
    };
    let targets = target.best.map_or_else(Vec::new, |i| lists::targets(scene, candidate, i));
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
        days: date.shares().map(|(share, date)| Day { date, share }).collect(),
        laws: details::laws(scene, candidate),
        measures: details::measures(scene, candidate),
        deadline: details::deadline(scene, candidate),
        rule: ["action.", candidate.kind.word(), ".", form].concat(),
        confidence: 0.0,
        likely: look.confidence,
        sure: [regulator.sure, target.sure, date.sure],
        rival: target.rival(),
        told: 0,
        agreed: 0,
        why,
    }
}

/// Returns the likeliest status, and what it was weighed against.
fn status(weigher: &Weigher, view: &View) -> (ActionStatus, String) {
    let Candidate { sentence, kind, trigger, .. } = view.candidate;
    let sentence = &weigher.scene.sentences[*sentence].range;
    let is_able = trigger
        .as_ref()
        .is_some_and(|trigger| is_governed(weigher.scene.document, sentence, trigger, Sense::Able));
    // What one may do is not done.
    let choices = status::choices(*kind).iter().copied();
    let choices: Vec<ActionStatus> =
        choices.filter(|status| !is_able || *status != ActionStatus::Imposed).collect();
    let mut sums: Vec<(u8, i32)> = choices.iter().map(|status| (*status as u8, 0)).collect();
    status::of_any(view, |template, a, b| weigher.model.add_each(&mut sums, template, a, b));
    // Of equal ones the first.
    let best = choices.iter().zip(&sums).rev().max_by_key(|(_, (_, parts))| *parts);
    let status = best.map_or(ActionStatus::Imposed, |(status, _)| *status);
    let own = || own::outcome(weigher.scene, &weigher.scene.sentences[view.candidate.sentence]);
    let status = match status {
        ActionStatus::Imposed if *kind == ActionType::Fine => own().unwrap_or(status),
        other => other,
    };
    if !weigher.scene.explains {
        return (status, String::new());
    }
    let mut scored: Vec<_> = sums.iter().map(|(_, parts)| of_parts(*parts)).zip(0..).collect();
    let word = |i: usize| choices.get(i).map_or("", |s| s.word()).to_owned();
    (status, Choice::among(&mut scored, None, |number| number).why("status", word))
}

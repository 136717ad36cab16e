//! Chooses who or what fills a slot: the likeliest of the mentions around, or nobody.
//!
//! Mentions of the same company or authority add up: three unlikely mentions of one beat a single
//! likelier mention of another.

use std::fmt::Write as _;

use crate::{extract::entities::Label, resolve::entities::SettledName};

use super::{
    candidates::Candidate,
    features::{actor, date, target},
    model::{Feature, Model, Template},
    scene::{Scene, is_target},
};

/// Sentences back in which an authority is looked for.
const ACTOR_REACH: usize = 6;
/// Sentences back in which the one acted upon is looked for.
const TARGET_REACH: usize = 8;
/// Sentences back in which the day is looked for.
const DATE_REACH: usize = 2;
/// Mentions that are weighed for one slot; a longer list is a page of links.
const MOST: usize = 48;
/// Choices that an explanation lists.
const EXPLAINED: usize = 4;

/// What was chosen for a slot, and what was not.
pub struct Choice {
    /// The one chosen, if any.
    pub best: Option<usize>,
    /// Its probability.
    pub sure: f32,
    /// All others with their probabilities, the likeliest first; `None` is nobody.
    lost: Vec<(f32, Option<usize>)>,
}

impl Choice {
    /// Chooses among scored items; those that `group` maps to one number add up. `none` is the score
    /// of nobody.
    pub fn among(
        mut scored: Vec<(f32, usize)>,
        none: Option<f32>,
        group: impl Fn(usize) -> usize,
    ) -> Self {
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let most = scored.iter().map(|(s, _)| *s).chain(none).fold(f32::MIN, f32::max);
        // The first of a group is its likeliest item.
        let mut groups: Vec<(usize, f32, usize)> = Vec::new();
        for (score, item) in scored {
            let (weight, number) = ((score - most).exp(), group(item));
            match groups.iter_mut().find(|(known, ..)| *known == number) {
                Some(entry) => entry.1 += weight,
                None => groups.push((number, weight, item)),
            }
        }
        let nobody = none.map(|score| (score - most).exp());
        let total: f32 = groups.iter().map(|g| g.1).sum::<f32>() + nobody.unwrap_or(0.0);
        let mut lost: Vec<(f32, Option<usize>)> =
            groups.iter().map(|(_, weight, item)| (weight / total, Some(*item))).collect();
        lost.extend(nobody.map(|weight| (weight / total, None)));
        lost.sort_by(|a, b| b.0.total_cmp(&a.0));
        if lost.is_empty() {
            return Self { best: None, sure: 0.0, lost };
        }
        let (sure, best) = lost.remove(0);
        Self { best, sure, lost }
    }

    /// Returns the probability of nobody.
    pub fn nobody(&self) -> f32 {
        match self.best {
            None => self.sure,
            Some(_) => self.lost.iter().find(|(_, item)| item.is_none()).map_or(0.0, |lost| lost.0),
        }
    }

    /// Returns the probability of the likeliest one that is somebody.
    pub fn somebody(&self) -> f32 {
        match self.best {
            Some(_) => self.sure,
            None => self.lost.first().map_or(0.0, |lost| lost.0),
        }
    }

    /// Says what was chosen and what lost, for `finewire show`.
    pub fn why(&self, slot: &str, words: impl Fn(usize) -> String) -> String {
        let named = |item: Option<usize>| item.map_or_else(|| "nobody".to_owned(), &words);
        let mut text = format!("{slot}: {} {:.2}", named(self.best), self.sure);
        for (sure, item) in self.lost.iter().take(EXPLAINED).filter(|(sure, _)| *sure >= 0.01) {
            // Writing to a string cannot fail.
            let _ = write!(text, "; not {} {sure:.2}", named(*item));
        }
        text
    }
}

/// By how much somebody is preferred to nobody as authority or target: both slots are far more often
/// filled than not.
fn somebody(model: &Model) -> f32 {
    model.weight(Feature::new(Template::Somebody, 0, 0))
}

/// Mentions of one chain are one choice; what has no chain stands for itself.
fn chain(scene: &Scene, index: usize) -> usize {
    match scene.name(index).chain {
        0 => usize::MAX - index,
        chain => chain,
    }
}

/// Returns the indices of the wanted names from some sentences before a candidate on.
fn near(
    scene: &Scene,
    candidate: &Candidate,
    reach: usize,
    ahead: usize,
    wanted: impl Fn(usize, &SettledName) -> bool,
) -> Vec<usize> {
    let from = scene.sentences[candidate.sentence.saturating_sub(reach)].names.start;
    let last = (candidate.sentence + ahead).min(scene.sentences.len() - 1);
    let to = scene.sentences[last].names.end;
    let sentence = &scene.sentences[candidate.sentence].names;
    let own = sentence.clone().filter(|i| wanted(*i, scene.name(*i)));
    let before = (from..sentence.start).rev().filter(|i| wanted(*i, scene.name(*i)));
    let behind = (sentence.end..to).filter(|i| wanted(*i, scene.name(*i)));
    own.take(MOST).chain(before.take(MOST / 2)).chain(behind.take(MOST / 4)).collect()
}

/// Returns the mentions that may be the authority of a candidate.
pub fn actor_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    let mut choices = near(scene, candidate, ACTOR_REACH, 1, |index, name| {
        // "L'Italie lui avait réclamé 20 millions": a country stands for its authority.
        let country =
            name.label == Label::Loc && name.country.is_some() && sentence.names.contains(&index);
        country
            || (name.label == Label::Regulator
                && (name.regulator.is_some() || name.country.is_some() || name.described))
    });
    if let Some(main) = scene.main_regulator.filter(|m| !choices.contains(m)) {
        choices.push(main);
    }
    choices
}

/// Chooses the authority.
pub fn actor(scene: &Scene, candidate: &Candidate, model: &Model) -> Choice {
    let scored = actor_choices(scene, candidate)
        .into_iter()
        .map(|index| (model.score(&actor::of_actor(scene, candidate, index)), index));
    let none = model.score(&actor::of_none(scene, candidate)) - somebody(model);
    Choice::among(scored.collect(), Some(none), |index| chain(scene, index))
}

/// Returns the mentions that may be acted upon.
pub fn target_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let trigger = candidate.trigger.map_or(0..0, |t| t.first..t.last);
    let mut choices = near(scene, candidate, TARGET_REACH, 1, |_, name| {
        is_target(name) && !(trigger.contains(&name.first) && trigger.contains(&(name.last - 1)))
    });
    if let Some(main) = scene.main_target.filter(|m| !choices.contains(m)) {
        choices.push(main);
    }
    choices
}

/// Chooses the one acted upon.
pub fn target(scene: &Scene, candidate: &Candidate, model: &Model) -> Choice {
    let scored = target_choices(scene, candidate)
        .into_iter()
        .map(|index| (model.score(&target::of_target(scene, candidate, index)), index));
    let none = model.score(&target::of_none(scene, candidate)) - somebody(model);
    Choice::among(scored.collect(), Some(none), |index| chain(scene, index))
}

/// Returns the dates that may be the day of a candidate.
pub fn date_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let from = scene.sentences[candidate.sentence.saturating_sub(DATE_REACH)].dates.start;
    let last = (candidate.sentence + 1).min(scene.sentences.len() - 1);
    let to = scene.sentences[last].dates.end;
    (from..to).filter(|d| scene.facts.dates[*d].days.is_some()).take(MOST).collect()
}

/// Chooses the day.
pub fn date(scene: &Scene, candidate: &Candidate, model: &Model) -> Choice {
    let choices = date_choices(scene, candidate);
    let scored =
        choices.iter().map(|&index| (model.score(&date::of_date(scene, candidate, index)), index));
    let none = model.score(&date::of_none(scene, candidate));
    // The same day said twice is one day.
    let value = |index: usize| &scene.facts.dates[index].value;
    let first = |index: usize| {
        choices.iter().copied().find(|other| value(*other) == value(index)).unwrap_or(index)
    };
    Choice::among(scored.collect(), Some(none), first)
}

//! Chooses who or what fills a slot: the likeliest of the mentions around, or nobody.
//!
//! Mentions of the same company or authority add up: three unlikely mentions of one beat a single
//! likelier mention of another.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::{extract::entities::Label, resolve::entities::SettledName};

use super::{
    candidates::Candidate,
    feature::{Feature, Template},
    features::{
        AWAY, View, actor, date,
        target::{self, Asked},
    },
    model::{Known, Model},
    scene::{Scene, is_target},
};

/// Sentences back in which an authority is looked for.
const ACTOR_REACH: usize = 6;
/// Sentences back in which the one acted upon is looked for.
const TARGET_REACH: usize = 8;
/// Sentences back in which the day is looked for.
const DATE_REACH: usize = 4;
/// Mentions that are weighed for one slot; a longer list is a page of links.
const MOST: usize = 48;
/// Choices that an explanation lists.
const EXPLAINED: usize = 4;

/// What was chosen for a slot, and what was not.
#[derive(Clone)]
pub struct Choice {
    /// The one chosen, if any.
    pub best: Option<usize>,
    /// Its probability.
    pub sure: f32,
    /// All choices with their probabilities; `None` is nobody.
    all: Vec<(f32, Option<usize>)>,
}

impl Choice {
    /// Chooses among scored items; those that `group` maps to one number add up. `none` is the score
    /// of nobody.
    pub fn among(
        mut scored: Vec<(f32, usize)>,
        none: Option<f32>,
        group: impl Fn(usize) -> usize,
    ) -> Self {
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let most = scored.first().map(|(score, _)| *score).into_iter().chain(none);
        let most = most.fold(f32::MIN, f32::max);
        // The first of a group is its likeliest item.
        let mut groups: Vec<(usize, f32, usize)> = Vec::with_capacity(scored.len());
        for (score, item) in scored {
            let (weight, number) = ((score - most).exp(), group(item));
            match groups.iter_mut().find(|(known, ..)| *known == number) {
                Some(entry) => entry.1 += weight,
                None => groups.push((number, weight, item)),
            }
        }
        let nobody = none.map(|score| (score - most).exp());
        let total: f32 = groups.iter().map(|g| g.1).sum::<f32>() + nobody.unwrap_or(0.0);
        let groups = groups.into_iter().map(|(_, weight, item)| (weight, Some(item)));
        let all = groups.chain(nobody.map(|weight| (weight, None)));
        Self::of_shares(all.map(|(weight, item)| (weight / total, item)).collect())
    }

    /// Returns the same choice where what is somebody has `factor` of its probability.
    #[must_use]
    pub fn weighed(&self, factor: impl Fn(usize, f32) -> f32) -> Self {
        let weighed = |(share, item): &(f32, Option<usize>)| {
            (share * item.map_or(1.0, |item| factor(item, *share)), *item)
        };
        let all: Vec<_> = self.all.iter().map(weighed).collect();
        let total: f32 = all.iter().map(|(share, _)| share).sum();
        Self::of_shares(all.into_iter().map(|(share, item)| (share / total, item)).collect())
    }

    fn of_shares(all: Vec<(f32, Option<usize>)>) -> Self {
        let best =
            all.iter().copied().reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (sure, best) = best.unwrap_or((0.0, None));
        Self { best, sure, all }
    }

    /// Returns all choices with their probabilities; `None` is nobody.
    pub fn shares(&self) -> impl Iterator<Item = (f32, Option<usize>)> {
        self.all.iter().copied()
    }

    /// Returns the probability of nobody.
    pub fn nobody(&self) -> f32 {
        self.all.iter().find(|(_, item)| item.is_none()).map_or(0.0, |(share, _)| *share)
    }

    /// Returns the probability of the likeliest one that is somebody.
    pub fn somebody(&self) -> f32 {
        let shares = self.all.iter().filter(|(_, item)| item.is_some()).map(|(share, _)| *share);
        shares.fold(0.0, f32::max)
    }

    /// Returns the probability of the one that comes second.
    pub fn rival(&self) -> f32 {
        let shares =
            self.all.iter().filter(|(_, item)| *item != self.best).map(|(share, _)| *share);
        shares.fold(0.0, f32::max)
    }

    /// Says what was chosen and what lost, for `finewire show`.
    pub fn why(&self, slot: &str, words: impl Fn(usize) -> String) -> String {
        let named = |item: Option<usize>| item.map_or_else(|| "nobody".to_owned(), &words);
        let mut text = format!("{slot}: {} {:.2}", named(self.best), self.sure);
        let mut lost = self.all.clone();
        lost.retain(|(_, item)| *item != self.best);
        lost.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (sure, item) in lost.iter().take(EXPLAINED).filter(|(sure, _)| *sure >= 0.01) {
            // Writing to a string cannot fail.
            let _ = write!(text, "; not {} {sure:.2}", named(*item));
        }
        text
    }
}

/// Weighs the mentions of one article; what is the same for every candidate is added up once.
pub struct Weigher<'w> {
    pub(super) scene: &'w Scene<'w, 'w>,
    pub(super) model: &'w Model,
    targets: Known,
    actors: Known,
    dates: Known,
    /// For each date, the first that has its value.
    days: Vec<usize>,
}

impl<'w> Weigher<'w> {
    /// Begins an article.
    pub fn new(scene: &'w Scene<'w, 'w>, model: &'w Model) -> Self {
        let (names, dates) = (scene.facts.names.len(), &scene.facts.dates);
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        let days = dates.iter().enumerate().map(|(i, d)| *first.entry(&d.value).or_insert(i));
        Self {
            scene,
            model,
            targets: Known::new(names * AWAY),
            actors: Known::new(names * AWAY),
            days: days.collect(),
            dates: Known::new(dates.len() * AWAY),
        }
    }

    /// By how much somebody is preferred to nobody as authority or target: both slots are far more
    /// often filled than not.
    fn somebody(&self) -> f32 {
        self.model.weight(Feature::new(Template::Somebody, 0, 0))
    }

    /// Chooses the authority.
    pub fn actor(&mut self, view: &View) -> Choice {
        let (model, known, scene) = (self.model, &mut self.actors, self.scene);
        let choices = actor_choices(scene, view.candidate).into_iter();
        let scored = choices
            .map(|index| (model.score_known(known, |f| actor::of_actor(view, index, f)), index));
        let scored = scored.collect();
        let none = model.score(|f| actor::of_none(view, f)) - self.somebody();
        Choice::among(scored, Some(none), |index| slot(scene, index))
    }

    /// Chooses the day.
    pub fn date(&mut self, view: &View) -> Choice {
        let (model, known) = (self.model, &mut self.dates);
        let scored = date_choices(self.scene, view.candidate)
            .map(|index| (model.score_known(known, |f| date::of_date(view, index, f)), index));
        let scored = scored.collect();
        let none = model.score(|f| date::of_none(view, f));
        // The same day said twice is one day.
        Choice::among(scored, Some(none), |index| self.days.get(index).copied().unwrap_or(index))
    }

    /// Chooses the one acted upon.
    pub fn target(&mut self, view: &View) -> Choice {
        let (model, known, scene) = (self.model, &mut self.targets, self.scene);
        let asked = Asked::new(view);
        let choices = target_choices(scene, view.candidate).into_iter();
        let scored =
            choices.map(|index| (model.score_known(known, |f| asked.of_target(index, f)), index));
        let scored = scored.collect();
        let none = model.score(|f| target::of_none(view, f)) - self.somebody();
        Choice::among(scored, Some(none), |index| slot(scene, index))
    }
}

/// Mentions of one chain are one choice; what has no chain stands for itself.
pub(super) fn slot(scene: &Scene, index: usize) -> usize {
    match scene.name(index).chain {
        0 => scene.chains() + index,
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

/// Returns the dates that may be the day of a candidate.
pub fn date_choices(scene: &Scene, candidate: &Candidate) -> impl Iterator<Item = usize> {
    let from = scene.sentences[candidate.sentence.saturating_sub(DATE_REACH)].dates.start;
    let last = (candidate.sentence + 1).min(scene.sentences.len() - 1);
    let to = scene.sentences[last].dates.end;
    (from..to).filter(|d| scene.facts.dates[*d].days.is_some()).take(MOST)
}

//! Chooses who or what fills a slot: the likeliest of the mentions around, or nobody.
//!
//! Mentions of the same company or authority add up: three unlikely mentions of one beat a single
//! likelier mention of another.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::{
    base::{action::ActionType, token::Kind},
    extract::entities::Label,
    pack::sense::{Form, Sense},
    resolve::dates::SettledDate,
};

use super::{
    candidates::Candidate,
    feature::{Feature, Template},
    features::{
        View, actor, date, kept,
        sides::Sides,
        target::{self, Asked},
    },
    model::{Known, Model},
    scene::Scene,
};

/// Sentences back in which an authority is looked for.
const ACTOR_REACH: usize = 6;
/// Sentences back in which the one acted upon is looked for.
const TARGET_REACH: usize = 8;
/// Sentences ahead in which the one acted upon is looked for: a headline is told again behind it.
const TARGET_AHEAD: usize = 1;
/// Sentences back in which the day is looked for.
const DATE_REACH: usize = 4;
/// Sentences around a candidate in which a day beside a noun for a decision may be its own.
const DECISION_REACH: usize = 6;
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
    /// All choices with their probabilities.
    all: Vec<Share>,
}

/// The probability of one choice.
#[derive(Clone, Copy)]
struct Share {
    sure: f32,
    /// The item, or [`NOBODY`].
    item: u32,
    /// The number that its items have in common.
    group: u32,
}

/// Stands for nobody among the choices.
const NOBODY: u32 = u32::MAX;

impl Share {
    fn item(&self) -> Option<usize> {
        (self.item != NOBODY).then_some(self.item as usize)
    }
}

impl Choice {
    /// Chooses among scored items; those that `group` maps to one number add up. `none` is the score
    /// of nobody.
    pub fn among(
        scored: &mut [(f32, usize)],
        none: Option<f32>,
        group: impl Fn(usize) -> usize,
    ) -> Self {
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let most = scored.first().map(|(score, _)| *score).into_iter().chain(none);
        let most = most.fold(f32::MIN, f32::max);
        // The first of a group is its likeliest item.
        let mut all: Vec<Share> = Vec::with_capacity(scored.len() + 1);
        for (score, item) in scored {
            let (sure, group) = ((*score - most).exp(), group(*item) as u32);
            match all.iter_mut().find(|known| known.group == group) {
                Some(entry) => entry.sure += sure,
                None => all.push(Share { sure, item: *item as u32, group }),
            }
        }
        let nobody = none.map(|score| (score - most).exp());
        all.extend(nobody.map(|sure| Share { sure, item: NOBODY, group: NOBODY }));
        Self::of_weights(all)
    }

    /// Returns the same choice where what is somebody has `factor` of its probability.
    #[must_use]
    pub fn weighed(&self, mut factor: impl FnMut(usize) -> f32) -> Self {
        let weighed = |share: &Share| Share {
            sure: share.sure * share.item().map_or(1.0, &mut factor),
            ..*share
        };
        Self::of_weights(self.all.iter().map(weighed).collect())
    }

    fn of_weights(mut all: Vec<Share>) -> Self {
        let total: f32 = all.iter().map(|one| one.sure).sum();
        for one in &mut all {
            one.sure /= total;
        }
        let best = all
            .iter()
            .copied()
            .reduce(|best, next| if next.sure > best.sure { next } else { best });
        let (sure, best) = best.map_or((0.0, None), |best| (best.sure, best.item()));
        Self { best, sure, all }
    }

    /// Returns the probabilities of all that are somebody, with the numbers of their groups.
    pub(super) fn groups(&self) -> impl Iterator<Item = (f32, usize)> {
        let somebody = self.all.iter().filter(|one| one.item != NOBODY);
        somebody.map(|one| (one.sure, one.group as usize))
    }

    /// Returns all choices with their probabilities; `None` is nobody.
    pub fn shares(&self) -> impl Iterator<Item = (f32, Option<usize>)> {
        self.all.iter().map(|one| (one.sure, one.item()))
    }

    /// Returns the probability of nobody.
    pub fn nobody(&self) -> f32 {
        self.all.iter().find(|one| one.item == NOBODY).map_or(0.0, |one| one.sure)
    }

    /// Returns the probability of the likeliest one that is somebody.
    pub fn somebody(&self) -> f32 {
        self.groups().map(|(share, _)| share).fold(0.0, f32::max)
    }

    /// Returns the probability of the one that comes second.
    pub fn rival(&self) -> f32 {
        let others = self.shares().filter(|(_, item)| *item != self.best);
        others.map(|(share, _)| share).fold(0.0, f32::max)
    }

    /// Says what was chosen and what lost, for `finewire show`.
    pub fn why(&self, slot: &str, words: impl Fn(usize) -> String) -> String {
        let named = |item: Option<usize>| item.map_or_else(|| "nobody".to_owned(), &words);
        let mut text = format!("{slot}: {} {:.2}", named(self.best), self.sure);
        let mut lost: Vec<_> = self.shares().filter(|(_, item)| *item != self.best).collect();
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
    /// Room for the mentions of one slot.
    scored: Vec<(f32, usize)>,
}

impl<'w> Weigher<'w> {
    /// Begins an article.
    pub fn new(scene: &'w Scene<'w, 'w>, model: &'w Model) -> Self {
        let (names, dates) = (scene.facts.names.len(), &scene.facts.dates);
        let kept = kept(scene);
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        let days = dates.iter().enumerate().map(|(i, d)| *first.entry(&d.value).or_insert(i));
        Self {
            scene,
            model,
            targets: Known::new(names * kept),
            actors: Known::new(names * kept),
            days: days.collect(),
            dates: Known::new(dates.len() * kept),
            scored: Vec::new(),
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
        let mut score = |index| model.score_known(known, |f| actor::of_actor(view, index, f));
        self.scored.clear();
        let choices = actor_choices(scene, view.candidate);
        self.scored.extend(choices.into_iter().map(|index| (score(index), index)));
        let none = model.score(|f| actor::of_none(view, f)) - self.somebody();
        Choice::among(&mut self.scored, Some(none), |index| slot(scene, index))
    }

    /// Chooses the day.
    pub fn date(&mut self, view: &View) -> Choice {
        let (model, known) = (self.model, &mut self.dates);
        let mut score = |index| model.score_known(known, |f| date::of_date(view, index, f));
        self.scored.clear();
        let choices = date_choices(self.scene, view.candidate);
        self.scored.extend(choices.map(|index| (score(index), index)));
        let none = model.score(|f| date::of_none(view, f));
        // The same day said twice is one day.
        let day = |index: usize| self.days.get(index).copied().unwrap_or(index);
        Choice::among(&mut self.scored, Some(none), day)
    }

    /// Chooses the one acted upon.
    pub fn target(&mut self, view: &View) -> Choice {
        let (model, known, scene) = (self.model, &mut self.targets, self.scene);
        let asked = Asked::new(view);
        let mut score = |index| model.score_known(known, |f| asked.of_target(index, f));
        self.scored.clear();
        let choices = target_choices(scene, view.candidate);
        self.scored.extend(choices.into_iter().map(|index| (score(index), index)));
        let none = model.score(|f| target::of_none(view, f)) - self.somebody();
        Choice::among(&mut self.scored, Some(none), |index| slot(scene, index))
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
    wanted: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let from = scene.sentences[candidate.sentence.saturating_sub(reach)].names.start;
    let last = (candidate.sentence + ahead).min(scene.sentences.len() - 1);
    let to = scene.sentences[last].names.end;
    let sentence = &scene.sentences[candidate.sentence].names;
    let mut all = Vec::with_capacity((to - from).min(2 * MOST) + 1);
    all.extend(sentence.clone().filter(|i| wanted(*i)).take(MOST));
    all.extend((from..sentence.start).rev().filter(|i| wanted(*i)).take(MOST / 2));
    all.extend((sentence.end..to).filter(|i| wanted(*i)).take(MOST / 4));
    all
}

/// Returns the mentions that may be the authority of a candidate.
pub fn actor_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    // A complaint is told to the authority.
    let others = scene.regulators_in(&sentence.names) > 1;
    let fined = sentence.names.clone().find(|i| is_all_told(scene, candidate, *i));
    let is_fined = |index| fined.is_some_and(|of| scene.name(of).chain == scene.name(index).chain);
    let is_authority = |index| {
        scene.may_act(index) && !(others && is_subject(scene, candidate, index)) && !is_fined(index)
            || candidate.kind == ActionType::Complaint
                && scene.name(index).label == Label::Regulator
    };
    let mut choices = near(scene, candidate, ACTOR_REACH, 1, |index| {
        let name = scene.name(index);
        // "L'Italie lui avait réclamé 20 millions": a country stands for its authority.
        let country =
            name.label == Label::Loc && name.country.is_some() && sentence.names.contains(&index);
        country || is_authority(index)
    });
    if let Some(main) = scene.main_regulator.filter(|m| !choices.contains(m) && !is_fined(*m)) {
        choices.push(main);
    }
    choices
}

/// Returns the mentions that may be acted upon.
pub fn target_choices(scene: &Scene, candidate: &Candidate) -> Vec<usize> {
    let trigger = candidate.trigger.map_or(0..0, |t| t.first..t.last);
    let mut choices = near(scene, candidate, TARGET_REACH, TARGET_AHEAD, |index| {
        let name = scene.name(index);
        (scene.may_be_target(index) || is_authority_acted_on(scene, candidate, index))
            && !(trigger.contains(&name.first) && trigger.contains(&(name.last - 1)))
    });
    if let Some(main) = scene.main_target.filter(|m| !choices.contains(m)) {
        choices.push(main);
    }
    choices
}

/// Returns whether a mention is an authority on which another acts in this sentence: "against the ministry", "the
/// tax office must pay".
fn is_authority_acted_on(scene: &Scene, candidate: &Candidate, index: usize) -> bool {
    let name = scene.name(index);
    let sentence = &scene.sentences[candidate.sentence];
    if name.label != Label::Regulator
        || name.described
        || name.court
        || !sentence.names.contains(&index)
    {
        return false;
    }
    scene.document.is_acted_upon(name.first, name.last)
        || is_subject(scene, candidate, index)
        || is_all_told(scene, candidate, index)
}

/// Returns whether a mention and the verb of a fine right behind it are the whole sentence, which so tells who was
/// fined: "Belastingdienst beboet".
fn is_all_told(scene: &Scene, candidate: &Candidate, index: usize) -> bool {
    let (document, name) = (scene.document, scene.name(index));
    let range = &scene.sentences[candidate.sentence].range;
    candidate.kind == ActionType::Fine
        && candidate.trigger.is_some_and(|trigger| {
            trigger.form == Form::Verb
                && (range.start, name.last) == (name.first, trigger.first)
                && (trigger.last..range.end).all(|at| document.kind(at) == Kind::Mark)
        })
}

/// Returns whether a mention stands before a word that acts upon its subject, no other name between: "the tax office must
/// pay", "the council escaped with a reprimand".
fn is_subject(scene: &Scene, candidate: &Candidate, index: usize) -> bool {
    let (document, name) = (scene.document, scene.name(index));
    let sentence = &scene.sentences[candidate.sentence];
    let Some(trigger) = candidate.trigger.filter(|trigger| name.last <= trigger.first) else {
        return false;
    };
    // Names are in order: the next one tells whether any stands between.
    let next = scene.facts.names.get(index + 1);
    if !sentence.names.contains(&index) || next.is_some_and(|next| next.first < trigger.first) {
        return false;
    }
    let between = name.last..trigger.first;
    let is_passive = trigger.form == Form::Passive
        || trigger.form == Form::Noun
            && document.hits_in(&between).iter().any(|hit| hit.sense == Sense::LightPassive);
    is_passive && !document.hits_before(name.first).any(|hit| hit.sense == Sense::Agent)
}

/// Returns the dates that may be the day of a candidate.
pub fn date_choices(scene: &Scene, candidate: &Candidate) -> impl Iterator<Item = usize> {
    let own = candidate.sentence;
    let of = |reach: usize, ahead: usize| {
        let last = (own + ahead).min(scene.sentences.len() - 1);
        scene.sentences[own.saturating_sub(reach)].dates.start..scene.sentences[last].dates.end
    };
    let near = of(DATE_REACH, 1);
    let is_day = |date: &SettledDate| date.days.is_some() || is_of_no_year(&date.value);
    let is_decided = |date: usize| scene.date_sides().get(date).is_some_and(Sides::is_decided);
    of(DECISION_REACH, DECISION_REACH)
        .filter(move |date| near.contains(date) || is_decided(*date))
        .filter(move |date| is_day(&scene.facts.dates[*date]))
        .take(MOST)
}

/// Returns whether a TIMEX3 value is a month or day of a year that nothing tells: "XXXX-10-20", but no "XXXX-WXX-4".
fn is_of_no_year(value: &str) -> bool {
    value
        .strip_prefix("XXXX-")
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}

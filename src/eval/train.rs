//! Learns the weights of the action models from annotated articles.
//!
//! Every model chooses: whether a candidate is an action or none, which mention fills a slot or
//! nobody, which status holds. A candidate is an example by where its annotated evidence stands and
//! which sum it has; a mention is one by the annotated name.

use std::collections::BTreeSet;

use finewire::{
    actions::{
        candidates::{self, Candidate, takes_money},
        choice,
        features::{actor, date, exists, status, target},
        model::{Feature, Model, Template},
        scene::Scene,
    },
    base::span::Span,
    ingest::raw::RawArticle,
    pipeline::{Engine, Scratch},
};

use rustc_hash::FxHashMap;

use super::{
    descend::{Alternative, Group, Learning, descend},
    gold::{GoldAction, GoldArticle},
    names::{FoundRegulator, GoldRegulator, same, same_regulator},
    score::DAY_CHARS,
};

/// Weight of a candidate whose annotated name or day no mention near it gives: nobody is the better
/// answer then, though not a right one.
const UNREACHED: f32 = 0.3;

/// Examples of all models.
#[derive(Default)]
pub(crate) struct Examples {
    /// Whether a candidate is an action.
    candidates: Vec<Group>,
    /// Who acts.
    actors: Vec<Group>,
    /// Who is acted upon.
    targets: Vec<Group>,
    /// When.
    dates: Vec<Group>,
    /// How far it got.
    statuses: Vec<Group>,
    /// Annotated actions, and those of them that have a candidate.
    reach: (usize, usize),
    /// The others, as lines that a person reads.
    unreached: Vec<String>,
}

/// How many of the slots to fill have the right filler among their choices.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reach {
    /// Slots.
    pub(crate) all: usize,
    /// With the right filler among the choices, nobody included.
    pub(crate) reached: usize,
}

impl Examples {
    /// Adds the examples of one article.
    pub(crate) fn add(
        &mut self,
        engine: &Engine,
        raw: &RawArticle,
        gold: &GoldArticle,
        how: &Learning,
    ) {
        engine.study(raw, &mut Scratch::default(), |scene| self.study(scene, gold, how));
    }

    fn study(&mut self, scene: &Scene, gold: &GoldArticle, how: &Learning) {
        let places: Vec<Option<Span>> =
            gold.actions.iter().map(|g| place(scene.document.text, &g.evidence)).collect();
        let mut reached = BTreeSet::new();
        for candidate in candidates::all(scene) {
            let (right, weight) = match judge(scene, &candidate, gold, &places) {
                Verdict::Unclear => continue,
                Verdict::Wrong => (None, 1.0),
                // A missed action costs more than a doubtful row, which its confidence marks.
                Verdict::Right(index) => (Some(index), how.missed),
            };
            let features = exists::of_candidate(scene, &candidate);
            self.candidates.push(Group {
                alternatives: vec![
                    Alternative { features, right: right.is_some() },
                    Alternative { features: Vec::new(), right: right.is_none() },
                ],
                weight,
            });
            if let Some(index) = right {
                reached.insert(index);
                self.slots(scene, &candidate, &gold.actions[index]);
            }
        }
        self.reach.0 += gold.actions.iter().filter(|g| !g.optional).count();
        self.reach.1 += reached.len();
        for (index, action) in
            gold.actions.iter().enumerate().filter(|(i, g)| !reached.contains(i) && !g.optional)
        {
            let sentences = scene.sentences.iter().filter(|s| {
                places[index].is_some_and(|p| p.overlaps(&scene.document.span(&s.range)))
            });
            let words: Vec<String> = sentences
                .flat_map(|s| &s.triggers)
                .map(|t| {
                    format!(
                        "{}: {}",
                        t.kind.word(),
                        scene.document.span(&(t.first..t.last)).of(scene.document.text)
                    )
                })
                .collect();
            let sum = action
                .amount
                .as_ref()
                .map_or(String::new(), |a| format!(" {} {}", a.value, a.currency));
            self.unreached.push(format!(
                "{} {} {}{sum} | {} | {}",
                gold.id,
                action.r#type,
                action.status,
                action.evidence,
                words.join(", ")
            ));
        }
    }

    fn slots(&mut self, scene: &Scene, candidate: &Candidate, gold: &GoldAction) {
        self.actors.push(actors(scene, candidate, gold));
        self.targets.push(targets(scene, candidate, gold));
        self.dates.push(dates(scene, candidate, gold));
        let cues = status::cues(scene, candidate);
        let statuses = status::choices(candidate.kind).iter().map(|is| Alternative {
            features: status::of_status(scene, candidate, &cues, *is),
            right: is.word() == gold.status,
        });
        self.statuses.push(Group { alternatives: statuses.collect(), weight: 1.0 });
    }

    /// Learns the weights of all models.
    pub(crate) fn learn(&self, how: &Learning) -> Model {
        let groups = [&self.candidates, &self.actors, &self.targets, &self.dates, &self.statuses];
        let mut weights: FxHashMap<Feature, f32> =
            groups.into_iter().flat_map(|groups| descend(groups, how)).collect();
        weights.insert(Feature::new(Template::Coherence, 0, 0), how.coherence);
        weights.insert(Feature::new(Template::Somebody, 0, 0), how.somebody);
        Model::new(weights)
    }

    /// Returns how many examples there are of candidates, and of each slot to fill.
    pub(crate) fn counts(&self) -> [usize; 2] {
        [self.candidates.len(), self.targets.len()]
    }

    /// Returns of how many authorities, targets and days the right one is among the choices.
    pub(crate) fn reaches(&self) -> [Reach; 3] {
        [&self.actors, &self.targets, &self.dates].map(|groups| Reach {
            all: groups.len(),
            reached: groups.iter().filter(|g| g.weight > UNREACHED).count(),
        })
    }

    /// Returns the annotated actions that have no candidate, with the words that their sentences do have.
    pub(crate) fn unreached(&self) -> &[String] {
        &self.unreached
    }

    /// Returns the share of annotated actions that have a candidate: what no weights can better.
    pub(crate) fn reach(&self) -> f64 {
        self.reach.1 as f64 / self.reach.0.max(1) as f64
    }
}

/// Makes a group of mentions and nobody; nobody is right where no mention is.
fn group(mut alternatives: Vec<Alternative>, none: Vec<Feature>, stated: bool) -> Group {
    let found = alternatives.iter().any(|a| a.right);
    alternatives.push(Alternative { features: none, right: !found });
    Group { alternatives, weight: if found || !stated { 1.0 } else { UNREACHED } }
}

fn actors(scene: &Scene, candidate: &Candidate, gold: &GoldAction) -> Group {
    let country = gold.regulator_country.as_deref();
    let wanted = GoldRegulator { name: gold.regulator.as_deref(), country };
    let stated = wanted.name.is_some() || wanted.country.is_some();
    let choices = choice::actor_choices(scene, candidate);
    let is = |index: usize, strict: bool| {
        let name = scene.name(index);
        let country = name.country.map(|c| c.code().to_owned());
        let found = FoundRegulator {
            id: name.id.as_deref().filter(|_| name.regulator.is_some()),
            name: Some(name.name.as_str()),
            country: country.as_deref().filter(|_| !strict),
        };
        stated && same_regulator(wanted, found)
    };
    // Another body of the same country is right only where the named one is not among the choices.
    let strict = wanted.name.is_some() && choices.iter().any(|index| is(*index, true));
    let alternatives = choices.iter().map(|&index| Alternative {
        features: actor::of_actor(scene, candidate, index),
        right: is(index, strict),
    });
    group(alternatives.collect(), actor::of_none(scene, candidate), stated)
}

fn targets(scene: &Scene, candidate: &Candidate, gold: &GoldAction) -> Group {
    let is = |index: usize| {
        let name = scene.name(index).name.as_str();
        gold.target.as_deref().is_some_and(|t| {
            same(Some(t), Some(name)) || t.split(", ").any(|t| same(Some(t), Some(name)))
        })
    };
    let alternatives = choice::target_choices(scene, candidate).into_iter().map(|index| {
        Alternative { features: target::of_target(scene, candidate, index), right: is(index) }
    });
    let none = target::of_none(scene, candidate);
    group(alternatives.collect(), none, gold.target.is_some())
}

fn dates(scene: &Scene, candidate: &Candidate, gold: &GoldAction) -> Group {
    let is = |index: usize| {
        let value = scene.facts.dates[index].value.chars().take(DAY_CHARS);
        gold.date.as_deref().is_some_and(|date| value.eq(date.chars()))
    };
    let alternatives = choice::date_choices(scene, candidate).into_iter().map(|index| {
        Alternative { features: date::of_date(scene, candidate, index), right: is(index) }
    });
    group(alternatives.collect(), date::of_none(scene, candidate), gold.date.is_some())
}

enum Verdict {
    Right(usize),
    Wrong,
    Unclear,
}

fn place(text: &str, evidence: &str) -> Option<Span> {
    let start = text.find(evidence.trim())?;
    Some(Span::new(start, start + evidence.trim().len()))
}

fn judge(
    scene: &Scene,
    candidate: &Candidate,
    gold: &GoldArticle,
    places: &[Option<Span>],
) -> Verdict {
    let sentence = &scene.sentences[candidate.sentence];
    let span = scene.document.span(&sentence.range);
    let word = candidate.kind.word();
    let typed = |g: &GoldAction| g.r#type == word || g.also.iter().any(|t| t == word);
    let here = |i: usize| places[i].is_some_and(|p| p.overlaps(&span));
    let named = |g: &GoldAction| {
        sentence
            .names
            .clone()
            .any(|i| g.target.is_some() && same(g.target.as_deref(), Some(&scene.name(i).name)))
    };
    let mut unclear = false;
    let mut best: Option<(u32, usize)> = None;
    for (index, action) in gold.actions.iter().enumerate().filter(|(_, g)| typed(g)) {
        if let Some(amount) = candidate.amount {
            if is_sum(scene, action, amount) {
                // Several actions may have the same sum: the one told here, on someone named here.
                let rank = 2 * u32::from(here(index)) + u32::from(named(action));
                if best.is_none_or(|(known, _)| rank > known) {
                    best = Some((rank, index));
                }
            }
            continue;
        }
        if !here(index) {
            // Told again, perhaps: the headline of a dispatch names its action, and a later sentence
            // goes back to it.
            unclear |= candidate.sentence == 0 && !takes_money(candidate.kind) || named(action);
            continue;
        }
        let sum_here = sentence.amounts.clone().any(|a| is_sum(scene, action, a));
        if takes_money(candidate.kind) && sum_here && !action.optional {
            unclear = true;
        } else if best.is_none() {
            best = Some((0, index));
        }
    }
    match best {
        Some((_, index)) if gold.actions[index].optional => Verdict::Unclear,
        Some((_, index)) => Verdict::Right(index),
        None if unclear => Verdict::Unclear,
        None => Verdict::Wrong,
    }
}

fn is_sum(scene: &Scene, gold: &GoldAction, amount: usize) -> bool {
    let (stated, currency) = &scene.facts.amounts[amount];
    gold.amount.as_ref().zip(stated.high).is_some_and(|(gold, value)| {
        let value = value.to_f64();
        gold.currency == currency.code() && (gold.value - value).abs() <= 1e-6 * value
    })
}

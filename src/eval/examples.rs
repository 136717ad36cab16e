//! What an annotated article teaches the models of the first look, each by itself.
//!
//! Every model chooses: whether a candidate is an action or none, which mention fills a slot or
//! nobody, which status holds. A mention is right by the annotated name.

use std::collections::BTreeSet;

use finewire::{
    actions::{
        candidates::{self, Candidate},
        choice,
        feature::Feature,
        features::{View, actor, date, exists, status, target},
        scene::Scene,
    },
    extract::entities::Label,
    ingest::raw::RawArticle,
    pipeline::{Engine, Scratch},
    resolve::entities::SettledName,
};

use super::{
    antecedents,
    descend::{Alternative, Group, Learning},
    gold::{GoldAction, GoldArticle},
    judge::{self, Verdict, judge},
    names::{FoundRegulator, GoldRegulator, same, same_regulator},
    score::DAY_CHARS,
};

/// Weight of a candidate whose annotated name or day no mention near it gives: nobody is the better
/// answer then, though not a right one.
pub(super) const UNREACHED: f32 = 0.3;

/// Examples of all models.
#[derive(Default)]
pub(crate) struct Examples {
    /// Whether a candidate is an action.
    pub(super) candidates: Vec<Group>,
    /// Who acts.
    pub(super) actors: Vec<Group>,
    /// Who is acted upon.
    pub(super) targets: Vec<Group>,
    /// When.
    pub(super) dates: Vec<Group>,
    /// How far it got.
    pub(super) statuses: Vec<Group>,
    /// For whom "the company" stands.
    pub(super) antecedents: Vec<Group>,
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
    /// Returns the examples of one article.
    fn of(engine: &Engine, raw: &RawArticle, gold: &GoldArticle, how: &Learning) -> Self {
        let mut own = Self::default();
        let study = |scene: &Scene| own.study(scene, gold, how);
        engine.study(raw, &mut Scratch::default(), study);
        own
    }

    fn study(&mut self, scene: &Scene, gold: &GoldArticle, how: &Learning) {
        let places = judge::places(scene, gold);
        self.antecedents = antecedents::groups(scene, gold, &places);
        let mut reached = BTreeSet::new();
        // An action by an authority that is not recognised would teach that nobody need act.
        let acts = |name: &SettledName| name.label == Label::Regulator;
        if gold.types_only && !gold.actions.is_empty() && !scene.facts.names.iter().any(acts) {
            return;
        }
        for candidate in candidates::all(scene) {
            let (right, weight) = match judge(scene, &candidate, gold, &places) {
                Verdict::Unclear => continue,
                Verdict::Wrong => (None, how.extra(gold)),
                // A missed action costs more than a doubtful row, which its confidence marks.
                Verdict::Right(index) => (Some(index), how.missed(gold)),
            };
            let features = told(|f| exists::of_candidate(&View::new(scene, &candidate), f));
            self.candidates.push(Group {
                alternatives: vec![
                    Alternative { features, right: right.is_some(), base: 0.0 },
                    Alternative { features: Vec::new(), right: right.is_none(), base: 0.0 },
                ],
                weight,
            });
            if let Some(index) = right {
                reached.insert(index);
                if !gold.types_only {
                    self.slots(scene, &candidate, &gold.actions[index]);
                }
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
        let view = View::new(scene, candidate);
        let statuses = status::choices(candidate.kind).iter().map(|is| Alternative {
            features: status::of_status(&view, *is),
            right: is.word() == gold.status,
            base: 0.0,
        });
        self.statuses.push(Group { alternatives: statuses.collect(), weight: 1.0 });
    }
}

/// One article to learn from.
pub(crate) struct Lesson<'g> {
    pub(super) raw: RawArticle,
    pub(super) gold: &'g GoldArticle,
    pub(super) first: Examples,
}

impl<'g> Lesson<'g> {
    /// Works out the examples of an article.
    pub(crate) fn new(
        engine: &Engine,
        raw: RawArticle,
        gold: &'g GoldArticle,
        how: &Learning,
    ) -> Self {
        let first = Examples::of(engine, &raw, gold, how);
        Self { raw, gold, first }
    }

    /// Returns whether there is anything to learn from it: from a short text only where it has candidates.
    pub(crate) fn is_of_use(&self) -> bool {
        !self.gold.types_only || !self.first.candidates.is_empty()
    }
}

/// What all lessons hold.
pub(crate) struct Counts {
    /// Candidates, and those of them that are actions.
    pub(crate) examples: [usize; 2],
    /// Of how many authorities, targets and days the right one is among the choices.
    pub(crate) reaches: [Reach; 3],
    /// The share of annotated actions that have a candidate: what no weights can better.
    pub(crate) reach: f64,
    /// The others, with the words that their sentences do have.
    pub(crate) unreached: Vec<String>,
}

impl Counts {
    /// Counts over all lessons.
    pub(crate) fn of(lessons: &[Lesson]) -> Self {
        let all = || lessons.iter().map(|lesson| &lesson.first);
        let reach = |of: fn(&Examples) -> &Vec<Group>| {
            let groups = || all().flat_map(of);
            let reached = groups().filter(|g| g.weight > UNREACHED).count();
            Reach { all: groups().count(), reached }
        };
        let annotated: usize = all().map(|e| e.reach.0).sum();
        let reached: usize = all().map(|e| e.reach.1).sum();
        Self {
            examples: [
                all().map(|e| e.candidates.len()).sum(),
                all().map(|e| e.targets.len()).sum(),
            ],
            reaches: [reach(|e| &e.actors), reach(|e| &e.targets), reach(|e| &e.dates)],
            reach: reached as f64 / annotated.max(1) as f64,
            unreached: all().flat_map(|e| &e.unreached).cloned().collect(),
        }
    }
}

/// Returns whether a name is the one that is acted upon, or one of them.
pub(super) fn names_target(scene: &Scene, index: usize, gold: &GoldAction) -> bool {
    let name = scene.name(index).name.as_str();
    gold.target.as_deref().is_some_and(|t| {
        same(Some(t), Some(name)) || t.split(", ").any(|t| same(Some(t), Some(name)))
    })
}

/// Returns the features that `tell` tells.
pub(super) fn told(tell: impl FnOnce(&mut Vec<Feature>)) -> Vec<Feature> {
    let mut features = Vec::new();
    tell(&mut features);
    features
}

/// Makes a group of mentions and nobody; nobody is right where no mention is.
fn group(mut alternatives: Vec<Alternative>, none: Vec<Feature>, stated: bool) -> Group {
    let found = alternatives.iter().any(|a| a.right);
    alternatives.push(Alternative { features: none, right: !found, base: 0.0 });
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
    let view = View::new(scene, candidate);
    let alternatives = choices.iter().map(|&index| Alternative {
        features: told(|f| actor::of_actor(&view, index, f)),
        right: is(index, strict),
        base: 0.0,
    });
    group(alternatives.collect(), told(|f| actor::of_none(&view, f)), stated)
}

fn targets(scene: &Scene, candidate: &Candidate, gold: &GoldAction) -> Group {
    let view = View::new(scene, candidate);
    let asked = target::Asked::new(&view);
    let alternatives =
        choice::target_choices(scene, candidate).into_iter().map(|index| Alternative {
            features: told(|f| asked.of_target(index, f)),
            right: names_target(scene, index, gold),
            base: 0.0,
        });
    let none = told(|f| target::of_none(&view, f));
    group(alternatives.collect(), none, gold.target.is_some())
}

fn dates(scene: &Scene, candidate: &Candidate, gold: &GoldAction) -> Group {
    let is = |index: usize| {
        let value = scene.facts.dates[index].value.chars().take(DAY_CHARS);
        gold.date.as_deref().is_some_and(|date| value.eq(date.chars()))
    };
    let view = View::new(scene, candidate);
    let alternatives = choice::date_choices(scene, candidate).map(|index| {
        let features = told(|f| date::of_date(&view, index, f));
        Alternative { features, right: is(index), base: 0.0 }
    });
    group(alternatives.collect(), told(|f| date::of_none(&view, f)), gold.date.is_some())
}

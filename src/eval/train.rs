//! Learns the weights of the action models from annotated articles.
//!
//! Every model chooses: whether a candidate is an action or none, which mention fills a slot or
//! nobody, which status holds. A candidate is an example by where its annotated evidence stands and
//! which sum it has; a mention is one by the annotated name.

use std::{collections::BTreeSet, fmt::Write as _};

use finewire::{
    actions::{
        Action,
        candidates::{self, Candidate, takes_money},
        choice,
        feature::{Feature, Template},
        features::{View, actor, again, date, exists, shared::Shared, status, target},
        looks::{Look, Looks},
        model::Model,
        scene::Scene,
        trust,
    },
    base::span::Span,
    dataset::record::Record,
    ingest::raw::RawArticle,
    pipeline::{Engine, Scratch},
};

use rustc_hash::FxHashMap;

use super::{
    descend::{Alternative, Group, Learning, descend},
    gold::{GoldAction, GoldArticle},
    names::{FoundRegulator, GoldRegulator, same, same_regulator},
    score::{self, DAY_CHARS},
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
    /// Returns the examples of one article.
    fn of(engine: &Engine, raw: &RawArticle, gold: &GoldArticle, how: &Learning) -> Self {
        let mut own = Self::default();
        let study = |scene: &Scene| own.study(scene, gold, how);
        engine.study(raw, &mut Scratch::default(), study);
        own
    }

    fn study(&mut self, scene: &Scene, gold: &GoldArticle, how: &Learning) {
        let places: Vec<Option<Span>> =
            gold.actions.iter().map(|g| place(scene.document.text, &g.evidence)).collect();
        let mut reached = BTreeSet::new();
        for candidate in candidates::all(scene) {
            let (right, weight) = match judge(scene, &candidate, gold, &places) {
                Verdict::Unclear => continue,
                Verdict::Wrong => (None, how.extra(gold.actions.len())),
                // A missed action costs more than a doubtful row, which its confidence marks.
                Verdict::Right(index) => (Some(index), how.missed),
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
    raw: RawArticle,
    gold: &'g GoldArticle,
    first: Examples,
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

/// Parts that lessons are split into, so that the second look learns from first looks at articles
/// that the weights do not know.
const PARTS: usize = 3;

/// Learns the weights of all models.
pub(crate) fn teach(engine: &Engine, lessons: &[&Lesson], how: &Learning) -> Model {
    let own = |part: usize| lessons.iter().skip(part).step_by(PARTS);
    let mut shared: Vec<Group> = Vec::new();
    let mut parts = Vec::with_capacity(PARTS);
    for part in 0..PARTS {
        let others = lessons.iter().enumerate().filter(|(place, _)| place % PARTS != part);
        let weights = first(&others.map(|(_, lesson)| *lesson).collect::<Vec<_>>(), how);
        let model = Model::new(weights.clone());
        for lesson in own(part) {
            let look = |scene: &Scene| shared.extend(together(scene, lesson.gold, &model, how));
            engine.study(&lesson.raw, &mut Scratch::default(), look);
        }
        parts.push(weights);
    }
    let shared = descend(&shared.iter().collect::<Vec<_>>(), how);
    let mut again: Vec<Group> = Vec::new();
    for (part, weights) in parts.iter_mut().enumerate() {
        weights.extend(shared.iter().copied());
        let model = Model::new(weights.clone());
        for lesson in own(part) {
            let look = |scene: &Scene| again.extend(second(scene, lesson.gold, &model, how));
            engine.study(&lesson.raw, &mut Scratch::default(), look);
        }
    }
    let again = descend(&again.iter().collect::<Vec<_>>(), how);
    let mut rows: Vec<Group> = Vec::new();
    for (part, mut weights) in parts.into_iter().enumerate() {
        weights.extend(again.iter().copied());
        let model = Model::new(weights);
        for lesson in own(part) {
            let look = |scene: &Scene, actions: &[Action], record: &Record| {
                rows.extend(believed(scene, actions, (lesson.gold, record)));
            };
            engine.trial(&lesson.raw, &model, look);
        }
    }
    let mut weights = first(lessons, how);
    weights.extend(shared);
    weights.extend(again);
    weights.extend(descend(&rows.iter().collect::<Vec<_>>(), how));
    weights.insert(Feature::new(Template::TrustLeast, 0, 0), how.least);
    Model::new(weights)
}

/// Returns what the confidence of an article's rows learns from.
fn believed(
    scene: &Scene,
    actions: &[Action],
    (gold, record): (&GoldArticle, &Record),
) -> Vec<Group> {
    let group = |(index, right): (usize, bool)| {
        let features = told(|f| trust::of_row(scene, actions, index, f));
        Group {
            alternatives: vec![
                Alternative { features, right, base: 0.0 },
                Alternative { features: Vec::new(), right: !right, base: 0.0 },
            ],
            weight: 1.0,
        }
    };
    score::judged(gold, record).into_iter().map(group).collect()
}

/// A question of the first look by its name, and where an article's examples of it stand.
type Question = (&'static str, fn(&Examples) -> &Vec<Group>);

/// Scores the questions of the first look each alone, by cross-validation: far cheaper than whole rows,
/// and what a feature is worth shows earlier.
pub(crate) fn alone(lessons: &[Lesson], folds: &[usize], how: &Learning) -> String {
    let kinds: [Question; 3] =
        [("exists", |e| &e.candidates), ("authority", |e| &e.actors), ("target", |e| &e.targets)];
    let mut table = String::from("question   loss  right\n");
    for (name, groups) in kinds {
        let (mut loss, mut right, mut all) = (0.0, 0.0, 0.0_f64);
        for fold in 0..folds.iter().max().map_or(0, |last| last + 1) {
            let held = |index: usize| folds.get(index) == Some(&fold);
            let of = |wanted: bool| {
                let own = lessons.iter().enumerate().filter(move |(i, _)| held(*i) == wanted);
                own.flat_map(|(_, lesson)| groups(&lesson.first)).collect::<Vec<&Group>>()
            };
            let model: FxHashMap<Feature, f32> = descend(&of(false), how).into_iter().collect();
            for group in of(true).into_iter().filter(|group| group.weight > UNREACHED) {
                let share = share_of_right(group, &model);
                loss -= f64::from(share.max(1e-6).ln());
                right += if share > 0.5 { 1.0 } else { 0.0 };
                all += 1.0;
            }
        }
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{name:9} {:.4} {:.4}", loss / all.max(1.0), right / all.max(1.0));
    }
    table
}

/// Returns the probability of the right alternatives of a group.
fn share_of_right(group: &Group, model: &FxHashMap<Feature, f32>) -> f32 {
    let weight = |feature: &Feature| model.get(feature).copied().unwrap_or(0.0);
    let score = |a: &Alternative| {
        let features: BTreeSet<&Feature> = a.features.iter().collect();
        a.base + features.into_iter().map(weight).sum::<f32>()
    };
    let scores: Vec<(f32, bool)> = group.alternatives.iter().map(|a| (score(a), a.right)).collect();
    let most = scores.iter().map(|(score, _)| *score).fold(f32::MIN, f32::max);
    let shares = || scores.iter().map(|(score, right)| ((score - most).exp(), *right));
    let right: f32 = shares().filter(|(_, right)| *right).map(|(share, _)| share).sum();
    right / shares().map(|(share, _)| share).sum::<f32>()
}

/// Learns the weights of the first look and of the slots.
fn first(lessons: &[&Lesson], how: &Learning) -> FxHashMap<Feature, f32> {
    let kinds: [fn(&Examples) -> &Vec<Group>; 5] =
        [|e| &e.candidates, |e| &e.actors, |e| &e.targets, |e| &e.dates, |e| &e.statuses];
    let mut weights = FxHashMap::default();
    for groups in kinds {
        let groups: Vec<&Group> = lessons.iter().flat_map(|lesson| groups(&lesson.first)).collect();
        weights.extend(descend(&groups, how));
    }
    weights.insert(Feature::new(Template::Somebody, 0, 0), how.somebody);
    weights.insert(Feature::new(Template::Apart, 0, 0), how.apart);
    weights
}

/// Returns what the second look at an article learns from.
fn second(scene: &Scene, gold: &GoldArticle, model: &Model, how: &Learning) -> Vec<Group> {
    let places: Vec<Option<Span>> =
        gold.actions.iter().map(|g| place(scene.document.text, &g.evidence)).collect();
    let looks = Looks::first(&mut choice::Weigher::new(scene, model));
    let group = |(index, look): (usize, &Look)| {
        let (right, weight) = match judge(scene, &look.candidate, gold, &places) {
            Verdict::Unclear => return None,
            Verdict::Wrong => (false, how.extra(gold.actions.len())),
            Verdict::Right(_) => (true, how.missed),
        };
        let features = told(|f| again::of_candidate(scene, &looks.looks, index, f));
        Some(Group {
            alternatives: vec![
                Alternative { features, right, base: look.score },
                Alternative { features: Vec::new(), right: !right, base: 0.0 },
            ],
            weight,
        })
    };
    looks.looks.iter().enumerate().filter_map(group).collect()
}

/// Returns what the choice of targets beside other candidates learns from.
fn together(scene: &Scene, gold: &GoldArticle, model: &Model, how: &Learning) -> Vec<Group> {
    let places: Vec<Option<Span>> =
        gold.actions.iter().map(|g| place(scene.document.text, &g.evidence)).collect();
    let looks = Looks::alone(&mut choice::Weigher::new(scene, model));
    let shared = Shared::new(scene, &looks.looks);
    let mut groups = Vec::new();
    for (index, look) in looks.looks.iter().enumerate() {
        let Verdict::Right(action) = judge(scene, &look.candidate, gold, &places) else { continue };
        let action = &gold.actions[action];
        let tallies = shared.tallies(index);
        let mut none = Vec::new();
        let mut alternatives = Vec::new();
        let mut base = 0.0;
        for (share, item) in look.target.shares() {
            let log = share.max(1e-6).ln();
            let Some(item) = item else {
                // Nobody was made less likely than it is.
                base = log + how.somebody;
                tallies.of_none(share, &mut none);
                continue;
            };
            let features = told(|f| tallies.of_target(item, share, f));
            alternatives.push(Alternative {
                features,
                right: is_target(scene, item, action),
                base: log,
            });
        }
        let mut group = group(alternatives, none, action.target.is_some());
        if let Some(last) = group.alternatives.last_mut() {
            last.base = base;
        }
        groups.push(group);
    }
    groups
}

/// Returns whether a name is the one that is acted upon, or one of them.
fn is_target(scene: &Scene, index: usize, gold: &GoldAction) -> bool {
    let name = scene.name(index).name.as_str();
    gold.target.as_deref().is_some_and(|t| {
        same(Some(t), Some(name)) || t.split(", ").any(|t| same(Some(t), Some(name)))
    })
}

/// Returns the features that `tell` tells.
fn told(tell: impl FnOnce(&mut Vec<Feature>)) -> Vec<Feature> {
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
            right: is_target(scene, index, gold),
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

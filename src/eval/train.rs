//! Learns the weights of the action models from annotated articles: the first look, the looks beside
//! other candidates, and how far a row can be believed, each from what those before made of articles
//! that their weights did not know.

use std::{collections::BTreeSet, fmt::Write as _};

use finewire::{
    actions::{
        Action, choice,
        days::{self, Day},
        feature::{Feature, Template},
        features::{again, shared_day::Beside},
        looks::{Look, Looks},
        model::Model,
        scene::Scene,
        trust,
    },
    dataset::record::Record,
    pipeline::{Engine, Scratch},
};

use rustc_hash::FxHashMap;

use super::{
    descend::{Alternative, Group, Learning, descend},
    examples::{Examples, Lesson, UNREACHED, told},
    gold::GoldArticle,
    judge::{self, Verdict, judge},
    score::{self, DAY_CHARS},
};

/// Parts that lessons are split into, so that the second look learns from first looks at articles
/// that the weights do not know.
const PARTS: usize = 3;

/// Learns the weights of all models.
pub(crate) fn teach(engine: &Engine, lessons: &[&Lesson], how: &Learning) -> Model {
    let own = |part: usize| lessons.iter().skip(part).step_by(PARTS);
    let mut again: Vec<Group> = Vec::new();
    let mut parts = Vec::with_capacity(PARTS);
    for part in 0..PARTS {
        let others = lessons.iter().enumerate().filter(|(place, _)| place % PARTS != part);
        let weights = first(&others.map(|(_, lesson)| *lesson).collect::<Vec<_>>(), how);
        let model = Model::new(weights.clone());
        for lesson in own(part) {
            let look = |scene: &Scene| again.extend(second(scene, lesson.gold, &model, how));
            engine.study(&lesson.raw, &mut Scratch::default(), look);
        }
        parts.push(weights);
    }
    let again = descend(&again.iter().collect::<Vec<_>>(), how);
    let mut rows: Vec<Group> = Vec::new();
    let mut days: Vec<Group> = Vec::new();
    for (part, mut weights) in parts.into_iter().enumerate() {
        weights.extend(again.iter().copied());
        let model = Model::new(weights);
        for lesson in own(part) {
            let look = |scene: &Scene, actions: &[Action], record: &Record| {
                rows.extend(believed(scene, actions, (lesson.gold, record), how));
                if !lesson.gold.types_only {
                    days.extend(dated(scene, actions, (lesson.gold, record)));
                }
            };
            engine.trial(&lesson.raw, &model, look);
        }
    }
    let mut weights = first(lessons, how);
    weights.extend(again);
    weights.extend(descend(&rows.iter().collect::<Vec<_>>(), how));
    weights.extend(descend(&days.iter().collect::<Vec<_>>(), how));
    weights.insert(Feature::new(Template::TrustLeast, 0, 0), how.least);
    Model::new(weights)
}

/// Returns what the days of an article's rows learn from, seen side by side.
fn dated(scene: &Scene, actions: &[Action], (gold, record): (&GoldArticle, &Record)) -> Vec<Group> {
    let group = |(index, wanted): (usize, Option<&str>)| {
        let beside = Beside::new(scene, actions, index);
        let is = |day: &Day| match (day.date, wanted) {
            (Some(date), Some(wanted)) => {
                let value = scene.facts.dates[date].value.chars().take(DAY_CHARS);
                value.eq(wanted.chars())
            }
            (date, wanted) => date.is_none() && wanted.is_none(),
        };
        let choices = days::choices(scene, actions, index);
        let found = choices.iter().any(is);
        let alternatives = choices.iter().map(|day| Alternative {
            features: told(|f| beside.of_day(*day, f)),
            right: if found { is(day) } else { day.date.is_none() },
            base: day.score(),
        });
        Group { alternatives: alternatives.collect(), weight: if found { 1.0 } else { UNREACHED } }
    };
    score::days(gold, record).into_iter().map(group).collect()
}

/// Returns what the confidence of an article's rows learns from.
fn believed(
    scene: &Scene,
    actions: &[Action],
    (gold, record): (&GoldArticle, &Record),
    how: &Learning,
) -> Vec<Group> {
    let group = |(index, right): (usize, bool)| {
        let features = told(|f| trust::of_row(scene, actions, index, f));
        Group {
            alternatives: vec![
                Alternative { features, right, base: 0.0 },
                Alternative { features: Vec::new(), right: !right, base: 0.0 },
            ],
            weight: how.share(gold),
        }
    };
    score::judged(gold, record).into_iter().map(group).collect()
}

/// A question of the first look by its name, and where an article's examples of it stand.
type Question = (&'static str, fn(&Examples) -> &Vec<Group>);

/// Scores the questions of the first look each alone, by cross-validation: far cheaper than whole rows,
/// and what a feature is worth shows earlier.
pub(crate) fn alone(lessons: &[Lesson], folds: &[usize], how: &Learning) -> String {
    let kinds: [Question; 6] = [
        ("exists", |e| &e.candidates),
        ("authority", |e| &e.actors),
        ("target", |e| &e.targets),
        ("day", |e| &e.dates),
        ("status", |e| &e.statuses),
        ("antecedent", |e| &e.antecedents),
    ];
    let mut table = String::from("question    loss  right\n");
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
        let _ = writeln!(table, "{name:10} {:.4} {:.4}", loss / all.max(1.0), right / all.max(1.0));
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
    let places = judge::places(scene, gold);
    let looks = Looks::first(&mut choice::Weigher::new(scene, model));
    let group = |(index, look): (usize, &Look)| {
        let (right, weight) = match judge(scene, &look.candidate, gold, &places) {
            Verdict::Unclear => return None,
            Verdict::Wrong => (false, how.extra(gold)),
            Verdict::Right(_) => (true, how.missed(gold)),
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

//! What holds of two tellings of one type: whether they tell of the same action.

use crate::{base::money::Exact, pack::sense::Sense};

use super::{
    super::{
        Action,
        candidates::takes_money,
        feature::{Features, Template as T},
        scene::Scene,
    },
    bucket,
};

/// Puts a probability into one of few levels.
fn coarse(share: f32) -> u32 {
    const STEPS: [f32; 4] = [0.35, 0.6, 0.85, 0.96];
    STEPS.iter().take_while(|step| share >= **step).count() as u32
}

/// Tells what holds of two tellings; `rule` is what else is known of them.
pub fn of_pair(scene: &Scene, a: &Action, b: &Action, rule: u32, f: &mut impl Features) {
    let kind = a.kind as u32;
    let (first, last) = if a.at <= b.at { (a, b) } else { (b, a) };
    let away = bucket(last.at - first.at);
    let headline = |action: &Action| u32::from(action.at < scene.document.headline);
    let title = headline(first) + 2 * headline(last);
    let (whom, whom_here) = targets(scene, a, b);
    let (who, who_here) = actors(scene, a, b);
    let sum = sums(scene, a, b);
    let (day, day_here) = days(scene, a, b);
    let status = 8 * (first.status as u32) + last.status as u32;
    let same_status = u32::from(a.status == b.status);
    let sure = coarse(a.sure[1].min(b.sure[1]));
    let money = u32::from(takes_money(a.kind));
    f.add(T::JoinBias, kind, 0);
    f.add_three(T::JoinRule, rule, kind, 0);
    f.add_three(T::JoinRule, 8 + rule, sum, whom);
    f.add_three(T::JoinTarget, whom, whom_here, sure);
    f.add_three(T::JoinTarget, 16 + whom, kind, 0);
    f.add_three(T::JoinTarget, 32 + whom, sum, day);
    f.add_three(T::JoinTarget, 48 + whom, away, money);
    f.add_three(T::JoinTarget, 64 + whom, title, money);
    f.add_three(T::JoinTarget, 80 + whom, who, sum);
    f.add_three(T::JoinActor, who, who_here, coarse(a.sure[0].min(b.sure[0])));
    f.add_three(T::JoinActor, 16 + who, kind, 0);
    f.add_three(T::JoinActor, 32 + who, sum, day);
    f.add_three(T::JoinSum, sum, kind, 0);
    f.add_three(T::JoinSum, 16 + sum, away, title);
    f.add_three(T::JoinSum, 32 + sum, day, kind);
    f.add_three(T::JoinDay, day, day_here, kind);
    f.add_three(T::JoinDay, 16 + day, coarse(a.sure[2].min(b.sure[2])), day_here);
    f.add_three(T::JoinDay, 32 + day, away, money);
    f.add_three(T::JoinStatus, status, kind, 0);
    f.add_three(T::JoinStatus, 64 + same_status, day, kind);
    f.add_three(T::JoinStatus, 68 + same_status, whom, sum);
    f.add_three(T::JoinAway, away, kind, 0);
    f.add_three(T::JoinAway, 16 + away, title, money);
    f.add_three(T::JoinWords, words(scene, a, b), kind, 0);
    f.add_three(T::JoinWords, 8 + form(first), form(last), money);
    f.add_three(T::JoinWords, 16 + courts(scene, a, b), kind, day);
    f.add_three(T::JoinLikely, coarse(a.likely), coarse(b.likely), 0);
    let sizes = |action: &Action| action.targets.len().min(3) as u32;
    f.add_three(T::JoinLikely, 8 + sizes(first), sizes(last), whom);
}

/// How those acted upon stand to each other, and which stand in the sentence of their telling.
fn targets(scene: &Scene, a: &Action, b: &Action) -> (u32, u32) {
    let is_one = |one: &usize, other: &usize| {
        let (one, other) = (scene.name(*one), scene.name(*other));
        one.chain == other.chain || one.name == other.name
    };
    let here = |action: &Action| {
        let own = &scene.sentences[action.at].names;
        u32::from(action.targets.first().is_some_and(|target| own.contains(target)))
    };
    let described = |action: &Action| action.targets.first().is_some_and(|i| scene.name(*i).unnamed);
    let shared = || a.targets.iter().filter(|one| b.targets.iter().any(|two| is_one(one, two))).count();
    let relation = match (a.targets.first(), b.targets.first()) {
        (None, None) => 0,
        (None, _) | (_, None) => 1,
        (Some(one), Some(two)) if is_one(one, two) && a.targets.len() == b.targets.len() => 2,
        _ if shared() > 0 => 3,
        _ => match (described(a), described(b)) {
            (true, true) => 4,
            (false, false) => 5,
            _ => 6,
        },
    };
    (relation, here(a) + here(b))
}

/// How the authorities stand to each other, and how many of them stand in the sentence of their telling.
fn actors(scene: &Scene, a: &Action, b: &Action) -> (u32, u32) {
    let here = |action: &Action| {
        let own = &scene.sentences[action.at].names;
        u32::from(action.regulator.is_some_and(|actor| own.contains(&actor)))
    };
    let relation = match (a.regulator, b.regulator) {
        (None, None) => 0,
        (None, _) | (_, None) => 1,
        (Some(one), Some(two)) => {
            let (one, two) = (scene.name(one), scene.name(two));
            let named = one.regulator.is_some() && two.regulator.is_some();
            match (one.chain == two.chain, named, one.country == two.country) {
                (true, ..) => 2,
                (_, true, true) => 3,
                (_, true, false) => 4,
                (_, false, true) => 5,
                (_, false, false) => 6,
            }
        }
    };
    (relation, here(a) + here(b))
}

/// How the sums stand to each other.
fn sums(scene: &Scene, a: &Action, b: &Action) -> u32 {
    let sum = |action: &Action| {
        let index = action.amount?;
        let (stated, currency) = &scene.facts.amounts[scene.told(index).same_as];
        Some((stated.high.map(Exact::to_f64)?, *currency))
    };
    match (a.amount.is_some(), b.amount.is_some(), sum(a), sum(b)) {
        (false, false, ..) => 0,
        (true, false, ..) | (false, true, ..) => 1,
        (_, _, Some((x, c)), Some((y, d))) => {
            let far = (x - y).abs() / x.max(y);
            match (c == d, far) {
                (true, far) if far < 1e-6 => 2,
                (true, far) if far <= 0.02 => 3,
                (true, far) if far <= 0.12 => 4,
                (true, _) => 5,
                (false, _) => 6,
            }
        }
        _ => 7,
    }
}

/// How the days stand to each other, and how many of them stand in the sentence of their telling.
fn days(scene: &Scene, a: &Action, b: &Action) -> (u32, u32) {
    let here = |action: &Action| {
        let own = &scene.sentences[action.at].dates;
        u32::from(action.date.is_some_and(|date| own.contains(&date)))
    };
    let relation = match (a.date, b.date) {
        (None, None) => 0,
        (None, _) | (_, None) => 1,
        (Some(one), Some(two)) => {
            let value = |index: usize| scene.facts.dates[index].value.as_str();
            let (one, two) = (value(one), value(two));
            match (one == two, one.starts_with(two) || two.starts_with(one)) {
                (true, _) => 2,
                (_, true) => 3,
                _ if one.get(..4) == two.get(..4) => 4,
                _ => 5,
            }
        }
    };
    (relation, here(a) + here(b))
}

/// Whether the words that name both share their first letters.
fn words(scene: &Scene, a: &Action, b: &Action) -> u32 {
    let stem = |action: &Action| {
        let word = action.trigger.of(scene.document.text);
        word.chars().flat_map(char::to_lowercase).take(5).collect::<String>()
    };
    u32::from(stem(a) == stem(b)) + 2 * u32::from(a.at == b.at)
}

fn form(action: &Action) -> u32 {
    match action.rule.rsplit('.').next() {
        Some("noun") => 0,
        Some("verb") => 1,
        Some("passive") => 2,
        Some("weak") => 3,
        _ => 4,
    }
}

/// Whether both sentences name courts, and share a word for one.
fn courts(scene: &Scene, a: &Action, b: &Action) -> u32 {
    let named = |action: &Action| {
        let range = scene.sentences[action.at].range.clone();
        let hits = scene.document.hits_in(&range);
        let courts = hits.iter().filter(|hit| hit.sense == Sense::Court);
        courts.map(|hit| (hit.first, hit.last)).collect::<Vec<_>>()
    };
    let words = |(first, last): &(u32, u32)| {
        let span = scene.document.span(&(*first as usize..*last as usize));
        span.of(scene.document.text).chars().flat_map(char::to_lowercase).take(12).collect::<String>()
    };
    let (one, two) = (named(a), named(b));
    match (one.is_empty(), two.is_empty()) {
        (true, true) => 0,
        (true, false) | (false, true) => 1,
        _ if one.iter().any(|x| two.iter().any(|y| words(x) == words(y))) => 2,
        _ => 3,
    }
}

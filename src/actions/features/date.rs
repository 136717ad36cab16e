//! What holds of a date as the day of an action.

use crate::{base::date::Modifier, pack::sense::Sense};

use super::{
    super::{
        candidates::Candidate,
        model::{Feature, Features, Template as T},
        scene::Scene,
    },
    away, bits_of, bucket, classes_between, form_of,
};

/// Returns what holds of a date as the day of an action.
pub fn of_date(scene: &Scene, candidate: &Candidate, index: usize) -> Features {
    let date = &scene.facts.dates[index];
    let sentence = &scene.sentences[candidate.sentence];
    let at = candidate.at(scene);
    let (form, kind) = (form_of(candidate), candidate.kind as u32);
    let sides = scene.date_sides(index);
    let away = away(candidate, sides.sentence);
    let before = u32::from(date.first < at);
    let mut f = Features::with_capacity(32);
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::DateBias, 0, 0);
    add(T::DateSentence, away, before);
    add(T::DateType, kind, away.min(1));
    let grain = date.granularity as u32;
    add(T::DateGrain, grain, away.min(1));
    add(T::DateModifier, modifier(date.modifier), grain);
    add(T::DateRelative, u32::from(date.relative), away.min(2));
    add(T::DateRelative, 8 + rule(date.rule), away.min(1));
    let dateline = date.first < 12 + scene.document.sentences.first().map_or(0, |s| s.end)
        && sides.sentence <= scene.document.headline;
    add(T::DateLine, u32::from(dateline), u32::from(candidate.sentence <= 2));
    // A day behind the day of publication has not come yet.
    let future =
        date.days.zip(scene.facts.published).is_some_and(|((first, _), p)| first > p.first);
    add(T::DateFuture, u32::from(future), 0);
    if let Some(own) = scene.sentences.get(sides.sentence) {
        for class in sides.before.classes() {
            add(T::DateBefore, class, away.min(1));
        }
        for class in sides.behind.classes() {
            add(T::DateBehind, class, away.min(1));
        }
        let order = index - own.dates.start;
        add(T::DateOrder, order.min(4) as u32, away.min(2));
        add(T::DateOthers, own.dates.len().min(4) as u32, away.min(2));
    }
    if away == 0 {
        add(T::DateDistance, bucket(date.first.abs_diff(at)), before);
        add(T::DateTypeSide, kind, before);
        add(T::DateTypeSide, 32 + form, before);
        let clause = scene.clause(sentence, at);
        add(T::DateClause, u32::from(clause.contains(&date.first)), before);
        let dates = &sentence.dates;
        let between = dates
            .clone()
            .filter(|d| {
                let other = scene.facts.dates[*d].first;
                other != date.first
                    && (other.min(at)..other.max(at)).len() < date.first.abs_diff(at)
            })
            .take(3)
            .count();
        add(T::DateDistance, 16 + between as u32, before);
        let range = if date.first < at { date.last..at } else { at..date.first };
        let bits = classes_between(scene, &range);
        for class in bits_of(bits) {
            add(T::DateCue, class, before);
        }
        let reason = scene.has(&range, |s| s == Sense::Reason);
        add(T::DateCue, 40, u32::from(reason) + 2 * before);
        if let Some(amount) = candidate.amount {
            let sum = scene.facts.amounts[amount].0.first;
            let sums = sentence.amounts.len().min(3) as u32;
            add(T::DateDistance, 32 + bucket(date.first.abs_diff(sum)), sums);
        }
    }
    f
}

fn modifier(modifier: Option<Modifier>) -> u32 {
    modifier.map_or(0, |m| match m {
        Modifier::Approx => 1,
        Modifier::Before => 2,
        Modifier::After => 3,
        Modifier::Start => 4,
        Modifier::Mid => 5,
        Modifier::End => 6,
    })
}

fn rule(rule: &str) -> u32 {
    match rule {
        "date.calendar" => 1,
        "date.year" => 2,
        "date.year-range" => 3,
        "date.weekday" => 4,
        "date.relative" => 5,
        "date.ago" => 6,
        "date.list" => 7,
        _ => 0,
    }
}

/// Returns what holds of a candidate whose day no date states.
pub fn of_none(scene: &Scene, candidate: &Candidate) -> Features {
    let sentence = &scene.sentences[candidate.sentence];
    let dates = sentence.dates.len().min(3) as u32;
    vec![
        Feature::new(T::DateNone, dates, u32::from(candidate.sentence <= scene.document.headline)),
        Feature::new(T::DateNoneType, candidate.kind as u32, form_of(candidate)),
        Feature::new(T::DateNoneSentence, bucket(candidate.sentence), dates.min(1)),
    ]
}

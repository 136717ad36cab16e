//! What holds of a date as the day of an action.

use std::ops::Range;

use crate::{base::date::Modifier, pack::sense::Sense};

use super::{
    super::feature::{Features, Template as T},
    View, bucket,
    marks::bits_of,
    words,
};

/// Tells what holds of a date as the day of an action.
pub fn of_date(view: &View, index: usize, f: &mut impl Features) {
    let View { scene, candidate, kind, at, .. } = *view;
    let date = &scene.facts.dates[index];
    let sides = View::sides(view.dates, index);
    let away = view.away(sides.sentence);
    let before = u32::from(date.first < at);
    f.add(T::DateSentence, away, before);
    f.add(T::DateType, kind, away.min(1));
    let dateline = date.first < 12 + scene.document.sentences.first().map_or(0, |s| s.end)
        && sides.sentence <= scene.document.headline;
    f.add(T::DateLine, u32::from(dateline), u32::from(candidate.sentence <= 2));
    let past = bucket(candidate.sentence.saturating_sub(scene.document.headline));
    f.add_three(T::DateLineAt, u32::from(dateline), past, away.min(3));
    f.add_three(T::DateLineAt, 2 + u32::from(dateline), view.form, view.kind);
    f.once(view.number(index, away), |f| alone(view, index, away, f));
    if away == 0 {
        in_sentence(view, index, before, f);
    } else {
        elsewhere(view, index, sides.sentence, away, f);
    }
}

/// Where it stands if another sentence has it: a sentence that tells an action of its own has its day
/// for itself.
fn elsewhere(view: &View, index: usize, own: usize, away: u32, f: &mut impl Features) {
    let View { scene, candidate, .. } = *view;
    let gap =
        own.abs_diff(candidate.sentence).min(4) as u32 + 5 * u32::from(own > candidate.sentence);
    let place = scene.place(own, candidate.sentence);
    f.add(T::DatePlace, place, away);
    let here = u32::from(!view.sentence.dates.is_empty());
    let Some(sentence) = scene.sentences.get(own) else { return };
    let same = sentence.triggers.iter().any(|t| t.kind == candidate.kind);
    let tells = u32::from(!sentence.triggers.is_empty()) + u32::from(same);
    f.add(T::DateAway, tells + 3 * here, away);
    f.add(T::DateAway, 8 + tells + 3 * here, place);
    // "The decision fell on Monday" dates what the sentences around it tell.
    let decided = View::sides(view.dates, index).decided;
    f.add_three(T::DateDecided, decided, gap, tells + 3 * here);
    f.add_three(T::DateDecided, 8 + decided, place, gap);
    // "By the same decision it has to pay": what was decided is told before.
    let goes_on = here == 0 && opens_with_decision(view);
    f.add_three(T::DateDecided, 16 + u32::from(goes_on), gap, tells);
    f.add(T::DateAway, 16 + view.form, tells + 3 * u32::from(candidate.amount.is_some()));
}

/// Tokens by which a sentence says that it goes on about a decision: "In derselben Entscheidung".
const OPENING: usize = 6;

fn opens_with_decision(view: &View) -> bool {
    let Range { start, end } = view.sentence.range;
    let opening = start..(start + OPENING).min(end);
    let decides = || view.scene.has(&opening, |sense| sense == Sense::Decision);
    *view.sentence.decides.get_or_init(decides)
}

/// What holds of it for every candidate that is as far away: what is asked of the distance here is
/// only whether it is 0, 1 or more.
fn alone(view: &View, index: usize, away: u32, f: &mut impl Features) {
    let scene = view.scene;
    let date = &scene.facts.dates[index];
    let sides = View::sides(view.dates, index);
    f.add(T::DateBias, 0, 0);
    words::of_day(view, date.first, f);
    let grain = date.granularity as u32;
    f.add(T::DateGrain, grain, away.min(1));
    f.add(T::DateModifier, modifier(date.modifier), grain);
    f.add(T::DateRelative, u32::from(date.relative), away.min(2));
    f.add(T::DateRelative, 8 + rule(date.rule), away.min(1));
    // A day behind the day of publication has not come yet.
    let future =
        date.days.zip(scene.facts.published).is_some_and(|((first, _), p)| first > p.first);
    f.add(T::DateFuture, u32::from(future), 0);
    if let Some(own) = scene.sentences.get(sides.sentence) {
        for class in sides.before.classes() {
            f.add(T::DateBefore, class, away.min(1));
        }
        for class in sides.behind.classes() {
            f.add(T::DateBehind, class, away.min(1));
        }
        let order = index - own.dates.start;
        f.add(T::DateOrder, order.min(4) as u32, away.min(2));
        f.add(T::DateOthers, own.dates.len().min(4) as u32, away.min(2));
    }
}

/// Where it stands in the sentence that tells the action.
fn in_sentence(view: &View, index: usize, before: u32, f: &mut impl Features) {
    let View { scene, sentence, at, .. } = *view;
    let date = &scene.facts.dates[index];
    f.add(T::DateDistance, bucket(date.first.abs_diff(at)), before);
    f.add(T::DateTypeSide, view.kind, before);
    f.add(T::DateTypeSide, 32 + view.form, before);
    let clause = u32::from(view.clause.contains(&date.first));
    let side = before + 2 * clause;
    f.add(T::DateClause, clause, before);
    let dates = &sentence.dates;
    let between = dates
        .clone()
        .filter(|d| {
            let other = scene.facts.dates[*d].first;
            other != date.first && (other.min(at)..other.max(at)).len() < date.first.abs_diff(at)
        })
        .take(3)
        .count() as u32;
    f.add(T::DateDistance, 16 + between, before);
    f.add(T::DateNearest, between, clause + 2 * before);
    owner(view, index, before, f);
    let told = dates.len().min(3) as u32 + 4 * sentence.types().count_ones().min(3);
    f.add_three(T::DateOnly, told, side, between);
    f.add_three(T::DateOnly, 16 + told, date.granularity as u32, before);
    f.add_three(T::DateRuleSide, rule(date.rule), side, view.kind);
    f.add_three(T::DateRuleSide, 16 + rule(date.rule), side, view.form);
    words::of_day_type(view, date.first, date.last, f);
    let range = view.between(date.first, date.last);
    for class in bits_of(view.classes_between(&range)) {
        f.add(T::DateCue, class, before);
    }
    let reason = scene.has(&range, |s| matches!(s, Sense::Reason));
    f.add(T::DateCue, 40, u32::from(reason) + 2 * before);
    if let Some(amount) = view.candidate.amount {
        let sum = scene.facts.amounts[amount].0.first;
        let sums = sentence.amounts.len().min(3) as u32;
        f.add(T::DateDistance, 32 + bucket(date.first.abs_diff(sum)), sums);
    }
}

/// Whether words for other actions stand nearer to it than the candidate's.
fn owner(view: &View, index: usize, before: u32, f: &mut impl Features) {
    let View { scene, sentence, candidate, at, .. } = *view;
    let date = &scene.facts.dates[index];
    let far = |first: usize| first.abs_diff(date.first);
    let (mut nearer, mut between) = (0_u32, 0_u32);
    for trigger in sentence.triggers.iter().filter(|t| t.kind != candidate.kind) {
        nearer += u32::from(far(trigger.first) < far(at));
        let own = at.min(date.first)..at.max(date.first);
        between += u32::from(own.contains(&trigger.first));
    }
    let others = sentence.triggers.iter().any(|t| t.kind != candidate.kind);
    f.add(T::DateOwner, nearer.min(3) + 4 * between.min(3), before + 2 * u32::from(others));
    let kinds = sentence.triggers.iter().filter(|t| far(t.first) < far(at));
    for other in kinds.map(|t| t.kind as u32).filter(|kind| *kind != view.kind).take(3) {
        f.add(T::DateOwner, 16 + view.kind, other);
    }
    if let Some(amount) = candidate.amount {
        let sum = scene.facts.amounts[amount].0.first;
        let span = sum.min(date.first)..sum.max(date.first);
        let sums = sentence.amounts.clone();
        let sums = sums.filter(|i| *i != amount && span.contains(&scene.facts.amounts[*i].0.first));
        f.add(T::DateNearest, 16 + sums.take(3).count() as u32, u32::from(date.first < sum));
    }
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

/// Sentences around a candidate in which a noun for a decision with its day speaks against its having none.
const DECIDED: usize = 2;

/// Tells what holds of a candidate whose day no date states.
pub fn of_none(view: &View, f: &mut impl Features) {
    let at = view.candidate.sentence;
    let sentences = &view.scene.sentences;
    let around = &sentences[at.saturating_sub(DECIDED)..(at + DECIDED + 1).min(sentences.len())];
    let dates = around.iter().flat_map(|sentence| sentence.dates.clone());
    let decided = dates.filter(|date| View::sides(view.dates, *date).is_decided());
    let decided = decided.take(2).count() as u32;
    f.add_three(T::DateDecided, 24 + decided, view.sentence.dates.len().min(2) as u32, 0);
    let dates = view.sentence.dates.len().min(3) as u32;
    f.add(T::DateNone, dates, u32::from(at <= view.scene.document.headline));
    f.add(T::DateNoneType, view.kind, view.form);
    f.add(T::DateNoneSentence, bucket(at), dates.min(1));
    words::of_no_day(view, f);
    let marks = view.marks.within(&view.around());
    let bits = marks.iter().fold(0, |bits, mark| bits | mark.cue);
    for number in bits_of(bits) {
        f.add_three(T::DateNoneCue, number, dates.min(1), 0);
        f.add_three(T::DateNoneCue, 64 + number, view.kind, 0);
    }
}

//! What holds of a candidate that is told as having got so far.

use crate::{
    base::{
        action::{ActionStatus, ActionType},
        money::Qualifier,
        token::Kind,
    },
    pack::sense::Sense,
};

use super::{
    super::feature::{Feature, Template as T},
    View,
    marks::{bits_of, cue},
};

/// Words before the trigger, and behind it, within which modality counts most.
const BESIDE: usize = 5;

/// Returns the statuses that a type may have.
pub fn choices(kind: ActionType) -> &'static [ActionStatus] {
    use ActionStatus as S;
    match kind {
        ActionType::CourtRuling => &[S::Upheld, S::Overturned, S::Reduced],
        ActionType::Fine => &[
            S::Imposed,
            S::Proposed,
            S::Threatened,
            S::Rumoured,
            S::Upheld,
            S::Overturned,
            S::Reduced,
        ],
        ActionType::PeriodicPenalty => &[S::Imposed, S::Threatened, S::Proposed],
        _ => &[S::Imposed, S::Proposed, S::Threatened, S::Rumoured],
    }
}

/// The cues around a candidate: of its sentence, its clause, near it, right before it, right behind.
struct Cues {
    sentence: u32,
    clause: u32,
    near: u32,
    before: u32,
    behind: u32,
}

/// Returns the cues around a candidate.
fn cues(view: &View) -> Cues {
    let View { sentence, at, .. } = *view;
    let last = view.candidate.trigger.map_or(at + 1, |t| t.last);
    let near = view.around();
    let (before, behind) = beside(view, at, last);
    let mut cues = Cues { sentence: 0, clause: 0, near: 0, before: 0, behind: 0 };
    for mark in view.marks.within(&sentence.range) {
        let (first, bit) = (mark.first as usize, mark.cue);
        cues.sentence |= bit;
        if view.clause.contains(&first) {
            cues.clause |= bit;
        }
        if near.contains(&first) {
            cues.near |= bit;
        }
        if (before..=at).contains(&first) {
            cues.before |= bit;
        }
        if (last..behind).contains(&first) {
            cues.behind |= bit;
        }
    }
    cues
}

/// Returns where the last few words before a trigger begin and where those behind it end. Names and sums
/// count as one word, marks as none: "plans to set “Exempla” a 400,000 euro fine".
fn beside(view: &View, at: usize, last: usize) -> (usize, usize) {
    let View { scene, sentence, .. } = *view;
    let names = &scene.facts.names[sentence.names.clone()];
    let amounts = &scene.facts.amounts[sentence.amounts.clone()];
    let within = |token: usize| {
        names.iter().any(|name| name.first < token && token < name.last)
            || amounts.iter().any(|(sum, _)| sum.first < token && token < sum.last)
    };
    let counts = |token: &usize| {
        !matches!(scene.document.kind(*token), Kind::Mark | Kind::Break) && !within(*token)
    };
    let before = (sentence.range.start..at).rev().filter(counts).nth(BESIDE - 1);
    let behind = (last..sentence.range.end).filter(counts).nth(BESIDE - 1);
    (before.unwrap_or(sentence.range.start), behind.map_or(sentence.range.end, |token| token + 1))
}

/// Returns what holds of a candidate that has a status; for training.
pub fn of_status(view: &View, status: ActionStatus) -> Vec<Feature> {
    let mut features = Vec::new();
    of_any(view, |template, a, b| {
        features.push(Feature::of_three(template, a, status as u32, b));
    });
    features
}

/// Tells what holds of a candidate: a template, its first and its third value; the second is the
/// status in question.
pub fn of_any(view: &View, mut add: impl FnMut(T, u32, u32)) {
    let View { scene, candidate, sentence, kind, form, .. } = *view;
    let cues = cues(view);
    add(T::StatusIs, 0, 0);
    add(T::StatusType, kind, 0);
    add(T::StatusForm, form, 0);
    add(T::StatusRegulator, view.regulator, 0);
    let headline = candidate.sentence < scene.document.headline;
    add(T::StatusPlace, u32::from(headline), 0);
    let has = |bits: u32, n: u32| bits & (1 << n) != 0;
    for n in bits_of(cues.sentence) {
        add(T::StatusCue, n, 0);
        if has(cues.clause, n) && has(cues.near, n) {
            add(T::StatusClause, n, 0);
            add(T::StatusTypeNear, n, 1 + kind);
        }
        if has(cues.near, n) {
            add(T::StatusNear, n, 0);
        }
        if has(cues.before, n) {
            add(T::StatusBefore, n, 1 + form);
        }
        if has(cues.behind, n) {
            add(T::StatusBehind, n, 1 + form);
        }
    }
    // What "rejects the appeal", "fails to overturn" and "court cuts" say, they say together.
    let pairs: [(Sense, Sense); 5] = [
        (Sense::Upheld, Sense::Overturned),
        (Sense::Upheld, Sense::Appeal),
        (Sense::Overturned, Sense::Appeal),
        (Sense::Overturned, Sense::Negated),
        (Sense::Upheld, Sense::Reduced),
    ];
    for (number, (a, b)) in (0..).zip(pairs) {
        let both = |s: Sense| cue(s).is_some_and(|n| has(cues.sentence, n));
        if both(a) && both(b) {
            add(T::StatusPair, number, 0);
        }
    }
    if candidate.kind == ActionType::CourtRuling {
        // "sets aside the judgment that had annulled the fine": what was undone first stands again.
        let [first, second] = outcomes(view);
        add(T::StatusPair, 8 + 4 * first + second, 0);
    }
    let sums = sentence.amounts.len().min(2) as u32;
    add(T::StatusSum, u32::from(candidate.amount.is_some()) + 2 * sums, 0);
    if let Some(amount) = candidate.amount {
        let stated = &scene.facts.amounts[amount].0;
        let bound = stated.qualifier.map_or(0, |q| match q {
            Qualifier::About => 1,
            Qualifier::AtLeast => 2,
            Qualifier::AtMost => 3,
            Qualifier::Range => 4,
        });
        add(T::StatusBound, bound, 1 + kind);
        add(T::StatusPer, stated.per.map_or(0, |u| 1 + u as u32), 0);
    }
    let question = scene.document.word(sentence.range.end.saturating_sub(1));
    add(T::StatusQuestion, u32::from(matches!(question, "?" | "؟" | "？")), 0);
}

/// Returns the first two words for an outcome in the sentence: 1 upheld, 2 overturned, 3 reduced, 0 none.
fn outcomes(view: &View) -> [u32; 2] {
    let mut found = view.scene.outcomes(&view.sentence.range).map(|hit| match hit.sense {
        Sense::Upheld => 1,
        Sense::Overturned => 2,
        _ => 3,
    });
    [found.next().unwrap_or(0), found.next().unwrap_or(0)]
}

//! How far an action got, by the cues around its trigger.

use crate::{
    base::{
        action::{ActionStatus, ActionType},
        money::Qualifier,
    },
    pack::sense::Sense,
};

use super::{candidates::Candidate, scene::Scene};

/// Tokens before the trigger within which modality counts.
const BEFORE: usize = 9;
/// Tokens behind it.
const BEHIND: usize = 4;

/// Returns the status that the words around a candidate give it, and the cue that decided.
pub(super) fn status(scene: &Scene, candidate: &Candidate) -> (ActionStatus, &'static str) {
    let sentence = &scene.sentences[candidate.sentence];
    let at = candidate.at(scene);
    let last = candidate.trigger.map_or(at + 1, |t| t.last);
    let clause = scene.clause(sentence, at);
    let near = at.saturating_sub(BEFORE).max(sentence.range.start)
        ..(last + BEHIND).min(sentence.range.end);
    let within = clause.start.min(near.start.max(clause.start))..clause.end.max(last);
    let has =
        |wanted: Sense| scene.has(&near, |s| s == wanted) && scene.has(&within, |s| s == wanted);
    let anywhere = |wanted: Sense| scene.has(&sentence.range, |s| s == wanted);
    if candidate.kind == ActionType::CourtRuling {
        return ruling(&anywhere);
    }
    let decided = matches!(candidate.kind, ActionType::Fine | ActionType::PeriodicPenalty)
        && anywhere(Sense::Appeal) == anywhere(Sense::Court);
    if has(Sense::Rumoured) {
        return (ActionStatus::Rumoured, "hearsay");
    }
    if has(Sense::Proposed) {
        return (ActionStatus::Proposed, "proposal");
    }
    let capped = candidate
        .amount
        .is_some_and(|a| scene.facts.amounts[a].0.qualifier == Some(Qualifier::AtMost));
    if has(Sense::Threatened) || (capped && candidate.kind == ActionType::Fine) {
        return (ActionStatus::Threatened, "threat");
    }
    if candidate.kind == ActionType::PeriodicPenalty && !scene.has(&near, |s| s == Sense::Passive) {
        return (ActionStatus::Threatened, "penalty attached to an order");
    }
    let _ = decided;
    (ActionStatus::Imposed, "stated")
}

fn ruling(anywhere: &dyn Fn(Sense) -> bool) -> (ActionStatus, &'static str) {
    if anywhere(Sense::Reduced) {
        return (ActionStatus::Reduced, "reduced");
    }
    // "fails to overturn" and "rejects the appeal" keep the act.
    if anywhere(Sense::Upheld) {
        return (ActionStatus::Upheld, "upheld");
    }
    if anywhere(Sense::Overturned) {
        return (ActionStatus::Overturned, "overturned");
    }
    (ActionStatus::Upheld, "ruling")
}

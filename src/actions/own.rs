//! What an authority makes of its own fine when it looks at it again: "the regulator confirmed the fine", "redujo la
//! multa". No court rules there; the fine is one that stands or is cut.

use crate::{
    base::action::{ActionStatus, ActionType},
    pack::sense::{Form, Sense},
};

use super::{scene::Scene, sentences::Sentence};

/// Most tokens between the verb and the word for the fine: "confirmed most of its fine".
const NEAR: usize = 4;

/// Tokens of the longest word for a fine before the verb, and one more.
const LONGEST: usize = 8;

/// Returns what becomes of a fine whose word is the object of a verb for keeping or cutting it, where the sentence has an
/// authority before that verb and no court.
pub(super) fn outcome(scene: &Scene, sentence: &Sentence) -> Option<ActionStatus> {
    *sentence.own.get_or_init(|| look(scene, sentence))
}

fn look(scene: &Scene, sentence: &Sentence) -> Option<ActionStatus> {
    let (document, range) = (scene.document, &sentence.range);
    let is_court = |index: usize| scene.name(index).court;
    if scene.regulators_in(&sentence.names) == 0
        || scene.has(range, |sense| sense == Sense::Court)
        || sentence.names.clone().any(is_court)
    {
        return None;
    }
    let acts_before = |at: usize| {
        let names = &scene.facts.names[sentence.names.clone()];
        let before = names.partition_point(|name| name.last <= at);
        scene.regulators_in(&(sentence.names.start..sentence.names.start + before)) > 0
    };
    // The words of the sentence are in order: those from soon before the verb to soon behind it.
    let is_beside = |first: usize, last: usize| {
        let from = sentence.triggers.partition_point(|t| t.first + LONGEST < first);
        let near = sentence.triggers.iter().skip(from).take_while(|t| t.first <= last + NEAR);
        near.filter(|t| {
            matches!(t.kind, ActionType::Fine | ActionType::PeriodicPenalty)
                && t.form != Form::Passive
        })
        .any(|t| t.first >= last || t.last <= first && first - t.last <= 1)
    };
    document.hits_in(range).iter().find_map(|hit| {
        let status = match hit.sense {
            Sense::Upheld => ActionStatus::Upheld,
            Sense::Reduced => ActionStatus::Reduced,
            _ => return None,
        };
        let (first, last) = (hit.first as usize, hit.last as usize);
        let denied = document.start_of(first, |sense| sense == Sense::Denial).is_some();
        (!denied && is_beside(first, last) && acts_before(first)).then_some(status)
    })
}

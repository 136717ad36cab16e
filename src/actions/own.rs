//! What an authority makes of its own fine when it looks at it again: "the regulator confirmed the fine", "redujo la
//! multa". No court rules there; the fine is one that stands or is cut.

use crate::{
    base::action::{ActionStatus, ActionType},
    pack::sense::{Form, Sense},
};

use super::{scene::Scene, sentences::Sentence};

/// Most tokens between the verb and the word for the fine: "confirmed most of its fine".
const NEAR: usize = 4;

/// Returns what becomes of a fine whose word is the object of a verb for keeping or cutting it, where the sentence has an
/// authority before that verb and no court.
pub(super) fn outcome(scene: &Scene, sentence: &Sentence) -> Option<ActionStatus> {
    let (document, range) = (scene.document, &sentence.range);
    let is_court = |index: usize| scene.name(index).court;
    if scene.regulators_in(&sentence.names) == 0
        || scene.has(range, |sense| sense == Sense::Court)
        || sentence.names.clone().any(is_court)
    {
        return None;
    }
    let acts_before = |at: usize| {
        let mut before = sentence.names.clone().filter(|i| scene.name(*i).last <= at);
        before.any(|index| scene.may_act(index))
    };
    let fines = || {
        let is_fine =
            |kind: ActionType| matches!(kind, ActionType::Fine | ActionType::PeriodicPenalty);
        sentence.triggers.iter().filter(move |t| is_fine(t.kind) && t.form != Form::Passive)
    };
    document.hits_in(range).iter().find_map(|hit| {
        let status = match hit.sense {
            Sense::Upheld => ActionStatus::Upheld,
            Sense::Reduced => ActionStatus::Reduced,
            _ => return None,
        };
        let (first, last) = (hit.first as usize, hit.last as usize);
        let mut near = fines().filter(|fine| {
            fine.first >= last && fine.first - last <= NEAR
                || fine.last <= first && first - fine.last <= 1
        });
        let denied = document.start_of(first, |sense| sense == Sense::Denial).is_some();
        (!denied && near.next().is_some() && acts_before(first)).then_some(status)
    })
}

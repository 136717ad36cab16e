//! What could be an action: a sentence, a type, and for money a sum.

use crate::{
    base::action::ActionType,
    pack::{
        lexicon::Hit,
        sense::{Form, Sense, Unit},
    },
};

use super::{
    own,
    scene::Scene,
    sentences::{Sentence, Trigger},
};

/// A candidate for an action.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Index of its sentence.
    pub sentence: usize,
    /// Its type.
    pub kind: ActionType,
    /// The word that names it, nearest to the sum; `None` where the sentence before names it.
    pub trigger: Option<Trigger>,
    /// Index into the facts' amounts.
    pub amount: Option<usize>,
}

impl Candidate {
    /// Returns the token that stands for it.
    pub fn at(&self, scene: &Scene) -> usize {
        match (self.trigger, self.amount) {
            (Some(trigger), _) => trigger.first,
            (None, Some(amount)) => scene.facts.amounts[amount].0.first,
            (None, None) => scene.sentences[self.sentence].range.start,
        }
    }
}

/// Returns whether actions of a type may carry a sum.
pub fn takes_money(kind: ActionType) -> bool {
    matches!(
        kind,
        ActionType::Fine
            | ActionType::PeriodicPenalty
            | ActionType::Settlement
            | ActionType::Redress
    )
}

/// Returns all candidates of an article, in order of their sentences.
pub fn all(scene: &Scene) -> Vec<Candidate> {
    let mut all = Vec::new();
    for index in 0..scene.sentences.len() {
        of_sentence(scene, index, &mut all);
    }
    all
}

/// Candidates that one sentence may have; a longer list is a page of links, not a sentence.
const MOST: usize = 40;

fn of_sentence(scene: &Scene, index: usize, all: &mut Vec<Candidate>) {
    let sentence = &scene.sentences[index];
    let from = all.len();
    let mut kinds: Vec<ActionType> = sentence.triggers.iter().map(|t| t.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let ruling = is_ruling(scene, sentence) && own::outcome(scene, sentence).is_none();
    if ruling && !kinds.contains(&ActionType::CourtRuling) {
        kinds.push(ActionType::CourtRuling);
    }
    let daily = sentence.amounts.clone().any(|a| is_daily(scene, a));
    if daily && !kinds.contains(&ActionType::PeriodicPenalty) && !sentence.triggers.is_empty() {
        kinds.push(ActionType::PeriodicPenalty);
    }
    for kind in kinds {
        if takes_money(kind) {
            for amount in
                sentence.amounts.clone().filter(|a| may_be_sum(scene, *a, kind)).take(MOST)
            {
                let at = scene.facts.amounts[amount].0.first;
                all.push(Candidate {
                    sentence: index,
                    kind,
                    trigger: nearest(sentence, kind, at),
                    amount: Some(amount),
                });
            }
        }
        let mut triggers = told_apart(scene, kind, sentence, &sentence.triggers);
        if triggers.is_empty() && kind == ActionType::CourtRuling {
            triggers = told_apart(scene, kind, sentence, &outcomes(scene, sentence));
        }
        let of =
            |trigger| Candidate { sentence: index, kind, trigger: Some(trigger), amount: None };
        if !triggers.is_empty() {
            all.extend(triggers.into_iter().map(of));
        } else if kind == ActionType::CourtRuling {
            all.push(Candidate { sentence: index, kind, trigger: None, amount: None });
        }
    }
    for kind in [ActionType::Fine, ActionType::Settlement] {
        if !sentence.hushed
            && !sentence.triggers.iter().any(|t| t.kind == kind)
            && scene.kinds.contains(&kind)
        {
            for amount in
                sentence.amounts.clone().filter(|a| may_be_sum(scene, *a, kind)).take(MOST)
            {
                all.push(Candidate { sentence: index, kind, trigger: None, amount: Some(amount) });
            }
        }
    }
    all.truncate(from + MOST);
}

fn is_daily(scene: &Scene, amount: usize) -> bool {
    matches!(scene.facts.amounts[amount].0.per, Some(Unit::Day | Unit::Week | Unit::Month))
}

fn may_be_sum(scene: &Scene, amount: usize, kind: ActionType) -> bool {
    let (stated, _) = &scene.facts.amounts[amount];
    stated.converted_from.is_none()
        && stated.rule != "money.range-end"
        && (is_daily(scene, amount) == (kind == ActionType::PeriodicPenalty)
            || kind == ActionType::PeriodicPenalty)
}

/// A word for what courts decide, or a court beside an appeal.
fn is_ruling(scene: &Scene, sentence: &Sentence) -> bool {
    let has = |wanted: fn(Sense) -> bool| scene.has(&sentence.range, wanted);
    let decides = has(Sense::is_outcome);
    let court = has(|s| s == Sense::Court);
    decides || (court && has(|s| s == Sense::Appeal))
}

/// Returns the words that tell what a court makes of an act.
fn outcomes(scene: &Scene, sentence: &Sentence) -> Vec<Trigger> {
    let word = |hit: &Hit| Trigger {
        first: hit.first as usize,
        last: hit.last as usize,
        kind: ActionType::CourtRuling,
        form: Form::Outcome,
    };
    scene.outcomes(&sentence.range).map(word).collect()
}

fn rank(form: Form) -> u8 {
    match form {
        Form::Verb => 0,
        Form::Passive => 1,
        Form::Noun => 2,
        Form::Weak => 3,
        Form::Outcome => 4,
    }
}

/// Returns the triggers of a type that may tell actions of their own: of each clause the one that says
/// most, a verb before a noun, the first before later ones. What is told by its sum needs but one.
fn told_apart(
    scene: &Scene,
    kind: ActionType,
    sentence: &Sentence,
    words: &[Trigger],
) -> Vec<Trigger> {
    let clause =
        |t: &Trigger| if takes_money(kind) { 0 } else { scene.clause(sentence, t.first).start };
    let mut best: Vec<(usize, Trigger)> = Vec::new();
    for trigger in words.iter().filter(|t| t.kind == kind) {
        let clause = clause(trigger);
        match best.iter_mut().find(|(known, _)| *known == clause) {
            Some((_, known))
                if (rank(trigger.form), trigger.first) < (rank(known.form), known.first) =>
            {
                *known = *trigger;
            }
            Some(_) => {}
            None => best.push((clause, *trigger)),
        }
    }
    best.into_iter().map(|(_, trigger)| trigger).collect()
}

fn nearest(sentence: &Sentence, kind: ActionType, at: usize) -> Option<Trigger> {
    sentence
        .triggers
        .iter()
        .filter(|t| t.kind == kind)
        .min_by_key(|t| (t.first.abs_diff(at), rank(t.form)))
        .copied()
}

//! The slots that need no choice: laws, measures, the deadline, and the sum of a ruling.

use crate::{
    base::{
        action::{ActionType, Measure},
        token::Kind,
    },
    extract::{entities::Label, numbers::number},
    pack::sense::{Sense, Unit},
};

use super::{candidates::Candidate, scene::Scene};

/// Returns the sum of a ruling: what the sentence says is kept, annulled or set anew.
pub(super) fn ruled_sum(scene: &Scene, candidate: &Candidate) -> Option<usize> {
    if candidate.kind != ActionType::CourtRuling {
        return None;
    }
    let sentence = &scene.sentences[candidate.sentence];
    let stated = |index: usize| &scene.facts.amounts[index].0;
    let all = || sentence.amounts.clone().filter(|a| stated(*a).converted_from.is_none());
    let clause = scene.clause(sentence, candidate.at(scene));
    let own: Vec<usize> = all().filter(|a| clause.contains(&stated(*a).first)).collect();
    let (sums, range) =
        if own.is_empty() { (all().collect(), &sentence.range) } else { (own, &clause) };
    if scene.has(range, |s| matches!(s, Sense::Reduced)) {
        // "from 50 to 30 million": the new sum is the smaller one.
        return sums.into_iter().min_by_key(|a| stated(*a).low);
    }
    sums.first().copied()
}

/// Returns the laws that the sentence cites, else those of its paragraph.
pub(super) fn laws(scene: &Scene, candidate: &Candidate) -> Vec<String> {
    let of = |index: usize| {
        let mut laws: Vec<String> = scene.facts.names[scene.sentences[index].names.clone()]
            .iter()
            .filter(|n| n.label == Label::Law)
            .filter_map(|n| n.id.clone())
            .collect();
        laws.sort_unstable();
        laws.dedup();
        laws
    };
    let here = of(candidate.sentence);
    if !here.is_empty() {
        return here;
    }
    let same_paragraph = |index: usize| {
        let (a, b) = (
            &scene.sentences[index.min(candidate.sentence)],
            &scene.sentences[index.max(candidate.sentence)],
        );
        (a.range.end..b.range.start).all(|i| scene.document.kind(i) != Kind::Break)
    };
    [candidate.sentence + 1, candidate.sentence.wrapping_sub(1)]
        .into_iter()
        .filter(|&i| i < scene.sentences.len() && same_paragraph(i))
        .map(of)
        .find(|laws| !laws.is_empty())
        .unwrap_or_default()
}

pub(super) fn measures(scene: &Scene, candidate: &Candidate) -> Vec<Measure> {
    use ActionType as A;
    if !matches!(
        candidate.kind,
        A::Order | A::FormalNotice | A::Ban | A::Settlement | A::Recall | A::Redress
    ) {
        return Vec::new();
    }
    let range = &scene.sentences[candidate.sentence].range;
    let mut measures: Vec<Measure> = scene
        .document
        .hits_in(range)
        .iter()
        .filter_map(|h| if let Sense::Measure(m) = h.sense { Some(m) } else { None })
        .collect();
    measures.sort_unstable();
    measures.dedup();
    measures
}

/// Returns by when it must be done: "dans un délai de deux mois" is `P2M`.
pub(super) fn deadline(scene: &Scene, candidate: &Candidate) -> Option<String> {
    let range = &scene.sentences[candidate.sentence].range;
    scene.cues(range, |s| matches!(s, Sense::Within)).find_map(|hit| {
        let count = number(scene.document, hit.last as usize)?;
        let (_, unit) = scene
            .document
            .longest(count.last, |s| if let Sense::Duration(u) = s { Some(u) } else { None })?;
        let value = count.value.0 / crate::base::money::Exact::ONE;
        let letter = match unit {
            Unit::Hour => return Some(format!("PT{value}H")),
            Unit::Day => 'D',
            Unit::Week => 'W',
            Unit::Month => 'M',
            Unit::Year => 'Y',
            Unit::Person | Unit::Piece => return None,
        };
        Some(format!("P{value}{letter}"))
    })
}

//! Lists: several targets of one action, several countries whose authorities act.

use crate::{extract::entities::Label, pack::sense::Sense};

use super::{
    candidates::Candidate,
    scene::{Scene, is_target},
};

/// Returns the countries that a list ties to the one that acts.
pub(super) fn countries(scene: &Scene, candidate: &Candidate, actor: usize) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    let is_country =
        |i: usize| scene.name(i).label == Label::Loc && scene.name(i).country.is_some();
    let followed = |i: usize| {
        let next = i + 1;
        sentence.names.contains(&next)
            && is_country(next)
            && scene.name(next).first.saturating_sub(scene.name(i).last) <= 2
    };
    // The authority may be chosen by another of its mentions.
    let actor = sentence
        .names
        .clone()
        .find(|i| {
            let name = scene.name(*i);
            name.described && name.chain == scene.name(actor).chain && followed(*i)
        })
        .unwrap_or(actor);
    let name = scene.name(actor);
    let next = actor + 1;
    let behind = followed(actor);
    // "the regulators in France, Italy and Australia": the first country may be part of the description.
    let start = if name.described && behind {
        next
    } else if is_country(actor) || (name.described && name.country.is_some()) {
        actor
    } else {
        return Vec::new();
    };
    let joined = |a: usize| {
        is_country(a + 1)
            && scene.name(a + 1).first.saturating_sub(scene.name(a).last) <= 4
            && (scene.name(a).last..scene.name(a + 1).first).any(|i| {
                matches!(scene.document.word(i), "," | "、")
                    || scene.document.end_of(i, Sense::NumberAnd).is_some()
            })
    };
    let mut last = start;
    while sentence.names.contains(&(last + 1)) && joined(last) {
        last += 1;
    }
    (start..=last).collect()
}

/// Returns those acted upon where a list has the one that was chosen: of "A and B pay 10 and 20 million"
/// the one at the place of the sum, else all of them.
pub(super) fn targets(scene: &Scene, candidate: &Candidate, index: usize) -> Vec<usize> {
    let mut list = with_list(scene, candidate, named(scene, candidate, index));
    if list == [index]
        && let Some(members) = members(scene, candidate, index)
    {
        list = members;
    }
    let place = candidate.amount.and_then(|amount| place_among_sums(scene, candidate, amount));
    match place.filter(|(_, sums)| *sums == list.len() && *sums >= 2) {
        Some((place, _)) => list.get(place).map(|one| vec![*one]).unwrap_or(list),
        None => list,
    }
}

/// Returns those whom a count introduces: "two suppliers, Exempla and Modello".
fn members(scene: &Scene, candidate: &Candidate, index: usize) -> Option<Vec<usize>> {
    let (count, first) = (scene.name(index), index + 1);
    let is_introduced = count.rule == "entity.counted-firms"
        && scene.sentences[candidate.sentence].names.contains(&first)
        && matches!(scene.document.word(count.last), "," | "،" | ":" | "(")
        && scene.name(first).first == count.last + 1
        && scene.may_be_target(first)
        && !scene.name(first).described;
    let members = is_introduced.then(|| with_list(scene, candidate, first))?;
    (members.len() >= 2).then_some(members)
}

/// Returns whom a description says more about: in "Exempla, a lead generation company," the name; else
/// the description itself.
fn named(scene: &Scene, candidate: &Candidate, index: usize) -> usize {
    let names = &scene.sentences[candidate.sentence].names;
    let (Some(before), description) = (index.checked_sub(1), scene.name(index)) else {
        return index;
    };
    let name = scene.name(before);
    // An article may stand between the comma and the description.
    let gap = name.last..description.first;
    let comma = matches!(scene.document.word(gap.start), "," | "،");
    let is_apposition = description.unnamed
        && names.contains(&before)
        && is_target(name)
        && !name.unnamed
        && !name.described
        && comma
        && gap.len() <= 2
        && gap.skip(1).all(|at| scene.document.end_of(at, Sense::NumberAnd).is_none());
    if is_apposition { before } else { index }
}

/// Tokens that may stand between two sums of a list: "10 and 20 million", "10, and then 20".
const BETWEEN_SUMS: usize = 2;

/// Returns the place of a sum in a list of sums, and how many the list has.
fn place_among_sums(scene: &Scene, candidate: &Candidate, amount: usize) -> Option<(usize, usize)> {
    let stated = |i: usize| &scene.facts.amounts[i].0;
    let sums = scene.sentences[candidate.sentence].amounts.clone();
    let sums: Vec<usize> = sums.filter(|i| stated(*i).converted_from.is_none()).collect();
    let joined = |a: &usize, b: &usize| {
        let gap = stated(*a).last..stated(*b).first;
        gap.len() <= BETWEEN_SUMS
            && gap.clone().all(|at| {
                matches!(scene.document.word(at), "," | "、" | "，" | "·")
                    || scene.document.end_of(at, Sense::NumberAnd).is_some()
            })
    };
    let mut runs = sums.chunk_by(joined);
    let run = runs.find(|run| run.contains(&amount))?;
    Some((run.iter().position(|i| *i == amount)?, run.len()))
}

/// Tokens that may stand between two names of a list: "» , and «".
const MOST_BETWEEN: usize = 4;

/// Marks that names stand between.
const QUOTES: [&str; 15] =
    ["\"", "'", "“", "”", "„", "«", "»", "‘", "’", "「", "」", "『", "』", "《", "》"];

/// Takes those in whom a list ties to the target: "A, B and C".
fn with_list(scene: &Scene, candidate: &Candidate, index: usize) -> Vec<usize> {
    let sentence = &scene.sentences[candidate.sentence];
    if !sentence.names.contains(&index) {
        return vec![index];
    }
    let joined = |a: usize, b: usize| {
        let gap = scene.name(a).last..scene.name(b).first;
        // "of A and of B"
        let before = scene.name(a).first.checked_sub(1).map(|at| scene.document.word(at));
        let is_again = |at: usize| at > gap.start && before == Some(scene.document.word(at));
        let ties = |i: usize| {
            matches!(scene.document.word(i), "," | "、" | "，" | "·" | "・" | "&" | "und" | "/")
                || scene.document.end_of(i, Sense::NumberAnd).is_some()
                || scene.document.end_of(i, Sense::MoneyTo).is_some()
                || is_again(i)
        };
        // "«A» and «B»": quotation marks are parts of the names.
        let bare = gap.clone().filter(|i| !QUOTES.contains(&scene.document.word(*i)));
        (1..=2).contains(&bare.clone().count())
            && gap.len() <= MOST_BETWEEN
            && bare.clone().all(ties)
            && scene.may_be_target(a)
            && scene.may_be_target(b)
            // "P4, the operator": a description says more of the name beside it.
            && !scene.name(a).described
            && !scene.name(b).described
            && scene.name(a).chain != scene.name(b).chain
    };
    let (mut first, mut last) = (index, index);
    while first > sentence.names.start && joined(first - 1, first) {
        first -= 1;
    }
    while last + 1 < sentence.names.end && joined(last, last + 1) {
        last += 1;
    }
    (first..=last).collect()
}

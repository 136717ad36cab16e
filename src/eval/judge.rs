//! Which annotated action a candidate is: by where the evidence stands and which sum it has.

use finewire::{
    actions::{
        candidates::{Candidate, takes_money},
        scene::Scene,
    },
    base::span::Span,
};

use super::{
    gold::{GoldAction, GoldArticle},
    names::same,
};

/// What a candidate is.
pub(super) enum Verdict {
    /// The annotated action of this number.
    Right(usize),
    /// None.
    Wrong,
    /// Told again, or of an action that may be left out.
    Unclear,
}

/// Returns where the annotated evidence stands.
pub(super) fn places(scene: &Scene, gold: &GoldArticle) -> Vec<Option<Span>> {
    gold.actions.iter().map(|action| place(scene.document.text, &action.evidence)).collect()
}

fn place(text: &str, evidence: &str) -> Option<Span> {
    let start = text.find(evidence.trim())?;
    Some(Span::new(start, start + evidence.trim().len()))
}

/// Tells which annotated action a candidate is; `places` are those of [`places`].
pub(super) fn judge(
    scene: &Scene,
    candidate: &Candidate,
    gold: &GoldArticle,
    places: &[Option<Span>],
) -> Verdict {
    let sentence = &scene.sentences[candidate.sentence];
    let span = scene.document.span(&sentence.range);
    let word = candidate.kind.word();
    let typed = |g: &GoldAction| g.r#type == word || g.also.iter().any(|t| t == word);
    let here = |i: usize| places[i].is_some_and(|p| p.overlaps(&span));
    let named = |g: &GoldAction| {
        sentence
            .names
            .clone()
            .any(|i| g.target.is_some() && same(g.target.as_deref(), Some(&scene.name(i).name)))
    };
    if gold.types_only {
        let sums = !sentence.amounts.is_empty() && takes_money(candidate.kind);
        return match gold.actions.iter().position(typed) {
            // Which sum is the fine is not annotated, only that one is.
            Some(index) if candidate.amount.is_some() || !sums => Verdict::Right(index),
            Some(_) => Verdict::Unclear,
            None => Verdict::Wrong,
        };
    }
    let mut unclear = false;
    let mut best: Option<(u32, usize)> = None;
    for (index, action) in gold.actions.iter().enumerate().filter(|(_, g)| typed(g)) {
        if let Some(amount) = candidate.amount {
            if is_sum(scene, action, amount) {
                // Several actions may have the same sum: the one told here, on someone named here.
                let rank = 2 * u32::from(here(index)) + u32::from(named(action));
                if best.is_none_or(|(known, _)| rank > known) {
                    best = Some((rank, index));
                }
            }
            continue;
        }
        if !here(index) {
            // Told again, perhaps: the headline of a dispatch names its action, and a later sentence
            // goes back to it.
            unclear |= candidate.sentence == 0 && !takes_money(candidate.kind) || named(action);
            continue;
        }
        let sum_here = sentence.amounts.clone().any(|a| is_sum(scene, action, a));
        if takes_money(candidate.kind) && sum_here && !action.optional {
            unclear = true;
        } else {
            // Of several in one sentence the one whose words are nearest.
            let own = candidate.trigger.map(|t| scene.document.span(&(t.first..t.last)));
            let far = own.zip(places[index]).map_or(0, |(own, place)| gap(own, place));
            let rank = u32::MAX - far;
            if best.is_none_or(|(known, _)| rank > known) {
                best = Some((rank, index));
            }
        }
    }
    match best {
        Some((_, index)) if gold.actions[index].optional => Verdict::Unclear,
        Some((_, index)) => Verdict::Right(index),
        None if unclear => Verdict::Unclear,
        None => Verdict::Wrong,
    }
}

/// Returns the bytes between two places.
fn gap(a: Span, b: Span) -> u32 {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

fn is_sum(scene: &Scene, gold: &GoldAction, amount: usize) -> bool {
    let (stated, currency) = &scene.facts.amounts[amount];
    gold.amount.as_ref().zip(stated.high).is_some_and(|(gold, value)| {
        let value = value.to_f64();
        gold.currency == currency.code() && (gold.value - value).abs() <= 1e-6 * value
    })
}

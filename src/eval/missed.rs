//! Why an action is missed: how far its likeliest candidate came.
//!
//! Reads scene, gold and rows of one article; the kinds say where to look first: among the words, the
//! weights, or where tellings are joined.

use finewire::{
    actions::{
        Action, LEAST,
        candidates::{self, Candidate},
        choice::Weigher,
        looks::Looks,
        model::Model,
        scene::Scene,
        trust,
    },
    base::span::Span,
};

use super::{
    errors::Error,
    gold::GoldArticle,
    judge::{self, Verdict, judge},
    score::Outcome,
};

/// Lists the missed actions of an article, by why they are missed.
pub(crate) fn list(
    scene: &Scene,
    actions: &[Action],
    gold: &GoldArticle,
    outcome: &Outcome,
    model: &Model,
) -> Vec<Error> {
    let places = judge::places(scene, gold);
    let is = |candidate: &Candidate| match judge(scene, candidate, gold, &places) {
        Verdict::Right(index) => Some(index),
        _ => None,
    };
    let mut weigher = Weigher::new(scene, model);
    let looks = Looks::first(&mut weigher);
    let all: Vec<Option<usize>> = candidates::all(scene).iter().map(is).collect();
    let reason = |missed: usize| {
        if !all.contains(&Some(missed)) {
            let kind = &gold.actions[missed].r#type;
            let here = |i: &&usize| {
                sentence_of(scene, places[**i]) == sentence_of(scene, places[missed])
                    && gold.actions[**i].r#type == *kind
            };
            let taken = all.iter().flatten().any(|i| here(&i));
            return if taken { "beside another" } else { "no candidate" };
        }
        let own = looks.looks.iter().enumerate();
        let own = own.filter(|(_, look)| is(&look.candidate) == Some(missed));
        let scored = own.map(|(index, look)| (looks.likely(&weigher, index), &look.candidate));
        let Some((likely, candidate)) = scored.max_by(|a, b| a.0.total_cmp(&b.0)) else {
            return "unlikely at the first look";
        };
        let of = |row: &Action| (row.at, row.kind, row.amount);
        let wanted = (candidate.sentence, candidate.kind, candidate.amount);
        match actions.iter().find(|row| of(row) == wanted) {
            Some(row) if row.confidence < trust::KEPT => "not believed",
            Some(_) => "stands for another",
            None if likely < LEAST => "unlikely",
            None => "joined",
        }
    };
    let error = |&missed: &usize| Error {
        kind: format!("action missed: {}", reason(missed)),
        what: format!(
            "{} {} {}",
            gold.actions[missed].r#type,
            gold.actions[missed].status,
            gold.actions[missed].target.as_deref().unwrap_or("-")
        ),
        sentence: gold.actions[missed].evidence.clone(),
    };
    outcome.actions.missed.iter().map(error).collect()
}

/// Returns the sentence that a piece of evidence begins in.
fn sentence_of(scene: &Scene, evidence: Option<Span>) -> Option<usize> {
    let start = evidence?.start;
    scene.sentences.iter().rposition(|s| scene.document.span(&s.range).start <= start)
}

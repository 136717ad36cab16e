//! Why an action is missed: how far its likeliest candidate came.
//!
//! Reads scene, gold and rows of one article; the kinds say where to look first: among the words, the
//! weights, or where tellings are joined.

use finewire::actions::{
    Action,
    candidates::{self, Candidate},
    choice::Weigher,
    looks::Looks,
    model::Model,
    scene::Scene,
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
    let looks = Looks::first(&mut Weigher::new(scene, model));
    let weigher = Weigher::new(scene, model);
    let all: Vec<Option<usize>> = candidates::all(scene).iter().map(is).collect();
    let reason = |missed: usize| {
        let action = &gold.actions[missed];
        if !all.contains(&Some(missed)) {
            let here = |i: &usize| {
                places[*i].zip(places[missed]).is_some_and(|(a, b)| {
                    let sentence = |at: u32| {
                        scene
                            .sentences
                            .iter()
                            .rposition(|s| scene.document.span(&s.range).start <= at)
                    };
                    sentence(a.start) == sentence(b.start)
                })
            };
            let taken = all
                .iter()
                .flatten()
                .any(|i| *i != missed && here(i) && gold.actions[*i].r#type == action.r#type);
            return if taken { "beside another".to_owned() } else { "no candidate".to_owned() };
        }
        let own =
            looks.looks.iter().enumerate().filter(|(_, look)| is(&look.candidate) == Some(missed));
        let best =
            own.map(|(i, _)| (looks.likely(&weigher, i), i)).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((likely, index)) = best else { return "first look below 0.1".to_owned() };
        let candidate = &looks.looks[index].candidate;
        let row = actions.iter().find(|row| {
            row.at == candidate.sentence
                && row.kind == candidate.kind
                && row.amount == candidate.amount
        });
        match row {
            Some(row) if row.confidence < 0.5 => "not believed".to_owned(),
            Some(_) => "stands for another".to_owned(),
            None if likely < 0.2 => "unlikely".to_owned(),
            None => "joined".to_owned(),
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

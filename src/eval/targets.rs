//! Why a target is wrong: what the names of an article had of the annotated one.
//!
//! Reads scene, gold and row of one article; the kinds say where to look first: among the names,
//! the choices, or the weights.

use finewire::{
    actions::{candidates::Candidate, choice, scene::Scene},
    base::action::ActionType,
    dataset::record::Record,
};

use crate::eval::{
    errors::Error,
    gold::GoldArticle,
    names::same,
    score::{Outcome, TARGET},
};

/// Lists the wrong targets of an article's pairs, by why they are wrong.
pub(crate) fn list(
    scene: &Scene,
    gold: &GoldArticle,
    record: &Record,
    outcome: &Outcome,
) -> Vec<Error> {
    let wrong = outcome.pairs.iter().filter(|pair| !pair.slots[TARGET]);
    wrong
        .map(|pair| {
            let (action, row) = (&gold.actions[pair.gold], &record.actions[pair.found]);
            let start = byte_at(scene.document.text, row.start as usize);
            let (gold, found) = (action.target.as_deref(), row.target.as_deref());
            let kind = reason(scene, gold, found, start);
            let word = |name: Option<&str>| name.unwrap_or("-").to_owned();
            Error {
                kind: format!("target wrong: {kind}"),
                what: format!("{}: {} -> {}", row.r#type, word(gold), word(found)),
                sentence: String::new(),
            }
        })
        .collect()
}

fn byte_at(text: &str, code_point: usize) -> usize {
    text.char_indices().nth(code_point).map_or(text.len(), |(at, _)| at)
}

fn reason(scene: &Scene, gold: Option<&str>, found: Option<&str>, start: usize) -> String {
    let Some(gold) = gold else { return "nobody is right".to_owned() };
    let is = |name: &str| {
        same(Some(gold), Some(name)) || gold.split(", ").any(|g| same(Some(g), Some(name)))
    };
    let names = || scene.facts.names.iter().enumerate();
    let right: Vec<usize> = names().filter(|(_, n)| is(&n.name)).map(|(i, _)| i).collect();
    let words =
        |first: usize, last: usize| scene.document.span(&(first..last)).of(scene.document.text);
    if right.is_empty() {
        let other_form = names().find(|(_, n)| is(words(n.first, n.last)));
        let within = names().find(|(_, n)| {
            let surface = words(n.first, n.last);
            gold.contains(surface) && surface.chars().count() > 2
        });
        return match (other_form, within) {
            (Some((_, name)), _) => format!("named otherwise ({})", name.label.word()),
            (None, Some((_, name))) => format!("found in part ({})", name.label.word()),
            _ if gold.starts_with(|c: char| c.is_lowercase() || c.is_numeric()) => {
                "described".to_owned()
            }
            _ => "not found".to_owned(),
        };
    }
    let sentence = scene
        .sentences
        .iter()
        .rposition(|s| scene.document.span(&s.range).start as usize <= start)
        .unwrap_or(0);
    let candidate = Candidate { sentence, kind: ActionType::Fine, trigger: None, amount: None };
    let choices = choice::target_choices(scene, &candidate);
    if right.iter().any(|index| choices.contains(index)) {
        let Some(found) = found else { return "nobody chosen".to_owned() };
        let away = |mentions: &mut dyn Iterator<Item = usize>| {
            let own = &scene.sentences[sentence].names;
            let behind = |i: usize| scene.document.sentence_of(scene.name(i).first);
            let near =
                mentions.map(|i| if own.contains(&i) { 0 } else { behind(i).abs_diff(sentence) });
            near.min().map_or_else(|| "-".to_owned(), |away| away.to_string())
        };
        let chosen = |i: &usize| same(Some(found), Some(&scene.name(*i).name));
        let right = away(&mut right.iter().copied().filter(|i| choices.contains(i)));
        let wrong = away(&mut choices.iter().copied().filter(chosen));
        return format!("another chosen (right {right} away, chosen {wrong})");
    }
    let able = || right.iter().filter(|i| finewire::actions::scene::is_target(scene.name(**i)));
    let sentence_of = |i: &usize| scene.document.sentence_of(scene.name(*i).first);
    match able().map(sentence_of).min_by_key(|own| own.abs_diff(sentence)) {
        None => format!("refused ({})", scene.name(right[0]).label.word()),
        Some(own) if own > sentence => "too far ahead".to_owned(),
        Some(own) if own == sentence => "never a choice".to_owned(),
        Some(_) => "too far back".to_owned(),
    }
}

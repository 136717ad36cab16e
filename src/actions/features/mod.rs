//! What holds of a candidate and of those who may fill its slots: the models' only view.
//!
//! No feature names a language or a word; packs give words, the models give judgement.

use std::ops::Range;

use crate::{
    base::token::Kind,
    extract::entities::Label,
    pack::sense::{Form, Sense},
};

use super::{
    candidates::Candidate,
    scene::{Scene, Sentence},
};

pub mod actor;
pub mod again;
pub mod date;
pub mod exists;
pub mod status;
pub mod target;

/// How many cues the models see.
const CUES: u32 = 21;

/// Returns the number of a cue, if the models see it.
fn cue(sense: Sense) -> Option<u32> {
    Some(match sense {
        Sense::Negated => 0,
        Sense::Generic => 1,
        Sense::Threatened => 2,
        Sense::Proposed => 3,
        Sense::Rumoured => 4,
        Sense::Upheld => 5,
        Sense::Overturned => 6,
        Sense::Reduced => 7,
        Sense::Appeal => 8,
        Sense::Veto => 9,
        Sense::Total => 10,
        Sense::Each => 11,
        Sense::Court => 12,
        Sense::Light => 13,
        Sense::LightPassive => 14,
        Sense::Passive => 15,
        Sense::AtMost => 16,
        Sense::AtLeast => 17,
        Sense::Agent => 18,
        Sense::Reason => 19,
        Sense::Vague => 20,
        _ => return None,
    })
}

/// Tokens around a trigger within which a cue is near.
const NEAR: usize = 7;

/// Puts a distance into one of few buckets.
fn bucket(distance: usize) -> u32 {
    match distance {
        0..=3 => distance as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        _ => 9,
    }
}

fn form_of(candidate: &Candidate) -> u32 {
    candidate.trigger.map_or(4, |t| match t.form {
        Form::Noun => 0,
        Form::Verb => 1,
        Form::Passive => 2,
        Form::Weak => 3,
    })
}

/// Returns the tokens around a candidate within its sentence.
fn around(scene: &Scene, candidate: &Candidate) -> Range<usize> {
    let range = &scene.sentences[candidate.sentence].range;
    let at = candidate.at(scene);
    let last = candidate.trigger.map_or(at + 1, |t| t.last);
    at.saturating_sub(NEAR).max(range.start)..(last + NEAR).min(range.end)
}

/// Sentences between a candidate and another sentence: 0 to 6 before it, 7 behind it.
fn away(candidate: &Candidate, sentence: usize) -> u32 {
    if sentence > candidate.sentence { 7 } else { (candidate.sentence - sentence).min(6) as u32 }
}

/// What stands around a mention, whatever candidate asks: worked out once for each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sides {
    /// Index of its sentence.
    sentence: usize,
    /// What stands right before it, the article and "the company" passed over.
    before: Beside,
    /// What stands right behind it.
    behind: Beside,
    /// What ends right before it, in whatever sentence, as bits of [`class`].
    marked: u32,
    /// The same if only the article is passed over.
    named: u32,
    /// What starts right behind it, in whatever sentence.
    follows: u32,
    /// Whether a company's mark ends right before it.
    company: bool,
}

impl Sides {
    /// Looks around the tokens of a mention.
    pub(super) fn of(scene: &Scene, first: usize, last: usize) -> Self {
        let document = scene.document;
        let sentence = document.sentence_of(first);
        let start = skip_article(scene, skip_mark(scene, first));
        let bits = |classes: &mut dyn Iterator<Item = Sense>| {
            classes.filter_map(class).fold(0, |bits, class| bits | 1 << class)
        };
        let marked = bits(&mut document.hits_before(start).map(|hit| hit.sense));
        let named =
            bits(&mut document.hits_before(skip_article(scene, first)).map(|hit| hit.sense));
        let follows = bits(&mut document.hits_at(last).iter().map(|hit| hit.sense));
        let (before, behind) = scene.sentences.get(sentence).map_or_else(Default::default, |own| {
            let is_first = start <= own.range.start;
            let is_last = last >= own.range.end;
            (
                if is_first { Beside(1) } else { Beside::new(scene, start - 1, marked) },
                if is_last { Beside(1) } else { Beside::new(scene, last, follows) },
            )
        });
        let company = document.start_of(start, |s| s.is(Sense::CompanyMark)).is_some();
        Self { sentence, before, behind, marked, named, follows, company }
    }
}

/// What stands right before or behind a mention: bits of the classes of [`class`] and [`mark`].
#[derive(Clone, Copy, Debug, Default)]
struct Beside(u32);

impl Beside {
    /// Returns what stands before a token, the article and "the company" passed over.
    fn before(scene: &Scene, sentence: &Sentence, first: usize) -> Self {
        let start = skip_article(scene, skip_mark(scene, first));
        if start <= sentence.range.start {
            return Self(1);
        }
        let classes = scene.document.hits_before(start).filter_map(|hit| class(hit.sense));
        Self::new(scene, start - 1, classes.fold(0, |bits, class| bits | 1 << class))
    }

    /// Returns what stands behind a mention.
    fn behind(scene: &Scene, sentence: &Sentence, last: usize) -> Self {
        if last >= sentence.range.end {
            return Self(1);
        }
        let classes = scene.document.hits_at(last).iter().filter_map(|hit| class(hit.sense));
        Self::new(scene, last, classes.fold(0, |bits, class| bits | 1 << class))
    }

    /// Takes the classes of a token's senses, or what it is if it has none.
    fn new(scene: &Scene, at: usize, classes: u32) -> Self {
        Self(if classes == 0 { 1 << mark(scene, at) } else { classes })
    }

    /// Returns the classes.
    fn classes(self) -> impl Iterator<Item = u32> {
        bits_of(self.0)
    }
}

/// Returns the numbers of the bits that are set, lowest first.
fn bits_of(mut bits: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let bit = bits.trailing_zeros();
            bits &= bits - 1;
            bit
        })
    })
}

/// Returns the bit of the class of a sense that has one.
fn bit(sense: Sense) -> u32 {
    class(sense).map_or(0, |class| 1 << class)
}

/// Returns the class of what a word means; 0 is the end of the sentence.
fn class(sense: Sense) -> Option<u32> {
    Some(match sense {
        Sense::Target => 1,
        Sense::Agent => 2,
        Sense::MoneyOf | Sense::DateOf => 3,
        Sense::Reason => 4,
        Sense::CompanyMark | Sense::Company => 5,
        Sense::Title => 6,
        Sense::NumberAnd => 7,
        Sense::Trigger(..) => 8,
        Sense::Passive => 9,
        Sense::Light => 10,
        Sense::LightPassive => 11,
        Sense::Clause => 12,
        Sense::TargetAfter => 13,
        Sense::AgentAfter => 14,
        Sense::Country(_) => 15,
        Sense::Authority(_) => 16,
        Sense::Each | Sense::Respectively => 17,
        Sense::Negated => 18,
        Sense::Court => 19,
        Sense::Currency(_) | Sense::Family(_) | Sense::Scale(_) => 20,
        Sense::Upheld | Sense::Overturned | Sense::Reduced => 21,
        Sense::Proposed | Sense::Threatened | Sense::Rumoured => 22,
        _ => return None,
    })
}

/// Returns the class of a token that means nothing in particular.
fn mark(scene: &Scene, at: usize) -> u32 {
    match scene.document.word(at) {
        "," | "、" | "，" | "،" | ";" | "；" => 23,
        "(" | "（" => 24,
        ")" | "）" => 25,
        "\"" | "“" | "”" | "„" | "«" | "»" | "「" | "」" | "'" | "’" => 26,
        ":" | "：" | "–" | "—" | "-" => 27,
        word if word.starts_with(['\'', '’']) => 28,
        _ if scene.document.kind(at) == Kind::Number => 29,
        _ if scene.document.kind(at) == Kind::Mark => 30,
        _ => 31,
    }
}

/// Returns the first token of a name with the article before it taken in ("par la CNIL").
fn skip_article(scene: &Scene, first: usize) -> usize {
    let before = first.wrapping_sub(1);
    let short = scene.document.kind(before) == Kind::Word
        && scene.document.word(before).chars().count() <= 4
        && scene.document.hits_at(before).iter().any(|h| h.sense.is(Sense::FunctionWord))
        && !scene
            .document
            .hits_at(before)
            .iter()
            .any(|h| matches!(h.sense, Sense::Agent | Sense::Target));
    if short { before } else { first }
}

/// Takes "the company" before a name in: "à la société Exempla".
fn skip_mark(scene: &Scene, first: usize) -> usize {
    scene
        .document
        .start_of(first, |s| matches!(s, Sense::CompanyMark | Sense::Company))
        .unwrap_or(first)
}

/// Returns the index of the first name of a sentence that stands behind a token.
fn split(scene: &Scene, sentence: &Sentence, at: usize) -> usize {
    let names = &scene.facts.names[sentence.names.clone()];
    sentence.names.start + names.partition_point(|n| n.first < at)
}

/// Returns the names between a candidate's trigger and one of the names before or behind it.
fn names_between(split: usize, index: usize) -> Range<usize> {
    if index >= split { split..index } else { index + 1..split }
}

/// Returns the cues and marks between two places of a sentence, as bits of [`class`].
fn classes_between(scene: &Scene, range: &Range<usize>) -> u32 {
    scene
        .document
        .hits_in(range)
        .iter()
        .filter(|hit| hit.last as usize <= range.end)
        .filter_map(|hit| class(hit.sense))
        .fold(0, |bits, class| bits | 1 << class)
}

/// 0 none, 1 before in the text, 2 described, 3 named.
fn regulator_in(scene: &Scene, sentence: &Sentence) -> u32 {
    let here =
        scene.facts.names[sentence.names.clone()].iter().filter(|n| n.label == Label::Regulator);
    let best = here.map(|n| if n.described { 2 } else { 3 }).max();
    best.unwrap_or_else(|| u32::from(scene.regulators_in(&(0..sentence.names.start)) > 0))
}

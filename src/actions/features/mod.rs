//! What holds of a candidate and of those who may fill its slots: the models' only view.
//!
//! Packs give words, the models give judgement: features speak of kinds of words, and only `words`
//! of the words themselves. A feature is told to a [`Features`], which keeps it for training or adds up
//! its weight. Whatever a feature asks of the candidate alone is worked out once, in a [`View`]; what it
//! asks of a mention alone stands within [`Features::once`].
//!
//! [`Features`]: super::feature::Features
//! [`Features::once`]: super::feature::Features::once

use std::ops::Range;

use crate::pack::sense::Form;

use super::{candidates::Candidate, scene::Scene, sentences::Sentence};

use marks::Marks;
use sides::Sides;

pub mod actor;
pub mod again;
pub mod date;
pub mod exists;
pub(super) mod marks;
pub mod shared_day;
pub(super) mod sides;
pub mod status;
pub mod target;
mod words;

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

/// Puts a probability into one of few levels.
pub(super) fn level(share: f32, steps: &[f32]) -> u32 {
    steps.iter().take_while(|step| share >= **step).count() as u32
}

fn form_of(candidate: &Candidate) -> u32 {
    candidate.trigger.map_or(4, |t| match t.form {
        Form::Noun => 0,
        Form::Verb => 1,
        Form::Passive => 2,
        Form::Weak => 3,
        Form::Outcome => 5,
    })
}

/// A candidate as its features see it.
pub struct View<'v> {
    /// Its article.
    pub scene: &'v Scene<'v, 'v>,
    /// The candidate.
    pub candidate: &'v Candidate,
    /// Its sentence.
    sentence: &'v Sentence,
    /// The token that stands for it.
    at: usize,
    /// How the word that names it stands.
    form: u32,
    /// Its type.
    kind: u32,
    /// Where that stands among the types of the article.
    nth_kind: Option<usize>,
    /// See [`kept`].
    kept: usize,
    /// Whether its sentence names an authority: see [`regulator_in`].
    regulator: u32,
    /// Its clause.
    clause: Range<usize>,
    /// Index of the first name of the sentence that stands behind it.
    split: usize,
    /// What stands around each name and date of the article.
    names: &'v [Sides],
    dates: &'v [Sides],
    /// Words of the article that features ask for.
    marks: &'v Marks,
}

/// How far a mention may be from a candidate, where what holds of it alone is asked: in its sentence,
/// in the one before, farther.
const AWAY: usize = 3;

/// Forms of the word that names a candidate, and places of a mention: in its sentence or elsewhere, before
/// it or behind it.
const FORMS: usize = 6;
const PLACES: usize = 4;

/// Returns how many sums are kept for each mention: see [`View::number`].
pub(super) fn kept(scene: &Scene) -> usize {
    AWAY + (FORMS + scene.kinds.len()) * PLACES
}

impl<'v> View<'v> {
    /// Looks at a candidate.
    pub fn new(scene: &'v Scene<'v, 'v>, candidate: &'v Candidate) -> Self {
        let sentence = &scene.sentences[candidate.sentence];
        let at = candidate.at(scene);
        Self {
            scene,
            candidate,
            sentence,
            at,
            form: form_of(candidate),
            kind: candidate.kind as u32,
            nth_kind: scene.kinds.iter().position(|kind| *kind == candidate.kind),
            kept: kept(scene),
            regulator: regulator_in(scene, sentence),
            clause: scene.clause(sentence, at),
            split: split(scene, sentence, at),
            names: scene.name_sides(),
            dates: scene.date_sides(),
            marks: scene.marks(),
        }
    }

    /// Returns on which sides of the candidate its sentence has authorities: 1 before it, 2 behind it, 3 both.
    fn authority_sides(&self) -> u32 {
        let Self { scene, sentence, split, .. } = *self;
        u32::from(scene.regulators_in(&(sentence.names.start..split)) > 0)
            + 2 * u32::from(scene.regulators_in(&(split..sentence.names.end)) > 0)
    }

    /// Returns the number that stands for a mention so far away.
    fn number(&self, index: usize, away: u32) -> usize {
        index * self.kept + (away as usize).min(AWAY - 1)
    }

    /// Returns the number that stands for a mention at such a place, seen from a word of this form.
    fn number_of_form(&self, index: usize, place: u32) -> usize {
        index * self.kept + AWAY + self.form as usize * PLACES + place as usize
    }

    /// Returns the number that stands for a mention at such a place, seen from an action of this type.
    fn number_of_kind(&self, index: usize, place: u32) -> usize {
        let nth = |nth: usize| AWAY + (FORMS + nth) * PLACES + place as usize;
        self.nth_kind.map_or(usize::MAX, |kind| index * self.kept + nth(kind))
    }

    /// Returns what stands around one of the names or dates.
    fn sides(all: &'v [Sides], index: usize) -> &'v Sides {
        all.get(index).unwrap_or(&Sides::NONE)
    }

    /// Returns the sentences between the candidate and another sentence: 0 to 6 before it, 7 behind it.
    fn away(&self, sentence: usize) -> u32 {
        let own = self.candidate.sentence;
        if sentence > own { 7 } else { (own - sentence).min(6) as u32 }
    }

    /// Returns the tokens around the candidate within its sentence.
    fn around(&self) -> Range<usize> {
        let range = &self.sentence.range;
        let last = self.candidate.trigger.map_or(self.at + 1, |t| t.last);
        self.at.saturating_sub(NEAR).max(range.start)..(last + NEAR).min(range.end)
    }

    /// Returns the tokens between the candidate and a mention.
    fn between(&self, first: usize, last: usize) -> Range<usize> {
        if first < self.at { last..self.at } else { self.at..first }
    }

    /// Returns the names between the candidate's trigger and one of the names before or behind it.
    fn names_between(&self, index: usize) -> Range<usize> {
        names_between(self.split, index)
    }

    /// Returns the cues and marks between two places of a sentence, as bits of [`class`].
    fn classes_between(&self, range: &Range<usize>) -> u32 {
        let marks = self.marks.within(range).iter();
        let marks = marks.filter(|mark| mark.last as usize <= range.end);
        marks.fold(0, |bits, mark| bits | mark.class)
    }
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

/// 0 none, 1 before in the text, 2 described, 3 named.
fn regulator_in(scene: &Scene, sentence: &Sentence) -> u32 {
    let here = sentence.names.clone().filter(|index| scene.may_act(*index));
    let best = here.map(|index| if scene.name(index).described { 2 } else { 3 }).max();
    best.unwrap_or_else(|| u32::from(scene.regulators_in(&(0..sentence.names.start)) > 0))
}

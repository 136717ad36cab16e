//! What holds of a candidate and of those who may fill its slots: the models' only view.
//!
//! Packs give words, the models give judgement: features speak of kinds of words, and only `words`
//! of the words themselves. A feature is
//! told to a [`Features`], which keeps it for training or adds up its weight. Whatever a feature asks
//! of the candidate alone is worked out once, in a [`View`]; what it asks of a mention alone stands
//! within [`Features::once`].
//!
//! [`Features`]: super::model::Features
//! [`Features::once`]: super::model::Features::once

use std::ops::Range;

use crate::{
    base::token::{Kind, Token},
    extract::{
        entities::Label,
        media::is_medium,
        tagger::lists::{is_body, is_known_company},
    },
    pack::{
        lexicon::Hit,
        sense::{Form, Sense},
    },
    text::document::Document,
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
mod words;

/// How many cues the models see.
const CUES: usize = 22;

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
        Sense::Able => 21,
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
pub(super) const AWAY: usize = 3;

/// Returns the number that stands for a mention so far away.
fn number(index: usize, away: u32) -> usize {
    index * AWAY + (away as usize).min(AWAY - 1)
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
            clause: scene.clause(sentence, at),
            split: split(scene, sentence, at),
            names: scene.name_sides(),
            dates: scene.date_sides(),
            marks: scene.marks(),
        }
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
    /// What lists know of its words.
    known: u32,
}

impl Sides {
    const NONE: Self = Self {
        sentence: 0,
        before: Beside(0),
        behind: Beside(0),
        marked: 0,
        named: 0,
        follows: 0,
        company: false,
        known: 0,
    };

    /// Looks around the tokens of a mention.
    pub(super) fn of(scene: &Scene, first: usize, last: usize) -> Self {
        let document = scene.document;
        let sentence = document.sentence_of(first);
        let mark = skip_mark(scene, first);
        let start = skip_article(scene, mark);
        let marked = Beside::ends(scene, start);
        let named =
            if mark == first { marked } else { Beside::ends(scene, skip_article(scene, first)) };
        let follows = Beside::starts(scene, last);
        let (before, behind) = scene.sentences.get(sentence).map_or_else(Default::default, |own| {
            let is_first = start <= own.range.start;
            let is_last = last >= own.range.end;
            (
                if is_first { Beside(1) } else { Beside::new(scene, start - 1, marked) },
                if is_last { Beside(1) } else { Beside::new(scene, last, follows) },
            )
        });
        let company = marked & bit(Sense::CompanyMark) != 0
            && document.start_of(start, |s| matches!(s, Sense::CompanyMark)).is_some();
        let known = known(document, first, last);
        Self { sentence, before, behind, marked, named, follows, company, known }
    }
}

/// Returns which lists know the words of a mention: companies, kinds of bodies, media.
fn known(document: &Document, first: usize, last: usize) -> u32 {
    let words = || (first..last).map(|at| document.word(at));
    let media = is_medium(document.span(&(first..last)).of(document.text));
    u32::from(words().any(is_known_company))
        + 2 * u32::from(words().any(is_body))
        + 4 * u32::from(media)
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
        Self::new(scene, start - 1, Self::ends(scene, start))
    }

    /// Returns what stands behind a mention.
    fn behind(scene: &Scene, sentence: &Sentence, last: usize) -> Self {
        if last >= sentence.range.end {
            return Self(1);
        }
        Self::new(scene, last, Self::starts(scene, last))
    }

    /// Returns the classes of what ends right before a token, as bits.
    fn ends(scene: &Scene, token: usize) -> u32 {
        scene.document.hits_before(token).fold(0, |bits, hit| bits | bit(hit.sense))
    }

    /// Returns the classes of what starts at a token, as bits.
    fn starts(scene: &Scene, token: usize) -> u32 {
        scene.document.hits_at(token).iter().fold(0, |bits, hit| bits | bit(hit.sense))
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
        Sense::CompanyMark | Sense::Company | Sense::Firm => 5,
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
    let document = scene.document;
    let hits = document.hits_at(before);
    let short = hits.iter().any(|h| matches!(h.sense, Sense::FunctionWord))
        && document.kind(before) == Kind::Word
        && document.word(before).chars().nth(4).is_none()
        && !hits.iter().any(|h| matches!(h.sense, Sense::Agent | Sense::Target));
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

/// A word of a class, or a cue.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// First token.
    first: u32,
    /// One past the last token.
    last: u32,
    /// Its class as a bit of [`class`], if it has one.
    class: u32,
    /// Its number as a bit of [`cue`], if it is one.
    cue: u32,
}

impl Mark {
    /// Takes what stands in a text, if any feature asks for it.
    fn of(hit: &Hit) -> Option<Self> {
        let cue = cue(hit.sense).map_or(0, |number| 1 << number);
        let class = bit(hit.sense);
        (class | cue != 0).then_some(Self { first: hit.first, last: hit.last, class, cue })
    }
}

/// The words of an article that features ask for.
#[derive(Debug, Default)]
pub struct Marks {
    /// In order.
    all: Vec<Mark>,
    /// For each token, how many start before it.
    before: Vec<u32>,
    /// For each token, how many commas, brackets and dashes stand before it.
    breaks: Vec<u32>,
}

impl Marks {
    /// Finds them.
    pub(super) fn of(document: &Document) -> Self {
        let tokens = document.tokens.len();
        let mut marks =
            Self { all: Vec::with_capacity(tokens), before: Vec::new(), breaks: breaks(document) };
        marks.before.reserve(tokens);
        for hit in document.hits_in(&(0..tokens)) {
            if let Some(mark) = Mark::of(hit) {
                let count = marks.all.len() as u32;
                marks.before.resize((hit.first as usize + 1).max(marks.before.len()), count);
                marks.all.push(mark);
            }
        }
        marks
    }

    /// Returns the tokens that begin clauses, in order.
    pub(super) fn clauses(&self) -> impl Iterator<Item = usize> {
        let begin = bit(Sense::Clause);
        self.all.iter().filter(move |m| m.class & begin != 0).map(|mark| mark.first as usize)
    }

    /// Returns the number of the piece between commas that a token stands in.
    fn segment(&self, token: usize) -> u32 {
        self.breaks.get(token).copied().unwrap_or_default()
    }

    /// Returns those that start within `range`.
    fn within(&self, range: &Range<usize>) -> &[Mark] {
        let at = |token| self.before.get(token).map_or(self.all.len(), |count| *count as usize);
        self.all.get(at(range.start)..at(range.end)).unwrap_or_default()
    }
}

/// Returns for each token how many commas, brackets and dashes stand before it.
fn breaks(document: &Document) -> Vec<u32> {
    let is_break = |(at, token): (usize, &Token)| {
        token.kind == Kind::Mark
            && matches!(
                document.word(at),
                "," | "、"
                    | "，"
                    | "،"
                    | ";"
                    | "；"
                    | ":"
                    | "："
                    | "("
                    | ")"
                    | "（"
                    | "）"
                    | "–"
                    | "—"
            )
    };
    let mut count = 0;
    let counted = document.tokens.iter().enumerate().map(|pair| {
        let before = count;
        count += u32::from(is_break(pair));
        before
    });
    counted.collect()
}

/// 0 none, 1 before in the text, 2 described, 3 named.
fn regulator_in(scene: &Scene, sentence: &Sentence) -> u32 {
    let here =
        scene.facts.names[sentence.names.clone()].iter().filter(|n| n.label == Label::Regulator);
    let best = here.map(|n| if n.described { 2 } else { 3 }).max();
    best.unwrap_or_else(|| u32::from(scene.regulators_in(&(0..sentence.names.start)) > 0))
}

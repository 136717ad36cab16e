//! The words of an article that features ask for: cues, and the classes of words beside something.

use std::ops::Range;

use crate::{
    base::token::{Kind, Token},
    pack::{lexicon::Hit, sense::Sense},
    text::document::Document,
};

use super::super::scene::Scene;

/// How many cues the models see.
pub(super) const CUES: usize = 22;

/// Returns the number of a cue, if the models see it.
pub(super) fn cue(sense: Sense) -> Option<u32> {
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

/// Returns the numbers of the bits that are set, lowest first.
pub(super) fn bits_of(mut bits: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let bit = bits.trailing_zeros();
            bits &= bits - 1;
            bit
        })
    })
}

/// Returns the bit of the class of a sense that has one.
pub(super) fn bit(sense: Sense) -> u32 {
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
pub(super) fn mark(scene: &Scene, at: usize) -> u32 {
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

/// A word of a class, or a cue.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Mark {
    /// First token.
    pub(super) first: u32,
    /// One past the last token.
    pub(super) last: u32,
    /// Its class as a bit of [`class`], if it has one.
    pub(super) class: u32,
    /// Its number as a bit of [`cue`], if it is one.
    pub(super) cue: u32,
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
pub(in super::super) struct Marks {
    /// In order.
    all: Vec<Mark>,
    /// For each token, how many start before it.
    before: Vec<u32>,
    /// For each token, how many commas, brackets and dashes stand before it.
    breaks: Vec<u32>,
}

impl Marks {
    /// Finds them.
    pub(in super::super) fn of(document: &Document) -> Self {
        let tokens = document.tokens.len();
        let mut marks =
            Self { all: Vec::with_capacity(tokens), before: Vec::new(), breaks: breaks(document) };
        marks.before.reserve(tokens);
        for hit in document.hits_in(&(0..tokens)) {
            // "Has not quashed the fine": what does not overturn upholds.
            let denied = hit.sense == Sense::Overturned
                && document.start_of(hit.first as usize, |s| s.is(Sense::Denial)).is_some();
            let hit = &Hit { sense: if denied { Sense::Upheld } else { hit.sense }, ..*hit };
            if let Some(mark) = Mark::of(hit) {
                let count = marks.all.len() as u32;
                marks.before.resize((hit.first as usize + 1).max(marks.before.len()), count);
                marks.all.push(mark);
            }
        }
        marks
    }

    /// Returns the tokens that begin clauses, in order.
    pub(in super::super) fn clauses(&self) -> impl Iterator<Item = usize> {
        let begin = bit(Sense::Clause);
        self.all.iter().filter(move |m| m.class & begin != 0).map(|mark| mark.first as usize)
    }

    /// Returns the number of the piece between commas that a token stands in.
    pub(super) fn segment(&self, token: usize) -> u32 {
        self.breaks.get(token).copied().unwrap_or_default()
    }

    /// Returns those that start within `range`.
    pub(super) fn within(&self, range: &Range<usize>) -> &[Mark] {
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

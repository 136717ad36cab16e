//! What stands right before and behind a mention.

use std::ops::Range;

use crate::{
    base::token::Kind,
    extract::{
        media::is_medium,
        tagger::lists::{is_body, is_known_company},
    },
    pack::sense::Sense,
    text::document::Document,
};

use super::{
    super::{scene::Scene, sentences::Sentence},
    marks::{bit, bits_of, mark},
};

/// What stands around a mention, whatever candidate asks: worked out once for each.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Sides {
    /// Index of its sentence.
    pub(super) sentence: usize,
    /// What stands right before it, the article and "the company" passed over.
    pub(super) before: Beside,
    /// What stands right behind it.
    pub(super) behind: Beside,
    /// What ends right before it, in whatever sentence, as bits of [`class`].
    pub(super) marked: u32,
    /// The same if only the article is passed over.
    pub(super) named: u32,
    /// What starts right behind it, in whatever sentence.
    pub(super) follows: u32,
    /// Whether a company's mark ends right before it.
    pub(super) company: bool,
    /// What lists know of its words.
    pub(super) known: u32,
    /// Whether a noun for a decision stands near a date: 1 before it, 2 behind it.
    pub(super) decided: u32,
}

impl Sides {
    pub(super) const NONE: Self = Self {
        sentence: 0,
        before: Beside(0),
        behind: Beside(0),
        marked: 0,
        named: 0,
        follows: 0,
        company: false,
        known: 0,
        decided: 0,
    };

    /// Looks around the tokens of a mention.
    pub(in super::super) fn of(scene: &Scene, first: usize, last: usize) -> Self {
        let document = scene.document;
        let sentence = document.sentence_of(first);
        let mark = skip_mark(scene, first);
        let start = skip_article(scene.document, mark);
        let marked = Beside::ends(scene, start);
        let named = if mark == first {
            marked
        } else {
            Beside::ends(scene, skip_article(scene.document, first))
        };
        let marked = marked | if bears_title(document, first) { bit(Sense::Target) } else { 0 };
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
        Self { sentence, before, behind, marked, named, follows, company, known, decided: 0 }
    }

    /// Looks around the tokens of a date.
    pub(in super::super) fn of_date(scene: &Scene, first: usize, last: usize) -> Self {
        let sides = Self::of(scene, first, last);
        let Some(own) = scene.sentences.get(sides.sentence) else { return sides };
        let decides = |range: Range<usize>| scene.has(&range, |sense| sense == Sense::Decision);
        let before = first.saturating_sub(DECIDED).max(own.range.start)..first;
        let behind = last..(last + DECIDED).min(own.range.end);
        let decided = if decides(before) { 1 } else { 2 * u32::from(decides(behind)) };
        Self { decided, ..sides }
    }
}

impl Sides {
    /// Returns whether a noun for a decision stands near a date.
    pub(in super::super) fn is_decided(&self) -> bool {
        self.decided != 0
    }

    /// Returns how a mention stands as the one acted upon: 1 behind a word for that, 2 before one, 3 between two, else 0.
    pub(super) fn target_mark(&self) -> u32 {
        let marked = self.marked & bit(Sense::Target) != 0;
        let follows = self.follows & bit(Sense::TargetAfter) != 0;
        u32::from(marked) + 2 * u32::from(follows)
    }
}

/// Tokens between a date and the noun for what was decided then.
const DECIDED: usize = 7;

/// Tokens between the word for whom something is done to and the title of who bears it: "against its former".
const TITLED: usize = 3;

/// Returns whether a name stands behind a title that is acted upon: "fined its former chief executive, Jane Doe".
fn bears_title(document: &Document, first: usize) -> bool {
    let end = if document.word(first.wrapping_sub(1)) == "," { first - 1 } else { first };
    let Some(title) = document.start_of(end, |sense| sense == Sense::Title) else { return false };
    (title.saturating_sub(TITLED)..=title)
        .rev()
        .take_while(|at| *at == title || document.kind(*at) == Kind::Word)
        .any(|at| document.hits_before(at).any(|hit| hit.sense == Sense::Target))
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
pub(super) struct Beside(u32);

impl Beside {
    /// Returns what stands before a token, the article and "the company" passed over.
    pub(super) fn before(scene: &Scene, sentence: &Sentence, first: usize) -> Self {
        let start = skip_article(scene.document, skip_mark(scene, first));
        if start <= sentence.range.start {
            return Self(1);
        }
        Self::new(scene, start - 1, Self::ends(scene, start))
    }

    /// Returns what stands behind a mention.
    pub(super) fn behind(scene: &Scene, sentence: &Sentence, last: usize) -> Self {
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
    pub(super) fn classes(self) -> impl Iterator<Item = u32> {
        bits_of(self.0)
    }
}

/// Returns the first token of a name with the article before it taken in ("par la CNIL").
pub(in super::super) fn skip_article(document: &Document, first: usize) -> usize {
    let before = first.wrapping_sub(1);
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

//! What stands in each sentence: the words that name actions, names, amounts and dates.
//!
//! Paragraphs and the parts of an article are numbered here too: a heading or a list's mark begins a
//! part.

use std::{cell::OnceCell, ops::Range};

use crate::{
    base::{
        action::{ActionStatus, ActionType},
        token::Kind,
    },
    extract::entities::Label,
    pack::{
        lexicon::Hit,
        sense::{Form, Sense},
    },
    resolve::{Facts, entities::SettledName},
    text::document::Document,
};

use super::denied::undenied;

/// A word that names an action.
#[derive(Clone, Copy, Debug)]
pub struct Trigger {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What it names.
    pub kind: ActionType,
    /// How it stands.
    pub form: Form,
}

/// What one sentence holds; indices are into the facts.
#[derive(Debug, Default)]
pub struct Sentence {
    /// Its tokens.
    pub range: Range<usize>,
    /// Words that name actions, none within another of its type.
    pub triggers: Vec<Trigger>,
    /// Names.
    pub names: Range<usize>,
    /// Amounts.
    pub amounts: Range<usize>,
    /// Dates.
    pub dates: Range<usize>,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// Number of its part of the article: a heading or a list's mark begins one.
    pub part: u32,
    /// Whether it asks something; known where it may tell an action.
    pub asks: bool,
    /// Whether it is a heading.
    pub heading: bool,
    /// Whether it begins with a noun for a decision: asked of each date for each candidate.
    pub(super) decides: OnceCell<bool>,
    /// What an authority makes of its own fine here: see `own`.
    pub(super) own: OnceCell<Option<ActionStatus>>,
    /// Whether its words for money that is to be paid all tell of no action: "contract penalty", "no fine".
    pub hushed: bool,
    /// How many words for each type stand in the sentences before.
    pub earlier: [u16; ActionType::ALL.len()],
}

impl Sentence {
    /// Returns whether it may tell an action: a word names one, or it has a sum.
    pub(super) fn tells(&self) -> bool {
        !self.triggers.is_empty() || !self.amounts.is_empty()
    }

    /// Returns the types that its words name, as bits.
    pub(super) fn types(&self) -> u32 {
        self.triggers.iter().fold(0, |bits, trigger| bits | 1 << trigger.kind as u32)
    }
}

/// Returns the sentences of an article with what stands in each.
pub(super) fn of(document: &Document, facts: &Facts) -> Vec<Sentence> {
    let mut sentences = sorted(document, facts);
    divide(document, &mut sentences);
    sentences
}

/// Sorts names, amounts and dates into the sentences; all are in text order.
fn sorted(document: &Document, facts: &Facts) -> Vec<Sentence> {
    let (mut name, mut amount, mut date) = (0, 0, 0);
    let take = |at: &mut usize, len: usize, first: &dyn Fn(usize) -> usize, end: usize| {
        let start = *at;
        while *at < len && first(*at) < end {
            *at += 1;
        }
        start..*at
    };
    let mut earlier = [0_u16; ActionType::ALL.len()];
    let sentence = |range: &Range<usize>| {
        let names = take(&mut name, facts.names.len(), &|i| facts.names[i].first, range.end);
        let mut triggers = undenied(document, range, triggers(document, range));
        triggers.retain(|trigger| !is_part_of_authority(&facts.names[names.clone()], trigger));
        let before = earlier;
        for trigger in &triggers {
            let count = &mut earlier[trigger.kind as usize];
            *count = count.saturating_add(1);
        }
        let firsts = |i: usize| facts.amounts[i].0.first;
        let amounts = take(&mut amount, facts.amounts.len(), &firsts, range.end);
        let mut sentence = Sentence {
            range: range.clone(),
            earlier: before,
            triggers,
            names,
            amounts,
            dates: take(&mut date, facts.dates.len(), &|i| facts.dates[i].first, range.end),
            ..Sentence::default()
        };
        sentence.asks = sentence.tells() && asks(document, range);
        sentence.hushed = !sentence.amounts.is_empty() && is_hushed(document, &sentence);
        sentence
    };
    document.sentences.iter().map(sentence).collect()
}

/// Returns whether a sentence has words for fines and settlements, and none that names an action.
fn is_hushed(document: &Document, sentence: &Sentence) -> bool {
    let pays = |kind| matches!(kind, ActionType::Fine | ActionType::Settlement);
    let is_said = |hit: &Hit| matches!(hit.sense, Sense::Trigger(kind, form) if pays(kind) && form != Form::Weak);
    !sentence.triggers.iter().any(|trigger| pays(trigger.kind))
        && document.hits_in(&sentence.range).iter().any(is_said)
}

/// Returns whether what ends before a token ends as a sentence does: the first line of a dispatch
/// without a headline.
pub(super) fn is_whole(document: &Document, end: usize) -> bool {
    matches!(document.word(end.saturating_sub(1)), "." | "。" | "।")
}

fn asks(document: &Document, range: &Range<usize>) -> bool {
    let tokens = document.tokens.get(range.clone()).unwrap_or_default();
    let mut marks = tokens.iter().filter(|token| token.kind == Kind::Mark);
    marks.any(|mark| matches!(mark.span.of(document.text), "?" | "؟" | "？"))
}

/// Tokens of the longest heading.
const HEADING: usize = 14;

/// Numbers paragraphs and the parts of the article: digests tell of another authority in each.
fn divide(document: &Document, sentences: &mut [Sentence]) {
    let (mut paragraph, mut part) = (0, 0);
    for index in 0..sentences.len() {
        let range = sentences[index].range.clone();
        let breaks = |from: usize, to: usize| (from..to).any(|i| document.kind(i) == Kind::Break);
        let opens = index == 0 || breaks(sentences[index - 1].range.end, range.start);
        let closes = sentences.get(index + 1).is_none_or(|s| breaks(range.end, s.range.start));
        let last = document.word(range.end.saturating_sub(1));
        let ends =
            matches!(last, "." | "!" | "?" | "…" | "。" | "！" | "？" | "।" | "؟" | ";" | ",");
        let heading = opens && closes && !ends && range.len() <= HEADING;
        let word = document.word(range.start);
        let listed = document.kind(range.start) == Kind::Number
            && matches!(document.word(range.start + 1), "." | ")" | "、" | "）" | "．")
            || matches!(
                word,
                "•" | "-" | "–" | "—" | "*" | "▪" | "■" | "●" | "·" | "◆" | "►" | "#"
            );
        paragraph += u32::from(opens && index > 0);
        let after_heading = index > 0 && sentences[index - 1].heading;
        part += u32::from(index > 0 && opens && (listed || heading && !after_heading));
        let sentence = &mut sentences[index];
        (sentence.paragraph, sentence.part, sentence.heading) = (paragraph, part, heading);
    }
}

/// Words that name an action, or hold the word of one and tell of none.
struct Phrase {
    first: usize,
    last: usize,
    /// One past what stands behind its gap, else the same as `last`.
    tail: usize,
    action: Option<(ActionType, Form)>,
}

impl Phrase {
    /// Returns whether another phrase is what stands behind the gap of this one: "liste noire" of "a inscrit …
    /// sur sa liste noire". Words for the same type say it twice.
    fn closes_with(&self, other: &Phrase) -> bool {
        let is_other = self.action.is_none()
            || other.action.map(|action| action.0) != self.action.map(|action| action.0);
        other.first >= self.last && other.last == self.tail && is_other
    }

    /// Returns whether this idiom makes another of the words that end one: "avviato una consultazione" in "ha avviato".
    fn goes_on_from(&self, other: &Phrase) -> bool {
        let within = other.first < self.first && self.first < other.last;
        self.action.is_none() && within && self.last >= other.last
    }

    fn trigger(&self) -> Option<Trigger> {
        let (kind, form) = self.action?;
        Some(Trigger { first: self.first, last: self.last, kind, form })
    }
}

/// Returns the words of a sentence that name actions: the longest at each place.
pub(super) fn triggers(document: &Document, range: &Range<usize>) -> Vec<Trigger> {
    let mut found: Vec<Phrase> = Vec::new();
    for hit in document.hits_in(range) {
        let action = match hit.sense {
            Sense::Trigger(kind, form) => Some((kind, form)),
            Sense::Idiom => None,
            _ => continue,
        };
        let (first, last) = (hit.first as usize, hit.last as usize);
        let phrase = Phrase { first, last, tail: hit.tail as usize, action };
        if phrase.last <= range.end {
            found.push(phrase);
        }
    }
    // "warning letter" is no "warning": a longer phrase hides the shorter ones within it. They are
    // in the order of their first tokens, so what hides one starts before it or with it.
    let mut farthest = 0;
    let mut hidden = Vec::with_capacity(found.len());
    for same in found.chunk_by(|one, other| one.first == other.first) {
        let last = |phrase: &Phrase| phrase.last;
        let longest = same.iter().map(last).max().unwrap_or_default();
        // A phrase with a gap ends at its gap, and is no longer than the word that it makes an idiom of.
        let idioms = same.iter().filter(|phrase| phrase.action.is_none());
        let idiom = idioms.map(last).max().unwrap_or_default();
        hidden
            .extend(same.iter().map(|t| farthest >= t.last || longest > t.last || idiom >= t.last));
        farthest = farthest.max(longest);
    }
    let seen = found.iter().zip(hidden).filter(|(_, hidden)| !hidden);
    let seen: Vec<&Phrase> = seen.map(|(phrase, _)| phrase).collect();
    let mut gapped: Vec<&Phrase> =
        seen.iter().copied().filter(|phrase| phrase.tail > phrase.last).collect();
    gapped.sort_by_key(|phrase| phrase.tail);
    let idioms: Vec<&Phrase> = found.iter().filter(|phrase| phrase.action.is_none()).collect();
    let is_other = |phrase: &&&Phrase| {
        let closed = gapped.partition_point(|other| other.tail < phrase.last);
        let mut closed = gapped[closed..].iter().take_while(|other| other.tail == phrase.last);
        let begun = idioms.partition_point(|idiom| idiom.first <= phrase.first);
        let mut begun = idioms[begun..].iter().take_while(|idiom| idiom.first < phrase.last);
        closed.any(|other| other.closes_with(phrase))
            || begun.any(|idiom| idiom.goes_on_from(phrase))
    };
    let own = seen.iter().filter(|phrase| !is_other(phrase));
    let mut triggers: Vec<Trigger> = own.filter_map(|phrase| phrase.trigger()).collect();
    triggers.dedup_by_key(|t| (t.first, t.last, t.kind, t.form as u8));
    triggers
}

/// Returns whether a word is part of what an authority is called: "Inspección de Trabajo" inspects nobody. Names are
/// in order, none within another.
fn is_part_of_authority(names: &[SettledName], trigger: &Trigger) -> bool {
    let behind = names.partition_point(|name| name.first <= trigger.first);
    let around = behind.checked_sub(1).and_then(|at| names.get(at));
    around.is_some_and(|name| {
        name.label == Label::Regulator && !name.described && trigger.last <= name.last
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, tables::Tables, world::World},
    };

    #[test]
    fn the_longest_phrase_tells_and_an_idiom_tells_nothing() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, expected) in [
            (Lang::En, "The firm got a warning letter.", vec![ActionType::FormalNotice]),
            (Lang::En, "The ban stands.", vec![ActionType::Ban]),
            (Lang::En, "It was in breach of the prohibition on cartels.", vec![]),
            (Lang::Pt, "A recolha de lixo custa mais.", vec![]),
            (Lang::Pt, "A recolha de brinquedos começou.", vec![ActionType::Recall]),
            (Lang::Fr, "L'AMF a inscrit Dumarais sur sa liste noire.", vec![ActionType::Warning]),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            let found = triggers(&document, &(0..document.tokens.len()));
            let kinds: Vec<ActionType> = found.iter().map(|trigger| trigger.kind).collect();
            assert_eq!(kinds, expected, "{text}");
        }
    }
}

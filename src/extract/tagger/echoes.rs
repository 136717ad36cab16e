//! Names that stand elsewhere in the article beyond doubt: "Ton-That" after "Hoan Ton-That".
//!
//! The tagger reads a sentence at a time. What it was sure of once is looked for again, letter by
//! letter, where it saw nothing. Refused: words that the article also writes in small letters.

use rustc_hash::FxHashMap;

use super::reader::Reader;
use crate::{
    base::token::Kind,
    extract::entities::{Label, NameMention, Reading},
    text::document::Document,
};

/// A name as it was first read: its tokens and its kind.
type Told = (usize, usize, Label);

/// Returns the further mentions of the names `found`.
pub(super) fn echoes(
    document: &Document,
    reader: &Reader,
    taken: &[bool],
    found: &[NameMention],
) -> Vec<NameMention> {
    let mut known: FxHashMap<&str, Vec<Told>> = FxHashMap::default();
    let mut covered = taken.to_vec();
    for name in found {
        if let Some(tokens) = covered.get_mut(name.first..name.last) {
            tokens.fill(true);
        }
        if name.confidence < SURE || name.label == Label::Misc {
            continue;
        }
        learn(document, reader, &mut known, (name.first, name.last, name.label));
        if name.label == Label::Per {
            // The surname: what stands behind the first space.
            let tail = (name.first + 1..name.last).find(|&at| document.spaced(at));
            if let Some(tail) = tail {
                learn(document, reader, &mut known, (tail, name.last, name.label));
            }
        }
    }
    let mut echoes = Vec::new();
    if known.is_empty() {
        return echoes;
    }
    let mut at = 0;
    while at < covered.len() {
        let told = document.tokens.get(at).filter(|token| token.capital && !covered[at]);
        let told = told.and_then(|_| known.get(document.word(at)));
        let longest = told.into_iter().flatten().filter_map(|&told| {
            let last = at + told.1 - told.0;
            let free = covered.get(at..last).is_some_and(|tokens| !tokens.contains(&true));
            (free && is_same(document, told, at)).then_some((last, told.2))
        });
        let Some((last, label)) = longest.max_by_key(|(last, _)| *last) else {
            at += 1;
            continue;
        };
        echoes.push(NameMention {
            first: at,
            last,
            label,
            reading: Reading::Name,
            rule: "entity.tagger-echo",
            confidence: 0.6,
        });
        at = last;
    }
    echoes
}

/// Least confidence of a name that is looked for again.
const SURE: f32 = 0.65;

fn learn<'a>(
    document: &Document<'a>,
    reader: &Reader,
    known: &mut FxHashMap<&'a str, Vec<Told>>,
    told: Told,
) {
    let word = document.word(told.0);
    let is_telling =
        document.kind(told.0) == Kind::Word && word.len() >= 3 && !reader.is_small_elsewhere(word);
    if !is_telling {
        return;
    }
    let names = known.entry(word).or_default();
    if !names
        .iter()
        .any(|other| other.1 - other.0 == told.1 - told.0 && is_same(document, told, other.0))
    {
        names.push(told);
    }
}

/// Returns whether the words of `told` stand at token `at` too.
fn is_same(document: &Document, told: Told, at: usize) -> bool {
    (told.0..told.1).zip(at..).all(|(one, other)| {
        document.word(one) == document.word(other)
            && (one == told.0 || document.spaced(one) == document.spaced(other))
    })
}

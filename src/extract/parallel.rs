//! Names where every noun has a capital, told by where they stand: in a list of sums, each behind the word that a
//! known name of the sentence stands behind ("auf Otis entfielen 18,2 Millionen, auf Schindler 25 Millionen"), or
//! right behind a noun for a firm ("der Mobilfunkanbieter Mobilcom-debitel").
//!
//! Read: capitalised words that no list of the language knows. Refused: everything that means something, and
//! sentences that tell of no action and no list.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::entities::{Label, NameMention, Reading, taken};
use crate::{
    base::token::{Kind, Token},
    pack::sense::Sense,
    text::document::Document,
};

/// Adds them, where every noun has a capital.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    if !document.pack.capital_nouns {
        return;
    }
    let mut taken = taken(document, found);
    // The words that stand before known names, by sentence.
    let before = |name: &NameMention| {
        let small = name.first.checked_sub(1).filter(|at| is_small(document, *at))?;
        let word = document.tokens.get(small)?.low;
        (name.label == Label::Org).then_some((document.sentence_of(name.first), word))
    };
    let before: FxHashSet<(usize, u32)> = found.iter().filter_map(before).collect();
    for (number, sentence) in document.sentences.iter().enumerate() {
        for at in sentence.clone() {
            if taken[at] || !is_unknown(document, at) {
                continue;
            }
            let Some(small) = at.checked_sub(1).filter(|small| *small >= sentence.start) else {
                continue;
            };
            let end = end(document, at, sentence, &taken);
            let listed = document.kind(end) == Kind::Number
                && document.tokens.get(small).is_some_and(|t| before.contains(&(number, t.low)));
            let is_marked = document.is_firm_noun(small) && document.tells_action(sentence);
            if listed || is_marked {
                taken[at..end].fill(true);
                found.push(NameMention {
                    first: at,
                    last: end,
                    label: Label::Org,
                    reading: Reading::Name,
                    rule: if listed { "entity.listed-sum" } else { "entity.company-noun" },
                    confidence: 0.4,
                });
            }
        }
    }
}

/// Returns whether a token is a word like "auf" or "gegen".
fn is_small(document: &Document, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| token.kind == Kind::Word && !token.any_capital)
        && document.hits_at(at).iter().any(|hit| hit.sense == Sense::FunctionWord)
}

/// Returns whether a token is a capitalised word that nothing is known of.
fn is_unknown(document: &Document, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| {
        token.kind == Kind::Word && token.capital && token.form == Token::UNKNOWN
    }) && document.hits_at(at).is_empty()
}

/// Returns the end of a name that begins at a token: words that are unknown, and what is tied to them by hyphens.
fn end(document: &Document, first: usize, sentence: &Range<usize>, taken: &[bool]) -> usize {
    let mut last = first + 1;
    loop {
        let tied =
            document.word(last) == "-" && !document.spaced(last) && !document.spaced(last + 1);
        let next = if tied { last + 1 } else { last };
        let goes_on = next < sentence.end
            && !taken[next]
            && document.kind(next) == Kind::Word
            && (tied || is_unknown(document, next));
        if !goes_on {
            return last;
        }
        last = next + 1;
    }
}

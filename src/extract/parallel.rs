//! Names where every noun has a capital, told by where they stand: in a list of sums, each behind the word that a
//! known name of the sentence stands behind ("auf Otis entfielen 18,2 Millionen, auf Schindler 25 Millionen"), or
//! right behind a noun for a firm ("der Mobilfunkanbieter Mobilcom-debitel").
//!
//! Read: capitalised words that no list of the language knows. Refused: everything that means something, and
//! sentences that tell of no action and no list.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::entities::{Label, NameMention, Reading, taken};
use crate::{
    base::token::{Kind, Token},
    pack::{lexicon::Hit, sense::Sense},
    text::document::Document,
};

/// Adds them, where every noun has a capital.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    if !document.pack.capital_nouns {
        return;
    }
    let mut taken = taken(document, found);
    // The small words that stand before known names, by sentence.
    let known = found.iter().filter(|name| name.label == Label::Org).filter_map(|name| {
        Some((document.sentence_of(name.first), small_before(document, name.first)?))
    });
    let known: FxHashSet<(usize, u32)> = known.collect();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let heads = |at: &usize| !taken[*at] && is_unknown(document, *at);
        let heads: Vec<usize> = sentence.clone().filter(heads).collect();
        let mut sums: FxHashMap<u32, usize> = FxHashMap::default();
        for at in &heads {
            let is_sum = document.kind(end(document, *at, sentence, &taken)) == Kind::Number;
            if let Some(small) = small_before(document, *at).filter(|_| is_sum) {
                *sums.entry(small).or_default() += 1;
            }
        }
        // Two sums behind "auf X", or one beside a name that is known, make a list.
        let lists = |small: u32| match sums.get(&small) {
            Some(1) => known.contains(&(number, small)),
            count => count.is_some(),
        };
        let tells = document.tells_action(sentence);
        for at in heads {
            let listed = small_before(document, at).is_some_and(lists);
            let is_marked = || tells && at > sentence.start && document.is_firm_noun(at - 1);
            if taken[at] || !listed && !is_marked() {
                continue;
            }
            let last = end(document, at, sentence, &taken);
            taken[at..last].fill(true);
            found.push(NameMention {
                first: at,
                last,
                label: Label::Org,
                reading: Reading::Name,
                rule: if listed { "entity.listed-sum" } else { "entity.company-noun" },
                confidence: 0.4,
            });
        }
    }
}

/// Returns the small word right before a token: "auf", "gegen".
fn small_before(document: &Document, at: usize) -> Option<u32> {
    let before = at.checked_sub(1)?;
    let token = document.tokens.get(before).filter(|token| token.kind == Kind::Word)?;
    let is_small = |hit: &Hit| hit.sense == Sense::FunctionWord;
    document.hits_at(before).iter().any(is_small).then_some(token.low)
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

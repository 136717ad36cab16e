//! What each character of a text without spaces belongs to: the longest known word decides.
//!
//! "上" is a word and so is "上海"; where both start the longer one stands, and the characters within
//! it start no other: "没收上海…" holds no "收上". A number with a counter behind it ("三间", "20家")
//! ends every name before it.

use crate::{
    base::token::Kind,
    pack::{lexicon::Hit, sense::Sense},
    text::document::Document,
};

/// What a character may be within a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Of no word that is known, or of a small one that may start a name: "九".
    Free,
    /// Of a word that names are made of: a place, a company, a head.
    Name,
    /// Of a word that stands within names, before their head: "管理" of "…管理有限公司".
    Inner,
    /// Of an ordinary word, which may stand in a description: "客户" of "一名客户经理".
    Common,
    /// Of a word that no name and no description goes over: titles, those that mark roles, verbs.
    Word,
}

/// The words of a text, one after the other.
pub(super) struct Cover {
    parts: Vec<Part>,
    /// First token of the word that each token belongs to.
    firsts: Vec<usize>,
}

impl Cover {
    /// Cuts a text into its longest known words, from its start on.
    pub(super) fn new(document: &Document) -> Self {
        let count = document.tokens.len();
        let mut cover = Self { parts: vec![Part::Free; count], firsts: (0..count).collect() };
        let mut at = 0;
        while at < count {
            let hits = document.hits_at(at);
            let last = hits.iter().map(|hit| hit.last as usize).max().unwrap_or(at + 1);
            let last = last.clamp(at + 1, count);
            let part = part(document, at, hits.iter().filter(|hit| hit.last as usize == last));
            for token in at..last {
                cover.parts[token] = part;
                cover.firsts[token] = at;
            }
            at = last;
        }
        cover.count(document);
        cover
    }

    /// Takes the counters behind numbers for words, and the numbers with them.
    fn count(&mut self, document: &Document) {
        for at in 1..self.parts.len() {
            if let Some(first) = counted_from(document, at) {
                self.parts[first..=at].fill(Part::Word);
            }
        }
    }

    pub(super) fn part(&self, at: usize) -> Part {
        self.parts.get(at).copied().unwrap_or(Part::Word)
    }

    /// Returns the first token of the word that a token belongs to.
    pub(super) fn word_start(&self, at: usize) -> usize {
        self.firsts.get(at).copied().unwrap_or(at)
    }

    pub(super) fn starts_word(&self, at: usize) -> bool {
        self.word_start(at) == at
    }
}

fn part<'h>(document: &Document, at: usize, longest: impl Iterator<Item = &'h Hit>) -> Part {
    let mut part = Part::Free;
    for hit in longest {
        let next = match hit.sense {
            Sense::Organisation
            | Sense::OrganisationHead
            | Sense::OrganisationBranch
            | Sense::Connector
            | Sense::Place(_)
            | Sense::Country(_) => return Part::Name,
            Sense::OrganisationPart => Part::Inner,
            Sense::Agent
            | Sense::AgentAfter
            | Sense::Target
            | Sense::TargetAfter
            | Sense::Passive
            | Sense::FunctionWord
            | Sense::Negated
            | Sense::NumberAnd
            | Sense::Each
            | Sense::Title
            | Sense::CompanyMark
            | Sense::Trigger(..) => Part::Word,
            _ if !is_long(document, at, hit.last as usize) => Part::Free,
            Sense::Common | Sense::Firm => Part::Common,
            _ => Part::Word,
        };
        part = match (part, next) {
            (Part::Inner, _) | (_, Part::Inner) => Part::Inner,
            (Part::Word, _) | (_, Part::Word) => Part::Word,
            (Part::Common, _) => Part::Common,
            _ => next,
        };
    }
    part
}

/// Returns whether a word is of two letters and more.
fn is_long(document: &Document, first: usize, last: usize) -> bool {
    last > first + 1 || document.word(first).chars().nth(1).is_some()
}

/// Returns the first token of the number that the counter at a token counts: "二十" of "二十家".
pub(super) fn counted_from(document: &Document, at: usize) -> Option<usize> {
    let counts = |hit: &Hit| {
        hit.last as usize == at + 1
            && matches!(
                hit.sense,
                Sense::Counter
                    | Sense::Scale(_)
                    | Sense::Currency(_)
                    | Sense::Family(_)
                    | Sense::DayMark
                    | Sense::MonthMark
                    | Sense::YearMark
                    | Sense::Duration(_)
            )
    };
    if document.kind(at) != Kind::Ideograph || !document.hits_at(at).iter().any(counts) {
        return None;
    }
    let is_number = |at: usize| {
        document.kind(at) == Kind::Number
            || document.hits_at(at).iter().any(|hit| {
                hit.last as usize == at + 1
                    && matches!(hit.sense, Sense::Number(_) | Sense::Scale(_))
            })
    };
    let mut first = at;
    while first > 0 && is_number(first - 1) && at - first < 8 {
        first -= 1;
    }
    (first < at).then_some(first)
}

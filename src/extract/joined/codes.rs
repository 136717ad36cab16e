//! Names that no reader of words sees: "N26", "H&M", and well-known companies at a sentence's start.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Reader;
use crate::{
    base::token::Kind,
    extract::{
        entities::{Label, NameMention, Reading},
        tagger::lists::{is_known_company, known_base},
    },
    pack::sense::Sense,
};

/// Letters of a well-known company's name that is told by itself.
const KNOWN: usize = 4;

impl Reader<'_, '_> {
    /// Adds the names that a capital, or a few, make with a figure or another ("N26", "H&M"), where
    /// the article has them again or a company's noun stands before, and addresses ("Booking.com").
    pub(super) fn add_codes(&mut self, found: &mut Vec<NameMention>) {
        let document = self.document;
        let mut counts: FxHashMap<(&str, &str), u32> = FxHashMap::default();
        let (mut codes, mut domains) = (Vec::new(), Vec::new());
        for at in 0..document.tokens.len() {
            if self.is_capital(at)
                && document.spaced(at)
                && self.is_free(at)
                && self.is_domain(at + 1)
            {
                domains.push((at, at + 3));
            }
            let Some(last) = self.code_end(at) else { continue };
            *counts.entry((document.word(at), document.word(last - 1))).or_default() += 1;
            codes.push((at, last));
        }
        codes.retain(|&(first, last)| {
            let again = counts.get(&(document.word(first), document.word(last - 1)));
            let said = again.is_some_and(|count| *count >= 2);
            let marked = document
                .start_of(first, |s| matches!(s, Sense::CompanyMark | Sense::Company))
                .is_some();
            let known = is_known_company(document.span(&(first..last)).of(document.text));
            said || marked || known
        });
        for (first, last) in codes.into_iter().chain(domains) {
            if (first..last).any(|at| !self.is_free(at)) {
                continue;
            }
            self.taken[first..last].fill(true);
            found.push(NameMention {
                first,
                last,
                label: Label::Org,
                reading: Reading::Name,
                rule: "entity.coded",
                confidence: 0.6,
            });
        }
        found.sort_by_key(|name| (name.first, name.last));
    }

    /// Adds well-known companies that no reader saw, as at a sentence's start, and calls those so
    /// that were taken for places.
    pub(super) fn add_known(&mut self, found: &mut Vec<NameMention>) {
        let document = self.document;
        let is_known = |word: &str| {
            word.chars().take(KNOWN).count() == KNOWN
                && (is_known_company(word) || known_base(document.pack, word, 2).is_some())
        };
        for name in found.iter_mut() {
            let other = matches!(name.label, Label::Loc | Label::Misc);
            if other
                && name.reading == Reading::Name
                && name.last == name.first + 1
                && is_known(document.word(name.first))
            {
                name.label = Label::Org;
            }
        }
        let small: FxHashSet<&str> = (0..document.tokens.len())
            .filter(|&at| document.tokens[at].kind == Kind::Word && !document.tokens[at].capital)
            .map(|at| document.word(at))
            .collect();
        for at in 0..document.tokens.len() {
            let word = document.word(at);
            let found_here = self.is_free(at)
                && self.is_capital(at)
                && document.hits_at(at).is_empty()
                && is_known(word)
                && !small.contains(word.to_lowercase().as_str());
            if found_here {
                self.taken[at] = true;
                found.push(NameMention {
                    first: at,
                    last: at + 1,
                    label: Label::Org,
                    reading: Reading::Name,
                    rule: "entity.known-company",
                    confidence: 0.6,
                });
            }
        }
        found.sort_by_key(|name| (name.first, name.last));
    }

    /// Returns the end of a capital with a figure ("N26"), or of two things around "&" ("H&M").
    fn code_end(&self, at: usize) -> Option<usize> {
        let document = self.document;
        let token = document.tokens.get(at).filter(|t| t.spaced || !document.spaced(at))?;
        let short = token.span.len() <= 3 && self.is_free(at);
        let capitals = token.kind == Kind::Word
            && document.word(at).chars().all(char::is_uppercase)
            && document
                .hits_at(at)
                .iter()
                .all(|hit| matches!(hit.sense, Sense::Currency(_) | Sense::Family(_)));
        // "N26 million" are naira.
        let scaled = |last: usize| {
            document.hits_at(last).iter().any(|hit| matches!(hit.sense, Sense::Scale(_)))
        };
        let closes = |last: usize| document.spaced(last) || document.kind(last) == Kind::Mark;
        if !short || !(token.spaced || document.kind(at.wrapping_sub(1)) == Kind::Mark) {
            return None;
        }
        let figure = capitals
            && !document.spaced(at + 1)
            && document.kind(at + 1) == Kind::Number
            && document.word(at + 1).len() <= 3
            && document.word(at + 1).bytes().all(|byte| byte.is_ascii_digit());
        if figure && closes(at + 2) && !scaled(at + 2) {
            return Some(at + 2);
        }
        let both = document.word(at + 1) == "&"
            && self.is_tight(at + 1)
            && document.tokens.get(at + 2).is_some_and(|next| {
                next.span.len() <= 3 && next.kind == token.kind && next.kind != Kind::Mark
            })
            && (capitals || token.kind == Kind::Number);
        (both && closes(at + 3)).then_some(at + 3)
    }
}

//! Names that no reader of words sees: "N26", "H&M", "bunq", addresses, and well-known companies at
//! a sentence's start.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Reader;
use crate::{
    base::token::{Kind, Token},
    extract::{
        capitals::{is_legal_form, starts_sentence},
        entities::{Label, NameMention, Reading},
        media::is_medium,
        tagger::lists::{is_known_company, known_base},
        two::is_possessive,
    },
    pack::sense::Sense,
    text::document::Document,
};

/// Letters of a well-known company's name that is told by itself.
const KNOWN: usize = 4;

/// Tokens of a name that is written as one: "notebooksbilliger.de".
const GLUED: usize = 7;
/// Letters of a name that has figures in it: "Babyland24".
const LETTERS: usize = 3;

impl Reader<'_, '_> {
    /// Adds the names that a capital, or a few, make with a figure or another ("N26", "H&M"), where
    /// the article has them again or a company's noun stands beside, and what is written as one and
    /// is a brand ("bunq"), an address ("Booking.com") or a word with figures ("Babyland24").
    pub(super) fn add_codes(&mut self, found: &mut Vec<NameMention>) {
        let document = self.document;
        let mut counts: FxHashMap<(&str, &str), u32> = FxHashMap::default();
        let (mut codes, mut glued) = (Vec::new(), Vec::new());
        for (at, token) in document.tokens.iter().enumerate() {
            let is_plain = token.form != Token::UNKNOWN && !token.capital;
            let may_open = match token.kind {
                Kind::Number => true,
                Kind::Word => !is_plain || !document.spaced(at + 1),
                _ => false,
            };
            if !may_open {
                continue;
            }
            if let Some((last, rule)) = self.glued(at) {
                glued.push((at, last, rule));
            } else if let Some(last) = self.code_end(at) {
                *counts.entry((document.word(at), document.word(last - 1))).or_default() += 1;
                codes.push((at, last, "entity.coded"));
            }
        }
        codes.retain(|&(first, last, _)| {
            let again = counts.get(&(document.word(first), document.word(last - 1)));
            let said = again.is_some_and(|count| *count >= 2);
            let mark = |s| matches!(s, Sense::CompanyMark | Sense::Company);
            let before = document.start_of(first, mark).is_some();
            // "N26 Bank SE", "B24 Ltd".
            let noun = document.longest(last, |s| mark(s).then_some(())).is_some();
            let behind = is_legal_form(document, last) || (noun && self.is_capital(last));
            let known = is_known_company(document.span(&(first..last)).of(document.text));
            said || before || behind || known
        });
        for (first, last, rule) in codes.into_iter().chain(glued) {
            if (first..last).all(|at| self.is_free(at)) {
                self.add(found, (first, last), rule);
            }
        }
        self.in_order(found);
    }

    fn add(
        &mut self,
        found: &mut Vec<NameMention>,
        (first, last): (usize, usize),
        rule: &'static str,
    ) {
        self.taken[first..last].fill(true);
        found.push(NameMention {
            first,
            last,
            label: Label::Org,
            reading: Reading::Name,
            rule,
            confidence: 0.6,
        });
    }

    /// Puts names in order; "the bank" that one of them holds a word of is none.
    fn in_order(&self, found: &mut Vec<NameMention>) {
        let is_named = |name: &NameMention| name.range().any(|at| !self.is_free(at));
        found.retain(|name| name.reading != Reading::Company || !is_named(name));
        found.sort_by_key(|name| (name.first, name.last));
    }

    /// Returns the end and the rule of a name that is written as one and starts at a token.
    fn glued(&self, at: usize) -> Option<(usize, &'static str)> {
        let document = self.document;
        let token = document.tokens.get(at)?;
        let is_word = token.kind == Kind::Word;
        let is_tight = !document.spaced(at + 1);
        // Most words are a language's, or have nothing behind them.
        let may_open = match token.kind {
            Kind::Number => is_tight,
            Kind::Word => token.form == Token::UNKNOWN || token.capital || is_tight,
            _ => false,
        };
        if !may_open || !self.is_free(at) || !self.opens(at) {
            return None;
        }
        if let Some(last) = self.brand_end(at) {
            return Some((last, "entity.coded"));
        }
        let runs_on = |next: &usize| {
            !document.spaced(*next)
                && self.is_free(*next)
                && (matches!(document.kind(*next), Kind::Word | Kind::Number)
                    || matches!(document.word(*next), "-" | "."))
        };
        let end = if is_tight { (at + 1..at + GLUED).take_while(runs_on).last() } else { None };
        let end = end.map_or(at + 1, |last| last + 1);
        let is_address = |dot: &usize| {
            document.kind(dot - 1) == Kind::Word
                && document.word(dot - 1).len() > 1
                && self.is_domain(*dot)
        };
        let address = (at + 1..end).rev().find(is_address);
        if let Some(dot) = address {
            let rule = if token.capital { "entity.coded" } else { "entity.address" };
            let small = document.end_of(dot + 1, Sense::FunctionWord).is_some();
            return (token.capital || !small).then_some((dot + 2, rule));
        }
        // "Babyland24", "Energy2day".
        if !is_word || token.form != Token::UNKNOWN || end != at + 1 {
            return None;
        }
        let word = document.word(at);
        let figured = word.bytes().any(|byte| byte.is_ascii_digit())
            && word.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() == LETTERS;
        figured.then_some((at + 1, "entity.coded"))
    }

    /// Returns the end of the brand that stands at a token as it is written.
    fn brand_end(&self, at: usize) -> Option<usize> {
        let document = self.document;
        let brands = self.spellings.brands(document.word(at));
        let start = document.tokens.get(at).filter(|_| !brands.is_empty())?.span.start;
        let rest = document.text.get(start as usize..)?;
        brands.iter().find_map(|brand| {
            let end = rest.starts_with(&**brand).then_some(start + brand.len() as u32)?;
            let last = document.token_at(end - 1) + 1;
            let whole = document.tokens.get(last - 1).is_some_and(|token| token.span.end == end);
            let closed = document.spaced(last)
                || document.kind(last) == Kind::Mark
                || document.word(last).starts_with(['\'', '’']);
            (whole && closed && (at..last).all(|at| self.is_free(at))).then_some(last)
        })
    }

    /// Returns whether a name may start at a token: behind white space or an opening mark, but in no
    /// address of a page or a person.
    fn opens(&self, at: usize) -> bool {
        let document = self.document;
        let before = || at.checked_sub(1).map_or("", |before| document.word(before));
        document.spaced(at) || matches!(before(), "(" | "„" | "«" | "“" | "\"" | "'" | "‘")
    }

    /// Adds well-known companies that no reader saw, as at a sentence's start, and calls those so
    /// that were taken for places.
    pub(super) fn add_known(&mut self, found: &mut Vec<NameMention>) {
        let document = self.document;
        let is_known = |word: &str| {
            word.chars().take(KNOWN).count() == KNOWN
                && (is_known_company(word) || known_base(document.pack, word, 2).is_some())
        };
        // "Macy's" is called so, where "Exempla's" is Exempla in the genitive.
        let is_owner = |at: usize| {
            is_possessive(document.word(at + 1))
                && !document.spaced(at + 1)
                && is_known_company(&format!("{}'s", document.word(at)))
        };
        for name in found.iter_mut() {
            if name.last == name.first + 1 && name.reading == Reading::Name && is_owner(name.first)
            {
                (name.last, name.label) = (name.last + 1, Label::Org);
                continue;
            }
            let other = matches!(name.label, Label::Loc | Label::Misc);
            if other
                && name.reading == Reading::Name
                && name.last == name.first + 1
                && (is_known(document.word(name.first)) || is_medium(document.word(name.first)))
            {
                name.label = Label::Org;
            }
        }
        let small = OnceCell::new();
        for at in 0..document.tokens.len() {
            if !self.is_capital(at) || !self.is_free(at) {
                continue;
            }
            if is_owner(at) {
                self.add(found, (at, at + 2), "entity.known-company");
                continue;
            }
            let word = document.word(at);
            // "Swedbank" ends like a noun for banks, "Apoteket" is one where it has no capital.
            let is_noun =
                |sense| matches!(sense, Sense::Firm | Sense::CompanyMark | Sense::Company);
            let shows = || {
                let hits = document.hits_at(at);
                let one = hits.iter().all(|hit| hit.last as usize > at + 1 || is_noun(hit.sense));
                let listed = document.pack.lexicon.is_listed(word);
                let inside = !document.pack.capital_nouns && !starts_sentence(document, at);
                let compound = || document.pack.lexicon.is_compound(word);
                hits.is_empty() || compound() || one && (!listed || inside)
            };
            let is_small = || {
                let small = small.get_or_init(|| small_words(document));
                small.contains(word.to_lowercase().as_str())
            };
            if is_known(word) && shows() && !is_small() {
                self.add(found, (at, at + 1), "entity.known-company");
            }
        }
        self.in_order(found);
    }

    /// Returns the end of a capital with a figure ("N26"), or of two things around "&" ("H&M").
    fn code_end(&self, at: usize) -> Option<usize> {
        let document = self.document;
        let token = document.tokens.get(at).filter(|t| t.spaced || !document.spaced(at))?;
        let short = token.span.len() <= 3 && self.is_free(at);
        if !short || !(token.spaced || document.kind(at.wrapping_sub(1)) == Kind::Mark) {
            return None;
        }
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

/// Returns the words that stand in small letters.
fn small_words<'a>(document: &Document<'a>) -> FxHashSet<&'a str> {
    let tokens = document.tokens.iter();
    let small = tokens.filter(|token| token.kind == Kind::Word && !token.capital);
    small.map(|token| token.span.of(document.text)).collect()
}

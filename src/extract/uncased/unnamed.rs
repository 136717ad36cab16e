//! Those who are described in scripts without spaces: "苏州一家保险代理公司", "某加油站", "福岡市の運送会社".
//!
//! A number with a counter, or a word for "a certain", opens a description; the first noun behind
//! it closes it. Where neither stands, a noun with what is written before it as one is one if a
//! place opens it. No name is read within a description.

use super::{
    Found, Reader,
    cover::{Part, counted_from},
    letters,
};
use crate::{
    base::token::Kind,
    extract::entities::{Label, NameMention, Reading},
    pack::sense::Sense,
};

/// Most characters between what opens a description and its noun.
const REACH: usize = 10;
/// Most characters of a description that ends in no noun that is listed: "一间美资行".
const PLAIN: usize = 5;
/// Most characters of a place that opens a description.
const PLACE: usize = 6;
/// Fewest letters of a name that is set behind a description.
const APPOSED: usize = 3;
/// Fewest: "全市" is none.
const PLACE_LEAST: usize = 3;

/// How many a description tells of.
#[derive(Clone, Copy)]
enum Which {
    One,
    /// One, with nothing that says so.
    Bare,
    Several,
}

/// A description: its tokens, and where its noun starts.
struct Described {
    first: usize,
    last: usize,
    noun: usize,
    kind: Which,
}

impl Reader<'_, '_> {
    /// Reads the descriptions that a word or a number opens; only those of sentences that tell of
    /// an action are kept.
    pub(super) fn describe_opened(&mut self, found: &mut Vec<NameMention>) {
        self.describe(|reader, at| reader.opened(at).or_else(|| reader.several(at)), found);
    }

    /// Reads the descriptions that are nothing but a noun with what is written as one with it.
    pub(super) fn describe_compounds(&mut self, found: &mut Vec<NameMention>) {
        if self.document.pack.bare_nouns {
            self.describe(Self::compound, found);
        }
    }

    fn describe(
        &mut self,
        rule: impl Fn(&Self, usize) -> Option<Described>,
        found: &mut Vec<NameMention>,
    ) {
        let mut at = 0;
        while at < self.document.tokens.len() {
            let is_ideograph = self.document.kind(at) == Kind::Ideograph;
            let described = if is_ideograph { rule(self, at) } else { None };
            let Some((mention, is_told)) = described.and_then(|of| self.description(at, &of))
            else {
                at += 1;
                continue;
            };
            self.taken[mention.range()].fill(true);
            at = mention.last;
            // "小牧市の日本料理店「かな和」": the one described is named right behind.
            let is_named = self.quoted_words(at + 1).is_some();
            if let Some(name) = self.apposed(at).filter(|_| is_told) {
                self.add(name);
            } else if is_told && !is_named {
                found.push(mention);
            }
        }
    }

    /// "神戸市のトラック会社、六甲急配に": the name that a comma sets behind who is described, up to its particle.
    fn apposed(&self, end: usize) -> Option<Found> {
        let first = end + 1;
        let is_set = self.document.word(end) == "、" && self.may_belong(first);
        if !is_set || self.document.kind(first) == Kind::Mark {
            return None;
        }
        let last = self.run_end(first);
        let closes = |word: &str| super::is_hiragana(word) || matches!(word, "(" | "（");
        let is_name = letters(self.document, first, last) >= APPOSED
            && closes(self.document.word(last))
            && self.free(first, last);
        is_name.then_some((first, last, Label::Org, "entity.marked"))
    }

    /// Makes a mention of a description, and tells whether its sentence or the next tells of an action.
    fn description(&self, at: usize, described: &Described) -> Option<(NameMention, bool)> {
        let Described { first, last, noun, kind } = *described;
        if !self.free(first, last) {
            return None;
        }
        let own = self.document.sentence_of(at);
        // "某药店…。该店被罚款…": who is introduced in one sentence is acted upon in the next.
        let is_told = self
            .document
            .sentences
            .iter()
            .skip(own)
            .take(2)
            .any(|sentence| self.document.tells_action(sentence));
        let (reading, rule) = match kind {
            Which::Several => (Reading::Counted, "entity.counted-firms"),
            Which::One => (Reading::Unnamed(noun..last), "entity.unnamed"),
            Which::Bare => (Reading::Unnamed(noun..last), "entity.unnamed-bare"),
        };
        let label = Label::Misc;
        Some((NameMention { first, last, label, reading, rule, confidence: 0.3 }, is_told))
    }

    /// "一家饮料公司", "某药店", "12间持牌机构": from the number, or the place before it, on.
    fn opened(&self, at: usize) -> Option<Described> {
        let (first, behind, kind) = self.opening(at)?;
        let noun = (behind..behind + REACH)
            .take_while(|&at| self.goes_on(at) || self.noun_end(at).is_some())
            .find(|&at| self.noun_end(at).is_some());
        let last = match noun {
            Some(noun) => self.nouns_end(noun),
            // What a counter of firms counts is one, whatever its noun.
            None => self.plain_end(behind).filter(|_| self.is(behind - 1, Sense::Counter))?,
        };
        let first = self.place_before(first).unwrap_or(first);
        Some(Described { first, last, noun: noun.unwrap_or(behind), kind })
    }

    /// Returns where the words for "a" begin that open a description at a token, and their end.
    fn opening(&self, at: usize) -> Option<(usize, usize, Which)> {
        let document = self.document;
        if let Some(first) = counted_from(document, at).filter(|_| self.is(at, Sense::Counter)) {
            let is_one = first + 1 == at
                && (document.word(first) == "1"
                    || document.hits_at(first).iter().any(|hit| hit.sense == Sense::Number(1)));
            return Some((first, at + 1, if is_one { Which::One } else { Which::Several }));
        }
        let end = document.end_of(at, Sense::Indefinite)?;
        self.cover.starts_word(at).then_some((at, end, Which::One))
    }

    /// "福岡市の運送会社", "販売会社4社": a noun with the characters before it, the place that opens
    /// them, and the number behind it.
    fn compound(&self, at: usize) -> Option<Described> {
        let end = self.document.end_of(at, Sense::Firm)?;
        // "…银行" and "…分行" are names, a title is a person's; "福岡市の旅館" is a description.
        let is_also = |sense| self.document.end_of(at, sense).is_some_and(|last| last >= end);
        let is_head = is_also(Sense::OrganisationHead);
        let of = self.document.start_of(at, |s| s == Sense::DateOf).is_some();
        let is_other =
            is_head && !of || is_also(Sense::OrganisationBranch) || is_also(Sense::Title);
        if is_other || !self.cover.starts_word(at) {
            return None;
        }
        let first = self.written_before(at, |part| part != Part::Common);
        let place = self.place_before(first);
        let counted = self.count_behind(end);
        let kind = match (counted, place) {
            (Some(_), _) => Which::Several,
            (None, Some(_)) => Which::One,
            (None, None) if first < at && !is_head => Which::Bare,
            (None, None) => return None,
        };
        let first = place.unwrap_or(first);
        Some(Described { first, last: counted.unwrap_or(end), noun: at, kind })
    }

    /// "4社", "34店舗", with the nouns before it: "損保大手4社".
    fn several(&self, at: usize) -> Option<Described> {
        let number = counted_from(self.document, at)?;
        let last = self.document.end_of(at, Sense::Counter)?;
        let first = if self.document.pack.bare_nouns { self.nouns_before(number) } else { number };
        let kind = Which::Several;
        (self.document.word(number) != "1").then_some(Described { first, last, noun: at, kind })
    }

    /// Returns where the nouns for firms begin that stand right before a number, and what is written as one
    /// with them: "自動車販売会社4社".
    fn nouns_before(&self, number: usize) -> usize {
        let is_noun = |sense| matches!(sense, Sense::Firm | Sense::CompanyMark);
        let noun = self.document.start_of(number, is_noun).filter(|at| self.cover.starts_word(*at));
        let noun = noun.filter(|at| self.free(*at, number));
        noun.map_or(number, |noun| self.written_before(noun, |_| true))
    }

    /// Returns where the words of wanted parts begin that are written as one with a noun, before it.
    fn written_before(&self, noun: usize, wanted: impl Fn(Part) -> bool) -> usize {
        let mut first = noun;
        while first > 0
            && noun - first < REACH
            && self.goes_on(first - 1)
            && wanted(self.cover.part(first - 1))
        {
            first -= 1;
        }
        while !self.cover.starts_word(first) {
            first += 1;
        }
        first
    }

    /// Returns the end of the number and counter behind a noun: "販売会社4社".
    fn count_behind(&self, at: usize) -> Option<usize> {
        (at + 1..at + 5).find_map(|counter| {
            let first = counted_from(self.document, counter)?;
            let end = self.document.end_of(counter, Sense::Counter)?;
            (first == at).then_some(end)
        })
    }

    /// Returns whether a description goes on over a character.
    fn goes_on(&self, at: usize) -> bool {
        self.document.kind(at) == Kind::Ideograph
            && !super::is_hiragana(self.document.word(at))
            && !self.taken.get(at).copied().unwrap_or(true)
            && self.cover.part(at) != Part::Word
    }

    /// Returns the end of a noun for a firm or a person.
    fn noun_end(&self, at: usize) -> Option<usize> {
        let is_noun = |sense| {
            matches!(sense, Sense::Firm | Sense::OrganisationHead | Sense::OrganisationBranch)
                .then_some(())
        };
        let (end, ()) = self.document.longest(at, is_noun)?;
        self.cover.starts_word(at).then_some(end)
    }

    fn nouns_end(&self, mut at: usize) -> usize {
        while let Some(end) = self.noun_end(at) {
            at = end;
        }
        at
    }

    fn plain_end(&self, behind: usize) -> Option<usize> {
        let end = (behind..=behind + PLAIN).find(|&at| !self.goes_on(at))?;
        (end >= behind + 2).then_some(end)
    }

    /// Returns where the place begins that stands right before a description, "の" between or not.
    pub(super) fn place_before(&self, first: usize) -> Option<usize> {
        let document = self.document;
        let of = document.start_of(first, |s| s == Sense::DateOf);
        let end = of.unwrap_or(first);
        let mut start = end;
        while start > 0 && end - start < PLACE && self.goes_on(start - 1) {
            start -= 1;
        }
        while start < end && !self.cover.starts_word(start) {
            start += 1;
        }
        let is_marked = document.start_of(end, |s| s == Sense::PlaceMark).is_some();
        if is_marked && start + PLACE_LEAST <= end {
            return Some(start);
        }
        let place = document.start_of(end, |s| matches!(s, Sense::Place(_)))?;
        self.free(place, end).then_some(place)
    }
}

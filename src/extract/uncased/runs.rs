//! Names in scripts without spaces: runs of characters that no known word interrupts.

use super::{Found, LONGEST_RUN, Reader, cover::Part, is_katakana, letters};
use crate::{
    base::{
        hash::{low_of, small_hash},
        token::Kind,
    },
    extract::entities::Label,
    pack::sense::Sense,
};

/// Most characters of a word.
const LONGEST_WORD: usize = 4;

/// Most characters between a company's name and its branch: a town.
const TOWN: usize = 5;

/// Most characters of a place and a word that together name a bank: "宁波通商".
const SHORT_RUN: usize = 5;

/// Fewest characters of a head that says by itself that a whole name stands before it: "有限公司".
const LEGAL: usize = 4;

impl Reader<'_, '_> {
    /// Returns the name that a head closes: "锦州银行", with the heads that follow it.
    pub(super) fn headed_run(&self, at: usize, end: usize) -> Option<Found> {
        if !self.cover.starts_word(at) {
            return None;
        }
        let mut first = self.run_start(at);
        if letters(self.document, at, end) >= LEGAL {
            // "安家國際企業股份有限公司": the noun for a company right before a form is part of the name.
            let noun = self.document.start_of(at, |sense| sense == Sense::CompanyMark);
            first = noun.map_or(first, |noun| self.run_start(noun));
            first = self.town_before(first, at).unwrap_or(first);
        } else if letters(self.document, first, at) < 2 {
            // "宁波通商银行": a town and an ordinary word right before a head are its name.
            let town = self.town_before(first, at).filter(|town| at - town <= SHORT_RUN);
            first = town.unwrap_or(first);
        }
        let last = self.heads_end(end);
        let is_name = letters(self.document, first, at) >= 2;
        is_name.then_some((first, last, Label::Org, "entity.company-head"))
    }

    /// Returns where the place stands that opens a company's full name, ordinary words behind it:
    /// "香港数码港管理有限公司".
    fn town_before(&self, first: usize, head: usize) -> Option<usize> {
        let from = head.saturating_sub(LONGEST_RUN);
        let goes_on = |at: &usize| self.cover.part(*at) != Part::Word && self.is_free(*at);
        let opens = |at: &usize| {
            self.cover.starts_word(*at)
                && self
                    .document
                    .hits_at(*at)
                    .iter()
                    .any(|hit| matches!(hit.sense, Sense::Place(_) | Sense::Country(_)))
        };
        (from..first).rev().take_while(goes_on).filter(opens).last()
    }

    /// Returns whether capitals open a run of characters that is written as one with them: "ST苏吴".
    pub(super) fn opens_run(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|token| token.capital)
            && self.document.kind(at + 1) == Kind::Ideograph
            && !self.document.spaced(at + 1)
            && self.may_belong(at + 1)
    }

    /// Returns the end of a name with hiragana in it, which a bracket closes behind a legal form:
    /// "㈱あきんどスシロー(".
    pub(super) fn legal_end(&self, at: usize) -> Option<usize> {
        let document = self.document;
        let is_mark = |s| s == Sense::CompanyMark;
        let is_form = document
            .start_of(at, is_mark)
            .is_some_and(|form| document.end_of(form, Sense::OrganisationHead) == Some(at));
        if !is_form || document.kind(at) != Kind::Ideograph {
            return None;
        }
        let goes_on =
            |at: &usize| document.kind(*at) == Kind::Ideograph || document.word(*at) == "・";
        let last = (at..at + LONGEST_RUN).take_while(goes_on).last()? + 1;
        let closed = matches!(document.word(last), "(" | "（");
        (closed && last >= at + 2 && self.free(at, last)).then_some(last)
    }

    fn is_free(&self, at: usize) -> bool {
        self.document.kind(at) == Kind::Ideograph && !self.taken.get(at).copied().unwrap_or(true)
    }

    /// Returns a person by the surname that opens the run: "许家印", or by the word for one whom
    /// nobody names: "赵某"; where words have spaces between them, by the given name that opens it.
    pub(super) fn person(&self, at: usize) -> Option<Found> {
        if self.document.kind(at) == Kind::Word {
            let last = self.given_end(at)?;
            return Some((at, last, Label::Per, "entity.titled"));
        }
        if !self.may_belong(at) || self.document.kind(at) != Kind::Ideograph {
            return None;
        }
        let someone = |at: usize| self.document.end_of(at, Sense::Someone);
        if let Some(mut last) = someone(at + 1).filter(|_| self.is_free(at)) {
            while let Some(end) = someone(last) {
                last = end;
            }
            return Some((at, last, Label::Per, "entity.titled"));
        }
        let given = self.document.end_of(at, Sense::Surname)?;
        let last = self.run_end(at);
        let is_run = at == 0 || !self.may_belong(at - 1);
        let length = last - given;
        (is_run && length == 2 && (given..last).all(|i| self.cover.part(i) == Part::Free))
            .then_some((at, last, Label::Per, "entity.titled"))
    }

    /// Returns the end of a company's name with the heads and the branch behind it:
    /// "南京银行" and "苏州分行".
    pub(super) fn heads_end(&self, mut last: usize) -> usize {
        // "餐饮" + "管理" + "有限公司": words that stand within names lead from one head to the next.
        let goes_on = |at: usize| {
            let is_part =
                |s| matches!(s, Sense::OrganisationHead | Sense::OrganisationPart).then_some(());
            self.document.longest(at, is_part).filter(|_| self.is_free(at)).map(|(end, ())| end)
        };
        let mut next = last;
        while let Some(end) = goes_on(next) {
            if self.document.end_of(next, Sense::OrganisationHead) == Some(end) {
                last = end;
            }
            next = end;
        }
        let is_town = |at: &usize| {
            matches!(self.cover.part(*at), Part::Free | Part::Name)
                && self.document.kind(*at) == Kind::Ideograph
        };
        let branch = |at: usize| {
            let end = self.document.end_of(at, Sense::OrganisationBranch)?;
            self.cover.starts_word(at).then_some(end)
        };
        let mut at = last;
        while at - last <= TOWN {
            if let Some(end) = branch(at) {
                return end;
            }
            if !is_town(&at) {
                break;
            }
            at += 1;
        }
        last
    }

    /// Runs of characters: katakana, what a title opens or closes, what roles mark on either side.
    pub(super) fn marked_run(&self, at: usize, last: usize) -> Option<Found> {
        let count = letters(self.document, at, last);
        let kana = is_katakana(self.document.word(at));
        if kana && count >= 3 {
            return Some((at, last, Label::Org, "entity.katakana"));
        }
        let starts = at == 0 || !self.may_belong(at - 1);
        // "*ST苏吴": the star of shares that may be struck off.
        let starred = at > 0 && self.document.word(at - 1) == "*" && self.opens_run(at);
        let at = at - usize::from(starred);
        if !starts || !(2..=8).contains(&count) {
            return None;
        }
        let titled = self.is(last, Sense::Title)
            || self.document.start_of(at, |s| s == Sense::Title).is_some();
        if titled && count <= 4 {
            return Some((at, last, Label::Per, "entity.titled"));
        }
        let target = self.document.start_of(at, |s| s == Sense::Target).is_some();
        (target || self.is_acted_upon(last)).then_some((at, last, Label::Org, "entity.marked"))
    }

    /// Returns whether a run can be cut into some of the most frequent words, one of them of two characters at least.
    pub(super) fn is_cut_into_frequent(&self, first: usize, last: usize) -> bool {
        let pack = self.document.pack;
        let run = self.document.span(&(first..last)).of(self.document.text);
        let run = pack.lexicon.shape().fold(run);
        let places: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let is_word = |start: usize, end: usize| {
            let piece = places.get(start).zip(places.get(end)).and_then(|(a, b)| run.get(*a..*b));
            piece.is_some_and(|piece| pack.is_frequent(low_of(small_hash(piece))))
        };
        // Whether words lead from the start to each place, and whether one of them is longer than a character.
        let mut led: Vec<Option<bool>> = vec![Some(false)];
        for end in 1..places.len() {
            let ways = (end.saturating_sub(LONGEST_WORD)..end).filter_map(|start| {
                let before = (*led.get(start)?)?;
                is_word(start, end).then_some(before || end > start + 1)
            });
            led.push(ways.max());
        }
        led.last() == Some(&Some(true))
    }

    /// Returns whether the words behind a name say that it is acted upon: "に対し", "被".
    fn is_acted_upon(&self, last: usize) -> bool {
        self.document.end_of(last, Sense::TargetAfter).is_some_and(|end| end >= last + 2)
            || self.is(last, Sense::Passive)
    }

    /// Returns the first character of the run before a head.
    fn run_start(&self, at: usize) -> usize {
        let mut first = at;
        while first > 0
            && at - first < LONGEST_RUN
            && self.may_belong(first - 1)
            && self.document.kind(first - 1) != Kind::Break
        {
            first -= 1;
        }
        // A run that is too long ends within no word.
        while first < at && !self.cover.starts_word(first) {
            first += 1;
        }
        // No name opens with a mark, or with a word that stands within names only.
        while first < at
            && (self.document.kind(first) == Kind::Mark || self.cover.part(first) == Part::Inner)
        {
            first += 1;
        }
        first
    }

    /// Returns the end of the run that starts with a character.
    pub(super) fn run_end(&self, at: usize) -> usize {
        let mut last = at;
        while last - at < LONGEST_RUN
            && self.may_belong(last)
            && !self.is(last, Sense::Title)
            && !(last > at && self.is(last, Sense::CompanyMark))
        {
            last += 1;
        }
        while last > at + 1 && self.document.kind(last - 1) == Kind::Mark {
            last -= 1;
        }
        last.max(at + 1)
    }
}

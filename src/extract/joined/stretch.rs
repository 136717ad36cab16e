//! What stands beside a name and belongs to it: over tight marks, "of", figures, quotation marks, nouns.

use super::{Reader, quoted::closing};
use crate::{
    base::token::Kind,
    extract::{
        capitals::is_legal_form,
        entities::{Label, NameMention, Reading},
        tagger::lists::{body_base, is_body},
    },
    pack::{legal::is_legal, sense::Sense},
};

/// Longest name between quotation marks, in tokens.
const QUOTED: usize = 6;
/// Most adjectives in small letters before the noun that ends a name.
const ADJECTIVES: usize = 2;

impl Reader<'_, '_> {
    /// Takes in what stands beside a name and belongs to it.
    pub(super) fn stretch(&mut self, name: &mut NameMention) {
        let place = matches!(name.reading, Reading::Country(_) | Reading::Place(_));
        if !place && name.reading != Reading::Name {
            return;
        }
        let (first, last) = (name.first, name.last);
        if !place && name.label != Label::Per {
            self.stretch_over_marks(name);
            if name.last > name.first + 2
                && self.document.word(name.last - 2) == "."
                && self.spellings.ends_address(self.document.word(name.last - 1))
            {
                name.label = Label::Org;
            }
            self.stretch_over_of(name);
            self.stretch_to_figure(name);
            self.stretch_over_form(name);
        }
        if place && self.opens_body(name) {
            name.last += 1;
        }
        self.stretch_to_quote(name);
        if name.label != Label::Per || !place {
            self.stretch_over_nouns(name);
        }
        if !place && name.label != Label::Per {
            self.stretch_over_place(name);
        }
        if (name.first, name.last) != (first, last) {
            self.taken[name.first..name.last].fill(true);
            name.reading = Reading::Name;
            if place {
                name.rule = "entity.joined";
            }
            if name.label != Label::Per {
                name.label = Label::Org;
            }
        }
    }

    /// Goes on over a tight mark to a capital on either side: "НОТА-Банк", "K&H".
    fn stretch_over_marks(&self, name: &mut NameMention) {
        let document = self.document;
        let joins = |mark: usize, beyond: usize| {
            let ties = match document.word(mark) {
                "-" | "‑" | "/" => !document.pack.capital_nouns,
                "&" => true,
                _ => false,
            };
            ties && self.is_tight(mark)
                && self.is_free(mark)
                && self.is_free(beyond)
                && (self.is_capital(beyond)
                    || (document.word(mark) == "&" && document.kind(beyond) == Kind::Number))
        };
        if joins(name.last, name.last + 1) {
            name.last += 2;
        }
        let before = name.first.wrapping_sub(2);
        if name.first >= 2
            && joins(name.first - 1, before)
            && document.hits_at(before).iter().all(|hit| hit.last as usize > before + 1)
        {
            name.first = before;
        }
        // "T-2", "Джет-2000": a figure behind the hyphen.
        if document.word(name.last) == "-"
            && self.is_tight(name.last)
            && document.kind(name.last + 1) == Kind::Number
            && self.is_free(name.last + 1)
            && document.word(name.last + 1).len() <= 4
            && document.spaced(name.last + 2) | (document.kind(name.last + 2) == Kind::Mark)
        {
            name.last += 2;
        }
        if self.is_domain(name.last) {
            name.last += 2;
        }
        // "1Health.io": a figure that is written as one with the name.
        let figure = name.first.wrapping_sub(1);
        if name.first >= 1
            && !document.spaced(name.first)
            && document.spaced(figure)
            && document.kind(figure) == Kind::Number
            && document.word(figure).len() <= 3
            && self.is_free(figure)
        {
            name.first = figure;
        }
    }

    /// Returns whether the end of an address stands at a dot, as in "Booking.com".
    pub(super) fn is_domain(&self, dot: usize) -> bool {
        let document = self.document;
        document.word(dot) == "."
            && self.is_tight(dot)
            && self.is_free(dot + 1)
            && self.spellings.ends_address(document.word(dot + 1))
            && (document.spaced(dot + 2)
                || matches!(document.kind(dot + 2), Kind::Mark | Kind::Break))
    }

    /// Goes on over "of" and a capital, where a word of the name tells the kind of a body, and from
    /// there to what "and" adds: "Banco Angolano de Negócios e Comércio".
    fn stretch_over_of(&self, name: &mut NameMention) {
        let document = self.document;
        if !self.has_body(name) {
            return;
        }
        let goes_on = |at: usize| {
            self.is_free(at)
                && self.is_free(at + 1)
                && self.is_capital(at + 1)
                && document.spaced(at)
        };
        let mut of = name.range().any(|at| self.is_of(at));
        while goes_on(name.last) && self.is_of(name.last) {
            name.last += 2;
            of = true;
            while self.is_free(name.last)
                && self.is_capital(name.last)
                && document.spaced(name.last)
            {
                name.last += 1;
            }
        }
        let and = document.end_of(name.last, Sense::Connector) == Some(name.last + 1)
            && document.end_of(name.last, Sense::NumberAnd) == Some(name.last + 1);
        if of && and && goes_on(name.last) {
            name.last += 2;
        }
    }

    /// Takes a legal form in that is written letter by letter: "4Tel d.o.o.", "Exempla A.Ş.".
    fn stretch_over_form(&self, name: &mut NameMention) {
        let document = self.document;
        let is_letters = |at: usize| {
            document.kind(at) == Kind::Word && document.word(at).chars().nth(2).is_none()
        };
        let is_dotted =
            |at: usize| is_letters(at) && document.word(at + 1) == "." && !document.spaced(at + 1);
        let inside = is_dotted(name.last - 1) && name.last > name.first + 1;
        let mut start = if inside { name.last - 1 } else { name.last };
        while start >= name.first + 3 && !document.spaced(start) && is_dotted(start - 2) {
            start -= 2;
        }
        if !is_dotted(start) {
            return;
        }
        let mut letters = String::new();
        let mut at = start;
        let last = loop {
            letters.push_str(&document.word(at).to_lowercase());
            let goes_on = is_dotted(at) && is_letters(at + 2) && !document.spaced(at + 2);
            if !goes_on {
                break at + 1;
            }
            at += 2;
        };
        if last > start + 1 && is_legal(&letters) && last > name.last {
            name.last = last;
        }
    }

    /// Takes a figure in that the article writes behind the name again and again.
    fn stretch_to_figure(&self, name: &mut NameMention) {
        let document = self.document;
        let pair = (document.word(name.last - 1), document.word(name.last));
        let said = self.numbered.get(&pair).is_some_and(|count| *count >= 2);
        let counts = said || self.ends_with_figure(name.last);
        if counts && pair.1.len() <= 4 && self.is_free(name.last) && self.is_capital(name.last - 1)
        {
            name.last += 1;
        }
    }

    /// Returns whether a bare figure stands there that counts nothing behind it: "Channel 4 in breach", "TV 2.".
    fn ends_with_figure(&self, at: usize) -> bool {
        let document = self.document;
        let figure = document.word(at);
        let is_year = figure.len() == 4 && (figure.starts_with("19") || figure.starts_with("20"));
        let function = document.hits_at(at + 1).iter().any(|hit| hit.sense == Sense::FunctionWord);
        let ends = matches!(document.word(at + 1), "." | ",") && document.spaced(at + 2)
            || document.kind(at + 1) == Kind::Break;
        document.kind(at) == Kind::Number
            && document.spaced(at)
            && figure.bytes().all(|byte| byte.is_ascii_digit())
            && !is_year
            && (ends || function)
    }

    /// Goes on to the closing quotation mark, where the opening one stands before the name and
    /// behind a company's form or noun.
    fn stretch_to_quote(&self, name: &mut NameMention) {
        let document = self.document;
        let Some(open) = name.first.checked_sub(1) else { return };
        let Some(closing) = closing(document.word(open)) else { return };
        let marked = open.checked_sub(1).is_some_and(|before| {
            is_legal_form(document, before)
                || document
                    .start_of(open, |s| matches!(s, Sense::CompanyMark | Sense::Company))
                    .is_some()
        });
        let end = (name.last..(open + 2 + QUOTED).min(document.tokens.len()))
            .find(|&at| closing.contains(&document.word(at)));
        let Some(end) = end else { return };
        let whole = (name.last..end).all(|at| {
            self.is_free(at)
                && (matches!(document.kind(at), Kind::Word | Kind::Number)
                    || matches!(document.word(at), "-" | "&"))
        });
        let speaks = (name.last..end).any(|at| {
            document
                .hits_at(at)
                .iter()
                .any(|hit| matches!(hit.sense, Sense::FunctionWord | Sense::Trigger(..)))
        });
        if whole && (marked || (end - name.first <= 3 && !speaks)) {
            name.last = end;
        }
    }

    /// Goes on over what ends such names in small letters: "Factor banka", "Pražská plynárenská společnost", "Pražské
    /// vodovody a kanalizace".
    fn stretch_over_nouns(&self, name: &mut NameMention) {
        let document = self.document;
        let small = |at: usize| {
            self.is_free(at) && document.tokens.get(at).is_some_and(|t| !t.capital && t.spaced)
        };
        let noun = |at: usize| document.end_of(at, Sense::OrganisationHead).filter(|_| small(at));
        let is_adjective = |at: usize| document.pack.agreement.is_adjective(document.word(at));
        let adjectives = if is_adjective(name.last - 1) {
            let small_ones = |at: &usize| small(*at) && is_adjective(*at);
            (name.last..name.last + ADJECTIVES).take_while(small_ones).count()
        } else {
            0
        };
        let Some(end) = (name.last..=name.last + adjectives).find_map(noun) else { return };
        name.last = end;
        let and = document.end_of(end, Sense::NumberAnd) == Some(end + 1);
        if let Some(end) = noun(end).or_else(|| noun(end + 1).filter(|_| and && small(end))) {
            name.last = end;
        }
    }

    /// Returns whether a name is the adjective of a country that opens the name of a body: "Polską Grupę Energetyczną".
    fn opens_body(&self, name: &NameMention) -> bool {
        name.last == name.first + 1
            && self.is_capital(name.first)
            && self.is_capital(name.last)
            && self.document.pack.agreement.is_adjective(self.document.word(name.first))
            && self.is_kind(name.last)
    }

    /// Returns whether a word tells the kind of a body, in whatever case.
    fn is_kind(&self, at: usize) -> bool {
        let word = self.document.word(at);
        is_body(word) || body_base(self.document.pack, word).is_some()
    }

    /// Goes on over the town or country right behind the noun for a body that ends a name, and over the adjective of a
    /// country: "Privredne banke Zagreb", "Telewizję Polską".
    fn stretch_over_place(&self, name: &mut NameMention) {
        let (document, pack) = (self.document, self.document.pack);
        let last = name.last - 1;
        let is_noun =
            self.is_kind(last) || document.end_of(last, Sense::OrganisationHead) == Some(name.last);
        let place = |sense| matches!(sense, Sense::Place(_) | Sense::Country(_)).then_some(());
        let Some((end, ())) = document.longest(name.last, place) else { return };
        let is_cased = !pack.name_endings.is_empty() && !pack.capital_nouns;
        let is_own =
            name.last > name.first + 1 || pack.agreement.is_adjective(document.word(name.last));
        if is_noun
            && is_cased
            && is_own
            && self.is_capital(name.last)
            && document.spaced(name.last)
            && !self.is_capital(end)
        {
            name.last = end;
        }
    }
}

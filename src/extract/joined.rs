//! What belongs to one name: pieces that readers found apart are put together, ends are mended.
//!
//! Marks that stand tight between capitals ("Buda-Cash", "Quad/Graphics", "H&M", "E.Leclerc"), the
//! quotation marks behind a company's form («Norvik banka»), "of" behind the kind of a body
//! ("Banca Popolare di Vicenza"), and nouns in small letters that a language ends such names with
//! ("Factor banka") hold a name together. An ordinary word that only opens the sentence is cut off.

use rustc_hash::FxHashMap;

use super::{
    capitals::{is_legal_form, starts_sentence},
    entities::{Label, NameMention, Reading, taken},
    tagger::lists::{is_body, is_known_company},
};
use crate::{base::token::Kind, pack::sense::Sense, text::document::Document};

/// Longest name between quotation marks, in tokens.
const QUOTED: usize = 6;

/// Puts the pieces of names together.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    found.sort_by_key(|name| (name.first, name.last));
    // "The bank" and the like may turn out to be the end of a name.
    let firm: Vec<NameMention> = found.iter().filter(|name| !is_described(name)).cloned().collect();
    let mut reader =
        Reader { document, taken: taken(document, &firm), numbered: numbered(document) };
    found.retain_mut(|name| reader.trim(name));
    reader.add_codes(found);
    reader.couple(found);
    for name in found.iter_mut() {
        reader.stretch(name);
    }
    // What a longer name took in is no name of its own.
    let mut end = 0;
    let mut kept: Vec<NameMention> = Vec::with_capacity(found.len());
    for name in found.drain(..) {
        if name.first >= end {
            end = name.last;
            kept.push(name);
        } else if let Some(last) = kept.last_mut().filter(|last| last.last < name.last) {
            let grown = last.reading == Reading::Name && name.reading == Reading::Name;
            if grown {
                last.last = name.last;
                end = name.last;
            }
        }
    }
    *found = kept;
}

/// Returns whether a mention describes a company or an authority by one word.
fn is_described(name: &NameMention) -> bool {
    matches!(name.reading, Reading::Company | Reading::Authority(_, None))
        && name.last == name.first + 1
}

/// A word and the figure behind it.
type Numbered<'a> = FxHashMap<(&'a str, &'a str), u32>;

/// Counts the capitalised words with a figure behind them: "Rema 1000" twice is a name.
fn numbered<'a>(document: &Document<'a>) -> Numbered<'a> {
    let mut counts = Numbered::default();
    for (at, pair) in document.tokens.windows(2).enumerate() {
        let [word, figure] = pair else { continue };
        if word.kind == Kind::Word && word.any_capital && figure.kind == Kind::Number {
            *counts.entry((document.word(at), document.word(at + 1))).or_default() += 1;
        }
    }
    counts
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    taken: Vec<bool>,
    numbered: Numbered<'a>,
}

impl Reader<'_, '_> {
    fn is_free(&self, at: usize) -> bool {
        self.taken.get(at).is_some_and(|taken| !taken)
    }

    fn is_tight(&self, mark: usize) -> bool {
        !self.document.spaced(mark) && !self.document.spaced(mark + 1)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.capital)
    }

    /// Adds the names that a capital, or a few, make with a figure or another ("N26", "H&M"), where
    /// the article has them again or a company's noun stands before.
    fn add_codes(&mut self, found: &mut Vec<NameMention>) {
        let document = self.document;
        let mut counts: FxHashMap<(&str, &str), u32> = FxHashMap::default();
        let mut codes: Vec<(usize, usize)> = Vec::new();
        for at in 0..document.tokens.len() {
            let Some(last) = self.code_end(at) else { continue };
            *counts.entry((document.word(at), document.word(last - 1))).or_default() += 1;
            codes.push((at, last));
        }
        for (first, last) in codes {
            let again = counts.get(&(document.word(first), document.word(last - 1)));
            let said = again.is_some_and(|count| *count >= 2);
            let marked = document
                .start_of(first, |s| matches!(s, Sense::CompanyMark | Sense::Company))
                .is_some();
            if !(said || marked) || (first..last).any(|at| !self.is_free(at)) {
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

    /// Returns the end of a capital with a figure ("N26"), or of two things around "&" ("H&M").
    fn code_end(&self, at: usize) -> Option<usize> {
        let document = self.document;
        let token = document.tokens.get(at).filter(|t| t.spaced || !document.spaced(at))?;
        let short = token.span.len() <= 3 && self.is_free(at);
        let capitals = token.kind == Kind::Word
            && document.word(at).chars().all(char::is_uppercase)
            && document.hits_at(at).is_empty();
        let closes = |last: usize| document.spaced(last) || document.kind(last) == Kind::Mark;
        if !short || !(token.spaced || document.kind(at.wrapping_sub(1)) == Kind::Mark) {
            return None;
        }
        let figure = capitals
            && !document.spaced(at + 1)
            && document.kind(at + 1) == Kind::Number
            && document.word(at + 1).len() <= 3
            && document.word(at + 1).bytes().all(|byte| byte.is_ascii_digit());
        if figure && closes(at + 2) {
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

    /// Cuts an ordinary word off that opens the sentence; returns whether a name is left.
    fn trim(&mut self, name: &mut NameMention) -> bool {
        let document = self.document;
        if name.reading != Reading::Name {
            return true;
        }
        self.trim_end(name);
        if name.first >= name.last {
            return false;
        }
        if !starts_sentence(document, name.first) {
            return true;
        }
        let Some(last) = ordinary_end(document, name.first).filter(|last| *last <= name.last)
        else {
            return true;
        };
        if last == name.last {
            self.taken[name.first..last].fill(false);
            return false;
        }
        if self.is_capital(last) && document.spaced(last) {
            self.taken[name.first..last].fill(false);
            name.first = last;
        }
        true
    }

    /// Cuts off what stands behind a colon or a comma, and small words at the end.
    fn trim_end(&mut self, name: &mut NameMention) {
        let document = self.document;
        let cut = (name.first + 1..name.last).find(|&at| match document.word(at) {
            ":" | ";" => true,
            "," => !is_legal_form(document, at + 1),
            _ => false,
        });
        let mut last = cut.unwrap_or(name.last);
        while last > name.first + 1
            && document
                .tokens
                .get(last - 1)
                .is_some_and(|t| t.kind == Kind::Word && t.spaced && !t.any_capital)
            && document.hits_at(last - 1).iter().any(|hit| {
                hit.last as usize == last
                    && matches!(hit.sense, Sense::Connector | Sense::FunctionWord)
            })
        {
            last -= 1;
        }
        self.taken[last..name.last].fill(false);
        name.last = last;
    }

    /// Joins neighbours that a mark, or nothing, holds together.
    fn couple(&mut self, found: &mut Vec<NameMention>) {
        let mut result: Vec<NameMention> = Vec::with_capacity(found.len());
        for name in found.drain(..) {
            let Some(last) = result.last_mut() else {
                result.push(name);
                continue;
            };
            match self.coupled(last, &name) {
                Some(label) => {
                    self.taken[last.first..name.last].fill(true);
                    last.last = name.last;
                    last.label = label;
                    last.reading = Reading::Name;
                    last.confidence = last.confidence.max(name.confidence);
                    last.rule = "entity.joined";
                }
                None => result.push(name),
            }
        }
        *found = result;
    }

    /// Returns the kind of the name that two neighbours make, if they do.
    fn coupled(&self, one: &NameMention, two: &NameMention) -> Option<Label> {
        let document = self.document;
        if self.is_sum(two.first) || self.is_sum(two.last - 1) {
            return None;
        }
        let touches = one.last == two.first && document.spaced(two.first);
        if touches && self.names_kind(one, two) {
            return Some(Label::Org);
        }
        let is_name = |name: &NameMention| {
            matches!(name.reading, Reading::Name)
                || (matches!(name.reading, Reading::Country(_) | Reading::Place(_))
                    && name.label == Label::Loc)
        };
        let named = one.reading == Reading::Name || two.reading == Reading::Name;
        if !named
            || !is_name(one)
            || !is_name(two)
            || document.sentence_of(one.first) != document.sentence_of(two.first)
        {
            return None;
        }
        let labels = (one.label, two.label);
        let company = |label| matches!(label, Label::Org | Label::Misc);
        let either = if labels.0 == labels.1 { labels.0 } else { Label::Org };
        let gap = two.first.checked_sub(one.last)?;
        match (gap, document.word(one.last)) {
            (0, _) if touches => {
                let both = one.reading == Reading::Name && two.reading == Reading::Name;
                (both && company(labels.0) && company(labels.1)).then_some(Label::Org)
            }
            (1, "-" | "‑" | "/") if self.is_tight(one.last) => Some(either),
            (1, ".") if self.is_tight(one.last) => Some(either),
            (1, ".") => {
                let small = document.end_of(two.first, Sense::FunctionWord).is_some();
                let initial = one.last == one.first + 1
                    && document.word(one.first).chars().count() == 1
                    && !document.spaced(one.last)
                    && !small;
                initial.then_some(two.label)
            }
            (1, "&" | "+") => Some(Label::Org),
            (1, _) => {
                let body = company(one.label) && self.has_body(one);
                (body && two.label != Label::Per && self.is_of(one.last)).then_some(Label::Org)
            }
            _ => None,
        }
    }

    /// Returns whether one of two words that touch tells the kind of the other: "Bank" of "BSI Bank",
    /// "Sociedade" of "Sociedade Central". Where every noun has a capital, only the last does.
    fn names_kind(&self, one: &NameMention, two: &NameMention) -> bool {
        let named = |name: &NameMention| {
            name.reading == Reading::Name && matches!(name.label, Label::Org | Label::Misc)
        };
        let kind = |name: &NameMention| is_described(name) && self.is_capital(name.first);
        let behind = named(one) && kind(two) && !self.document.pack.capital_nouns;
        let before = kind(one)
            && (named(two) || (two.reading == Reading::Name && is_described(one)))
            && !self.document.pack.capital_nouns
            && !starts_sentence(self.document, one.first);
        behind || before
    }

    /// Returns whether a token is the sign of a currency: "C" of "C$126,000".
    fn is_sum(&self, at: usize) -> bool {
        let money = |at: usize| {
            self.document
                .hits_at(at)
                .iter()
                .any(|hit| matches!(hit.sense, Sense::Currency(_) | Sense::Family(_)))
        };
        money(at) || (!self.document.spaced(at + 1) && self.document.word(at + 1) == "$")
    }

    fn has_body(&self, name: &NameMention) -> bool {
        name.range().any(|at| is_body(self.document.word(at)))
    }

    /// Returns whether a token is the language's "of".
    fn is_of(&self, at: usize) -> bool {
        let ends = |sense| self.document.end_of(at, sense) == Some(at + 1);
        ends(Sense::Connector) && (ends(Sense::MoneyOf) || ends(Sense::DateOf))
    }

    /// Takes in what stands beside a name and belongs to it.
    fn stretch(&mut self, name: &mut NameMention) {
        let place = matches!(name.reading, Reading::Country(_) | Reading::Place(_));
        if !place && name.reading != Reading::Name {
            return;
        }
        let (first, last) = (name.first, name.last);
        if !place && name.label != Label::Per {
            self.stretch_over_marks(name);
            self.stretch_over_of(name);
            self.stretch_to_figure(name);
        }
        self.stretch_to_quote(name);
        if name.label != Label::Per || !place {
            self.stretch_over_nouns(name);
        }
        if (name.first, name.last) != (first, last) {
            self.taken[name.first..name.last].fill(true);
            name.reading = Reading::Name;
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

    /// Takes a figure in that the article writes behind the name again and again.
    fn stretch_to_figure(&self, name: &mut NameMention) {
        let document = self.document;
        let pair = (document.word(name.last - 1), document.word(name.last));
        let said = self.numbered.get(&pair).is_some_and(|count| *count >= 2);
        if said && pair.1.len() <= 4 && self.is_free(name.last) && self.is_capital(name.last - 1) {
            name.last += 1;
        }
    }

    /// Goes on to the closing quotation mark, where the opening one stands before the name and
    /// behind a company's form or noun.
    fn stretch_to_quote(&self, name: &mut NameMention) {
        let document = self.document;
        let Some(open) = name.first.checked_sub(1) else { return };
        let closing: &[&str] = match document.word(open) {
            "„" => &["“", "”", "\""],
            "«" => &["»"],
            "“" => &["”"],
            _ => return,
        };
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

    /// Goes on over the noun in small letters that ends such names: "Factor banka".
    fn stretch_over_nouns(&self, name: &mut NameMention) {
        let document = self.document;
        for _ in 0..2 {
            let small = document.tokens.get(name.last).is_some_and(|t| !t.capital && t.spaced);
            let end = document.end_of(name.last, Sense::OrganisationHead);
            let Some(end) = end.filter(|_| small && self.is_free(name.last)) else { return };
            name.last = end;
        }
    }
}

/// Returns the end of a word that has its capital from the sentence alone: a common word, a small
/// word of the language, or one that tells a day or counts.
fn ordinary_end(document: &Document, at: usize) -> Option<usize> {
    let word = document.word(at);
    if is_known_company(word) || document.tokens.get(at).is_some_and(|t| t.shout) {
        return None;
    }
    let preposition = document.longest(at, |sense| {
        matches!(
            sense,
            Sense::MoneyTo
                | Sense::DateTo
                | Sense::Agent
                | Sense::Target
                | Sense::MoneyOf
                | Sense::DateOf
        )
        .then_some(())
    });
    if let Some((last, ())) = preposition {
        return Some(last);
    }
    let (last, ()) = document.longest(at, |sense| {
        matches!(
            sense,
            Sense::Common
                | Sense::FunctionWord
                | Sense::Relative(..)
                | Sense::DayWord(_)
                | Sense::Weekday(_)
                | Sense::Number(_)
                | Sense::Duration(_)
        )
        .then_some(())
    })?;
    // Articles open names, too: "La Banque postale".
    (word.chars().count() > 3 || last > at + 1).then_some(last)
}

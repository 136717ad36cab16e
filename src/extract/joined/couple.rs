//! Neighbours that a mark, "of", or nothing holds together: "Quad/Graphics", "Banca di Vicenza", "BSI Bank".

use super::{Reader, is_described};
use crate::{
    extract::{
        capitals::starts_sentence,
        entities::{Label, NameMention, Reading},
        tagger::lists::is_body,
    },
    pack::sense::Sense,
};

impl Reader<'_, '_> {
    /// Joins neighbours that a mark, or nothing, holds together.
    pub(super) fn couple(&mut self, found: &mut Vec<NameMention>) {
        let mut result: Vec<NameMention> = Vec::with_capacity(found.len());
        for name in found.drain(..) {
            let Some(last) = result.last_mut() else {
                result.push(name);
                continue;
            };
            if self.is_court_of(last, &name) {
                last.last = name.last;
                (last.label, last.reading, last.rule) = (name.label, name.reading, name.rule);
                continue;
            }
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

    /// Returns whether a name, or a town, is where the court sits that stands right behind it: "Amsterdam District Court".
    fn is_court_of(&self, town: &NameMention, court: &NameMention) -> bool {
        let named = matches!(town.reading, Reading::Name | Reading::Place(_));
        // "Meta Court Defeat" of a headline: one word for any court is not enough behind a company.
        let telling = court.last > court.first + 1 || town.label == Label::Loc;
        named
            && telling
            && court.reading == Reading::Court
            && self.touch(town, court)
            && self.is_capital(court.first)
    }

    /// Returns whether only white space stands between two names.
    fn touch(&self, one: &NameMention, two: &NameMention) -> bool {
        one.last == two.first && self.document.spaced(two.first)
    }

    /// Returns the kind of the name that two neighbours make, if they do.
    fn coupled(&self, one: &NameMention, two: &NameMention) -> Option<Label> {
        let document = self.document;
        if self.is_sum(two.first) || self.is_sum(two.last - 1) {
            return None;
        }
        // "Google'ın Tedbir": a case ends the first.
        if self.is_ending(one.last - 1) {
            return None;
        }
        let touches = self.touch(one, two);
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
            && two.reading == Reading::Name
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
        money(at) || self.is_before_dollar(at)
    }

    pub(super) fn is_before_dollar(&self, at: usize) -> bool {
        !self.document.spaced(at + 1) && self.document.word(at + 1) == "$"
    }

    pub(super) fn has_body(&self, name: &NameMention) -> bool {
        name.range().any(|at| is_body(self.document.word(at)))
    }

    /// Returns whether a token is the language's "of".
    pub(super) fn is_of(&self, at: usize) -> bool {
        let ends = |sense| self.document.end_of(at, sense) == Some(at + 1);
        ends(Sense::Connector) && (ends(Sense::MoneyOf) || ends(Sense::DateOf))
    }
}

//! Names between quotation marks behind the noun for who bears them (ресторан «Устрицы и танцы»), or behind what acts
//! upon them (оштрафовала «Синий мир»).
//!
//! What stands there is one name, whatever pieces of it other readers found and whether its words are
//! ordinary ones. Refused: what begins in small letters, what is long, and what holds an authority.

use super::Reader;
use crate::{
    base::token::Kind,
    extract::{
        capitals::is_legal_form,
        entities::{Label, NameMention, Reading},
    },
    pack::sense::{Form, Sense},
};

/// Most tokens between the marks.
const MOST: usize = 8;

/// Returns the marks that close what an opening mark begins; one that may close, too, opens nothing.
pub(super) fn closing(open: &str) -> Option<&'static [&'static str]> {
    Some(match open {
        "„" => &["“", "”", "\""],
        "«" => &["»"],
        "“" => &["”"],
        _ => return None,
    })
}

impl Reader<'_, '_> {
    /// Makes one name of what stands between quotation marks behind such a noun. The names found stay in order.
    pub(super) fn add_quoted(&mut self, found: &mut Vec<NameMention>) {
        if self.document.pack.uncased {
            return;
        }
        let mut quoted: Vec<NameMention> = Vec::new();
        let mut at = 1;
        while at < self.document.tokens.len() {
            let end = self.quoted_end(at).filter(|end| self.may_be_name(at + 1, *end, found));
            if let Some(last) = end {
                self.taken[at + 1..last].fill(true);
                quoted.push(NameMention {
                    first: at + 1,
                    last,
                    label: Label::Org,
                    reading: Reading::Name,
                    rule: "entity.quoted",
                    confidence: 0.7,
                });
                at = last;
            }
            at += 1;
        }
        if quoted.is_empty() {
            return;
        }
        let covered = |name: &NameMention| {
            let next = quoted.partition_point(|quoted| quoted.last <= name.first);
            quoted.get(next).is_some_and(|quoted| quoted.first < name.last)
        };
        found.retain(|name| !covered(name));
        found.append(&mut quoted);
        found.sort_by_key(|name| (name.first, name.last));
    }

    /// Returns the closing mark of what an opening one behind a noun for firms begins.
    fn quoted_end(&self, open: usize) -> Option<usize> {
        let document = self.document;
        if document.kind(open) != Kind::Mark || !document.spaced(open) || document.spaced(open + 1)
        {
            return None;
        }
        let closing: &[&str] = match document.word(open) {
            "”" => &["”"],
            "\"" => &["\""],
            open => closing(open)?,
        };
        let is_noun = |sense| {
            matches!(sense, Sense::CompanyMark | Sense::Company | Sense::Firm | Sense::Holder)
        };
        // "оштрафовала «Синий мир»": a verb or preposition acts upon what stands between the marks.
        let is_before = |sense| {
            is_noun(sense) || matches!(sense, Sense::Target | Sense::Trigger(_, Form::Verb))
        };
        let marked = is_legal_form(document, open - 1)
            || document.hits_before(open).any(|hit| is_before(hit.sense));
        let opens = document
            .tokens
            .get(open + 1)
            .is_some_and(|token| token.any_capital || token.kind == Kind::Number);
        if !marked || !opens {
            return None;
        }
        let inside = open + 1..(open + 2 + MOST).min(document.tokens.len());
        let end = inside.clone().find(|at| closing.contains(&document.word(*at)))?;
        let is_part = |at: usize| {
            matches!(document.kind(at), Kind::Word | Kind::Number)
                || matches!(document.word(at), "-" | "&" | "." | "+" | "'" | "’" | "/" | "–")
        };
        (open + 1..end).all(is_part).then_some(end)
    }

    /// Returns whether what was found between two marks is no more than pieces of a name.
    fn may_be_name(&self, first: usize, last: usize, found: &[NameMention]) -> bool {
        let from = found.partition_point(|name| name.last <= first);
        let within = found.get(from..).unwrap_or_default();
        let mut within = within.iter().take_while(|name| name.first < last);
        within.all(|name| {
            let whole = name.first >= first && name.last <= last;
            whole
                && !matches!(
                    name.reading,
                    Reading::Regulators(_) | Reading::Law(..) | Reading::Watched(_)
                )
        })
    }
}

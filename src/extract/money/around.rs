//! What the words around an amount add: bounds, for each what, another currency, what it is for.

use super::{Named, Reader, StatedAmount};
use crate::{
    base::{
        money::{Exact, Qualifier},
        token::Kind,
    },
    pack::sense::{Role, Sense, Unit},
};

/// Tokens from an amount within which a word says what it is for.
const FAR: usize = 12;
/// No phrase has more tokens.
const LONGEST: usize = 24;

impl Reader<'_, '_> {
    /// Reads the words around an amount that bound it or repeat it.
    pub(super) fn bounds(&self, amount: &mut StatedAmount) {
        let document = self.document;
        let mut at = amount.first;
        for _ in 0..3 {
            let Some(start) = document.start_of(at, |s| {
                matches!(
                    s,
                    Sense::About | Sense::AtLeast | Sense::AtMost | Sense::MoneyOf | Sense::One
                )
            }) else {
                break;
            };
            let found =
                document.hits_at(start).iter().filter(|h| h.last as usize == at).find_map(|h| {
                    match h.sense {
                        Sense::About => Some(Qualifier::About),
                        Sense::AtLeast => Some(Qualifier::AtLeast),
                        Sense::AtMost => Some(Qualifier::AtMost),
                        _ => None,
                    }
                });
            if let Some(found) = found {
                amount.qualifier = amount.qualifier.or(Some(found));
                break;
            }
            at = start;
        }
        for at in amount.last..amount.last + 3 {
            // "855 milions de l'any anterior": a year, not one of each.
            let dated = |s| matches!(s, Sense::Relative(..) | Sense::Context(..));
            if document.hits_at(at).iter().any(|hit| dated(hit.sense)) {
                break;
            }
            if let Some((_, unit)) =
                document.longest(at, |s| if let Sense::Per(u) = s { Some(u) } else { None })
            {
                amount.per = Some(unit);
                break;
            }
            if document.kind(at) == Kind::Break || matches!(document.word(at), "." | ";" | ",") {
                break;
            }
        }
        // "napi 50 ezer forint", "günlük 50 bin lira".
        if amount.per.is_none() {
            amount.per = document.hits_before(amount.first).find_map(|hit| match hit.sense {
                Sense::Per(unit @ (Unit::Day | Unit::Week | Unit::Month)) => Some(unit),
                _ => None,
            });
        }
        // "a daily fine of €5,000".
        if amount.per.is_none() {
            let from = amount.first.saturating_sub(6);
            amount.per = (from..amount.first)
                .rev()
                .find_map(|at| {
                    document.longest(at, |s| match s {
                        Sense::MoneyRole(Role::PeriodicPenalty) => Some(Unit::Day),
                        _ => None,
                    })
                })
                .map(|(_, unit)| unit);
        }
    }

    /// "Árfolyamok: EUR 386,15": what stands before the figure is priced, in the country's own money.
    pub(super) fn quoted(&self, amount: &mut StatedAmount) {
        let Named::One(priced) = amount.currency else { return };
        let exact = amount.low.is_none_or(|low| low.0 % Exact::ONE == 0);
        if amount.rule != "money.currency-first" || amount.scale != 0 || exact {
            return;
        }
        let document = self.document;
        let Some(sentence) = document.sentences.get(document.sentence_of(amount.first)) else {
            return;
        };
        let from = amount.first.saturating_sub(FAR + LONGEST).max(sentence.start);
        if document.hits_in(&(from..amount.first)).iter().any(|hit| hit.sense == Sense::Rate) {
            amount.currency = Named::Home(priced);
        }
    }

    /// Returns the amount that `found[index]` restates in another currency: "(9,4 millions de dollars)".
    pub(super) fn converted(&self, found: &[StatedAmount], index: usize) -> Option<usize> {
        let document = self.document;
        let amount = &found[index];
        let (origin_index, origin) = (index.checked_sub(1)?, found.get(index.checked_sub(1)?)?);
        if origin.currency == amount.currency || amount.currency == Named::Elided {
            return None;
        }
        let gap = origin.last..amount.first;
        // "(U.S. $15 million)": a point alone ends no sentence.
        let apart = document.sentence_of(origin.first) != document.sentence_of(amount.first);
        if gap.len() > 6
            || apart
            || gap.clone().any(|at| document.kind(at) == Kind::Break || document.word(at) == ";")
        {
            return None;
        }
        let restates = gap.clone().any(|at| {
            matches!(document.word(at), "(" | "（" | "[" | "/")
                || self.has(at, Sense::Restates).is_some()
        });
        // "€530 million ($601m, £451m)": what stands beside a sum that restates does so too.
        let goes_on = || {
            origin.converted_from.is_some()
                && gap.clone().all(|at| {
                    matches!(document.word(at), "," | "、" | "|")
                        || self.has(at, Sense::MoneyTo).is_some()
                        || self.and(at).is_some()
                })
        };
        (restates || goes_on()).then(|| origin.converted_from.unwrap_or(origin_index))
    }

    /// Returns what the words of the sentence say the amount is for, the nearest first.
    pub(super) fn role(&self, amount: &StatedAmount) -> Option<Role> {
        if amount.per.is_some_and(|u| matches!(u, Unit::Day | Unit::Week | Unit::Month)) {
            let penal = self.near(amount, |s| matches!(s, Sense::Trigger(..)).then_some(()));
            if penal.is_some() {
                return Some(Role::PeriodicPenalty);
            }
        }
        self.near(amount, |s| match s {
            Sense::MoneyRole(role) => Some(role),
            _ => None,
        })
    }

    pub(super) fn near<T>(
        &self,
        amount: &StatedAmount,
        mut wanted: impl FnMut(Sense) -> Option<T>,
    ) -> Option<T> {
        let document = self.document;
        let sentence = document.sentences.get(document.sentence_of(amount.first))?;
        // What is too far off is not looked at; a phrase may begin well before it ends.
        let from = amount.first.saturating_sub(FAR + LONGEST).max(sentence.start);
        let to = (amount.last + FAR).min(sentence.end).max(from);
        let hits = document.hits_in(&(from..to));
        let distance = |first: usize, last: usize| {
            if last <= amount.first {
                amount.first - last
            } else {
                first.saturating_sub(amount.last) + 2
            }
        };
        hits.iter()
            .filter_map(|h| Some((distance(h.first as usize, h.last as usize), wanted(h.sense)?)))
            .filter(|(d, _)| *d <= FAR)
            .min_by_key(|(d, _)| *d)
            .map(|(_, value)| value)
    }
}

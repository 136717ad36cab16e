//! Amounts whose currency the words leave out: "118 millones" where the article speaks of money.

use super::{Named, Reader, StatedAmount};
use crate::{
    base::{action::ActionType, money::Exact, token::Kind},
    extract::numbers::Number,
    pack::sense::Sense,
};

impl Reader<'_, '_> {
    /// "118 millones." where the sentence speaks of money: a scaled number that counts nothing.
    pub(super) fn elided(&self, number: Number) -> Option<StatedAmount> {
        let document = self.document;
        if number.scale < 6 && !(number.scale == 3 && number.value.0 >= 10_000 * Exact::ONE) {
            return None;
        }
        let next = number.last;
        let counts_nothing = match document.kind(next) {
            Kind::Break => true,
            Kind::Mark => {
                !matches!(document.word(next), "%" | "-" | "°" | "(" | "/" | "\"" | "«" | "“" | "‰")
            }
            Kind::Number => false,
            Kind::Ideograph | Kind::Word => {
                let of = self.has(next, Sense::MoneyOf);
                let penal = |at: usize| {
                    document.hits_at(at).iter().any(|h| {
                        matches!(h.sense, Sense::Trigger(ActionType::Fine, _) | Sense::MoneyRole(_))
                    })
                };
                // "500 millions d'amende" are money; "500 millions d'images" are not.
                if let Some(of) = of {
                    return penal(of).then(|| {
                        self.amount(
                            number,
                            number.first,
                            number.last,
                            Named::Elided,
                            "money.currency-elided",
                        )
                    });
                }

                document.pack.counts_with_of
                    || document.hits_at(next).iter().any(|h| {
                        matches!(
                            h.sense,
                            Sense::Target
                                | Sense::Agent
                                | Sense::Reason
                                | Sense::NumberAnd
                                | Sense::MoneyTo
                                | Sense::Per(_)
                                | Sense::Clause
                                | Sense::YearCue
                                | Sense::FunctionWord
                                | Sense::Trigger(..)
                                | Sense::DateOf
                        )
                    })
            }
        };
        counts_nothing.then(|| {
            self.amount(number, number.first, number.last, Named::Elided, "money.currency-elided")
        })
    }
}

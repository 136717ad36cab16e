//! Amounts whose currency the words leave out: "118 millones" where the article speaks of money.

use super::{Named, Reader, StatedAmount};
use crate::{
    base::{action::ActionType, money::Exact, token::Kind},
    extract::{
        numbers::{Number, number as read},
        tagger::lists::is_known_company,
    },
    pack::{
        lexicon::Hit,
        sense::{Form, Role, Sense, Unit},
    },
};

/// Tokens before figures within which a verb of a fine makes them money.
const FINED: usize = 4;

/// Tokens before the comma within which the whole stands that it is a part of.
const WHOLE: usize = 16;

impl Reader<'_, '_> {
    /// "118 millones." where the sentence speaks of money: a scaled number that counts nothing.
    pub(super) fn elided(&self, number: Number) -> Option<StatedAmount> {
        let document = self.document;
        if self.is_fined(&number) {
            let (first, last) = (number.first, number.last);
            return Some(self.amount(number, first, last, Named::Elided, "money.currency-elided"));
        }
        // "3M" is a company.
        let is_company =
            || is_known_company(document.span(&(number.first..number.last)).of(document.text));
        if !is_large(&number) || self.is_part_of_count(&number) || is_company() {
            return None;
        }
        let next = number.last;
        let amount = || {
            self.amount(number, number.first, number.last, Named::Elided, "money.currency-elided")
        };
        let of = self.has(next, Sense::MoneyOf).filter(|_| document.kind(next) != Kind::Mark);
        // "vendió más de 20 millones de entradas": a noun that is counted.
        let counted = of.is_some_and(|of| {
            let is_money = |sense| {
                matches!(
                    sense,
                    Sense::MoneyRole(_)
                        | Sense::Trigger(..)
                        | Sense::Relative(..)
                        | Sense::Context(..)
                        | Sense::Month(_)
                        | Sense::FunctionWord
                )
            };
            document.kind(of) == Kind::Word
                && !document.hits_at(of).iter().any(|hit| is_money(hit.sense))
                && !document.tokens.get(of).is_some_and(|token| token.capital)
        });
        if !counted && self.is_beside_money_word(&number) {
            return Some(amount());
        }
        self.counts_nothing(&number, of).then(amount)
    }

    /// Returns whether nothing that a large number could count follows it; `of` is where the word behind "of" stands.
    fn counts_nothing(&self, number: &Number, of: Option<usize>) -> bool {
        let document = self.document;
        let next = number.last;
        // "19,5 млн." at the end: the full stop is the abbreviation's, and a sentence begins behind it.
        let ends = document.sentence_of(number.first) != document.sentence_of(next);
        match document.kind(next) {
            _ if ends || self.is_inflected(number) => true,
            Kind::Break => true,
            // A quote that opens may hold what is counted; one that closes does not.
            Kind::Mark if document.word(next) == "\"" => !document.spaced(next),
            Kind::Mark => {
                !matches!(document.word(next), "%" | "-" | "°" | "(" | "/" | "\"" | "«" | "“" | "‰")
            }
            Kind::Number => false,
            Kind::Ideograph | Kind::Word => {
                // "855 milions de l'any anterior", "1,8 milliard de 2020", "3 milhões em novembro".
                let dated = [next, of.unwrap_or(next)].into_iter().any(|at| self.is_date(at));
                if number.scale >= 6 && dated {
                    return true;
                }
                let penal = |at: usize| {
                    document.hits_at(at).iter().any(|h| {
                        matches!(h.sense, Sense::Trigger(ActionType::Fine, _) | Sense::MoneyRole(_))
                    })
                };
                // "500 millions d'amende" are money; "500 millions d'images" are not.
                if let Some(of) = of {
                    return penal(of) || number.scale >= 6 && self.is_name(of);
                }

                document.pack.counts_with_of && number.scale >= 6
                    || document.pack.capital_nouns && number.scale >= 6 && self.no_noun_at(next)
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
                                | Sense::Trigger(ActionType::Fine, _)
                                | Sense::Trigger(_, Form::Verb | Form::Passive)
                                | Sense::DateOf
                        )
                    })
            }
        }
    }

    /// "1,4 millióra", "646,6 milyonla": a scale with a case ending, where one shows that no noun follows.
    fn is_inflected(&self, number: &Number) -> bool {
        let word = self.document.word(number.last - 1);
        number.scale >= 3 && self.document.pack.scale_cases.stems(word).next().is_some()
    }

    /// "χρεώνονται 40.000.": figures in thousands right behind a verb of a fine, that count nothing.
    fn is_fined(&self, number: &Number) -> bool {
        let document = self.document;
        let grouped = number.scale == 0 && number.figures && !number.plain;
        if !grouped || number.value.0 < 1_000 * Exact::ONE || number.value.0 % Exact::ONE != 0 {
            return false;
        }
        let start =
            document.sentences.get(document.sentence_of(number.first)).map_or(0, |s| s.start);
        let from = number.first.saturating_sub(FINED).max(start);
        let is_fine = |hit: &Hit| {
            matches!(hit.sense, Sense::Trigger(ActionType::Fine, Form::Verb | Form::Passive))
                && hit.last as usize <= number.first
        };
        self.ends_figures(number.last)
            && document.hits_in(&(from..number.first)).iter().any(is_fine)
    }

    /// "57 millions de clients, dont 1,4 million en France": a comma and one word before it, the scaled
    /// number before that counts something, and no word for money stands between.
    fn is_part_of_count(&self, number: &Number) -> bool {
        let document = self.document;
        let comma = number.first.wrapping_sub(2);
        if document.word(comma) != "," || document.kind(comma + 1) != Kind::Word {
            return false;
        }
        let start = document.sentences.get(document.sentence_of(comma)).map_or(comma, |s| s.start);
        let from = start.max(comma.saturating_sub(WHOLE));
        let before = (from..comma).rev().find(|at| document.kind(*at) == Kind::Number);
        let Some(whole) = before.and_then(|at| read(document, at)).filter(|n| n.scale >= 6) else {
            return false;
        };
        let of = self.has(whole.last, Sense::MoneyOf).unwrap_or(whole.last);
        let is_money = |hit: &Hit| {
            matches!(
                hit.sense,
                Sense::MoneyRole(_) | Sense::Trigger(..) | Sense::Currency(_) | Sense::Family(_)
            )
        };
        let is_noun = |hit: &Hit| {
            !matches!(
                hit.sense,
                Sense::FunctionWord
                    | Sense::Relative(..)
                    | Sense::Context(..)
                    | Sense::Month(_)
                    | Sense::Per(_)
            )
        };
        document.kind(of) == Kind::Word
            && document.hits_at(of).iter().all(is_noun)
            && document.pack.capital_nouns <= document.tokens.get(of).is_some_and(|t| t.capital)
            && self.number_first(whole).is_none()
            && !(whole.last..number.first).any(|at| document.hits_at(at).iter().any(is_money))
    }

    /// Returns whether a name that is no country's stands at `at`: "los 2,5 millones de Open Bank".
    fn is_name(&self, at: usize) -> bool {
        let document = self.document;
        let capital = document.tokens.get(at).is_some_and(|token| token.capital);
        let people = document.hits_at(at).iter().any(|hit| matches!(hit.sense, Sense::Country(_)));
        capital && document.kind(at) == Kind::Word && !people && !document.pack.capital_nouns
    }

    /// Returns whether the word at `at` is no noun and stands before none, where nouns have capitals:
    /// "200 Millionen überweisen", not "200 Millionen aktive Nutzer".
    fn no_noun_at(&self, at: usize) -> bool {
        let capital = |at: usize| {
            self.document.tokens.get(at).is_some_and(|token| token.capital)
                && self.document.kind(at) == Kind::Word
        };
        !capital(at) && !capital(at + 1)
    }

    /// Returns whether a word of the calendar or a year stands at `at`: nothing that could be counted.
    fn is_date(&self, at: usize) -> bool {
        let document = self.document;
        let word = document.word(at);
        let year = word.len() == 4 && matches!(word.parse(), Ok(1_900..=2_100));
        year && document.kind(at + 1) != Kind::Number
            || document.hits_at(at).iter().any(|hit| {
                matches!(
                    hit.sense,
                    Sense::Relative(Unit::Year | Unit::Month, _)
                        | Sense::Context(Unit::Year, _)
                        | Sense::Month(_)
                )
            })
    }

    /// "원금 3억을", "83 करोड़ खर्च": a word that says what a sum is for stands right beside it.
    fn is_beside_money_word(&self, number: &Number) -> bool {
        let document = self.document;
        let role = |s| matches!(s, Sense::MoneyRole(role) if role != Role::Cap);
        let about = document.start_of(number.first, |s| matches!(s, Sense::About | Sense::AtLeast));
        let start = about.unwrap_or(number.first);
        let before = document.start_of(start, role).is_some();
        // "ressarcir 38 mil assinantes" makes good to people, and "compensação de 38 mil" is a sum.
        let makes_good = || {
            document.start_of(start, |s| s == Sense::MoneyRole(Role::Damages)).is_some()
                && self.is_noun(number.last)
        };
        before && !makes_good() || document.hits_at(number.last).iter().any(|hit| role(hit.sense))
    }

    /// Returns whether a word in small letters stands at `at` of which the pack knows nothing: what a number counts.
    fn is_noun(&self, at: usize) -> bool {
        let document = self.document;
        let is_small = document.tokens.get(at).is_some_and(|token| !token.any_capital);
        document.kind(at) == Kind::Word && is_small && document.hits_at(at).is_empty()
    }
}

/// Returns whether a number is large enough to be taken for money.
fn is_large(number: &Number) -> bool {
    // "20 लाख", "17万"; "two thousand" is too small.
    if number.scale < 4 && !(number.scale == 3 && number.value.0 >= 10_000 * Exact::ONE) {
        return false;
    }
    // "만" is also "only"; "mille" alone counts nothing that is left out.
    let counted = number.figures || number.value.0 != Exact::ONE * 10_i128.pow(number.scale.into());
    number.scale >= 6 || counted
}

#[cfg(test)]
mod tests {
    use super::super::sums_of;
    use crate::base::lang::Lang;

    #[test]
    fn a_scaled_number_is_money_where_no_noun_is_counted() {
        for (lang, text, expected) in [
            (Lang::De, "Meta muss 200 Millionen überweisen.", 1),
            (Lang::De, "Die Plattform zählt 200 Millionen aktive Nutzer.", 0),
            (Lang::Es, "La mayor es de los 2,5 millones de Open Bank.", 1),
            (Lang::Es, "La multa: vendió más de 20 millones de butacas.", 0),
            (Lang::Pt, "A empresa terá de ressarcir 38 mil assinantes.", 0),
            (Lang::Pt, "A empresa terá de ressarcir 38 mil ao Estado.", 1),
            (Lang::Fr, "Le jeu compte 50 millions de Français.", 0),
            (Lang::Sv, "Salongen får böta 15 000.", 1),
            (Lang::Sv, "Salongen har 15 000 kunder.", 0),
            (Lang::Fr, "La fuite touche 57 millions de clients, dont 1,4 million en France.", 0),
            (Lang::Hu, "A bíróság 1,4 millióra mérsékelte a bírságot.", 1),
            (Lang::Hu, "A szolgáltatónak 1,4 millió ügyfele van.", 0),
            (Lang::Tr, "Onu 646,6 milyonla Alfa izliyor.", 1),
            (Lang::Tr, "Platformun 646,6 milyon kullanıcısı var.", 0),
            (Lang::Uk, "«Альфа» сплатить 23,8 млн грн, а «Бета» – 19,5 млн. Рішення чинне.", 2),
        ] {
            assert_eq!(sums_of(lang, text).len(), expected, "{text}");
        }
    }
}

//! The sections of a pack file into the senses of its lexicon.

use std::{collections::BTreeMap, str::FromStr};

use super::{
    compile::PackError,
    schema::{Dates, Money, Names, Numbers, Roles, StatusCues, Words},
    sense::{Family, Role, Sense, Unit},
    words::Builder,
};
use crate::base::{lang::Lang, money::Currency};

/// The senses of a language, gathered section by section.
pub(super) struct Sections {
    pub(super) lang: Lang,
    pub(super) lexicon: Builder,
}

impl Sections {
    pub(super) fn unknown(&self, what: &str, kind: &'static str) -> PackError {
        PackError::Unknown { lang: self.lang.code(), what: what.to_owned(), kind }
    }

    pub(super) fn add(&mut self, words: &[String], sense: Sense) -> Result<(), PackError> {
        for word in words {
            self.lexicon
                .add(word, sense)
                .map_err(|class| self.unknown(&class, "class of endings"))?;
        }
        Ok(())
    }

    /// Adds words whose key is a number of type `N`.
    pub(super) fn keyed<N: FromStr>(
        &mut self,
        table: &BTreeMap<String, Words>,
        kind: &'static str,
        sense: impl Fn(N) -> Sense,
    ) -> Result<(), PackError> {
        for (key, words) in table {
            let value = key.parse().map_err(|_| self.unknown(key, kind))?;
            self.add(words, sense(value))?;
        }
        Ok(())
    }

    pub(super) fn numbers(&mut self, numbers: &Numbers) -> Result<(), PackError> {
        let ten_thousandths = |value: f64| (value * 10_000.0).round() as u32;
        self.keyed(&numbers.words, "number below 1000", Sense::Number)?;
        self.keyed(&numbers.scales, "power of ten", Sense::Scale)?;
        self.keyed(&numbers.letters, "power of ten", Sense::Letter)?;
        self.keyed(&numbers.fractions, "fraction", |v| Sense::Fraction(ten_thousandths(v)))?;
        self.keyed(&numbers.after, "fraction", |v| Sense::After(ten_thousandths(v)))?;
        self.add(&numbers.and, Sense::NumberAnd)?;
        self.add(&numbers.one, Sense::One)?;
        self.add(&numbers.alone, Sense::Alone)?;
        self.keyed(&numbers.twice, "power of ten", Sense::Twice)?;
        self.add(&numbers.vague, Sense::Vague)
    }

    pub(super) fn money(&mut self, money: &Money) -> Result<(), PackError> {
        for (code, words) in &money.currencies {
            let currency = Currency::new(code).ok_or_else(|| self.unknown(code, "currency"))?;
            self.add(words, Sense::Currency(currency))?;
        }
        for (code, words) in &money.cents {
            let currency = Currency::new(code).ok_or_else(|| self.unknown(code, "currency"))?;
            self.add(words, Sense::Cent(currency))?;
        }
        for (key, words) in &money.scaled {
            let parts = key.split_once(' ').and_then(|(power, code)| {
                Some(Sense::Scaled(power.parse().ok()?, Currency::new(code)?))
            });
            let sense = parts.ok_or_else(|| self.unknown(key, "power of ten and currency"))?;
            self.add(words, sense)?;
        }
        for (name, words) in &money.families {
            let family: Family = self.word_of(name, "family of currencies")?;
            self.add(words, Sense::Family(family))?;
        }
        for (name, words) in &money.roles {
            let role: Role = self.word_of(name, "role of a sum")?;
            self.add(words, Sense::MoneyRole(role))?;
        }
        for (name, words) in &money.per {
            let unit = Unit::from_word(name).ok_or_else(|| self.unknown(name, "unit"))?;
            self.add(words, Sense::Per(unit))?;
        }
        self.add(&money.of, Sense::MoneyOf)?;
        self.add(&money.about, Sense::About)?;
        self.add(&money.at_least, Sense::AtLeast)?;
        self.add(&money.at_most, Sense::AtMost)?;
        self.add(&money.between, Sense::MoneyBetween)?;
        self.add(&money.to, Sense::MoneyTo)?;
        self.add(&money.parts, Sense::Parts)?;
        self.add(&money.rates, Sense::Rate)?;
        self.add(&money.percent, Sense::Percent)?;
        self.add(&money.restates, Sense::Restates)
    }

    /// Reads a closed vocabulary's word through its own `Deserialize`.
    pub(super) fn word_of<T: serde::de::DeserializeOwned>(
        &self,
        word: &str,
        kind: &'static str,
    ) -> Result<T, PackError> {
        let value: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
            serde::de::IntoDeserializer::into_deserializer(word);
        T::deserialize(value).map_err(|_| self.unknown(word, kind))
    }

    pub(super) fn dates(&mut self, dates: &Dates) -> Result<(), PackError> {
        for (index, words) in dates.months.iter().enumerate() {
            self.add(words, Sense::Month(index as u8 + 1))?;
        }
        for (index, words) in dates.weekdays.iter().enumerate() {
            self.add(words, Sense::Weekday(index as u8 + 1))?;
        }
        for (key, words) in &dates.relative {
            let (context, rest) = match key.strip_prefix('=') {
                Some(rest) => (true, rest),
                None => (false, key.as_str()),
            };
            let split = rest.len().saturating_sub(1);
            let unit = rest.get(split..).and_then(Unit::from_word);
            let offset: Option<i8> = rest.get(..split).and_then(|o| o.parse().ok());
            let (Some(unit), Some(offset)) = (unit, offset) else {
                return Err(self.unknown(key, "offset such as -1d"));
            };
            let sense =
                if context { Sense::Context(unit, offset) } else { Sense::Relative(unit, offset) };
            self.add(words, sense)?;
        }
        for (modifier, words) in &dates.modifiers {
            self.add(words, Sense::Modifier(*modifier))?;
        }
        for (name, words) in &dates.durations {
            let unit = Unit::from_word(name).ok_or_else(|| self.unknown(name, "unit"))?;
            self.add(words, Sense::Duration(unit))?;
        }
        self.keyed(&dates.days, "day", Sense::DayWord)?;
        self.keyed(&dates.quarters, "quarter", Sense::Quarter)?;
        self.keyed(&dates.halves, "half", Sense::Half)?;
        self.keyed(&dates.decades, "decade", Sense::Decade)?;
        self.keyed(&dates.eras, "year", Sense::Era)?;
        for (words, sense) in [
            (&dates.day_marks, Sense::DayMark),
            (&dates.month_marks, Sense::MonthMark),
            (&dates.year_marks, Sense::YearMark),
            (&dates.of, Sense::DateOf),
            (&dates.last, Sense::Last),
            (&dates.next, Sense::Next),
            (&dates.this, Sense::This),
            (&dates.between, Sense::DateBetween),
            (&dates.to, Sense::DateTo),
            (&dates.year_cues, Sense::YearCue),
            (&dates.day_cues, Sense::DayCue),
            (&dates.day_nouns, Sense::DayNoun),
            (&dates.codes, Sense::CodeCue),
            (&dates.never, Sense::NoDate),
            (&dates.decisions, Sense::Decision),
            (&dates.ahead, Sense::Ahead),
            (&dates.within, Sense::Within),
            (&dates.ago, Sense::Ago),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    pub(super) fn names(&mut self, names: &Names) -> Result<(), PackError> {
        for (sector, words) in &names.authorities {
            self.add(words, Sense::Authority(*sector))?;
        }
        for (words, sense) in [
            (&names.companies, Sense::Company),
            (&names.company_marks, Sense::CompanyMark),
            (&names.firms, Sense::Firm),
            (&names.holders, Sense::Holder),
            (&names.indefinite, Sense::Indefinite),
            (&names.organisations, Sense::Organisation),
            (&names.organisation_heads, Sense::OrganisationHead),
            (&names.tails, Sense::OrganisationHead),
            (&names.organisation_parts, Sense::OrganisationPart),
            (&names.organisation_branches, Sense::OrganisationBranch),
            (&names.counters, Sense::Counter),
            (&names.place_marks, Sense::PlaceMark),
            (&names.surnames, Sense::Surname),
            (&names.someone, Sense::Someone),
            (&names.titles, Sense::Title),
            (&names.connectors, Sense::Connector),
            (&names.courts, Sense::Court),
            (&names.common, Sense::Common),
            (&names.bystanders, Sense::Bystander),
            (&names.law_articles, Sense::LawArticle),
            (&names.law_words, Sense::LawWord),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    pub(super) fn roles(&mut self, roles: &Roles) -> Result<(), PackError> {
        for (words, sense) in [
            (&roles.agent, Sense::Agent),
            (&roles.agent_after, Sense::AgentAfter),
            (&roles.target, Sense::Target),
            (&roles.target_after, Sense::TargetAfter),
            (&roles.light, Sense::Light),
            (&roles.light_passive, Sense::LightPassive),
            (&roles.passive, Sense::Passive),
            (&roles.reason, Sense::Reason),
            (&roles.respectively, Sense::Respectively),
            (&roles.each, Sense::Each),
            (&roles.total, Sense::Total),
            (&roles.clause, Sense::Clause),
            (&roles.informs, Sense::Informs),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    pub(super) fn status(&mut self, status: &StatusCues) -> Result<(), PackError> {
        for (words, sense) in [
            (&status.proposed, Sense::Proposed),
            (&status.threatened, Sense::Threatened),
            (&status.rumoured, Sense::Rumoured),
            (&status.upheld, Sense::Upheld),
            (&status.overturned, Sense::Overturned),
            (&status.reduced, Sense::Reduced),
            (&status.negated, Sense::Negated),
            (&status.denials, Sense::Denial),
            (&status.denials_after, Sense::DenialAfter),
            (&status.appeals, Sense::Appeal),
            (&status.generic, Sense::Generic),
            (&status.able, Sense::Able),
            (&status.vetoes, Sense::Veto),
            (&status.idioms, Sense::Idiom),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }
}

//! Pack files into lexicons, once, before the first article.

use std::{collections::BTreeMap, str::FromStr};

use super::{
    lexicon::{Lexicon, Shape},
    schema::{Dates, Money, Names, Numbers, PackFile, Particles, Roles, StatusCues, Words},
    sense::{Country, Family, Form, Role, Sense, Unit},
    tables::{TableError, Tables},
    words::Builder,
    world::currencies::Currencies,
};
use crate::base::{lang::Lang, money::Currency};

/// Why a pack does not load.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file that stands in for a built-in table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file is no valid TOML of the schema.
    #[error("reading language pack `{lang}`")]
    Syntax {
        /// Code of the language.
        lang: &'static str,
        /// What is wrong with it.
        source: Box<toml::de::Error>,
    },
    /// A world table is no valid TOML of its schema.
    #[error("reading built-in table `{table}`")]
    World {
        /// Name of the table.
        table: String,
        /// What is wrong with it.
        source: Box<toml::de::Error>,
    },
    /// A key or word that names nothing.
    #[error("language pack `{lang}`: `{what}` names no {kind}")]
    Unknown {
        /// Code of the language.
        lang: &'static str,
        /// The key.
        what: String,
        /// What it should have been.
        kind: &'static str,
    },
}

/// Order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the orders")]
pub enum DateOrder {
    Dmy,
    Mdy,
    Ymd,
}

impl FromStr for DateOrder {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Ok(match word {
            "dmy" => Self::Dmy,
            "mdy" => Self::Mdy,
            "ymd" => Self::Ymd,
            _ => return Err(()),
        })
    }
}

/// A language as the engine uses it.
#[derive(Debug)]
pub struct Pack {
    /// Its language.
    pub lang: Lang,
    /// Tells it from all other packs.
    pub number: u8,
    /// Its words.
    pub lexicon: Lexicon,
    /// Countries that its news is from, likeliest first.
    pub home: Vec<Country>,
    /// Countries of texts in the letters that the pack maps to others.
    pub other_home: Vec<Country>,
    /// Decimal mark.
    pub decimal: char,
    /// Grouping marks.
    pub group: Vec<char>,
    /// Orders of a date with a month's name.
    pub orders: Vec<DateOrder>,
    /// Order of a date in figures, if the language has one.
    pub numeric: Option<DateOrder>,
    /// Whether the name of a month stands for it without a word beside it.
    pub months_alone: bool,
    /// Countries that count years of three figures, with the year before their first.
    pub short_years: Vec<(Country, i16)>,
    /// Whether months are written with a capital, so that "may" is none.
    pub capital_months: bool,
    /// Whether a full stop after a figure is an ordinal mark.
    pub dotted_ordinals: bool,
    /// Whether every noun is written with a capital.
    pub capital_nouns: bool,
    /// Whether names show by lists and heads: the script has no capitals.
    pub uncased: bool,
    /// Whether a large number takes "of" before what it counts.
    pub counts_with_of: bool,
    /// Whether units stand before tens.
    pub units_first: bool,
    /// Whether a scale alone is one of it.
    pub bare_scales: bool,
    /// Whether number words are written as compounds.
    pub compounds: bool,
    /// Folded abbreviations, with their full stop.
    pub abbreviations: Vec<Box<str>>,
    /// What is written as one with a name, longest first.
    pub particles: Particles,
    /// Case endings of names, longest first.
    pub name_endings: Vec<Box<str>>,
    /// Endings of names that show a case beyond doubt, longest first.
    pub name_cases: Vec<NameCase>,
    /// Folded irregular form -> folded base form.
    pub variants: BTreeMap<Box<str>, Box<str>>,
    /// Function words, as the file has them.
    pub function_words: Words,
}

/// A case ending of names and what the nominative has in its place.
#[derive(Clone, Debug)]
pub struct NameCase {
    /// The ending.
    pub ending: Box<str>,
    /// Whether a vowel (or a consonant) must stand before it.
    pub behind: Option<bool>,
    /// What the nominative ends in.
    pub nominative: Box<str>,
}

impl Pack {
    /// Compiles the pack of `lang`.
    pub fn load(lang: Lang, tables: &Tables, currencies: &Currencies) -> Result<Self, PackError> {
        let path = format!("pack/lang/{}.toml", lang.code());
        let file: PackFile = toml::from_str(&tables.text(&path, lang.pack_source())?)
            .map_err(|source| PackError::Syntax { lang: lang.code(), source: Box::new(source) })?;
        Self::compile(lang, file, currencies)
    }

    /// Compiles the pack of no language: figures, codes and symbols.
    pub fn neutral(currencies: &Currencies) -> Result<Self, PackError> {
        let pack = Self::compile(Lang::En, PackFile::default(), currencies)?;
        Ok(Self { number: u8::MAX, ..pack })
    }

    /// Compiles a pack file.
    pub fn compile(lang: Lang, file: PackFile, currencies: &Currencies) -> Result<Self, PackError> {
        let shape = Shape::new(&file.letters, &file.suffixes, &file.prefixes, &file.endings);
        let mut build = Build { lang, lexicon: Builder::new(shape.clone()) };
        build.numbers(&file.numbers)?;
        build.money(&file.money)?;
        build.dates(&file.dates)?;
        build.names(&file.names)?;
        build.roles(&file.roles)?;
        build.status(&file.status)?;
        for (code, words) in &file.countries {
            let country = Country::new(code).ok_or_else(|| build.unknown(code, "country"))?;
            build.add(words, Sense::Country(country))?;
        }
        for (code, words) in &file.places {
            let country = Country::new(code).ok_or_else(|| build.unknown(code, "country"))?;
            build.add(words, Sense::Place(country))?;
        }
        for (kind, triggers) in &file.actions {
            build.add(&triggers.nouns, Sense::Trigger(*kind, Form::Noun))?;
            build.add(&triggers.verbs, Sense::Trigger(*kind, Form::Verb))?;
            build.add(&triggers.passives, Sense::Trigger(*kind, Form::Passive))?;
            build.add(&triggers.weak, Sense::Trigger(*kind, Form::Weak))?;
        }
        for (measure, words) in &file.measures {
            build.add(words, Sense::Measure(*measure))?;
        }
        build.add(&file.function_words, Sense::FunctionWord)?;
        currencies.add_to(&mut build.lexicon);
        build.finish(file, &shape)
    }
}

struct Build {
    lang: Lang,
    lexicon: Builder,
}

impl Build {
    fn unknown(&self, what: &str, kind: &'static str) -> PackError {
        PackError::Unknown { lang: self.lang.code(), what: what.to_owned(), kind }
    }

    fn add(&mut self, words: &[String], sense: Sense) -> Result<(), PackError> {
        for word in words {
            self.lexicon
                .add(word, sense)
                .map_err(|class| self.unknown(&class, "class of endings"))?;
        }
        Ok(())
    }

    /// Adds words whose key is a number of type `N`.
    fn keyed<N: FromStr>(
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

    fn numbers(&mut self, numbers: &Numbers) -> Result<(), PackError> {
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

    fn money(&mut self, money: &Money) -> Result<(), PackError> {
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
        self.add(&money.restates, Sense::Restates)
    }

    /// Reads a closed vocabulary's word through its own `Deserialize`.
    fn word_of<T: serde::de::DeserializeOwned>(
        &self,
        word: &str,
        kind: &'static str,
    ) -> Result<T, PackError> {
        let value: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
            serde::de::IntoDeserializer::into_deserializer(word);
        T::deserialize(value).map_err(|_| self.unknown(word, kind))
    }

    fn dates(&mut self, dates: &Dates) -> Result<(), PackError> {
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
            (&dates.ahead, Sense::Ahead),
            (&dates.within, Sense::Within),
            (&dates.ago, Sense::Ago),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    fn names(&mut self, names: &Names) -> Result<(), PackError> {
        for (sector, words) in &names.authorities {
            self.add(words, Sense::Authority(*sector))?;
        }
        for (words, sense) in [
            (&names.companies, Sense::Company),
            (&names.company_marks, Sense::CompanyMark),
            (&names.organisations, Sense::Organisation),
            (&names.organisation_heads, Sense::OrganisationHead),
            (&names.tails, Sense::OrganisationHead),
            (&names.titles, Sense::Title),
            (&names.connectors, Sense::Connector),
            (&names.courts, Sense::Court),
            (&names.common, Sense::Common),
            (&names.law_articles, Sense::LawArticle),
            (&names.law_words, Sense::LawWord),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    fn roles(&mut self, roles: &Roles) -> Result<(), PackError> {
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
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    fn status(&mut self, status: &StatusCues) -> Result<(), PackError> {
        for (words, sense) in [
            (&status.proposed, Sense::Proposed),
            (&status.threatened, Sense::Threatened),
            (&status.rumoured, Sense::Rumoured),
            (&status.upheld, Sense::Upheld),
            (&status.overturned, Sense::Overturned),
            (&status.reduced, Sense::Reduced),
            (&status.negated, Sense::Negated),
            (&status.appeals, Sense::Appeal),
            (&status.generic, Sense::Generic),
            (&status.vetoes, Sense::Veto),
        ] {
            self.add(words, sense)?;
        }
        Ok(())
    }

    fn finish(self, file: PackFile, shape: &Shape) -> Result<Pack, PackError> {
        let parse =
            |word: &String| word.parse().map_err(|()| self.unknown(word, "order of a date"));
        let orders: Vec<DateOrder> =
            file.dates.orders.iter().map(parse).collect::<Result<_, _>>()?;
        let numeric = match file.dates.numeric.as_str() {
            "" => None,
            _ => Some(parse(&file.dates.numeric)?),
        };
        let mut short_years = Vec::new();
        for (code, base) in &file.dates.short_years {
            let country = Country::new(code).ok_or_else(|| self.unknown(code, "country"))?;
            short_years.push((country, *base));
        }
        let home = file
            .home
            .iter()
            .map(|code| Country::new(code).ok_or_else(|| self.unknown(code, "country")));
        let home = home.collect::<Result<_, _>>()?;
        let other_home = file
            .other_home
            .iter()
            .map(|code| Country::new(code).ok_or_else(|| self.unknown(code, "country")));
        let other_home = other_home.collect::<Result<_, _>>()?;
        let mut particles = file.particles;
        for list in [
            &mut particles.after,
            &mut particles.after_closed,
            &mut particles.after_open,
            &mut particles.before,
        ] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        let mut name_endings: Vec<Box<str>> =
            file.name_endings.iter().map(|e| shape.fold(e).into()).collect();
        name_endings.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        let variants = file.variants.iter().flat_map(|(base, forms)| {
            forms.iter().map(|form| (shape.fold(form).into(), shape.fold(base).into()))
        });
        let variants = variants.collect();
        let abbreviations = file.abbreviations.iter().map(|a| shape.fold(a).into()).collect();
        Ok(Pack {
            lang: self.lang,
            number: self.lang as u8,
            home,
            other_home,
            decimal: file.decimal.chars().next().unwrap_or('.'),
            group: file.group.iter().filter_map(|g| g.chars().next()).collect(),
            orders: if orders.is_empty() { vec![DateOrder::Dmy] } else { orders },
            numeric,
            months_alone: file.dates.months_alone,
            short_years,
            capital_months: file
                .dates
                .months
                .iter()
                .flatten()
                .all(|month| month.starts_with(char::is_uppercase)),
            dotted_ordinals: file.dates.day_marks.iter().any(|mark| mark == "."),
            compounds: file.numbers.compounds,
            bare_scales: file.numbers.bare_scales,
            units_first: file.numbers.units_first,
            counts_with_of: file.numbers.counts_with_of,
            capital_nouns: file.names.capital_nouns,
            uncased: !file.names.organisation_heads.is_empty(),
            abbreviations,
            particles,
            name_endings,
            name_cases: name_cases(&file.name_cases),
            variants,
            function_words: file.function_words,
            lexicon: self.lexicon.finish(),
        })
    }
}

/// Reads the case endings of names, longest first.
fn name_cases(listed: &BTreeMap<String, String>) -> Vec<NameCase> {
    let mut cases: Vec<NameCase> = listed
        .iter()
        .map(|(ending, nominative)| {
            let behind = ending.chars().next().and_then(|mark| match mark {
                'V' => Some(true),
                'C' => Some(false),
                _ => None,
            });
            let ending = ending.trim_start_matches(['V', 'C']);
            NameCase { ending: ending.into(), behind, nominative: nominative.as_str().into() }
        })
        .collect();
    cases.sort_by(|a, b| b.ending.len().cmp(&a.ending.len()).then(a.ending.cmp(&b.ending)));
    cases
}

/// Returns how words are folded in each language that unifies letters, without reading the rest of its pack.
pub fn shapes(tables: &Tables) -> Result<Vec<(Lang, Shape)>, PackError> {
    let mut shapes = Vec::new();
    for &lang in Lang::ALL {
        let text = tables.text(&format!("pack/lang/{}.toml", lang.code()), lang.pack_source())?;
        let Some((_, section)) = text.split_once("\n[letters]\n") else { continue };
        let section = section.split("\n[").next().unwrap_or_default();
        let letters: BTreeMap<String, String> = toml::from_str(section)
            .map_err(|source| PackError::Syntax { lang: lang.code(), source: Box::new(source) })?;
        shapes.push((lang, Shape::new(&letters, &[], &[], &BTreeMap::new())));
    }
    Ok(shapes)
}

//! Pack files into lexicons, once, before the first article.

use std::{collections::BTreeMap, str::FromStr};

use super::{
    agreement::{Agreement, longest_first},
    endings::Endings,
    lexicon::Lexicon,
    nouns::Nouns,
    schema::{PackFile, Particles, Words},
    sections::Sections,
    sense::{Country, Form, Sense},
    shape::Shape,
    tables::{TableError, Tables},
    words::Builder,
    world::currencies::Currencies,
};
use crate::base::{
    hash::{low_of, small_hash},
    lang::Lang,
};

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
    /// Whether a number governs the case of its noun.
    pub numbers_govern: bool,
    /// Whether a noun may stand without an article and so be one that is not named.
    pub bare_nouns: bool,
    /// Endings of a noun that has the case and not the name behind it, where else the name has it.
    pub apposed_cases: Option<Vec<String>>,
    /// Whether names show by lists and heads: the script has no capitals.
    pub uncased: bool,
    /// Whether a large number takes "of" before what it counts.
    pub counts_with_of: bool,
    /// Case endings of scales that no noun follows.
    pub scale_cases: Endings,
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
    pub name_endings: Endings,
    /// Endings of names that show a case beyond doubt, longest first.
    pub name_cases: Vec<NameCase>,
    /// How the words of names agree.
    pub agreement: Agreement,
    /// Endings of adjectives that open a name, whatever its gender, longest first, and those of the nominative.
    pub name_openings: Vec<(String, String)>,
    /// Nouns of those who are described, and their cases.
    pub nouns: Nouns,
    /// Folded irregular form -> folded base form.
    pub variants: BTreeMap<Box<str>, Box<str>>,
    /// Function words, as the file has them.
    pub function_words: Words,
    /// What tokens say of the most frequent words, in order.
    frequent: Vec<u32>,
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
    /// Returns whether a word is one of the most frequent ones; `low` is what its token says of it.
    pub fn is_frequent(&self, low: u32) -> bool {
        self.frequent.binary_search(&low).is_ok()
    }

    /// Compiles the pack of `lang`.
    pub fn load(lang: Lang, tables: &Tables, currencies: &Currencies) -> Result<Self, PackError> {
        let path = format!("pack/lang/{}.toml", lang.code());
        let file: PackFile = toml::from_str(&tables.unpacked(&path, lang.pack_source())?)
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
        let mut build = Sections { lang, lexicon: Builder::new(shape.clone()) };
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

impl Sections {
    fn finish(self, file: PackFile, shape: &Shape) -> Result<Pack, PackError> {
        let parse =
            |word: &String| word.parse().map_err(|()| self.unknown(word, "order of a date"));
        let orders: Vec<DateOrder> =
            file.dates.orders.iter().map(parse).collect::<Result<_, _>>()?;
        let numeric = match file.dates.numeric.as_str() {
            "" => None,
            _ => Some(parse(&file.dates.numeric)?),
        };
        let country =
            |code: &String| Country::new(code).ok_or_else(|| self.unknown(code, "country"));
        let counts = file.dates.short_years.iter();
        let short_years = counts
            .map(|(code, base)| Ok((country(code)?, *base)))
            .collect::<Result<_, PackError>>()?;
        let home = file.home.iter().map(country).collect::<Result<_, _>>()?;
        let other_home = file.other_home.iter().map(country).collect::<Result<_, _>>()?;
        let agreement = Agreement::of(&file);
        let mut particles = file.particles;
        for list in [
            &mut particles.after,
            &mut particles.after_closed,
            &mut particles.after_open,
            &mut particles.before,
        ] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        let name_endings = Endings::new(file.name_endings.iter().map(|e| shape.fold(e)));
        let folded =
            |form: &String, base: &String| (shape.fold(form).into(), shape.fold(base).into());
        let variants = file.variants.iter();
        let variants = variants.flat_map(|(base, forms)| forms.iter().map(|f| folded(f, base)));
        let mut frequent: Vec<u32> =
            file.names.frequent.iter().map(|word| low_of(small_hash(word))).collect();
        frequent.sort_unstable();
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
            scale_cases: Endings::new(file.numbers.cases.into_iter()),
            capital_nouns: file.names.capital_nouns,
            numbers_govern: file.names.numbers_govern,
            bare_nouns: file.names.bare_nouns,
            apposed_cases: file.names.apposed_cases.clone(),
            uncased: !file.names.organisation_heads.is_empty(),
            abbreviations,
            particles,
            name_endings,
            name_cases: name_cases(&file.name_cases),
            agreement,
            name_openings: longest_first(&file.name_openings),
            nouns: Nouns::new(&file.names, file.noun_cases, shape),
            variants: variants.collect(),
            function_words: file.function_words,
            frequent,
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

/// Returns how words are folded in each language that unifies letters, without reading the rest of its pack:
/// they are its first section.
pub fn shapes(tables: &Tables) -> Result<Vec<(Lang, Shape)>, PackError> {
    let mut shapes = Vec::new();
    for &lang in Lang::ALL {
        let path = format!("pack/lang/{}.toml", lang.code());
        let opening = tables.opening(&path, lang.pack_source())?;
        let Some((_, section)) = opening.split_once("\n[letters]\n") else { continue };
        let letters: BTreeMap<String, String> = toml::from_str(section)
            .map_err(|source| PackError::Syntax { lang: lang.code(), source: Box::new(source) })?;
        shapes.push((lang, Shape::new(&letters, &[], &[], &BTreeMap::new())));
    }
    Ok(shapes)
}

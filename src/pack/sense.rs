//! What a word of a pack can mean to the engine: small values, compared and matched, never text.

use std::mem::discriminant;

use crate::base::{
    action::{ActionType, Measure, Sector},
    date::Modifier,
    money::Currency,
};

/// Unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// One person (of money).
    Person,
    /// One piece (of money).
    Piece,
}

impl Unit {
    /// Returns the unit of a word used in pack files and in the dataset.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "hour" | "h" => Self::Hour,
            "day" | "d" => Self::Day,
            "week" | "w" => Self::Week,
            "month" | "m" => Self::Month,
            "year" | "y" => Self::Year,
            "person" => Self::Person,
            "unit" => Self::Piece,
            _ => return None,
        })
    }

    /// Returns the word that the dataset uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Person => "person",
            Self::Piece => "unit",
        }
    }
}

/// A currency name that several countries share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words")]
pub enum Family {
    Dollar,
    DollarSign,
    Pound,
    Krona,
    Peso,
    Franc,
    Cfa,
    Dinar,
    Lira,
    Rupee,
    Yen,
    Real,
    Rial,
    Crown,
    Won,
    Shilling,
    Dirham,
    Leu,
    Lev,
    Mark,
    Rand,
    Rouble,
    Naira,
    Yuan,
}

/// What a sum is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the dataset's words")]
pub enum Role {
    Fine,
    PeriodicPenalty,
    Cap,
    Revenue,
    Damages,
    Settlement,
    Price,
    Other,
}

impl Role {
    /// Returns the word that the dataset uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::PeriodicPenalty => "periodic_penalty",
            Self::Cap => "cap",
            Self::Revenue => "revenue",
            Self::Damages => "damages",
            Self::Settlement => "settlement",
            Self::Price => "price",
            Self::Other => "other",
        }
    }
}

/// How a trigger stands to the one acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// "amende": carried by a light verb, or alone.
    Noun,
    /// "sanctionne": the subject acts.
    Verb,
    /// "écope d'une amende": the subject is acted upon.
    Passive,
    /// "suspended": names the action only beside an authority.
    Weak,
    /// "annulled": what a court makes of an act of an authority; no pack lists it as a word for an action.
    Outcome,
}

/// Two letters of ISO 3166, or `EU`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Makes a country from its code.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Returns the code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// One meaning of a word or phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the field of the pack schema of the same name")]
pub enum Sense {
    Number(u16),
    Scale(u8),
    Letter(u8),
    Fraction(u32),
    After(u32),
    NumberAnd,
    One,
    Vague,
    Twice(u8),
    Currency(Currency),
    Family(Family),
    Cent(Currency),
    Scaled(u8, Currency),
    MoneyOf,
    About,
    AtLeast,
    AtMost,
    MoneyBetween,
    MoneyTo,
    Per(Unit),
    Restates,
    Percent,
    /// A scale in the singular.
    Alone,
    /// A word before quotes of exchange rates.
    Rate,
    MoneyRole(Role),
    Month(u8),
    Weekday(u8),
    DayMark,
    MonthMark,
    YearMark,
    DateOf,
    DayWord(u8),
    Relative(Unit, i8),
    Context(Unit, i8),
    Last,
    Next,
    This,
    Modifier(Modifier),
    Quarter(u8),
    Half(u8),
    DateBetween,
    DateTo,
    YearCue,
    DayCue,
    DayNoun,
    CodeCue,
    NoDate,
    Decision,
    Ahead,
    Parts,
    Decade(i16),
    Era(i16),
    Duration(Unit),
    Within,
    Ago,
    Country(Country),
    Place(Country),
    Authority(Sector),
    Company,
    CompanyMark,
    Firm,
    Holder,
    Indefinite,
    Organisation,
    OrganisationHead,
    OrganisationPart,
    OrganisationBranch,
    Counter,
    PlaceMark,
    Surname,
    Someone,
    Title,
    Connector,
    Court,
    Common,
    Bystander,
    LawArticle,
    LawWord,
    Trigger(ActionType, Form),
    Agent,
    AgentAfter,
    Target,
    TargetAfter,
    Light,
    LightPassive,
    Passive,
    Reason,
    Respectively,
    Each,
    Total,
    Clause,
    Informs,
    Proposed,
    Threatened,
    Rumoured,
    Upheld,
    Overturned,
    Reduced,
    Negated,
    Denial,
    DenialAfter,
    Appeal,
    Generic,
    Able,
    Veto,
    Idiom,
    Measure(Measure),
    FunctionWord,
}

impl Sense {
    /// Returns whether it tells what a court makes of an act: upholds it, undoes it, cuts it.
    pub fn is_outcome(self) -> bool {
        matches!(self, Self::Upheld | Self::Overturned | Self::Reduced)
    }

    /// Returns whether two senses are the same, told apart by their kinds where those differ:
    /// readers ask this of every word.
    #[inline]
    pub fn is(self, other: Self) -> bool {
        discriminant(&self) == discriminant(&other) && self == other
    }
}

/// What a token may start: which readers need to look at it.
pub mod starts {
    use super::Sense;

    /// A date, or a part of one.
    pub const DATE: u8 = 1;
    /// An amount, a number or a currency.
    pub const MONEY: u8 = 2;
    /// The description of an authority, company, court or country.
    pub const NAME: u8 = 4;
    /// A word that names an action.
    pub const ACTION: u8 = 8;
    /// What scales a number before it, or adds a fraction to it.
    pub const SCALE: u8 = 16;

    /// Returns what a sense may start.
    pub fn of(sense: Sense) -> u8 {
        match sense {
            Sense::Number(_) => DATE | MONEY,
            Sense::One => DATE | MONEY,
            Sense::Scale(_) => MONEY | SCALE,
            Sense::Letter(_) | Sense::After(_) => SCALE,
            Sense::Twice(_)
            | Sense::Fraction(_)
            | Sense::Scaled(..)
            | Sense::Currency(_)
            | Sense::Family(_) => MONEY,
            Sense::Month(_)
            | Sense::Weekday(_)
            | Sense::DayWord(_)
            | Sense::Relative(..)
            | Sense::Context(..)
            | Sense::Quarter(_)
            | Sense::Half(_)
            | Sense::Decade(_)
            | Sense::Era(_)
            | Sense::DayNoun
            | Sense::NoDate
            | Sense::Ago => DATE,
            Sense::Authority(_)
            | Sense::Company
            | Sense::Court
            | Sense::Country(_)
            | Sense::Place(_) => NAME,
            Sense::Trigger(..) => ACTION,
            _ => 0,
        }
    }
}

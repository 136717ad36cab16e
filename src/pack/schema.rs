//! What a pack file may say.
//!
//! A pack holds words, never code. In every list of words:
//! - `word~x` stands for `word` followed by each ending of the class `x` of `[endings]`
//!   (`штраф~n`, `Euro~`: a bare `~` is the class `""`);
//! - several words divided by spaces stand for that sequence of tokens;
//! - `…` between them stands for a gap of some words of the same clause (`ruft … zurück`);
//! - `-word` (a leading hyphen) stands for any longer word that ends so: the head of a compound.
//!
//! Words are matched folded: case, width, apostrophes and the pack's own `letters` do not count.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::{
    action::{ActionType, Measure, Sector},
    date::Modifier,
};

/// Words of one sense.
pub type Words = Vec<String>;

/// One language pack as its file has it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PackFile {
    /// Country that news in this language is from unless the article says otherwise (ISO 3166).
    pub home: Vec<String>,
    /// Countries of texts in the letters that `letters` maps to others (traditional characters).
    pub other_home: Vec<String>,
    /// Frequent short words by which the language is told from its neighbours.
    pub function_words: Words,
    /// Decimal mark of numbers in figures.
    pub decimal: String,
    /// Grouping marks of numbers in figures (spaces of any width are always understood).
    pub group: Vec<String>,
    /// Abbreviations after which a full stop ends no sentence, with their full stop.
    pub abbreviations: Words,
    /// Classes of endings for `word~class`.
    pub endings: BTreeMap<String, Vec<String>>,
    /// Case endings and particles that a word may carry on top of a listed form (agglutination);
    /// longest first is not required.
    pub suffixes: Vec<String>,
    /// Particles written as one with the following word (`ال`, `ה`).
    pub prefixes: Vec<String>,
    /// Particles that are cut off words which the pack does not know: names.
    pub particles: Particles,
    /// Case endings of names, undone when names are compared (`Googlem`, `BaFinin`).
    pub name_endings: Vec<String>,
    /// Endings that show a case beyond doubt -> the ending of the nominative; `V` or `C` in front
    /// asks for a vowel or consonant before (`Ci = ""`: "Olerexi" is Olerex). An ending that leads
    /// to itself is kept.
    pub name_cases: BTreeMap<String, String>,
    /// Endings of adjectives before a feminine noun whose case was undone -> their endings in the nominative
    /// ("Zagrebačku banku": `u = "a"`).
    pub name_adjectives: BTreeMap<String, String>,
    /// The same beside a masculine noun ("Banku Śląskiego": `kiego = "ki"`), of cases that no other gender has.
    pub name_adjectives_masculine: BTreeMap<String, String>,
    /// The same before a noun in the plural; `*` stands for the letter that the noun's nominative ends with.
    pub name_adjectives_plural: BTreeMap<String, String>,
    /// Endings of nouns in the nominative plural that names end with ("dráhy"): such a name is one of many.
    pub name_plurals: Vec<String>,
    /// Words for "and" that join the parts of a name, each with its own case endings.
    pub name_ands: Vec<String>,
    /// Endings of feminine nouns besides "-a" that names end with ("společnost").
    pub name_feminines: Vec<String>,
    /// Endings of adjectives that open a name, whatever its gender -> their endings in the nominative ("der Bayerischen
    /// Landesbank": `ischen = "ische"`).
    pub name_openings: BTreeMap<String, String>,
    /// Endings of nouns in the oblique cases of one -> those of the nominative that they may stand for; whom an article
    /// describes is told in the nominative ("pekárně": `ě = ["a"]`).
    pub noun_cases: BTreeMap<String, Words>,
    /// Irregular forms of words in names of authorities: base form -> other forms.
    pub variants: BTreeMap<String, Vec<String>>,
    /// Letters read as others (Serbian Cyrillic as Latin, traditional characters as simplified); the first section of a
    /// pack, since names of all languages are folded so.
    pub letters: BTreeMap<String, String>,
    /// Number words.
    pub numbers: Numbers,
    /// Money words.
    pub money: Money,
    /// Calendar words.
    pub dates: Dates,
    /// Country code -> names and adjectives.
    pub countries: BTreeMap<String, Words>,
    /// Country code -> its cities and regions, which tell where an article is set.
    pub places: BTreeMap<String, Words>,
    /// Words about names and who they stand for.
    pub names: Names,
    /// Words that name actions, by type.
    pub actions: BTreeMap<ActionType, Triggers>,
    /// Words that mark who does what to whom.
    pub roles: Roles,
    /// Words that decide how far an action got.
    pub status: StatusCues,
    /// What must be done.
    pub measures: BTreeMap<Measure, Words>,
}

/// Particles written as one with a name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Particles {
    /// Behind any name ("에", "의").
    pub after: Vec<String>,
    /// Behind a syllable that a consonant closes ("은", "을").
    pub after_closed: Vec<String>,
    /// Behind a syllable that a vowel ends ("는", "를").
    pub after_open: Vec<String>,
    /// Before a name ("ל", "و").
    pub before: Vec<String>,
}

/// Number words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    /// Value -> words: units, teens, tens, hundreds ("80" = "quatre-vingt"). Whole numbers below 1000.
    pub words: BTreeMap<String, Words>,
    /// Power of ten ("3", "6", "9", "12", also "4", "5", "7", "8" in Asia) -> words and abbreviations.
    pub scales: BTreeMap<String, Words>,
    /// Letters that scale only right before or after a currency ("M€", "k€", "$3m", "bn").
    pub letters: BTreeMap<String, Words>,
    /// Fractions before a scale or unit: decimal value -> words ("0.5" = "half a", "1.5" = "anderthalb").
    pub fractions: BTreeMap<String, Words>,
    /// Fractions after a scale: decimal value -> words ("0.5" = "et demi", "y medio").
    pub after: BTreeMap<String, Words>,
    /// Words that join number words ("et", "and", "y", "und").
    pub and: Words,
    /// Articles that count as one before a scale ("un", "a", "eine").
    pub one: Words,
    /// Power of ten -> scales in the dual: "مليونان", "אלפיים".
    pub twice: BTreeMap<String, Words>,
    /// Vague counts before a scale that make no figure ("quelques", "several", "Dutzende").
    pub vague: Words,
    /// Whether a large number takes a word of `money.of` before what it counts ("10 millions d'images"),
    /// so that one without it counts money ("10 millions infligés").
    pub counts_with_of: bool,
    /// Case endings of scales that no noun follows: "1,4 millióra", "21 milyarda".
    pub cases: Vec<String>,
    /// Whether units stand before tens, in words of their own ("wieħed u erbgħin").
    pub units_first: bool,
    /// Whether a scale alone is one of it ("מיליון שקל"), its plural being vague.
    pub bare_scales: bool,
    /// Scales in the singular, which are one of it before a currency ("миллион рублей"); their plurals are vague.
    pub alone: Words,
    /// Whether units are written before tens in one word ("fünfundzwanzig").
    pub compounds: bool,
}

/// Money words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Money {
    /// ISO 4217 -> names of one currency only, and symbols peculiar to it.
    pub currencies: BTreeMap<String, Words>,
    /// Family (`dollar`, `pound`, `krona`, `peso`, `franc`, `cfa`, `dinar`, `lira`, `rupee`, `yen`, `real`,
    /// `rial`, `crown`, `won`, `shilling`, `dirham`, `leu`, `lev`, `mark`, `rand`, `naira`, `yuan`) -> bare names that
    /// the country settles.
    pub families: BTreeMap<String, Words>,
    /// ISO 4217 -> names of the hundredth.
    pub cents: BTreeMap<String, Words>,
    /// Power of ten and ISO 4217 ("6 EUR") -> units that are both: "mkr", "Me".
    pub scaled: BTreeMap<String, Words>,
    /// Words between number or scale and currency ("de", "d'", "of").
    pub of: Words,
    /// "around".
    pub about: Words,
    /// "at least", "more than".
    pub at_least: Words,
    /// "up to", "at most".
    pub at_most: Words,
    /// "between", "from" before the lower end of a range.
    pub between: Words,
    /// "and", "to" between the ends of a range.
    pub to: Words,
    /// `day`, `week`, `month`, `year`, `person`, `unit` -> words after an amount ("par jour").
    pub per: BTreeMap<String, Words>,
    /// Words before the parts of a sum, whose scale and currency they share ("davon", "dont", "of which").
    pub parts: Words,
    /// Words before quotes of exchange rates ("Árfolyamok: EUR 386,15").
    pub rates: Words,
    /// Words behind a number that is a share and no sum ("per cent", "Prozent").
    pub percent: Words,
    /// Words that introduce the same sum in another currency ("soit", "the equivalent of").
    pub restates: Words,
    /// Role (`fine`, `periodic_penalty`, `cap`, `revenue`, `damages`, `settlement`, `price`) -> words near the amount.
    pub roles: BTreeMap<String, Words>,
}

/// Calendar words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// Twelve lists.
    pub months: Vec<Words>,
    /// Seven lists, Monday first.
    pub weekdays: Vec<Words>,
    /// Orders of a written date with a month name or marks: `dmy`, `mdy`, `ymd`.
    pub orders: Vec<String>,
    /// Order of a date in figures (`03/04/2021`): `dmy`, `mdy`, `ymd`; empty if the country decides.
    pub numeric: String,
    /// Marks after the day's figure ("er", "st", ".", "日").
    pub day_marks: Words,
    /// Marks after the month's figure ("月").
    pub month_marks: Words,
    /// Marks after the year's figure ("г.", "roku", "年").
    pub year_marks: Words,
    /// Words between day, month and year ("de", "of", "del").
    pub of: Words,
    /// Words for days of the month that are no number words: day -> words ("premier", "first").
    pub days: BTreeMap<String, Words>,
    /// Offset -> words: `-1d` yesterday, `0d` today, `+1d`, `-1w` last week, `0w`, `-1m` last month,
    /// `0m`, `-1y` last year, `0y` this year, `+1y`. With a leading `=` the offset counts from the date
    /// mentioned before: `=0y` the same year, `=-1y` a year earlier, `=+1y` the following year.
    pub relative: BTreeMap<String, Words>,
    /// "last", "past" beside a weekday, month or "the 3 May".
    pub last: Words,
    /// "next", "coming".
    pub next: Words,
    /// "this".
    pub this: Words,
    /// Modifier -> words before a date ("début", "early", "fin", "since").
    pub modifiers: BTreeMap<Modifier, Words>,
    /// Quarter (1 to 4) -> words ("premier trimestre", "Q1").
    pub quarters: BTreeMap<String, Words>,
    /// Half (1 or 2) -> words ("first half").
    pub halves: BTreeMap<String, Words>,
    /// Words before the years of a range ("entre", "between", "from").
    pub between: Words,
    /// Words between the ends of a range ("et", "to", "au").
    pub to: Words,
    /// Words that show that a bare four-digit number is a year ("en", "in", "since", "année").
    pub year_cues: Words,
    /// Words that show that a day's figure without its month is a date ("le", "the"); rarely wanted.
    pub day_cues: Words,
    /// Nouns before a day's figure that stands without its month ("dia 27", "giorno 10").
    pub day_nouns: Words,
    /// Words before the number of a law, a case or a decision ("nr.", "رقم", "Lei"): the year in it is no date.
    pub codes: Words,
    /// Nouns for what authorities and courts decide ("décision", "ruling"): the day beside one is that of what is
    /// told around it, as in "the decision fell on Monday".
    pub decisions: Words,
    /// Words before a weekday or day that put it after the day of publication ("expected", "will", "vence").
    pub ahead: Words,
    /// Phrases that hold the words of a date and are none ("bis heute", "June quarter").
    pub never: Words,
    /// Whether the name of a month needs no word beside it to be one: its case says enough ("elokuussa").
    pub months_alone: bool,
    /// Country -> year before the first of its own count: three figures before "year" count from it in
    /// articles that speak of that country ("114年", Taiwan).
    pub short_years: BTreeMap<String, i16>,
    /// Decade -> words ("1990" = "années 90").
    pub decades: BTreeMap<String, Words>,
    /// Eras: year before the first -> words ("2018" = "令和", "1911" = "民國", "-543" = "พ.ศ.").
    pub eras: BTreeMap<String, Words>,
    /// Units of durations: `hour`, `day`, `week`, `month`, `year` -> words.
    pub durations: BTreeMap<String, Words>,
    /// Words that introduce a deadline ("dans un délai de", "within", "binnen").
    pub within: Words,
    /// "ago" after or before a duration ("il y a", "ago", "vor").
    pub ago: Words,
}

/// Words about names and who they stand for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Whether every noun is written with a capital, so that a capital shows no name.
    pub capital_nouns: bool,
    /// Whether a number governs the case of its noun: "четыре банка" stays as it is.
    pub numbers_govern: bool,
    /// Sector -> nouns for an authority of it ("régulateur", "watchdog", "autorité de protection des données").
    pub authorities: BTreeMap<Sector, Words>,
    /// Nouns for a company that stand for one named before ("l'entreprise", "the company").
    pub companies: Words,
    /// Nouns right before or after a company's name ("la société", "der Konzern", "spółka", "株式会社").
    pub company_marks: Words,
    /// Nouns for companies and people that an article may describe and not name ("clinic", "supermarket
    /// chain", "dentist"), besides `company_marks`.
    pub firms: Words,
    /// Nouns for who stands for a business and is described with or without an article ("the owner",
    /// "il titolare", "innehavaren").
    pub holders: Words,
    /// Words before one that is not named ("a", "another", "a certain").
    pub indefinite: Words,
    /// Whether a noun may stand without an article and so be one that is not named.
    pub bare_nouns: bool,
    /// In languages in which a name behind the noun of who bears it takes the case and the noun none ("hoivayhtiö
    /// Exemplan"), the endings of a noun that has it all the same ("hoivayhtiölle Exempla").
    pub apposed_cases: Option<Vec<String>>,
    /// Well-known companies and bodies, for scripts without capitals ("腾讯", "쿠팡", "أمازون").
    pub organisations: Words,
    /// Words that are part of a company's name in scripts without capitals: they close it ("银行",
    /// "-증권") or open it ("بنك").
    pub organisation_heads: Words,
    /// Ordinary words that stand within names before their head, in scripts without spaces ("管理" of
    /// "…管理有限公司").
    pub organisation_parts: Words,
    /// Words for a branch, which follow the name of a company and a town ("分行", "支店").
    pub organisation_branches: Words,
    /// Words between a number and the firms that it counts ("家", "社", "곳").
    pub counters: Words,
    /// Last words of places' names in scripts without capitals ("市", "区").
    pub place_marks: Words,
    /// Words that open a person's name in scripts without capitals: surnames ("王"), where words have
    /// spaces between them given names ("محمد").
    pub surnames: Words,
    /// Words behind the surname of one whose name is not told ("某").
    pub someone: Words,
    /// Nouns in small letters that end names of companies: "banka" of "Factor banka".
    pub tails: Words,
    /// Titles and roles before or after a person ("M.", "Mr", "PDG").
    pub titles: Words,
    /// Small words inside names ("de", "of", "und", "&").
    pub connectors: Words,
    /// Courts and tribunals, named or not ("Conseil d'État", "cour d'appel", "Tribunal").
    pub courts: Words,
    /// Words that are written with a capital and are no names by themselves ("Internet", "GDPR").
    pub common: Words,
    /// The most frequent words, in scripts without capitals: where only the word beside it makes a name of
    /// something, it is none if it is made of these alone.
    pub frequent: Words,
    /// Names that articles cite and that nobody acts upon: heads of authorities, ministers, newspapers.
    pub bystanders: Words,
    /// "article" before the number of an article of law.
    pub law_articles: Words,
    /// Words before a law's official number or name ("loi", "règlement", "Act").
    pub law_words: Words,
}

/// Words that name one type of action.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Triggers {
    /// Nouns ("amende~", "mise en demeure").
    pub nouns: Words,
    /// Verbs whose subject acts and whose object is acted upon ("sanctionne", "fined").
    pub verbs: Words,
    /// Forms whose subject is acted upon ("écope d'une amende", "was fined").
    pub passives: Words,
    /// Words that make it this type only beside an authority in the sentence ("suspendu", "ordered").
    pub weak: Words,
}

/// Words that mark who does what to whom.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Roles {
    /// Before the one who acts ("par", "by", "von").
    pub agent: Words,
    /// After the one who acts ("は", "が").
    pub agent_after: Words,
    /// Before the one acted upon ("à", "contre", "against", "gegen", "对").
    pub target: Words,
    /// After the one acted upon ("に", "に対し").
    pub target_after: Words,
    /// Verbs that carry a noun trigger ("infliger", "imposed", "verhängte", "命じた").
    pub light: Words,
    /// Verbs and phrases that carry a noun trigger and whose subject is acted upon ("écope de", "faces", "must pay").
    pub light_passive: Words,
    /// Auxiliaries of the passive ("a été", "was", "wurde").
    pub passive: Words,
    /// "for", "because of": what follows is the reason, not the target.
    pub reason: Words,
    /// "respectively".
    pub respectively: Words,
    /// "each".
    pub each: Words,
    /// "in total", "a combined".
    pub total: Words,
    /// Words that cut a sentence into clauses ("qui", "after", "while", "nachdem").
    pub clause: Words,
    /// What stands before an authority that is only told something, or named as the one in charge ("a filing with",
    /// "comunicó … a", "regulated by").
    pub informs: Words,
}

/// Words that decide how far an action got, or that it did not happen.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StatusCues {
    /// "proposes", "intends to", "plans".
    pub proposed: Words,
    /// "threatens", "risks", "could face", "faces up to".
    pub threatened: Words,
    /// "reportedly", "aurait", "soll … haben".
    pub rumoured: Words,
    /// "upholds", "confirms", "rejects the appeal".
    pub upheld: Words,
    /// "annuls", "quashes".
    pub overturned: Words,
    /// "cuts", "reduces to".
    pub reduced: Words,
    /// "not", "no", "kein".
    pub negated: Words,
    /// Words that deny the word of an action right behind them, or the verb that carries it: "not", "kein", "non ha".
    pub denials: Words,
    /// Words that deny the word of an action right before them: "değil", "しなかった".
    pub denials_after: Words,
    /// "appeal", "recours": what courts decide on.
    pub appeals: Words,
    /// The law in general: "can be fined", "la loi prévoit".
    pub generic: Words,
    /// What may be done, whether it is or not: "can", "peut", "darf".
    pub able: Words,
    /// Sport, traffic, weather, medicine: where such a word stands an action word is none.
    pub vetoes: Words,
    /// Phrases that hold the word of an action and tell of none: "prohibition of unfair", "early warning".
    pub idioms: Words,
}

//! Names: authorities, laws, countries, and capitalised sequences that are companies or people.
//!
//! Authorities and laws come from the world's tables, descriptions of them ("the Irish
//! regulator") from the language's words. What a mention stands for is settled in
//! [`crate::resolve::entities`]; here it keeps all its readings.

use std::ops::Range;

use crate::{
    base::{action::Sector, money::Exact, token::Kind},
    extract::{
        described::described,
        numbers::number,
        tagger::{Tagger, lists::is_known_company, memo::Memo},
    },
    pack::{
        sense::{Country, Sense, starts},
        world::{
            World,
            gazetteer::{Entry, Thing},
            regulators::Regulator,
            spellings::Spellings,
        },
    },
    text::document::Document,
};

/// Kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// A person.
    Per,
    /// A company, institution or court.
    Org,
    /// A place.
    Loc,
    /// Another name.
    Misc,
    /// An authority.
    Regulator,
    /// A law.
    Law,
}

impl Label {
    /// Returns the word that the dataset uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Misc => "MISC",
            Self::Regulator => "REGULATOR",
            Self::Law => "LAW",
        }
    }
}

/// What a mention may stand for.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Authorities of this name.
    Regulators(Vec<Entry>),
    /// An authority that is described, not named.
    Authority(Sector, Option<Country>),
    /// A company of the user's watch-list.
    Watched(u32),
    /// A law, and the article of it that is cited.
    Law(u32, Option<String>),
    /// A country.
    Country(Country),
    /// A city or region of a country.
    Place(Country),
    /// A company that is described, not named.
    Company,
    /// Some of a kind, counted and not named: "nine companies".
    Counted,
    /// One of a kind, not named: "a clinic"; the tokens of its noun.
    Unnamed(Range<usize>),
    /// A court.
    Court,
    /// A name of something.
    Name,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMention {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Kind.
    pub label: Label,
    /// What it may stand for.
    pub reading: Reading,
    /// Rule that read it.
    pub rule: &'static str,
    /// How sure the reader is.
    pub confidence: f32,
}

impl NameMention {
    /// Returns its tokens.
    pub fn range(&self) -> Range<usize> {
        self.first..self.last
    }
}

/// Returns the names of a document in order; none overlaps another.
pub fn names(
    document: &Document,
    world: &World,
    tagger: &Tagger,
    memo: &mut Memo,
) -> Vec<NameMention> {
    let mut found = super::listed::names(document, world);
    described(document, &mut found);
    let tags = tagger.reads(document.pack.lang);
    if tags {
        tagged(document, world, (tagger, memo), &mut found);
    }
    super::uncased::names(document, &mut found);
    // What the tagger passes over may be a name by its capitals still, unless every noun has one.
    if !tags || !document.pack.capital_nouns {
        super::capitals::names(document, &mut found);
    }
    if tags {
        super::joined::names(document, &world.spellings, &mut found);
    }
    super::spelled::names(document, &mut found);
    take_figures_in(document, &mut found);
    super::repeats::names(document, &mut found);
    counted(document, &mut found);
    super::unnamed::names(document, &mut found);
    found.retain(|name| {
        name.label == Label::Loc
            || !is_common(document, name)
                && !is_form_alone(document, name)
                && !is_nobody(document, world, name)
    });
    super::dateline::mark(document, &mut found);
    found.sort_by_key(|name| (name.first, name.last));
    super::dateline::mark_heads(document, &mut found);
    super::cited::mark(document, &mut found);
    found
}

/// Takes figures in that are written as one with a name: "TELE1", "TVN24".
fn take_figures_in(document: &Document, found: &mut [NameMention]) {
    let taken = taken(document, found);
    for name in found.iter_mut().filter(|name| name.reading == Reading::Name) {
        let glued = document.kind(name.last) == Kind::Number
            && !document.spaced(name.last)
            && document.word(name.last).len() <= 3
            && document.kind(name.last - 1) == Kind::Word
            && !taken.get(name.last).copied().unwrap_or(true);
        name.last += usize::from(glued);
    }
}

/// Most that are counted as those acted upon; larger counts are of things.
const MOST_COUNTED: i128 = 999;

/// Adds those who are counted and not named, in sentences that tell of an action.
fn counted(document: &Document, found: &mut Vec<NameMention>) {
    // "The company" is no name of its own behind a number: "dwóch spółek".
    let named: Vec<&NameMention> = found.iter().filter(|n| n.reading != Reading::Company).collect();
    let taken = taken_by(document, named.into_iter());
    let from = found.len();
    for sentence in &document.sentences {
        if !sentence.clone().any(|at| document.may_start(at, starts::ACTION)) {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let last = counted_at(document, at).filter(|last| *last <= sentence.end);
            let Some(last) = last.filter(|last| !taken[at..*last].contains(&true)) else {
                at += 1;
                continue;
            };
            found.push(NameMention {
                first: at,
                last,
                label: Label::Misc,
                reading: Reading::Counted,
                rule: if counts_firms(document, last - 1) {
                    "entity.counted-firms"
                } else {
                    "entity.counted"
                },
                confidence: 0.3,
            });
            at = last;
        }
    }
    if found.len() > from {
        let counted = taken_by(document, found.iter().skip(from));
        found
            .retain(|name| name.reading != Reading::Company || !name.range().any(|at| counted[at]));
    }
}

/// Returns whether a noun is one for companies or people.
fn counts_firms(document: &Document, noun: usize) -> bool {
    let of_firms =
        |sense| matches!(sense, Sense::Firm | Sense::CompanyMark | Sense::Company | Sense::Counter);
    document.hits_at(noun).iter().any(|hit| of_firms(hit.sense))
}

/// Most words between a number and the firms that it counts: "zwei kleine private Banken".
const MOST_ADJECTIVES: usize = 2;

/// Returns the end of the firms that are counted, of a kind that `noun` has right or soon behind it.
fn firms_behind(document: &Document, noun: usize) -> Option<usize> {
    let is_plain = |at: &usize| {
        document.tokens.get(*at).is_some_and(|t| t.kind == Kind::Word && t.spaced && !t.any_capital)
            && document.hits_at(*at).is_empty()
    };
    let adjectives = (noun..noun + MOST_ADJECTIVES).take_while(is_plain).count();
    (noun..=noun + adjectives)
        .find(|&at| {
            document.kind(at) == Kind::Word && document.spaced(at) && counts_firms(document, at)
        })
        .map(|at| at + 1)
}

/// Returns the end of a small number, or of a word for several, with a noun behind it that measures
/// nothing.
fn counted_at(document: &Document, at: usize) -> Option<usize> {
    if let Some(several) = document.end_of(at, Sense::Vague) {
        return firms_behind(document, several);
    }
    if !document.may_start(at, starts::MONEY) || document.kind(at) == Kind::Mark {
        return None;
    }
    let number = number(document, at)?;
    let value = number.value.0 / Exact::ONE;
    let plain = number.scale == 0 && (!number.figures || number.plain);
    if !plain || !(2..=MOST_COUNTED).contains(&value) || number.value.0 % Exact::ONE != 0 {
        return None;
    }
    let noun = document.tokens.get(number.last).filter(|t| t.kind == Kind::Word)?;
    let counter = document.hits_at(number.last).iter().any(|hit| hit.sense == Sense::Counter);
    if !noun.spaced && !counter {
        return None;
    }
    let measured = document.hits_at(number.last).iter().any(|h| {
        matches!(
            h.sense,
            Sense::Month(_)
                | Sense::Duration(_)
                | Sense::Scale(_)
                | Sense::Currency(_)
                | Sense::Family(_)
                | Sense::Cent(_)
                | Sense::Number(_)
                | Sense::Weekday(_)
                | Sense::FunctionWord
                | Sense::DateTo
                | Sense::MoneyTo
                | Sense::Trigger(..)
        )
    });
    let long = document.word(number.last).chars().take(4).count() == 4;
    if let Some(firms) = firms_behind(document, number.last).filter(|_| !measured) {
        return Some(firms);
    }
    (!noun.capital && !measured && (long || counter)).then_some(number.last + 1)
}

/// Returns whether a name is nothing but a common word with a capital: "Internet", "PDG".
fn is_common(document: &Document, name: &NameMention) -> bool {
    let common = |sense| (sense == Sense::Common).then_some(());
    name.reading == Reading::Name
        && document.longest(name.first, common).is_some_and(|(last, ())| last == name.last)
}

/// Returns whether a name is nothing but the legal form of one: "GmbH", "ООО".
fn is_form_alone(document: &Document, name: &NameMention) -> bool {
    name.reading == Reading::Name
        && name.range().all(|at| {
            document.tokens.get(at).is_some_and(|token| token.legal)
                || document.kind(at) == Kind::Mark
        })
}

/// Returns whether a name is nobody's: a germ, a programme, or the buttons below an article
/// ("Facebook Twitter LinkedIn").
fn is_nobody(document: &Document, world: &World, name: &NameMention) -> bool {
    let all = |is: fn(&Spellings, &str) -> bool| {
        name.range().all(|at| {
            document.kind(at) == Kind::Mark || is(&world.spellings, document.word(at))
        })
    };
    name.reading == Reading::Name
        && (all(Spellings::is_nobody) || name.last > name.first + 1 && all(Spellings::is_button))
}

/// Adds the names that the tagger finds around those of the tables.
///
/// A country or place within a longer name is part of it: "Bank of America", "New York Times"; and
/// so is what only looks like an authority: "Royal Bank of Canada", "GDF Suez".
fn tagged(
    document: &Document,
    world: &World,
    (tagger, memo): (&Tagger, &mut Memo),
    found: &mut Vec<NameMention>,
) {
    let is_place =
        |name: &NameMention| matches!(name.reading, Reading::Country(_) | Reading::Place(_));
    let yields: Vec<bool> = found.iter().map(|name| may_be_part(document, world, name)).collect();
    let mut taken = vec![false; document.tokens.len()];
    for (name, _) in found.iter().zip(&yields).filter(|(name, yields)| !is_place(name) && !**yields)
    {
        taken[name.first..name.last].fill(true);
    }
    let mut names = tagger.names(document, &taken, memo);
    let mut yields = yields.into_iter();
    found.retain(|known| {
        let around = names.get(names.partition_point(|name| name.last <= known.first));
        let longer = around.is_some_and(|name| {
            name.first <= known.first
                && name.last >= known.last
                && name.last - name.first > known.last - known.first
        });
        if yields.next().unwrap_or_default() {
            return !(longer
                && around.is_some_and(|name| is_company_around(document, name, known)));
        }
        !(is_place(known) && longer)
    });
    let taken = self::taken(document, found);
    for name in names.iter_mut().filter(|name| name.label == Label::Loc) {
        let alone = name.last == name.first + 1;
        let word = document.word(name.first);
        if alone && tagger.is_place(word) && !is_known_company(word) {
            name.rule = "entity.tagger-place";
        }
    }
    names.retain_mut(|name| {
        // What is left beside an authority is a name if it starts like one.
        while name.first < name.last && taken[name.first] {
            name.first += 1;
        }
        let free = (name.first..name.last).find(|&at| taken[at]).unwrap_or(name.last);
        name.last = free;
        name.first < name.last
            && document
                .tokens
                .get(name.first)
                .is_some_and(|t| t.any_capital || t.kind == Kind::Number)
    });
    found.append(&mut names);
}

/// Returns whether a name of the tables may be no more than a part of a company's: an acronym from
/// a country that the article does not speak of, or a name of several words.
fn may_be_part(document: &Document, world: &World, name: &NameMention) -> bool {
    let Reading::Regulators(entries) = &name.reading else { return false };
    let foreign = entries.iter().all(|entry| {
        let Thing::Regulator(index) = entry.thing else { return false };
        let country = world.regulators.get(index as usize).and_then(Regulator::country);
        country.is_some_and(|c| !document.pack.home.contains(&c) && !document.speaks_of(c))
    });
    let acronym = name.last == name.first + 1;
    name.rule == "entity.regulator"
        && (!acronym || (foreign && document.tokens.get(name.first).is_some_and(|t| t.shout)))
}

/// Returns whether the tagger's name makes a company of an authority within it: capitals that are
/// words of no list stand before the authority's name, or behind its acronym.
fn is_company_around(document: &Document, name: &NameMention, known: &NameMention) -> bool {
    let plain = |at: usize| {
        document.tokens.get(at).is_some_and(|t| t.capital && t.kind == Kind::Word)
            && document.hits_at(at).iter().all(|hit| hit.last as usize != at + 1)
    };
    if name.label != Label::Org {
        return false;
    }
    let before = name.first < known.first
        && !super::capitals::starts_sentence(document, name.first)
        && !document.pack.capital_nouns
        && (name.first..known.first).all(plain);
    let behind = known.last == known.first + 1
        && name.first == known.first
        && document.tokens.get(known.last).is_some_and(|t| t.spaced && !t.shout)
        && plain(known.last);
    before || behind
}

/// Returns which tokens belong to a name already.
pub(super) fn taken(document: &Document, found: &[NameMention]) -> Vec<bool> {
    taken_by(document, found.iter())
}

fn taken_by<'n>(document: &Document, found: impl Iterator<Item = &'n NameMention>) -> Vec<bool> {
    let mut taken = vec![false; document.tokens.len()];
    for name in found {
        taken[name.first..name.last].fill(true);
    }
    taken
}

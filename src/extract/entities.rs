//! Names: authorities, laws, countries, and capitalised sequences that are companies or people.
//!
//! Authorities and laws come from the world's tables, descriptions of them ("the Irish
//! regulator") from the language's words. What a mention stands for is settled in
//! [`crate::resolve::entities`]; here it keeps all its readings.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::{
    base::{action::Sector, token::Kind},
    extract::{
        capitals::starts_sentence,
        described::described,
        tagger::{Tagger, lists::is_known_company, memo::Memo},
    },
    pack::{
        sense::{Country, Sense},
        world::{
            World,
            gazetteer::{Entry, Thing},
            regulators::Regulator,
            spellings::Spellings,
        },
    },
    text::document::Document,
};

/// Tokens that a name has at most, an ideograph each; what is longer is none, and every mention would hold it.
pub(super) const LONGEST: usize = 64;

/// Rule of names that are cited and never acted upon.
pub const BYSTANDER: &str = "entity.bystander";

/// Returns whether what a rule reads is a place beyond doubt.
pub fn reads_places(rule: &str) -> bool {
    matches!(rule, "entity.place" | "entity.tagger-place")
}

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
    /// An authority by a name that the knowledge base lacks.
    Body(Sector, Option<Country>),
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
    super::parallel::names(document, &mut found);
    super::spelled::names(document, &mut found);
    super::two::split(document, &mut found);
    take_figures_in(document, &mut found);
    super::bodies::names(document, &mut found);
    super::repeats::names(document, &mut found);
    super::counted::names(document, &mut found);
    super::unnamed::names(document, &mut found);
    found.retain(|name| {
        name.range().len() <= LONGEST
            && (name.label == Label::Loc
                || !is_common(document, name)
                    && !is_form_alone(document, name)
                    && !is_nobody(document, world, name))
    });
    super::dateline::mark(document, &mut found);
    found.sort_by_key(|name| (name.first, name.last));
    super::dateline::mark_heads(document, &mut found);
    super::cited::mark(document, &mut found);
    mark_bystanders(document, &mut found);
    found
}

/// Takes figures in that are written as one with a name: "TELE1", "TVN24", "9Live".
fn take_figures_in(document: &Document, found: &mut [NameMention]) {
    let taken = taken(document, found);
    for name in found.iter_mut().filter(|name| name.reading == Reading::Name) {
        let glued = document.kind(name.last) == Kind::Number
            && !document.spaced(name.last)
            && document.word(name.last).len() <= 3
            && document.kind(name.last - 1) == Kind::Word
            && !taken.get(name.last).copied().unwrap_or(true);
        name.last += usize::from(glued);
        let before = name.first.wrapping_sub(1);
        let opens = document.kind(before) == Kind::Number
            && !document.spaced(name.first)
            && document.spaced(before)
            && document.word(before).len() <= 3
            && document.kind(name.first) == Kind::Word
            && !taken.get(before).copied().unwrap_or(true);
        name.first -= usize::from(opens);
    }
}

/// Returns whether a name is nothing but a common word with a capital: "Internet", "PDG".
///
/// A compound of a common word is none where its capital shows a name: "Swedbank".
fn is_common(document: &Document, name: &NameMention) -> bool {
    let shows = || {
        let word = document.word(name.first);
        let inside = !document.pack.capital_nouns && !starts_sentence(document, name.first);
        name.last == name.first + 1
            && (inside || is_known_company(word))
            && document.pack.lexicon.is_compound(word)
    };
    is_wholly(document, name, Sense::Common) && !shows()
}

/// Returns whether the pack has the whole of a name, and nothing longer, in one sense.
fn is_wholly(document: &Document, name: &NameMention, wanted: Sense) -> bool {
    let is = |sense| (sense == wanted).then_some(());
    name.reading == Reading::Name
        && document.longest(name.first, is).is_some_and(|(last, ())| last == name.last)
}

/// Marks the names that the pack knows as cited and never acted upon, and the surnames of people among them.
fn mark_bystanders(document: &Document, found: &mut [NameMention]) {
    let is_one = |name: &NameMention| is_wholly(document, name, Sense::Bystander);
    let mut surnames: FxHashSet<&str> = FxHashSet::default();
    for name in found.iter_mut().filter(|name| is_one(name)) {
        name.rule = BYSTANDER;
        if name.label == Label::Per && name.last > name.first + 1 {
            surnames.insert(document.word(name.last - 1));
        }
    }
    let is_surname = |name: &NameMention| {
        name.label == Label::Per
            && name.last == name.first + 1
            && surnames.contains(document.word(name.first))
    };
    for name in found.iter_mut().filter(|name| is_surname(name)) {
        name.rule = BYSTANDER;
    }
}

/// Returns whether a name is nothing but the legal form of one: "Ltd", "ООО".
fn is_form_alone(document: &Document, name: &NameMention) -> bool {
    name.reading == Reading::Name
        && name.range().all(|at| {
            document.tokens.get(at).is_some_and(|token| token.legal)
                || document.kind(at) == Kind::Mark
        })
}

/// Returns whether a name is nobody's: a germ, a programme, or the buttons below an article
/// ("Facebook Twitter Email").
fn is_nobody(document: &Document, world: &World, name: &NameMention) -> bool {
    let all = |is: fn(&Spellings, &str) -> bool| {
        name.range()
            .all(|at| document.kind(at) == Kind::Mark || is(&world.spellings, document.word(at)))
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

pub(super) fn taken_by<'n>(
    document: &Document,
    found: impl Iterator<Item = &'n NameMention>,
) -> Vec<bool> {
    let mut taken = vec![false; document.tokens.len()];
    for name in found {
        taken[name.first..name.last].fill(true);
    }
    taken
}

//! One article as actions see it: what stands in each sentence.

use std::{cell::OnceCell, ops::Range};

use crate::{
    base::{
        action::{ActionType, Sector},
        token::{Kind, Token},
    },
    extract::{
        capitals::is_legal_form,
        entities::{BYSTANDER, Label, reads_places},
        tagger::lists::is_known_company,
    },
    pack::{
        lexicon::Hit,
        sense::{Form, Sense},
        world::World,
    },
    resolve::{
        Facts,
        antecedents::{self, Topic},
        dates::SettledDate,
        entities::SettledName,
    },
    text::document::Document,
};

use super::{
    features::{marks::Marks, sides::Sides},
    hearers,
    sentences::{self, Sentence},
    sums::{self, Told},
};

/// What an article says of one company, authority or person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chain {
    /// How often it is mentioned.
    pub count: usize,
    /// Whether the headline mentions it.
    pub headline: bool,
    /// How many others of its kind the article mentions before it.
    pub order: usize,
    /// Whether a company's mark or legal form stands with one of its mentions.
    pub company: bool,
    /// How often it stands where the one acted upon stands, in sentences that name actions.
    pub marked: usize,
    /// Whether each of its mentions is one word with which a sentence begins.
    pub initial: bool,
    /// How often it is who complains.
    pub complains: usize,
    /// How many of its mentions are companies, people, places, other names.
    labels: [u16; 4],
}

/// One article as actions see it.
pub struct Scene<'s, 'a> {
    /// Its text.
    pub document: &'s Document<'a>,
    /// What it says.
    pub facts: &'s Facts,
    /// The world's tables.
    pub world: &'s World,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Types that the article names.
    pub kinds: Vec<ActionType>,
    /// Chain of the authority that is mentioned most.
    pub main_regulator: Option<usize>,
    /// Chain of the company or person that is mentioned most, the headline counting double.
    pub main_target: Option<usize>,
    /// What the article says of each chain of names.
    chains: Vec<Chain>,
    /// For each name, how it stands to a word for a complaint.
    complaints: Vec<u32>,
    /// For each name, how many before it may be acted upon.
    targets_before: Vec<u32>,
    /// For each name, how many before it may be acted upon and are named.
    named_before: Vec<u32>,
    /// For each name, how many before it are authorities that may act.
    regulators_before: Vec<u32>,
    /// What the article says of each sum.
    told: Vec<Told>,
    /// Tokens that divide clauses, in order.
    strong: OnceCell<Vec<usize>>,
    /// Words that features ask for.
    marks: OnceCell<Marks>,
    /// For each sentence that may tell an action, whom it may go on about.
    topics: OnceCell<Vec<Vec<Topic>>>,
    /// What stands around each name and date.
    name_sides: OnceCell<Vec<Sides>>,
    date_sides: OnceCell<Vec<Sides>>,
    /// Whether actions say why they are what they are.
    pub explains: bool,
}

impl Chain {
    /// Returns which kind of name most of its mentions are: a company, a person, a place, another.
    pub fn label(&self) -> u32 {
        let most = (0..4).rev().max_by_key(|label| self.labels[*label as usize]);
        most.unwrap_or_default()
    }
}

impl<'s, 'a> Scene<'s, 'a> {
    /// Sorts the facts of an article by sentence.
    pub fn new(document: &'s Document<'a>, facts: &'s Facts, world: &'s World) -> Self {
        let sentences = sentences::of(document, facts);
        let mut kinds: Vec<ActionType> =
            sentences.iter().flat_map(|s| &s.triggers).map(|t| t.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut scene = Self {
            document,
            facts,
            world,
            sentences,
            kinds,
            main_regulator: None,
            main_target: None,
            chains: chains(document, facts),
            complaints: vec![0; facts.names.len()],
            targets_before: counted(facts, |_, n| is_target(n)),
            named_before: counted(facts, |_, n| is_target(n) && !n.unnamed),
            regulators_before: Vec::new(),
            told: sums::told(facts, title_end(document)),
            strong: OnceCell::new(),
            marks: OnceCell::new(),
            topics: OnceCell::new(),
            name_sides: OnceCell::new(),
            date_sides: OnceCell::new(),
            explains: false,
        };
        let hears = hearers::of(document, facts);
        let may_act =
            |index: usize, name: &SettledName| name.label == Label::Regulator && !hears[index];
        scene.regulators_before = counted(facts, may_act);
        scene.main_regulator =
            scene.main(|index, name| may_act(index, name) && name.is_named_authority());
        scene.main_target = scene.main(|_, name| is_target(name));
        scene.mark_chains();
        scene.mark_complaints();
        scene
    }

    /// Tells who complains: before the verb, or behind the noun and a word for "of" or "by".
    fn mark_complaints(&mut self) {
        for sentence in &self.sentences {
            let mut words = sentence.triggers.iter().filter(|t| t.kind == ActionType::Complaint);
            let Some(word) = words.next() else { continue };
            for index in sentence.names.clone() {
                let name = &self.facts.names[index];
                let before = name.first < word.first;
                let between = if before { name.last..word.first } else { word.last..name.first };
                let others = &self.facts.names[sentence.names.clone()];
                let is_near = between.len() <= COMPLAINT
                    && !others.iter().any(|other| between.contains(&other.first));
                let mut marks = self.document.hits_before(name.first);
                let is_of = marks
                    .any(|hit| matches!(hit.sense, Sense::MoneyOf | Sense::DateOf | Sense::Agent));
                let is_against = self.document.is_acted_upon(name.first, name.last);
                let is_noun = word.form == Form::Noun;
                let complains = is_near
                    && !is_against
                    && if before { !is_noun && word.form != Form::Passive } else { is_of };
                self.complaints[index] = 1
                    + u32::from(before)
                    + 2 * u32::from(is_against)
                    + 4 * u32::from(is_of)
                    + 8 * u32::from(is_noun)
                    + 16 * u32::from(is_near);
                if let Some(chain) = self.chains.get_mut(name.chain).filter(|_| complains) {
                    chain.complains += 1;
                }
            }
        }
    }

    /// Returns how a name stands to a word for a complaint in its sentence, 0 if there is none.
    pub(super) fn complaint(&self, name: usize) -> u32 {
        self.complaints.get(name).copied().unwrap_or_default()
    }

    /// Counts for each chain how often it stands as the one acted upon.
    fn mark_chains(&mut self) {
        for sentence in self.sentences.iter().filter(|s| !s.triggers.is_empty()) {
            for name in &self.facts.names[sentence.names.clone()] {
                let marked = self.document.is_acted_upon(name.first, name.last);
                if let Some(chain) = self.chains.get_mut(name.chain).filter(|_| marked) {
                    chain.marked += 1;
                }
            }
        }
    }

    /// Returns how a sentence stands to a later one: in its paragraph, in the one before, in the same
    /// part, at the head of it, in another part, at the head of the article.
    pub fn place(&self, of: usize, seen_from: usize) -> u32 {
        let (Some(own), Some(other)) = (self.sentences.get(of), self.sentences.get(seen_from))
        else {
            return 7;
        };
        if own.paragraph == other.paragraph {
            return 0;
        }
        match (own.part == other.part, own.heading) {
            (true, true) => 1,
            (true, false) if own.paragraph + 1 == other.paragraph => 2,
            (true, false) => 3,
            (false, _) if own.part == 0 && of < self.document.headline.max(1) => 4,
            (false, _) if own.part > other.part => 6,
            (false, _) => 5,
        }
    }

    /// Returns the name at an index.
    pub fn name(&self, index: usize) -> &SettledName {
        &self.facts.names[index]
    }

    /// Returns the index of the mention that stands for the chain mentioned most.
    fn main(&self, wanted: impl Fn(usize, &SettledName) -> bool) -> Option<usize> {
        let headline = headline_end(self.document);
        let mut best: Option<(usize, usize)> = None;
        let mut counts: rustc_hash::FxHashMap<usize, (usize, usize)> =
            rustc_hash::FxHashMap::default();
        for (index, name) in self.facts.names.iter().enumerate().filter(|(i, n)| wanted(*i, n)) {
            let entry = counts.entry(name.chain).or_insert((0, index));
            entry.0 += if name.first < headline { 3 } else { 1 };
            // The first to reach the highest count wins.
            if best.is_none_or(|(count, _)| entry.0 > count) {
                best = Some((entry.0, entry.1));
            }
        }
        best.map(|(_, index)| index)
    }

    /// Returns what the article says of a name's chain.
    pub fn chain(&self, name: &SettledName) -> Chain {
        self.chains.get(name.chain).copied().unwrap_or_default()
    }

    /// Returns a number that is greater than that of every chain.
    pub(super) fn chains(&self) -> usize {
        self.chains.len()
    }

    /// Returns what the article says of a sum.
    pub fn told(&self, amount: usize) -> Told {
        self.told.get(amount).copied().unwrap_or_default()
    }

    /// Returns how many of the names in `range` may be acted upon.
    pub fn targets_in(&self, range: &Range<usize>) -> usize {
        within(&self.targets_before, range)
    }

    /// Returns whether a name may be acted upon: what [`is_target`] said of it.
    pub(super) fn may_be_target(&self, index: usize) -> bool {
        self.targets_in(&(index..index + 1)) > 0
    }

    /// Returns how many of the names in `range` may be acted upon and are no mere descriptions.
    pub fn named_in(&self, range: &Range<usize>) -> usize {
        within(&self.named_before, range)
    }

    /// Returns how many of the names in `range` are authorities.
    pub fn regulators_in(&self, range: &Range<usize>) -> usize {
        within(&self.regulators_before, range)
    }

    /// Returns whether a name is an authority that may act.
    pub(super) fn may_act(&self, index: usize) -> bool {
        self.regulators_in(&(index..index + 1)) > 0
    }

    /// Returns whether a cue stands in `range`.
    pub fn has(&self, range: &Range<usize>, wanted: impl Fn(Sense) -> bool) -> bool {
        self.document.hits_in(range).iter().any(|h| wanted(h.sense))
    }

    /// Returns the words in `range` that tell what a court makes of an act, none within another.
    pub(super) fn outcomes(&self, range: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let mut end = 0;
        self.document.hits_in(range).iter().filter(move |hit| {
            let is_next = hit.sense.is_outcome() && hit.first >= end;
            if is_next {
                end = hit.last;
            }
            is_next
        })
    }

    /// Returns the cues in `range`.
    pub fn cues(
        &self,
        range: &Range<usize>,
        wanted: impl Fn(Sense) -> bool,
    ) -> impl Iterator<Item = &Hit> {
        self.document.hits_in(range).iter().filter(move |h| wanted(h.sense))
    }

    /// Returns the clause around a token: what lies between strong marks.
    pub fn clause(&self, sentence: &Sentence, at: usize) -> Range<usize> {
        let Range { start, end } = sentence.range;
        let strong = self.strong.get_or_init(|| strong(self.document, self.marks()));
        let split = strong.partition_point(|i| *i < at);
        let before = split.checked_sub(1).and_then(|i| strong.get(i));
        let behind = strong.get(split..).unwrap_or_default().iter().find(|i| **i > at);
        before.map_or(start, |i| start.max(*i))..behind.map_or(end, |i| end.min(*i))
    }

    /// Returns the words that features ask for.
    pub(super) fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| Marks::of(self.document))
    }

    /// Returns whom a sentence may go on about without a name, the likeliest first.
    pub(super) fn topics(&self, sentence: usize) -> &[Topic] {
        let topics = self.topics.get_or_init(|| {
            let tells = |number: usize| self.sentences.get(number).is_some_and(Sentence::tells);
            antecedents::topics(self.document, &self.facts.names, tells)
        });
        topics.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Returns what stands around each name.
    pub(super) fn name_sides(&self) -> &[Sides] {
        let names = self.facts.names.iter();
        self.name_sides.get_or_init(|| names.map(|n| Sides::of(self, n.first, n.last)).collect())
    }

    /// Returns what stands around each date.
    pub(super) fn date_sides(&self) -> &[Sides] {
        let dates = self.facts.dates.iter();
        let sides = |date: &SettledDate| Sides::of_date(self, date.first, date.last);
        self.date_sides.get_or_init(|| dates.map(sides).collect())
    }

    /// Returns the field of the authority that a mention stands for.
    pub fn sector(&self, name: usize) -> Option<Sector> {
        self.name(name).sector
    }
}

/// Tokens between a word for a complaint and who complains.
const COMPLAINT: usize = 5;

/// Returns the tokens that divide clauses: strong marks, and words that begin one.
fn strong(document: &Document, marks: &Marks) -> Vec<usize> {
    let is_strong = |(at, token): (usize, &Token)| {
        let is_mark = token.kind == Kind::Mark
            && matches!(token.span.of(document.text), ";" | "；" | ":" | "：");
        is_mark.then_some(at)
    };
    let mut strong: Vec<usize> = marks.clauses().collect();
    strong.extend(document.tokens.iter().enumerate().filter_map(is_strong));
    strong.sort_unstable();
    strong.dedup();
    strong
}

/// Figures from which on a word of letters and figures is the number of a batch or a model, no company.
const CODE: usize = 3;

/// Letters before a hyphen and figures that no company's name has: "SR-13".
const CODE_LETTERS: usize = 3;

/// Returns whether a name holds the number of a thing: "batch B20034A", "SR-13".
fn is_code(name: &str) -> bool {
    let is_code = |word: &str| {
        let figures = word.chars().filter(char::is_ascii_digit).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let numbered = word.rsplit_once('-').is_some_and(|(_, number)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        (1..=CODE_LETTERS).contains(&letters) && (figures >= CODE || numbered)
    };
    !is_known_company(name) && name.split_whitespace().any(is_code)
}

/// Returns whether a name may be acted upon.
pub fn is_target(name: &SettledName) -> bool {
    // A name that the tagger takes for a place is a company's where no place has it.
    matches!(name.label, Label::Org | Label::Per | Label::Misc | Label::Loc)
        && !name.court
        && !name.name.is_empty()
        && name.country.is_none()
        && !is_code(&name.name)
        // Who reports, and from where, is not acted upon; nor is who heads an authority or is cited, nor a town.
        && !reads_places(name.rule)
        && !matches!(name.rule, "entity.dateline" | "entity.authority-head" | BYSTANDER)
}

/// Returns the first token behind the headline, or 0 where the first line is a whole sentence: the sum
/// of a dispatch of one sentence is no teaser.
fn title_end(document: &Document) -> usize {
    let last = document.sentences.get(document.headline.max(1) - 1).map_or(0, |s| s.end);
    if sentences::is_whole(document, last) { 0 } else { headline_end(document) }
}

/// Returns the first token behind the headline, or behind the first sentence where none is marked.
fn headline_end(document: &Document) -> usize {
    document.sentences.get(document.headline.max(1)).map_or(usize::MAX, |s| s.start)
}

/// Returns for each name how many before it are wanted, and for all.
fn counted(facts: &Facts, wanted: impl Fn(usize, &SettledName) -> bool) -> Vec<u32> {
    let mut counts = Vec::with_capacity(facts.names.len() + 1);
    let mut count = 0;
    counts.push(0);
    for (index, name) in facts.names.iter().enumerate() {
        count += u32::from(wanted(index, name));
        counts.push(count);
    }
    counts
}

fn within(counts: &[u32], range: &Range<usize>) -> usize {
    let at = |i: usize| counts.get(i.min(counts.len().saturating_sub(1))).copied().unwrap_or(0);
    at(range.end).saturating_sub(at(range.start)) as usize
}

/// Returns what the article says of each chain, by its number.
fn chains(document: &Document, facts: &Facts) -> Vec<Chain> {
    let headline = headline_end(document);
    let most = facts.names.iter().map(|n| n.chain).max().unwrap_or(0);
    let mut chains = vec![Chain::default(); most + 1];
    let mut order = 0;
    for name in facts.names.iter().filter(|n| n.chain != 0) {
        let chain = &mut chains[name.chain];
        if chain.count == 0 {
            chain.initial = true;
            chain.order = order;
            order += usize::from(is_target(name));
        }
        chain.count += 1;
        chain.headline |= name.first < headline;
        let label = match name.label {
            Label::Org | Label::Regulator => 0,
            Label::Per => 1,
            Label::Loc => 2,
            Label::Misc | Label::Law => 3,
        };
        chain.labels[label] = chain.labels[label].saturating_add(1);
        let own = document.sentence_of(name.first);
        let begins = document.sentences.get(own).is_some_and(|s| s.start == name.first);
        chain.initial &= begins && name.last == name.first + 1;
        chain.company = chain.company
            || document.start_of(name.first, |s| matches!(s, Sense::CompanyMark)).is_some()
            || (name.first..name.last).any(|at| is_legal_form(document, at));
    }
    chains
}

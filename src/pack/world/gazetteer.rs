//! The names of authorities and laws in all languages, as one trie over words.
//!
//! A word of an article finds its name-word directly, or through its language: an irregular form
//! of the pack's `variants`, a prefix, or the stem that is left without a case ending. Names are
//! matched without regard to case where they are long, and as written where they are short.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::{laws::Law, regulators::Regulator, watch::Watched};
use crate::{
    base::{
        fold::fold_into,
        lang::Lang,
        token::{Kind, Token, tokenize},
    },
    pack::{compile::Pack, shape::Shape},
};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// Index into the list of authorities.
    Regulator(u32),
    /// Index into the list of laws.
    Law(u32),
    /// Index into the companies of the watch-list.
    Watched(u32),
}

/// One reading of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it stands for.
    pub thing: Thing,
    /// Language of the name; `None` for acronyms and official names, which any language uses.
    pub lang: Option<Lang>,
    /// How it must be written.
    pub case: Case,
    /// Whether it describes its bearer, and so may mean another: "le gendarme de la concurrence".
    pub epithet: bool,
}

/// How a name must be written to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Any letters: the words suffice.
    Any,
    /// A capital at its start.
    Capital,
    /// In capitals, or with one at the start if it has four letters or more.
    Acronym,
    /// Letter by letter as the table has it: a capital anywhere else makes another word.
    Exact,
}

/// A name found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Its readings.
    pub entries: Vec<Entry>,
}

/// All names, compiled.
#[derive(Debug, Default)]
pub struct Gazetteer {
    words: FxHashMap<Box<str>, u32>,
    /// For each language with case endings: stem -> word. Worked out when its first article comes.
    stems: Vec<OnceLock<FxHashMap<Box<str>, u32>>>,
    /// Word -> node that a name starting with it leads to, or [`NONE`].
    roots: Vec<u32>,
    nodes: Vec<Node>,
    /// Word and the node it leads to, sorted within a node.
    edges: Vec<(u32, u32)>,
}

/// What stands behind the words of a name.
#[derive(Debug, Default)]
struct Node {
    entries: Vec<Entry>,
    edges: (u32, u32),
}

/// No node.
const NONE: u32 = u32::MAX;

/// Shortest stem that a case ending leaves.
const STEM: usize = 3;

impl Gazetteer {
    /// Compiles the names of all authorities, laws and watched companies.
    ///
    /// `shapes` are those of the languages that unify letters.
    pub fn new(
        (regulators, laws, watched): (&[Regulator], &[Law], &[Watched]),
        shapes: Vec<(Lang, Shape)>,
    ) -> Self {
        let mut table = Names { shapes, ..Names::default() };
        // As many as there are, so that no table grows while it is filled.
        table.words.reserve(regulators.len() * 12);
        table.edges.reserve(regulators.len() * 36);
        table.entries.push(Vec::new());
        for (index, regulator) in regulators.iter().enumerate() {
            table.add_regulator(Thing::Regulator(index as u32), regulator);
        }
        for (index, law) in laws.iter().enumerate() {
            let thing = Thing::Law(index as u32);
            for acronym in &law.acronyms {
                table
                    .add(acronym, Entry { thing, lang: None, case: Case::Acronym, epithet: false });
            }
            for (lang, names) in &law.names {
                for name in names {
                    table.add(
                        name,
                        Entry {
                            thing,
                            lang: Lang::from_code(lang),
                            case: case_of(name),
                            epithet: false,
                        },
                    );
                }
            }
        }
        for (index, company) in watched.iter().enumerate() {
            let thing = Thing::Watched(index as u32);
            for name in company.all_names() {
                table.add(name, Entry { thing, lang: None, case: case_of(name), epithet: false });
            }
        }
        table.finish()
    }

    /// Returns the name-word that a folded word of an article stands for.
    pub(crate) fn word(&self, pack: &Pack, folded: &str) -> Option<u32> {
        if let Some(&id) = self.words.get(folded) {
            return Some(id);
        }
        if let Some(id) = pack.variants.get(folded).and_then(|base| self.words.get(base)) {
            return Some(*id);
        }
        let stripped = self.stems_of(pack).and_then(|stems| {
            let stem = || stem(pack, folded);
            let known = |stem: &str| stems.get(stem).or_else(|| self.words.get(stem));
            stems.get(folded).or_else(|| known(stem()?)).copied()
        });
        stripped.or_else(|| {
            let rest = pack.lexicon.shape().without_prefix(folded)?;
            self.words.get(rest).copied()
        })
    }

    /// Returns whether a name may start with a name-word.
    pub(crate) fn opens(&self, name: u32) -> bool {
        self.roots.get(name as usize).is_some_and(|root| *root != NONE)
    }

    /// Returns the stems of all words for a language that inflects names.
    fn stems_of(&self, pack: &Pack) -> Option<&FxHashMap<Box<str>, u32>> {
        if pack.name_endings.is_empty() {
            return None;
        }
        let work_out = || {
            let mut words: Vec<(&str, u32)> =
                self.words.iter().map(|(word, id)| (&**word, *id)).collect();
            words.sort_unstable_by_key(|(_, id)| *id);
            let mut stems = FxHashMap::default();
            for (word, id) in words {
                // An acronym keeps all its letters: "Meta" is no METI, "UOKiKu" is UOKiK.
                let key = if self.is_acronym(id) { Some(word) } else { stem(pack, word) };
                if let Some(key) = key {
                    stems.entry(key.into()).or_insert(id);
                }
            }
            stems
        };
        Some(self.stems.get(pack.lang as usize)?.get_or_init(work_out))
    }

    /// Returns whether a word is the acronym of a body, and no word of a longer name's start.
    fn is_acronym(&self, word: u32) -> bool {
        let root = self.roots.get(word as usize).filter(|root| **root != NONE);
        root.and_then(|&root| self.nodes.get(root as usize)).is_some_and(|node| {
            let short = |entry: &Entry| matches!(entry.case, Case::Acronym | Case::Exact);
            !node.entries.is_empty() && node.entries.iter().all(short)
        })
    }

    /// Returns the names in a text: the longest at each place, in order, none within another.
    pub fn find(&self, pack: &Pack, text: &str, tokens: &[Token]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let root = self.roots.get(token.name as usize).filter(|_| token.opens);
            match root.and_then(|&root| self.longest(pack, text, tokens, (at, root))) {
                Some(name) => {
                    at = name.last;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    /// Returns the longest name that starts at a token, whose word leads to a node.
    fn longest(
        &self,
        pack: &Pack,
        text: &str,
        tokens: &[Token],
        (first, root): (usize, u32),
    ) -> Option<Found> {
        let mut best: Option<Found> = None;
        let (mut at, mut next) = (first, root);
        while let Some(node) = self.nodes.get(next as usize) {
            let range = tokens.get(first..=at)?;
            let entries: Vec<Entry> = node
                .entries
                .iter()
                .filter(|e| speaks(pack.lang, e, range.len()) && written(e.case, text, range))
                .copied()
                .collect();
            at += 1;
            if !entries.is_empty() {
                best = Some(Found { first, last: at, entries });
            }
            let (from, to) = node.edges;
            let edges = self.edges.get(from as usize..to as usize).unwrap_or_default();
            let Some(token) = tokens.get(at) else { break };
            let place = edges.binary_search_by_key(&token.name, |edge| edge.0);
            let Some(edge) = place.ok().and_then(|place| edges.get(place)) else { break };
            next = edge.1;
        }
        best
    }
}

/// Names under construction.
#[derive(Debug, Default)]
struct Names {
    words: FxHashMap<Box<str>, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    entries: Vec<Vec<Entry>>,
    shapes: Vec<(Lang, Shape)>,
    /// Buffers.
    tokens: Vec<Token>,
    word: String,
}

impl Names {
    fn add_regulator(&mut self, thing: Thing, regulator: &Regulator) {
        let short = if regulator.ambiguous { Case::Exact } else { Case::Acronym };
        for acronym in &regulator.acronyms {
            self.add(acronym, Entry { thing, lang: None, case: short, epithet: false });
        }
        let anywhere = std::iter::once(&regulator.official).chain(&regulator.former);
        for name in anywhere.filter(|name| name.split_whitespace().count() >= 2) {
            self.add(name, Entry { thing, lang: None, case: case_of(name), epithet: false });
        }
        for (table, epithet) in [(&regulator.names, false), (&regulator.epithets, true)] {
            for (lang, names) in table {
                let lang = Lang::from_code(lang);
                for name in names {
                    self.add(name, Entry { thing, lang, case: case_of(name), epithet });
                }
            }
        }
    }

    /// Adds a name as it is written, and as its readers' languages fold it.
    fn add(&mut self, name: &str, entry: Entry) {
        self.add_spelling(name, entry, None);
        if name.is_ascii() {
            return;
        }
        let shapes = std::mem::take(&mut self.shapes);
        for (lang, shape) in &shapes {
            if entry.lang.is_none_or(|of| of == *lang) {
                self.add_spelling(name, entry, Some(shape));
            }
        }
        self.shapes = shapes;
    }

    fn add_spelling(&mut self, name: &str, entry: Entry, shape: Option<&Shape>) {
        self.tokens.clear();
        tokenize(name, &mut self.tokens);
        let mut node = 0;
        for token in &self.tokens {
            self.word.clear();
            match shape {
                Some(shape) => shape.fold_into(token.span.of(name), &mut self.word),
                None => fold_into(token.span.of(name), &mut self.word),
            }
            let id = self.words.get(self.word.as_str()).copied().unwrap_or_else(|| {
                let next = self.words.len() as u32;
                self.words.insert(self.word.as_str().into(), next);
                next
            });
            let next = self.entries.len() as u32;
            let found = *self.edges.entry((node, id)).or_insert(next);
            if found == next {
                self.entries.push(Vec::new());
            }
            node = found;
        }
        // What another body is written like is its name: 證監會 is Hong Kong's, 证监会 China's.
        let others = |e: &Entry| shape.is_some() && e.lang == entry.lang && e.thing != entry.thing;
        let known = |e: &Entry| *e == entry || others(e);
        if node != 0 && !self.entries[node as usize].iter().any(known) {
            self.entries[node as usize].push(entry);
        }
    }

    /// Lays the names out for reading.
    fn finish(self) -> Gazetteer {
        let mut edges: Vec<(u32, u32, u32)> =
            self.edges.iter().map(|(&(node, word), &next)| (node, word, next)).collect();
        edges.sort_unstable();
        let mut roots = vec![NONE; self.words.len()];
        for &(_, word, next) in edges.iter().take_while(|edge| edge.0 == 0) {
            if let Some(root) = roots.get_mut(word as usize) {
                *root = next;
            }
        }
        open_by_cases(&self.words, &mut roots);
        let mut at = 0;
        let nodes = self.entries.into_iter().enumerate().map(|(number, entries)| {
            let from = at;
            at += edges.get(at..).unwrap_or_default().partition_point(|e| e.0 as usize == number);
            Node { entries, edges: (from as u32, at as u32) }
        });
        let nodes = nodes.collect();
        Gazetteer {
            words: self.words,
            stems: Lang::ALL.iter().map(|_| OnceLock::new()).collect(),
            roots,
            nodes,
            edges: edges.iter().map(|&(_, word, next)| (word, next)).collect(),
        }
    }
}

/// Letters of a word that opens names in its cases, too, and of the case endings of Cyrillic words.
const OPENS: usize = 4;
const CASE: usize = 2;

/// Lets a word that some name has in a case ("управление Роспотребнадзора") open the names that its nominative
/// opens: a word of the table stands for itself, and no ending is taken off it.
fn open_by_cases(words: &FxHashMap<Box<str>, u32>, roots: &mut [u32]) {
    let is_cyrillic = |word: &str| word.chars().next().is_some_and(|c| matches!(c, 'а'..='џ'));
    let opened = |word: &str, id: u32| {
        if !is_cyrillic(word) || roots.get(id as usize) != Some(&NONE) {
            return None;
        }
        let cuts = word.char_indices().rev().take(CASE).map(|(at, _)| at);
        let stems = cuts.filter_map(|at| word.get(..at));
        let mut long = stems.filter(|stem| stem.chars().nth(OPENS - 1).is_some());
        let root = |stem: &str| roots.get(*words.get(stem)? as usize).copied();
        let root = long.find_map(|stem| root(stem).filter(|root| *root != NONE))?;
        Some((id, root))
    };
    let words_of = words.iter();
    let opened: Vec<(u32, u32)> = words_of.filter_map(|(word, id)| opened(word, *id)).collect();
    for (id, root) in opened {
        if let Some(place) = roots.get_mut(id as usize) {
            *place = root;
        }
    }
}

/// Returns whether an article in `lang` uses this name: its own language's, or one long enough to be no other's.
fn speaks(lang: Lang, entry: &Entry, words: usize) -> bool {
    entry.lang.is_none_or(|of| of == lang || words >= 3 || related(of, lang))
}

/// Returns whether readers of one language use the names of the other as their own.
fn related(a: Lang, b: Lang) -> bool {
    let group = |lang| match lang {
        Lang::Nb | Lang::Nn | Lang::Da | Lang::Sv => 1,
        Lang::Hr | Lang::Sr => 2,
        Lang::Cs | Lang::Sk => 3,
        _ => 0,
    };
    group(a) != 0 && group(a) == group(b)
}

fn written(case: Case, text: &str, range: &[Token]) -> bool {
    let capital =
        |t: &Token| t.capital || !t.span.of(text).chars().next().is_some_and(char::is_lowercase);
    match case {
        Case::Any => true,
        Case::Capital => range.first().is_some_and(capital),
        Case::Acronym => range.iter().all(|t| {
            t.kind != Kind::Word
                || t.shout
                || (capital(t) && t.span.len() >= 4)
                || mixed(t.span.of(text))
        }),
        Case::Exact => range.iter().all(|t| {
            t.kind != Kind::Word
                || t.shout
                || mixed(t.span.of(text))
                || (capital(t) && t.span.len() >= 5)
        }),
    }
}

/// Returns whether a word has capitals behind its first letter ("`BaFin`").
fn mixed(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_lowercase())
        && word.chars().skip(1).any(char::is_uppercase)
}

fn case_of(name: &str) -> Case {
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    match name.split_whitespace().count() {
        1 | 2 if capital => Case::Capital,
        _ => Case::Any,
    }
}

/// Returns the word without its longest case ending, if enough is left.
fn stem<'w>(pack: &Pack, word: &'w str) -> Option<&'w str> {
    pack.name_endings.stems(word).find(|stem| stem.chars().take(STEM).count() == STEM)
}

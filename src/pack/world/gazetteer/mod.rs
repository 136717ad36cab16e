//! The names of authorities and laws in all languages, as one trie over words.
//!
//! A word of an article finds its name-word directly, or through its language: an irregular form
//! of the pack's `variants`, a prefix, or the stem that is left without a case ending. A name-word that leads
//! nowhere as it is may be a form of another that some name has (`Inflected`). Names are matched without
//! regard to case where they are long, and as written where they are short.

mod build;
mod forms;

use std::sync::OnceLock;

use super::{laws::Law, regulators::Listed, watch::Watched};
use crate::{
    base::{
        lang::Lang,
        token::{Kind, Token},
    },
    pack::{compile::Pack, interned::Interned, shape::Shape},
};

use build::Names;
use forms::{Inflected, stem};

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
    words: Interned,
    /// For each language with case endings how it inflects the words. Worked out when its first article
    /// comes.
    inflected: Vec<OnceLock<Inflected>>,
    /// Word -> node that a name starting with it leads to, or [`NONE`].
    roots: Vec<u32>,
    nodes: Vec<Node>,
    /// What the names mean, side by side.
    entries: Vec<Entry>,
    /// Word and the node it leads to, sorted within a node.
    edges: Vec<(u32, u32)>,
}

/// What stands behind the words of a name: its part of the entries and of the edges.
#[derive(Debug, Default)]
struct Node {
    entries: (u32, u32),
    edges: (u32, u32),
}

/// Letters of a word that alone may be a form of a name.
const LONG: usize = 8;

/// No node.
const NONE: u32 = u32::MAX;

impl Gazetteer {
    /// Compiles the names of all authorities, laws and watched companies.
    ///
    /// `shapes` are those of the languages that unify letters.
    pub fn new(
        (regulators, laws, watched): (&[Listed], &[Law], &[Watched]),
        shapes: Vec<(Lang, Shape)>,
    ) -> Self {
        let mut names = Names::new(regulators.len(), shapes);
        for (index, regulator) in (0..).zip(regulators) {
            names.add_regulator(Thing::Regulator(index), regulator);
        }
        for (index, law) in (0..).zip(laws) {
            names.add_law(Thing::Law(index), law);
        }
        for (index, company) in (0..).zip(watched) {
            names.add_watched(Thing::Watched(index), company);
        }
        names.finish()
    }

    /// Returns the name-word that a folded word of an article stands for.
    pub(crate) fn word(&self, pack: &Pack, folded: &str) -> Option<u32> {
        if let Some(id) = self.words.get(folded) {
            return Some(id);
        }
        if let Some(id) = pack.variants.get(folded).and_then(|base| self.words.get(base)) {
            return Some(id);
        }
        let stripped = self.inflected(pack).and_then(|forms| {
            let stem = || stem(pack, folded);
            let known = |stem: &str| forms.standing(stem).or_else(|| self.words.get(stem));
            forms.standing(folded).or_else(|| known(stem()?))
        });
        stripped.or_else(|| {
            let rest = pack.lexicon.shape().without_prefix(folded)?;
            self.words.get(rest)
        })
    }

    /// Returns whether a name may start with a name-word or another form of it.
    pub(crate) fn opens(&self, pack: &Pack, name: u32) -> bool {
        let is_root = |word: u32| self.root(word).is_some();
        is_root(name) || self.inflected(pack).is_some_and(|forms| forms.bases(name).any(is_root))
    }

    /// Returns the node that a name which starts with a word leads to.
    fn root(&self, word: u32) -> Option<u32> {
        self.roots.get(word as usize).copied().filter(|root| *root != NONE)
    }

    /// Returns what the names mean that end at a node.
    fn entries_of(&self, node: &Node) -> &[Entry] {
        self.entries.get(node.entries.0 as usize..node.entries.1 as usize).unwrap_or_default()
    }

    /// Returns the words that names go on with from a node, and the nodes they lead to.
    fn edges_of(&self, node: &Node) -> &[(u32, u32)] {
        self.edges.get(node.edges.0 as usize..node.edges.1 as usize).unwrap_or_default()
    }

    /// Returns for each node whose names lead through it: 0 those of a language, 1 those of all, 2 others.
    fn told_in(&self, lang: Lang) -> Vec<u8> {
        let rank = |entry: &Entry| entry.lang.map_or(1, |of| if of == lang { 0 } else { 2 });
        let mut told = vec![2; self.nodes.len()];
        // A node comes before those that it leads to.
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let own = self.entries_of(node).iter().map(rank);
            let next = self.edges_of(node).iter();
            let next = next.filter_map(|edge| told.get(edge.1 as usize).copied());
            told[at] = own.chain(next).min().unwrap_or(2);
        }
        told
    }

    /// Returns how a language inflects the words, if it does.
    fn inflected(&self, pack: &Pack) -> Option<&Inflected> {
        if pack.name_endings.is_empty() {
            return None;
        }
        Some(self.inflected.get(pack.lang as usize)?.get_or_init(|| Inflected::of(self, pack)))
    }

    /// Returns whether a word is the acronym of a body, and no word of a longer name's start.
    fn is_acronym(&self, word: u32) -> bool {
        self.root(word).and_then(|root| self.nodes.get(root as usize)).is_some_and(|node| {
            let short = |entry: &Entry| matches!(entry.case, Case::Acronym | Case::Exact);
            let entries = self.entries_of(node);
            !entries.is_empty() && entries.iter().all(short)
        })
    }

    /// Returns the names in a text: the longest at each place, in order, none within another.
    pub fn find(&self, pack: &Pack, text: &str, tokens: &[Token]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let name = if token.opens { self.starting(pack, text, tokens, at) } else { None };
            match name {
                Some(name) => {
                    at = name.last;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    /// Returns the longest name that starts at a token: with its word as it is, else as a form of another.
    fn starting(&self, pack: &Pack, text: &str, tokens: &[Token], at: usize) -> Option<Found> {
        let name = tokens.get(at)?.name;
        let from = |word: u32, is_form: bool| {
            self.longest(pack, text, tokens, (at, self.root(word)?, is_form))
        };
        from(name, false).or_else(|| {
            let bases = self.inflected(pack)?.bases(name).filter(|base| *base != name);
            // A short word alone is too little to be taken for another: a town may be written like a form of it.
            let long = tokens.get(at).is_some_and(|t| t.span.of(text).chars().count() >= LONG);
            bases.filter_map(|base| from(base, true)).find(|found| long || found.last > at + 1)
        })
    }

    /// Returns the node that a word leads to from another: as it is, else as a form of another word; and
    /// whether it is a form.
    fn step(&self, pack: &Pack, node: &Node, word: u32) -> Option<(u32, bool)> {
        let edges = self.edges_of(node);
        if edges.is_empty() {
            return None;
        }
        if let Ok(place) = edges.binary_search_by_key(&word, |edge| edge.0) {
            return edges.get(place).map(|edge| (edge.1, false));
        }
        if word == Token::UNKNOWN {
            return None;
        }
        let forms = self.inflected(pack)?;
        let own = |edge: &&(u32, u32)| forms.own.get(edge.0 as usize).copied();
        let of =
            |base| edges.iter().find(|edge| own(edge) == Some(base)).map(|edge| (edge.1, true));
        forms.bases(word).find_map(of)
    }

    /// Returns the longest name that starts at a token, whose word leads to a node.
    fn longest(
        &self,
        pack: &Pack,
        text: &str,
        tokens: &[Token],
        (first, root, is_form): (usize, u32, bool),
    ) -> Option<Found> {
        let mut best: Option<Found> = None;
        let (mut at, mut next, mut inflects) = (first, root, is_form);
        while let Some(node) = self.nodes.get(next as usize) {
            let range = tokens.get(first..=at)?;
            let entries: Vec<Entry> = self
                .entries_of(node)
                .iter()
                .filter(|e| speaks(pack.lang, e, range.len()) && written(e.case, text, range))
                // Forms are those of the language itself, not those of its neighbours' names.
                .filter(|e| !inflects || e.lang.is_none_or(|lang| lang == pack.lang))
                .copied()
                .collect();
            at += 1;
            if !entries.is_empty() {
                best = Some(Found { first, last: at, entries });
            }
            let Some(token) = tokens.get(at) else { break };
            let Some((step, is_form)) = self.step(pack, node, token.name) else { break };
            next = step;
            inflects |= is_form;
        }
        best
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

#[cfg(test)]
mod tests {
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, tables::Tables, world::World},
        text::{document::Document, memo::Memo},
    };

    #[test]
    fn names_are_found_in_the_cases_of_their_language() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, id) in [
            (Lang::Pl, "decyzja Urzędu Komunikacji Elektronicznej", "pl-uke"),
            (Lang::Pl, "zdaniem Komisji Nadzoru Finansowego", "pl-knf"),
            (Lang::Cs, "pokuta od České obchodní inspekce", "cz-coi"),
            (Lang::Sl, "odločba Banke Slovenije", "si-bs"),
            (Lang::Ru, "решение управления Роспотребнадзора", "ru-rpn"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::read(&pack, &world.gazetteer, text, 0, &mut Memo::default());
            let found = world.gazetteer.find(&pack, text, &document.tokens);
            let ids: Vec<&str> = found
                .iter()
                .flat_map(|found| &found.entries)
                .filter_map(|entry| match entry.thing {
                    super::Thing::Regulator(index) => {
                        Some(world.regulators.get(index as usize)?.id.as_str())
                    }
                    _ => None,
                })
                .collect();
            assert!(ids.contains(&id), "{text}: {ids:?}");
        }
    }
}

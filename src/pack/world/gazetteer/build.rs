//! Makes the trie of the names.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::{Case, Entry, Gazetteer, NONE, Node, Thing};
use crate::{
    base::{
        fold::fold_into,
        lang::Lang,
        token::{Token, tokenize},
    },
    pack::{
        interned::Interned,
        shape::Shape,
        world::{laws::Law, regulators::Listed, watch::Watched},
    },
};

/// Names under construction.
#[derive(Debug, Default)]
pub(super) struct Names {
    words: Interned,
    edges: FxHashMap<(u32, u32), u32>,
    entries: Vec<Vec<Entry>>,
    shapes: Vec<(Lang, Shape)>,
    /// Buffers.
    tokens: Vec<Token>,
    word: String,
}

impl Names {
    /// Begins a table with room for the names of so many authorities; `shapes` are those of the languages
    /// that unify letters.
    pub(super) fn new(regulators: usize, shapes: Vec<(Lang, Shape)>) -> Self {
        let mut names = Self { shapes, ..Self::default() };
        // As many as there are, so that no table grows while it is filled.
        names.edges.reserve(regulators * 36);
        names.entries.push(Vec::new());
        names
    }

    /// Adds the names of an authority.
    pub(super) fn add_regulator(&mut self, thing: Thing, regulator: &Listed) {
        let short = if regulator.ambiguous { Case::Exact } else { Case::Acronym };
        for acronym in &regulator.acronyms {
            self.add(acronym, Entry { thing, lang: None, case: short, epithet: false });
        }
        let anywhere = std::iter::once(&regulator.official).chain(&regulator.former);
        for name in anywhere.filter(|name| name.split_whitespace().count() >= 2) {
            self.add(name, Entry { thing, lang: None, case: case_of(name), epithet: false });
        }
        // "Beurswaakhond FSMA" can be nobody else: it holds the name, and no article hands it to another.
        let holds = |name: &str, own: &str| name.split_whitespace().any(|word| word == own);
        for (table, epithet) in [(&regulator.names, false), (&regulator.epithets, true)] {
            for (lang, names) in table {
                let lang = Lang::from_code(lang);
                for name in names {
                    let mut own = regulator.acronyms.iter().chain([&regulator.name]);
                    let epithet = epithet && !own.any(|own| holds(name, own));
                    self.add(name, Entry { thing, lang, case: case_of(name), epithet });
                }
            }
        }
    }

    /// Adds the names of a law.
    pub(super) fn add_law(&mut self, thing: Thing, law: &Law) {
        for acronym in &law.acronyms {
            self.add(acronym, Entry { thing, lang: None, case: Case::Acronym, epithet: false });
        }
        for (lang, names) in &law.names {
            let lang = Lang::from_code(lang);
            for name in names {
                self.add(name, Entry { thing, lang, case: case_of(name), epithet: false });
            }
        }
    }

    /// Adds the names of a watched company.
    pub(super) fn add_watched(&mut self, thing: Thing, company: &Watched) {
        for name in company.all_names() {
            self.add(name, Entry { thing, lang: None, case: case_of(name), epithet: false });
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
            let id = self.words.add(&self.word);
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
    pub(super) fn finish(self) -> Gazetteer {
        let mut edges: Vec<(u32, u32, u32)> =
            self.edges.iter().map(|(&(node, word), &next)| (node, word, next)).collect();
        edges.sort_unstable();
        let mut roots = vec![NONE; self.words.len()];
        for &(_, word, next) in edges.iter().take_while(|edge| edge.0 == 0) {
            if let Some(root) = roots.get_mut(word as usize) {
                *root = next;
            }
        }
        let (mut at, mut entries) = (0, Vec::new());
        let nodes = self.entries.into_iter().enumerate().map(|(number, own)| {
            let (from, first) = (at, entries.len() as u32);
            at += edges.get(at..).unwrap_or_default().partition_point(|e| e.0 as usize == number);
            entries.extend(own);
            Node { entries: (first, entries.len() as u32), edges: (from as u32, at as u32) }
        });
        let nodes = nodes.collect();
        entries.shrink_to_fit();
        Gazetteer {
            words: self.words,
            inflected: Lang::ALL.iter().map(|_| OnceLock::new()).collect(),
            roots,
            nodes,
            entries,
            edges: edges.iter().map(|&(_, word, next)| (word, next)).collect(),
        }
    }
}

/// Returns how a name must be written.
fn case_of(name: &str) -> Case {
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    match name.split_whitespace().count() {
        1 | 2 if capital => Case::Capital,
        _ => Case::Any,
    }
}

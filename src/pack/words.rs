//! Words as pack files write them into a [`Lexicon`].
//!
//! `stem~class` stands for all its inflected forms, `-head` also for the end of a compound, `…` for
//! a gap of some words. What is added is kept as maps and lists that grow; [`Builder::finish`] lays them out flat.

use rustc_hash::FxHashMap;

use super::{
    heads::Heads,
    interned::Interned,
    lexicon::{FormEntry, FormParts, GAP, Lexicon, Node, bit},
    sense::Sense,
    shape::Shape,
};
use crate::base::token::{Token, tokenize};

/// A lexicon under construction.
#[derive(Debug, Default)]
pub struct Builder {
    shape: Shape,
    forms: Interned,
    /// First and last link of each form into `links`.
    chains: Vec<(u32, u32)>,
    /// Symbols of forms: the symbol, and the link of the next one.
    links: Vec<(u32, u32)>,
    symbols: Interned,
    heads: FxHashMap<Box<str>, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    senses: Vec<Vec<Sense>>,
    /// Which symbols are more than parts of longer names of companies.
    ordinary: Vec<bool>,
    /// Buffers.
    tokens: Vec<Token>,
    path: Vec<u32>,
    name: String,
    form: String,
}

/// Ends a chain of links.
const NONE: u32 = u32::MAX;

impl Builder {
    /// Makes a lexicon without words.
    pub fn new(shape: Shape) -> Self {
        Self { shape, senses: vec![Vec::new()], ..Self::default() }
    }

    /// Adds a word or phrase as pack files write it.
    ///
    /// Returns the class of endings that the pack lacks, if the word names one.
    pub fn add(&mut self, phrase: &str, sense: Sense) -> Result<(), String> {
        let mut node = 0;
        let (mut head, phrase) = match phrase.strip_prefix('-') {
            Some(rest) if rest.chars().next().is_some_and(char::is_alphabetic) => (true, rest),
            _ => (false, phrase),
        };
        self.path.clear();
        let mut tokens = std::mem::take(&mut self.tokens);
        let mut form = std::mem::take(&mut self.form);
        for piece in phrase.split_whitespace() {
            if piece == "…" && node != 0 {
                node = self.edge(node, GAP);
                continue;
            }
            tokens.clear();
            let (word, class) = match piece.split_once('~') {
                Some((word, class)) => (word, Some(class)),
                None => (piece, None),
            };
            tokenize(word, &mut tokens);
            for (index, token) in tokens.iter().enumerate() {
                form.clear();
                self.shape.fold_into(token.span.of(word), &mut form);
                let class = class.filter(|_| index + 1 == tokens.len());
                let symbol = self.symbol(&form, class, head)?;
                self.path.push(symbol);
                node = self.edge(node, symbol);
                head = false;
            }
        }
        (self.tokens, self.form) = (tokens, form);
        self.ordinary.resize(self.symbols.len(), false);
        if sense != Sense::Organisation || self.path.len() == 1 {
            for symbol in &self.path {
                if let Some(ordinary) = self.ordinary.get_mut(*symbol as usize) {
                    *ordinary = true;
                }
            }
        }
        if let Some(senses) = self.senses.get_mut(node as usize).filter(|_| node != 0)
            && !senses.contains(&sense)
        {
            senses.push(sense);
        }
        Ok(())
    }

    fn edge(&mut self, node: u32, symbol: u32) -> u32 {
        let next = self.senses.len() as u32;
        let found = *self.edges.entry((node, symbol)).or_insert(next);
        if found == next {
            self.senses.push(Vec::new());
        }
        found
    }

    /// Returns the symbol of a form, or of a stem with all endings of a class.
    fn symbol(&mut self, form: &str, class: Option<&str>, head: bool) -> Result<u32, String> {
        self.name.clear();
        if head {
            self.name.push('-');
        }
        self.name.push_str(form);
        if let Some(class) = class {
            self.name.push('~');
            self.name.push_str(class);
        }
        if let Some(id) = self.symbols.get(&self.name) {
            return Ok(id);
        }
        let id = self.symbols.add(&self.name);
        let Some(class) = class else {
            self.bind(form, id, head);
            return Ok(id);
        };
        let count = self.shape.endings(class).ok_or_else(|| class.to_owned())?.len();
        let mut whole = String::with_capacity(form.len() + 8);
        for index in 0..count {
            whole.clear();
            whole.push_str(form);
            let endings = self.shape.endings(class).unwrap_or_default();
            whole.push_str(endings.get(index).map_or("", |ending| ending));
            self.bind(&whole, id, head);
        }
        Ok(id)
    }

    fn bind(&mut self, form: &str, symbol: u32, head: bool) {
        let link = self.links.len() as u32;
        self.links.push((symbol, NONE));
        let id = self.forms.add(form);
        if let Some(chain) = self.chains.get_mut(id as usize) {
            if let Some(last) = self.links.get_mut(chain.1 as usize) {
                last.1 = link;
            }
            chain.1 = link;
        } else {
            self.chains.push((link, link));
        }
        if head {
            self.heads.insert(form.into(), id);
        }
    }

    /// Lays the words out for reading.
    pub fn finish(mut self) -> Lexicon {
        let mut lexicon = Lexicon {
            shape: std::mem::take(&mut self.shape),
            forms: std::mem::take(&mut self.forms),
            ..Lexicon::default()
        };
        lexicon.heads = Heads::new(std::mem::take(&mut self.heads), &lexicon.shape.suffixes);
        let roots = self.lay_nodes(&mut lexicon);
        let root = |symbol: u32| roots.get(symbol as usize).filter(|root| **root != NONE).copied();
        let mut symbols = std::mem::take(&mut self.path);
        for form in 0..self.chains.len() as u32 {
            symbols.clear();
            self.symbols_of(&lexicon, form, root, &mut symbols);
            let from = (lexicon.symbols.len() as u32, lexicon.roots.len() as u32);
            lexicon.roots.extend(symbols.iter().filter_map(|symbol| root(*symbol)));
            lexicon.symbols.extend(&symbols);
            let to = (lexicon.symbols.len() as u32, lexicon.roots.len() as u32);
            self.lay_entry(&mut lexicon, &symbols, from.1);
            lexicon.parts.push(FormParts { symbols: (from.0, to.0), roots: (from.1, to.1) });
        }
        lexicon.number_starts = number_starts(&lexicon);
        lexicon.shrink();
        lexicon
    }

    /// Lays the nodes out with their senses and edges; returns where each symbol leads from the start, or [`NONE`].
    fn lay_nodes(&self, lexicon: &mut Lexicon) -> Vec<u32> {
        let mut edges: Vec<(u32, u32, u32)> =
            self.edges.iter().map(|(&(node, symbol), &next)| (node, symbol, next)).collect();
        edges.sort_unstable();
        let mut roots = vec![NONE; self.symbols.len()];
        for &(_, symbol, next) in edges.iter().take_while(|edge| edge.0 == 0) {
            if let Some(root) = roots.get_mut(symbol as usize) {
                *root = next;
            }
        }
        let mut at = 0;
        for (node, senses) in self.senses.iter().enumerate() {
            let from = (lexicon.senses.len() as u32, at as u32);
            lexicon.senses.extend(senses);
            at += edges.get(at..).unwrap_or_default().partition_point(|e| e.0 as usize == node);
            let to = (lexicon.senses.len() as u32, at as u32);
            lexicon.nodes.push(Node { senses: (from.0, to.0), edges: (from.1, to.1) });
        }
        lexicon.edges = edges.iter().map(|&(_, symbol, next)| (symbol, next)).collect();
        roots
    }

    /// Adds the symbols of a form and, where it means nothing alone, of what it is a form or a compound of: "과징금이" of
    /// "과징금이 부과" is "과징금" with a particle, "pizzaketen" of "de pizzaketen" a compound of "-keten".
    fn symbols_of(
        &self,
        lexicon: &Lexicon,
        form: u32,
        root: impl Fn(u32) -> Option<u32>,
        symbols: &mut Vec<u32>,
    ) {
        let chain = |form: u32| {
            let mut link = self.chains.get(form as usize).map_or(NONE, |chain| chain.0);
            std::iter::from_fn(move || {
                let &(symbol, next) = self.links.get(link as usize)?;
                link = next;
                Some(symbol)
            })
        };
        symbols.extend(chain(form));
        let means = |symbol: &u32| {
            let node = root(*symbol).and_then(|root| lexicon.nodes.get(root as usize));
            node.is_some_and(|node| node.senses.0 < node.senses.1)
        };
        if symbols.iter().any(means) {
            return;
        }
        let Some(word) = lexicon.forms.word(form) else { return };
        let stem = lexicon.stems(word).find(|stem| chain(*stem).any(|symbol| means(&symbol)));
        if let Some(form) = stem.or_else(|| lexicon.heads.of(word, &lexicon.shape.suffixes)) {
            symbols.extend(chain(form));
        }
    }

    /// Lays out what a form of some symbols means by itself, and may go on with; its roots are the last from `from` on.
    fn lay_entry(&self, lexicon: &mut Lexicon, symbols: &[u32], from: u32) {
        let roots = lexicon.roots.get(from as usize..).unwrap_or_default();
        let nodes = || roots.iter().filter_map(|&root| lexicon.nodes.get(root as usize));
        let (mut leaps, mut awaits) = (false, 0);
        for node in nodes() {
            let (from, to) = (node.edges.0 as usize, node.edges.1 as usize);
            let edges = lexicon.edges.get(from..to).unwrap_or_default();
            leaps |= edges.last().is_some_and(|edge| edge.0 == GAP);
            awaits |= edges.iter().fold(0, |bits, edge| bits | bit(edge.0));
        }
        let bits = symbols.iter().fold(0, |bits, symbol| bits | bit(*symbol));
        let is_ordinary = |symbol: &u32| self.ordinary.get(*symbol as usize) == Some(&true);
        let ordinary = symbols.iter().any(is_ordinary);
        let mut senses = nodes().flat_map(|node| {
            let (first, last) = (node.senses.0 as usize, node.senses.1 as usize);
            lexicon.senses.get(first..last).unwrap_or_default().iter().copied()
        });
        let (means, sense) = senses.next().map_or((false, Sense::One), |sense| (true, sense));
        let more = lexicon.own.len() as u32;
        // As many senses as a form has are few.
        lexicon.own.extend(senses.take(usize::from(u16::MAX)));
        let count = (lexicon.own.len() as u32 - more) as u16;
        let entry = FormEntry { bits, awaits, sense, more, count, means, leaps, ordinary };
        lexicon.entries.push(entry);
    }
}

/// Returns the first letters of all words that are numbers or scale them.
fn number_starts(lexicon: &Lexicon) -> Vec<[u8; 2]> {
    let counts = |form: u32| {
        lexicon.own_senses(form).any(|sense| {
            matches!(
                sense,
                Sense::Number(_) | Sense::Scale(_) | Sense::After(_) | Sense::Fraction(_)
            )
        })
    };
    let counting = lexicon.forms.iter().filter(|(form, _)| counts(*form));
    let mut starts: Vec<[u8; 2]> =
        counting.filter_map(|(_, word)| word.as_bytes().first_chunk().copied()).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests {
    use crate::{
        base::{action::ActionType, lang::Lang},
        pack::{compile::Pack, sense::Sense, tables::Tables, world::World},
    };

    #[test]
    fn a_word_of_a_phrase_means_what_it_is_a_form_of() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::Ko, &Tables::default(), &world.currencies).unwrap();
        let lexicon = &pack.lexicon;
        let is_fine = |sense| matches!(sense, Sense::Trigger(ActionType::Fine, _));
        for word in ["과징금", "과징금이", "과징금을"] {
            assert!(lexicon.is_listed(word), "{word} stands in phrases");
            assert!(lexicon.sense_of(&lexicon.shape().fold(word), is_fine).is_some(), "{word}");
        }
    }
}

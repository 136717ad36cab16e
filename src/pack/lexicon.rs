//! The words of one language as a trie over tokens: one look-up a token, whatever their number.
//!
//! A folded word is a *form*. A form stands for one or more *symbols*: itself, and each `word~x`
//! that expands to it. Phrases are paths of symbols; a node carries the senses that end there.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::sense::Sense;
use crate::base::{
    fold::fold_into,
    token::{Kind, Token, tokenize},
};

/// A phrase found in a text: tokens `first..last` and what they mean.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// What the phrase means.
    pub sense: Sense,
}

/// How word forms of a language are cut and unified; shared by building and reading.
#[derive(Debug, Default)]
pub struct Shape {
    letters: FxHashMap<char, Box<str>>,
    suffixes: Vec<Box<str>>,
    prefixes: Vec<Box<str>>,
    endings: BTreeMap<String, Vec<String>>,
}

impl Shape {
    /// Takes what a pack declares.
    pub fn new(
        letters: &BTreeMap<String, String>,
        suffixes: &[String],
        prefixes: &[String],
        endings: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        let letters = letters
            .iter()
            .filter_map(|(from, to)| Some((from.chars().next()?, to.as_str().into())))
            .collect();
        let mut shape = Self { letters, endings: endings.clone(), ..Self::default() };
        let by_length = |list: &[String], shape: &Self| {
            let mut folded: Vec<Box<str>> = list.iter().map(|s| shape.fold(s).into()).collect();
            folded.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            folded
        };
        shape.suffixes = by_length(suffixes, &shape);
        shape.prefixes = by_length(prefixes, &shape);
        shape
    }

    /// Returns a folded word without the particle that is written as one with it.
    pub fn without_prefix<'w>(&self, folded: &'w str) -> Option<&'w str> {
        self.prefixes.iter().find_map(|prefix| folded.strip_prefix(&**prefix))
    }

    /// Returns the folded form of a word of this language.
    pub fn fold(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        self.fold_into(word, &mut out);
        out
    }

    /// Appends the folded form of a word of this language.
    pub fn fold_into(&self, word: &str, out: &mut String) {
        if self.letters.is_empty() || word.is_ascii() {
            return fold_into(word, out);
        }
        let start = out.len();
        fold_into(word, out);
        let folded = out.split_off(start);
        for c in folded.chars() {
            match self.letters.get(&c) {
                Some(other) => out.push_str(other),
                None => out.push(c),
            }
        }
    }
}

/// The compiled words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    shape: Shape,
    forms: FxHashMap<Box<str>, u32>,
    /// Symbols of each form.
    symbols: Vec<Vec<u32>>,
    symbol_ids: FxHashMap<Box<str>, u32>,
    /// Endings of compounds: folded head -> its symbols.
    heads: FxHashMap<Box<str>, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    senses: Vec<Vec<Sense>>,
    /// Whether any phrase starts with this symbol.
    starts: Vec<bool>,
}

impl Lexicon {
    /// Makes a lexicon without words.
    pub fn new(shape: Shape) -> Self {
        Self { shape, senses: vec![Vec::new()], ..Self::default() }
    }

    /// Returns how this language's words are folded.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Adds a word or phrase as pack files write it.
    ///
    /// Returns the class of endings that the pack lacks, if the word names one.
    pub fn add(&mut self, phrase: &str, sense: Sense) -> Result<(), String> {
        let mut node = 0;
        let mut tokens = Vec::new();
        let (head, phrase) = match phrase.strip_prefix('-') {
            Some(rest) if rest.chars().next().is_some_and(char::is_alphabetic) => (true, rest),
            _ => (false, phrase),
        };
        let mut first = true;
        for piece in phrase.split_whitespace() {
            tokens.clear();
            let (word, class) = match piece.split_once('~') {
                Some((word, class)) => (word, Some(class)),
                None => (piece, None),
            };
            tokenize(word, &mut tokens);
            let count = tokens.len();
            for (index, token) in tokens.iter().enumerate() {
                let form = self.shape.fold(token.span.of(word));
                let symbol = match class {
                    Some(class) if index + 1 == count => {
                        self.inflected(&form, class, head && first)?
                    }
                    _ => self.plain(&form, head && first),
                };
                if node == 0 {
                    self.mark_start(symbol);
                }
                node = self.edge(node, symbol);
                first = false;
            }
        }
        if node != 0 && !self.senses[node as usize].contains(&sense) {
            self.senses[node as usize].push(sense);
        }
        Ok(())
    }

    fn mark_start(&mut self, symbol: u32) {
        if self.starts.len() <= symbol as usize {
            self.starts.resize(symbol as usize + 1, false);
        }
        self.starts[symbol as usize] = true;
    }

    fn edge(&mut self, node: u32, symbol: u32) -> u32 {
        let next = self.senses.len() as u32;
        let found = *self.edges.entry((node, symbol)).or_insert(next);
        if found == next {
            self.senses.push(Vec::new());
        }
        found
    }

    fn symbol(&mut self, name: &str) -> (u32, bool) {
        if let Some(&id) = self.symbol_ids.get(name) {
            return (id, false);
        }
        let id = self.symbol_ids.len() as u32;
        self.symbol_ids.insert(name.into(), id);
        (id, true)
    }

    fn plain(&mut self, form: &str, head: bool) -> u32 {
        let (symbol, new) = self.symbol(&format!("{}{form}", if head { "-" } else { "" }));
        if new {
            self.bind(form, symbol, head);
        }
        symbol
    }

    fn inflected(&mut self, stem: &str, class: &str, head: bool) -> Result<u32, String> {
        let name = format!("{}{stem}~{class}", if head { "-" } else { "" });
        let (symbol, new) = self.symbol(&name);
        if new {
            let endings = self.shape.endings.get(class).cloned().ok_or_else(|| class.to_owned())?;
            for ending in endings {
                let form = format!("{stem}{}", self.shape.fold(&ending));
                self.bind(&form, symbol, head);
            }
        }
        Ok(symbol)
    }

    fn bind(&mut self, form: &str, symbol: u32, head: bool) {
        let next = self.symbols.len() as u32;
        let id = *self.forms.entry(form.into()).or_insert(next);
        if id == next {
            self.symbols.push(Vec::new());
        }
        if head {
            self.heads.insert(form.into(), id);
        }
        self.symbols[id as usize].push(symbol);
    }

    /// Sets the form of every word token that the lexicon knows.
    pub fn read(&self, text: &str, tokens: &mut [Token], buffer: &mut String) {
        for token in tokens.iter_mut() {
            if token.kind == Kind::Break {
                continue;
            }
            buffer.clear();
            self.shape.fold_into(token.span.of(text), buffer);
            token.form = match self.forms.get(buffer.as_str()) {
                Some(&form) => form,
                None if token.kind == Kind::Word => self.derived(buffer).unwrap_or(Token::UNKNOWN),
                None => Token::UNKNOWN,
            };
        }
    }

    /// Cuts a word that is scales and a currency written as one ("억원", "miljoonaeuroa").
    ///
    /// Returns the byte ends of its pieces, each with its form.
    pub fn unit_pieces(&self, word: &str) -> Option<Vec<(usize, u32)>> {
        let mut pieces = Vec::new();
        self.cut_units(word, 0, &mut pieces).then_some(pieces)
    }

    fn cut_units(&self, word: &str, from: usize, pieces: &mut Vec<(usize, u32)>) -> bool {
        let Some(rest) = word.get(from..) else { return false };
        if rest.is_empty() {
            return pieces.len() > 1;
        }
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
        for end in ends.into_iter().rev() {
            let Some(piece) = rest.get(..end) else { continue };
            let folded = self.shape.fold(piece);
            let whole = from + end == word.len();
            let form = self
                .forms
                .get(folded.as_str())
                .copied()
                .or_else(|| whole.then(|| self.stripped(&folded))?);
            let Some(form) = form.filter(|&f| self.is_unit(f, whole)) else { continue };
            pieces.push((from + end, form));
            if self.cut_units(word, from + end, pieces) {
                return true;
            }
            pieces.pop();
        }
        false
    }

    fn is_unit(&self, form: u32, last: bool) -> bool {
        self.symbols[form as usize].iter().any(|&symbol| {
            self.edges.get(&(0, symbol)).is_some_and(|&node| {
                self.senses[node as usize].iter().any(|sense| match sense {
                    Sense::Scale(_) => true,
                    Sense::Currency(_) | Sense::Family(_) => last,
                    _ => false,
                })
            })
        })
    }

    /// Undoes what agglutination and compounding put on a listed form.
    fn derived(&self, word: &str) -> Option<u32> {
        if let Some(form) = self.stripped(word) {
            return Some(form);
        }
        for prefix in &self.shape.prefixes {
            let Some(rest) = word.strip_prefix(&**prefix).filter(|r| r.chars().count() >= 2) else {
                continue;
            };
            if let Some(form) = self.forms.get(rest).copied().or_else(|| self.stripped(rest)) {
                return Some(form);
            }
        }
        self.head(word)
    }

    fn stripped(&self, word: &str) -> Option<u32> {
        self.shape.suffixes.iter().find_map(|suffix| {
            let stem = word.strip_suffix(&**suffix)?;
            if stem.chars().take(2).count() < 2 {
                return None;
            }
            self.forms.get(stem).copied()
        })
    }

    fn head(&self, word: &str) -> Option<u32> {
        if self.heads.is_empty() || word.len() < 7 {
            return None;
        }
        word.char_indices().skip(2).find_map(|(at, _)| {
            let rest = word.get(at..)?;
            if rest.len() < 4 {
                return None;
            }
            self.heads.get(rest).copied().or_else(|| {
                self.shape
                    .suffixes
                    .iter()
                    .find_map(|s| self.heads.get(rest.strip_suffix(&**s)?).copied())
            })
        })
    }

    /// Returns whether a folded word stands for a sense that `wanted` accepts, all by itself.
    pub fn sense_of(&self, folded: &str, mut wanted: impl FnMut(Sense) -> bool) -> Option<Sense> {
        let form = *self.forms.get(folded)?;
        self.symbols[form as usize].iter().find_map(|&symbol| {
            let node = *self.edges.get(&(0, symbol))?;
            self.senses[node as usize].iter().copied().find(|&s| wanted(s))
        })
    }

    /// Appends every phrase that starts at token `first`.
    pub fn hits(&self, tokens: &[Token], first: usize, hits: &mut Vec<Hit>) {
        self.walk(tokens, first, first, 0, hits);
    }

    fn walk(&self, tokens: &[Token], first: usize, at: usize, node: u32, hits: &mut Vec<Hit>) {
        let Some(token) = tokens.get(at).filter(|t| t.form != Token::UNKNOWN) else { return };
        for &symbol in &self.symbols[token.form as usize] {
            if node == 0 && !self.starts.get(symbol as usize).copied().unwrap_or(false) {
                continue;
            }
            let Some(&next) = self.edges.get(&(node, symbol)) else { continue };
            for &sense in &self.senses[next as usize] {
                hits.push(Hit { first: first as u32, last: at as u32 + 1, sense });
            }
            self.walk(tokens, first, at + 1, next, hits);
        }
    }

    /// Returns the number of distinct word forms.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Returns whether the lexicon has no words.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

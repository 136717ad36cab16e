//! How the words of a language are made alike before they are looked up: letters that stand for
//! others, endings and particles that are written as one with a word.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::endings::Endings;
use crate::base::fold::fold_into;

/// How word forms of a language are cut and unified; shared by building and reading.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    letters: FxHashMap<char, Box<str>>,
    pub(super) suffixes: Endings,
    pub(super) prefixes: Vec<Box<str>>,
    /// Class of endings -> its endings, folded.
    endings: BTreeMap<String, Vec<Box<str>>>,
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
        let mut shape = Self { letters, ..Self::default() };
        shape.suffixes = Endings::new(suffixes.iter().map(|suffix| shape.fold(suffix)));
        let mut folded: Vec<String> = prefixes.iter().map(|prefix| shape.fold(prefix)).collect();
        folded.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        shape.prefixes = folded.into_iter().map(Into::into).collect();
        shape.endings = endings
            .iter()
            .map(|(class, list)| {
                (class.clone(), list.iter().map(|ending| shape.fold(ending).into()).collect())
            })
            .collect();
        shape
    }

    /// Returns the folded endings of a class, if the pack has it.
    pub(super) fn endings(&self, class: &str) -> Option<&[Box<str>]> {
        self.endings.get(class).map(Vec::as_slice)
    }

    /// Returns whether words carry endings on top of listed forms.
    pub fn agglutinates(&self) -> bool {
        !self.suffixes.is_empty()
    }

    /// Returns whether `c` is read as another letter.
    pub fn maps(&self, c: char) -> bool {
        self.letters.contains_key(&c)
    }

    /// Returns a folded word without the particle that is written as one with it.
    pub fn without_prefix<'w>(&self, folded: &'w str) -> Option<&'w str> {
        self.rests(folded).next()
    }

    /// Returns what may be left of a word without a particle that is written as one with it.
    pub fn rests<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        self.prefixes.iter().filter_map(move |prefix| word.strip_prefix(&**prefix))
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
        if !out
            .get(start..)
            .is_some_and(|folded| folded.contains(|c| self.letters.contains_key(&c)))
        {
            return;
        }
        let folded = out.split_off(start);
        for c in folded.chars() {
            match self.letters.get(&c) {
                Some(other) => out.push_str(other),
                None => out.push(c),
            }
        }
    }
}

//! Nouns for those whom an article describes and does not name, without the case that the sentence puts them
//! in: "pekárně" is "pekárna".
//!
//! Undone: an oblique case of one, where the pack lists its ending and just one ending of the nominative makes
//! a noun of it whose declension the pack has (`pekárn~f`). Left: what may be the nominative of several.

use std::collections::BTreeMap;

use super::{
    schema::{Names, Words},
    shape::Shape,
};

/// The nouns of a language and the endings of their cases.
#[derive(Debug, Default)]
pub struct Nouns {
    /// Endings of oblique cases, longest first, each with those of the nominatives that it may stand for.
    cases: Vec<(String, Vec<String>)>,
    /// Folded nominatives, in order.
    nominatives: Vec<Box<str>>,
}

impl Nouns {
    /// Takes the nouns of a pack that are listed with a class of endings: its first is the nominative's.
    pub(super) fn new(names: &Names, cases: BTreeMap<String, Words>, shape: &Shape) -> Self {
        if cases.is_empty() {
            return Self::default();
        }
        let mut cases: Vec<(String, Vec<String>)> = cases.into_iter().collect();
        cases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        let lists = [&names.firms, &names.holders, &names.companies, &names.company_marks];
        let nominative = |word: &String| {
            let (stem, class) = word.trim_start_matches('-').split_once('~')?;
            let ending = shape.endings(class)?.first()?;
            let is_word = stem.chars().all(|c| c.is_alphabetic() || c == '-');
            is_word.then(|| format!("{}{ending}", shape.fold(stem)).into())
        };
        let mut nominatives: Vec<Box<str>> =
            lists.into_iter().flatten().filter_map(nominative).collect();
        nominatives.sort_unstable();
        nominatives.dedup();
        Self { cases, nominatives }
    }

    /// Returns the nominative of a noun in an oblique case, if that is beyond doubt.
    pub fn nominative(&self, word: &str, shape: &Shape) -> Option<String> {
        if self.cases.is_empty() || self.is_nominative(&shape.fold(word)) {
            return None;
        }
        let made = |(ending, nominatives): &(String, Vec<String>)| {
            let stem = word.strip_suffix(ending.as_str())?;
            let all = nominatives.iter().map(|nominative| format!("{stem}{nominative}"));
            let mut listed = all.filter(|noun| self.is_nominative(&shape.fold(noun)));
            let noun = listed.next()?;
            listed.next().is_none().then_some(noun)
        };
        self.cases.iter().find_map(made)
    }

    fn is_nominative(&self, folded: &str) -> bool {
        self.nominatives.binary_search_by(|noun| (**noun).cmp(folded)).is_ok()
    }
}

//! Which words of the names are forms of one another, by the case endings of a language.

use rustc_hash::FxHashMap;

use super::Gazetteer;
use crate::pack::{compile::Pack, interned::Interned};

/// Which words of the names are forms of one another in a language.
#[derive(Debug, Default)]
pub(super) struct Inflected {
    /// Stems, and for each the word that stands for all with it: one that names of the language start with, else
    /// one that names of all do, else of others, if there is any.
    stems: Interned,
    standing: Vec<u32>,
    /// For each word, the one that stands for its stem.
    pub(super) own: Vec<u32>,
    /// Irregular forms -> the word that stands for the stem of what they are forms of.
    irregular: FxHashMap<u32, u32>,
}

impl Inflected {
    /// Works out how a language inflects the words of the names.
    pub(super) fn of(names: &Gazetteer, pack: &Pack) -> Self {
        let words: Vec<&str> = names.words.iter().map(|(_, word)| word).collect();
        let mut forms = Self { own: (0..words.len() as u32).collect(), ..Self::default() };
        let numbered = || (0..).zip(words.iter().copied());
        let told = names.told_in(pack.lang);
        let rank = |id: u32| {
            names.root(id).and_then(|root| told.get(root as usize)).map_or(3, |rank| *rank)
        };
        let mut ordered: Vec<(u32, &str)> = numbered().collect();
        ordered.sort_by_cached_key(|(id, _)| rank(*id));
        for (id, word) in ordered {
            // An acronym keeps all its letters: "Meta" is no METI, "UOKiKu" is UOKiK.
            let key = if names.is_acronym(id) { word } else { stem(pack, word).unwrap_or(word) };
            let number = forms.stems.add(key) as usize;
            if number == forms.standing.len() {
                forms.standing.push(id);
            }
            if let (Some(own), Some(stands)) =
                (forms.own.get_mut(id as usize), forms.standing.get(number))
            {
                *own = *stands;
            }
        }
        for (id, word) in numbered() {
            let base = pack.variants.get(word).and_then(|base| names.words.get(base));
            if let Some(own) = base.and_then(|base| forms.own.get(base as usize)) {
                forms.irregular.insert(id, *own);
            }
        }
        forms.stems.shrink_to_fit();
        forms.standing.shrink_to_fit();
        forms
    }

    /// Returns the word that stands for all with a stem.
    pub(super) fn standing(&self, stem: &str) -> Option<u32> {
        self.standing.get(self.stems.get(stem)? as usize).copied()
    }

    /// Returns the words that stand for what a word may be a form of.
    pub(super) fn bases(&self, word: u32) -> impl Iterator<Item = u32> {
        let own = self.own.get(word as usize).copied();
        own.into_iter().chain(self.irregular.get(&word).copied())
    }
}

/// Shortest stem that a case ending leaves.
const STEM: usize = 3;

/// Returns the word without its longest case ending, if enough is left.
pub(super) fn stem<'w>(pack: &Pack, word: &'w str) -> Option<&'w str> {
    pack.name_endings.stems(word).find(|stem| stem.chars().take(STEM).count() == STEM)
}

//! Chains of names: which forms are one name, and which of them stands for all.
//!
//! A short form joins the long one, an inflected form the others, a longer name of the same family
//! ("Exempla Bank", "Exempla Insurance") stays apart.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::token::Kind,
    extract::entities::Label,
    pack::{compile::Pack, legal::without_joined, sense::Sense},
    text::document::Document,
};

use super::{agree::opening, entities::SettledName};

/// Returns the words of a name that tell it from others.
pub(super) fn chain_key(document: &Document, range: &std::ops::Range<usize>) -> Vec<String> {
    let word = |&at: &usize| {
        matches!(document.kind(at), Kind::Word | Kind::Number | Kind::Ideograph)
            && !document.word(at).starts_with(['\'', '’'])
    };
    let is_legal = |at: usize| document.tokens.get(at).is_some_and(|token| token.legal);
    let has_more = range.clone().filter(word).any(|at| !is_legal(at));
    let kept = range.clone().filter(word).filter(|&at| !has_more || !is_legal(at));
    let fold = |word: &str| document.pack.lexicon.shape().fold(word);
    kept.map(|at| {
        let word = document.word(at);
        let opens = at == range.start && range.len() > 1;
        let nominative = if opens { opening(document.pack, word) } else { None };
        nominative.map_or_else(|| fold(word), |word| fold(&word))
    })
    .collect()
}

/// Names of one root that are kept apart; an article of more is a list, not news.
const MOST_NAMES: usize = 60;

/// Forms of one name that are kept.
const MOST_FORMS: usize = 8;

/// Letters that the forms of one word share.
const STEM: usize = 4;

/// Returns whether two words are forms of one: equal, or equal but for their case endings.
fn is_form(pack: &Pack, a: &str, b: &str) -> bool {
    if a == b || pack.name_endings.is_empty() {
        return a == b;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    let (letters, bytes) = shared.fold((0, 0), |(n, len), (c, _)| (n + 1, len + c.len_utf8()));
    let ends = |word: &str| {
        let rest = word.get(bytes..).unwrap_or_default();
        rest.is_empty() || pack.name_endings.has(rest)
    };
    letters >= STEM && ends(a) && ends(b)
}

/// Returns whether a word is one in katakana, which tells a daughter from its parent.
fn is_kana(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{30A1}'..='\u{30FF}')) && word.chars().nth(2).is_some()
}

/// Returns whether a name has no small letter.
fn is_shout(name: &str) -> bool {
    name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Returns what the forms of a word have in common: its first letters where it has cases.
fn root<'w>(pack: &Pack, word: &'w str) -> &'w str {
    let end = word.char_indices().nth(STEM).map(|(at, _)| at);
    end.filter(|_| !pack.name_endings.is_empty()).and_then(|at| word.get(..at)).unwrap_or(word)
}

/// Returns whether a name stands behind the noun or the legal form of who bears it, with quotation marks or
/// without: case endings are the noun's, and the name is as it is called ("tvrtki Exempla", ООО «Экземпла»).
fn is_apposed(document: &Document, name: &SettledName) -> bool {
    if document.pack.name_endings.is_empty() {
        return false;
    }
    let is_mark = |at: usize| matches!(document.word(at), "«" | "„" | "“" | "\"");
    let before = name.first.checked_sub(1).filter(|at| is_mark(*at));
    let start = before.unwrap_or(name.first);
    let is_legal = |at: usize| document.tokens.get(at).is_some_and(|token| token.legal);
    let is_noun = |sense| matches!(sense, Sense::CompanyMark | Sense::Company);
    // "Exempla Kft.-re": the form takes the ending.
    let is_tied = |end: usize| {
        let stop = |at: usize| is_legal(at) || document.word(at) == ".";
        end > name.first + 3
            && matches!(document.word(end - 2), "-" | ":")
            && document.pack.name_endings.has(document.word(end - 1))
            && stop(end - 3)
    };
    let opens = name.last > name.first + 1 && is_legal(name.first);
    opens
        || is_tied(name.last)
        || is_tied(name.last + 2)
        || start.checked_sub(1).is_some_and(is_legal)
        || document.hits_before(start).any(|hit| is_noun(hit.sense)) && has_case(document, start)
}

/// Returns whether the noun that ends before a token has the case, and not the name behind it: "hoivayhtiölle
/// Exempla", but "hoivayhtiö Exemplalle".
fn has_case(document: &Document, end: usize) -> bool {
    let noun = document.word(end.saturating_sub(1));
    let cases = document.pack.apposed_cases.as_ref();
    cases.is_none_or(|cases| cases.iter().any(|ending| noun.ends_with(ending.as_str())))
}

/// Returns whether a name stands with a legal form that is written as one with it.
fn is_formal(document: &Document, name: &SettledName) -> bool {
    let words = document.span(&(name.first..name.last)).of(document.text);
    without_joined(words).len() < words.len()
}

/// The words of a name that was read before, and its chain.
type Known = (Rc<[String]>, usize);

/// Chains of names, by their words.
#[derive(Default)]
pub(super) struct Chains {
    keys: FxHashMap<String, usize>,
    /// Root of the first word -> chains of names that start so.
    firsts: FxHashMap<String, Vec<Known>>,
    best: Vec<String>,
    /// Chains whose best form was told with a legal form that is written as one with it.
    formal: FxHashSet<usize>,
    /// Chains whose best form stands in apposition, and so in the nominative.
    apposed: FxHashSet<usize>,
    /// Chain -> the forms that it was told in, where the language has cases.
    forms: FxHashMap<usize, Vec<String>>,
    /// Chain -> the words of its longest name.
    longest: FxHashMap<usize, Vec<String>>,
}

/// Words that make a company's name one of its products', a line each.
const PRODUCTS: &str = include_str!("products.txt");

/// Returns whether a name is another with a product's behind it: "Google Play" of "Google".
fn is_product_of(name: &str, company: &str) -> bool {
    let rest = name.strip_prefix(company).and_then(|rest| rest.strip_prefix(' '));
    !company.is_empty()
        && rest.is_some_and(|rest| {
            rest.split(' ').all(|word| PRODUCTS.lines().any(|product| product == word))
        })
}

/// Returns whether one form of a name tells more than another, and is no product's: it has more words, or as many and the
/// form without a case ending, where the language has them.
fn is_fuller(pack: &Pack, name: &str, than: &str) -> bool {
    let size = |name: &str| (name.split_whitespace().count(), name.chars().count());
    let ((words, letters), (known, most)) = (size(name), size(than));
    let better = if pack.name_endings.is_empty() {
        letters > most
    } else {
        letters < most && letters >= STEM
    };
    let tells = than.is_empty() || words > known || (words == known && better);
    (tells && !is_product_of(name, than)) || is_product_of(than, name)
}

impl Chains {
    /// Returns the chain of a known thing. Chains count from 1.
    pub(super) fn of_key(&mut self, key: &str) -> usize {
        if let Some(&chain) = self.keys.get(key) {
            return chain;
        }
        self.best.push(String::new());
        let chain = self.best.len();
        self.keys.insert(key.to_owned(), chain);
        chain
    }

    /// Counts a mention of a chain among its forms, and makes it the best if it is.
    fn tell(&mut self, document: &Document, name: &SettledName, chain: usize) {
        let (pack, surface) = (document.pack, name.name.as_str());
        if !pack.name_endings.is_empty() {
            let forms = self.forms.entry(chain).or_default();
            if forms.len() < MOST_FORMS && !forms.iter().any(|form| form == surface) {
                forms.push(surface.to_owned());
            }
        }
        // Told again in apposition, the same form is a nominative beyond doubt.
        if self.best(chain) == Some(surface) && is_apposed(document, name) {
            self.apposed.insert(chain);
        }
        if let Some(best) = self.best.get_mut(chain - 1)
            && surface != best.as_str()
            && (!is_shout(surface) || best.is_empty())
        {
            let count = |name: &str| name.split_whitespace().count();
            // "EXEMPLA AG" of a headline goes by "Exempla AG".
            let is_shouted = is_shout(best) && best.to_lowercase() == surface.to_lowercase();
            let apposed = is_apposed(document, name);
            let known = self.apposed.contains(&chain);
            // "長生生物科技有限公司" is told once, and goes by "長生" from there on.
            let formal = is_formal(document, name);
            let was_formal = self.formal.contains(&chain);
            let is_better = if formal == was_formal || best.is_empty() {
                is_fuller(pack, surface, best) && !(known && count(surface) <= count(best))
            } else {
                was_formal
            };
            if is_better || is_shouted || apposed && !known && count(surface) == count(best) {
                surface.clone_into(best);
                for (chains, holds) in [(&mut self.formal, formal), (&mut self.apposed, apposed)] {
                    if holds {
                        chains.insert(chain);
                    } else {
                        chains.remove(&chain);
                    }
                }
            }
        }
    }

    /// Returns the chain that a name joins: of the same words, or of a longer or shorter form of it.
    pub(super) fn join(
        &mut self,
        document: &Document,
        words: &[String],
        name: &SettledName,
    ) -> usize {
        let pack = document.pack;
        let label = name.label;
        let Some(first) = words.first() else { return 0 };
        let last = words.last().unwrap_or(first);
        let is = |a: Option<&String>, b: Option<&String>| {
            a.zip(b).is_some_and(|(a, b)| is_form(pack, a, b))
        };
        let same = |other: &[String]| {
            let (short, long) =
                if words.len() <= other.len() { (words, other) } else { (other, words) };
            let tail = long.get(long.len() - short.len()..).unwrap_or_default();
            // "TVN" is no short form of "TVN24", nor "中部電力" of "中部電力ミライズ".
            let number = long.get(short.len()).is_some_and(|word| is_number(word) || is_kana(word));
            (!number && short.iter().zip(long).all(|(a, b)| is_form(pack, a, b)))
                || (short.len() >= 2
                    && short.iter().all(|word| word.chars().nth(1).is_some())
                    && short.iter().zip(tail).all(|(a, b)| is_form(pack, a, b)))
                || (label == Label::Per && short.len() == 1 && is(long.last(), short.last()))
        };
        let known = [first, last]
            .into_iter()
            .filter_map(|word| self.firsts.get(root(pack, word)))
            .flatten()
            .filter(|(other, _)| same(other))
            // "Exempla" alone ties "Exempla Bank" to no "Exempla Insurance".
            .find(|(_, chain)| self.longest.get(chain).is_none_or(|longest| same(longest)))
            .map(|(_, chain)| *chain);
        let chain = known.unwrap_or_else(|| {
            self.best.push(String::new());
            self.best.len()
        });
        let longest = self.longest.entry(chain).or_default();
        if words.len() > longest.len() {
            *longest = words.to_vec();
        }
        // A name is found again by its first word, its last, and the last but one.
        let last_but_one = words.len().checked_sub(2).and_then(|at| words.get(at));
        let mut shared: Option<Rc<[String]>> = None;
        for word in [Some(first), Some(last), last_but_one].into_iter().flatten() {
            let root = root(pack, word);
            if !self.firsts.contains_key(root) {
                self.firsts.insert(root.to_owned(), Vec::new());
            }
            let Some(list) = self.firsts.get_mut(root) else { continue };
            let is_there = |(other, of): &Known| *of == chain && **other == *words;
            if list.len() < MOST_NAMES && !list.iter().any(is_there) {
                list.push((Rc::clone(shared.get_or_insert_with(|| words.into())), chain));
            }
        }
        self.tell(document, name, chain);
        chain
    }

    /// Returns whether the best form of a chain is a nominative beyond doubt.
    pub(super) fn is_apposed(&self, chain: usize) -> bool {
        self.apposed.contains(&chain)
    }

    /// Returns the forms that a chain was told in.
    pub(super) fn forms(&self, chain: usize) -> &[String] {
        self.forms.get(&chain).map_or(&[], Vec::as_slice)
    }

    pub(super) fn best(&self, chain: usize) -> Option<&str> {
        self.best.get(chain.checked_sub(1)?).map(String::as_str).filter(|s| !s.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{tables::Tables, world::World},
    };

    #[test]
    fn a_company_is_called_by_its_own_name_and_not_by_its_products() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::En, &Tables::default(), &world.currencies).unwrap();
        assert!(is_fuller(&pack, "Clearview AI", "Clearview"));
        assert!(!is_fuller(&pack, "Google Play", "Google"));
        assert!(is_fuller(&pack, "Google", "Google Play"));
        assert!(is_fuller(&pack, "Google Play", ""));
    }
}

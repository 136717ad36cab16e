//! Names of those acted upon, made comparable.
//!
//! Reads `actions.target`. Case, accents, script, legal forms and punctuation do not count; words
//! of trade or place ("Bank", "Group", "France") count only where nothing else is there. Refused:
//! guesses by spelling alone. Two different words are two names, however near.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    sync::Arc,
};

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use xxhash_rust::xxh3::Xxh3Default;

use crate::{
    base::fold::fold,
    merge::{
        key,
        words::{GRAMMAR, JOINED_WORDS, LEADING_FORMS, LEGAL_FORMS, PLACES, SAME, TRADES},
    },
    pack::legal::JOINED_FORMS,
};

/// A name reduced to what tells it from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// The words without legal forms.
    words: Vec<String>,
    /// The words that are not generic; empty if every one is.
    core: Vec<String>,
}

impl Name {
    /// Returns the key that the name is looked up by: names that agree have the same.
    pub(super) fn head(&self) -> String {
        // Where nothing but generic words is there, only all of them tell the name from another.
        self.core.first().cloned().unwrap_or_else(|| self.words.join(" "))
    }

    /// Returns how well two names agree: 2 the same, 1 the one a short form of the other.
    pub(super) fn agreement(&self, other: &Self) -> Option<u8> {
        agreement(self.words == other.words, &self.core, &other.core)
    }

    /// Returns how many words the name has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// The names of a target, in alphabetical order.
#[derive(Debug, Default)]
pub(super) struct Target {
    /// Hash of the names: spellings that come to the same names have the same.
    pub(super) id: u64,
    names: Box<[Name]>,
}

impl Target {
    fn of(names: Vec<Name>) -> Self {
        let mut hasher = Xxh3Default::new();
        for name in &names {
            // No word has a control character, so these keep words, lists and names apart.
            for (words, end) in [(&name.words, 1), (&name.core, 2)] {
                for word in words {
                    hasher.update(word.as_bytes());
                    hasher.update(&[0]);
                }
                hasher.update(&[end]);
            }
        }
        let id = if names.is_empty() { 0 } else { hasher.digest().max(1) };
        Self { id, names: names.into() }
    }
}

impl Deref for Target {
    type Target = [Name];

    fn deref(&self) -> &[Name] {
        &self.names
    }
}

/// A name as numbers, that compares as the name does.
#[derive(Clone, Debug)]
pub(super) struct Label {
    words: u64,
    /// The key that the name is looked up by.
    pub(super) head: u64,
    core: Box<[u64]>,
}

impl Label {
    fn of(name: &Name) -> Self {
        let core = name.core.iter().map(|word| key::text(Some(word))).collect();
        let words = key::text(Some(&name.words.join("\0")));
        Self { words, head: key::text(Some(&name.head())), core }
    }

    /// Returns how well two names agree: 2 the same, 1 the one a short form of the other.
    pub(super) fn agreement(&self, other: &Self) -> Option<u8> {
        agreement(self.words == other.words, &self.core, &other.core)
    }
}

/// The names of all targets of a run, by the hash of each target's names.
#[derive(Debug, Default)]
pub struct Labels(FxHashMap<u64, Box<[Label]>>);

impl Labels {
    /// Adds the names that others found.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub(super) fn add(&mut self, target: &Target) {
        if target.id != 0 {
            let labels = || target.iter().map(Label::of).collect();
            self.0.entry(target.id).or_insert_with(labels);
        }
    }

    pub(super) fn get(&self, target: u64) -> &[Label] {
        self.0.get(&target).map(|labels| &**labels).unwrap_or_default()
    }
}

/// Targets and authorities whose folded names are kept.
const MOST_KNOWN: usize = 1 << 15;

/// Makes names comparable; knows which words do not count.
pub(super) struct Names {
    forms: BTreeSet<String>,
    leading: BTreeSet<String>,
    generic: BTreeSet<String>,
    same: BTreeMap<String, String>,
    /// Targets that were read before: the same few companies stand in many articles.
    known: RefCell<FxHashMap<String, Arc<Target>>>,
    /// Authorities that were read before.
    bodies: RefCell<FxHashMap<String, u64>>,
}

impl Names {
    pub(super) fn new() -> Self {
        // The lists' words go through the same folding as the names.
        let words_of = |words: &'static str| words.split_whitespace().map(plain);
        let same = SAME.iter().flat_map(|(stands, others)| {
            others.split_whitespace().map(move |word| (plain(word), plain(stands)))
        });
        Self {
            forms: words_of(LEGAL_FORMS).collect(),
            leading: words_of(LEADING_FORMS).collect(),
            generic: [GRAMMAR, TRADES, PLACES].into_iter().flat_map(words_of).collect(),
            same: same.collect(),
            known: RefCell::default(),
            bodies: RefCell::default(),
        }
    }

    /// Returns the hash of an authority's folded name; 0 if nothing is left of it.
    pub(super) fn body(&self, name: &str) -> u64 {
        if let Some(body) = self.bodies.borrow().get(name) {
            return *body;
        }
        let plain = plain_name(name);
        let body = key::text(Some(plain.as_str()).filter(|plain| !plain.is_empty()));
        let mut bodies = self.bodies.borrow_mut();
        if bodies.len() >= MOST_KNOWN {
            bodies.clear();
        }
        bodies.insert(name.to_owned(), body);
        body
    }

    /// Returns the names of a target, which may list several, in alphabetical order.
    pub(super) fn of(&self, target: &str) -> Arc<Target> {
        if let Some(names) = self.known.borrow().get(target) {
            return Arc::clone(names);
        }
        let names = Arc::new(Target::of(self.read(target)));
        let mut known = self.known.borrow_mut();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(target.to_owned(), Arc::clone(&names));
        names
    }

    fn read(&self, target: &str) -> Vec<Name> {
        let mut names: Vec<Name> = target
            .split([',', ';', '、', '，', '،'])
            .map(words)
            // "Clearview AI, Inc.": a legal form is no second name.
            .filter(|words| !words.iter().all(|word| self.forms.contains(word)))
            .map(|words| self.name(words))
            .collect();
        if names.is_empty() {
            let words = words(target);
            names.extend((!words.is_empty()).then(|| Name { core: words.clone(), words }));
        }
        names.sort();
        names.dedup();
        names
    }

    fn name(&self, mut words: Vec<String>) -> Name {
        while words.len() > 1 && words.last().is_some_and(|word| self.is_last_form(word, &words)) {
            words.pop();
        }
        let leading = words.iter().take_while(|word| self.leading.contains(*word)).count();
        words.drain(..leading.min(words.len().saturating_sub(1)));
        for word in &mut words {
            if let Some(stands) = self.same.get(word) {
                word.clone_from(stands);
            }
        }
        let core = words.iter().filter(|word| !self.generic.contains(*word)).cloned().collect();
        Name { words, core }
    }

    /// Returns whether the last word is a legal form, or the "z" of "sp. z o.o.".
    fn is_last_form(&self, word: &str, words: &[String]) -> bool {
        let before = words.len().checked_sub(2).and_then(|index| words.get(index));
        self.forms.contains(word) || (word == "z" && before.is_some_and(|word| word == "sp"))
    }
}

fn words(name: &str) -> Vec<String> {
    let mut name: String = name.nfkc().collect();
    let is_ascii = name.is_ascii();
    for form in JOINED_WORDS.iter().chain(JOINED_FORMS).filter(|_| !is_ascii) {
        if name.contains(form) {
            name = name.replace(form, " ");
        }
    }
    let mut words = Vec::new();
    for piece in name.split(|c: char| !is_of_word(c) && !is_joining(c)) {
        let parts: Vec<&str> = piece.split(is_joining).filter(|p| !p.is_empty()).collect();
        // "S.A.", "o.o.", "H&M": short parts are letters of one word.
        if parts.len() > 1 && parts.iter().all(|part| part.chars().count() <= 2) {
            words.push(plain(&parts.concat()));
        } else {
            words.extend(parts.into_iter().map(plain));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns `name` folded for comparing names of authorities.
pub(super) fn plain_name(name: &str) -> String {
    name.split(|c: char| !is_of_word(c)).map(plain).collect()
}

fn is_of_word(c: char) -> bool {
    // Some vowel marks of Indic writing are no letters, but stand inside words.
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_joining(c: char) -> bool {
    matches!(c, '.' | '\'' | '\u{2019}' | '\u{2018}' | '&')
}

/// Returns a word in plain lower case Latin letters where it has any.
fn plain(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    if word.is_ascii() {
        latin.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36F}');
        let bare: String = word.nfd().filter(|c| !is_accent(c)).nfc().collect();
        for c in fold(&bare).chars() {
            match transliterated(c) {
                Some(letters) => latin.push_str(letters),
                None => latin.push(c),
            }
        }
    }
    // Spellings of one sound: "Bär" and "Baer", "Яндекс" and "Yandex".
    for (long, short) in [("ae", "a"), ("oe", "o"), ("ue", "u"), ("ks", "x")] {
        if latin.contains(long) {
            latin = latin.replace(long, short);
        }
    }
    latin
}

/// Latin letters of the Cyrillic а to я, in the order of the alphabet.
const CYRILLIC: [&str; 32] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "h", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya",
];

/// Latin letters of the Greek α to ω.
const GREEK: [&str; 25] = [
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s",
    "t", "y", "f", "ch", "ps", "o",
];

fn transliterated(c: char) -> Option<&'static str> {
    let of = |table: &[&'static str], first: char| {
        table.get((c as usize).checked_sub(first as usize)?).copied()
    };
    Some(match c {
        'а'..='я' => return of(&CYRILLIC, 'а'),
        'α'..='ω' => return of(&GREEK, 'α'),
        'ø' | 'œ' => "o",
        'æ' => "a",
        'ł' => "l",
        'đ' | 'ð' | 'ђ' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ґ' => "g",
        'є' => "e",
        'і' => "i",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        _ => return None,
    })
}

/// Returns how well two names agree whose words are the same or not: 2 the same, 1 the core of the one
/// begins that of the other.
fn agreement<T: PartialEq>(same: bool, one: &[T], other: &[T]) -> Option<u8> {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let begins = || (!short.is_empty() && long.starts_with(short)).then_some(1);
    if same { Some(2) } else { begins() }
}

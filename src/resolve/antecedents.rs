//! Whom "the company" stands for: of those mentioned before, the likeliest, named or not.
//!
//! What speaks for each of them is counted as an article goes on: how far back and how often it was
//! mentioned, whether it stood where the one acted upon stands, in the headline, at the beginning of its
//! sentence, and whether it bears the noun that is asked for ("a bakery … the bakery"). What each of these is
//! worth is learnt from annotated articles (`finewire train --antecedents`); the weights are a text file of whole
//! thousandths.

use std::{ops::Range, sync::LazyLock};

use crate::{
    extract::entities::{BYSTANDER, Label},
    text::document::Document,
};

use super::entities::SettledName;

/// Those between whom a description chooses: the ones mentioned last.
const RECENT: usize = 16;

/// How many topics of a sentence are told.
const TOPICS: usize = 4;

/// Names before a mention among which one of its own sentence is looked for.
const BESIDE: usize = 6;

/// Words of a name among which a noun is looked for.
const WORDS: usize = 8;

/// What speaks for somebody: how many values each kind of sign has, and what weights call it.
const SIGNS: [(&str, usize); 10] = [
    ("distance+count", 8 * 5),
    ("recency+frequency", 5 * 4),
    ("headline+distance", 2 * 5),
    ("order", 5),
    ("acted-upon+distance", 3 * 5),
    ("begins+distance", 2 * 4),
    ("described+distance", 2 * 4),
    ("rule", RULES.len() + 1),
    ("label", 4),
    ("noun", 5),
];

/// Number of the label of those who are not named.
const UNNAMED: usize = 3;

/// Letters of a noun that another may end in: "Nudelhersteller", "Hersteller".
const HEAD: usize = 5;

/// Rules by which names are read, as far as they tell something here; all others count alike.
const RULES: [&str; 14] = [
    "entity.tagger",
    "entity.listed",
    "entity.capitals",
    "entity.repeated",
    "entity.quoted",
    "entity.initial",
    "entity.joined",
    "entity.company-head",
    "entity.company-mark",
    "entity.titled",
    "entity.marked",
    "entity.authority-head",
    "entity.dateline",
    "entity.katakana",
];

/// Numbers of the signs that hold of somebody, one of each kind.
pub type Signs = [u16; SIGNS.len()];

/// Built-in weights, written by `finewire train --antecedents`.
const WEIGHTS: &str = include_str!("antecedents.txt");

static LEARNT: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let mut weights = Vec::new();
    for (name, size) in SIGNS {
        let line = WEIGHTS.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let numbers = line.unwrap_or_default().split(' ').map(|word| word.parse().unwrap_or(0));
        weights.extend(numbers.chain(std::iter::repeat(0)).take(size));
    }
    weights
});

/// Writes weights by the numbers of signs as the file has them.
pub fn to_text(weight: impl Fn(u16) -> f32) -> String {
    let (mut text, mut start) = (String::new(), 0);
    for (name, size) in SIGNS {
        text.push_str(name);
        for number in start..start + size as u16 {
            text.push_str(&format!(" {}", (1000.0 * weight(number)).round()));
        }
        text.push('\n');
        start += size as u16;
    }
    text
}

/// Those that an article has mentioned so far, the latest at the end.
#[derive(Default)]
pub(super) struct Recent {
    chains: Vec<Mentioned>,
    /// How many there were in all.
    count: usize,
}

/// Somebody who was mentioned.
#[derive(Default)]
struct Mentioned {
    chain: usize,
    /// Sentence of the last mention.
    last: usize,
    /// How often it was mentioned, and how often where the one acted upon stands.
    count: usize,
    acted_upon: usize,
    /// How many others were mentioned before it at all.
    order: usize,
    headline: bool,
    /// Whether the last mention is the first name of its sentence, and whether it is a description.
    begins: bool,
    described: bool,
    rule: usize,
    label: usize,
    /// The words of the name told last, or the noun of one that is not named.
    words: Range<usize>,
}

impl Recent {
    /// Takes the name at `index`, if "the company" may stand for it.
    pub(super) fn tell(&mut self, document: &Document, names: &[SettledName], index: usize) {
        let Some(name) = names.get(index).filter(|name| is_somebody(name)) else { return };
        let known = self.chains.iter().rposition(|known| known.chain == name.chain);
        let mut mentioned = match known {
            Some(at) => self.chains.remove(at),
            // A description that stands for nobody known begins no chain.
            None if name.described && !name.unnamed => return,
            None => {
                self.count += 1;
                Mentioned { chain: name.chain, order: self.count - 1, ..Mentioned::default() }
            }
        };
        let sentence = document.sentence_of(name.first);
        let own = document.sentences.get(sentence).map_or(0, |range| range.start);
        let before = names.get(index.saturating_sub(BESIDE)..index).unwrap_or_default();
        mentioned.last = sentence;
        mentioned.count += 1;
        mentioned.acted_upon += usize::from(document.is_acted_upon(name.first, name.last));
        mentioned.headline |= sentence < document.headline.max(1);
        mentioned.begins = !before.iter().any(|other| other.first >= own && is_somebody(other));
        mentioned.described = name.described;
        if !name.described {
            mentioned.rule =
                RULES.iter().position(|rule| *rule == name.rule).unwrap_or(RULES.len());
            mentioned.label = label(name.label).unwrap_or_default();
            mentioned.words = name.first..name.last.min(name.first + WORDS);
        } else if name.unnamed {
            mentioned.label = UNNAMED;
            mentioned.words = noun(document, name);
        }
        self.chains.push(mentioned);
        if self.chains.len() > 2 * RECENT {
            self.chains.drain(..RECENT);
        }
    }

    /// Returns those for whom a description in a sentence may stand, and what speaks for them; `holds` tells whether
    /// words hold the noun that is asked for, if any is.
    fn choices(
        &self,
        sentence: usize,
        holds: impl Fn(&Range<usize>) -> Option<bool>,
    ) -> impl Iterator<Item = (usize, Signs)> {
        let bears = move |one: &Mentioned| {
            let of = |holds: bool| 1 + usize::from(holds) + 2 * usize::from(one.label == UNNAMED);
            holds(&one.words).map_or(0, of)
        };
        let latest = || self.chains.iter().rev().take(RECENT).enumerate();
        latest().map(move |(recency, one)| {
            let more = |(place, other): &(usize, &Mentioned)| {
                other.count > one.count || (other.count == one.count && *place < recency)
            };
            let frequency = latest().filter(more).count();
            (one.chain, one.signs(sentence, recency, frequency, bears(one)))
        })
    }

    /// Returns for whom a description most likely stands.
    pub(super) fn salient(&self, document: &Document, description: &SettledName) -> Option<usize> {
        let sentence = document.sentence_of(description.first);
        let choices = self.choices(sentence, asks(document, description));
        // Of two that are worth the same the latest counts.
        let best = choices
            .map(|(chain, signs)| (worth(&signs), chain))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, chain)| chain)
    }

    /// Returns how likely a sentence goes on about each, the likeliest first.
    fn topics(&self, sentence: usize) -> Vec<Topic> {
        let choices = self.choices(sentence, |_| None);
        let mut worths: Vec<(i32, usize)> =
            choices.map(|(chain, signs)| (worth(&signs), chain)).collect();
        // The order of those that are worth the same stays: the latest first.
        worths.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
        let most = worths.first().map_or(0, |(worth, _)| *worth);
        let shares = worths.iter().map(|(worth, _)| ((worth - most) as f32 / 1000.0).exp());
        let shares: Vec<f32> = shares.collect();
        let total: f32 = shares.iter().sum();
        let topics = worths.iter().zip(shares).take(TOPICS);
        topics.map(|((_, chain), share)| Topic { chain: *chain, share: share / total }).collect()
    }
}

impl Mentioned {
    fn signs(&self, sentence: usize, recency: usize, frequency: usize, noun: usize) -> Signs {
        let away = sentence.saturating_sub(self.last);
        let (near, nearer) = (away.min(4), away.min(3));
        let values = [
            away.min(7) * 5 + self.count.min(4),
            recency.min(4) * 4 + frequency.min(3),
            usize::from(self.headline) * 5 + near,
            self.order.min(4),
            self.acted_upon.min(2) * 5 + near,
            usize::from(self.begins) * 4 + nearer,
            usize::from(self.described) * 4 + nearer,
            self.rule,
            self.label,
            noun,
        ];
        let mut start = 0;
        let mut signs = [0; SIGNS.len()];
        for (sign, (value, (_, size))) in signs.iter_mut().zip(values.into_iter().zip(SIGNS)) {
            *sign = (start + value) as u16;
            start += size;
        }
        signs
    }
}

/// Returns what is learnt to speak for somebody of whom some signs hold, in thousandths.
fn worth(signs: &Signs) -> i32 {
    signs.iter().map(|sign| LEARNT.get(usize::from(*sign)).copied().unwrap_or(0)).sum()
}

/// Returns the noun of a description.
fn noun(document: &Document, name: &SettledName) -> Range<usize> {
    let noun = document.firm_noun(name.first..name.last).unwrap_or(name.last - 1);
    noun..noun + 1
}

/// Returns what tells whether some words hold the noun of a description.
fn asks(document: &Document, description: &SettledName) -> impl Fn(&Range<usize>) -> Option<bool> {
    let noun = noun(document, description).start;
    move |words| Some(words.clone().any(|at| is_same_noun(document, at, noun)))
}

/// Returns whether two nouns are forms of one, or one of them is the other's head.
fn is_same_noun(document: &Document, a: usize, b: usize) -> bool {
    let (a_word, b_word) = (document.word(a), document.word(b));
    let letters = |word: &str| word.chars().count();
    let ends = |long: &str, short: &str| {
        letters(short) >= HEAD
            && short
                .chars()
                .rev()
                .zip(long.chars().rev())
                .all(|(x, y)| x.to_lowercase().eq(y.to_lowercase()))
    };
    document.stem(a).eq(document.stem(b))
        || if a_word.len() > b_word.len() { ends(a_word, b_word) } else { ends(b_word, a_word) }
}

fn label(label: Label) -> Option<usize> {
    match label {
        Label::Org => Some(0),
        Label::Per => Some(1),
        Label::Misc => Some(2),
        Label::Loc | Label::Regulator | Label::Law => None,
    }
}

/// Returns whether "the company" may stand for a name.
fn is_somebody(name: &SettledName) -> bool {
    label(name.label).is_some()
        && name.chain != 0
        && name.country.is_none()
        && !name.court
        // Some that are counted are not one.
        && !matches!(name.rule, "entity.counted-firms" | BYSTANDER)
}

/// Returns whether a name is "the company": a description of somebody named elsewhere.
pub(super) fn is_description(name: &SettledName) -> bool {
    name.described && !name.unnamed && name.label == Label::Org
}

/// Somebody whom a sentence may go on about without a name.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// The chain.
    pub chain: usize,
    /// How likely it is, of 1 for all.
    pub share: f32,
}

/// Returns for each sentence that is `wanted` whom it may go on about, the likeliest first.
pub fn topics(
    document: &Document,
    names: &[SettledName],
    wanted: impl Fn(usize) -> bool,
) -> Vec<Vec<Topic>> {
    let mut recent = Recent::default();
    let mut next = 0;
    let sentences = document.sentences.iter().enumerate();
    sentences
        .map(|(number, sentence)| {
            let topics = if wanted(number) { recent.topics(number) } else { Vec::new() };
            while names.get(next).is_some_and(|name| name.first < sentence.end) {
                recent.tell(document, names, next);
                next += 1;
            }
            topics
        })
        .collect()
}

/// A description of an article, and those for whom it may stand.
pub struct Asked {
    /// Index of the description among the names.
    pub name: usize,
    /// Chains with what speaks for them.
    pub choices: Vec<(usize, Signs)>,
}

/// Returns the descriptions of an article with those for whom they may stand; for training.
pub fn asked(document: &Document, names: &[SettledName]) -> Vec<Asked> {
    let mut recent = Recent::default();
    let mut all = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if is_description(name) {
            let sentence = document.sentence_of(name.first);
            let choices = recent.choices(sentence, asks(document, name)).collect();
            all.push(Asked { name: index, choices });
        }
        recent.tell(document, names, index);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentioned(chain: usize, last: usize, count: usize, begins: bool) -> Mentioned {
        Mentioned { chain, last, count, begins, order: chain - 1, ..Mentioned::default() }
    }

    #[test]
    fn the_file_has_a_weight_for_each_sign() {
        for (name, size) in SIGNS {
            let line = WEIGHTS.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            assert_eq!(line.unwrap().split(' ').count(), size, "{name}");
        }
        let all = LEARNT.len() as u16;
        let text = to_text(|sign| LEARNT[usize::from(sign)] as f32 / 1000.0);
        assert_eq!(text, WEIGHTS, "{all} signs");
    }

    #[test]
    fn who_is_mentioned_often_and_just_now_is_likelier_than_who_was_once() {
        let recent =
            Recent { chains: vec![mentioned(2, 1, 1, false), mentioned(1, 3, 4, true)], count: 2 };
        let topics = recent.topics(4);
        assert_eq!(topics.iter().map(|topic| topic.chain).collect::<Vec<_>>(), [1, 2]);
        assert!((topics.iter().map(|topic| topic.share).sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(Recent::default().topics(4).is_empty());
    }
}

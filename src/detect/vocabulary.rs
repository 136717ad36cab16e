//! Votes of function words and letters for the languages of one script.
//!
//! Reads a sample word by word. A word that a language lists is a vote for it, short words less
//! than long ones; a letter that a language does not write is a vote against it. Where that leaves
//! doubt, the words that no list has are heard too: by their ends and beginnings (`*ação`, `zvi*`).
//! Words are data: those of neighbours stand in `neighbours.toml`, those of carried languages in
//! `carried.toml` or, where a language has no line there, in its pack; letters in `alphabets.toml`.

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::script::Script;
use crate::base::lang::Lang;

/// Words of carried languages, a line a language; lists of neighbours must be of one making, lest
/// the longer list win.
const CARRIED: &str = include_str!("carried.toml");

/// Function words of languages without a pack, a line a language.
const NEIGHBOURS: &str = include_str!("neighbours.toml");

/// Letters beyond the common ones, a line a language.
const ALPHABETS: &str = include_str!("alphabets.toml");

/// No more languages than bits of a [`Set`].
const MOST: usize = 128;

/// Letters below this code point are told apart.
const LETTERS: u32 = 0x2000;

/// Stands for the lower case of what is no letter.
const NO_LETTER: char = '\0';

/// Foreign letters beyond this many of one kind say nothing new: a name is told again and again.
const LETTER_CAP: u16 = 4;

/// Words of this many letters are known without their marks too: capitals and hasty pages lose
/// them. Shorter ones would be mistaken for other languages' words.
const BARE: usize = 4;

/// What one foreign letter costs a language.
const FOREIGN: f32 = 1.2;

/// What a word is worth that is not listed and ends or begins as the words of a language do.
const AFFIX: f32 = 0.7;

/// What a listed word is worth, by its length in letters; the last stands for all longer ones.
const WORTH: [f32; 4] = [0.8, 1.6, 2.3, 2.8];

/// A set of candidates, by number.
type Set = u128;

/// All words and letters.
pub(super) struct Vocabulary {
    /// Codes of the candidates; their places are their numbers.
    pub codes: Vec<&'static str>,
    words: FxHashMap<Box<str>, Set>,
    /// Bytes of the longest word.
    longest: usize,
    endings: Affixes,
    beginnings: Affixes,
    /// What to make of a character, by code point.
    letters: Vec<Letter>,
    /// Number of the letter -> languages that write it.
    writers: Vec<Set>,
    /// Script -> languages that write it.
    scripts: [Set; 4],
}

/// Ends or beginnings of words, and the languages whose words have them.
#[derive(Default)]
struct Affixes {
    listed: FxHashMap<Box<str>, Set>,
    /// A bit for each length in bytes that one has.
    lengths: u32,
}

/// A character as the votes see it.
#[derive(Clone, Copy)]
struct Letter {
    /// Its lower case, [`NO_LETTER`] if it ends a word.
    lower: char,
    /// Its number among the letters that languages claim, 0 if none does.
    number: u16,
}

/// What a sample says for each candidate.
pub(super) struct Votes {
    /// Votes for the candidates of the script, the best first.
    pub ranking: Vec<Vote>,
    /// Words of the sample.
    pub tokens: u32,
}

/// What a sample says for one candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vote {
    /// Number of the candidate.
    pub number: usize,
    /// Worth of its words, less the cost of foreign letters.
    pub score: f32,
    /// Words of the sample that the candidate lists.
    pub hits: u32,
    /// Letters of the sample that speak for it, the more the fewer languages write them.
    pub letters: f32,
    /// Letters of the sample that it does not write.
    pub foreign: f32,
    /// Words of the sample that it does not list and that end or begin like its own.
    pub affixes: u32,
}

impl Votes {
    /// Sorts the best first; equals stay in the order of their numbers.
    pub(super) fn rank(&mut self) {
        self.ranking.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
    }
}

impl Vocabulary {
    /// Builds the tables; `carried` are the function words of the packs.
    pub(super) fn new(carried: &[(Lang, Vec<String>)]) -> Self {
        let mut vocabulary = Self {
            codes: Vec::new(),
            words: FxHashMap::default(),
            longest: 0,
            endings: Affixes::default(),
            beginnings: Affixes::default(),
            letters: (0..LETTERS).filter_map(char::from_u32).map(Letter::new).collect(),
            writers: vec![0],
            scripts: [0; 4],
        };
        for (lang, words) in carried {
            match lines(CARRIED).find(|(code, _)| *code == lang.code()) {
                Some((code, words)) => vocabulary.add(code, words.split_whitespace()),
                None => vocabulary.add(lang.code(), words.iter().map(String::as_str)),
            }
        }
        for (code, words) in lines(NEIGHBOURS) {
            if Lang::from_code(code).is_none() {
                vocabulary.add(code, words.split_whitespace());
            }
        }
        vocabulary
    }

    /// Returns the number of the candidate of `code`.
    pub(super) fn number_of(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|of| *of == code)
    }

    /// Counts the votes of `sample` for the languages of `script`.
    pub(super) fn votes(&self, sample: &str, script: Script) -> Votes {
        let of_script = self.scripts[script as usize];
        let mut scores = [Vote::default(); MOST];
        let mut seen = vec![0_u16; self.writers.len()];
        let mut tokens = 0;
        let mut word = String::with_capacity(64);
        let mut rest = sample;
        loop {
            // Letters without marks come in runs.
            let run = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (letters, behind) = rest.split_at_checked(run).unwrap_or((rest, ""));
            let start = word.len();
            word.push_str(letters);
            if let Some(added) = word.get_mut(start..) {
                added.make_ascii_lowercase();
            }
            let mut characters = behind.chars();
            let next = characters.next();
            rest = characters.as_str();
            let letter = next.map_or(Letter { lower: NO_LETTER, number: 0 }, |c| self.letter(c));
            if letter.lower != NO_LETTER {
                word.push(letter.lower);
                if let Some(count) = seen.get_mut(usize::from(letter.number)) {
                    *count = count.saturating_add(1);
                }
            } else if !word.is_empty() {
                tokens += 1;
                self.vote(&word, of_script, &mut scores);
                word.clear();
            }
            if next.is_none() {
                break;
            }
        }
        self.weigh_letters(&seen, of_script, &mut scores);
        let ranking = members(of_script)
            .filter_map(|number| Some(Vote { number, ..*scores.get(number)? }))
            .collect();
        let mut votes = Votes { ranking, tokens };
        votes.rank();
        votes
    }

    /// Adds what the ends and beginnings of the words say where whole words leave doubt.
    pub(super) fn weigh_affixes(&self, sample: &str, script: Script, votes: &mut Votes) {
        let of_script = self.scripts[script as usize];
        let mut counts = [0_u16; MOST];
        for word in words(sample) {
            let listed = self.words.get(word.as_str()).copied().unwrap_or_default();
            let marked = self.endings.of_end(&word) | self.beginnings.of_start(&word);
            for number in members(marked & !listed & of_script) {
                if let Some(count) = counts.get_mut(number) {
                    *count += 1;
                }
            }
        }
        for vote in &mut votes.ranking {
            let count = counts.get(vote.number).copied().unwrap_or_default();
            vote.score += AFFIX * f32::from(count);
            vote.affixes = u32::from(count);
        }
        votes.rank();
    }

    fn letter(&self, character: char) -> Letter {
        self.letters.get(character as usize).copied().unwrap_or_else(|| Letter::new(character))
    }

    fn vote(&self, word: &str, of_script: Set, scores: &mut [Vote; MOST]) {
        if word.len() > self.longest {
            return;
        }
        let Some(listed) = self.words.get(word) else { return };
        let letters = word.chars().count().clamp(1, WORTH.len());
        let worth = WORTH.get(letters - 1).copied().unwrap_or_default();
        for number in members(listed & of_script) {
            if let Some(vote) = scores.get_mut(number) {
                vote.score += worth;
                vote.hits += 1;
            }
        }
    }

    fn weigh_letters(&self, seen: &[u16], of_script: Set, scores: &mut [Vote; MOST]) {
        // Number 0 stands for letters that nobody claims.
        for (&count, writers) in seen.iter().zip(&self.writers).skip(1) {
            let writers = writers & of_script;
            if count == 0 || writers == 0 {
                continue;
            }
            let count = f32::from(count.min(LETTER_CAP));
            let rarity = (of_script.count_ones() as f32 / writers.count_ones() as f32).ln();
            for number in members(of_script) {
                let Some(vote) = scores.get_mut(number) else { continue };
                if writers & (1 << number) == 0 {
                    vote.score -= FOREIGN * count;
                    vote.foreign += count;
                } else {
                    vote.letters += rarity * count;
                }
            }
        }
    }

    fn add<'a>(&mut self, code: &'static str, words: impl Iterator<Item = &'a str>) {
        let number = self.codes.len();
        if number >= MOST {
            return;
        }
        let bit = 1 << number;
        self.codes.push(code);
        let mut of_words = String::new();
        for word in words {
            if let Some(ending) = word.strip_prefix('*') {
                self.endings.add(ending, bit);
                continue;
            }
            if let Some(beginning) = word.strip_suffix('*') {
                self.beginnings.add(beginning, bit);
                continue;
            }
            // Packs write elided words with their mark ("l'", "tal-").
            let word = word.trim_matches(|mark: char| !mark.is_alphabetic()).to_lowercase();
            if word.is_empty() {
                continue;
            }
            of_words.push_str(&word);
            self.longest = self.longest.max(word.len());
            if word.chars().count() >= BARE {
                let bare: String =
                    word.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
                *self.words.entry(bare.into_boxed_str()).or_default() |= bit;
            }
            *self.words.entry(word.into_boxed_str()).or_default() |= bit;
        }
        let listed = lines(ALPHABETS).find(|row| row.0 == code);
        let alphabet = listed.map_or(of_words.as_str(), |(_, letters)| letters);
        for letter in alphabet.chars().filter(|letter| !letter.is_ascii()) {
            self.claim(letter, bit);
        }
        for letter in of_words.chars().chain(alphabet.chars()) {
            if let Some(script) = Script::of(letter)
                && let Some(writers) = self.scripts.get_mut(script as usize)
            {
                *writers |= bit;
            }
        }
    }

    fn claim(&mut self, letter: char, bit: Set) {
        let next = self.writers.len() as u16;
        let Some(slot) = self.letters.get_mut(letter as usize) else { return };
        if slot.number == 0 {
            slot.number = next;
            self.writers.push(0);
        }
        let number = slot.number;
        if let Some(writers) = self.writers.get_mut(usize::from(number)) {
            *writers |= bit;
        }
        // A capital is the same letter.
        for capital in letter.to_uppercase() {
            if let Some(slot) = self.letters.get_mut(capital as usize) {
                slot.number = number;
            }
        }
    }
}

impl Affixes {
    fn add(&mut self, affix: &str, bit: Set) {
        if affix.len() < u32::BITS as usize {
            self.lengths |= 1 << affix.len();
            *self.listed.entry(affix.into()).or_default() |= bit;
        }
    }

    /// Returns the languages that list an end of `word`.
    fn of_end(&self, word: &str) -> Set {
        self.of_parts(|len| word.get(word.len().checked_sub(len).filter(|at| *at > 0)?..))
    }

    /// Returns the languages that list a beginning of `word`.
    fn of_start(&self, word: &str) -> Set {
        self.of_parts(|len| word.get(..len).filter(|part| part.len() < word.len()))
    }

    fn of_parts<'a>(&self, part: impl Fn(usize) -> Option<&'a str>) -> Set {
        members(Set::from(self.lengths))
            .filter_map(part)
            .filter_map(|part| self.listed.get(part))
            .fold(0, |all, of| all | of)
    }
}

impl Letter {
    fn new(character: char) -> Self {
        // Turkish İ falls apart into i and a dot; the i is what counts.
        let lower = character.to_lowercase().next().unwrap_or(character);
        Self { lower: if is_letter(character) { lower } else { NO_LETTER }, number: 0 }
    }
}

/// Returns whether a character is part of a word: vowel signs of Devanagari are no letters to the standard library.
pub(super) fn is_letter(character: char) -> bool {
    character.is_alphabetic() || ('\u{900}'..='\u{963}').contains(&character)
}

/// Returns whether a carried language has a list of its own.
pub(super) fn lists(lang: Lang) -> bool {
    lines(CARRIED).any(|(code, _)| code == lang.code())
}

/// Returns the words of a sample in lower case.
fn words(sample: &str) -> impl Iterator<Item = String> {
    sample
        .split(|letter: char| Letter::new(letter).lower == NO_LETTER)
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Returns the numbers of a set, lowest first.
fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let number = set.trailing_zeros() as usize;
            set &= set - 1;
            number
        })
    })
}

/// Returns key and value of each line `key = "value"` of a built-in table.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| {
        let (key, value) = line.split_once(" = ")?;
        Some((key, value.trim().strip_prefix('"')?.strip_suffix('"')?))
    })
}

//! Labelled sentences as text, cut and spaced the way articles are.
//!
//! Files hold `token TAB label` lines, labels in the BIO scheme, an empty line between sentences.
//! What the sources cut apart is joined again, so that training reads what the program will read.
//! Sentences come ten to a text: what a word does elsewhere in an article is something to learn.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{coins::Coins, learnt::family, lists::Told, model::Labels};
use crate::base::lang::Lang;

/// A token as the files have it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    word: String,
    label: u8,
}

/// A sentence of pieces.
pub(super) type Sentence = Vec<Piece>;

/// A text of several sentences with its names as byte ranges.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) text: String,
    /// Start, end, label of each piece that is part of a name.
    pub(super) labels: Vec<(u32, u32, u8)>,
}

/// Sentences of a language: to learn from, to check against, and the project's own.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    pub(super) train: Vec<Sentence>,
    pub(super) dev: Vec<Sentence>,
    pub(super) own: Vec<Sentence>,
}

/// Why the labelled sentences cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("reading `{path}`")]
pub struct ReadError {
    path: PathBuf,
    source: io::Error,
}

/// Most tokens that one language's files may give.
const MOST: usize = 700_000;

/// Reads `<lang>/train.tsv`, `<lang>/dev.tsv` and `<lang>.tsv` of each folder.
pub(super) fn read(folders: &[PathBuf]) -> Result<BTreeMap<Lang, Corpus>, ReadError> {
    let mut corpora: BTreeMap<Lang, Corpus> = BTreeMap::new();
    for folder in folders {
        for &lang in Lang::ALL {
            let inner = folder.join(lang.code());
            let own = sentences(&folder.join(format!("{}.tsv", lang.code())))?;
            let mut train = sentences(&inner.join("train.tsv"))?;
            let dev = sentences(&inner.join("dev.tsv"))?;
            thin(&mut train, MOST);
            for more in ["wikigold.tsv", "wnut17_train.tsv"] {
                train.extend(sentences(&inner.join(more))?);
            }
            if own.len() + train.len() + dev.len() > 0 {
                let corpus = corpora.entry(lang).or_default();
                corpus.train.extend(train);
                corpus.dev.extend(dev);
                corpus.own.extend(own);
            }
        }
    }
    Ok(corpora)
}

/// Reads `words.tsv` of each folder: language, word, how frequent it is, its group; 0 for none.
pub(super) fn words(folders: &[PathBuf]) -> Result<Vec<Told>, ReadError> {
    let mut words = Vec::new();
    for path in folders.iter().map(|folder| folder.join("words.tsv")) {
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => return Err(ReadError { path, source }),
        };
        words.extend(text.lines().filter_map(told));
    }
    Ok(words)
}

fn told(line: &str) -> Option<Told> {
    let mut fields = line.split('\t');
    let lang = Lang::from_code(fields.next()?)?;
    let word = fields.next()?.to_owned();
    let often = fields.next()?.parse().ok()?;
    Some((family(lang), word, often, fields.next()?.parse().ok()?))
}

/// Drops sentences evenly until at most `most` tokens are left.
fn thin(sentences: &mut Vec<Sentence>, most: usize) {
    let total: usize = sentences.iter().map(Vec::len).sum();
    let every = total.div_ceil(most.max(1)).max(1);
    let mut at = 0;
    // Runs of ten stay together: they share a text.
    sentences.retain(|_| {
        at += 1;
        (at - 1) / 10 % every == 0
    });
}

/// Reads the sentences of a file; one that is absent has none.
fn sentences(path: &Path) -> Result<Vec<Sentence>, ReadError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(ReadError { path: path.to_owned(), source }),
    };
    let mut all = Vec::new();
    let mut sentence = Sentence::new();
    for line in text.lines() {
        match line.split_once('\t') {
            Some((word, label)) if !word.trim().is_empty() => {
                sentence.push(Piece { word: word.to_owned(), label: label_of(label) });
            }
            _ if line.trim().is_empty() && !sentence.is_empty() => {
                all.push(std::mem::take(&mut sentence));
            }
            _ => {}
        }
    }
    if !sentence.is_empty() {
        all.push(sentence);
    }
    Ok(all)
}

fn label_of(word: &str) -> u8 {
    let Some((place, kind)) = word.trim().split_once('-') else { return 0 };
    let kind = match kind {
        "PER" => Labels::PER,
        "ORG" => Labels::ORG,
        "LOC" => Labels::LOC,
        "MISC" => Labels::MISC,
        _ => return 0,
    };
    if place == "B" { Labels::begin(kind) } else { Labels::inside(kind) }
}

/// Joins sentences to texts of ten.
pub(super) fn texts(lang: Lang, sentences: &[Sentence]) -> Vec<Example> {
    sentences.chunks(10).map(|chunk| text(lang, chunk)).collect()
}

fn text(lang: Lang, sentences: &[Sentence]) -> Example {
    let mut example = Example { text: String::new(), labels: Vec::new() };
    for sentence in sentences {
        let mut is_quoted = false;
        for (at, piece) in sentence.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| sentence.get(at));
            if before.is_some_and(|before| has_space(lang, before, piece, is_quoted)) {
                example.text.push(' ');
            }
            if is_quote(&piece.word) {
                is_quoted = !is_quoted;
            }
            let start = example.text.len() as u32;
            example.text.push_str(if is_quote(&piece.word) { "\"" } else { &piece.word });
            if piece.label != 0 {
                example.labels.push((start, example.text.len() as u32, piece.label));
            }
        }
        example.text.push('\n');
    }
    example
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "''" | "``")
}

/// Returns whether white space stands between two pieces in running text.
fn has_space(lang: Lang, before: &Piece, piece: &Piece, is_quoted: bool) -> bool {
    let (left, right) = (before.word.as_str(), piece.word.as_str());
    let within = Labels::kind(piece.label).is_some() && !Labels::is_begin(piece.label);
    let hyphen = |word: &str| matches!(word, "-" | "/");
    if hyphen(left) || hyphen(right) {
        return !(within || lang == Lang::En);
    }
    if is_quote(right) {
        return !is_quoted;
    }
    if is_quote(left) {
        return !is_quoted;
    }
    let closes =
        matches!(right, "," | "." | ":" | ";" | "!" | "?" | ")" | "]" | "%" | "”" | "…" | "...")
            || (right.starts_with(['\'', '’']) && right.len() <= 5)
            || right == "n't";
    let opens = matches!(left, "(" | "[" | "„" | "¿" | "¡" | "$" | "£" | "#" | "@")
        || (left.ends_with(['\'', '’']) && left.len() <= 8 && left.len() > 1);
    let closes = closes && !(lang == Lang::Fr && matches!(right, ":" | ";" | "!" | "?"));
    !(closes || opens)
}

/// A generator of numbers that are the same in every run.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number between -1 and 1.
    pub(super) fn offset(&mut self) -> f32 {
        self.below(1 << 16) as f32 / 32768.0 - 1.0
    }

    /// Returns a number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % end.max(1)
    }
}

/// Returns the sentence in capitals.
pub(super) fn shouted(sentence: &Sentence) -> Sentence {
    sentence.iter().map(|p| Piece { word: p.word.to_uppercase(), label: p.label }).collect()
}

/// Returns the sentence with a capital at every long word, as headlines have.
pub(super) fn titled(sentence: &Sentence) -> Sentence {
    let raise = |piece: &Piece| {
        let mut letters = piece.word.chars();
        let first = letters.next().filter(|_| piece.word.chars().count() > 3);
        let word = first.map_or(piece.word.clone(), |c| c.to_uppercase().chain(letters).collect());
        Piece { word, label: piece.label }
    };
    sentence.iter().map(raise).collect()
}

/// Names to put in the place of others, by kind.
#[derive(Debug, Default)]
pub(super) struct Names {
    kinds: [Vec<Vec<String>>; 4],
    coins: Coins,
}

impl Names {
    /// Takes the names of sentences in.
    pub(super) fn add(&mut self, sentences: &[Sentence]) {
        for sentence in sentences {
            let mut at = 0;
            while let Some(piece) = sentence.get(at) {
                let Some(kind) = Labels::kind(piece.label) else {
                    at += 1;
                    continue;
                };
                let end = name_end(sentence, at);
                let words = sentence.get(at..end).unwrap_or_default();
                if let Some(list) = self.kinds.get_mut(usize::from(kind)) {
                    list.push(words.iter().map(|piece| piece.word.clone()).collect());
                }
                at = end;
            }
        }
    }

    /// Returns the sentence with two names in three replaced by others of their kind.
    pub(super) fn replaced(&self, sentence: &Sentence, dice: &mut Dice) -> Sentence {
        let mut result = Sentence::new();
        let mut at = 0;
        while let Some(piece) = sentence.get(at) {
            let Some(kind) = Labels::kind(piece.label) else {
                result.push(piece.clone());
                at += 1;
                continue;
            };
            let end = name_end(sentence, at);
            let others = self.kinds.get(usize::from(kind)).map(Vec::as_slice).unwrap_or_default();
            let coined = match (kind, end - at) {
                _ if dice.below(5) >= 2 => None,
                (Labels::ORG, 1 | 2) => Some(self.coins.coin(&piece.word, dice)),
                (Labels::PER, words) => Some(self.coins.person(&piece.word, words, dice)),
                (Labels::LOC, 1) => Some(self.coins.place(&piece.word, dice)),
                _ => None,
            };
            match coined.as_ref().or_else(|| others.get(dice.below(others.len()))) {
                Some(other) if dice.below(3) > 0 => {
                    result.extend(other.iter().enumerate().map(|(index, word)| Piece {
                        word: word.clone(),
                        label: if index == 0 { Labels::begin(kind) } else { Labels::inside(kind) },
                    }));
                }
                _ => result.extend(sentence.get(at..end).unwrap_or_default().iter().cloned()),
            }
            at = end;
        }
        result
    }
}

fn name_end(sentence: &Sentence, first: usize) -> usize {
    let rest = sentence.iter().skip(first + 1);
    first + 1 + rest.take_while(|piece| piece.label != 0 && !Labels::is_begin(piece.label)).count()
}

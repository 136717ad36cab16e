//! Learns the weights: an averaged structured perceptron with a margin, from a fixed seed.
//!
//! Reads folders of labelled sentences. A sentence of the project's own is read several times,
//! with other names in its places; some sentences are read in capitals, as headlines are. One in
//! five of the project's own is never learnt from, and scored.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Tagger,
    examples::{self, Corpus, Dice, Example, Names, ReadError, Sentence},
    features::{BITS, Reader, TEMPLATES},
    model::{Follow, Labels, Model},
    score::{self, Report},
};
use crate::{
    base::lang::Lang,
    pack::{
        compile::{Pack, PackError},
        world::World,
    },
    text::document::Document,
};

/// Why no weights were learnt.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A file of labelled sentences cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A language pack is wrong.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The weights cannot be packed or written.
    #[error("writing `{path}`")]
    Write {
        /// Where they should go.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
}

/// How often the project's own sentences are read with other names.
const COPIES: usize = 6;

/// Learns from the sentences of `folders`, writes the weights to `out`, and scores them.
pub fn train(folders: &[PathBuf], out: &Path) -> Result<Report, TrainError> {
    let corpora = examples::read(folders)?;
    let packs = packs()?;
    let mut runs = Vec::new();
    let mut dice = Dice::new(7);
    for (lang, corpus) in &corpora {
        let Some(pack) = packs.get(lang) else { continue };
        for (index, example) in lessons(*lang, corpus, &mut dice).iter().enumerate() {
            // Packs grow: no weight may lean on their words alone.
            add_runs(pack, example, index % 3 == 0, &mut runs);
        }
    }
    let model = Learner::new().learn(&mut runs, &mut dice);
    let failed = |source| TrainError::Write { path: out.to_owned(), source };
    let bytes = model.to_bytes().map_err(failed)?;
    fs::write(out, &bytes).map_err(failed)?;
    Ok(score_all(&Tagger::with(model), &packs, &corpora))
}

/// Scores the built-in weights on the sentences of `folders`.
pub fn evaluate(folders: &[PathBuf]) -> Result<Report, TrainError> {
    Ok(score_all(&Tagger::load(), &packs()?, &examples::read(folders)?))
}

fn score_all(tagger: &Tagger, packs: &BTreeMap<Lang, Pack>, corpora: &BTreeMap<Lang, Corpus>) -> Report {
    let mut report = Report::default();
    for (lang, corpus) in corpora {
        let Some(pack) = packs.get(lang) else { continue };
        let own: Vec<Sentence> = corpus.own.iter().skip(4).step_by(5).cloned().collect();
        for (set, sentences) in [("dev", &corpus.dev), ("own", &own)] {
            if !sentences.is_empty() {
                let texts = examples::texts(*lang, sentences);
                report.add(*lang, set, score::score(tagger, pack, &texts));
            }
        }
    }
    report
}

fn packs() -> Result<BTreeMap<Lang, Pack>, PackError> {
    let world = World::load()?;
    Lang::ALL.iter().map(|&lang| Ok((lang, Pack::load(lang, &world.currencies)?))).collect()
}

/// Returns the texts to learn from.
fn lessons(lang: Lang, corpus: &Corpus, dice: &mut Dice) -> Vec<Example> {
    let own: Vec<Sentence> =
        corpus.own.iter().enumerate().filter(|(at, _)| at % 5 != 4).map(|(_, s)| s.clone()).collect();
    let mut lessons = examples::texts(lang, &headed(&corpus.train, dice));
    lessons.extend(examples::texts(lang, &headed(&own, dice)));
    let mut names = Names::default();
    names.add(&own);
    names.add(&corpus.train);
    for _ in 0..knob("COPIES", COPIES as f32) as usize {
        let copy: Vec<Sentence> = own.iter().map(|s| names.replaced(s, dice)).collect();
        lessons.extend(examples::texts(lang, &headed(&copy, dice)));
    }
    lessons
}

/// Puts headlines between the sentences: copies of some, in capitals or with a capital a word.
fn headed(sentences: &[Sentence], dice: &mut Dice) -> Vec<Sentence> {
    let mut result = Vec::new();
    for sentence in sentences {
        match dice.below(24) {
            0 => result.push(examples::shouted(sentence)),
            1 => result.extend([examples::shouted(sentence), sentence.clone()]),
            2 => result.push(examples::titled(sentence)),
            3 => result.extend([examples::titled(sentence), sentence.clone()]),
            _ => result.push(sentence.clone()),
        }
    }
    result
}

/// Consecutive tokens that are scored together, with the right answer.
struct Run {
    slots: Vec<[u32; TEMPLATES]>,
    begins: Vec<bool>,
    gold: Vec<u8>,
}

/// How far behind a capital a name may go on in small letters, in training.
const REACH: usize = 4;

fn add_runs(pack: &Pack, example: &Example, no_senses: bool, runs: &mut Vec<Run>) {
    let document = Document::new(pack, &example.text, 0);
    let gold = score::gold(&document, example);
    let mut reader = Reader::new(&document);
    reader.no_senses = no_senses;
    for sentence in &document.sentences {
        reader.open(&document, sentence);
        let mut run = Run { slots: Vec::new(), begins: Vec::new(), gold: Vec::new() };
        let mut idle = REACH;
        for at in sentence.clone() {
            let begins = reader.may_begin(&document, at, sentence.end);
            idle = if begins { 0 } else { idle + 1 };
            if idle > REACH {
                close(&mut run, runs);
                continue;
            }
            let mut slots = [0; TEMPLATES];
            reader.slots(&document, at, &mut slots);
            run.slots.push(slots);
            run.begins.push(begins);
            run.gold.push(gold.get(at).copied().unwrap_or_default());
        }
        close(&mut run, runs);
    }
}

fn close(run: &mut Run, runs: &mut Vec<Run>) {
    let mut done = std::mem::replace(run, Run { slots: Vec::new(), begins: Vec::new(), gold: Vec::new() });
    if done.slots.is_empty() {
        return;
    }
    // A name that began in small letters begins at its first capital.
    let mut before = 0;
    for (label, &begins) in done.gold.iter_mut().zip(&done.begins) {
        if let Some(kind) = Labels::kind(*label) {
            let starts = Labels::is_begin(*label) || !Labels::may_follow(before, *label);
            *label = match (starts, begins) {
                (true, true) => Labels::begin(kind),
                (true, false) => 0,
                _ => *label,
            };
        }
        before = *label;
    }
    runs.push(done);
}

/// Temporary knob.
#[expect(clippy::disallowed_methods, reason = "experiments")]
fn knob(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// A conditional random field, learnt by gradients whose steps shrink where a weight has moved.
struct Learner {
    weights: Vec<[f32; 8]>,
    /// Sum of the squares of each weight's gradients.
    moved: Vec<[f32; 8]>,
    follow: [Row; Labels::COUNT],
    follow_moved: [Row; Labels::COUNT],
    rate: f32,
    decay: f32,
    drop: usize,
}

/// A value for each label.
type Row = [f32; Labels::COUNT];

impl Learner {
    fn new() -> Self {
        Self {
            weights: vec![[0.0; 8]; 1 << BITS],
            moved: vec![[0.0; 8]; 1 << BITS],
            follow: Default::default(),
            follow_moved: Default::default(),
            rate: knob("RATE", 0.05),
            decay: knob("DECAY", 1e-4),
            drop: knob("DROP", 20.0) as usize,
        }
    }

    fn learn(mut self, runs: &mut [Run], dice: &mut Dice) -> Model {
        let mut chain = Chain::default();
        for _ in 0..knob("EPOCHS", 10.0) as usize {
            for at in (1..runs.len()).rev() {
                runs.swap(at, dice.below(at + 1));
            }
            for run in runs.iter() {
                self.read(run, &mut chain, dice);
            }
        }
        self.quantised()
    }

    fn read(&mut self, run: &Run, chain: &mut Chain, dice: &mut Dice) {
        chain.clear(run.slots.len());
        for (slots, &begins) in run.slots.iter().zip(&run.begins) {
            let mut scores: Row = [0.0; Labels::COUNT];
            // A word that is not known by itself must be known by its letters and neighbours.
            let blind = dice.below(100) < self.drop;
            for (_, &slot) in slots.iter().enumerate().filter(|(at, _)| !(blind && WORDS.contains(at))) {
                for (score, weight) in scores.iter_mut().skip(1).zip(&self.weights[slot as usize]) {
                    *score += weight;
                }
            }
            if !begins {
                scores.iter_mut().skip(1).step_by(2).for_each(|score| *score = -1e4);
            }
            chain.push(scores, blind);
        }
        chain.expect(&self.follow);
        let mut before = 0;
        for (at, (slots, &gold)) in run.slots.iter().zip(&run.gold).enumerate() {
            let mut wrong = chain.expected[at];
            wrong[gold as usize] -= 1.0;
            let blind = chain.blind[at];
            if wrong.iter().any(|w| w.abs() > 1e-4) {
                for (_, &slot) in slots.iter().enumerate().filter(|(at, _)| !(blind && WORDS.contains(at))) {
                    let (row, moved) = (&mut self.weights[slot as usize], &mut self.moved[slot as usize]);
                    for ((weight, moved), wrong) in row.iter_mut().zip(moved).zip(&wrong[1..]) {
                        let slope = wrong + self.decay * *weight;
                        *moved += slope * slope;
                        *weight -= self.rate * slope / (moved.sqrt() + 1e-3);
                    }
                }
            }
            chain.pairs[before][gold as usize] -= 1.0;
            before = gold as usize;
        }
        for ((row, moved), slopes) in self.follow.iter_mut().zip(&mut self.follow_moved).zip(&chain.pairs) {
            for ((weight, moved), slope) in row.iter_mut().zip(moved).zip(slopes) {
                *moved += slope * slope;
                *weight -= self.rate * slope / (moved.sqrt() + 1e-3);
            }
        }
    }

    /// Returns the weights in bytes.
    fn quantised(&self) -> Model {
        let mut sizes: Vec<f32> =
            self.weights.as_flattened().iter().map(|weight| weight.abs()).filter(|&size| size > 0.01).collect();
        sizes.sort_by(f32::total_cmp);
        let large = sizes.get(sizes.len().saturating_sub(sizes.len() / 2000 + 1)).copied().unwrap_or(1.0);
        let scale = 127.0 / large.max(0.1);
        let byte = |weight: f32| (weight * scale).round().clamp(-127.0, 127.0) as i8;
        let rows = self.weights.iter().map(|row| row.map(byte)).collect();
        let follow: Follow = self.follow.map(|row| row.map(|weight| (weight * scale).round() as i32));
        Model::new(rows, follow)
    }
}

/// Templates that know the word itself.
const WORDS: [usize; 5] = [0, 1, 2, 24, 25];

/// Forward and backward sums over the paths of a run.
#[derive(Default)]
struct Chain {
    scores: Vec<Row>,
    blind: Vec<bool>,
    forward: Vec<Row>,
    /// How likely each label is at each token, and each label after each in the whole run.
    expected: Vec<Row>,
    pairs: [Row; Labels::COUNT],
}

impl Chain {
    fn clear(&mut self, length: usize) {
        self.scores.clear();
        self.blind.clear();
        self.forward.clear();
        self.expected.clear();
        self.expected.resize(length, [0.0; Labels::COUNT]);
        self.pairs = Default::default();
    }

    /// Adds a token; scores become weights of paths, the largest one.
    fn push(&mut self, scores: Row, blind: bool) {
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        self.scores.push(scores.map(|score| (score - most).exp()));
        self.blind.push(blind);
    }

    fn expect(&mut self, follow: &[Row; Labels::COUNT]) {
        let mut edges = [[0.0; Labels::COUNT]; Labels::COUNT];
        for (before, row) in edges.iter_mut().enumerate() {
            for (label, edge) in row.iter_mut().enumerate() {
                if Labels::may_follow(before as u8, label as u8) {
                    *edge = follow[before][label].exp();
                }
            }
        }
        let mut before: Row = [0.0; Labels::COUNT];
        before[0] = 1.0;
        for scores in &self.scores {
            let mut sums: Row = [0.0; Labels::COUNT];
            for (mass, row) in before.iter().zip(&edges) {
                sums.iter_mut().zip(row).for_each(|(sum, edge)| *sum += mass * edge);
            }
            sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum *= score);
            before = normal(sums);
            self.forward.push(before);
        }
        self.backward(&edges);
    }

    fn backward(&mut self, edges: &[Row; Labels::COUNT]) {
        let mut behind: Row = [1.0; Labels::COUNT];
        for at in (0..self.scores.len()).rev() {
            let forward = self.forward[at];
            let mut both: Row = std::array::from_fn(|label| forward[label] * behind[label]);
            both = normal(both);
            self.expected[at] = both;
            let mut start: Row = [0.0; Labels::COUNT];
            start[0] = 1.0;
            let before = at.checked_sub(1).map_or(start, |at| self.forward[at]);
            let weighed: Row = std::array::from_fn(|label| self.scores[at][label] * behind[label]);
            let mut next: Row = [0.0; Labels::COUNT];
            let mut total = 0.0;
            for (last, row) in edges.iter().enumerate() {
                next[last] = row.iter().zip(&weighed).map(|(edge, weight)| edge * weight).sum();
                total += next[last] * before[last];
            }
            let total = total.max(1e-30);
            for (last, row) in edges.iter().enumerate() {
                for (label, edge) in row.iter().enumerate() {
                    self.pairs[last][label] += before[last] * edge * weighed[label] / total;
                }
            }
            behind = normal(next);
        }
    }
}

fn normal(row: Row) -> Row {
    let sum: f32 = row.iter().sum();
    row.map(|value| value / sum.max(1e-30))
}

//! Learns the weights: a conditional random field over what keys say and what a network says.
//!
//! All weights are learnt together, by going down the slope of how unlikely the right labels are, run
//! by run. Much is hidden in turn, a word's identity, some of its parts, numbers of the network:
//! what is learnt without them holds for names that were never met.

use super::{
    chances::{COUNT, Chances, Each},
    examples::Dice,
    lessons::{Lessons, Run, Token},
    lists::Known,
    model::{Labels, Model},
    net::{HIDDEN, MIDDLE, PLACES},
    rounded,
    rows::MEANING,
    weights::{BATCH, Weights},
};

/// How often everything is read the first time, to tell which keys matter, and how often then.
const EPOCHS: [usize; 2] = [1, 3];
/// Paces of what few tokens share: keys, parts and surroundings. And of what all share.
const PACES: [f32; 3] = [0.05, 0.05, 0.001];
/// Parts in a hundred, keys in a hundred, that are hidden.
pub(super) const HIDES: usize = 20;
/// Words in a hundred that are read without knowing the word itself; and neighbours.
const BLIND: [usize; 2] = [30, 20];
/// Numbers of the hidden layer, in a hundred, that are hidden.
const DROPPED: usize = 20;
/// What cannot be.
const NEVER: f32 = -1e9;
/// A slope below this is level.
const LEVEL: f32 = 1e-3;

/// A token as it was read.
#[derive(Debug, Default)]
struct Read {
    keys: Vec<u32>,
    parts: [Vec<u32>; PLACES],
    around: Vec<usize>,
    meanings: [[f32; MEANING]; PLACES],
    /// The hidden layer, as far as it speaks.
    hidden: [f32; HIDDEN],
}

/// Learns from lessons, in an order that the dice give.
#[derive(Debug)]
pub(super) struct Learner {
    weights: Weights,
    reads: Vec<Read>,
    scores: Vec<Each>,
    chances: Chances,
}

impl Learner {
    fn new(lessons: &Lessons, dice: &mut Dice) -> Self {
        Self {
            weights: Weights::new(lessons.keys.len(), lessons.parts.len(), dice),
            reads: Vec::new(),
            scores: Vec::new(),
            chances: Chances::default(),
        }
    }

    /// Learns twice: the first time tells which keys are worth a row, the second knows only those.
    pub(super) fn learn(mut lessons: Lessons, known: Known, dice: &mut Dice) -> Model {
        lessons.settle();
        let mut learner = Self::new(&lessons, dice);
        learner.read_all(&lessons, EPOCHS[0], dice);
        let table = rounded::table(&learner.weights, &lessons);
        lessons.narrow(|key| table.has(key));
        learner = Self::new(&lessons, dice);
        learner.read_all(&lessons, EPOCHS[1], dice);
        rounded::model(&learner.weights, &lessons, known)
    }

    fn read_all(&mut self, lessons: &Lessons, epochs: usize, dice: &mut Dice) {
        let mut order: Vec<usize> = (0..lessons.runs.len()).collect();
        let (mut done, all) = (0, (epochs * order.len()) as f32);
        for _ in 0..epochs {
            for at in (1..order.len()).rev() {
                order.swap(at, dice.below(at + 1));
            }
            for run in order.iter().filter_map(|&at| lessons.runs.get(at)) {
                let pace = (1.0 - done as f32 / all).max(0.02);
                self.read(lessons, run, dice);
                self.correct(run, pace);
                done += 1;
                if done % BATCH == 0 {
                    self.weights.step(PACES[2] * pace);
                }
            }
        }
    }

    fn read(&mut self, lessons: &Lessons, run: &Run, dice: &mut Dice) {
        self.scores.clear();
        self.reads.resize_with(self.reads.len().max(run.len()), Read::default);
        for (token, read) in run.iter().zip(&mut self.reads) {
            choose(lessons, token, read, dice);
            self.scores.push(score(&self.weights, token, read, dice));
        }
        self.chances.work_out(&self.scores, &self.weights.follow());
    }

    /// Moves the weights towards what is right.
    fn correct(&mut self, run: &Run, pace: f32) {
        let mut before = 0;
        for (slope, step) in
            self.weights.follow.slopes.iter_mut().zip(self.chances.steps.as_flattened())
        {
            *slope += step;
        }
        for ((token, read), chances) in run.iter().zip(&self.reads).zip(&self.chances.labels) {
            let step = before * COUNT + usize::from(token.gold);
            self.weights.follow.slopes[step] -= 1.0;
            before = usize::from(token.gold);
            let mut slopes = *chances;
            slopes[before] -= 1.0;
            if !token.begins {
                slopes.iter_mut().skip(1).step_by(2).for_each(|slope| *slope = 0.0);
            }
            if slopes.iter().any(|slope| slope.abs() >= LEVEL) {
                correct(&mut self.weights, read, &slopes, pace);
            }
        }
    }
}

/// Settles what is known of a token this time.
fn choose(lessons: &Lessons, token: &Token, read: &mut Read, dice: &mut Dice) {
    let is_blind = dice.below(100) < BLIND[0];
    read.keys.clear();
    read.keys.extend(token.numbers(is_blind).filter(|_| dice.below(100) >= HIDES));
    for (place, (parts, &word)) in read.parts.iter_mut().zip(&token.words).enumerate() {
        let blind = if place == MIDDLE { is_blind } else { dice.below(100) < BLIND[1] };
        let all = lessons.words.get(word as usize).map(|word| word.parts(blind));
        parts.clear();
        parts.extend(all.unwrap_or_default().iter().filter(|_| dice.below(100) >= HIDES));
    }
    read.around.clear();
    token.around.each(|number| read.around.push(number));
}

/// Returns what speaks for each label of a token.
fn score(weights: &Weights, token: &Token, read: &mut Read, dice: &mut Dice) -> Each {
    let mut scores = Each::default();
    for &key in &read.keys {
        add(&mut scores, &weights.keys.rows[key as usize], 1.0);
    }
    let mut hidden = [0.0; HIDDEN];
    add(&mut hidden, &weights.base.values, 1.0);
    let mut rows = weights.places.values.chunks_exact(HIDDEN);
    for (parts, meaning) in read.parts.iter().zip(&mut read.meanings) {
        *meaning = [0.0; MEANING];
        for &part in parts {
            add(meaning, &weights.parts.rows[part as usize], 1.0);
        }
        for (&number, row) in meaning.iter().zip(&mut rows) {
            add(&mut hidden, row, number);
        }
    }
    for &number in &read.around {
        add(&mut hidden, &weights.around.rows[number], 1.0);
    }
    for number in &mut hidden {
        let is_kept = dice.below(100) >= DROPPED;
        *number = if is_kept { number.max(0.0) * 100.0 / (100 - DROPPED) as f32 } else { 0.0 };
    }
    read.hidden = hidden;
    for (score, row) in scores.iter_mut().zip(weights.out.values.chunks_exact(HIDDEN)) {
        *score += dot(row, &hidden);
    }
    if !token.begins {
        for label in (1..Labels::COUNT).step_by(2) {
            scores[label] = NEVER;
        }
    }
    scores
}

/// Moves the weights of what is known of a token down the slopes of its labels.
fn correct(weights: &mut Weights, read: &Read, slopes: &Each, pace: f32) {
    for &key in &read.keys {
        weights.keys.step(key as usize, slopes, PACES[0] * pace);
    }
    let mut back = [0.0; HIDDEN];
    let rows = weights.out.values.chunks_exact(HIDDEN);
    for ((row, moves), &slope) in rows.zip(weights.out.slopes.chunks_exact_mut(HIDDEN)).zip(slopes)
    {
        add(&mut back, row, slope);
        add(moves, &read.hidden, slope);
    }
    for (slope, &number) in back.iter_mut().zip(&read.hidden) {
        *slope = if number > 0.0 { *slope * 100.0 / (100 - DROPPED) as f32 } else { 0.0 };
    }
    add(&mut weights.base.slopes, &back, 1.0);
    for &number in &read.around {
        weights.around.step(number, &back, PACES[1] * pace);
    }
    let mut rows = weights.places.values.chunks_exact(HIDDEN);
    let mut moves = weights.places.slopes.chunks_exact_mut(HIDDEN);
    for (parts, meaning) in read.parts.iter().zip(&read.meanings) {
        let mut behind = [0.0; MEANING];
        let both = (&mut rows).zip(&mut moves);
        for ((slope, &number), (row, moves)) in behind.iter_mut().zip(meaning).zip(both) {
            *slope = dot(row, &back);
            add(moves, &back, number);
        }
        for &part in parts {
            weights.parts.step_together(part as usize, &behind, PACES[1] * pace);
        }
    }
}

fn add(sums: &mut [f32], row: &[f32], factor: f32) {
    for (sum, number) in sums.iter_mut().zip(row) {
        *sum += factor * number;
    }
}

/// Adds products up in eight sums at a time, as the processor does.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    let (ones, _) = one.as_chunks::<8>();
    let (others, _) = other.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (one, other) in ones.iter().zip(others) {
        for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other)) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}

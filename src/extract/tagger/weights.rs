//! Weights while they are learnt, and the steps that change them.

use super::{
    chances::COUNT,
    examples::Dice,
    net::{HIDDEN, PLACES},
    rows::MEANING,
    slots::AROUND,
};

/// Rows of which few matter to a token, each with a pace of its own (`AdaGrad`).
#[derive(Debug)]
pub(super) struct Sparse<const N: usize> {
    pub(super) rows: Vec<[f32; N]>,
    squares: Vec<[f32; N]>,
}

impl<const N: usize> Sparse<N> {
    /// Returns rows of zeros.
    pub(super) fn new(count: usize) -> Self {
        Self { rows: vec![[0.0; N]; count], squares: vec![[1e-6; N]; count] }
    }

    /// Returns rows of small numbers.
    pub(super) fn scattered(count: usize, dice: &mut Dice) -> Self {
        let mut rows = Self::new(count);
        for number in rows.rows.iter_mut().flatten() {
            *number = 0.05 * dice.offset();
        }
        rows
    }

    /// Goes down a slope, each number at its own pace.
    pub(super) fn step(&mut self, row: usize, slope: &[f32; N], pace: f32) {
        let (Some(row), Some(squares)) = (self.rows.get_mut(row), self.squares.get_mut(row)) else {
            return;
        };
        for ((number, square), slope) in row.iter_mut().zip(squares).zip(slope) {
            *square += slope * slope;
            *number -= pace * slope / square.sqrt();
        }
    }

    /// Goes down a slope, the row as one.
    pub(super) fn step_together(&mut self, row: usize, slope: &[f32; N], pace: f32) {
        let square = self.squares.get_mut(row).and_then(|squares| squares.first_mut());
        let (Some(row), Some(square)) = (self.rows.get_mut(row), square) else { return };
        *square += slope.iter().map(|slope| slope * slope).sum::<f32>() / N as f32;
        let pace = pace / square.sqrt();
        for (number, slope) in row.iter_mut().zip(slope) {
            *number -= pace * slope;
        }
    }
}

/// Numbers that matter to every token (`Adam`).
#[derive(Debug, Default)]
pub(super) struct Dense {
    pub(super) values: Vec<f32>,
    pub(super) slopes: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
}

impl Dense {
    /// Returns numbers scattered as widely as this.
    pub(super) fn new(count: usize, width: f32, dice: &mut Dice) -> Self {
        let zeros = || vec![0.0; count];
        let values = (0..count).map(|_| width * dice.offset()).collect();
        Self { values, slopes: zeros(), means: zeros(), squares: zeros() }
    }

    /// Goes down the mean of the slopes of some runs.
    fn step(&mut self, runs: f32, pace: f32, decays: [f32; 2]) {
        let slopes = self.slopes.iter_mut().zip(&mut self.means).zip(&mut self.squares);
        for (value, ((slope, mean), square)) in self.values.iter_mut().zip(slopes) {
            let own = *slope / runs;
            *slope = 0.0;
            *mean = 0.9 * *mean + 0.1 * own;
            *square = 0.999 * *square + 0.001 * own * own;
            *value -= pace * (*mean / decays[0]) / ((*square / decays[1]).sqrt() + 1e-8);
        }
    }
}

/// All weights.
#[derive(Debug)]
pub(super) struct Weights {
    /// Keys, with what they say of each label.
    pub(super) keys: Sparse<COUNT>,
    /// Parts of words, with what they mean.
    pub(super) parts: Sparse<MEANING>,
    pub(super) around: Sparse<HIDDEN>,
    /// From each number of a meaning to the hidden layer, by place.
    pub(super) places: Dense,
    pub(super) base: Dense,
    /// From the hidden layer to each label.
    pub(super) out: Dense,
    pub(super) follow: Dense,
    /// What is left of the first means.
    decays: [f32; 2],
}

/// Runs whose slopes make a step together.
pub(super) const BATCH: usize = 8;

impl Weights {
    /// Returns weights that know nothing yet.
    pub(super) fn new(keys: usize, parts: usize, dice: &mut Dice) -> Self {
        let width = |from: usize, to: usize| (6.0 / (from + to) as f32).sqrt();
        Self {
            keys: Sparse::new(keys),
            parts: Sparse::scattered(parts, dice),
            around: Sparse::new(AROUND),
            places: Dense::new(PLACES * MEANING * HIDDEN, width(PLACES * MEANING, HIDDEN), dice),
            base: Dense::new(HIDDEN, 0.0, dice),
            out: Dense::new(COUNT * HIDDEN, width(HIDDEN, COUNT), dice),
            follow: Dense::new(COUNT * COUNT, 0.0, dice),
            decays: [1.0; 2],
        }
    }

    /// Makes a step of what matters to every token.
    pub(super) fn step(&mut self, pace: f32) {
        self.decays = [self.decays[0] * 0.9, self.decays[1] * 0.999];
        let decays = self.decays.map(|decay| 1.0 - decay);
        for dense in [&mut self.places, &mut self.base, &mut self.out] {
            dense.step(BATCH as f32, pace, decays);
        }
        self.follow.step(BATCH as f32, 5.0 * pace, decays);
    }

    /// Returns what leads from label to label.
    pub(super) fn follow(&self) -> [[f32; COUNT]; COUNT] {
        let mut rows = [[0.0; COUNT]; COUNT];
        for (to, from) in rows.as_flattened_mut().iter_mut().zip(&self.follow.values) {
            *to = *from;
        }
        rows
    }
}

//! The perceptron: which keys are worth a row, and what the rows hold.
//!
//! An averaged structured perceptron with a margin. It learns first from all keys that were seen
//! often enough; those that matter most are kept, and learnt from anew.

use super::{
    examples::Dice,
    model::{Follow, Labels, Lattice, Model, Scores, barred, forbid_begins},
    slots::{BITS, HERE, MIXED, TEMPLATES},
    table::{Row, Table},
};

const EPOCHS: usize = 6;
/// How often everything is learnt anew; the weights are the mean of all but the first, which
/// depends less on the order.
const ROUNDS: usize = 3;
/// How much better than every other path the right one must be.
const MARGIN: i32 = 120;
/// How much better still where no name is what it must beat: a name lost costs more than one too many.
const RECALL: i32 = 20;
/// Words in a hundred that are read without knowing the word itself.
const BLIND: usize = 15;
/// Templates that know the word itself.
const WORDS: [usize; 9] = {
    let mixed = TEMPLATES - MIXED;
    [0, 1, 2, HERE - 2, HERE - 1, mixed, mixed + 1, mixed + MIXED / 2, mixed + MIXED / 2 + 1]
};
/// One weight in this many may be larger than a byte holds. The largest decide most: with one in
/// 2000 cut short, F1 is two points lower.
const CLIPPED: usize = 200_000;
/// How often something must be seen to be learnt from.
const SEEN: u32 = 2;

/// Consecutive tokens that are scored together, with the right answer.
pub(super) struct Run {
    /// What is said of each token: keys, which [`Keys::of`] makes numbers of.
    pub(super) slots: Vec<[u32; TEMPLATES]>,
    pub(super) begins: Vec<bool>,
    pub(super) gold: Vec<u8>,
}

/// The keys that are learnt from, each with a number.
struct Keys {
    keys: Vec<u32>,
    /// How often each was seen.
    counts: Vec<u32>,
}

/// Number of a key that is not learnt from.
const NONE: u32 = u32::MAX;

impl Keys {
    /// Keeps the keys that matter most by what was learnt, and numbers them anew.
    fn narrowed(&self, learnt: &Means, runs: &mut [Run]) -> Self {
        let table = learnt.table(self, 1.0);
        let mut all = Self { keys: Vec::new(), counts: Vec::new() };
        let mut numbers = vec![NONE; self.keys.len()];
        for (number, (&key, &count)) in numbers.iter_mut().zip(self.keys.iter().zip(&self.counts)) {
            if table.row(key).is_some() {
                *number = all.keys.len() as u32;
                all.keys.push(key);
                all.counts.push(count);
            }
        }
        let slots = runs.iter_mut().flat_map(|run| run.slots.as_flattened_mut());
        for slot in slots.filter(|slot| **slot != NONE) {
            *slot = numbers[*slot as usize];
        }
        all
    }

    /// Numbers the keys of `runs` that were seen often enough, in place.
    fn of(runs: &mut [Run]) -> Self {
        let mut counts = vec![0u32; 1 << BITS];
        for &key in runs.iter().flat_map(|run| run.slots.as_flattened()) {
            counts[key as usize] += 1;
        }
        let mut all = Self { keys: Vec::new(), counts: Vec::new() };
        let mut numbers = vec![NONE; 1 << BITS];
        for (key, &count) in counts.iter().enumerate().filter(|(_, count)| **count >= SEEN) {
            numbers[key] = all.keys.len() as u32;
            all.keys.push(key as u32);
            all.counts.push(count);
        }
        for key in runs.iter_mut().flat_map(|run| run.slots.as_flattened_mut()) {
            *key = numbers[*key as usize];
        }
        all
    }
}

pub(super) struct Learner {
    weights: Vec<[i32; Labels::COUNT]>,
    /// Sum over time of every change, by when it was made.
    spent: Vec<[f32; Labels::COUNT]>,
    follow: Follow,
    follow_spent: [[f64; Labels::COUNT]; Labels::COUNT],
    time: f32,
    /// Tokens of the run whose word is not known.
    blind: Vec<bool>,
}

impl Learner {
    fn new(keys: usize) -> Self {
        Self {
            weights: vec![[0; Labels::COUNT]; keys],
            spent: vec![[0.0; Labels::COUNT]; keys],
            follow: barred(Follow::default()),
            follow_spent: Default::default(),
            time: 0.0,
            blind: Vec::new(),
        }
    }

    /// Learns several times, in another order each, and returns the mean of what was learnt. The first
    /// time tells which keys are worth a row; the others know only those.
    pub(super) fn learn(runs: &mut [Run], dice: &mut Dice) -> Model {
        let mut keys = Keys::of(runs);
        let mut sum = Means::default();
        for round in 0..ROUNDS {
            if round == 1 {
                // What matters is known by now: the rest learns to do without the rest.
                keys = keys.narrowed(&sum, runs);
                sum = Means::default();
            }
            let mut learner = Self::new(keys.keys.len());
            let mut lattice = Lattice::default();
            for _ in 0..EPOCHS {
                for at in (1..runs.len()).rev() {
                    runs.swap(at, dice.below(at + 1));
                }
                for run in runs.iter() {
                    learner.time += 1.0 / runs.len() as f32;
                    learner.read(run, &mut lattice, dice);
                }
            }
            learner.add_means(&mut sum);
        }
        sum.model(&keys)
    }

    fn read(&mut self, run: &Run, lattice: &mut Lattice, dice: &mut Dice) {
        lattice.clear();
        self.blind.clear();
        for ((slots, &begins), &gold) in run.slots.iter().zip(&run.begins).zip(&run.gold) {
            let mut scores: Scores = [0; Labels::COUNT];
            // A word that is not known by itself must be known by its letters and neighbours.
            let blind = dice.below(100) < BLIND;
            self.blind.push(blind);
            for slot in known(slots, blind) {
                for (score, weight) in scores.iter_mut().zip(&self.weights[slot]) {
                    *score += weight;
                }
            }
            if !begins {
                forbid_begins(&mut scores);
            }
            scores[gold as usize] -= MARGIN;
            if gold != 0 {
                scores[0] += RECALL;
            }
            lattice.push(&self.follow, scores);
        }
        lattice.decode();
        let found = lattice.labels();
        if found == run.gold {
            return;
        }
        let (mut last, mut last_found) = (0, 0);
        for (((slots, &gold), &found), &blind) in
            run.slots.iter().zip(&run.gold).zip(found).zip(&self.blind)
        {
            if gold != found {
                for slot in known(slots, blind) {
                    let (row, spent) = (&mut self.weights[slot], &mut self.spent[slot]);
                    row[gold as usize] += 1;
                    row[found as usize] -= 1;
                    spent[gold as usize] += self.time;
                    spent[found as usize] -= self.time;
                }
            }
            if (last, gold) != (last_found, found) {
                let time = f64::from(self.time);
                self.follow[last as usize][gold as usize] += 1;
                self.follow[last_found as usize][found as usize] -= 1;
                self.follow_spent[last as usize][gold as usize] += time;
                self.follow_spent[last_found as usize][found as usize] -= time;
            }
            (last, last_found) = (gold, found);
        }
    }

    /// Adds the mean of the weights over time, against no name.
    fn add_means(&self, sum: &mut Means) {
        let mean = |weight: i32, spent: f32| weight as f32 - spent / self.time;
        sum.rows.resize(self.weights.len(), [0.0; 8]);
        for ((row, spent), sums) in self.weights.iter().zip(&self.spent).zip(&mut sum.rows) {
            let none = mean(row[0], spent[0]);
            for (at, sum) in sums.iter_mut().enumerate() {
                *sum += mean(row[at + 1], spent[at + 1]) - none;
            }
        }
        for (last, row) in sum.follow.iter_mut().enumerate() {
            for (label, sum) in row.iter_mut().enumerate() {
                *sum += f64::from(self.follow[last][label])
                    - self.follow_spent[last][label] / f64::from(self.time);
            }
        }
    }
}

/// Returns the numbers of what is known of a token, the word itself left out of it where that is hidden.
fn known(slots: &[u32; TEMPLATES], blind: bool) -> impl Iterator<Item = usize> {
    let of_word = move |at: &usize| blind && WORDS.contains(at);
    slots
        .iter()
        .enumerate()
        .filter(move |(at, slot)| **slot != NONE && !of_word(at))
        .map(|(_, &slot)| slot as usize)
}

/// Weights before they become bytes.
#[derive(Default)]
struct Means {
    rows: Vec<[f32; 8]>,
    follow: [[f64; Labels::COUNT]; Labels::COUNT],
}

impl Means {
    /// Returns the table of these weights, those that change most first.
    fn table(&self, keys: &Keys, scale: f32) -> Table {
        let byte = |mean: f32| (mean * scale).round().clamp(-127.0, 127.0) as i8;
        let mut order: Vec<(f32, u32, Row)> = Vec::new();
        for ((means, &key), &count) in self.rows.iter().zip(&keys.keys).zip(&keys.counts) {
            let most = means.iter().fold(0.0, |most: f32, mean| most.max(mean.abs()));
            if most > 0.0 {
                order.push((most * (count as f32).sqrt(), key, means.map(byte)));
            }
        }
        order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        Table::new(order.into_iter().map(|(_, key, row)| (key, row)))
    }

    /// Returns the model of these weights, in bytes.
    fn model(&self, keys: &Keys) -> Model {
        let mut sizes: Vec<f32> =
            self.rows.as_flattened().iter().map(|mean| mean.abs()).filter(|&m| m > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let large = sizes
            .get(sizes.len().saturating_sub(sizes.len() / CLIPPED + 1))
            .copied()
            .unwrap_or(1.0);
        let scale = 127.0 / large.max(1.0);
        let table = self.table(keys, scale);
        let mut follow = Follow::default();
        for (row, means) in follow.iter_mut().zip(&self.follow) {
            for (weight, mean) in row.iter_mut().zip(means) {
                *weight = (mean * f64::from(scale)).round() as i32;
            }
        }
        Model::new(table, follow)
    }
}

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

/// How often everything is read the first time, to tell which keys matter, and how often then.
const EPOCHS: [usize; 2] = [4, 6];
/// How often everything is learnt anew; the weights are the mean of all but the first, which
/// depends less on the order.
const ROUNDS: usize = 5;
/// How much better than every other path the right one must be.
const MARGIN: i32 = 120;
/// How much better still where no name is what it must beat: a name lost costs more than one too many.
const RECALL: i32 = 20;
/// Words in a hundred that are read without knowing the word itself.
const BLIND: usize = 15;
/// Templates that know the word itself.
const WORDS: [usize; 7] = {
    let mixed = TEMPLATES - MIXED;
    [0, 1, 2, HERE - 2, HERE - 1, mixed, mixed + 1]
};
/// What is taken from no name, token by token, in the weights that are kept: what is learnt finds too
/// few names that it has not seen.
const LEAN: i32 = 40;
/// One weight in this many may be larger than a byte holds. The largest decide most: with one in
/// 2000 cut short, F1 is two points lower.
const CLIPPED: usize = 200_000;
/// How often something must be seen to be learnt from.
const SEEN: u32 = 2;

/// Consecutive tokens that are scored together, with the right answer.
pub(super) struct Run {
    /// What is said of each token: keys.
    pub(super) slots: Vec<[u32; TEMPLATES]>,
    pub(super) begins: Vec<bool>,
    pub(super) gold: Vec<u8>,
}

/// The same with the numbers of the keys that are learnt from, and nothing of the others.
struct Lesson {
    numbers: Vec<u32>,
    tokens: Vec<Told>,
}

/// A token of a lesson.
struct Told {
    begins: bool,
    gold: u8,
    /// How many numbers it has, and how many of them, the first, know the word itself.
    count: u8,
    words: u8,
}

impl Lesson {
    fn of(run: &Run, numbers: &[u32]) -> Self {
        let mut lesson = Self { numbers: Vec::new(), tokens: Vec::new() };
        for ((slots, &begins), &gold) in run.slots.iter().zip(&run.begins).zip(&run.gold) {
            let start = lesson.numbers.len();
            let number = |at: usize| {
                slots.get(at).and_then(|&key| numbers.get(key as usize)).copied().unwrap_or(NONE)
            };
            lesson.numbers.extend(WORDS.into_iter().map(number).filter(|&n| n != NONE));
            let words = (lesson.numbers.len() - start) as u8;
            let others = (0..TEMPLATES).filter(|at| !WORDS.contains(at));
            lesson.numbers.extend(others.map(number).filter(|&n| n != NONE));
            let count = (lesson.numbers.len() - start) as u8;
            lesson.tokens.push(Told { begins, gold, count, words });
        }
        lesson.numbers.shrink_to_fit();
        lesson
    }

    /// Keeps what has a number still.
    fn narrow(&mut self, numbers: &[u32]) {
        let (mut from, mut to) = (0, 0);
        for token in &mut self.tokens {
            let (words, count) = (usize::from(token.words), usize::from(token.count));
            (token.words, token.count) = (0, 0);
            for at in 0..count {
                let number = numbers[self.numbers[from + at] as usize];
                if number != NONE {
                    self.numbers[to] = number;
                    to += 1;
                    token.count += 1;
                    token.words += u8::from(at < words);
                }
            }
            from += count;
        }
        self.numbers.truncate(to);
    }

    /// Calls back with every token and the numbers that are known of it, those of the word itself
    /// left out where it is to be `blind`.
    fn each(&self, mut told: impl FnMut(usize, &Told, &[u32], &[u32])) {
        let mut rest = self.numbers.as_slice();
        for (at, token) in self.tokens.iter().enumerate() {
            let (own, behind) = rest.split_at(token.count.into());
            let (words, others) = own.split_at(token.words.into());
            told(at, token, words, others);
            rest = behind;
        }
    }
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
    /// Numbers the keys of `runs` that were seen often enough.
    fn of(runs: Vec<Run>) -> (Self, Vec<Lesson>) {
        let mut counts = vec![0u32; 1 << BITS];
        for &key in runs.iter().flat_map(|run| run.slots.as_flattened()) {
            if let Some(count) = counts.get_mut(key as usize) {
                *count += 1;
            }
        }
        let mut all = Self { keys: Vec::new(), counts: Vec::new() };
        let mut numbers = vec![NONE; 1 << BITS];
        for (key, &count) in counts.iter().enumerate().filter(|(_, count)| **count >= SEEN) {
            numbers[key] = all.keys.len() as u32;
            all.keys.push(key as u32);
            all.counts.push(count);
        }
        // One after the other, so that no run is there twice.
        let lessons = runs.into_iter().map(|run| Lesson::of(&run, &numbers)).collect();
        (all, lessons)
    }

    /// Keeps the keys that matter most by what was learnt, and numbers them anew.
    fn narrowed(&self, learnt: &Means, lessons: &mut [Lesson]) -> Self {
        let table = learnt.table(self, 1.0);
        let mut all = Self { keys: Vec::new(), counts: Vec::new() };
        let mut numbers = vec![NONE; self.keys.len()];
        for (number, (&key, &count)) in numbers.iter_mut().zip(self.keys.iter().zip(&self.counts)) {
            if table.has(key) {
                *number = all.keys.len() as u32;
                all.keys.push(key);
                all.counts.push(count);
            }
        }
        for lesson in lessons {
            lesson.narrow(&numbers);
        }
        all
    }
}

/// What speaks for each label but the first, against that one.
type Weights = [i16; Labels::COUNT - 1];

pub(super) struct Learner {
    weights: Vec<Weights>,
    /// Sum over time of every change, by when it was made.
    spent: Vec<[f32; Labels::COUNT - 1]>,
    follow: Follow,
    follow_spent: [[f64; Labels::COUNT]; Labels::COUNT],
    time: f32,
    /// Tokens of the run whose word is not known.
    blind: Vec<bool>,
}

impl Learner {
    fn new(keys: usize) -> Self {
        Self {
            weights: vec![[0; Labels::COUNT - 1]; keys],
            spent: vec![[0.0; Labels::COUNT - 1]; keys],
            follow: barred(Follow::default()),
            follow_spent: Default::default(),
            time: 0.0,
            blind: Vec::new(),
        }
    }

    /// Learns several times, in another order each, and returns the mean of what was learnt. The first
    /// time tells which keys are worth a row; the others know only those.
    pub(super) fn learn(runs: Vec<Run>, dice: &mut Dice) -> Model {
        let (mut keys, mut lessons) = Keys::of(runs);
        let mut sum = Means::default();
        for round in 0..ROUNDS {
            if round == 1 {
                // What matters is known by now: the rest learns to do without the rest.
                keys = keys.narrowed(&sum, &mut lessons);
                sum = Means::default();
            }
            let mut learner = Self::new(keys.keys.len());
            let mut lattice = Lattice::default();
            for _ in 0..EPOCHS[round.min(1)] {
                for at in (1..lessons.len()).rev() {
                    lessons.swap(at, dice.below(at + 1));
                }
                for lesson in &lessons {
                    learner.time += 1.0 / lessons.len() as f32;
                    learner.read(lesson, &mut lattice, dice);
                }
            }
            learner.add_means(&mut sum);
        }
        sum.model(&keys)
    }

    fn read(&mut self, lesson: &Lesson, lattice: &mut Lattice, dice: &mut Dice) {
        lattice.clear();
        self.blind.clear();
        let (weights, blinds) = (&self.weights, &mut self.blind);
        lesson.each(|_, token, words, others| {
            let mut scores: Scores = [0; Labels::COUNT];
            // A word that is not known by itself must be known by its letters and neighbours.
            let blind = dice.below(100) < BLIND;
            blinds.push(blind);
            let words = if blind { &[] } else { words };
            for &number in words.iter().chain(others) {
                let row = &weights[number as usize];
                for (score, &weight) in scores.iter_mut().skip(1).zip(row) {
                    *score += i32::from(weight);
                }
            }
            if !token.begins {
                forbid_begins(&mut scores);
            }
            scores[token.gold as usize] -= MARGIN;
            if token.gold != 0 {
                scores[0] += RECALL;
            }
            lattice.push(&self.follow, scores);
        });
        lattice.decode();
        let found = lattice.labels();
        if lesson.tokens.iter().map(|token| token.gold).eq(found.iter().copied()) {
            return;
        }
        self.correct(lesson, found);
    }

    /// Moves the weights from what was found towards what is right.
    fn correct(&mut self, lesson: &Lesson, found: &[u8]) {
        let time = self.time;
        let (weights, spents, blinds) = (&mut self.weights, &mut self.spent, &self.blind);
        lesson.each(|at, token, words, others| {
            let (gold, found) = (token.gold, found[at]);
            if gold == found {
                return;
            }
            let words = if blinds[at] { &[] } else { words };
            for &number in words.iter().chain(others) {
                let number = number as usize;
                let (row, spent) = (&mut weights[number], &mut spents[number]);
                for label in 1..Labels::COUNT as u8 {
                    // What speaks for no name speaks against each of the others.
                    let towards = i16::from(label == gold) + i16::from(found == 0);
                    let change = towards - i16::from(label == found) - i16::from(gold == 0);
                    let place = usize::from(label) - 1;
                    row[place] = row[place].saturating_add(change);
                    spent[place] += f32::from(change) * time;
                }
            }
        });
        let (mut last, mut last_found) = (0, 0);
        for (token, &found) in lesson.tokens.iter().zip(found) {
            let gold = token.gold;
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
        sum.rows.resize(self.weights.len(), [0.0; 8]);
        for ((row, spent), sums) in self.weights.iter().zip(&self.spent).zip(&mut sum.rows) {
            for ((sum, &weight), spent) in sums.iter_mut().zip(row).zip(spent) {
                *sum += f32::from(weight) - spent / self.time;
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
            row[0] -= LEAN;
        }
        Model::new(table, follow)
    }
}

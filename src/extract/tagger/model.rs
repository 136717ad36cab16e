//! The weights and the search for the best labels.
//!
//! A row holds eight signed bytes: how much it speaks for a name of each kind beginning or going
//! on here, against no name. What was not worth a row is told by [`table`](super::table) and says nothing. The search is Viterbi's, with learnt weights of label after label.

use super::{lists::Lists, table::Table};

/// Numbers of labels: 0 is no name, then `begin` and `go on` of each kind.
#[derive(Debug)]
pub(super) struct Labels;

impl Labels {
    /// Number of labels.
    pub(super) const COUNT: usize = 9;
    /// Kinds of names.
    pub(super) const PER: u8 = 0;
    /// Kind of organisations.
    pub(super) const ORG: u8 = 1;
    /// Kind of places.
    pub(super) const LOC: u8 = 2;
    /// Kind of other names.
    pub(super) const MISC: u8 = 3;

    /// Returns the label that begins a name.
    pub(super) fn begin(kind: u8) -> u8 {
        1 + kind * 2
    }

    /// Returns the label that goes on with a name.
    pub(super) fn inside(kind: u8) -> u8 {
        2 + kind * 2
    }

    /// Returns the kind of a label that is some name's.
    pub(super) fn kind(label: u8) -> Option<u8> {
        label.checked_sub(1).map(|rest| rest / 2)
    }

    /// Returns whether a label begins a name.
    pub(super) fn is_begin(label: u8) -> bool {
        label % 2 == 1
    }

    /// Returns whether `label` may stand after `before`: two names of one kind never touch.
    pub(super) fn may_follow(before: u8, label: u8) -> bool {
        let is_same = Self::kind(before) == Self::kind(label);
        label == 0 || is_same != Self::is_begin(label)
    }
}

/// Scores of the labels of a token.
pub(super) type Scores = [i32; Labels::COUNT];

/// Weights of label after label: `follow[before][label]`.
pub(super) type Follow = [[i32; Labels::COUNT]; Labels::COUNT];

/// A score that nothing outweighs.
const NEVER: i32 = -1_000_000;

const MAGIC: &[u8; 4] = b"FWN2";

/// Most bytes of unpacked weights.
const LARGEST: usize = 32 << 20;

/// The weights.
#[derive(Debug, Default)]
pub(super) struct Model {
    table: Table,
    follow: Follow,
    lists: Lists,
}

/// What speaks for each label but the first, against that one.
pub(super) type Sums = [i16; 8];

impl Model {
    /// Makes a model of rows and of what leads from label to label.
    pub(super) fn new(table: Table, follow: Follow) -> Self {
        Self { table, follow: barred(follow), lists: Lists::load() }
    }

    /// Returns the weights of label after label.
    pub(super) fn follow(&self) -> &Follow {
        &self.follow
    }

    /// Returns whether there are no weights.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Unpacks what [`Model::to_bytes`] wrote.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let plain = zstd::bulk::decompress(bytes, LARGEST).ok()?;
        let rest = plain.strip_prefix(MAGIC)?;
        let (head, rest) = rest.split_at_checked(2 * Labels::COUNT * Labels::COUNT)?;
        let mut follow = Follow::default();
        let places = follow.iter_mut().flat_map(|row| row.iter_mut());
        for (weight, pair) in places.zip(head.chunks_exact(2)) {
            *weight = i32::from(i16::from_le_bytes(pair.try_into().ok()?));
        }
        Some(Self::new(Table::from_bytes(rest)?, follow))
    }

    /// Packs the weights.
    pub(super) fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut plain = MAGIC.to_vec();
        for &weight in self.follow.iter().flat_map(|row| row.iter()) {
            plain.extend((weight as i16).to_le_bytes());
        }
        self.table.to_bytes(&mut plain);
        zstd::bulk::compress(&plain, 19)
    }

    /// Returns the lists of names.
    pub(super) fn lists(&self) -> &Lists {
        &self.lists
    }

    /// Adds the rows of keys up.
    pub(super) fn add(&self, keys: &[u32], sums: &mut Sums) {
        self.table.add(keys, sums);
    }
}

/// Returns the scores of all labels.
pub(super) fn scores(sums: &Sums) -> Scores {
    let mut scores = [0; Labels::COUNT];
    for (score, &sum) in scores.iter_mut().skip(1).zip(sums) {
        *score = i32::from(sum);
    }
    scores
}

/// Returns the weights of label after label, with what cannot follow ruled out.
pub(super) fn barred(mut follow: Follow) -> Follow {
    for (last, row) in follow.iter_mut().enumerate() {
        for (label, weight) in row.iter_mut().enumerate() {
            if !Labels::may_follow(last as u8, label as u8) {
                *weight = NEVER;
            }
        }
    }
    follow
}

/// Rules out that a name begins here.
pub(super) fn forbid_begins(scores: &mut Scores) {
    for score in scores.iter_mut().skip(1).step_by(2) {
        *score = NEVER;
    }
}

#[derive(Debug)]
struct Column {
    scores: Scores,
    /// Best sum of a path that ends in each label, and the label before it.
    sums: Scores,
    from: [u8; Labels::COUNT],
}

/// Viterbi's table of a run of tokens.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    columns: Vec<Column>,
    best: Vec<u8>,
}

impl Lattice {
    /// Forgets the last run.
    pub(super) fn clear(&mut self) {
        self.columns.clear();
    }

    /// Adds a token.
    pub(super) fn push(&mut self, follow: &Follow, scores: Scores) {
        const START: Scores = [0, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER];
        let before = self.columns.last().map_or(START, |column| column.sums);
        let (mut sums, mut from) = ([NEVER * 3; Labels::COUNT], [0; Labels::COUNT]);
        // What is over a name of each kind, and how it got there: only a kind's own goes on.
        let step = |last: usize, label: usize| (before[last] + follow[last][label], last as u8);
        let better = |one: (i32, u8), other: (i32, u8)| if other.0 > one.0 { other } else { one };
        let mut best = step(0, 0);
        for last in 1..Labels::COUNT {
            best = better(best, step(last, 0));
        }
        (sums[0], from[0]) = ((scores[0] + best.0).max(NEVER * 3), best.1);
        for kind in 0..4 {
            let (begin, inside) = (1 + 2 * kind, 2 + 2 * kind);
            let best = better(step(begin, inside), step(inside, inside));
            (sums[inside], from[inside]) = ((scores[inside] + best.0).max(NEVER * 3), best.1);
            // Nothing leads to a label that is ruled out.
            if scores[begin] <= NEVER {
                continue;
            }
            let mut best = step(0, begin);
            for last in 1..begin {
                best = better(best, step(last, begin));
            }
            for last in inside + 1..Labels::COUNT {
                best = better(best, step(last, begin));
            }
            (sums[begin], from[begin]) = ((scores[begin] + best.0).max(NEVER * 3), best.1);
        }
        self.columns.push(Column { scores, sums, from });
    }

    /// Returns whether the likeliest path stands outside of names.
    pub(super) fn is_outside(&self) -> bool {
        self.columns
            .last()
            .is_none_or(|column| column.sums.iter().skip(1).all(|&sum| sum < column.sums[0]))
    }

    /// Returns how much likelier no name is here than any, below zero where a name is likelier.
    pub(super) fn lead(&self) -> i32 {
        let lead = |column: &Column| {
            let best = column.sums.iter().skip(1).fold(NEVER, |best, &sum| best.max(sum));
            column.sums[0] - best
        };
        self.columns.last().map_or(0, lead)
    }

    /// Settles the best path.
    pub(super) fn decode(&mut self) {
        self.best.clear();
        self.best.resize(self.columns.len(), 0);
        let last = self.columns.last().map_or([0; Labels::COUNT], |column| column.sums);
        let mut label = 0;
        for (other, &sum) in last.iter().enumerate() {
            if sum > last[label] {
                label = other;
            }
        }
        for (column, best) in self.columns.iter().zip(&mut self.best).rev() {
            *best = label as u8;
            label = column.from[label].into();
        }
    }

    /// Returns the labels of the best path.
    pub(super) fn labels(&self) -> &[u8] {
        &self.best
    }

    /// Returns the names of the best path: first and last token, kind, and how clear it was.
    pub(super) fn mentions(&self) -> Vec<(usize, usize, u8, i32)> {
        let mut found: Vec<(usize, usize, u8, i32)> = Vec::new();
        for (at, (&label, column)) in self.best.iter().zip(&self.columns).enumerate() {
            let Some(kind) = Labels::kind(label) else { continue };
            let rival = column
                .scores
                .iter()
                .enumerate()
                .filter(|(other, _)| Labels::kind(*other as u8) != Some(kind))
                .map(|(_, &score)| score)
                .max()
                .unwrap_or_default();
            let margin = column.scores[label as usize] - rival;
            match found.last_mut() {
                Some(last) if !Labels::is_begin(label) && last.1 == at => {
                    last.1 = at + 1;
                    last.3 = last.3.max(margin);
                }
                _ => found.push((at, at + 1, kind, margin)),
            }
        }
        found
    }
}

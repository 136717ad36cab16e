//! The search for the best labels: Viterbi's, with learnt weights of label after label.

use super::model::{Follow, Labels, NEVER, Scores};

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
    found: Vec<Named>,
}

/// A name of the best path: first and last token, kind, and how clear it was.
pub(super) type Named = (usize, usize, u8, i32);

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

    /// Returns the names of the best path.
    pub(super) fn mentions(&mut self) -> &[Named] {
        let found = &mut self.found;
        found.clear();
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

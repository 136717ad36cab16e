//! How likely each label of each token of a run is, all ways through it counted.

use super::model::Labels;

/// Number of labels.
pub(super) const COUNT: usize = Labels::COUNT;

/// A number for each label.
pub(super) type Each = [f32; COUNT];

/// The chances of a run; kept from one to the next for its room.
#[derive(Debug, Default)]
pub(super) struct Chances {
    /// What speaks for each label, as a factor.
    factors: Vec<Each>,
    /// What led here, and what leads on.
    ahead: Vec<Each>,
    behind: Vec<Each>,
    /// Of each label of each token.
    pub(super) labels: Vec<Each>,
    /// Of each label after each, summed up over the run.
    pub(super) steps: [Each; COUNT],
}

impl Chances {
    /// Works them out from what speaks for each label of each token and for each label after each.
    pub(super) fn work_out(&mut self, scores: &[Each], follow: &[Each; COUNT]) {
        let mut may = [Each::default(); COUNT];
        for (before, (row, weights)) in may.iter_mut().zip(follow).enumerate() {
            for (label, (factor, weight)) in row.iter_mut().zip(weights).enumerate() {
                let follows = Labels::may_follow(before as u8, label as u8);
                *factor = if follows { weight.exp() } else { 0.0 };
            }
        }
        for list in [&mut self.factors, &mut self.ahead, &mut self.behind, &mut self.labels] {
            list.clear();
        }
        self.steps = [Each::default(); COUNT];
        self.go_ahead(scores, &may);
        self.go_back(&may);
        for (ahead, behind) in self.ahead.iter().zip(self.behind.iter().rev()) {
            self.labels.push(shared(&std::array::from_fn(|label| ahead[label] * behind[label])));
        }
        self.count_steps(&may);
    }

    fn go_ahead(&mut self, scores: &[Each], may: &[Each; COUNT]) {
        let mut before = Each::default();
        before[0] = 1.0;
        for scores in scores {
            let most = scores.iter().fold(f32::MIN, |most, &score| most.max(score));
            let factors = scores.map(|score| (score - most).exp());
            let mut sums = Each::default();
            for (row, weight) in may.iter().zip(before) {
                for (sum, factor) in sums.iter_mut().zip(row) {
                    *sum += weight * factor;
                }
            }
            before = shared(&std::array::from_fn(|label| sums[label] * factors[label]));
            self.factors.push(factors);
            self.ahead.push(before);
        }
    }

    /// Fills `behind`, the last token first.
    fn go_back(&mut self, may: &[Each; COUNT]) {
        let mut behind = [1.0; COUNT];
        for factors in self.factors.iter().rev() {
            self.behind.push(behind);
            let next: Each = std::array::from_fn(|label| factors[label] * behind[label]);
            behind = shared(&std::array::from_fn(|before| {
                may[before].iter().zip(next).map(|(factor, next)| factor * next).sum()
            }));
        }
    }

    fn count_steps(&mut self, may: &[Each; COUNT]) {
        let mut before = Each::default();
        before[0] = 1.0;
        for ((factors, behind), ahead) in
            self.factors.iter().zip(self.behind.iter().rev()).zip(&self.ahead)
        {
            let mut all = [Each::default(); COUNT];
            let mut total = 0.0;
            for (row, (may, weight)) in all.iter_mut().zip(may.iter().zip(before)) {
                for (label, chance) in row.iter_mut().enumerate() {
                    *chance = weight * may[label] * factors[label] * behind[label];
                    total += *chance;
                }
            }
            for (sum, chance) in self.steps.as_flattened_mut().iter_mut().zip(all.as_flattened()) {
                *sum += chance / total;
            }
            before = *ahead;
        }
    }
}

/// Returns numbers with a sum of one.
fn shared(each: &Each) -> Each {
    let sum: f32 = each.iter().sum();
    each.map(|number| number / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_count_every_way_through() {
        // Two tokens, labels 0 to 2 alone: a name may begin at the first and go on at the second.
        let never = -100.0;
        let mut scores = [[never; COUNT]; 2];
        (scores[0][0], scores[0][1]) = (0.0, 0.0);
        (scores[1][0], scores[1][2]) = (0.0, 0.0);
        let mut chances = Chances::default();
        chances.work_out(&scores, &[[0.0; COUNT]; COUNT]);
        // "0 0", "begin 0", "begin inside": "0 inside" may not be.
        assert!((chances.labels[0][1] - 2.0 / 3.0).abs() < 1e-4);
        assert!((chances.labels[1][2] - 1.0 / 3.0).abs() < 1e-4);
        assert!((chances.steps[1][2] - 1.0 / 3.0).abs() < 1e-4);
    }
}

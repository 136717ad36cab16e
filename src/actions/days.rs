//! Looks at the days of an article's actions side by side: a decision is dated once and told over many
//! sentences, some of them too far from the date for their own words to reach it.

use std::ops::Range;

use super::{Action, choice::Choice, features::shared_day::Beside, model::Model, scene::Scene};

/// Probability that stands for what the words around an action leave out.
const UNSEEN: f32 = 0.01;

/// Rows before and behind one that have a say about its day; an article of more is a list of cases.
const AROUND: usize = 40;

/// Returns the places of the rows around one.
pub fn around(rows: &[Action], index: usize) -> Range<usize> {
    index.saturating_sub(AROUND)..(index + AROUND).min(rows.len())
}

/// What may be the day of an action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// Index into the facts' dates; `None` for no day.
    pub date: Option<usize>,
    /// How likely the words around the action make it.
    pub share: f32,
}

impl Day {
    /// Returns its score before the other actions are looked at.
    pub fn score(self) -> f32 {
        self.share.max(UNSEEN).ln()
    }
}

/// Returns the days that may be that of a row: those of its own words, none, and those of the other rows.
pub fn choices(scene: &Scene, rows: &[Action], index: usize) -> Vec<Day> {
    let mut all = rows[index].days.clone();
    let value = |date: Option<usize>| date.map(|date| scene.facts.dates[date].value.as_str());
    for date in rows[around(rows, index)].iter().filter_map(|row| row.date) {
        if !all.iter().any(|known| value(known.date) == value(Some(date))) {
            all.push(Day { date: Some(date), share: UNSEEN });
        }
    }
    all
}

/// Chooses the day of each row anew.
pub(super) fn settle(scene: &Scene, model: &Model, rows: &mut [Action]) {
    let choose = |index| choose(scene, model, rows, index);
    let settled: Vec<Choice> = (0..rows.len()).map(choose).collect();
    for (row, choice) in rows.iter_mut().zip(settled) {
        (row.date, row.sure[2]) = (choice.best, choice.sure);
        if let Some(why) = row.why.last_mut() {
            *why = choice.why(DATE, |date| scene.facts.dates[date].value.clone());
        }
    }
}

/// The slot as explanations name it; its line is the last.
pub(super) const DATE: &str = "date";

fn choose(scene: &Scene, model: &Model, rows: &[Action], index: usize) -> Choice {
    let beside = Beside::new(scene, rows, index);
    let (mut scored, mut none) = (Vec::new(), None);
    for day in choices(scene, rows, index) {
        let score = day.score() + model.score(|f| beside.of_day(day, f));
        match day.date {
            Some(date) => scored.push((score, date)),
            None => none = Some(score),
        }
    }
    Choice::among(&mut scored, none, |date| date)
}

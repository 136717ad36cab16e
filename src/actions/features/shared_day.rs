//! What the other actions of an article say of a day as that of one of them.

use std::cmp::Reverse;

use crate::base::action::ActionStatus;

use super::{
    super::{
        Action,
        days::{self, Day},
        feature::{Features, Template as T},
        scene::Scene,
    },
    bucket,
};

/// Puts a probability into one of few levels.
fn level(share: f32) -> u32 {
    super::level(share, &[0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.93])
}

/// The same with fewer levels.
fn coarse(share: f32) -> u32 {
    super::level(share, &[0.08, 0.4, 0.8])
}

/// Probability from which another action has a say.
const LEAST: f32 = 0.4;

/// An action with the others of its article that have a day.
pub struct Beside<'b> {
    scene: &'b Scene<'b, 'b>,
    rows: &'b [Action],
    index: usize,
    /// Their places among the rows, and their days.
    dated: Vec<(usize, usize)>,
    /// Dates in its own sentence.
    here: u32,
}

impl<'b> Beside<'b> {
    /// Looks at the other rows of an article.
    pub fn new(scene: &'b Scene<'b, 'b>, rows: &'b [Action], index: usize) -> Self {
        let has_say = |place: &usize| *place != index && rows[*place].likely >= LEAST;
        let others = days::around(rows, index).filter(has_say);
        let dated = others.filter_map(|place| Some((place, rows[place].date?))).collect();
        let here = scene.sentences[rows[index].at].dates.len().min(2) as u32;
        Self { scene, rows, index, dated, here }
    }

    /// Tells what speaks for a day, or for none.
    pub fn of_day(&self, day: Day, f: &mut impl Features) {
        let row = &self.rows[self.index];
        let (kind, own) = (row.kind as u32, level(day.share));
        let dates = self.dated.len().min(5) as u32;
        let Some(date) = day.date else {
            f.add(T::SharedNone, own, dates);
            f.add_three(T::SharedNone, 8 + kind, row.status as u32, coarse(day.share));
            f.add_three(T::SharedNone, 32 + self.here, own, dates.min(2));
            return;
        };
        f.add(T::SharedOwn, own, self.here);
        let is_same = |other: usize| self.value(other) == self.value(date);
        let alike = || self.dated.iter().filter(|(_, other)| is_same(*other));
        let count = alike().count().min(4) as u32;
        f.add_three(T::SharedCount, count, dates, own);
        let first = self.dated.first().is_some_and(|(_, first)| is_same(*first));
        let inside = self.scene.sentences[row.at].dates.contains(&date);
        let place = u32::from(first) + 2 * u32::from(inside);
        f.add_three(T::SharedMain, place, self.here, own);
        let grain = self.scene.facts.dates[date].granularity as u32;
        f.add_three(T::SharedGrain, grain, coarse(day.share), count.min(2));
        match alike().map(|(place, _)| *place).max_by_key(|place| self.nearness(*place)) {
            Some(place) => self.of_other(place, date, day.share, f),
            None => f.add_three(T::SharedAlone, own, dates, kind),
        }
    }

    /// Tells of the nearest other row with this day.
    fn of_other(&self, place: usize, date: usize, share: f32, f: &mut impl Features) {
        let (scene, row, other) = (self.scene, &self.rows[self.index], &self.rows[place]);
        let [regulator, kind, target] = self.shared(place).map(u32::from);
        let before = u32::from(place < self.index);
        let away = 2 * bucket(other.at.abs_diff(row.at)) + before;
        let range = place.min(self.index) + 1..place.max(self.index);
        let between = self.dated.iter().filter(|(place, _)| range.contains(place));
        let others = between.filter(|(_, other)| self.value(*other) != self.value(date));
        let others = others.take(2).count() as u32;
        let shared = regulator + 2 * kind + 4 * target;
        let is_imposed = u32::from(row.status == ActionStatus::Imposed);
        let status = u32::from(other.status == row.status) + 2 * is_imposed;
        f.add_three(T::SharedIs, shared, level(share), self.here);
        f.add_three(T::SharedIs, 8 + shared, status, coarse(share));
        f.add_three(T::SharedAway, away, shared, coarse(share));
        f.add_three(T::SharedAway, 24 + away, others, 4 * regulator + coarse(share));
        let kinds = (row.kind as u32, other.kind as u32);
        f.add_three(T::SharedKinds, kinds.0, kinds.1, 2 * coarse(share) + before);
        f.add_three(T::SharedSure, level(other.sure[2]), level(share), regulator);
        let part = scene.place(other.at, row.at);
        f.add_three(T::SharedPlace, part, 2 * coarse(share) + regulator, others);
        let sum = u32::from(row.amount.is_some());
        f.add_three(T::SharedPlace, 8 + part, sum, 2 * self.here + regulator);
        let stated = u32::from(scene.sentences[other.at].dates.contains(&date));
        f.add_three(T::SharedStated, stated, away, coarse(other.sure[2]));
    }

    fn value(&self, date: usize) -> &str {
        &self.scene.facts.dates[date].value
    }

    /// Ranks another row by how near it is, those by the same authority first.
    fn nearness(&self, place: usize) -> (bool, Reverse<usize>, bool, bool) {
        let [regulator, kind, target] = self.shared(place);
        let away = self.rows[place].at.abs_diff(self.rows[self.index].at);
        (regulator, Reverse(away), target, kind)
    }

    /// Returns whether another row has the same authority, type and target.
    fn shared(&self, place: usize) -> [bool; 3] {
        let (row, other) = (&self.rows[self.index], &self.rows[place]);
        let chain = |name: Option<usize>| name.map(|name| self.scene.name(name).chain);
        let is_one = |a, b| chain(a).is_some_and(|own| chain(b) == Some(own));
        let target = |row: &Action| row.targets.first().copied();
        [
            is_one(row.regulator, other.regulator),
            row.kind == other.kind,
            is_one(target(row), target(other)),
        ]
    }
}

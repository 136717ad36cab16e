//! A case while it grows, and whether an action belongs to it.
//!
//! Every comparison is with what the story already knows, so an action that says little never ties
//! two others together. Refused: a second sum, date or body that contradicts the first at the same
//! stage. A later stage may change the sum (a fine is reduced) and comes later.

use jiff::civil::Date;

use crate::{
    base::action::{ActionStatus, ActionType, Sector},
    merge::{
        key::{Day, Key, Stage, When, day},
        sum::Sum,
        target::{Label, Labels},
    },
};

/// Days that two statements of one date may be apart: decided, notified, announced.
const NEAR: i32 = 31;
const NEAR_SAME_SUM: i32 = 75;
/// A date that is only guessed from the publication may be that of a report long after.
const NEAR_GUESSED: i32 = 60;
const LATE_REPORT: i32 = 400;
/// Days from a proposal to the decision, and from that to the last court.
const PROPOSAL: i32 = 3 * 366;
const REVIEW: i32 = 8 * 366;

/// How well an action fits a story; the greatest is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// 3 the same sum, 2 a rounding, 1 unknown, 0 another sum that another stage explains.
    pub(super) sum: u8,
    /// 3 the dates overlap, 2 are near, 1 nothing contradicts.
    pub(super) date: u8,
    /// 2 the same body, 1 nothing contradicts, 0 another body.
    pub(super) body: u8,
    target: u8,
    /// Minus the days between the tellings.
    nearness: i32,
}

/// What the actions gathered so far say. Hashes are those of [`Key`].
pub(super) struct Story {
    pub(super) regulator: u64,
    pub(super) body: u64,
    pub(super) country: u32,
    sector: Option<Sector>,
    status: Option<ActionStatus>,
    month_day: Option<(i8, i8)>,
    /// The first target's names, and those of the few stories that have others.
    target: u64,
    other_targets: Vec<u64>,
    /// Hashes of the articles that tell of the first action's type, and of another, in order: one
    /// article's two types are two actions. Kept where a family has two types.
    tellers: Option<Box<[Vec<u64>; 2]>>,
    first_kind: Option<ActionType>,
    /// Most stories have one stage.
    stages: [Option<Box<Facts>>; Stage::COUNT],
}

/// What is known of one stage.
#[derive(Default)]
struct Facts {
    sum: Option<Sum>,
    when: Option<When>,
    /// First and last publication.
    told: Option<(Day, Day)>,
}

impl Story {
    /// Begins a story with its first action.
    pub(super) fn new(event: &Key) -> Self {
        let mut story = Self {
            regulator: 0,
            body: 0,
            country: 0,
            sector: None,
            status: event.status,
            month_day: None,
            target: 0,
            other_targets: Vec::new(),
            tellers: None,
            first_kind: event.kind,
            stages: Default::default(),
        };
        story.add(event);
        story
    }

    /// Adds an action that fits.
    pub(super) fn add(&mut self, event: &Key) {
        if self.regulator == 0 {
            self.regulator = event.regulator;
        }
        if self.body == 0 {
            self.body = event.body;
        }
        if self.country == 0 {
            self.country = event.country;
        }
        self.sector = self.sector.or(event.sector);
        if self.target == 0 {
            self.target = event.targets;
        } else if event.targets != 0 && self.targets().all(|target| target != event.targets) {
            self.other_targets.push(event.targets);
        }
        if has_two_types(event) {
            let [of_first, of_other] = &mut **self.tellers.get_or_insert_default();
            let tellers = if event.kind == self.first_kind { of_first } else { of_other };
            let article = event.order.article as u64;
            if let Err(place) = tellers.binary_search(&article) {
                tellers.insert(place, article);
            }
        }
        self.month_day = self.month_day.or(event.month_day);
        let Some(facts) = self.stages.get_mut(event.stage() as usize) else { return };
        let facts = facts.get_or_insert_default();
        facts.sum = facts.sum.or(event.sum);
        facts.when = facts.when.or(event.when);
        if let Some(day) = event.told {
            let (first, last) = facts.told.unwrap_or((day, day));
            facts.told = Some((first.min(day), last.max(day)));
        }
    }

    fn targets(&self) -> impl Iterator<Item = u64> {
        let first = Some(self.target).filter(|target| *target != 0);
        first.into_iter().chain(self.other_targets.iter().copied())
    }

    /// Returns the facts that there are, with their stages.
    fn facts(&self) -> impl Iterator<Item = (usize, &Facts)> {
        self.stages
            .iter()
            .enumerate()
            .filter_map(|(stage, facts)| Some((stage, &**facts.as_ref()?)))
    }

    fn of(&self, stage: usize) -> Option<&Facts> {
        self.stages.get(stage)?.as_deref()
    }

    /// Returns how well `event` fits, or `None` if it is another action.
    pub(super) fn fit(&self, event: &Key, names: &[Label], labels: &Labels) -> Option<Fit> {
        // What tells most actions apart at the least cost comes first.
        let body = self.body_fit(event)?;
        let sum = self.sum_fit(event)?;
        let (date, apart) = self.date_fit(event, sum)?;
        if event.targets == 0 && (sum < 2 || date < 2 || body < 2) {
            return None;
        }
        // With nobody to hold on to, the sum or the date must be the same.
        if event.is_nobodys() && !self.is_nobodys() && sum < 2 && date < 3 {
            return None;
        }
        let target = self.target_fit(event, names, labels)?;
        self.kind_fits(event, sum).then_some(Fit { sum, date, body, target, nearness: -apart })
    }

    /// Returns how well `event` fits although another body, or another country's, acted in it: the very
    /// same telling sum on the very same target is one event, and an article has the body wrong. What
    /// one article tells of two bodies is two.
    pub(super) fn fit_despite_body(
        &self,
        event: &Key,
        names: &[Label],
        labels: &Labels,
    ) -> Option<Fit> {
        let sum = self.sum_fit(event).filter(|sum| *sum == 3 && event.targets != 0)?;
        let (date, apart) = self.date_fit(event, sum)?;
        let is_unheard_of = event.sum.is_some_and(|sum| sum.is_unheard_of());
        let is_near = date >= 2 && apart <= NEAR_SAME_SUM;
        if !is_near && !is_unheard_of {
            return None;
        }
        let article = event.order.article as u64;
        let is_told = |tellers: &[Vec<u64>; 2]| {
            tellers.iter().any(|tellers| tellers.binary_search(&article).is_ok())
        };
        if self.tellers.as_deref().is_some_and(is_told) || !self.kind_fits(event, sum) {
            return None;
        }
        let target = self.target_fit(event, names, labels)?;
        if target < 2 && !is_unheard_of {
            return None;
        }
        Some(Fit { sum, date, body: 0, target, nearness: -apart })
    }

    /// Returns whether nobody is known who acted, not even a country.
    fn is_nobodys(&self) -> bool {
        self.regulator == 0 && self.body == 0 && self.country == 0
    }

    /// Returns whether the story knows of who acted just what `event` does.
    pub(super) fn is_as_vague(&self, event: &Key) -> bool {
        (self.regulator, self.country, self.body) == (event.regulator, event.country, event.body)
    }

    fn body_fit(&self, event: &Key) -> Option<u8> {
        if self.regulator != 0 && event.regulator != 0 {
            return (self.regulator == event.regulator).then_some(2);
        }
        if self.country != event.country && self.country != 0 && event.country != 0 {
            return None;
        }
        if self.body != 0 && event.body != 0 {
            return (self.body == event.body).then_some(2);
        }
        (!differ(self.sector, event.sector)).then_some(1)
    }

    fn target_fit(&self, event: &Key, names: &[Label], labels: &Labels) -> Option<u8> {
        if event.targets == 0 {
            return Some(0);
        }
        let mut worst = 2;
        for target in self.targets().filter(|target| *target != event.targets) {
            let known = labels.get(target);
            let agreements = known
                .iter()
                .flat_map(|name| names.iter().filter_map(move |other| name.agreement(other)));
            let best = agreements.max()?;
            // One name of a list is less than the list.
            worst = worst.min(if known.len() == names.len() { best } else { 1 });
        }
        Some(worst)
    }

    fn sum_fit(&self, event: &Key) -> Option<u8> {
        let Some(sum) = event.sum else { return Some(1) };
        let stage = event.stage() as usize;
        if let Some(known) = self.of(stage).and_then(|facts| facts.sum) {
            return known.agreement(&sum);
        }
        let mut fit = 1;
        for (other, facts) in self.facts() {
            let Some(known) = &facts.sum else { continue };
            let (early, late) = if other < stage { (known, &sum) } else { (&sum, known) };
            fit = match early.agreement(late) {
                Some(level) => level.max(fit),
                // Proposed or taken first, then less: the authority or a court cut it.
                None if early.caps(late) && self.may_shrink(event) => 0,
                None => return None,
            };
        }
        Some(fit)
    }

    /// A sum that was upheld or overturned is the one that was imposed.
    fn may_shrink(&self, event: &Key) -> bool {
        let shrinks =
            |status| !matches!(status, Some(ActionStatus::Upheld | ActionStatus::Overturned));
        shrinks(self.status) && shrinks(event.status)
    }

    fn kind_fits(&self, event: &Key, sum: u8) -> bool {
        if let Some([of_first, of_other]) = self.tellers.as_deref() {
            let others = if event.kind == self.first_kind { of_other } else { of_first };
            // A settlement is told as a fine, but not every settlement is one.
            let is_money = matches!(event.kind, Some(ActionType::Fine | ActionType::Settlement));
            if is_money && sum < 2 && !others.is_empty() {
                return false;
            }
            if others.binary_search(&(event.order.article as u64)).is_ok() {
                return false;
            }
        }
        // Two courts may judge one act: the one upholds what the other had overturned.
        event.kind != Some(ActionType::CourtRuling) || event.status == self.status
    }

    /// Returns how well the dates agree and how many days lie between.
    fn date_fit(&self, event: &Key, sum: u8) -> Option<(u8, i32)> {
        let of_stage = self.of(event.stage() as usize);
        let known = of_stage.and_then(|facts| facts.when);
        if let Some((one, other)) = known.zip(event.when) {
            let gap = one.gap(&other);
            // One of the articles has the day wrong, or that of another step of the procedure.
            let is_told = sum == 3 && event.sum.is_some_and(|sum| sum.is_telling());
            let most = if is_told { REVIEW } else { allowance(&one, &other, sum) };
            return (gap <= most).then_some((if gap == 0 { 3 } else { 2 }, gap));
        }
        if let Some((known, month_day)) = known.zip(event.month_day) {
            return season_gap(&known, month_day).map(|gap| (if gap == 0 { 3 } else { 2 }, gap));
        }
        if differ_in_season(self.month_day, event) {
            return None;
        }
        // Nobody reports what is still to be done as done.
        let told = of_stage.and_then(|facts| facts.told);
        let is_foretold = known.zip(event.told).is_some_and(|(when, told)| when.first > told + 3)
            || event.when.zip(told).is_some_and(|(when, told)| when.first > told.0 + 3);
        if is_foretold || !self.order_fits(event) {
            return None;
        }
        Some((1, self.apart(event)))
    }

    /// Returns whether the stages follow each other.
    fn order_fits(&self, event: &Key) -> bool {
        let stage = event.stage() as usize;
        let ready = |when: Option<When>, told: Option<(Day, Day)>| {
            when.or(told.map(|(first, last)| When { first, last, is_stated: false }))
        };
        let Some(own) = ready(event.when, event.told.map(|told| (told, told))) else { return true };
        self.facts().filter(|(other, _)| *other != stage).all(|(other, facts)| {
            let Some(known) = ready(facts.when, facts.told) else { return true };
            let (early, late) = if other < stage { (known, own) } else { (own, known) };
            let window =
                if stage.max(other) == Stage::Reviewed as usize { REVIEW } else { PROPOSAL };
            // What is ahead is not announced when it is done; a decision is retold at any time.
            let is_ahead = stage.min(other) == Stage::Ahead as usize;
            (!is_ahead || early.first <= late.last + NEAR) && late.first - early.last <= window
        })
    }

    /// Returns the days between `event` and the story, as far as both can be placed.
    fn apart(&self, event: &Key) -> i32 {
        let own = event.when.map(|when| when.first).or(event.told);
        let known = self.facts().find_map(|(_, facts)| facts.when).map(|when| when.first);
        let told = || self.facts().filter_map(|(_, facts)| facts.told).map(|told| told.0).min();
        // Where nothing is known, everything dated is nearer.
        own.zip(known.or_else(told)).map_or(100_000, |(own, known)| (own - known).abs())
    }
}

/// Returns whether the family of an action has two types.
fn has_two_types(event: &Key) -> bool {
    matches!(
        event.kind,
        Some(
            ActionType::Fine
                | ActionType::Settlement
                | ActionType::FormalNotice
                | ActionType::Warning
        )
    )
}

fn differ(one: Option<Sector>, other: Option<Sector>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one != other && one != Sector::Other && other != Sector::Other)
}

fn allowance(one: &When, other: &When, sum: u8) -> i32 {
    match (one.is_stated && other.is_stated, sum >= 2) {
        (true, true) => NEAR_SAME_SUM,
        (true, false) => NEAR,
        (false, true) => LATE_REPORT,
        (false, false) => NEAR_GUESSED,
    }
}

/// Returns the days from a month's day to the nearest such day of `when`, if it is near.
fn season_gap(when: &When, (month, of_month): (i8, i8)) -> Option<i32> {
    let year = 1970 + when.first.div_euclid(365) as i16;
    let days = (year - 1..=year + 1).filter_map(|year| Date::new(year, month, of_month).ok());
    let gaps = days.map(|date| {
        let own = day(date);
        when.gap(&When { first: own, last: own, is_stated: true })
    });
    gaps.min().filter(|gap| *gap <= NEAR)
}

fn differ_in_season(known: Option<(i8, i8)>, event: &Key) -> bool {
    let Some((month, of_month)) = known else { return false };
    let Ok(date) = Date::new(2001, month, of_month.min(28)) else { return false };
    let first = day(date);
    let when = When { first, last: first, is_stated: true };
    match (event.when, event.month_day) {
        (Some(own), _) => season_gap(&own, (month, of_month)).is_none(),
        (None, Some(own)) => season_gap(&when, own).is_none(),
        (None, None) => false,
    }
}

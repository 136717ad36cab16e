//! A case while it grows, and whether an action belongs to it.
//!
//! Every comparison is with what the story already knows, so an action that says little never ties
//! two others together. Refused: a second sum, date or body that contradicts the first at the same
//! stage. A later stage may change the sum (a fine is reduced) and comes later.

use std::rc::Rc;

use jiff::civil::Date;

use crate::merge::{
    event::{Day, Event, Stage, Sum, When, day},
    target::Name,
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
    /// 2 the same body, 1 nothing contradicts.
    pub(super) body: u8,
    target: u8,
    /// Minus the days between the tellings.
    nearness: i32,
}

/// What the actions gathered so far say.
pub(super) struct Story<'a> {
    pub(super) members: Vec<usize>,
    pub(super) regulator_id: Option<&'a str>,
    pub(super) body: Option<Rc<str>>,
    pub(super) country: Option<&'a str>,
    sector: Option<&'static str>,
    targets: Vec<Rc<[Name]>>,
    /// Article and type of each member: one article's two types are two actions.
    kinds: Vec<(&'a str, &'static str)>,
    sums: [Option<Sum<'a>>; Stage::COUNT],
    whens: [Option<When>; Stage::COUNT],
    month_day: Option<(i8, i8)>,
    /// First and last publication.
    told: [Option<(Day, Day)>; Stage::COUNT],
    status: &'static str,
}

impl<'a> Story<'a> {
    /// Begins a story with its first action.
    pub(super) fn new(index: usize, event: &Event<'a>) -> Self {
        let mut story = Self {
            members: Vec::new(),
            regulator_id: None,
            body: None,
            country: None,
            sector: None,
            targets: Vec::new(),
            kinds: Vec::new(),
            sums: [None; Stage::COUNT],
            whens: [None; Stage::COUNT],
            month_day: None,
            told: [None; Stage::COUNT],
            status: event.row.status,
        };
        story.add(index, event);
        story
    }

    /// Adds an action that fits.
    pub(super) fn add(&mut self, index: usize, event: &Event<'a>) {
        self.members.push(index);
        self.regulator_id = self.regulator_id.or(event.row.regulator_id.as_deref());
        if self.body.is_none() {
            self.body.clone_from(&event.body);
        }
        self.country = self.country.or(event.row.country.as_deref());
        self.sector = self.sector.or(event.row.sector);
        if !event.targets.is_empty() && !self.targets.contains(&event.targets) {
            self.targets.push(event.targets.clone());
        }
        self.kinds.push((&event.report.article_id, event.row.r#type));
        let stage = event.stage as usize;
        if let Some(sum) = self.sums.get_mut(stage) {
            *sum = sum.or(event.sum);
        }
        if let Some(when) = self.whens.get_mut(stage) {
            *when = when.or(event.when);
        }
        self.month_day = self.month_day.or(event.month_day);
        if let Some((told, day)) = self.told.get_mut(stage).zip(event.told) {
            *told = Some(told.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
    }

    /// Returns how well `event` fits, or `None` if it is another action.
    pub(super) fn fit(&self, event: &Event<'a>) -> Option<Fit> {
        let body = self.body_fit(event)?;
        let target = self.target_fit(event)?;
        let sum = self.sum_fit(event)?;
        if !self.kind_fits(event, sum) {
            return None;
        }
        let (date, apart) = self.date_fit(event, sum)?;
        if event.targets.is_empty() && (sum < 2 || date < 2 || body < 2) {
            return None;
        }
        // With nobody to hold on to, the sum or the date must be the same.
        if event.is_nobodys() && !self.is_nobodys() && sum < 2 && date < 3 {
            return None;
        }
        Some(Fit { sum, date, body, target, nearness: -apart })
    }

    /// Returns whether nobody is known who acted, not even a country.
    fn is_nobodys(&self) -> bool {
        self.regulator_id.is_none() && self.body.is_none() && self.country.is_none()
    }

    /// Returns whether the story knows of who acted just what `event` does.
    pub(super) fn is_as_vague(&self, event: &Event) -> bool {
        let row = event.row;
        (self.regulator_id, self.country) == (row.regulator_id.as_deref(), row.country.as_deref())
            && self.body == event.body
    }

    fn body_fit(&self, event: &Event) -> Option<u8> {
        let row = event.row;
        if let Some((one, other)) = self.regulator_id.zip(row.regulator_id.as_deref()) {
            return (one == other).then_some(2);
        }
        if self.country.zip(row.country.as_deref()).is_some_and(|(one, other)| one != other) {
            return None;
        }
        match (&self.body, &event.body) {
            (Some(one), Some(other)) => (one == other).then_some(2),
            _ if differ(self.sector, row.sector) => None,
            _ => Some(1),
        }
    }

    fn target_fit(&self, event: &Event) -> Option<u8> {
        if event.targets.is_empty() {
            return Some(0);
        }
        let mut worst = 2;
        for names in &self.targets {
            let agreements = names.iter().flat_map(|name| {
                event.targets.iter().filter_map(move |other| name.agreement(other))
            });
            let best = agreements.max()?;
            // One name of a list is less than the list.
            worst = worst.min(if names.len() == event.targets.len() { best } else { 1 });
        }
        Some(worst)
    }

    fn sum_fit(&self, event: &Event<'a>) -> Option<u8> {
        let Some(sum) = event.sum else { return Some(1) };
        let stage = event.stage as usize;
        if let Some(known) = self.sums.get(stage).copied().flatten() {
            return known.agreement(&sum);
        }
        let mut fit = 1;
        for (other, known) in self.sums.iter().enumerate() {
            let Some(known) = known else { continue };
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
    fn may_shrink(&self, event: &Event) -> bool {
        let shrinks = |status| !matches!(status, "upheld" | "overturned");
        shrinks(self.status) && shrinks(event.row.status)
    }

    fn kind_fits(&self, event: &Event, sum: u8) -> bool {
        let (article, kind) = (event.report.article_id.as_str(), event.row.r#type);
        let others = || self.kinds.iter().filter(|(_, other)| *other != kind);
        if others().any(|(other, _)| *other == article) {
            return false;
        }
        // A settlement is told as a fine, but not every settlement is one.
        let money = matches!(event.family, "fine");
        if money && sum < 2 && others().next().is_some() {
            return false;
        }
        // Two courts may judge one act: the one upholds what the other had overturned.
        event.family != "court_ruling" || event.row.status == self.status
    }

    /// Returns how well the dates agree and how many days lie between.
    fn date_fit(&self, event: &Event, sum: u8) -> Option<(u8, i32)> {
        let stage = event.stage as usize;
        let known = self.whens.get(stage).copied().flatten();
        let apart = self.apart(event);
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
        let told = self.told.get(stage).copied().flatten();
        let is_foretold = known.zip(event.told).is_some_and(|(when, told)| when.first > told + 3)
            || event.when.zip(told).is_some_and(|(when, told)| when.first > told.0 + 3);
        if is_foretold || !self.order_fits(event) {
            return None;
        }
        Some((1, apart))
    }

    /// Returns whether the stages follow each other.
    fn order_fits(&self, event: &Event) -> bool {
        let stage = event.stage as usize;
        let ready = |when: Option<When>, told: Option<(Day, Day)>| {
            when.or(told.map(|(first, last)| When { first, last, is_stated: false }))
        };
        let Some(own) = ready(event.when, event.told.map(|told| (told, told))) else { return true };
        let others = self.whens.iter().zip(&self.told).enumerate();
        others.filter(|(other, _)| *other != stage).all(|(other, (when, told))| {
            let Some(known) = ready(*when, *told) else { return true };
            let (early, late) = if other < stage { (known, own) } else { (own, known) };
            let window =
                if stage.max(other) == Stage::Reviewed as usize { REVIEW } else { PROPOSAL };
            // What is ahead is not announced when it is done; a decision is retold at any time.
            let is_ahead = stage.min(other) == Stage::Ahead as usize;
            (!is_ahead || early.first <= late.last + NEAR) && late.first - early.last <= window
        })
    }

    /// Returns the days between `event` and the story, as far as both can be placed.
    fn apart(&self, event: &Event) -> i32 {
        let own = event.when.map(|when| when.first).or(event.told);
        let known = self.whens.iter().flatten().map(|when| when.first).next();
        let known = known.or_else(|| self.told.iter().flatten().map(|told| told.0).min());
        // Where nothing is known, everything dated is nearer.
        own.zip(known).map_or(100_000, |(own, known)| (own - known).abs())
    }
}

fn differ(one: Option<&'static str>, other: Option<&'static str>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other && one != "other" && other != "other")
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

fn differ_in_season(known: Option<(i8, i8)>, event: &Event) -> bool {
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

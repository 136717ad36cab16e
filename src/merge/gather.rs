//! Actions into stories: which of them are one event in the world.
//!
//! Actions are taken in an order of their own, the one that says the most first, so the order of
//! the input does not matter. Each joins the story that it fits best, or begins one. Only stories
//! of the same family and name are looked at, and of those a bounded number, so the time is near
//! linear in the number of actions. What is held grows with the stories, not with the actions.

use rustc_hash::FxHashMap;

use crate::{
    base::action::ActionType,
    merge::{
        key::Key,
        story::{Fit, Story},
        target::{Label, Labels},
    },
};

/// Stories of one name, family and country that an action is compared with: the latest made.
const MOST_COMPARED: usize = 1024;

/// Stories of one name and telling sum that an action is compared with.
const MOST_OF_SUM: usize = 16;

/// Numbers of stories by the country of their regulator.
type ByCountry = Vec<(u32, Vec<u32>)>;

/// The stories of one family so far, and where to look for them. The maps are looked up, never
/// walked.
pub struct Gather<'l> {
    labels: &'l Labels,
    stories: Vec<Story>,
    by_name: FxHashMap<u64, ByCountry>,
    /// For actions without a target: by regulator and rough sum.
    by_sum: FxHashMap<(u64, i32), Vec<u32>>,
    /// For telling sums of money taken: by name and sum, whoever took it.
    by_telling_sum: FxHashMap<(u64, u64), Vec<u32>>,
    /// Buffers.
    found: Vec<u32>,
    fits: Vec<(Fit, u32)>,
}

impl<'l> Gather<'l> {
    /// Begins without stories; `labels` has the names of all targets.
    pub fn new(labels: &'l Labels) -> Self {
        Self {
            labels,
            stories: Vec::new(),
            by_name: FxHashMap::default(),
            by_sum: FxHashMap::default(),
            by_telling_sum: FxHashMap::default(),
            found: Vec::new(),
            fits: Vec::new(),
        }
    }

    /// Takes the next action of the family, in their order, and returns the number of its story.
    pub fn take(&mut self, event: &Key) -> u32 {
        let names = self.labels.get(event.targets);
        let sum = telling(event);
        let best = self.best(event, names);
        let story = match best.or_else(|| self.despite_body(event, names, sum?)) {
            Some(best) => {
                if let Some(story) = self.stories.get_mut(best as usize) {
                    story.add(event);
                }
                best
            }
            None => self.begin(event, names),
        };
        if let Some(sum) = sum {
            for head in heads(names) {
                let list = self.by_telling_sum.entry((head, sum)).or_default();
                if !list.contains(&story) && list.len() < MOST_OF_SUM {
                    list.push(story);
                }
            }
        }
        story
    }

    /// Returns the story of another body that tells of the same telling sum, if there is one.
    fn despite_body(&self, event: &Key, names: &[Label], sum: u64) -> Option<u32> {
        let found = heads(names).filter_map(|head| self.by_telling_sum.get(&(head, sum))).flatten();
        let fits = found.filter_map(|index| {
            let story = self.stories.get(*index as usize)?;
            Some((story.fit_despite_body(event, names, self.labels)?, *index))
        });
        first_of_best(fits).map(|(_, index)| index)
    }

    /// Returns how many stories there are.
    pub fn stories(&self) -> u32 {
        self.stories.len() as u32
    }

    fn begin(&mut self, event: &Key, names: &[Label]) -> u32 {
        let story = self.stories.len() as u32;
        self.stories.push(Story::new(event));
        for head in heads(names) {
            let places = self.by_name.entry(head).or_default();
            match places.iter_mut().find(|(country, _)| *country == event.country) {
                Some((_, list)) => list.push(story),
                None => places.push((event.country, vec![story])),
            }
        }
        if let Some(sum) = event.sum.filter(|_| event.regulator != 0) {
            self.by_sum.entry((event.regulator, sum.step())).or_default().push(story);
        }
        story
    }

    /// Returns the story that `event` belongs to, if there is exactly one.
    fn best(&mut self, event: &Key, names: &[Label]) -> Option<u32> {
        self.find_candidates(event, names);
        self.fits.clear();
        for &index in &self.found {
            let story = self.stories.get(index as usize);
            if let Some(fit) = story.and_then(|story| story.fit(event, names, self.labels)) {
                self.fits.push((fit, index));
            }
        }
        let fits = &self.fits;
        let (fit, best) = first_of_best(fits.iter().copied())?;
        let mut rivals = fits.iter().filter(|(other, index)| {
            *index != best && (other.sum, other.date) == (fit.sum, fit.date)
        });
        match (fit.sum, fit.body) {
            // Another sum is explained by one story only.
            (0, _) if rivals.next().is_some() => None,
            // An action of an unnamed body belongs to the only body that there is, else to the
            // story that is as vague.
            (_, 1) if rivals.any(|(_, other)| self.differ_in_body(best, *other)) => {
                let is_as_vague = |index: u32| {
                    self.stories.get(index as usize).is_some_and(|story| story.is_as_vague(event))
                };
                let vague = fits.iter().copied().filter(|(_, index)| is_as_vague(*index));
                first_of_best(vague).map(|(_, index)| index)
            }
            _ => Some(best),
        }
    }

    fn differ_in_body(&self, one: u32, other: u32) -> bool {
        let body = |index: u32| {
            let story = self.stories.get(index as usize);
            story.map(|story| (story.regulator, story.body, story.country))
        };
        body(one) != body(other)
    }

    /// Finds the stories that are worth comparing with `event`, each once.
    fn find_candidates(&mut self, event: &Key, names: &[Label]) {
        let found = &mut self.found;
        found.clear();
        for head in heads(names) {
            let places = self.by_name.get(&head).into_iter().flatten();
            let is_near =
                |country: u32| event.country == 0 || country == 0 || country == event.country;
            for (_, list) in places.filter(|(country, _)| is_near(*country)) {
                found.extend(latest(list));
            }
        }
        if let (0, true, Some(sum)) = (event.targets, event.regulator != 0, event.sum) {
            let step = sum.step();
            for near in step - 1..=step + 1 {
                if let Some(list) = self.by_sum.get(&(event.regulator, near)) {
                    found.extend(latest(list));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
    }
}

/// Returns what is the same for equal sums, where the sum tells the action from all others.
fn telling(event: &Key) -> Option<u64> {
    let is_money = matches!(
        event.kind,
        Some(ActionType::Fine | ActionType::Settlement | ActionType::CourtRuling)
    );
    event.sum.filter(|sum| is_money && sum.is_telling()).map(|sum| sum.identity())
}

fn latest(list: &[u32]) -> impl Iterator<Item = u32> {
    list.iter().rev().take(MOST_COMPARED).copied()
}

/// Returns the best fit; of equal ones the story that was begun first.
fn first_of_best(fits: impl Iterator<Item = (Fit, u32)>) -> Option<(Fit, u32)> {
    fits.max_by_key(|(fit, index)| (*fit, u32::MAX - index))
}

/// Returns the keys of the names, each once.
fn heads(names: &[Label]) -> impl Iterator<Item = u64> {
    let is_first = |(at, name): &(usize, &Label)| {
        names.iter().take(*at).all(|before| before.head != name.head)
    };
    names.iter().enumerate().filter(is_first).map(|(_, name)| name.head)
}

//! Actions into stories: which of them are one event in the world.
//!
//! Actions are taken in an order of their own, the one that says the most first, so the order of
//! the input does not matter. Each joins the story that it fits best, or begins one. Only stories
//! of the same family and name are looked at, and of those a bounded number, so the time is near
//! linear in the number of actions.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::merge::{
    event::Event,
    story::{Fit, Story},
    target::Name,
};

/// Stories of one name, family and country that an action is compared with: the latest made.
const MOST_COMPARED: usize = 1024;

/// Indexes of stories by the country of their regulator.
type ByCountry<'a> = BTreeMap<Option<&'a str>, Vec<usize>>;

/// Gathers `events`, which are in order, into stories, and returns the events of each.
pub(super) fn gather(events: &[Event]) -> Vec<Vec<usize>> {
    let mut shelf = Shelf::default();
    for (index, event) in events.iter().enumerate() {
        match shelf.best(event).and_then(|best| shelf.stories.get_mut(best)) {
            Some(story) => story.add(index, event),
            None => shelf.begin(index, event),
        }
    }
    shelf.stories.into_iter().map(|story| story.members).collect()
}

/// The stories so far, and where to look for them. The maps are looked up, never walked.
#[derive(Default)]
struct Shelf<'a> {
    stories: Vec<Story<'a>>,
    by_name: FxHashMap<(&'static str, String), ByCountry<'a>>,
    /// For actions without a target: by regulator and rough sum.
    by_sum: FxHashMap<(&'static str, &'a str, i32), Vec<usize>>,
}

impl<'a> Shelf<'a> {
    fn begin(&mut self, index: usize, event: &Event<'a>) {
        let story = self.stories.len();
        self.stories.push(Story::new(index, event));
        let country = event.row.country.as_deref();
        for head in heads(event) {
            let places = self.by_name.entry((event.family, head)).or_default();
            places.entry(country).or_default().push(story);
        }
        if let Some((regulator, sum)) = event.row.regulator_id.as_deref().zip(event.sum) {
            self.by_sum.entry((event.family, regulator, sum.step())).or_default().push(story);
        }
    }

    /// Returns the story that `event` belongs to, if there is exactly one.
    fn best(&self, event: &Event<'a>) -> Option<usize> {
        let candidates = self.candidates(event);
        let mut fits: Vec<(Fit, usize)> = Vec::new();
        for index in candidates {
            if let Some(fit) = self.stories.get(index).and_then(|story| story.fit(event)) {
                fits.push((fit, index));
            }
        }
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
                let is_as_vague = |index: usize| {
                    self.stories.get(index).is_some_and(|story| story.is_as_vague(event))
                };
                let vague = fits.iter().copied().filter(|(_, index)| is_as_vague(*index));
                first_of_best(vague).map(|(_, index)| index)
            }
            _ => Some(best),
        }
    }

    fn differ_in_body(&self, one: usize, other: usize) -> bool {
        let body = |index: usize| {
            let story = self.stories.get(index);
            story.map(|story| (story.regulator_id, story.body.as_deref(), story.country))
        };
        body(one) != body(other)
    }

    /// Returns the stories that are worth comparing with `event`, each once.
    fn candidates(&self, event: &Event<'a>) -> Vec<usize> {
        let mut found = Vec::new();
        for head in heads(event) {
            let Some(places) = self.by_name.get(&(event.family, head)) else { continue };
            match event.row.country.as_deref() {
                Some(country) => {
                    let lists = [places.get(&Some(country)), places.get(&None)];
                    lists.into_iter().flatten().for_each(|list| found.extend(latest(list)));
                }
                None => places.values().for_each(|list| found.extend(latest(list))),
            }
        }
        if let (true, Some(regulator), Some(sum)) =
            (event.targets.is_empty(), event.row.regulator_id.as_deref(), event.sum)
        {
            let step = sum.step();
            for near in step - 1..=step + 1 {
                let list = self.by_sum.get(&(event.family, regulator, near));
                found.extend(list.into_iter().flat_map(|list| latest(list)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn latest(list: &[usize]) -> impl Iterator<Item = usize> {
    list.iter().rev().take(MOST_COMPARED).copied()
}

/// Returns the best fit; of equal ones the story that was begun first.
fn first_of_best(fits: impl Iterator<Item = (Fit, usize)>) -> Option<(Fit, usize)> {
    fits.max_by_key(|(fit, index)| (*fit, usize::MAX - index))
}

/// Returns the keys of the event's targets, each once.
fn heads(event: &Event) -> Vec<String> {
    let mut heads: Vec<String> = event.targets.iter().map(Name::head).collect();
    heads.sort();
    heads.dedup();
    heads
}

//! A document in, mentions out.

use std::ops::Range;

use crate::text::document::Document;

pub mod bodies;
pub mod capitals;
mod cited;
mod counted;
mod dateline;
pub mod dates;
mod described;
pub mod entities;
mod joined;
mod listed;
mod manner;
pub mod media;
pub mod money;
pub mod numbers;
mod parallel;
pub mod repeats;
mod spelled;
pub mod tagger;
pub(crate) mod two;
mod uncased;
mod unnamed;

/// Everything found in a document, before anything is settled.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Dates, in order.
    pub dates: Vec<dates::StatedDate>,
    /// Amounts, in order.
    pub amounts: Vec<money::StatedAmount>,
    /// Names, in order.
    pub names: Vec<entities::NameMention>,
}

impl Mentions {
    /// Finds the dates and amounts of a document; its names are still to be found.
    pub fn of_values(document: &Document) -> Self {
        let amounts = money::amounts(document);
        let mut dates = dates::dates(document);
        // "in 2021 euros" is neither; where both read the same words the amount stands.
        let taken = Taken::new(amounts.iter().map(|amount| amount.first..amount.last));
        dates.retain(|date| !taken.overlaps(&(date.first..date.last)));
        Self { dates, amounts, names: Vec::new() }
    }
}

/// Token ranges, in order, each with the farthest end of those up to it.
struct Taken(Vec<(usize, usize)>);

impl Taken {
    fn new(ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut ranges: Vec<(usize, usize)> =
            ranges.map(|range| (range.start, range.end)).collect();
        ranges.sort_unstable();
        let mut farthest = 0;
        for (_, end) in &mut ranges {
            farthest = farthest.max(*end);
            *end = farthest;
        }
        Self(ranges)
    }

    fn overlaps(&self, range: &Range<usize>) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < range.end);
        let last = before.checked_sub(1).and_then(|at| self.0.get(at));
        last.is_some_and(|(_, farthest)| range.start < *farthest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_overlaps_what_a_longer_one_before_it_covers() {
        let taken = Taken::new([4..9, 0..2, 5..6].into_iter());
        assert!(taken.overlaps(&(1..3)) && taken.overlaps(&(7..8)) && taken.overlaps(&(0..99)));
        assert!(!taken.overlaps(&(2..4)) && !taken.overlaps(&(9..12)));
        assert!(!Taken::new(std::iter::empty()).overlaps(&(0..9)));
    }
}

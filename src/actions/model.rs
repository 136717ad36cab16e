//! The weights, and what they make of features.
//!
//! A weight file is lines of `feature weight`; a feature that it lacks counts nothing. It is made
//! by `finewire train` from annotated articles, and a person can read and mend it.
//!
//! Weights are whole thousandths, so that their sums are exact: they may be added up in whatever
//! order, and what is the same for every candidate only once.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    base::compressed::compressed,
    pack::tables::{TableError, Tables},
};

use super::feature::{Feature, Features, Names, Template};

/// Weights of all features, in whole thousandths: their sums are exact, in whatever order.
#[derive(Clone, Debug)]
pub struct Model {
    /// Where the weights of each template stand.
    blocks: Box<[Block; 256]>,
    /// One weight for each value that a template's features may have; most are nothing. They are few
    /// enough to stay close at hand.
    weights: Vec<i16>,
    /// The weights of words.
    words: FxHashMap<Feature, i16>,
}

/// The weights of one template: for each of the first values, for each of the second, each of the third.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    start: u32,
    /// One past the greatest values that have a weight.
    sizes: [u16; 3],
}

impl Block {
    /// Returns where the weight of three values stands, if they may have one.
    #[inline]
    fn place(&self, a: u32, b: u32, c: u32) -> Option<usize> {
        let [first, second, third] = self.sizes.map(u32::from);
        (a < first && b < second && c < third)
            .then_some((self.start + (a * second + b) * third + c) as usize)
    }
}

impl Default for Model {
    fn default() -> Self {
        Self::new(FxHashMap::default())
    }
}

/// Parts of one that weights are kept in; weight files have as many.
const PARTS: f32 = 1000.0;

impl Model {
    /// Reads the weights.
    pub fn load(tables: &Tables) -> Result<Self, TableError> {
        Ok(Self::parse(
            &tables.unpacked("actions/weights.txt", compressed!("actions/weights.txt"))?,
        ))
    }

    /// Reads weights; lines that name no feature are passed over.
    pub fn parse(text: &str) -> Self {
        let mut names = Names::default();
        let weights = text.lines().filter_map(|line| {
            let (name, weight) = line.split_once(' ')?;
            Some((names.feature(name)?, parts(weight.parse().ok()?)))
        });
        Self::of(weights.collect())
    }

    /// Returns the weights as a file has them, sorted.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let words: BTreeMap<&Feature, &i16> = self.words.iter().collect();
        for (template, block) in (0..).zip(self.blocks.iter()) {
            let [first, second, third] = block.sizes.map(u32::from);
            let values = (0..first).flat_map(|a| (0..second).map(move |b| (a, b)));
            for (a, b, c) in values.flat_map(|(a, b)| (0..third).map(move |c| (a, b, c))) {
                let feature = Feature(template << 24 | a << 16 | b << 8 | c);
                let weight = self.weight(feature);
                if weight != 0.0 {
                    text.push_str(&format!("{} {weight:.3}\n", feature.name()));
                }
            }
        }
        for (feature, parts) in words {
            text.push_str(&format!("{} {:.3}\n", feature.name(), of_parts(i32::from(*parts))));
        }
        text
    }

    /// Makes a model of weights.
    #[expect(clippy::needless_pass_by_value, reason = "nobody has a use for them afterwards")]
    pub fn new(weights: FxHashMap<Feature, f32>) -> Self {
        Self::of(weights.iter().map(|(feature, weight)| (*feature, parts(*weight))).collect())
    }

    /// Makes a model of weights in thousandths; the last one of a feature counts.
    fn of(mut sorted: Vec<(Feature, i16)>) -> Self {
        sorted.sort_by_key(|(feature, _)| *feature);
        let words = sorted.split_off(sorted.partition_point(|(feature, _)| !feature.is_word()));
        let mut blocks = Box::new([Block::default(); 256]);
        for (feature, _) in &sorted {
            let [template, values @ ..] = feature.0.to_be_bytes();
            let sizes = &mut blocks[template as usize].sizes;
            for (size, value) in sizes.iter_mut().zip(values) {
                *size = (*size).max(u16::from(value) + 1);
            }
        }
        let mut end = 0;
        for block in blocks.iter_mut() {
            block.start = end;
            end += block.sizes.map(u32::from).iter().product::<u32>();
        }
        let mut model =
            Self { blocks, weights: vec![0; end as usize], words: words.into_iter().collect() };
        for (feature, parts) in sorted {
            if let Some(place) = model.place(feature).and_then(|at| model.weights.get_mut(at)) {
                *place = parts;
            }
        }
        model
    }

    fn place(&self, feature: Feature) -> Option<usize> {
        let [template, a, b, c] = feature.0.to_be_bytes();
        self.blocks[template as usize].place(a.into(), b.into(), c.into())
    }

    /// Returns the weight of three values in thousandths.
    #[inline]
    fn parts(&self, template: Template, a: u32, b: u32, c: u32) -> i32 {
        match self.blocks[template as usize].place(a, b, c) {
            Some(place) => self.weights.get(place).copied().map_or(0, i32::from),
            None if (a | b | c) > 255 => self.clipped(Feature::of_three(template, a, b, c)),
            None => 0,
        }
    }

    /// Returns the weight of a feature of values, as [`Feature`] clips them: few have one that great.
    #[cold]
    fn clipped(&self, feature: Feature) -> i32 {
        self.place(feature).and_then(|place| self.weights.get(place)).copied().map_or(0, i32::from)
    }

    #[inline]
    fn word(&self, feature: Feature) -> i32 {
        self.words.get(&feature).copied().map_or(0, i32::from)
    }

    /// Adds to each of `sums` the weight of a feature whose second value is the number beside it.
    #[inline]
    pub fn add_each(&self, sums: &mut [(u8, i32)], template: Template, a: u32, b: u32) {
        let block = &self.blocks[template as usize];
        let [first, second, third] = block.sizes.map(u32::from);
        let (a, b) = (a.min(255), b.min(255));
        if a >= first || b >= third {
            return;
        }
        let start = (block.start + a * second * third + b) as usize;
        let weights = self.weights.get(start..).unwrap_or_default();
        for (number, sum) in sums.iter_mut().filter(|(number, _)| u32::from(*number) < second) {
            let weight = weights.get(*number as usize * third as usize);
            *sum += weight.copied().map_or(0, i32::from);
        }
    }

    /// Returns the sum of the weights of the features that `make` tells.
    pub fn score(&self, make: impl FnOnce(&mut Score)) -> f32 {
        self.score_known(&mut Known::default(), make)
    }

    /// Returns the same sum, where `known` has the parts that were added up before.
    #[inline]
    pub fn score_known(&self, known: &mut Known, make: impl FnOnce(&mut Score)) -> f32 {
        let mut score = Score { model: self, known, sum: 0 };
        make(&mut score);
        of_parts(score.sum)
    }

    /// Returns the weight of one feature.
    pub fn weight(&self, feature: Feature) -> f32 {
        of_parts(if feature.is_word() { self.word(feature) } else { self.clipped(feature) })
    }
}

/// Returns a weight in thousandths; what does not fit would be a hundred times any that training
/// finds.
fn parts(weight: f32) -> i16 {
    (weight * PARTS).round().clamp(-30_000.0, 30_000.0) as i16
}

/// Returns a number of thousandths as a number.
#[inline]
pub fn of_parts(parts: i32) -> f32 {
    parts as f32 / PARTS
}

/// Returns the probability that a score stands for.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Sums that are the same whatever candidate asks, by the numbers that stand for them.
#[derive(Debug, Default)]
pub struct Known(Vec<i32>);

/// Stands for a sum that is not known yet: no weights add up to it.
const UNKNOWN: i32 = i32::MIN;

impl Known {
    /// Makes room for numbers below `most`.
    pub fn new(most: usize) -> Self {
        Self(vec![UNKNOWN; most])
    }
}

/// Adds up the weights of features.
pub struct Score<'m> {
    model: &'m Model,
    known: &'m mut Known,
    sum: i32,
}

impl Features for Score<'_> {
    #[inline]
    fn add_three(&mut self, template: Template, a: u32, b: u32, c: u32) {
        self.sum += self.model.parts(template, a, b, c);
    }

    #[inline]
    fn add(&mut self, template: Template, a: u32, b: u32) {
        self.sum += self.model.parts(template, a, b, 0);
    }

    #[inline]
    fn add_word(&mut self, template: Template, word: u32) {
        self.sum += self.model.word(Feature::of_word(template, word));
    }

    #[inline]
    fn once(&mut self, number: usize, make: impl FnOnce(&mut Self)) {
        if let Some(known) = self.known.0.get(number).filter(|known| **known != UNKNOWN) {
            self.sum += known;
            return;
        }
        let before = self.sum;
        make(self);
        if let Some(known) = self.known.0.get_mut(number) {
            *known = self.sum - before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(model: &Model, features: &[Feature]) -> f32 {
        model.score(|score| {
            for feature in features {
                let [_, a, b, c] = feature.0.to_be_bytes().map(u32::from);
                score.add_three(Template::Type, a, b, c);
            }
        })
    }

    #[test]
    fn weights_add_up_and_what_has_none_counts_nothing() {
        let features: Vec<Feature> = (0..60)
            .flat_map(|a| (0..60).map(move |b| Feature::new(Template::Type, a, b)))
            .collect();
        let weights = features.iter().step_by(2).map(|feature| (*feature, 0.5)).collect();
        let model = Model::new(weights);
        assert!((score(&model, &features) - 900.0).abs() < 1e-3);
        assert!(score(&model, features.get(1..2).unwrap()).abs() < 1e-9);
        assert!(score(&Model::default(), &features).abs() < 1e-9);
        let each = |(a, b): (u32, u32)| model.score(|score| score.add(Template::Type, a, b));
        let sum: f32 = (0..70).flat_map(|a| (0..70).map(move |b| (a, b))).map(each).sum();
        assert!((sum - 900.0).abs() < 1e-3);
    }

    #[test]
    fn a_file_of_weights_is_read_back_as_it_was_written() {
        let text =
            "type=0.3 -0.058\nstatus+cue=20.6.255 1.250\ndate.own-word-before=255.0.7 0.500\n";
        assert_eq!(Model::parse(text).to_text(), text);
    }

    #[test]
    fn what_is_known_is_added_and_not_asked_again() {
        let feature = Feature::new(Template::Type, 1, 0);
        let model = Model::new([(feature, 0.25)].into_iter().collect());
        let mut known = Known::new(1);
        for _ in 0..2 {
            let ask = |score: &mut Score| score.once(0, |score| score.add(Template::Type, 1, 0));
            assert!((model.score_known(&mut known, ask) - 0.25).abs() < 1e-6);
        }
        let never = |score: &mut Score| score.once(0, |_| panic!("it is known"));
        assert!((model.score_known(&mut known, never) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn each_status_gets_the_weight_of_its_own() {
        let of = |status: u32| Feature::of_three(Template::StatusCue, 4, status, 2);
        let model = Model::new([(of(1), 0.5), (of(3), -0.125)].into_iter().collect());
        let mut sums = [(0, 0), (1, 0), (3, 7)];
        model.add_each(&mut sums, Template::StatusCue, 4, 2);
        assert_eq!(sums, [(0, 0), (1, 500), (3, -118)]);
    }
}

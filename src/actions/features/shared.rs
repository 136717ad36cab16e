//! What the article's other candidates say of whom one of them acts upon.
//!
//! Each candidate first chooses alone. An article acts on few: whom the headline names, who pays the same
//! sum in another sentence, who is banned in the sentence of the fine, is likelier than a town beside it.

use super::{
    super::{
        choice::{Choice, slot},
        feature::{Features, Template as T},
        looks::Look,
        scene::Scene,
    },
    View, bucket,
};

/// Least probability that counts.
const LEAST: f32 = 0.02;

/// Puts a probability into one of few levels.
#[inline]
fn level(share: f32) -> u32 {
    const STEPS: [f32; 9] = [0.02, 0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97];
    STEPS.iter().map(|step| u32::from(share >= *step)).sum()
}

/// The same with fewer levels.
#[inline]
fn coarse(share: f32) -> u32 {
    const STEPS: [f32; 4] = [0.1, 0.3, 0.6, 0.9];
    STEPS.iter().map(|step| u32::from(share >= *step)).sum()
}

/// Numbers of choices, with how surely a candidate chooses each.
type Claims = Vec<(usize, f32)>;

/// Whom the candidates of an article choose, each alone.
pub struct Shared<'l> {
    scene: &'l Scene<'l, 'l>,
    looks: &'l [Look],
    targets: Vec<Claims>,
    actors: Vec<Claims>,
    /// For each number that mentions have in common ([`slot`]), the number of the choice.
    numbers: Vec<u32>,
    /// How many choices there are.
    choices: usize,
}

/// How many other candidates are asked about one by one: see [`Tally::sides`].
const SIDES: usize = 8;
/// Where the candidates of the sentence before, and the authorities, stand among them.
const BEFORE: usize = 5;
const ACTS: usize = 7;

/// What the others say of one choice.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// All others, each by its probability.
    all: f32,
    /// The surest of those of the headline, of its sentence and type, of its sentence and another type,
    /// of its sum elsewhere, of its type elsewhere, of the nearest sentence before, of that behind;
    /// the surest that it acts itself.
    sides: [f32; SIDES],
}

impl Tally {
    /// Counts a claim, on those sides that are 1.
    #[inline]
    fn count(&mut self, claim: f32, sides: &[f32; SIDES]) {
        self.all += claim;
        for (most, side) in self.sides.iter_mut().zip(sides) {
            let own = claim * side;
            *most = if own > *most { own } else { *most };
        }
    }
}

/// What the others say of the choices of one candidate.
pub struct Tallies<'l> {
    shared: &'l Shared<'l>,
    index: usize,
    /// By the numbers of the choices.
    counted: Vec<Tally>,
    /// How sure others are of those of its choices that others choose at all.
    rivals: Vec<f32>,
    /// The same sums over whomever they choose: how much there is to go by.
    most: Tally,
    /// Sentences to the nearest candidate before.
    back: usize,
}

/// Levels of a choice and places of a sentence that choices of nobody else are told apart by.
pub(in super::super) const UNCLAIMED: usize = 5 * 4;

impl<'l> Shared<'l> {
    /// Takes whom each candidate chooses.
    pub fn new(scene: &'l Scene<'l, 'l>, looks: &'l [Look]) -> Self {
        let mut numbers = vec![u32::MAX; scene.chains() + scene.facts.names.len()];
        let mut choices = 0;
        let mut number = |group: usize| {
            let number = numbers.get_mut(group)?;
            if *number == u32::MAX {
                (*number, choices) = (choices, choices + 1);
            }
            Some(*number as usize)
        };
        let mut claims = |choice: &Choice| {
            let claims = choice.groups().filter_map(|(share, group)| Some((number(group)?, share)));
            claims.filter(|(_, share)| *share >= LEAST).collect()
        };
        let targets = looks.iter().map(|look| claims(&look.target)).collect();
        let actors = looks.iter().map(|look| claims(&look.actor)).collect();
        Self { scene, looks, targets, actors, numbers, choices: choices as usize }
    }

    /// Returns the sums of the others of one candidate, and how far back the nearest of them is.
    fn summed(&self, index: usize) -> (Vec<Tally>, Tally, usize) {
        let (scene, looks) = (self.scene, self.looks);
        let own = &looks[index].candidate;
        let at = own.sentence;
        let sure = |look: &&Look| look.confidence >= 0.3;
        let mut before = looks[..index].iter().rev().filter(sure).map(|l| l.candidate.sentence);
        let before = before.find(|s| *s < at);
        let behind =
            looks[index..].iter().filter(sure).map(|l| l.candidate.sentence).find(|s| *s > at);
        let sum = |look: &Look| Some(scene.told(look.candidate.amount?).same_as);
        let own_sum = sum(&looks[index]);
        let headline = scene.document.headline.max(1);
        let (mut tallies, mut most) = (vec![Tally::default(); self.choices], Tally::default());
        for (number, other) in looks.iter().enumerate().filter(|(number, _)| *number != index) {
            let there = other.candidate.sentence;
            let (here, same_kind) = (there == at, other.candidate.kind == own.kind);
            let same_sum = own_sum.is_some() && sum(other) == own_sum;
            let sides = [
                !here && there < headline,
                here && same_kind && !same_sum,
                here && !same_kind,
                !here && same_sum,
                !here && same_kind,
                Some(there) == before,
                Some(there) == behind,
                false,
            ];
            let sides = sides.map(|holds| f32::from(u8::from(holds)));
            most.count(other.confidence, &sides);
            for (choice, share) in &self.targets[number] {
                if let Some(tally) = tallies.get_mut(*choice) {
                    tally.count(share * other.confidence, &sides);
                }
            }
            for (choice, share) in &self.actors[number] {
                if let Some(tally) = tallies.get_mut(*choice) {
                    tally.sides[ACTS] = tally.sides[ACTS].max(share * other.confidence);
                }
            }
        }
        most.sides[ACTS] = 1.0;
        (tallies, most, before.map_or(99, |s| at - s))
    }

    /// Counts what the others say of the choices of one candidate.
    pub fn tallies(&'l self, index: usize) -> Tallies<'l> {
        let (counted, most, back) = self.summed(index);
        let mut tallies = Tallies { shared: self, index, counted, rivals: Vec::new(), most, back };
        let own = self.looks[index].target.groups();
        let own = own.map(|(_, group)| tallies.tally(group).all).filter(|all| *all > 0.0);
        tallies.rivals = own.collect();
        tallies
    }
}

impl Tallies<'_> {
    fn tally(&self, group: usize) -> Tally {
        let number = self.shared.numbers.get(group).map(|number| *number as usize);
        number.and_then(|number| self.counted.get(number)).copied().unwrap_or_default()
    }

    /// Tells what the others say of one choice.
    pub fn of_target(&self, item: usize, share: f32, f: &mut impl Features) {
        let Shared { scene, looks, .. } = *self.shared;
        let own = &looks[self.index].candidate;
        let tally = self.tally(slot(scene, item));
        let sure = coarse(share);
        let there = View::sides(scene.name_sides(), item).sentence;
        let away = if there > own.sentence { 3 } else { (own.sentence - there).min(2) as u32 };
        let name = scene.name(item);
        let label = name.label as u32 + 6 * u32::from(name.unnamed);
        let headline = u32::from(own.sentence < scene.document.headline.max(1));
        f.add_three(T::SharedOwn, level(share), away, 0);
        f.add_three(T::SharedOwn, 16 + sure, label, away);
        let of_all = tally.all / self.most.all.max(0.3);
        f.add_three(T::SharedAll, 16 + level(of_all), label, headline);
        if tally.all > 0.0 || tally.sides[ACTS] > 0.0 {
            self.claimed(&tally, sure, away, f);
        } else {
            // Most choices are nobody else's.
            f.once((sure * 4 + away) as usize, |f| self.claimed(&tally, sure, away, f));
        }
    }

    /// Tells who else makes a choice that a candidate is so sure of.
    fn claimed(&self, tally: &Tally, sure: u32, away: u32, f: &mut impl Features) {
        let of_all = tally.all / self.most.all.max(0.3);
        f.add_three(T::SharedAll, level(of_all), sure, away);
        let better = self.rivals.iter().filter(|other| **other > tally.all).count();
        let rank = if self.most.all < 0.3 { 7 } else { better.min(4) as u32 };
        f.add_three(T::SharedRank, rank, sure, away);
        f.add_three(T::SharedRank, 8 + rank, bucket((self.most.all * 2.0) as usize), away);
        for (number, (own, most)) in (0..).zip(tally.sides.iter().zip(&self.most.sides)) {
            // Whom they choose, where there are others at all.
            if *most >= 0.2 {
                let part = number * 16 + level(own / most);
                f.add_three(T::SharedSide, part, away, coarse(*most));
                f.add_three(T::SharedSideSure, part, sure, away);
            }
        }
        f.add_three(T::SharedBack, bucket(self.back), coarse(tally.sides[BEFORE]), away);
        let kind = self.shared.looks[self.index].candidate.kind as u32;
        f.add_three(T::SharedKind, coarse(of_all), kind, away);
    }

    /// Tells what the others say of nobody.
    pub fn of_none(&self, share: f32, f: &mut impl Features) {
        let own = &self.shared.looks[self.index].candidate;
        let kind = own.kind as u32;
        let most = self.rivals.iter().copied().fold(0.0, f32::max);
        f.add_three(T::SharedNone, level(share), coarse(most), 0);
        f.add_three(T::SharedNone, 16 + coarse(most / self.most.all.max(0.3)), kind, 0);
        f.add_three(T::SharedNone, 32 + bucket((self.most.all * 2.0) as usize), coarse(share), 0);
    }
}

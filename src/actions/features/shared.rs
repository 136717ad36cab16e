//! What the article's other candidates say of whom one of them acts upon.
//!
//! Each candidate first chooses alone. An article acts on few: whom the headline names, who pays the same
//! sum in another sentence, who is banned in the sentence of the fine, is likelier than a town beside it.

use super::{
    super::{
        choice::slot,
        feature::{Features, Template as T},
        looks::Look,
        scene::Scene,
    },
    View, bucket,
    marks::bits_of,
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

/// Candidates, with how surely each makes a choice: the probability of both.
type Claims = Vec<(u32, f32)>;

/// Whom the candidates of an article choose, each alone.
pub struct Shared<'l> {
    scene: &'l Scene<'l, 'l>,
    looks: &'l [Look],
    /// For each candidate, which sum it is on.
    sums: Vec<Option<usize>>,
    /// For each number that mentions have in common ([`slot`]), the number of the choice.
    numbers: Vec<u32>,
    /// What is claimed of each choice.
    choices: Vec<Claimed>,
}

/// Who makes one choice.
#[derive(Default)]
struct Claimed {
    /// As the one acted upon, in the order of the candidates.
    targets: Claims,
    /// As the one that acts: the surest candidate, and how sure the next one is.
    actor: (u32, f32),
    next: f32,
}

impl Claimed {
    fn count_actor(&mut self, look: u32, claim: f32) {
        if claim > self.actor.1 {
            (self.next, self.actor) = (self.actor.1, (look, claim));
        } else {
            self.next = self.next.max(claim);
        }
    }
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
    /// Counts a claim on the sides whose bits are set.
    #[inline]
    fn count(&mut self, claim: f32, sides: u32) {
        for side in bits_of(sides) {
            if let Some(most) = self.sides.get_mut(side as usize) {
                *most = if claim > *most { claim } else { *most };
            }
        }
    }
}

/// What the others say of the choices of one candidate.
pub struct Tallies<'l> {
    shared: &'l Shared<'l>,
    index: usize,
    /// By the numbers of the choices; only its own are counted.
    counted: Vec<Tally>,
    /// How sure others are of those of its choices that others choose at all.
    rivals: Vec<f32>,
    /// The same sums over whomever they choose: how much there is to go by.
    most: Tally,
    /// How much that is, in few levels.
    much: [u32; SIDES],
    /// Sentences to the nearest candidate before.
    back: usize,
}

/// Levels of a choice and places of a sentence that choices of nobody else are told apart by.
const PLACES: usize = 5 * 4;

/// How many of a candidate's sums are kept: those of choices that nobody else makes, and those of
/// choices that nobody on one side makes.
pub(in super::super) const UNCLAIMED: usize = PLACES * (1 + SIDES);

impl<'l> Shared<'l> {
    /// Takes whom each candidate chooses.
    pub fn new(scene: &'l Scene<'l, 'l>, looks: &'l [Look]) -> Self {
        let mut numbers = vec![u32::MAX; scene.chains() + scene.facts.names.len()];
        let mut choices: Vec<Claimed> = Vec::new();
        for (look, number) in looks.iter().zip(0..) {
            for (share, group) in look.target.groups() {
                if let Some(choice) = choice(&mut numbers, &mut choices, group, share) {
                    choice.targets.push((number, share * look.confidence));
                }
            }
            for (share, group) in look.actor.groups() {
                if let Some(choice) = choice(&mut numbers, &mut choices, group, share) {
                    choice.count_actor(number, share * look.confidence);
                }
            }
        }
        let sum = |look: &Look| Some(scene.told(look.candidate.amount?).same_as);
        Self { scene, looks, sums: looks.iter().map(sum).collect(), numbers, choices }
    }

    /// Counts what the others say of the choices of one candidate.
    pub fn tallies(&'l self, index: usize) -> Tallies<'l> {
        let own = self.looks[index].candidate.sentence;
        let sure = |look: &&Look| look.confidence >= 0.3;
        let before = self.looks[..index].iter().rev().filter(sure);
        let before = before.map(|l| l.candidate.sentence).find(|s| *s < own);
        let behind = self.looks[index..].iter().filter(sure);
        let behind = behind.map(|l| l.candidate.sentence).find(|s| *s > own);
        let sides = self.sides(index, (before, behind));
        let mut most = Tally::default();
        for (number, (look, sides)) in self.looks.iter().zip(&sides).enumerate() {
            if number != index {
                most.all += look.confidence;
                most.count(look.confidence, (*sides).into());
            }
        }
        most.sides[ACTS] = 1.0;
        let mut counted = vec![Tally::default(); self.choices.len()];
        let mut rivals = Vec::new();
        for (_, group) in self.looks[index].target.groups() {
            let number = self.number(group);
            let (Some(tally), Some(claimed)) = (counted.get_mut(number), self.choices.get(number))
            else {
                continue;
            };
            *tally = claimed.by_others(index as u32, &sides);
            rivals.extend(Some(tally.all).filter(|all| *all > 0.0));
        }
        let back = before.map_or(99, |s| own - s);
        let much = most.sides.map(coarse);
        Tallies { shared: self, index, counted, rivals, most, much, back }
    }

    /// Returns for each candidate on which sides of another it is, as bits.
    fn sides(&self, index: usize, (before, behind): (Option<usize>, Option<usize>)) -> Vec<u8> {
        let own = &self.looks[index].candidate;
        let headline = self.scene.document.headline.max(1);
        let own_sum = self.sums.get(index).copied().flatten();
        let sides = |(other, sum): (&Look, &Option<usize>)| {
            let there = other.candidate.sentence;
            let (here, same_kind) = (there == own.sentence, other.candidate.kind == own.kind);
            let same_sum = own_sum.is_some() && *sum == own_sum;
            u8::from(!here && there < headline)
                | u8::from(here && same_kind && !same_sum) << 1
                | u8::from(here && !same_kind) << 2
                | u8::from(!here && same_sum) << 3
                | u8::from(!here && same_kind) << 4
                | u8::from(Some(there) == before) << BEFORE
                | u8::from(Some(there) == behind) << 6
        };
        self.looks.iter().zip(&self.sums).map(sides).collect()
    }

    /// Returns the number of a choice.
    fn number(&self, group: usize) -> usize {
        self.numbers.get(group).map_or(usize::MAX, |number| *number as usize)
    }
}

/// Returns the choice of what mentions have in common, if a candidate is sure enough of it.
fn choice<'c>(
    numbers: &mut [u32],
    choices: &'c mut Vec<Claimed>,
    group: usize,
    share: f32,
) -> Option<&'c mut Claimed> {
    let number = numbers.get_mut(group).filter(|_| share >= LEAST)?;
    if *number == u32::MAX {
        *number = choices.len() as u32;
        choices.push(Claimed::default());
    }
    choices.get_mut(*number as usize)
}

impl Claimed {
    /// Adds up what all but one candidate say, each on its sides.
    fn by_others(&self, index: u32, sides: &[u8]) -> Tally {
        let mut tally = Tally::default();
        for (number, claim) in self.targets.iter().filter(|(number, _)| *number != index) {
            tally.all += claim;
            tally.count(*claim, sides.get(*number as usize).copied().unwrap_or_default().into());
        }
        tally.sides[ACTS] = if self.actor.0 == index { self.next } else { self.actor.1 };
        tally
    }
}

impl Tallies<'_> {
    fn tally(&self, group: usize) -> Tally {
        self.counted.get(self.shared.number(group)).copied().unwrap_or_default()
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
    fn claimed<F: Features>(&self, tally: &Tally, sure: u32, away: u32, f: &mut F) {
        let of_all = tally.all / self.most.all.max(0.3);
        f.add_three(T::SharedAll, level(of_all), sure, away);
        let better = self.rivals.iter().filter(|other| **other > tally.all).count();
        let rank = if self.most.all < 0.3 { 7 } else { better.min(4) as u32 };
        f.add_three(T::SharedRank, rank, sure, away);
        f.add_three(T::SharedRank, 8 + rank, bucket((self.most.all * 2.0) as usize), away);
        let place = (sure * 4 + away) as usize;
        for (number, (own, most)) in (0..).zip(tally.sides.iter().zip(&self.most.sides)) {
            // Whom they choose, where there are others at all.
            if *most >= 0.2 {
                let much = self.much.get(number).copied().unwrap_or_default();
                let tell = |level: u32, f: &mut F| {
                    let part = number as u32 * 16 + level;
                    f.add_three(T::SharedSide, part, away, much);
                    f.add_three(T::SharedSideSure, part, sure, away);
                };
                if *own > 0.0 {
                    tell(level(own / most), f);
                } else {
                    f.once((1 + number) * PLACES + place, |f| tell(0, f));
                }
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

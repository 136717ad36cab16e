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
fn level(share: f32) -> u32 {
    const STEPS: [f32; 9] = [0.02, 0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97];
    STEPS.iter().take_while(|step| share >= **step).count() as u32
}

/// The same with fewer levels.
fn coarse(share: f32) -> u32 {
    const STEPS: [f32; 4] = [0.1, 0.3, 0.6, 0.9];
    STEPS.iter().take_while(|step| share >= **step).count() as u32
}

/// Numbers of chains, with how surely a candidate chooses each.
type Claims = Vec<(usize, f32)>;

/// Whom the candidates of an article choose, each alone.
pub struct Shared<'l> {
    scene: &'l Scene<'l, 'l>,
    looks: &'l [Look],
    targets: Vec<Claims>,
    actors: Vec<Claims>,
}

/// What the others say of one choice.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// All others, each by its probability.
    all: f32,
    /// The surest of those of the headline, of its sentence and type, of its sentence and another type,
    /// of its sum elsewhere, of its type elsewhere.
    headline: f32,
    rival: f32,
    beside: f32,
    sum: f32,
    kind: f32,
    /// Those of the nearest sentence before and behind.
    before: f32,
    behind: f32,
    /// The surest that it acts itself.
    acts: f32,
}

/// What the others say of the choices of one candidate.
pub struct Tallies<'l> {
    shared: &'l Shared<'l>,
    index: usize,
    own: Vec<(usize, Tally)>,
    /// The same sums over whomever they choose: how much there is to go by.
    most: Tally,
    /// Sentences to the nearest candidate before.
    back: usize,
}

impl<'l> Shared<'l> {
    /// Takes whom each candidate chooses.
    pub fn new(scene: &'l Scene<'l, 'l>, looks: &'l [Look]) -> Self {
        let claims = |choice: &Choice| {
            let claim = |(share, item): (f32, Option<usize>)| Some((slot(scene, item?), share));
            choice.shares().filter_map(claim).filter(|(_, share)| *share >= LEAST).collect()
        };
        let targets = looks.iter().map(|look| claims(&look.target)).collect();
        let actors = looks.iter().map(|look| claims(&look.actor)).collect();
        Self { scene, looks, targets, actors }
    }

    /// Counts what the others say of the choices of one candidate.
    pub fn tallies(&'l self, index: usize) -> Tallies<'l> {
        let (scene, looks) = (self.scene, self.looks);
        let own = &looks[index];
        let at = own.candidate.sentence;
        let items = own.target.shares().filter_map(|(_, item)| item);
        let items = items.map(|item| (slot(scene, item), Tally::default())).collect();
        let sure = |look: &&Look| look.confidence >= 0.3;
        let mut before = looks[..index].iter().rev().filter(sure).map(|l| l.candidate.sentence);
        let before = before.find(|s| *s < at);
        let behind =
            looks[index..].iter().filter(sure).map(|l| l.candidate.sentence).find(|s| *s > at);
        let mut tallies = Tallies {
            shared: self,
            index,
            own: items,
            most: Tally::default(),
            back: before.map_or(99, |s| at - s),
        };
        let sum = |look: &Look| Some(scene.told(look.candidate.amount?).same_as);
        for (number, other) in looks.iter().enumerate().filter(|(number, _)| *number != index) {
            let there = other.candidate.sentence;
            let same_kind = other.candidate.kind == own.candidate.kind;
            let same_sum = sum(other).is_some() && sum(other) == sum(own);
            let count = |tally: &mut Tally, claim: f32| {
                tally.all += claim;
                let keep = |slot: &mut f32, holds: bool| {
                    if holds {
                        *slot = slot.max(claim);
                    }
                };
                keep(&mut tally.headline, there != at && there < scene.document.headline.max(1));
                keep(&mut tally.rival, there == at && same_kind && !same_sum);
                keep(&mut tally.beside, there == at && !same_kind);
                keep(&mut tally.sum, there != at && same_sum);
                keep(&mut tally.kind, there != at && same_kind);
                keep(&mut tally.before, Some(there) == before);
                keep(&mut tally.behind, Some(there) == behind);
            };
            count(&mut tallies.most, other.confidence);
            for (chain, share) in &self.targets[number] {
                if let Some((_, tally)) = tallies.own.iter_mut().find(|(own, _)| own == chain) {
                    count(tally, share * other.confidence);
                }
            }
            for (chain, share) in &self.actors[number] {
                if let Some((_, tally)) = tallies.own.iter_mut().find(|(own, _)| own == chain) {
                    tally.acts = tally.acts.max(share * other.confidence);
                }
            }
        }
        tallies
    }
}

impl Tallies<'_> {
    /// Tells what the others say of one choice.
    pub fn of_target(&self, item: usize, share: f32, f: &mut impl Features) {
        let Shared { scene, looks, .. } = *self.shared;
        let look = &looks[self.index];
        let own = &look.candidate;
        let chain = slot(scene, item);
        let tally = self.own.iter().find(|(known, _)| *known == chain);
        let tally = tally.map(|(_, tally)| *tally).unwrap_or_default();
        let kind = own.kind as u32;
        let sure = coarse(share);
        let there = View::sides(scene.name_sides(), item).sentence;
        let away = if there > own.sentence { 3 } else { (own.sentence - there).min(2) as u32 };
        let name = scene.name(item);
        let label = name.label as u32 + 6 * u32::from(name.unnamed);
        let headline = u32::from(own.sentence < scene.document.headline.max(1));
        f.add_three(T::SharedOwn, level(share), away, 0);
        f.add_three(T::SharedOwn, 16 + sure, label, away);
        let of_all = tally.all / self.most.all.max(0.3);
        f.add_three(T::SharedAll, level(of_all), sure, away);
        f.add_three(T::SharedAll, 16 + level(of_all), label, headline);
        let better = self.own.iter().filter(|(_, other)| other.all > tally.all).count();
        let rank = if self.most.all < 0.3 { 7 } else { better.min(4) as u32 };
        f.add_three(T::SharedRank, rank, sure, away);
        f.add_three(T::SharedRank, 8 + rank, bucket((self.most.all * 2.0) as usize), away);
        let sides = [
            (tally.headline, self.most.headline),
            (tally.rival, self.most.rival),
            (tally.beside, self.most.beside),
            (tally.sum, self.most.sum),
            (tally.kind, self.most.kind),
            (tally.before, self.most.before),
            (tally.behind, self.most.behind),
            (tally.acts, 1.0),
        ];
        for (number, (own, most)) in (0..).zip(sides) {
            // Whom they choose, where there are others at all.
            if most >= 0.2 {
                let part = own / most;
                f.add_three(T::SharedSide, number * 16 + level(part), away, coarse(most));
                f.add_three(T::SharedSideSure, number * 16 + level(part), sure, away);
            }
        }
        f.add_three(T::SharedBack, bucket(self.back), coarse(tally.before), away);
        f.add_three(T::SharedKind, coarse(of_all), kind, away);
    }

    /// Tells what the others say of nobody.
    pub fn of_none(&self, share: f32, f: &mut impl Features) {
        let own = &self.shared.looks[self.index].candidate;
        let kind = own.kind as u32;
        let most = self.own.iter().map(|(_, tally)| tally.all).fold(0.0, f32::max);
        f.add_three(T::SharedNone, level(share), coarse(most), 0);
        f.add_three(T::SharedNone, 16 + coarse(most / self.most.all.max(0.3)), kind, 0);
        f.add_three(T::SharedNone, 32 + bucket((self.most.all * 2.0) as usize), coarse(share), 0);
    }
}

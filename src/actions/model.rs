//! The weights, and what they make of features.
//!
//! A weight file is lines of `feature weight`; a feature that it lacks counts nothing. It is made
//! by `finewire train` from annotated articles, and a person can read and mend it.

use rustc_hash::FxHashMap;

use crate::pack::tables::{TableError, Tables};

/// Something that holds of a candidate: a template and up to two small values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature(pub u32);

/// Features of one candidate.
pub type Features = Vec<Feature>;

/// Declares the templates and the names that weight files give them.
macro_rules! templates {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// What a feature speaks of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum Template { $($variant),* }

        const NAMES: &[&str] = &[$($name),*];
    };
}

templates! {
    // Whether a candidate is an action.
    Bias "bias", Type "type", TypeForm "type+form", TypeRegulator "type+regulator", TypeTarget "type+target",
    TypeSum "type+sum", SumDistance "sum-distance", SumRole "sum-role", SumBound "sum-bound", TypeLight "type+light",
    Cue "cue", TypeCue "type+cue", NearCue "near-cue", Headline "headline", Position "position", TypeCourt "type+court",
    SameType "same-type", Question "question", Quoted "quoted", DateHere "date", Passive "passive",
    FormRegulator "form+regulator", OtherTypes "other-types", SumSize "sum-size", FormSum "form+sum",
    TypeMoreSums "type+more-sums", Carried "carried", CarriedFrom "carried-from", CarriedAlone "carried-alone", TypeNearCue "type+near-cue", TypeHeadline "type+headline",
    RegulatorDistance "regulator-distance", NearestSum "nearest-sum", CueForm "cue+form",
    // Who acts.
    ActorBias "actor", ActorDistance "actor.distance", ActorClause "actor.clause", ActorSide "actor.side+form",
    ActorAgent "actor.agent", ActorDescribed "actor.described", ActorMain "actor.main", ActorTargeted "actor.targeted",
    ActorSentence "actor.sentence", ActorOrder "actor.order", ActorTypeSide "actor.type+side", ActorLabel "actor.label", ActorOthers "actor.others", ActorCourt "actor.court-ruling",
    // Who is acted upon.
    TargetBias "target", TargetDistance "target.distance", TargetSide "target.side+form", TargetMark "target.mark",
    TargetAgent "target.agent", TargetLabel "target.label", TargetDescribed "target.described", TargetMain "target.main",
    TargetSentence "target.sentence", TargetClause "target.clause", TargetSubject "target.subject",
    TargetReason "target.reason", TargetTypeSide "target.type+side", TargetBetween "target.between",
    TargetFrequency "target.frequency", TargetSum "target.sum-distance", TargetSumSide "target.sum-side",
    TargetNearest "target.nearest-to-sum", TargetMarkSide "target.mark+side", TargetCompany "target.company-mark",
    TargetTitled "target.titled", TargetHeadline "target.headline", TargetTypeLabel "target.type+label",
    TargetPassive "target.side+passive", TargetSpeaks "target.speaks",
}

impl Feature {
    /// Makes a feature of a template and two small values.
    pub fn new(template: Template, a: u32, b: u32) -> Self {
        Self((template as u32) << 16 | (a.min(255) << 8) | b.min(255))
    }

    /// Returns the name that weight files use.
    pub fn name(self) -> String {
        let template = NAMES.get((self.0 >> 16) as usize).unwrap_or(&"?");
        format!("{template}={}.{}", (self.0 >> 8) & 255, self.0 & 255)
    }

    fn parse(name: &str) -> Option<Self> {
        let (template, values) = name.split_once('=')?;
        let (a, b) = values.split_once('.')?;
        let number = NAMES.iter().position(|known| *known == template)?;
        let (a, b): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
        Some(Self((number as u32) << 16 | u32::from(a) << 8 | u32::from(b)))
    }
}

/// Weights of all features.
#[derive(Clone, Debug, Default)]
pub struct Model {
    weights: FxHashMap<Feature, f32>,
}

impl Model {
    /// Reads the weights.
    pub fn load(tables: &Tables) -> Result<Self, TableError> {
        Ok(Self::parse(&tables.text("actions/weights.txt", include_str!("weights.txt"))?))
    }

    /// Reads weights; lines that name no feature are passed over.
    pub fn parse(text: &str) -> Self {
        let weights = text
            .lines()
            .filter_map(|line| {
                let (name, weight) = line.split_once(' ')?;
                Some((Feature::parse(name)?, weight.parse().ok()?))
            })
            .collect();
        Self { weights }
    }

    /// Returns the weights as a file has them, sorted.
    pub fn to_text(&self) -> String {
        let mut lines: Vec<(Feature, f32)> = self.weights.iter().map(|(f, w)| (*f, *w)).collect();
        lines.sort_unstable_by_key(|(feature, _)| *feature);
        lines.iter().map(|(feature, weight)| format!("{} {weight:.3}\n", feature.name())).collect()
    }

    /// Makes a model of weights.
    pub fn new(weights: FxHashMap<Feature, f32>) -> Self {
        Self { weights }
    }

    /// Returns the sum of the weights of `features`.
    pub fn score(&self, features: &[Feature]) -> f32 {
        features.iter().filter_map(|f| self.weights.get(f)).sum()
    }

    /// Returns the probability that a candidate with `features` is right.
    pub fn probability(&self, features: &[Feature]) -> f32 {
        1.0 / (1.0 + (-self.score(features)).exp())
    }

    /// Returns the weight of one feature.
    pub fn weight(&self, feature: Feature) -> f32 {
        self.weights.get(&feature).copied().unwrap_or(0.0)
    }
}

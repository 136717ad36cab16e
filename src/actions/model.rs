//! The weights, and what they make of features.
//!
//! A weight file is lines of `feature weight`; a feature that it lacks counts nothing. It is made
//! by `finewire train` from annotated articles, and a person can read and mend it.

use rustc_hash::FxHashMap;

use crate::pack::tables::{TableError, Tables};

/// Something that holds of a candidate: a template and up to three small values.
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
    RegulatorDistance "regulator-distance", NearestSum "nearest-sum", CueForm "cue+form", WordBefore "word-before", WordBehind "word-behind", ArticleRegulators "article.authorities",
    ArticleMain "article.main-authority", ArticleHeadline "article.headline", Triggers "words-of-type", Words "words",
    SumTold "sum.told", SumTotal "sum.total", SumPart "sum.part", SumCurrency "sum.currency", SumRank "sum.rank",
    // A setting of the choice of authority and target.
    Somebody "somebody",
    // Who acts.
    ActorBias "actor", ActorDistance "actor.distance", ActorClause "actor.clause", ActorSide "actor.side+form",
    ActorAgent "actor.agent", ActorDescribed "actor.described", ActorMain "actor.main", ActorTargeted "actor.targeted",
    ActorSentence "actor.sentence", ActorOrder "actor.order", ActorTypeSide "actor.type+side", ActorLabel "actor.label",
    ActorOthers "actor.others", ActorBefore "actor.word-before", ActorBehind "actor.word-behind", ActorBetween "actor.between",
    ActorRecent "actor.recent", ActorRegulatorsBetween "actor.authorities-between", ActorHeadline "actor.headline",
    ActorPlace "actor.place", ActorParts "actor.parts",
    ActorNone "actor.none", ActorNoneSentence "actor.none+sentence",
    // Who is acted upon.
    TargetBias "target", TargetDistance "target.distance", TargetSide "target.side+form", TargetMark "target.mark",
    TargetAgent "target.agent", TargetLabel "target.label", TargetMain "target.main",
    TargetSentence "target.sentence", TargetClause "target.clause", TargetSubject "target.subject",
    TargetReason "target.reason", TargetTypeSide "target.type+side", TargetBetween "target.between",
    TargetFrequency "target.frequency", TargetSum "target.sum-distance", TargetNearest "target.nearest-to-sum",
    TargetMarkSide "target.mark+side", TargetCompany "target.company-mark", TargetTitled "target.titled",
    TargetHeadline "target.headline", TargetTypeLabel "target.type+label", TargetPassive "target.side+passive",
    TargetBefore "target.word-before", TargetBehind "target.word-behind", TargetCue "target.cue-between",
    TargetRecent "target.recent", TargetOrder "target.order", TargetShape "target.shape", TargetRule "target.rule",
    TargetSumsBetween "target.sums-between", TargetRank "target.rank", TargetRegulators "target.authorities-between",
    TargetNone "target.none", TargetNoneSentence "target.none+sentence", TargetOwner "target.owner",
    TargetBeforeType "target.word-before+type", TargetParagraph "target.paragraph", TargetOrderAway "target.order+sentence",
    TargetInside "target.word-inside", TargetCompanyChain "target.company", TargetZip "target.place-in-list",
    TargetPattern "target.pattern", TargetActorSide "target.authority-sides", TargetHere "target.others-here",
    TargetAwayRank "target.rank-away", TargetPlace "target.place", TargetMarked "target.marked-elsewhere", TargetKind "target.kind",
    TargetInitial "target.begins-sentence",
    TargetSumCue "target.cue-to-sum", TargetListOrder "target.list-order",
    // When.
    DateBias "date", DateDistance "date.distance", DateSentence "date.sentence", DateClause "date.clause", DateGrain "date.grain",
    DateModifier "date.modifier", DateBefore "date.word-before", DateBehind "date.word-behind", DateType "date.type", DateOrder "date.order",
    DateRelative "date.relative", DateCue "date.cue-between", DateLine "date.line", DateTypeSide "date.type+side", DateOthers "date.others",
    DateNone "date.none", DateNoneSentence "date.none+sentence", DateNoneType "date.none+type", DateFuture "date.future",
    // How far it got.
    StatusIs "status", StatusType "status+type", StatusCue "status+cue", StatusNear "status+near-cue", StatusClause "status+clause-cue",
    StatusBound "status+bound", StatusForm "status+form", StatusPer "status+per", StatusPlace "status+place", StatusTypeNear "status+type+cue",
    StatusRegulator "status+regulator", StatusPair "status+cues", StatusQuestion "status+question", StatusSum "status+sum",
    StatusBefore "status+cue-before", StatusBehind "status+cue-behind",
    // What the article's other candidates say of it.
    AgainBias "again", AgainOwn "again.own", AgainMost "again.surest", AgainSum "again.sum", AgainHere "again.here",
    AgainRival "again.rival", AgainTold "again.told", AgainNobody "again.nobody-acts", AgainActor "again.actor-distance",
    AgainTargetNone "again.no-target", AgainTargetBest "again.best-target",
}

impl Feature {
    /// Makes a feature of a template and two small values.
    pub fn new(template: Template, a: u32, b: u32) -> Self {
        Self::of_three(template, a, b, 0)
    }

    /// Makes a feature of a template and three small values.
    pub fn of_three(template: Template, a: u32, b: u32, c: u32) -> Self {
        Self((template as u32) << 24 | (a.min(255) << 16) | (b.min(255) << 8) | c.min(255))
    }

    /// Returns the name that weight files use.
    pub fn name(self) -> String {
        let template = NAMES.get((self.0 >> 24) as usize).unwrap_or(&"?");
        let [_, a, b, c] = self.0.to_be_bytes();
        if c == 0 { format!("{template}={a}.{b}") } else { format!("{template}={a}.{b}.{c}") }
    }

    fn parse(name: &str) -> Option<Self> {
        let (template, values) = name.split_once('=')?;
        let number = NAMES.iter().position(|known| *known == template)?;
        let mut bytes = [u8::try_from(number).ok()?, 0, 0, 0];
        for (byte, value) in bytes.iter_mut().skip(1).zip(values.split('.')) {
            *byte = value.parse().ok()?;
        }
        Some(Self(u32::from_be_bytes(bytes)))
    }
}

/// Weights of all features.
#[derive(Clone, Debug, Default)]
pub struct Model {
    weights: FxHashMap<Feature, f32>,
    /// The same, to be looked up fast: a feature stands at its hash or soon behind it.
    table: Vec<(u32, f32)>,
}

/// Stands in an empty place of the table: no template has this number.
const EMPTY: u32 = u32::MAX;

/// Returns the first place of a table of some bits where a feature may stand.
fn place(feature: u32, bits: u32) -> usize {
    (feature.wrapping_mul(0x9E37_79B1) >> (32 - bits)) as usize
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
        Self::new(weights)
    }

    /// Returns the weights as a file has them, sorted.
    pub fn to_text(&self) -> String {
        let mut lines: Vec<(Feature, f32)> = self.weights.iter().map(|(f, w)| (*f, *w)).collect();
        lines.sort_unstable_by_key(|(feature, _)| *feature);
        lines.iter().map(|(feature, weight)| format!("{} {weight:.3}\n", feature.name())).collect()
    }

    /// Makes a model of weights.
    pub fn new(weights: FxHashMap<Feature, f32>) -> Self {
        // Half of the places are empty, so that what has no weight is soon known.
        let bits = (weights.len() * 2 + 2).next_power_of_two().ilog2();
        let mut table = vec![(EMPTY, 0.0); 1 << bits];
        let mut sorted: Vec<(Feature, f32)> = weights.iter().map(|(f, w)| (*f, *w)).collect();
        sorted.sort_unstable_by_key(|(feature, _)| *feature);
        for (feature, weight) in sorted {
            let mut at = place(feature.0, bits);
            while table[at].0 != EMPTY {
                at = (at + 1) & (table.len() - 1);
            }
            table[at] = (feature.0, weight);
        }
        Self { weights, table }
    }

    /// Returns the sum of the weights of `features`.
    pub fn score(&self, features: &[Feature]) -> f32 {
        let Some(bits) = self.table.len().checked_ilog2() else { return -0.0 };
        // What adds up nothing is a negative zero, as everywhere in the language.
        let mut sum = -0.0;
        for feature in features {
            let mut at = place(feature.0, bits);
            while let Some(&(found, weight)) = self.table.get(at)
                && found != EMPTY
            {
                if found == feature.0 {
                    sum += weight;
                    break;
                }
                at = (at + 1) & (self.table.len() - 1);
            }
        }
        sum
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_and_what_has_none_counts_nothing() {
        let features: Vec<Feature> = (0..60)
            .flat_map(|a| (0..60).map(move |b| Feature::new(Template::Type, a, b)))
            .collect();
        let weights = features.iter().step_by(2).map(|feature| (*feature, 0.5)).collect();
        let model = Model::new(weights);
        assert!((model.score(&features) - 900.0).abs() < 1e-3);
        assert!(model.score(features.get(1..2).unwrap()).abs() < 1e-9);
        assert!(Model::default().score(&features).abs() < 1e-9);
    }
}

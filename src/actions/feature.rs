//! Something that holds of a candidate, and the names that weight files have for it.
//!
//! A template says what is spoken of, up to three small values what holds of it; templates of words
//! have a hash in their place.

/// Something that holds of a candidate: a template and up to three small values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature(pub u32);

/// Takes the features of one alternative, one after the other.
///
/// Training keeps them in a list, [`Score`] only adds up their weights; so each is said in one place.
///
/// [`Score`]: super::model::Score
pub trait Features {
    /// Takes a feature of a template and three small values.
    fn add_three(&mut self, template: Template, a: u32, b: u32, c: u32);

    /// Takes a feature of a template and two small values.
    fn add(&mut self, template: Template, a: u32, b: u32);

    /// Takes a feature of a template of words; `word` is a hash of what stands there.
    fn add_word(&mut self, template: Template, word: u32);

    /// Takes what `make` says of a mention whatever candidate asks; `number` stands for the mention
    /// and what else it depends on.
    fn once(&mut self, number: usize, make: impl FnOnce(&mut Self));
}

impl Features for Vec<Feature> {
    fn add_three(&mut self, template: Template, a: u32, b: u32, c: u32) {
        self.push(Feature::of_three(template, a, b, c));
    }

    fn add(&mut self, template: Template, a: u32, b: u32) {
        self.push(Feature::new(template, a, b));
    }

    fn add_word(&mut self, template: Template, word: u32) {
        self.push(Feature::of_word(template, word));
    }

    fn once(&mut self, _: usize, make: impl FnOnce(&mut Self)) {
        make(self);
    }
}

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
    TypeMoreSums "type+more-sums", Carried "carried", CarriedFrom "carried-from", CarriedAlone "carried-alone", CarriedUnknown "carried-unknown", TypeNearCue "type+near-cue", TypeHeadline "type+headline",
    RegulatorDistance "regulator-distance", NearestSum "nearest-sum", CueForm "cue+form", WordBefore "word-before", WordBehind "word-behind", ArticleRegulators "article.authorities",
    ArticleMain "article.main-authority", ArticleSums "article.sums", ArticleSize "article.size", ArticleHeadline "article.headline", Triggers "words-of-type", Words "words",
    SumTold "sum.told", SumTotal "sum.total", SumPart "sum.part", SumCurrency "sum.currency", SumRank "sum.rank",
    CuePlace "cue.place", CuePlaceType "cue.place+type",
    SumCue "sum.cue-place", SumBefore "sum.word-before", SumBehind "sum.word-behind", SumYear "sum.year",
    Ruling "ruling", Counted "counted", NameBeside "name-beside",
    // A setting of the choice of authority and target.
    Somebody "somebody",
    // Who acts.
    ActorBias "actor", ActorDistance "actor.distance", ActorClause "actor.clause", ActorSide "actor.side+form",
    ActorAgent "actor.agent", ActorTender "actor.tender", ActorDescribed "actor.described", ActorMain "actor.main", ActorTargeted "actor.targeted",
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
    TargetInitial "target.begins-sentence", TargetTopic "target.topic",
    TargetSumCue "target.cue-to-sum", TargetListOrder "target.list-order",
    TargetSegment "target.segment", TargetSumSegment "target.sum-segment", TargetKnown "target.known", TargetMedia "target.media", TargetComplaint "target.complaint",
    // When.
    DateBias "date", DateDistance "date.distance", DateSentence "date.sentence", DateClause "date.clause", DateGrain "date.grain",
    DateModifier "date.modifier", DateBefore "date.word-before", DateBehind "date.word-behind", DateType "date.type", DateOrder "date.order",
    DateRelative "date.relative", DateCue "date.cue-between", DateLine "date.line", DateTypeSide "date.type+side", DateOthers "date.others",
    DateNone "date.none", DateNoneSentence "date.none+sentence", DateNoneType "date.none+type", DateFuture "date.future",
    DateOwner "date.words-between", DateNearest "date.rank", DateAway "date.away", DatePlace "date.place",
    DateOnly "date.only", DateRuleSide "date.rule+side", DateLineAt "date.line+place", DateDecided "date.decided", DateNoneCue "date.none+cue",
    // How far it got.
    StatusIs "status", StatusType "status+type", StatusCue "status+cue", StatusNear "status+near-cue", StatusClause "status+clause-cue",
    StatusBound "status+bound", StatusForm "status+form", StatusPer "status+per", StatusPlace "status+place", StatusTypeNear "status+type+cue",
    StatusRegulator "status+regulator", StatusPair "status+cues", StatusQuestion "status+question", StatusSum "status+sum",
    StatusBefore "status+cue-before", StatusBehind "status+cue-behind",
    // What the article's other candidates say of it.
    AgainBias "again", AgainOwn "again.own", AgainMost "again.surest", AgainSum "again.sum", AgainHere "again.here",
    AgainRival "again.rival", AgainTold "again.told", AgainNobody "again.nobody-acts", AgainActor "again.actor-distance",
    AgainTargetNone "again.no-target", AgainTargetBest "again.best-target",
    AgainBeside "again.beside", AgainBesideGap "again.beside+gap", AgainBesideOwn "again.beside+own",
    // What the article's other actions say of its day.
    SharedNone "shared-day.none", SharedOwn "shared-day.own", SharedCount "shared-day.count", SharedMain "shared-day.main", SharedGrain "shared-day.grain",
    SharedAlone "shared-day.alone", SharedIs "shared-day.is", SharedAway "shared-day.away", SharedKinds "shared-day.types", SharedSure "shared-day.sure",
    SharedPlace "shared-day.place", SharedStated "shared-day.stated",
    // A setting of sums that share a sentence.
    Apart "apart",
    // How far a row can be believed; the least that is kept is a setting.
    TrustBias "trust", TrustLeast "trust.least", TrustLikely "trust.likely", TrustActor "trust.authority", TrustTarget "trust.target", TrustBoth "trust.both",
    TrustRival "trust.second", TrustKind "trust.type", TrustTold "trust.told", TrustActorIs "trust.authority-is",
    TrustTargets "trust.targets", TrustNobody "trust.nobody", TrustTargetIs "trust.target-is", TrustChain "trust.chain",
    TrustRule "trust.rule", TrustShape "trust.shape", TrustOthers "trust.others", TrustSums "trust.sums", TrustBeside "trust.beside", TrustCarried "trust.carried",
    // The words themselves; none of another kind may follow.
    TriggerWord "trigger.words", TriggerBefore "trigger.word-before", TriggerBehind "trigger.word-behind", CarriedWord "carried.word", TriggerNear "trigger.near",
    TargetFirstWord "target.first-word", TargetLastWord "target.last-word",
    TargetWordBefore "target.own-word-before", TargetWordsBefore "target.own-words-before",
    DateNoneWord "date.none+word", DateWordBehind "date.own-word-behind", DateWordType "date.own-word+type",
    DateWordBefore "date.own-word-before", DateWordsBefore "date.own-words-before",
}

/// The first template whose features are hashes of words: too many for a table of all.
const WORDS: u32 = (Template::TriggerWord as u32) << 24;

impl Feature {
    /// Makes a feature of a template and two small values.
    #[inline]
    pub fn new(template: Template, a: u32, b: u32) -> Self {
        Self::of_three(template, a, b, 0)
    }

    /// Makes a feature of a template and three small values.
    #[inline]
    pub fn of_three(template: Template, a: u32, b: u32, c: u32) -> Self {
        Self((template as u32) << 24 | (a.min(255) << 16) | (b.min(255) << 8) | c.min(255))
    }

    /// Makes a feature of a word.
    #[inline]
    pub fn of_word(template: Template, word: u32) -> Self {
        Self((template as u32) << 24 | word >> 8)
    }

    /// Returns whether it stands for a word.
    pub fn is_word(self) -> bool {
        self.0 >= WORDS
    }

    /// Returns the name that weight files use.
    pub fn name(self) -> String {
        let template = NAMES.get((self.0 >> 24) as usize).unwrap_or(&"?");
        let [_, a, b, c] = self.0.to_be_bytes();
        if c == 0 { format!("{template}={a}.{b}") } else { format!("{template}={a}.{b}.{c}") }
    }
}

/// Reads the names of features. Those of one template follow each other in weight files, so it is
/// looked for once.
#[derive(Default)]
pub(super) struct Names<'n> {
    template: &'n str,
    number: u8,
}

impl<'n> Names<'n> {
    /// Returns the feature of a name.
    pub(super) fn feature(&mut self, name: &'n str) -> Option<Feature> {
        let (template, values) = name.split_once('=')?;
        if template != self.template {
            let number = NAMES.iter().position(|known| *known == template)?;
            (self.template, self.number) = (template, u8::try_from(number).ok()?);
        }
        let mut bytes = [self.number, 0, 0, 0];
        for (byte, value) in bytes.iter_mut().skip(1).zip(values.split('.')) {
            *byte = value.parse().ok()?;
        }
        Some(Feature(u32::from_be_bytes(bytes)))
    }
}

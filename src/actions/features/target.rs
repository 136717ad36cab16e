//! What holds of a mention as the one acted upon.

use std::ops::Range;

use crate::{
    base::action::ActionType,
    extract::{entities::Label, two::is_possessive},
    pack::sense::Sense,
    resolve::antecedents::Topic,
};

use super::{
    super::feature::{Features, Template as T},
    View, bucket,
    marks::{bit, bits_of},
    names_between, split, words,
};

/// A candidate with its sum, as the features of those acted upon see it.
pub struct Asked<'v> {
    view: &'v View<'v>,
    /// How many others of its sentence may be acted upon.
    here: u32,
    /// How many of them stand behind a word for whom something is done to.
    marked: u32,
    /// On which sides of the candidate authorities stand.
    actors: u32,
    /// Whom its sentence may go on about without a name.
    topics: &'v [Topic],
    sum: Option<Sum>,
    /// How many of them stand between the same commas as the candidate.
    segment: u32,
}

/// The sum of a candidate among the other sums and targets of its sentence.
struct Sum {
    /// Index into the facts' amounts.
    amount: usize,
    /// Its tokens.
    range: Range<usize>,
    /// Whether the sentence has several.
    several: u32,
    /// Whether the sentence gives each its own ("respectively").
    respectively: u32,
    /// Whether the sentence has as many targets as sums.
    lists: u32,
    /// Whether the first sum stands before all targets.
    opens: u32,
    /// Index of the first name of the sentence behind the sum.
    split: usize,
    /// How many targets stand between the same commas.
    segment: u32,
}

/// What is asked of a mention again and again.
struct Mention {
    index: usize,
    first: usize,
    last: usize,
    away: u32,
    before: u32,
    label: u32,
}

impl<'v> Asked<'v> {
    /// Looks at the sum of a candidate.
    pub fn new(view: &'v View<'v>) -> Self {
        let View { scene, sentence, .. } = view;
        let beside = |token: usize| {
            let own = view.marks.segment(token);
            let is_beside = |index: &usize| {
                let first = scene.name(*index).first;
                view.marks.segment(first) == own && scene.may_be_target(*index)
            };
            sentence.names.clone().filter(is_beside).take(2).count() as u32
        };
        let sum = view.candidate.amount.map(|amount| {
            let stated = &scene.facts.amounts[amount].0;
            let range = stated.first..stated.last;
            // "10 million on A, 20 million on B", or "A 10 million, B 20 million".
            let first = scene.facts.amounts[sentence.amounts.start].0.first;
            let before = sentence.names.start..split(scene, sentence, first);
            let lists = scene.targets_in(&sentence.names) == sentence.amounts.len();
            Sum {
                amount,
                several: u32::from(sentence.amounts.len() > 1),
                respectively: u32::from(scene.has(&sentence.range, |s| s == Sense::Respectively)),
                lists: u32::from(lists),
                opens: u32::from(scene.targets_in(&before) == 0),
                split: split(scene, sentence, range.start),
                segment: beside(range.start),
                range,
            }
        });
        let actors = view.authority_sides();
        let here = scene.targets_in(&sentence.names).min(3) as u32;
        let is_marked = |index: &usize| {
            scene.may_be_target(*index) && View::sides(view.names, *index).target_mark() != 0
        };
        let marked = sentence.names.clone().filter(is_marked).take(2).count() as u32;
        let topics = scene.topics(view.candidate.sentence);
        Self { view, here, marked, actors, topics, sum, segment: beside(view.at) }
    }

    /// Tells what holds of a mention as the one acted upon.
    pub fn of_target(&self, index: usize, f: &mut impl Features) {
        let view = self.view;
        let name = view.scene.name(index);
        let mention = Mention {
            index,
            first: name.first,
            last: name.last,
            away: view.away(View::sides(view.names, index).sentence),
            before: u32::from(name.first < view.at),
            label: match name.label {
                _ if name.unnamed => 5,
                Label::Per => 1,
                Label::Org if name.described => 4,
                Label::Org => 2,
                Label::Misc => 3,
                Label::Regulator => 6,
                _ => 0,
            },
        };
        f.add(T::TargetBias, 0, 0);
        if mention.away == 0 {
            self.in_sentence(&mention, f);
            if let Some(sum) = &self.sum {
                beside_sum(view, &mention, sum, f);
            }
        }
        let place = mention.before + 2 * mention.away.min(1);
        f.once(view.number_of_form(index, place), |f| beside(view, &mention, place, f));
        f.once(view.number_of_kind(index, place), |f| of_kind(view, &mention, place, f));
        self.in_article(&mention, f);
        f.once(view.number(index, mention.away), |f| alone(view, &mention, f));
    }

    /// Where it stands in the sentence that tells the action.
    fn in_sentence(&self, mention: &Mention, f: &mut impl Features) {
        let (view, actors) = (self.view, self.actors);
        let View { scene, sentence, form, kind, .. } = *view;
        let Mention { index, first, last, before, label, .. } = *mention;
        f.add(T::TargetDistance, bucket(first.abs_diff(view.at)), before);
        f.add(T::TargetSide, form, before);
        f.add(T::TargetTypeSide, kind, before);
        f.add(T::TargetClause, u32::from(view.clause.contains(&first)), before);
        let rank = scene.targets_in(&(sentence.names.start..index)).min(4) as u32;
        f.add(T::TargetRank, rank, form);
        let subject = scene.facts.names[sentence.names.start..index]
            .iter()
            .rev()
            .take(6)
            .all(|n| n.label == Label::Loc || n.label == Label::Law);
        f.add(T::TargetSubject, u32::from(subject), form);
        let bits = view.classes_between(&view.between(first, last));
        for class in bits_of(bits) {
            f.add(T::TargetCue, class, before + 2 * form);
        }
        let passive = bits & (1 << 9 | 1 << 11) != 0;
        f.add(T::TargetPassive, form, u32::from(passive) + 2 * before);
        let segments = view.marks.segment(first).abs_diff(view.marks.segment(view.at)).min(3);
        f.add_three(T::TargetSegment, segments, self.segment, before + 2 * form);
        f.add_three(T::TargetSegment, 8 + segments, self.segment, kind);
        let names = view.names_between(index);
        let between = scene.targets_in(&names).min(4) as u32;
        f.add(T::TargetBetween, between, before + 2 * form);
        f.add(T::TargetRegulators, scene.regulators_in(&names).min(2) as u32, before + 2 * form);
        f.add_three(T::TargetActorSide, actors, form, before);
        f.add_three(T::TargetActorSide, 4 + actors, form, before + 2 * between.min(3));
        f.add_three(T::TargetActorSide, 8 + actors, kind, before);
        if scene.name(index).label == Label::Regulator {
            let others = scene.regulators_in(&sentence.names).min(3) as u32;
            f.add_three(T::TargetRegulators, 16 + others, form, before);
        }
        let sum = self.sum.as_ref().map(|sum| sum.range.start);
        let order = sum.map_or(2, |sum| u32::from(sum < first));
        let trigger_order = sum.map_or(2, |sum| u32::from(sum < view.at));
        let pattern = before + 2 * order + 6 * trigger_order;
        f.add_three(T::TargetPattern, pattern, form, 0);
        f.add_three(T::TargetPattern, pattern, form, 1 + actors);
        f.add_three(T::TargetPattern, 32 + pattern, label, between.min(3));
    }

    /// What the article says of it elsewhere, as this candidate sees it.
    fn in_article(&self, mention: &Mention, f: &mut impl Features) {
        let (view, scene) = (self.view, self.view.scene);
        let Mention { index, away, before, label, .. } = *mention;
        f.add(T::TargetSentence, away, before);
        let recent = scene.targets_in(&view.names_between(index));
        f.add(T::TargetRecent, bucket(recent), away);
        let order = scene.chain(scene.name(index)).order;
        f.add(T::TargetOrderAway, bucket(order), 1 + away);
        let name = scene.name(index);
        let main = scene.main_target.is_some_and(|m| scene.name(m).chain == name.chain);
        f.add(T::TargetHere, self.here, away);
        let sides = View::sides(view.names, index);
        let marked = u32::from(sides.target_mark() != 0);
        f.add_three(T::TargetMark, 8 + self.marked, marked, away.min(2));
        f.add_three(T::TargetMark, 16 + self.marked, marked + 2 * away.min(2), label);
        f.add(T::TargetHere, 8 + self.here, label + 8 * u32::from(main));
        let own = sides.sentence;
        if let Some(other) = scene.sentences.get(own) {
            let rank = scene.targets_in(&(other.names.start..index)).min(3) as u32;
            f.add(T::TargetAwayRank, rank, away);
        }
        let complaint = u32::from(view.candidate.kind == ActionType::Complaint);
        f.add_three(T::TargetComplaint, scene.complaint(index), complaint, away.min(2));
        let complains = scene.chain(name).complains.min(2) as u32;
        f.add_three(T::TargetComplaint, 64 + complains, complaint, away.min(2));
        f.add(T::TargetPlace, scene.place(own, view.candidate.sentence), away);
        // What the article goes on about, whether it is named here or not.
        let topic = (1..).zip(self.topics).find(|(_, topic)| topic.chain == name.chain);
        let (rank, share) =
            topic.map_or((0, 0), |(rank, topic)| (rank, (topic.share * 8.0) as u32));
        f.add_three(T::TargetTopic, rank, share, away.min(2));
        f.add_three(T::TargetTopic, 8 + rank, self.here, away.min(2));
        f.add_three(T::TargetTopic, 16 + rank, label, away.min(2));
    }
}

/// Tells what holds of a candidate that nobody is named for.
pub fn of_none(view: &View, f: &mut impl Features) {
    let View { scene, sentence, .. } = view;
    let targets = scene.targets_in(&sentence.names).min(4) as u32;
    f.add(T::TargetNone, view.kind, view.form);
    f.add(T::TargetNoneSentence, targets, u32::from(scene.main_target.is_some()));
    f.add(T::TargetNone, 254, 0);
}

/// How it stands to the sum: lists give each sum before or behind its own target.
fn beside_sum(view: &View, mention: &Mention, sum: &Sum, f: &mut impl Features) {
    let View { scene, sentence, .. } = *view;
    let Mention { index, first, last, label, .. } = *mention;
    let Sum { amount, ref range, several, respectively, lists, opens, split, .. } = *sum;
    let left = u32::from(first < range.start);
    f.add(T::TargetSum, bucket(gap(view, index, range)), left);
    f.add(T::TargetNearest, u32::from(nearest_pair(view, index, sum)), several);
    let sums = sums_between(view, first, amount).min(3) as u32;
    f.add(T::TargetSumsBetween, sums, left + 2 * several);
    // "A and B paid 10 and 20 million": the first pays the first, the second the second.
    let place = scene.targets_in(&(sentence.names.start..index));
    let zipped = place == amount - sentence.amounts.start;
    f.add(T::TargetZip, u32::from(zipped) + 2 * lists, respectively + 2 * several);
    let segments = view.marks.segment(first).abs_diff(view.marks.segment(range.start)).min(3);
    f.add_three(T::TargetSumSegment, segments, sum.segment, left + 2 * several);
    let trigger = view.marks.segment(first).abs_diff(view.marks.segment(view.at)).min(2);
    f.add_three(T::TargetSumSegment, 8 + segments, trigger, several + 2 * left);
    let between = if left == 1 { last..range.start } else { range.end..first };
    for class in bits_of(view.classes_between(&between)) {
        f.add(T::TargetSumCue, class, left + 2 * several);
    }
    let targets = scene.targets_in(&names_between(split, index)).min(3) as u32;
    f.add_three(T::TargetListOrder, opens, left + 2 * several, targets + 4 * sums);
    f.add_three(T::TargetSumsBetween, 16 + sums, left + 2 * several, targets);
    f.add_three(T::TargetSum, 16 + targets, left, label);
}

/// Returns how many tokens stand between a name and a sum.
fn gap(view: &View, index: usize, sum: &Range<usize>) -> usize {
    let name = view.scene.name(index);
    if name.first < sum.start {
        sum.start.saturating_sub(name.last)
    } else {
        name.first.saturating_sub(sum.end)
    }
}

/// What holds of it for an action of this type.
fn of_kind(view: &View, mention: &Mention, place: u32, f: &mut impl Features) {
    let View { scene, kind, .. } = *view;
    for class in View::sides(view.names, mention.index).before.classes() {
        f.add_three(T::TargetBeforeType, class, kind, place);
    }
    f.add(T::TargetTypeLabel, kind, mention.label);
    f.add(T::TargetKind, 8 + scene.chain(scene.name(mention.index)).label(), kind);
}

/// Which words stand beside it.
fn beside(view: &View, mention: &Mention, place: u32, f: &mut impl Features) {
    let View { form, .. } = *view;
    let Mention { away, before, .. } = *mention;
    let sides = View::sides(view.names, mention.index);
    for class in sides.before.classes() {
        f.add_three(T::TargetBefore, class, form, place);
    }
    for class in sides.behind.classes() {
        f.add_three(T::TargetBehind, class, form, place);
    }
    let marked = |wanted: Sense| sides.marked & bit(wanted) != 0;
    if away == 0 {
        f.add(T::TargetMarkSide, sides.target_mark(), before + 2 * form);
    }
    let follows = sides.follows & bit(Sense::AgentAfter) != 0;
    f.add(T::TargetAgent, u32::from(marked(Sense::Agent) || follows), form);
    f.add(T::TargetReason, u32::from(marked(Sense::Reason)), form);
}

/// What holds of it for every candidate that is as far away: what is asked of the distance here is
/// only whether it is 0, 1 or more.
fn alone(view: &View, mention: &Mention, f: &mut impl Features) {
    let scene = view.scene;
    let Mention { index, first, last, away, label, .. } = *mention;
    let name = scene.name(index);
    let sides = View::sides(view.names, index);
    let marked = |wanted: Sense| sides.marked & bit(wanted) != 0;
    f.add(T::TargetMark, sides.target_mark(), away.min(1));
    f.add(T::TargetCompany, u32::from(sides.company), 0);
    f.add(T::TargetKnown, sides.known, label);
    f.add(T::TargetMedia, sides.known, away.min(1));
    f.add(T::TargetTitled, u32::from(marked(Sense::Title)), label);
    f.add(T::TargetLabel, label, away.min(2));
    let main = scene.main_target.is_some_and(|m| scene.name(m).chain == name.chain);
    let chain = scene.chain(name);
    f.add(T::TargetMain, u32::from(main), away.min(2));
    f.add(T::TargetMarked, chain.marked.min(3) as u32, away.min(2));
    f.add(T::TargetKind, chain.label(), label);
    f.add(T::TargetInitial, u32::from(chain.initial), label + 8 * chain.count.min(3) as u32);
    f.add(T::TargetFrequency, chain.count.min(6) as u32, label);
    f.add(T::TargetHeadline, u32::from(chain.headline), away.min(2));
    f.add(T::TargetOrder, bucket(chain.order), 0);
    f.add(T::TargetCompanyChain, u32::from(chain.company), label);
    for class in bits_of(view.classes_between(&(first..last))) {
        f.add(T::TargetInside, class, 0);
    }
    // "Exempla's Modello audits": the one is the owner, the other is what it owns.
    for (number, at) in [(1, last), (2, first.wrapping_sub(1))] {
        if is_possessive(scene.document.word(at)) {
            f.add(T::TargetOwner, number, label);
        }
    }
    let words = last - first;
    let short = words == 1
        && scene.document.word(first).chars().count() <= 4
        && scene.document.word(first).chars().all(char::is_uppercase);
    f.add(T::TargetShape, words.min(5) as u32, u32::from(short));
    let rule = rule(name.rule);
    f.add(T::TargetRule, rule, u32::from(away == 0));
    f.add(T::TargetRule, 32 + rule, (name.confidence * 10.0) as u32);
    words::of_name(view, first, last, name.label, f);
}

/// Returns a number for the rule that read a name.
pub(in super::super) fn rule(rule: &str) -> u32 {
    match rule {
        "entity.capitals" => 1,
        "entity.company-mark" => 2,
        "entity.company-form" => 3,
        "entity.marked" => 4,
        "entity.katakana" => 5,
        "entity.company-described" => 6,
        "entity.counted" => 7,
        "entity.tagger-echo" => 8,
        "entity.repeated" => 9,
        "entity.known-company" => 10,
        "entity.listed" => 11,
        "entity.tagger-agreed" => 12,
        "entity.unnamed" => 13,
        "entity.unnamed-bare" => 14,
        "entity.counted-firms" => 15,
        "entity.company-head" => 16,
        "entity.unnamed-holder" => 17,
        "entity.address" => 18,
        "entity.initial" => 19,
        "entity.quoted" => 20,
        "entity.unnamed-placed" => 21,
        "entity.listed-sum" => 22,
        "entity.company-noun" => 23,
        _ => 0,
    }
}

/// Returns whether no other target is nearer to the sum.
fn nearest_pair(view: &View, index: usize, sum: &Sum) -> bool {
    let View { scene, sentence, .. } = view;
    let own = gap(view, index, &sum.range);
    // Only the targets right around the sum can be nearer.
    let nearer = |i: usize| i != index && scene.may_be_target(i) && gap(view, i, &sum.range) < own;
    let before = (sentence.names.start..sum.split).rev().take(4);
    !before.chain((sum.split..sentence.names.end).take(4)).any(nearer)
}

/// Returns how many other sums stand between a token and a sum.
fn sums_between(view: &View, token: usize, amount: usize) -> usize {
    let amounts = &view.sentence.amounts;
    let place = |i: usize| view.scene.facts.amounts[i].0.first;
    if token < place(amount) {
        (amounts.start..amount).rev().take_while(|i| place(*i) > token).take(4).count()
    } else {
        (amount + 1..amounts.end).take_while(|i| place(*i) < token).take(4).count()
    }
}

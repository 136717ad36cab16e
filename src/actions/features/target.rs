//! What holds of a mention as the one acted upon.

use std::ops::Range;

use crate::{extract::entities::Label, pack::sense::Sense};

use super::{
    super::{
        candidates::Candidate,
        model::{Feature, Features, Template as T},
        scene::{Scene, Sentence, is_target},
    },
    away, bit, bits_of, bucket, classes_between, form_of, names_between, split,
};

/// What is asked of a mention again and again.
struct View<'v> {
    sentence: &'v Sentence,
    at: usize,
    form: u32,
    kind: u32,
    away: u32,
    before: u32,
    label: u32,
    number: usize,
}

/// Returns what holds of a mention as the one acted upon.
pub fn of_target(scene: &Scene, candidate: &Candidate, index: usize) -> Features {
    let name = scene.name(index);
    let at = candidate.at(scene);
    let view = View {
        sentence: &scene.sentences[candidate.sentence],
        at,
        form: form_of(candidate),
        kind: candidate.kind as u32,
        away: away(candidate, scene.name_sides(index).sentence),
        before: u32::from(name.first < at),
        label: match name.label {
            Label::Per => 1,
            Label::Org if name.described => 4,
            Label::Org => 2,
            Label::Misc => 3,
            _ => 0,
        },
        number: candidate.sentence,
    };
    let mut f = Features::with_capacity(56);
    f.push(Feature::new(T::TargetBias, 0, 0));
    if view.away == 0 {
        in_sentence(scene, candidate, index, &view, &mut f);
    }
    beside(scene, index, &view, &mut f);
    in_article(scene, index, &view, &mut f);
    f
}

/// Returns what holds of a candidate that nobody is named for.
pub fn of_none(scene: &Scene, candidate: &Candidate) -> Features {
    let sentence = &scene.sentences[candidate.sentence];
    let targets = scene.targets_in(&sentence.names).min(4) as u32;
    let kind = candidate.kind as u32;
    vec![
        Feature::new(T::TargetNone, kind, form_of(candidate)),
        Feature::new(T::TargetNoneSentence, targets, u32::from(scene.main_target.is_some())),
        Feature::new(T::TargetNone, 254, 0),
    ]
}

/// Where it stands in the sentence that tells the action.
fn in_sentence(scene: &Scene, candidate: &Candidate, index: usize, view: &View, f: &mut Features) {
    let name = scene.name(index);
    let View { sentence, at, form, kind, before, label, .. } = *view;
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::TargetDistance, bucket(name.first.abs_diff(at)), before);
    add(T::TargetSide, form, before);
    add(T::TargetTypeSide, kind, before);
    let clause = scene.clause(sentence, at);
    add(T::TargetClause, u32::from(clause.contains(&name.first)), before);
    let rank = scene.targets_in(&(sentence.names.start..index)).min(4) as u32;
    add(T::TargetRank, rank, form);
    let first = scene.facts.names[sentence.names.start..index]
        .iter()
        .rev()
        .take(6)
        .all(|n| n.label == Label::Loc || n.label == Label::Law);
    add(T::TargetSubject, u32::from(first), form);
    let range = if name.first < at { name.last..at } else { at..name.first };
    let bits = classes_between(scene, &range);
    for class in bits_of(bits) {
        add(T::TargetCue, class, before + 2 * form);
    }
    let passive = bits & (1 << 9 | 1 << 11) != 0;
    add(T::TargetPassive, form, u32::from(passive) + 2 * before);
    let names = names_between(split(scene, sentence, at), index);
    let between = scene.targets_in(&names).min(4) as u32;
    add(T::TargetBetween, between, before + 2 * form);
    add(T::TargetRegulators, scene.regulators_in(&names).min(2) as u32, before + 2 * form);
    let trigger = split(scene, sentence, at);
    let actors = u32::from(scene.regulators_in(&(sentence.names.start..trigger)) > 0)
        + 2 * u32::from(scene.regulators_in(&(trigger..sentence.names.end)) > 0);
    f.push(Feature::of_three(T::TargetActorSide, actors, form, before));
    f.push(Feature::of_three(T::TargetActorSide, 4 + actors, form, before + 2 * between.min(3)));
    f.push(Feature::of_three(T::TargetActorSide, 8 + actors, kind, before));
    let sum = candidate.amount.map(|amount| scene.facts.amounts[amount].0.first);
    let order = sum.map_or(2, |sum| u32::from(sum < name.first));
    let trigger_order = sum.map_or(2, |sum| u32::from(sum < at));
    let pattern = before + 2 * order + 6 * trigger_order;
    f.push(Feature::of_three(T::TargetPattern, pattern, form, 0));
    f.push(Feature::of_three(T::TargetPattern, pattern, form, 1 + actors));
    f.push(Feature::of_three(T::TargetPattern, 32 + pattern, label, between.min(3)));
    if let Some(amount) = candidate.amount {
        beside_sum(scene, sentence, index, amount, label, f);
    }
}

/// How it stands to the sum: lists give each sum before or behind its own target.
fn beside_sum(
    scene: &Scene,
    sentence: &Sentence,
    index: usize,
    amount: usize,
    label: u32,
    f: &mut Features,
) {
    let name = scene.name(index);
    let stated = &scene.facts.amounts[amount].0;
    let sum = stated.first..stated.last;
    let left = u32::from(name.first < sum.start);
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::TargetSum, bucket(gap(scene, index, &sum)), left);
    let several = u32::from(sentence.amounts.len() > 1);
    add(T::TargetNearest, u32::from(nearest_pair(scene, sentence, index, &sum)), several);
    let sums = sums_between(scene, sentence, name.first, amount).min(3) as u32;
    add(T::TargetSumsBetween, sums, left + 2 * several);
    // "A and B paid 10 and 20 million": the first pays the first, the second the second.
    let place = scene.targets_in(&(sentence.names.start..index));
    let respectively = scene.has(&sentence.range, |s| s == Sense::Respectively);
    let zipped = place == amount - sentence.amounts.start;
    let lists = scene.targets_in(&sentence.names) == sentence.amounts.len();
    add(
        T::TargetZip,
        u32::from(zipped) + 2 * u32::from(lists),
        u32::from(respectively) + 2 * several,
    );
    let between = if left == 1 { name.last..sum.start } else { sum.end..name.first };
    let bits = classes_between(scene, &between);
    for class in (0..32).filter(|class| bits & (1 << class) != 0) {
        add(T::TargetSumCue, class, left + 2 * several);
    }
    let names = names_between(split(scene, sentence, sum.start), index);
    let targets = scene.targets_in(&names).min(3) as u32;
    // "10 million on A, 20 million on B", or "A 10 million, B 20 million".
    let first = scene.facts.amounts[sentence.amounts.start].0.first;
    let before = sentence.names.start..split(scene, sentence, first);
    let opens = u32::from(scene.targets_in(&before) == 0);
    f.push(Feature::of_three(T::TargetListOrder, opens, left + 2 * several, targets + 4 * sums));
    f.push(Feature::of_three(T::TargetSumsBetween, 16 + sums, left + 2 * several, targets));
    f.push(Feature::of_three(T::TargetSum, 16 + targets, left, label));
}

/// Returns how many tokens stand between a name and a sum.
fn gap(scene: &Scene, index: usize, sum: &Range<usize>) -> usize {
    let name = scene.name(index);
    if name.first < sum.start {
        sum.start.saturating_sub(name.last)
    } else {
        name.first.saturating_sub(sum.end)
    }
}

/// Which words stand beside it.
fn beside(scene: &Scene, index: usize, view: &View, f: &mut Features) {
    let View { form, kind, away, before, label, .. } = *view;
    let sides = scene.name_sides(index);
    let place = before + 2 * away.min(1);
    for class in sides.before.classes() {
        f.push(Feature::of_three(T::TargetBefore, class, form, place));
        f.push(Feature::of_three(T::TargetBeforeType, class, kind, place));
    }
    for class in sides.behind.classes() {
        f.push(Feature::of_three(T::TargetBehind, class, form, place));
    }
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    let marked = |wanted: Sense| sides.marked & bit(wanted) != 0;
    let follows = |wanted: Sense| sides.follows & bit(wanted) != 0;
    let mark = u32::from(marked(Sense::Target)) + 2 * u32::from(follows(Sense::TargetAfter));
    if away == 0 {
        add(T::TargetMarkSide, mark, before + 2 * form);
    }
    add(T::TargetMark, mark, away.min(1));
    add(T::TargetAgent, u32::from(marked(Sense::Agent) || follows(Sense::AgentAfter)), form);
    add(T::TargetReason, u32::from(marked(Sense::Reason)), form);
    add(T::TargetCompany, u32::from(sides.company), 0);
    add(T::TargetTitled, u32::from(marked(Sense::Title)), label);
}

/// What the article says of it elsewhere.
fn in_article(scene: &Scene, index: usize, view: &View, f: &mut Features) {
    let name = scene.name(index);
    let View { sentence, at, kind, away, before, label, .. } = *view;
    let mut add = |template, a: u32, b: u32| f.push(Feature::new(template, a, b));
    add(T::TargetLabel, label, away.min(2));
    add(T::TargetTypeLabel, kind, label);
    add(T::TargetSentence, away, before);
    let split = split(scene, sentence, at);
    let recent = scene.targets_in(&names_between(split, index));
    add(T::TargetRecent, bucket(recent), away);
    let main = scene.main_target.is_some_and(|m| scene.name(m).chain == name.chain);
    let chain = scene.chain(name);
    add(T::TargetMain, u32::from(main), away.min(2));
    let here = scene.targets_in(&sentence.names).min(3) as u32;
    add(T::TargetHere, here, away);
    add(T::TargetHere, 8 + here, label + 8 * u32::from(main));
    let own = scene.name_sides(index).sentence;
    if let Some(other) = scene.sentences.get(own) {
        let rank = scene.targets_in(&(other.names.start..index)).min(3) as u32;
        add(T::TargetAwayRank, rank, away);
    }
    add(T::TargetPlace, scene.place(own, view.number), away);
    add(T::TargetMarked, chain.marked.min(3) as u32, away.min(2));
    add(T::TargetKind, chain.label(), label);
    add(T::TargetKind, 8 + chain.label(), kind);
    add(T::TargetInitial, u32::from(chain.initial), label + 8 * chain.count.min(3) as u32);
    add(T::TargetFrequency, chain.count.min(6) as u32, label);
    add(T::TargetHeadline, u32::from(chain.headline), away.min(2));
    add(T::TargetOrder, bucket(chain.order), 0);
    add(T::TargetOrderAway, bucket(chain.order), 1 + away);
    add(T::TargetCompanyChain, u32::from(chain.company), label);
    let bits = classes_between(scene, &(name.first..name.last));
    for class in (0..32).filter(|class| bits & (1 << class) != 0) {
        add(T::TargetInside, class, 0);
    }
    let words = name.last - name.first;
    let short = words == 1
        && scene.document.word(name.first).chars().count() <= 4
        && scene.document.word(name.first).chars().all(char::is_uppercase);
    add(T::TargetShape, words.min(5) as u32, u32::from(short));
    let rule = match name.rule {
        "entity.capitals" => 1,
        "entity.company-mark" => 2,
        "entity.company-form" => 3,
        "entity.marked" => 4,
        "entity.katakana" => 5,
        "entity.company-described" => 6,
        "entity.counted" => 7,
        "entity.tagger-echo" => 8,
        "entity.repeated" => 9,
        "entity.listed" => 11,
        "entity.tagger-agreed" => 12,
        _ => 0,
    };
    add(T::TargetRule, rule, u32::from(away == 0));
    add(T::TargetRule, 16 + rule, (name.confidence * 10.0) as u32);
}

/// Returns whether no other target is nearer to the sum.
fn nearest_pair(scene: &Scene, sentence: &Sentence, index: usize, sum: &Range<usize>) -> bool {
    let own = gap(scene, index, sum);
    // Only the targets right around the sum can be nearer.
    let split = split(scene, sentence, sum.start);
    let nearer = |i: usize| i != index && is_target(scene.name(i)) && gap(scene, i, sum) < own;
    let before = (sentence.names.start..split).rev().take(4);
    !before.chain((split..sentence.names.end).take(4)).any(nearer)
}

/// Returns how many other sums stand between a token and a sum.
fn sums_between(scene: &Scene, sentence: &Sentence, token: usize, amount: usize) -> usize {
    let place = |i: usize| scene.facts.amounts[i].0.first;
    if token < place(amount) {
        (sentence.amounts.start..amount).rev().take_while(|i| place(*i) > token).take(4).count()
    } else {
        (amount + 1..sentence.amounts.end).take_while(|i| place(*i) < token).take(4).count()
    }
}

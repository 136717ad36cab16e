//! What holds of a candidate as an action.

use std::ops::Range;

use crate::{
    base::{action::ActionType, date::Granularity, money::Qualifier, token::Kind},
    extract::entities::Label,
    pack::sense::{Role, Sense},
};

use super::{
    super::{
        feature::{Features, Template as T},
        scene::{Scene, is_target},
        sentences::{Sentence, is_whole},
    },
    FORMS, View, bucket,
    marks::{CUES, bits_of, cue},
    sides::Beside,
    words,
};

/// Tokens around a sum within which a cue may speak of it.
const SUM_NEAR: usize = 8;

/// Tokens by which the size of an article is counted.
const SIZE: usize = 16;

/// Tells what holds of a candidate.
pub fn of_candidate(view: &View, f: &mut impl Features) {
    let View { scene, candidate, sentence, kind, form, at, .. } = *view;
    let regulator = view.regulator;
    f.add(T::Bias, 0, 0);
    words::of_trigger(view, f);
    f.add(T::Type, kind, 0);
    f.add(T::TypeForm, kind, form);
    f.add(T::TypeRegulator, kind, regulator);
    f.add(T::FormRegulator, form, regulator);
    // "The SEC filed a complaint" charges, "filed a complaint with the SEC" complains.
    f.add_three(T::TypeRegulator, kind, 4 + view.authority_sides(), form);
    f.add(T::TypeTarget, kind, scene.named_in(&sentence.names).min(3) as u32);
    // The first line of a dispatch without a headline is a whole sentence.
    let whole = is_whole(scene.document, sentence.range.end);
    let headline = u32::from(candidate.sentence < scene.document.headline) << u32::from(whole);
    f.add(T::Headline, headline, 0);
    f.add(T::TypeHeadline, kind, headline);
    f.add(T::Position, bucket(candidate.sentence), 0);
    f.add(T::DateHere, u32::from(!sentence.dates.is_empty()), 0);
    f.add(T::Carried, u32::from(candidate.trigger.is_none()), kind);
    if candidate.trigger.is_none() {
        // How far back the word stands that this sum goes on from.
        let back = scene.sentences[..candidate.sentence]
            .iter()
            .rev()
            .take(36)
            .position(|s| s.triggers.iter().any(|t| t.kind == candidate.kind));
        f.add(T::CarriedFrom, kind, back.map_or(15, bucket));
        f.add(T::CarriedAlone, u32::from(sentence.triggers.is_empty()), kind);
        if let Some((stated, _)) = candidate.amount.and_then(|a| scene.facts.amounts.get(a)) {
            words::of_carried(view, stated.first..stated.last, f);
        }
    }
    let more = sentence.amounts.len();
    f.add(T::TypeSum, kind, u32::from(candidate.amount.is_some()) + 2 * u32::from(more > 0));
    f.add(T::TypeMoreSums, kind, more.min(4) as u32);
    let kinds = sentence.types();
    f.add(T::OtherTypes, kinds.count_ones().min(4), 0);
    for other in bits_of(kinds & !(1 << kind)) {
        f.add(T::OtherTypes, kind, 16 + other);
    }
    let earlier = sentence.earlier[candidate.kind as usize] as usize;
    f.add(T::SameType, kind, bucket(earlier));
    f.add(T::Question, u32::from(sentence.asks), 0);
    f.add(T::Quoted, u32::from(quoted(scene, sentence, at)), 0);
    f.add(T::RegulatorDistance, nearest_regulator(scene, sentence, at), form);
    cues(view, f);
    cue_places(view, f);
    if candidate.kind == ActionType::CourtRuling {
        ruling(view, f);
    }
    in_article(view, f);
    names_around(view, f);
    if let Some(trigger) = candidate.trigger {
        f.add(T::Counted, counted(scene, trigger.first), kind);
        f.add(T::Words, (trigger.last - trigger.first).min(5) as u32, form);
        for class in Beside::before(scene, sentence, trigger.first).classes() {
            f.add(T::WordBefore, class, form);
            f.add(T::WordBefore, 32 + class, kind);
        }
        for class in Beside::behind(scene, sentence, trigger.last).classes() {
            f.add(T::WordBehind, class, form);
            f.add(T::WordBehind, 32 + class, kind);
        }
    }
    if let Some(amount) = candidate.amount {
        of_sum(view, amount, f);
    }
}

/// What kind of name a mention is: an authority, a described one, a company, a description, a country.
fn kind_of_name(scene: &Scene, index: usize) -> u32 {
    let name = scene.name(index);
    match name.label {
        Label::Regulator if name.described => 2,
        Label::Regulator => 1,
        Label::Law => 6,
        _ if !is_target(name) => 5,
        _ if name.unnamed => 4,
        Label::Per => 7,
        Label::Org => 3,
        _ => 8,
    }
}

/// Which kinds of names stand right before and behind the word that names it: who does it, and to whom.
fn names_around(view: &View, f: &mut impl Features) {
    let View { scene, sentence, form, kind, .. } = *view;
    let inside = |index: &usize| {
        let name = scene.name(*index);
        view.candidate.trigger.is_some_and(|t| name.first >= t.first && name.last <= t.last)
    };
    let before = (sentence.names.start..view.split).next_back();
    let behind = (view.split..sentence.names.end).find(|index| !inside(index));
    let tell = |index: Option<usize>| {
        index.map_or((0, 0), |index| {
            let clause = u32::from(view.clause.contains(&scene.name(index).first));
            (kind_of_name(scene, index), 1 + clause)
        })
    };
    let ((left, left_clause), (right, right_clause)) = (tell(before), tell(behind));
    f.add_three(T::NameBeside, left, form, left_clause);
    f.add_three(T::NameBeside, 16 + right, form, right_clause);
    f.add_three(T::NameBeside, 32 + left, kind, left_clause);
    f.add_three(T::NameBeside, 48 + right, kind, right_clause);
}

/// What the whole article says: whether authorities are its matter at all.
fn in_article(view: &View, f: &mut impl Features) {
    let View { scene, candidate, kind, .. } = *view;
    let regulators = scene.regulators_in(&(0..scene.facts.names.len()));
    f.add(T::ArticleRegulators, bucket(regulators), 0);
    let per_hundred = regulators * 1000 / scene.document.tokens.len().max(100);
    f.add(T::ArticleRegulators, 16 + bucket(per_hundred), 0);
    // A fine without its sum is told elsewhere in a long article, and is all that a dispatch tells.
    let has_sum = u32::from(candidate.amount.is_some());
    f.add_three(T::ArticleSums, bucket(scene.facts.amounts.len()), kind, has_sum);
    f.add_three(T::ArticleSize, bucket(scene.document.tokens.len() / SIZE), kind, has_sum);
    let main = scene.main_regulator.map_or(0, |m| {
        let chain = scene.chain(scene.name(m));
        1 + u32::from(chain.headline) + 2 * u32::from(chain.count > 2)
    });
    f.add(T::ArticleMain, main, kind);
    let headline = scene.document.headline.max(1).min(scene.sentences.len());
    let mut told = scene.sentences[..headline].iter().flat_map(|s| &s.triggers);
    let same = told.clone().any(|t| t.kind == candidate.kind);
    f.add(T::ArticleHeadline, u32::from(told.next().is_some()) + u32::from(same), kind);
    let here = scene.sentences[candidate.sentence].triggers.iter();
    let here = here.filter(|t| t.kind == candidate.kind).count();
    f.add(T::Triggers, here.min(3) as u32, kind);
}

fn nearest_regulator(scene: &Scene, sentence: &Sentence, at: usize) -> u32 {
    let authorities = sentence.names.clone().filter(|index| scene.may_act(*index));
    let distances = authorities.map(|index| bucket(scene.name(index).first.abs_diff(at)));
    distances.min().unwrap_or(15)
}

fn quoted(scene: &Scene, sentence: &Sentence, at: usize) -> bool {
    let (mut before, mut closed) = (0_usize, 0);
    let tokens = scene.document.tokens.get(sentence.range.start..at).unwrap_or_default();
    for mark in tokens.iter().filter(|token| token.kind == Kind::Mark) {
        match mark.span.of(scene.document.text) {
            "«" | "“" | "„" | "\"" | "「" => before += 1,
            "»" | "”" | "」" => closed += 1,
            _ => {}
        }
    }
    before > closed && !before.is_multiple_of(2)
}

fn cues(view: &View, f: &mut impl Features) {
    let View { kind, form, .. } = *view;
    let (all, close) = cue_bits(view);
    for number in bits_of(all) {
        f.add(T::Cue, number, 0);
        f.add(T::TypeCue, kind, number);
        f.add(T::CueForm, form, number);
        if close & (1 << number) != 0 {
            f.add(T::NearCue, number, 0);
            f.add(T::TypeNearCue, kind, number);
        }
    }
    let has = |bits: u32, sense: Sense| u32::from(cue(sense).is_some_and(|n| bits & 1 << n != 0));
    f.add(T::TypeLight, kind, has(close, Sense::Light) + 2 * has(close, Sense::LightPassive));
    f.add(T::TypeCourt, kind, has(all, Sense::Court));
    f.add(T::Passive, form, has(close, Sense::Passive));
}

/// Returns how many there are of what a word names, as far as the digits before it say: 0 where none
/// stand there. "277 proceedings" are a year's work, not an action.
fn counted(scene: &Scene, first: usize) -> u32 {
    let before = first.wrapping_sub(1);
    if scene.document.kind(before) != Kind::Number {
        return 0;
    }
    let digits = scene.document.word(before).chars().filter(char::is_ascii_digit).count();
    1 + digits.min(4) as u32
}

/// How many numbers a side has in what tells where something stands.
const SIDE: u32 = 10;

/// Returns where something stands that begins before some tokens or ends behind them: "peut infliger" stands
/// right before its verb.
fn place(first: usize, last: usize, around: &Range<usize>) -> Option<u32> {
    if first < around.start {
        Some(bucket(around.start.saturating_sub(last)))
    } else if last > around.end {
        Some(SIDE + bucket(first.saturating_sub(around.end)))
    } else {
        None
    }
}

/// Tells how far before and behind some tokens the nearest word of each cue stands: "was not fined"
/// denies, "was fined, though not for" does not.
fn cues_around(
    view: &View,
    around: &Range<usize>,
    within: &Range<usize>,
    f: &mut impl FnMut(u32, u32),
) {
    let (mut nearest, mut seen) = ([[u32::MAX; 2]; CUES], 0);
    for mark in view.marks.within(within) {
        let Some(place) = place(mark.first as usize, mark.last as usize, around) else { continue };
        seen |= mark.cue;
        for number in bits_of(mark.cue) {
            if let Some(sides) = nearest.get_mut(number as usize) {
                let side = &mut sides[usize::from(place >= SIDE)];
                *side = place.min(*side);
            }
        }
    }
    for number in bits_of(seen) {
        let sides = nearest.get(number as usize).copied().unwrap_or_default();
        for place in sides.into_iter().filter(|place| *place != u32::MAX) {
            f(number, place);
        }
    }
}

/// Sentences back in which a court is still the one that decides.
const COURT_REACH: usize = 2;

/// Whether a court decides: the words for its outcome, for a court and for an appeal, here or before.
fn ruling(view: &View, f: &mut impl Features) {
    let View { scene, candidate, sentence, form, .. } = *view;
    let has = |range: &Range<usize>, wanted: fn(Sense) -> bool| u32::from(scene.has(range, wanted));
    let here = &sentence.range;
    let outcome = has(here, Sense::is_outcome);
    let court = has(here, |s| s == Sense::Court);
    let appeal = has(here, |s| s == Sense::Appeal);
    let first = candidate.sentence.saturating_sub(COURT_REACH);
    let start = scene.sentences.get(first).map_or(here.start, |s| s.range.start);
    let before = has(&(start..here.start), |s| s == Sense::Court);
    let punished = sentence.triggers.iter().any(|t| t.kind != ActionType::CourtRuling);
    let bits = outcome + 2 * court + 4 * appeal + 8 * before;
    f.add(T::Ruling, bits, form);
    f.add(T::Ruling, 16 + bits, u32::from(punished) + 2 * u32::from(candidate.amount.is_some()));
}

fn cue_places(view: &View, f: &mut impl Features) {
    let View { kind, form, .. } = *view;
    let last = view.candidate.trigger.map_or(view.at + 1, |t| t.last);
    let around = view.at..last;
    let told = |sense: Sense| cue(sense).unwrap_or(u32::MAX);
    let asked = [Sense::Negated, Sense::Generic, Sense::Threatened, Sense::Able].map(told);
    cues_around(view, &around, &view.clause, &mut |number, place| {
        f.add(T::CuePlace, number, place);
        if let Some(which) = (0..).zip(asked).find(|(_, n)| *n == number).map(|(which, _)| which) {
            f.add(T::CuePlace, 32 + which * FORMS as u32 + form, place);
            f.add_three(T::CuePlaceType, kind, place, which);
        }
    });
}

/// Returns which cues stand in the sentence, and which near the candidate, as bits.
fn cue_bits(view: &View) -> (u32, u32) {
    let near = view.around();
    let (mut all, mut close) = (0, 0);
    for mark in view.marks.within(&view.sentence.range) {
        all |= mark.cue;
        if near.contains(&(mark.first as usize)) {
            close |= mark.cue;
        }
    }
    (all, close)
}

fn of_sum(view: &View, amount: usize, f: &mut impl Features) {
    let View { scene, candidate, sentence, kind, at, .. } = *view;
    let (stated, _) = &scene.facts.amounts[amount];
    let distance = candidate.trigger.map_or(99, |t| {
        if t.last <= stated.first {
            stated.first - t.last
        } else {
            t.first.saturating_sub(stated.last)
        }
    });
    let before = candidate.trigger.is_some_and(|t| t.first > stated.first);
    f.add(T::SumDistance, bucket(distance), u32::from(before));
    f.add(T::FormSum, view.form, bucket(distance));
    let role = stated.role.map_or(0, |r| match r {
        Role::Fine => 1,
        Role::PeriodicPenalty => 2,
        Role::Cap => 3,
        Role::Revenue => 4,
        Role::Damages => 5,
        Role::Settlement => 6,
        Role::Price => 7,
        Role::Other => 8,
    });
    f.add(T::SumRole, kind, role);
    // A price beside a word for fines may be one; one that no such word stands by is a price.
    f.add_three(T::SumRole, 16 + role, view.form, u32::from(sentence.triggers.is_empty()));
    let bound = stated.qualifier.map_or(0, |q| match q {
        Qualifier::About => 1,
        Qualifier::AtLeast => 2,
        Qualifier::AtMost => 3,
        Qualifier::Range => 4,
    });
    f.add(T::SumBound, kind, bound);
    let size = stated.high.or(stated.low).map_or(0, |v| (v.to_f64().max(1.0)).log10() as u32);
    f.add(T::SumSize, size, kind);
    let nearest =
        sentence.amounts.clone().min_by_key(|a| scene.facts.amounts[*a].0.first.abs_diff(at));
    f.add(T::NearestSum, kind, u32::from(nearest == Some(amount)));
    let around = stated.first..stated.last;
    let from = stated.first.saturating_sub(SUM_NEAR).max(sentence.range.start);
    let near = from..(stated.last + SUM_NEAR).min(sentence.range.end);
    cues_around(view, &around, &near, &mut |number, place| f.add(T::SumCue, number, place));
    for class in Beside::before(scene, sentence, stated.first).classes() {
        f.add(T::SumBefore, class, kind);
    }
    for class in Beside::behind(scene, sentence, stated.last).classes() {
        f.add(T::SumBehind, class, kind);
    }
    // "Fines of 376 million in 2018", on nobody: a year's total.
    let targets = scene.targets_in(&sentence.names).min(2) as u32;
    let dates = scene.facts.dates.get(sentence.dates.clone()).unwrap_or_default();
    let finest = dates.iter().map(|date| 1 + u32::from(date.granularity > Granularity::Month));
    let year = finest.min().unwrap_or(0);
    let total = u32::from(scene.has(&near, |s| matches!(s, Sense::Total)));
    f.add(T::SumYear, targets + 3 * year, kind);
    f.add(T::SumYear, 16 + targets + 3 * year, total + 2 * view.form);
    let told = scene.told(amount);
    f.add(T::SumTold, told.count.min(5) as u32, u32::from(told.headline));
    f.add(T::SumTold, 8 + told.count.min(5) as u32, kind);
    f.add(T::SumTotal, u32::from(told.total), kind);
    f.add(T::SumPart, u32::from(told.part), kind);
    f.add(T::SumCurrency, u32::from(told.foreign), kind);
    let rank = told.larger.min(3) as u32;
    f.add(T::SumRank, rank, kind);
    let per = stated.per.map_or(0, |u| 1 + u as u32);
    f.add(T::SumBound, 32 + per, kind);
}

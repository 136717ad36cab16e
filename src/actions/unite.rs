//! Makes one action of the candidates of an article that agree.
//!
//! An action is often told in the headline, in the first sentence and once more below. Two
//! tellings are one if type, authority, target and sum agree where both have them. A total does
//! not stand beside its parts, nor a fine without a sum beside the same fine with one.

use crate::{
    base::{
        action::{ActionStatus, ActionType},
        money::{Exact, Qualifier},
    },
    extract::two::is_possessive,
};

use super::{Action, besides, candidates::takes_money, scene::Scene};

/// Returns the actions that are left when tellings of the same one are joined, in text order.
pub(super) fn unite(scene: &Scene, found: Vec<Action>) -> Vec<Action> {
    // The best telling of each first: it keeps its sentence and words.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| {
        let sum = |i: usize| found[i].amount.is_some();
        sum(b).cmp(&sum(a)).then(found[b].likely.total_cmp(&found[a].likely)).then(a.cmp(&b))
    });
    let mut found: Vec<Option<Action>> = found.into_iter().map(Some).collect();
    let mut kept: Vec<Action> = Vec::new();
    for mut action in order.into_iter().filter_map(|index| found.get_mut(index)?.take()) {
        match kept.iter_mut().find(|other| same(scene, other, &action)) {
            Some(other) => absorb(scene, other, &mut action),
            None => kept.push(action),
        }
    }
    besides::drop(scene, &mut kept);
    kept.sort_by_key(|a| (a.sentence.start, a.trigger.start, a.kind as u8, a.amount));
    kept
}

/// Probability below which a target is a guess.
const GUESSED: f32 = 0.5;

fn same(scene: &Scene, a: &Action, b: &Action) -> bool {
    if a.kind != b.kind {
        return false;
    }
    if is_headline_of(scene, a, b) {
        return true;
    }
    if are_days_apart(scene, a, b) && (a.amount.is_none() || b.amount.is_none()) {
        return false;
    }
    let who = |action: &Action| action.regulator.map(|i| scene.name(i));
    let regulators = match (who(a), who(b)) {
        // A country, or an authority of it that is not named, is any authority of that country.
        (Some(x), Some(y)) if !x.is_named_authority() || !y.is_named_authority() => {
            agree(x.country, y.country)
        }
        (x, y) => agree(x.map(|n| n.chain), y.map(|n| n.chain)),
    };
    let stories = a.kind != ActionType::CourtRuling || a.status == b.status;
    if stories && is_twin(a, b) {
        return true;
    }
    if !stories || !(regulators || is_told_twice(scene, a, b)) {
        return false;
    }
    let (ta, tb) = (&a.targets, &b.targets);
    let is_one = |one: &usize, other: &usize| {
        let (one, other) = (scene.name(*one), scene.name(*other));
        one.chain == other.chain || one.name == other.name
    };
    let is_of = |one: &usize, other: &usize| {
        a.at != b.at && (is_owned_by(scene, *one, *other) || is_owned_by(scene, *other, *one))
    };
    let targets = ta.is_empty()
        || tb.is_empty()
        || ta.iter().any(|one| tb.iter().any(|other| is_one(one, other) || is_of(one, other)));
    let sum = |action: &Action| {
        action.amount.map(|i| {
            let (stated, currency) = &scene.facts.amounts[scene.told(i).same_as];
            (stated.high, *currency)
        })
    };
    // A sum told twice on two targets, one of them a guess, is one fine told twice.
    let is_guess = || a.at != b.at && a.sure[1].min(b.sure[1]) < GUESSED;
    let is_same_sum = || sum(a).is_some() && sum(a) == sum(b);
    // "A lender must pay 2 million" in one sentence, its name beside the sum in another.
    let is_described = || a.at != b.at && (is_described(scene, a) != is_described(scene, b));
    let is_kind = || a.at != b.at && (is_kind_of(scene, a, b) || is_kind_of(scene, b, a));
    let is_title = || is_title_of(scene, a, b) || is_title_of(scene, b, a);
    let is_told_again = || is_told_again(scene, a, b) || is_told_again(scene, b, a);
    if !(targets
        || is_guess() && is_same_sum()
        || is_described() && (is_same_sum() || is_told_again())
        || is_kind()
        || is_title())
    {
        return false;
    }
    match (sum(a), sum(b)) {
        (Some((x, c)), Some((y, d))) => {
            c == d && (near(x.map(Exact::to_f64), y.map(Exact::to_f64)) || is_vague(scene, a, b))
        }
        // A mention without its sum joins one with it only if who and whom are the same.
        (None, None) => true,
        _ => !ta.is_empty() && !tb.is_empty() || a.at.abs_diff(b.at) <= 1,
    }
}

/// Returns whether a name stands right behind that of its owner, who is the other: "Exempla's Modello audits" are Exempla's.
fn is_owned_by(scene: &Scene, owned: usize, owner: usize) -> bool {
    let name = scene.name(owned);
    let (Some(mark), Some(before)) = (name.first.checked_sub(1), owned.checked_sub(1)) else {
        return false;
    };
    let (before, owner) = (scene.name(before), scene.name(owner));
    is_possessive(scene.document.word(mark))
        && before.last == mark
        && before.chain == owner.chain
        && owner.chain != 0
}

/// Returns whether the sum of one is what the sentence of another tells too, which has none for that.
fn is_told_again(scene: &Scene, one: &Action, other: &Action) -> bool {
    let same = |amount: usize| scene.told(amount).same_as;
    let mut told = scene.sentences[one.at].amounts.clone();
    one.amount.is_none() && other.amount.is_some_and(|sum| told.any(|i| same(i) == same(sum)))
}

/// Returns whether two sentences each state a day of their own, and these lie apart: what was done in June and again in
/// August was done twice.
fn are_days_apart(scene: &Scene, a: &Action, b: &Action) -> bool {
    let own = |action: &Action| scene.facts.dates[own_date(scene, action)?].days;
    a.at != b.at
        && own(a).zip(own(b)).is_some_and(|((a, until_a), (b, until_b))| until_a < b || until_b < a)
}

/// Returns the day of an action, if its own sentence states it.
fn own_date(scene: &Scene, action: &Action) -> Option<usize> {
    action.date.filter(|date| scene.sentences[action.at].dates.contains(date))
}

/// Returns whether a description stands for the one acted upon.
fn is_described(scene: &Scene, action: &Action) -> bool {
    action.targets.first().is_some_and(|index| scene.name(*index).unnamed)
}

/// Returns whether the headline describes whom another sentence names: "a bakery closed".
fn is_title_of(scene: &Scene, title: &Action, named: &Action) -> bool {
    let headline = scene.document.headline;
    title.at < headline
        && named.at >= headline
        && title.regulator.is_some()
        && is_described(scene, title)
        && !named.targets.is_empty()
        && !is_described(scene, named)
}

/// Tokens before a name among which the noun for who bears it stands.
const NOUN: usize = 3;

/// Returns whether one acts on somebody described and the other on a name that the same noun introduces:
/// "closed a bakery", "closed the bakery Exempla".
fn is_kind_of(scene: &Scene, one: &Action, named: &Action) -> bool {
    let ([described], [name]) = (one.targets.as_slice(), named.targets.as_slice()) else {
        return false;
    };
    let (described, name) = (scene.name(*described), scene.name(*name));
    if !described.unnamed || name.unnamed {
        return false;
    }
    let document = scene.document;
    let is_noun = |at: &usize| document.is_firm_noun(*at);
    let mut before = (name.first.saturating_sub(NOUN)..name.first).filter(is_noun);
    let nouns = (described.first..described.last).filter(is_noun);
    before.any(|noun| nouns.clone().any(|at| document.stem(at).eq(document.stem(noun))))
}

/// Returns whether two come from one sentence, where one has the sum and the other does not.
fn is_twin(a: &Action, b: &Action) -> bool {
    a.at == b.at && takes_money(a.kind) && a.amount.is_some() != b.amount.is_some()
}

/// Returns whether two are the same sum on the same company, though they have other authorities: one
/// of them is that of another sentence, and so a guess.
fn is_told_twice(scene: &Scene, a: &Action, b: &Action) -> bool {
    let is_guess = |action: &Action| {
        action.regulator.is_none_or(|i| !scene.sentences[action.at].names.contains(&i))
    };
    let sum = |action: &Action| {
        let (stated, currency) = &scene.facts.amounts[action.amount?];
        Some((stated.high?, *currency))
    };
    let chain = |index: &usize| scene.name(*index).chain;
    sum(a).is_some()
        && sum(a) == sum(b)
        && a.at != b.at
        && (is_guess(a) || is_guess(b))
        && a.targets.iter().any(|one| b.targets.iter().any(|other| chain(one) == chain(other)))
}

/// Returns whether one of two is the headline's telling of the other: a headline names whom it acts on
/// as it likes, but the sum is the same, perhaps rounded.
fn is_headline_of(scene: &Scene, a: &Action, b: &Action) -> bool {
    let in_headline = |action: &Action| action.at < scene.document.headline;
    let sum = |action: &Action| {
        let (stated, currency) = &scene.facts.amounts[action.amount?];
        Some((stated.high.map(Exact::to_f64), *currency))
    };
    let is_one_sum = || sum(a).zip(sum(b)).is_some_and(|((x, c), (y, d))| c == d && near(x, y));
    let is_less = || says_less(scene, a, b) || says_less(scene, b, a);
    in_headline(a) != in_headline(b) && (is_one_sum() || is_less())
}

fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Returns whether two sums are one, rounded: "746 million", "nearly 750 million".
fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 0.02 * a.max(b),
        _ => false,
    }
}

/// By how much a sum may exceed what is only said to be less: "more than 30,000", "33,319".
const MORE: f64 = 1.12;

/// Returns whether one of two on the same company says in fewer digits that the other's sum is more than
/// so much.
fn is_vague(scene: &Scene, a: &Action, b: &Action) -> bool {
    let chain = |index: &usize| scene.name(*index).chain;
    let shared = a.targets.iter().any(|one| b.targets.iter().any(|two| chain(one) == chain(two)));
    a.at != b.at && shared && (says_less(scene, a, b) || says_less(scene, b, a))
}

fn says_less(scene: &Scene, less: &Action, more: &Action) -> bool {
    let stated = |action: &Action| Some(&scene.facts.amounts[action.amount?].0);
    let (Some(vague), Some(exact)) = (stated(less), stated(more)) else { return false };
    let values = vague.low.map(Exact::to_f64).zip(exact.low.map(Exact::to_f64));
    vague.qualifier == Some(Qualifier::AtLeast)
        && exact.qualifier != Some(Qualifier::AtLeast)
        && values.is_some_and(|(low, value)| low < value && value <= low * MORE)
        && is_rounded(scene, less, more)
}

/// Returns whether one tells a sum in fewer digits than another: "nearly 750 million", "746 million".
fn is_rounded(scene: &Scene, one: &Action, other: &Action) -> bool {
    let digits = |action: &Action| {
        let (stated, currency) = &scene.facts.amounts[action.amount?];
        let mut value = stated.high?.0.unsigned_abs();
        while value != 0 && value % 10 == 0 {
            value /= 10;
        }
        Some((value.checked_ilog10().unwrap_or(0), *currency))
    };
    digits(one).zip(digits(other)).is_some_and(|((a, c), (b, d))| c == d && a < b)
}

fn absorb(scene: &Scene, kept: &mut Action, other: &mut Action) {
    // A named authority before a described one, one of the telling's own sentence before a guess.
    let known = |action: &Action| {
        let index = action.regulator.filter(|i| scene.name(*i).is_named_authority());
        index.map(|i| scene.sentences[action.at].names.contains(&i))
    };
    let (own, others) = (known(kept), known(other));
    if others > own || others == own && others.is_some() && other.sure[0] > kept.sure[0] {
        kept.regulator = other.regulator;
        kept.sure[0] = other.sure[0];
    }
    let chain = |action: &Action| action.targets.first().map(|index| scene.name(*index).chain);
    kept.agreed += other.agreed + u32::from(chain(kept) == chain(other));
    kept.told += other.told + 1;
    // Whoever another sentence names is not only described.
    let elsewhere = kept.at != other.at;
    let surer = match (is_described(scene, kept), is_described(scene, other)) {
        (true, false) if elsewhere => true,
        (false, true) if elsewhere => false,
        _ => other.sure[1] > kept.sure[1],
    };
    // A sum is of those who stand with it, however many a telling without one lists.
    let widens =
        kept.amount.is_some() && other.amount.is_none() && other.targets.len() > kept.targets.len();
    if !other.targets.is_empty() && (kept.targets.is_empty() || surer && !widens) {
        kept.targets = std::mem::take(&mut other.targets);
        kept.sure[1] = other.sure[1];
        kept.rival = other.rival;
    }
    // The sum as the authority set it before what it comes to in another currency.
    let converted = |index: usize| {
        scene.facts.amounts[index].1 != scene.facts.amounts[scene.told(index).same_as].1
    };
    // The headline rounds.
    let is_headline = kept.at < scene.document.headline && other.at >= scene.document.headline;
    let rounded = is_rounded(scene, kept, other) || is_headline && !is_rounded(scene, other, kept);
    if kept.amount.is_none_or(|index| converted(index) || rounded) {
        kept.amount = other.amount.or(kept.amount);
    }
    let (own, others) = (own_date(scene, kept).is_some(), own_date(scene, other).is_some());
    // When a fine was proposed is not when it was imposed.
    let is_step = kept.status == ActionStatus::Imposed
        && matches!(other.status, ActionStatus::Proposed | ActionStatus::Threatened);
    if other.date.is_some()
        && !is_step
        && (kept.date.is_none() || others && !own || others == own && other.sure[2] > kept.sure[2])
    {
        kept.date = other.date;
        kept.days = std::mem::take(&mut other.days);
        kept.sure[2] = other.sure[2];
    }
    kept.deadline = kept.deadline.take().or(other.deadline.take());
    if kept.status == ActionStatus::Imposed
        && other.likely > kept.likely
        && other.status != ActionStatus::Threatened
    {
        kept.status = other.status;
    }
    // What the article tells as done first is not open again further down: "would appeal the fine".
    let is_done_before = other.status == ActionStatus::Imposed && other.at < kept.at;
    if kept.status == ActionStatus::Proposed && is_done_before {
        kept.status = ActionStatus::Imposed;
    }
    kept.laws.append(&mut other.laws);
    kept.laws.sort_unstable();
    kept.laws.dedup();
    kept.measures.append(&mut other.measures);
    kept.measures.sort_unstable();
    kept.measures.dedup();
    // Told twice is likelier than told once.
    kept.likely = 1.0 - (1.0 - kept.likely) * (1.0 - 0.15 * other.likely);
}

//! Drops what is no action besides another: totals beside their parts, one sum read as a fine and as a
//! settlement, an order that only orders the payment, a fine that a court judges.

use crate::{
    base::{
        action::{ActionStatus, ActionType},
        token::Kind,
    },
    pack::sense::Sense,
};

use super::{Action, candidates::takes_money, scene::Scene};

/// Drops what another of the actions of an article leaves nothing of.
pub(super) fn drop(scene: &Scene, kept: &mut Vec<Action>) {
    drop_rivals(scene, kept);
    drop_readings(kept);
    let judged = kept.iter().map(|action| is_judged(action, kept)).collect();
    drop_lost(kept, judged);
    let told = kept.iter().map(|action| is_order_to_pay(scene, action, kept)).collect();
    drop_lost(kept, told);
    drop_totals(scene, kept);
}

/// Drops a total where its parts are told as actions themselves.
fn drop_totals(scene: &Scene, kept: &mut Vec<Action>) {
    let part = |action: &Action| action.amount.is_some_and(|i| scene.told(i).part);
    let parts: Vec<(ActionType, f32)> =
        kept.iter().filter(|a| part(a)).map(|a| (a.kind, a.likely)).collect();
    kept.retain(|action| {
        let total = action.amount.is_some_and(|i| scene.told(i).total) && takes_money(action.kind);
        let told =
            |(kind, likely): &&(ActionType, f32)| *kind == action.kind && *likely >= LEAST_PART;
        !total || part(action) || parts.iter().filter(told).count() < 2
    });
}

/// Probability from which a part of a total counts as told.
const LEAST_PART: f32 = 0.4;

/// Drops the less likely of two actions that one sum is told of: a sum is paid once, as a fine or to
/// settle.
fn drop_rivals(scene: &Scene, kept: &mut Vec<Action>) {
    let sum = |action: &Action| {
        let index = action.amount.filter(|_| takes_money(action.kind))?;
        let (stated, currency) = &scene.facts.amounts[index];
        Some((stated.high?, *currency))
    };
    let lost: Vec<bool> = kept
        .iter()
        .map(|action| {
            let Some(own) = sum(action) else { return false };
            kept.iter().any(|other| {
                other.kind != action.kind
                    && sum(other) == Some(own)
                    && (other.amount == action.amount || is_one_payment(scene, other, action))
                    && (other.likely, other.kind) > (action.likely, action.kind)
            })
        })
        .collect();
    drop_lost(kept, lost);
}

/// Drops the less likely of two types that the same words name: "suspended the licence" is no ban
/// besides.
fn drop_readings(kept: &mut Vec<Action>) {
    let is_named = |action: &Action| {
        action.kind != ActionType::CourtRuling && !action.rule.ends_with(".carried")
    };
    let is_lost = |action: &Action| {
        let rival = |other: &Action| {
            other.kind != action.kind
                && is_named(other)
                && (other.trigger.contains(&action.trigger)
                    || action.trigger.contains(&other.trigger))
                && (other.likely, other.kind) > (action.likely, action.kind)
        };
        is_named(action) && kept.iter().any(rival) || is_stay(action, kept)
    };
    let lost = kept.iter().map(is_lost).collect();
    drop_lost(kept, lost);
}

/// Returns whether a ban is a court's stay of what the authority did: "suspends the fine" bans nobody.
fn is_stay(action: &Action, kept: &[Action]) -> bool {
    let overturns = |other: &Action| {
        other.kind == ActionType::CourtRuling
            && other.status == ActionStatus::Overturned
            && other.at == action.at
    };
    action.rule == "action.ban.verb" && kept.iter().any(overturns)
}

/// Returns whether a fine is told only as what a court judges in the same sentence: without a sum of its
/// own ("overturned the fine that the agency set"), or with the one that the court cut it to.
fn is_judged(action: &Action, kept: &[Action]) -> bool {
    let judges = |ruling: &Action| {
        let is_new = ruling.status == ActionStatus::Reduced && ruling.amount == action.amount;
        ruling.kind == ActionType::CourtRuling
            && ruling.at == action.at
            && ruling.likely >= LEAST_RULING
            && (action.amount.is_none() || is_new)
    };
    action.kind == ActionType::Fine && kept.iter().any(judges)
}

/// Words between an order and the payment that is all it orders.
const TO_PAY: usize = 3;

/// Returns whether an order is the word for a payment that is a row of its own: "ordered the firm to repay
/// 3 million" orders nothing besides.
fn is_order_to_pay(scene: &Scene, action: &Action, kept: &[Action]) -> bool {
    let document = scene.document;
    let name = |at: usize| {
        let names = &scene.facts.names[scene.sentences[action.at].names.clone()];
        names.iter().any(|name| (name.first..name.last).contains(&at))
    };
    let joins = |at: usize| document.hits_at(at).iter().any(|h| h.sense == Sense::NumberAnd);
    let is_beside = |payment: &Action| {
        let (from, to) = (action.trigger.end, payment.trigger.start);
        let range = scene.sentences[action.at].range.clone();
        let between = range.filter(|at| {
            document.tokens.get(*at).is_some_and(|t| t.span.start >= from && t.span.end <= to)
        });
        let mut words = between.filter(|at| !name(*at));
        from <= to
            && words.clone().count() <= TO_PAY
            && words.all(|at| document.kind(at) != Kind::Mark && !joins(at))
    };
    let chain = |action: &Action| action.targets.first().map(|index| scene.name(*index).chain);
    action.rule == "action.order.verb"
        && kept.iter().any(|payment| {
            takes_money(payment.kind)
                && payment.amount.is_some()
                && payment.at == action.at
                && chain(payment) == chain(action)
                && is_beside(payment)
        })
}

/// Probability from which a ruling counts as told.
const LEAST_RULING: f32 = 0.5;

/// Drops the actions that are lost; there is an answer for each.
fn drop_lost(kept: &mut Vec<Action>, lost: Vec<bool>) {
    let mut lost = lost.into_iter();
    kept.retain(|_| !lost.next().unwrap_or(false));
}

/// Returns whether a fine and a settlement of the same sum are on the same company.
fn is_one_payment(scene: &Scene, a: &Action, b: &Action) -> bool {
    let paid = |kind| matches!(kind, ActionType::Fine | ActionType::Settlement);
    let chain = |index: &usize| scene.name(*index).chain;
    let targets: Vec<usize> = a.targets.iter().map(chain).collect();
    paid(a.kind)
        && paid(b.kind)
        && (targets.is_empty()
            || b.targets.is_empty()
            || b.targets.iter().any(|i| targets.contains(&chain(i))))
}

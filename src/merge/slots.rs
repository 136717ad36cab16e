//! The best value of a slot, and what the articles disagree on.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::merge::{
    event::Event,
    key::{Stage, When},
    target::plain_name,
    told::Told,
    words::HOME_CURRENCY,
};

/// A slot that holds a word.
pub(super) type Slot = fn(&Told) -> Option<&str>;

/// Returns the value with the most confidence behind it, then the shortest, then the first.
///
/// Values that differ in capitals only are one; its best spelling is not all capitals.
pub(super) fn most_trusted<'v, 'a>(
    events: &[&Event<'a>],
    slot: impl Fn(&Event<'a>) -> Option<&'v str>,
) -> Option<&'v str> {
    let mut values = events.iter().filter_map(|event| slot(event));
    let first = values.next()?;
    // Most articles agree.
    if values.all(|value| value == first) {
        return Some(first);
    }
    let mut behind: BTreeMap<String, (i64, BTreeMap<&str, i64>)> = BTreeMap::new();
    for event in events {
        if let Some(value) = slot(event) {
            let (sum, spellings) = behind.entry(value.to_lowercase()).or_default();
            let trust = trust(event).max(1);
            *sum += trust;
            *spellings.entry(value).or_default() += trust;
        }
    }
    let (_, (_, spellings)) = behind.into_iter().min_by_key(|(value, (trust, _))| {
        (Reverse(*trust), value.chars().count(), value.clone())
    })?;
    let best = spellings
        .into_iter()
        .min_by_key(|(spelling, trust)| (is_shout(spelling), Reverse(*trust), *spelling));
    best.map(|(value, _)| value)
}

fn is_shout(value: &str) -> bool {
    !value.chars().any(char::is_lowercase)
}

/// Returns the confidence in whole thousandths: sums of floats would depend on their order.
fn trust(event: &Event) -> i64 {
    (event.row.confidence * 1000.0).clamp(0.0, 1000.0).round() as i64
}

/// Returns the event whose sum is the case's: of the latest stage, the most exact.
pub(super) fn best_sum<'e, 'a>(
    events: &[&'e Event<'a>],
    country: Option<&str>,
) -> Option<&'e Event<'a>> {
    let with_sum = || events.iter().copied().filter(|event| event.key.sum.is_some());
    if with_sum().nth(1).is_none() {
        return with_sum().next();
    }
    let home = country.map(|country| {
        let mut pairs = HOME_CURRENCY.split_whitespace().filter_map(|pair| pair.split_once(':'));
        pairs.find(|(code, _)| *code == country).map_or("EUR", |(_, currency)| currency)
    });
    // Most sums of a case are the same.
    let mut counted = (0.0_f64, digits(0.0));
    let mut digits_of = |value: f64| {
        if value.to_bits() != counted.0.to_bits() {
            counted = (value, digits(value));
        }
        counted.1
    };
    with_sum().min_by_key(|event| {
        let row = event.row;
        (
            // What only cites a sum upheld or threatened does not replace the one imposed.
            match event.key.stage() {
                Stage::Reviewed if row.status == "reduced" => 0,
                Stage::Taken => 1,
                Stage::Reviewed => 2,
                Stage::Ahead => 3,
            },
            home.is_some() && row.currency.as_deref() != home,
            row.currency.is_none(),
            row.amount_qualifier.is_some(),
            Reverse(digits_of(row.amount.or(row.amount_max).unwrap_or_default())),
            row.amount_eur.is_none(),
            Reverse(trust(event)),
            (&event.report.article_id, &row.action_id, row.start),
        )
    })
}

/// Returns the number of digits that a sum is stated with, cents included.
fn digits(value: f64) -> usize {
    let written = format!("{value:.2}");
    let written: String = written.chars().filter(char::is_ascii_digit).collect();
    written.trim_start_matches('0').trim_end_matches('0').len()
}

/// Dated actions of a case that vote on its date: those that say the most.
const VOTERS: usize = 64;

/// Days between two dates that mean one day: decided, notified, announced.
const ONE_DATE: i32 = 31;

/// Returns the event whose date is the case's: when it was taken, by the date that most articles agree
/// with, as exactly as anybody says.
pub(super) fn best_date<'e, 'a>(events: &[&'e Event<'a>]) -> Option<&'e Event<'a>> {
    if let [event] = events {
        return (event.row.date.is_some() || event.key.when.is_some()).then_some(*event);
    }
    let dated =
        events.iter().copied().filter(|event| event.row.date.is_some() || event.key.when.is_some());
    let voters: Vec<(When, i64)> = events
        .iter()
        .filter(|event| event.key.stage() == Stage::Taken)
        .filter_map(|event| Some((event.key.when.filter(|w| w.is_stated)?, trust(event))))
        .take(VOTERS)
        .collect();
    let votes = |event: &Event| -> i64 {
        let Some(own) = event.key.when else { return 0 };
        voters.iter().filter(|(when, _)| when.gap(&own) <= ONE_DATE).map(|(_, trust)| trust).sum()
    };
    dated.min_by_key(|event| {
        let length = event.key.when.map_or(i32::MAX, |when| when.last - when.first);
        (
            event.key.when.is_none(),
            match event.key.stage() {
                Stage::Taken => 0,
                Stage::Reviewed => 1,
                Stage::Ahead => 2,
            },
            event.key.when.is_none_or(|when| !when.is_stated),
            Reverse(votes(event)),
            length,
            Reverse(trust(event)),
            event.key.when.map(|when| when.first),
            (&event.report.article_id, &event.row.action_id, event.row.start),
        )
    })
}

/// Returns the fields on which articles disagree, each as `field: a | b`.
pub(super) fn conflicts(events: &[&Event]) -> Vec<String> {
    if events.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut tell = |field: &str, values: &BTreeSet<Cow<str>>| {
        if values.len() > 1 {
            let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
            found.push(format!("{field}: {}", values.join(" | ")));
        }
    };
    tell("type", &words(events, |row| Some(row.r#type)));
    tell("status", &reviews(events));
    tell("regulator", &spellings(events));
    tell("sector", &words(events, |row| row.sector));
    tell("target", &targets(events));
    for stage in [Stage::Ahead, Stage::Taken, Stage::Reviewed] {
        let of_stage: Vec<&Event> =
            events.iter().copied().filter(|event| event.key.stage() == stage).collect();
        tell("amount", &amounts(&of_stage));
        tell("date", &dates(&of_stage));
    }
    found.sort();
    found.dedup();
    found
}

fn words<'a>(
    events: &[&Event<'a>],
    word: impl Fn(&'a Told) -> Option<&'a str>,
) -> BTreeSet<Cow<'a, str>> {
    events.iter().filter_map(|event| word(event.row)).map(Cow::Borrowed).collect()
}

/// Outcomes that exclude each other; earlier stages of one story do not.
fn reviews<'a>(events: &[&Event<'a>]) -> BTreeSet<Cow<'a, str>> {
    let reviewed = events.iter().filter(|event| event.key.stage() == Stage::Reviewed);
    reviewed.map(|event| Cow::Borrowed(event.row.status)).collect()
}

/// Names where none of the ids tells that they are one body.
fn spellings<'a>(events: &[&Event<'a>]) -> BTreeSet<Cow<'a, str>> {
    let plain = words(events, |row| row.regulator.as_deref());
    if plain.len() < 2 {
        return BTreeSet::new();
    }
    let folded: BTreeSet<String> = plain.iter().map(|name| plain_name(name)).collect();
    let ids: BTreeSet<_> = events.iter().map(|event| &event.row.regulator_id).collect();
    if folded.len() > 1 && ids.len() > 1 { plain } else { BTreeSet::new() }
}

/// Names that are more than spellings of one.
fn targets<'a>(events: &[&Event<'a>]) -> BTreeSet<Cow<'a, str>> {
    let named: Vec<&Event> =
        events.iter().copied().filter(|event| !event.targets.is_empty()).collect();
    let longest = named.iter().max_by_key(|event| (event.targets.len(), &event.targets[..]));
    let agrees = |event: &&Event| {
        longest.is_none_or(|longest| {
            longest.targets.len() == event.targets.len()
                && longest
                    .targets
                    .iter()
                    .zip(event.targets.iter())
                    .all(|(a, b)| a.agreement(b).is_some())
        })
    };
    if named.iter().all(agrees) {
        return BTreeSet::new();
    }
    words(&named, |row| row.target.as_deref())
}

fn amounts<'a>(events: &[&Event<'a>]) -> BTreeSet<Cow<'a, str>> {
    let stated = |event: &&Event<'a>| {
        let row = event.row;
        let value = row.amount.or(row.amount_max)?;
        Some((value.to_bits(), row.amount_qualifier, row.currency.as_deref()))
    };
    let mut all = events.iter().filter_map(stated);
    let first = all.next();
    if all.all(|one| Some(one) == first) {
        return BTreeSet::new();
    }
    events
        .iter()
        .filter_map(|event| {
            let row = event.row;
            let value = row.amount.or(row.amount_max)?;
            let qualifier = row.amount_qualifier.map(|word| format!("{word} ")).unwrap_or_default();
            let currency = row.currency.as_deref().unwrap_or("?");
            Some(format!("{qualifier}{value} {currency}").into())
        })
        .collect()
}

/// Stated dates that do not overlap.
fn dates<'a>(events: &[&Event<'a>]) -> BTreeSet<Cow<'a, str>> {
    let stated: Vec<_> = events
        .iter()
        .filter_map(|event| {
            let when = event.key.when.filter(|when| when.is_stated)?;
            Some((when, event.row.date.as_deref()?))
        })
        .collect();
    let first = stated.iter().map(|(when, _)| when.last).min();
    let last = stated.iter().map(|(when, _)| when.first).max();
    if first.zip(last).is_some_and(|(first, last)| last > first) {
        stated.into_iter().map(|(_, value)| Cow::Borrowed(value)).collect()
    } else {
        BTreeSet::new()
    }
}

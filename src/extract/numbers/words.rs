//! Numbers in words: "quatre-vingt-dix-neuf", "dos mil quinientos millones", "ثمانية عشر ألفا".

use super::{Number, ONE, fraction_after, lower_part, scale_at, ten_to, with_scales};
use crate::{
    base::{money::Exact, token::Kind},
    pack::{
        compounds,
        sense::{Sense, starts},
    },
    text::document::Document,
};

pub(super) fn words(document: &Document, first: usize) -> Option<Number> {
    // What the language does not know is a number only if its parts are numbers.
    if !document.may_start(first, starts::MONEY) && !counts(document, first) {
        return None;
    }
    let start = |last, value| Number {
        first,
        last,
        value: Exact(value),
        scale: 0,
        figures: false,
        plain: false,
    };
    if let Some((end, fraction)) =
        document.longest(first, |s| if let Sense::Fraction(f) = s { Some(f) } else { None })
    {
        let at = if document.word(end) == "-" { end + 1 } else { end };
        if scale_at(document, at).is_some() {
            return Some(with_scales(document, start(at, i128::from(fraction))));
        }
    }
    if let Some((end, value)) = small(document, first) {
        // "mehrere hundert Millionen" is no figure.
        let vague = document.start_of(first, |s| s == Sense::Vague).is_some() && value >= 100 * ONE;
        // "pětimilionová pokuta": scales within one word.
        let scale = match value / ONE {
            1_000_000_000.. => 9,
            1_000_000.. => 6,
            1_000.. => 3,
            _ => 0,
        };
        let mut number = Number { scale, ..start(end, value) };
        // "artontusen niohundrafyrtioen": what follows a thousand that is part of a compound.
        let rest = if document.word(end) == "-" && !document.spaced(end) { end + 1 } else { end };
        if scale > 0
            && scale_at(document, end).is_none()
            && let Some((last, more)) = lower_part(document, rest, scale)
        {
            (number.value.0, number.last) = (number.value.0 + more, last);
        }
        return (!vague).then(|| with_scales(document, number));
    }
    if let Some((end, power)) =
        document.longest(first, |s| if let Sense::Twice(p) = s { Some(p) } else { None })
    {
        return Some(two(document, first, end, power));
    }
    let one = document.end_of(first, Sense::One);
    if let Some(end) = one.filter(|&end| scale_at(document, end).is_some()) {
        return Some(with_scales(document, start(end, ONE)));
    }
    // "million d'euros", "mil euros": a scale that counts itself.
    let (end, power) = scale_at(document, first).filter(|_| document.word(first) != "-")?;
    let vague = document.start_of(first, |s| matches!(s, Sense::Vague)).is_some();
    let vague = vague || document.end_of(first, Sense::Vague).is_some();
    // "милион и пол": what has a half behind it is one.
    let counted = (3..=4).contains(&power)
        || document.pack.bare_scales
        || one_before(document, first)
        || fraction_after(document, end).is_some()
        || document.end_of(first, Sense::Alone) == Some(end) && is_currency(document, end);
    (!vague && counted && document.kind(first) != Kind::Mark).then(|| {
        let number = with_scales(document, start(first, ONE));
        Some(number)
    })?
}

/// Returns whether a currency is named at `at`, behind its "of" if it has one.
fn is_currency(document: &Document, at: usize) -> bool {
    let of = document.end_of(at, Sense::MoneyOf).unwrap_or(at);
    let named = |s| matches!(s, Sense::Currency(_) | Sense::Family(_)).then_some(());
    document.longest(of, named).is_some()
}

/// Reads a scale in the dual: "مليونا يورو", "אלפיים שקל".
fn two(document: &Document, first: usize, end: usize, power: u8) -> Number {
    let mut value = 2 * ONE * ten_to(power);
    let mut last = end;
    if let Some((end, half)) = fraction_after(document, end) {
        value += i128::from(half) * ten_to(power);
        last = end;
    }
    if let Some((end, more)) = lower_part(document, last, power) {
        let below =
            Number { first, last: end, value: Exact(more), scale: 0, figures: false, plain: false };
        let below = with_scales(document, below);
        if below.value.0 < ten_to(power) * ONE {
            value += below.value.0;
            last = below.last;
        }
    }
    Number { first, last, value: Exact(value), scale: power, figures: false, plain: false }
}

fn one_before(document: &Document, first: usize) -> bool {
    document.start_of(first, |s| matches!(s, Sense::One)).is_some()
}

/// Reads number words below a thousand ("quatre-vingt-dix-neuf", "zweiundzwanzig", "three hundred and five").
pub(super) fn small(document: &Document, first: usize) -> Option<(usize, i128)> {
    let mut total: u64 = 0;
    let mut lowest = u64::MAX;
    let mut at = first;
    let mut end = first;
    while let Some((next, value)) = word_value(document, at) {
        let Ok(value) = u64::try_from(value / ONE) else { break };
        if value >= 1_000 {
            // "achtzehntausend" is a number of its own.
            if end == first {
                return Some((next, i128::from(value) * ONE));
            }
            break;
        }
        // "on sekiz": ten and eight, with nothing between them.
        let teen = lowest == 10 && (1..=9).contains(&value) && at == end;
        if value == 100 && (1..=9).contains(&total) && end != first {
            total *= 100;
            lowest = 100;
        } else if end == first || teen || adds(document, lowest, value) {
            total += value;
            lowest = value;
        } else {
            break;
        }
        end = next;
        at = joined(document, next, lowest);
    }
    (end != first).then_some((end, i128::from(total) * ONE))
}

/// Returns where the next word of a number starts: behind "and" or a hyphen if one joins it.
fn joined(document: &Document, at: usize, lowest: u64) -> usize {
    let fits = |at| {
        word_value(document, at)
            .and_then(|(_, v)| u64::try_from(v / ONE).ok())
            .is_some_and(|v| adds(document, lowest, v))
    };
    if document.word(at) == "-" && !document.spaced(at) && fits(at + 1) {
        return at + 1;
    }
    document.end_of(at, Sense::NumberAnd).filter(|and| fits(*and)).unwrap_or(at)
}

/// Returns whether a word of `value` may follow one of `lowest` in the same number.
fn adds(document: &Document, lowest: u64, value: u64) -> bool {
    // "واحد وأربعون", "tlieta u ħamsin": the unit first.
    let unit_first = document.pack.units_first
        && (1..=9).contains(&lowest)
        && (20..=90).contains(&value)
        && value.is_multiple_of(10);
    unit_first || (value < lowest && value < magnitude(lowest))
}

/// Returns the value of the number word at `at`, which may be a compound, in ten-thousandths.
fn word_value(document: &Document, at: usize) -> Option<(usize, i128)> {
    if document.may_start(at, starts::MONEY) {
        if let Some((end, value)) = number_word(document, at) {
            return Some((end, i128::from(value) * ONE));
        }
        // "мільйонів" is a scale, whatever it could be cut into.
        if scale_at(document, at).is_some() {
            return None;
        }
    }
    compound(document, at).map(|value| (at + 1, value))
}

/// Returns whether a word is a number whose parts are written as one.
fn counts(document: &Document, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| token.counts)
}

fn compound(document: &Document, at: usize) -> Option<i128> {
    counts(document, at).then(|| compounds::compound(document.pack, document.word(at)))?
}

/// Returns the power of ten below which another word may be added.
fn magnitude(value: u64) -> u64 {
    match value {
        u64::MAX => u64::MAX,
        100.. if value.is_multiple_of(100) => 100,
        20.. if value.is_multiple_of(10) => {
            if value == 60 || value == 80 {
                20
            } else {
                10
            }
        }
        _ => 0,
    }
}

fn number_word(document: &Document, at: usize) -> Option<(usize, u16)> {
    document.longest(at, |s| if let Sense::Number(v) = s { Some(v) } else { None })
}

//! Numbers as news writes them: figures, words, scales and fractions.
//!
//! Serves dates and money. A number is exact (ten-thousandths); what its figures could mean
//! ("3.350") is settled by the language's marks and by whether a scale follows. Vague counts
//! ("several million") are no numbers.

mod words;

use std::borrow::Cow;

use crate::{
    base::{fold::digit, money::Exact, token::Kind},
    pack::sense::{Sense, starts},
    text::document::Document,
};

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Its value.
    pub value: Exact,
    /// Power of ten of the last scale word (0 if none).
    pub scale: u8,
    /// Whether it is written in figures.
    pub figures: bool,
    /// Whether its figures stand alone: no marks, no words, no scale.
    pub plain: bool,
}

const ONE: i128 = Exact::ONE;
/// Groups of three that one number has at most.
const MOST_GROUPS: usize = 7;

/// Returns the number that starts at `token`, if one does.
pub fn number(document: &Document, token: usize) -> Option<Number> {
    match document.kind(token) {
        Kind::Number => figures(document, token),
        Kind::Word | Kind::Ideograph | Kind::Mark => words::words(document, token),
        Kind::Break => None,
    }
}

fn figures(document: &Document, first: usize) -> Option<Number> {
    let mut last = first + 1;
    let mut text = Cow::Borrowed(document.word(first));
    // "1 234 567": groups of three behind one space of any width.
    if is_plain(&text, 3) && text.chars().next().and_then(digit) != Some(0) {
        while let Some(group) = spaced_group(document, last).filter(|_| last < first + MOST_GROUPS)
        {
            text.to_mut().push_str(group);
            last += 1;
            if !is_plain(group, 3) {
                break;
            }
        }
    }
    // "42ر2 مليار" is 2.42 billion: where figures run against the letters the decimals come first.
    let glued = |at: usize| !document.spaced(at) && document.kind(at + 1) == Kind::Number;
    if document.word(last) == "ر" && glued(last) && !document.spaced(last + 1) {
        let whole = document.word(last + 1);
        text = Cow::Owned([whole, &text].join(&document.decimal.to_string()));
        last += 2;
    }
    // "29・5億": a dot in the middle of the line before one or two figures and a scale.
    let decimals = || document.word(last + 1);
    if document.word(last) == "・"
        && glued(last)
        && decimals().chars().count() <= 2
        && is_plain(&text, 4)
        && scale_at(document, last + 2).is_some()
    {
        text = Cow::Owned([&text, decimals()].join(&document.decimal.to_string()));
        last += 2;
    }
    let grouped = last > first + 1;
    let scaled = scale_at(document, last).is_some() || letter_at(document, last);
    let value = parse_figures(&text, document.decimal, scaled)?;
    let plain = !grouped && is_plain(&text, usize::MAX);
    let number = Number { first, last, value, scale: 0, figures: true, plain };
    Some(with_scales(document, number))
}

/// Returns the value of one or two figures that are a number of their own.
pub fn standalone(document: &Document, token: usize) -> Option<u8> {
    let word = document.word(token);
    let digits = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let ends =
        document.kind(token + 1) == Kind::Word && !document.may_start(token + 1, starts::SCALE);
    if digits && ends {
        return word.parse().ok();
    }
    let number = number(document, token).filter(|n| n.last == token + 1 && n.plain)?;
    u8::try_from(number.value.0 / ONE).ok()
}

/// Returns whether a letter that scales is written onto the figures before it: "£1.875m".
fn letter_at(document: &Document, at: usize) -> bool {
    let is_letter = |sense| matches!(sense, Sense::Letter(_)).then_some(());
    !document.spaced(at)
        && document.may_start(at, starts::SCALE)
        && document.longest(at, is_letter).is_some()
}

/// Returns whether `text` is at most `max` digits of any script and nothing else.
fn is_plain(text: &str, max: usize) -> bool {
    let mut count = 0;
    text.chars().all(|c| {
        count += 1;
        count <= max && digit(c).is_some()
    })
}

/// Returns the figures of the next group of three, its decimals included.
fn spaced_group<'a>(document: &Document<'a>, at: usize) -> Option<&'a str> {
    let token = document.tokens.get(at).filter(|token| token.kind == Kind::Number)?;
    let previous = document.tokens.get(at.checked_sub(1)?)?;
    let gap = document.text.get(previous.span.end as usize..token.span.start as usize)?;
    let word = token.span.of(document.text);
    let whole = word.split([',', '.', '٫']).next()?;
    let decimals = word.len() - whole.len();
    (gap.chars().count() == 1
        && gap != "\n"
        && whole.chars().count() == 3
        && is_plain(whole, 3)
        && (decimals == 0 || (word.contains([document.decimal, '٫']) && decimals <= 5)))
        .then_some(word)
}

/// Reads figures with marks: `1.234,56`, `12,34,567`, `1'234`, `7,5`.
pub fn parse_figures(text: &str, decimal_mark: char, scaled: bool) -> Option<Exact> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text);
    }
    if text.contains(['．', '，']) {
        let narrow = text.replace('．', ".").replace('，', ",");
        return parse_figures(&narrow, decimal_mark, scaled);
    }
    let marks: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| digit(*c).is_none()).collect();
    let Some(&(last_at, last_mark)) = marks.last() else { return integer(text) };
    let tail = text.get(last_at + last_mark.len_utf8()..)?;
    let all_same = marks.iter().all(|(_, mark)| same_mark(*mark, last_mark));
    if matches!(last_mark, '\'' | '\u{2019}' | '٬' | '،') {
        return grouped(text);
    }
    if last_mark == '٫' || last_mark == '·' {
        return decimal(text, last_at, last_mark);
    }
    if !all_same {
        return decimal(text, last_at, last_mark);
    }
    if marks.len() > 1 {
        return grouped(text);
    }
    let head = text.get(..last_at)?;
    let three = tail.chars().count() == 3;
    let could_group = three && (1..=3).contains(&head.chars().count()) && !head.starts_with('0');
    let as_group = if last_mark == decimal_mark {
        // "3,350 euros": no price has three decimals; "1,337 milliard" has.
        could_group && !scaled
    } else {
        could_group
    };
    if as_group { grouped(text) } else { decimal(text, last_at, last_mark) }
}

fn same_mark(a: char, b: char) -> bool {
    a == b || (matches!(a, '\'' | '\u{2019}') && matches!(b, '\'' | '\u{2019}'))
}

fn integer(text: &str) -> Option<Exact> {
    let mut value: i128 = 0;
    let mut count = 0;
    for c in text.chars() {
        let Some(d) = digit(c) else { continue };
        count += 1;
        if count > 21 {
            return None;
        }
        value = value * 10 + i128::from(d);
    }
    Exact(value).times(ONE)
}

/// Reads figures whose marks all group: three by three, or two by two before the last three.
fn grouped(text: &str) -> Option<Exact> {
    let groups: Vec<&str> = text.split(|c| digit(c).is_none()).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let len = |group: &&str| group.chars().count();
    let western = middle.iter().all(|g| len(g) == 3);
    let indian = middle.iter().all(|g| len(g) == 2);
    ((1..=3).contains(&len(first)) && len(last) == 3 && (western || indian))
        .then(|| integer(text))?
}

fn decimal(text: &str, at: usize, mark: char) -> Option<Exact> {
    let head = text.get(..at)?;
    let tail = text.get(at + mark.len_utf8()..)?;
    let whole =
        if head.chars().any(|c| digit(c).is_none()) { grouped(head)? } else { integer(head)? };
    let mut part: i128 = 0;
    let mut unit = ONE;
    for d in tail.chars().map(digit).take(4) {
        unit /= 10;
        part += i128::from(d?) * unit;
    }
    Some(Exact(whole.0 + part))
}

/// Returns the scale word at `token`: its end and power of ten.
fn scale_at(document: &Document, token: usize) -> Option<(usize, u8)> {
    let word = |at| {
        let may = document.may_start(at, starts::SCALE);
        may.then(|| document.longest(at, |s| if let Sense::Scale(p) = s { Some(p) } else { None }))?
    };
    if let Some(found) = word(token) {
        return Some(found);
    }
    // "deux demi-millions", "2-Millionen-Euro": a hyphen may stand before the scale.
    (is_hyphen(document, token) && !document.spaced(token)).then(|| word(token + 1))?
}

fn is_hyphen(document: &Document, token: usize) -> bool {
    document.kind(token) == Kind::Mark && document.word(token) == "-"
}

/// Returns "and a half" at `token`.
fn fraction_after(document: &Document, token: usize) -> Option<(usize, u32)> {
    if !document.may_start(token, starts::SCALE) {
        return None;
    }
    document.longest(token, |s| if let Sense::After(f) = s { Some(f) } else { None })
}

fn ten_to(power: u8) -> i128 {
    10_i128.pow(u32::from(power.min(15)))
}

/// Figures from which on a number is written out, for all that a scale of millions follows it.
const WRITTEN_OUT: i128 = 1_000_000;

/// Applies the scales that follow: "7,5 millions", "3 mil milhões", "1億2000万", "two and a half million".
fn with_scales(document: &Document, mut number: Number) -> Number {
    if !document.may_start(number.last, starts::SCALE) && !is_hyphen(document, number.last) {
        return number;
    }
    if let Some((end, half)) = fraction_after(document, number.last)
        && scale_at(document, end).is_some()
    {
        number.value.0 += i128::from(half);
        number.last = end;
    }
    // Parts that stand, the largest first: "4조8천600억" is 4조 and (8천 and 600)억.
    let mut parts: Vec<(u8, i128)> = Vec::new();
    let mut current = number.value.0;
    while let Some((end, power)) = scale_at(document, number.last) {
        // "30.066.585 εκατ.": written out and scaled by mistake.
        if number.figures && parts.is_empty() && power >= 6 && current >= WRITTEN_OUT * ONE {
            number.last = end;
            number.plain = false;
            return number;
        }
        let mut part = current;
        while let Some((_, smaller)) = parts.pop_if(|(scale, _)| *scale < power) {
            part += smaller;
        }
        let Some(part) = part.checked_mul(ten_to(power)).filter(|v| v.unsigned_abs() < 1 << 100)
        else {
            break;
        };
        parts.push((power, part));
        current = 0;
        number.scale = power;
        number.plain = false;
        number.last = end;
        if let Some((end, half)) = fraction_after(document, number.last) {
            parts.push((0, i128::from(half) * ten_to(power)));
            number.last = end;
        }
        let Some((end, more)) = lower_part(document, number.last, power) else { continue };
        current = more;
        number.last = end;
    }
    number.value = Exact(parts.iter().map(|(_, part)| part).sum::<i128>() + current);
    number
}

/// Returns the figures or words after a scale that belong to the same number:
/// "1億2000万", "3 milliards 200 millions", "deux millions cinq cent mille".
fn lower_part(document: &Document, at: usize, power: u8) -> Option<(usize, i128)> {
    let joined = document.end_of(at, Sense::NumberAnd);
    let at = joined.unwrap_or(at);
    let (end, value) = match document.kind(at) {
        Kind::Number => {
            let scaled = scale_at(document, at + 1).is_some();
            let value = parse_figures(document.word(at), document.decimal, scaled)?.0;
            (at + 1, value)
        }
        _ => words::small(document, at)?,
    };
    let next = scale_at(document, end);
    let figures = document.kind(at) == Kind::Number;
    // "1만3350원", "2 millones 33,000 pesos", "123 bin 139 lira".
    let tight = !document.spaced(at)
        || (figures && value >= 1_000 * ONE && power >= 6 && document.word(at).len() > 4)
        || (value % ONE == 0 && counts_money(document, end));
    // "2 mil 359 millones", "mil 782.6 millones" are one number of thousands of millions.
    let whole = || document.word(at).split(['.', ',']).next().map_or(0, str::len);
    let thousands = power == 3 && figures && whole() == 3 && joined.is_none();
    let goes_on = match next {
        Some((_, larger)) if larger > power && thousands => true,
        // "1 millón y 100.000 euros" are two sums, "1 milione e 800mila" is one.
        None if figures && joined.is_some() => false,
        Some((_, lower)) if lower < power => value < ten_to(power - lower) * ONE,
        // "4조8천600억": the next scale is larger than the one within; "52 million and 55 million" are two.
        // "dos mil quinientos millones", "一千二百万": words of the same number.
        Some((_, larger)) => larger > power && (tight || !figures) && value < ten_to(power) * ONE,
        None => tight && value < ten_to(power) * ONE,
    };
    goes_on.then_some((end, value))
}

/// Returns whether a currency in words stands at `at` ("lei", "d'euros").
fn counts_money(document: &Document, at: usize) -> bool {
    let at = document.end_of(at, Sense::MoneyOf).unwrap_or(at);
    document.kind(at) == Kind::Word
        && document
            .longest(at, |s| matches!(s, Sense::Currency(_) | Sense::Family(_)).then_some(()))
            .is_some()
}

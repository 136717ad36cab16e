//! Every error of an article in words: its kind, gold against found, and the sentence.

use finewire::dataset::record::{ActionRow, Record};

use crate::eval::{
    gold::{GoldAction, GoldArticle},
    mentions,
    score::{self, Outcome, Pair, SLOTS, Unmatched},
};

/// Code points shown on either side of a mention.
const AROUND: usize = 140;

/// One error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Error {
    /// What the errors are counted by: `amount missed`, `slot wrong: target`.
    pub(crate) kind: String,
    /// Gold against found.
    pub(crate) what: String,
    /// The sentence, with the mention in brackets.
    pub(crate) sentence: String,
}

/// Lists the errors of one article, by kind.
pub(crate) fn list(gold: &GoldArticle, record: &Record, outcome: &Outcome) -> Vec<Error> {
    let text = record.article.text.as_deref().unwrap_or_default();
    let mut errors = Vec::new();
    if outcome.counts.lang_right == 0 {
        errors.push(Error {
            kind: "language wrong".to_owned(),
            what: format!("{} -> {}", gold.lang, record.article.lang),
            sentence: text.lines().next().unwrap_or_default().to_owned(),
        });
    }
    list_mentions(&amounts(gold, record), &outcome.amounts, (&gold.text, text), &mut errors);
    list_mentions(&dates(gold, record), &outcome.dates, (&gold.text, text), &mut errors);
    errors.extend(outcome.actions.missed.iter().map(|&index| missed(&gold.actions[index], record)));
    errors.extend(outcome.actions.extra.iter().map(|&index| extra(&record.actions[index])));
    for pair in &outcome.pairs {
        errors.extend(wrong_slots(&gold.actions[pair.gold], &record.actions[pair.found], pair));
    }
    errors
}

/// Mentions of one kind as they are listed.
struct Mentions<'a> {
    kind: &'static str,
    /// Quote and meaning.
    gold: Vec<(&'a str, String)>,
    /// Place and meaning.
    found: Vec<((u32, u32), String)>,
}

fn amounts<'a>(gold: &'a GoldArticle, record: &Record) -> Mentions<'a> {
    let of_gold = gold.amounts.iter().map(|amount| {
        let value = amount.value.map_or_else(|| "open".to_owned(), |value| value.to_string());
        (amount.quote.as_str(), format!("{value} {}", amount.currency))
    });
    let of_record = record
        .amounts
        .iter()
        .map(|row| ((row.start, row.end), format!("{} ({})", mentions::amount_key(row), row.rule)));
    Mentions { kind: "amount", gold: of_gold.collect(), found: of_record.collect() }
}

fn dates<'a>(gold: &'a GoldArticle, record: &Record) -> Mentions<'a> {
    let of_gold = gold
        .dates
        .iter()
        .map(|date| (date.quote.as_str(), date.value.clone().unwrap_or_else(|| "open".to_owned())));
    let of_record = record
        .dates
        .iter()
        .map(|row| ((row.start, row.end), format!("{} ({})", row.value, row.rule)));
    Mentions { kind: "date", gold: of_gold.collect(), found: of_record.collect() }
}

/// Lists missed and extra mentions; `texts` are the gold's and the cleaned one.
fn list_mentions(
    mentions: &Mentions<'_>,
    unmatched: &Unmatched,
    texts: (&str, &str),
    errors: &mut Vec<Error>,
) {
    let quotes = || mentions.gold.iter().map(|(quote, _)| *quote);
    let in_gold: Vec<_> = mentions::places(texts.0, quotes()).collect();
    let in_clean: Vec<_> = mentions::places(texts.1, quotes()).collect();
    for &index in &unmatched.missed {
        let (quote, meaning) = &mentions.gold[index];
        let (sentence, instead) = match (in_clean[index], in_gold[index]) {
            (Some(place), _) => (sentence(texts.1, place), read_there(mentions, place)),
            (None, Some(place)) => (sentence(texts.0, place), "cut off by cleaning".to_owned()),
            (None, None) => ((*quote).to_owned(), "quote is not in the text".to_owned()),
        };
        errors.push(Error {
            kind: format!("{} missed", mentions.kind),
            what: format!("{meaning} -> {instead}"),
            sentence,
        });
    }
    for &index in &unmatched.extra {
        let (place, meaning) = &mentions.found[index];
        errors.push(Error {
            kind: format!("{} extra", mentions.kind),
            what: meaning.clone(),
            sentence: sentence(texts.1, *place),
        });
    }
}

/// Returns what was found where gold has a mention.
fn read_there(mentions: &Mentions<'_>, place: (u32, u32)) -> String {
    let overlapping = mentions.found.iter().filter(|(at, _)| at.0 < place.1 && place.0 < at.1);
    let read: Vec<_> = overlapping.map(|(_, meaning)| meaning.as_str()).collect();
    if read.is_empty() { "nothing".to_owned() } else { read.join(", ") }
}

fn missed(gold: &GoldAction, record: &Record) -> Error {
    let slot = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let what = format!(
        "{} {} | {} ({}) > {} | {} | {}",
        gold.r#type,
        gold.status,
        slot(&gold.regulator),
        slot(&gold.regulator_country),
        slot(&gold.target),
        slot(&score::sum_of_gold(gold)),
        slot(&gold.date),
    );
    let text = record.article.text.as_deref().unwrap_or_default();
    let place = mentions::places(text, std::iter::once(gold.evidence.as_str())).next().flatten();
    let sentence = place.map_or_else(
        || format!("{} (not in the clean text as one piece)", gold.evidence),
        |place| sentence(text, place),
    );
    Error { kind: format!("action missed: {}", gold.r#type), what, sentence }
}

fn extra(row: &ActionRow) -> Error {
    let slot = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let what = format!(
        "{} {} | {} ({}) > {} | {} | {} | \"{}\" {} {:.2}",
        row.r#type,
        row.status,
        slot(&row.regulator),
        slot(&row.country),
        slot(&row.target),
        slot(&score::sum_of_row(row)),
        slot(&row.date),
        row.trigger,
        row.rule,
        row.confidence,
    );
    Error { kind: format!("action extra: {}", row.r#type), what, sentence: one_line(&row.evidence) }
}

fn wrong_slots(gold: &GoldAction, row: &ActionRow, pair: &Pair) -> Vec<Error> {
    let slot = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let both: [(String, String); SLOTS.len()] = [
        (gold.r#type.clone(), row.r#type.to_owned()),
        (
            format!("{} ({})", slot(&gold.regulator), slot(&gold.regulator_country)),
            format!("{} ({})", slot(&row.regulator), slot(&row.regulator_id)),
        ),
        (slot(&gold.target), slot(&row.target)),
        (slot(&score::sum_of_gold(gold)), slot(&score::sum_of_row(row))),
        (slot(&gold.date), format!("{} ({})", slot(&row.date), row.date_from)),
        (gold.status.clone(), row.status.to_owned()),
    ];
    SLOTS
        .iter()
        .zip(&both)
        .zip(pair.slots)
        .filter(|(_, is_right)| !is_right)
        .map(|((name, (gold, found)), _)| Error {
            kind: format!("slot wrong: {name}"),
            what: format!("{}: {gold} -> {found} | \"{}\" {}", row.r#type, row.trigger, row.rule),
            sentence: one_line(&row.evidence),
        })
        .collect()
}

/// Returns the sentence around a place, on one line, with the place in brackets.
fn sentence(text: &str, place: (u32, u32)) -> String {
    let (start, end) = (place.0 as usize, place.1 as usize);
    let chars: Vec<char> = text.chars().collect();
    let (Some(before), Some(within), Some(after)) =
        (chars.get(..start), chars.get(start..end), chars.get(end..))
    else {
        return String::new();
    };
    let from = before
        .iter()
        .enumerate()
        .rev()
        .take(AROUND)
        .take_while(|&(index, &c)| !ends_sentence(c, chars.get(index + 1).copied()))
        .last()
        .map_or(start, |(index, _)| index);
    let until = after
        .iter()
        .enumerate()
        .take(AROUND)
        .find(|&(index, &c)| ends_sentence(c, after.get(index + 1).copied()))
        .map_or(after.len().min(AROUND), |(index, _)| index + 1);
    let text = |chars: &[char]| chars.iter().collect::<String>();
    one_line(&format!(
        "{}[{}]{}",
        text(before.get(from..).unwrap_or_default()),
        text(within),
        text(after.get(..until).unwrap_or_default()),
    ))
}

fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '\n' | '。' | '！' | '？' | '।' => true,
        '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_shown_in_its_sentence() {
        let text = "Fini. La CNIL inflige 5 M€ à X. Point.\nEt 6 €";
        let at = |quote| mentions::places(text, std::iter::once(quote)).next().flatten().unwrap();
        assert_eq!(sentence(text, at("5 M€")), "La CNIL inflige [5 M€] à X.");
        assert_eq!(sentence(text, at("6 €")), "Et [6 €]");
        assert_eq!(sentence(text, at("Fini")), "[Fini].");
        assert_eq!(sentence(text, (90, 95)), "");
    }
}

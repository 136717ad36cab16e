//! Mentions of gold and engine matched one to one, wherever they stand.
//!
//! What matches by meaning alone is settled after what stands at the same place, so that the list
//! of errors names the mention that is really missing.

use finewire::dataset::record::{AmountRow, DateRow, Record};

use crate::eval::{
    gold::GoldArticle,
    score::{DAY_CHARS, Hits, Outcome, Unmatched},
};

/// Where a mention stands in the record's text, in code points, and what it means.
struct Mention {
    key: String,
    place: Option<(u32, u32)>,
}

/// Returns what a row says the sum is: its figure, or the end of the range that gold takes.
pub(crate) fn amount_key(row: &AmountRow) -> String {
    let nonzero = |end: Option<f64>| end.filter(|&value| value != 0.0);
    let value = row.value.or(nonzero(row.low)).or(nonzero(row.high)).unwrap_or_default();
    format!("{value} {}", row.currency)
}

/// Returns the value of a date row to the day.
pub(crate) fn date_key(row: &DateRow) -> String {
    row.value.chars().take(DAY_CHARS).collect()
}

/// Matches amounts by value and currency.
pub(crate) fn amounts(gold: &GoldArticle, record: &Record, text: &str, outcome: &mut Outcome) {
    let quotes = gold.amounts.iter().map(|amount| amount.quote.as_str());
    let expected: Vec<_> = gold
        .amounts
        .iter()
        .zip(places(text, quotes))
        .map(|(amount, place)| {
            Some(Mention { key: format!("{} {}", amount.value?, amount.currency), place })
        })
        .collect();
    let found: Vec<_> = record
        .amounts
        .iter()
        .map(|row| Some(Mention { key: amount_key(row), place: Some((row.start, row.end)) }))
        .collect();
    outcome.amounts = unmatched(&expected, &found);
    outcome.counts.amounts = hits(&expected, &outcome.amounts);
}

/// Matches dates by value.
pub(crate) fn dates(gold: &GoldArticle, record: &Record, text: &str, outcome: &mut Outcome) {
    let quotes = gold.dates.iter().map(|date| date.quote.as_str());
    let places: Vec<_> = places(text, quotes).collect();
    let expected: Vec<_> = gold
        .dates
        .iter()
        .zip(&places)
        .map(|(date, &place)| {
            let key = date.value.clone().filter(|value| !value.is_empty())?;
            Some(Mention { key, place })
        })
        .collect();
    let in_gold = |key: &str| gold.dates.iter().any(|date| date.value.as_deref() == Some(key));
    let found: Vec<_> = record
        .dates
        .iter()
        .map(|row| {
            let key = date_key(row);
            let counts = !key.is_empty() && (!key.starts_with("XXXX") || in_gold(&key));
            counts.then_some(Mention { key, place: Some((row.start, row.end)) })
        })
        .collect();
    outcome.dates = unmatched(&expected, &found);
    // A date that gold leaves open may have got any value: as many extras are forgiven, first
    // those that stand where gold has one.
    let open: Vec<_> = expected.iter().zip(&places).filter(|(date, _)| date.is_none()).collect();
    let extra = &mut outcome.dates.extra;
    let allowed = extra.len().saturating_sub(open.len());
    extra.sort_by_key(|&index| {
        let place = found.get(index).and_then(Option::as_ref).and_then(|date| date.place);
        open.iter().any(|(_, open)| overlap(**open, place))
    });
    extra.truncate(allowed);
    extra.sort_unstable();
    outcome.counts.dates = hits(&expected, &outcome.dates);
}

fn hits(expected: &[Option<Mention>], unmatched: &Unmatched) -> Hits {
    let missed = unmatched.missed.len();
    let right = expected.iter().flatten().count() - missed;
    Hits { right, missed, extra: unmatched.extra.len() }
}

/// Matches mentions that mean the same, first those that stand at the same place.
fn unmatched(gold: &[Option<Mention>], found: &[Option<Mention>]) -> Unmatched {
    let mut taken = vec![false; found.len()];
    let mut missed: Vec<usize> = (0..gold.len()).filter(|&index| gold[index].is_some()).collect();
    for by_place in [true, false] {
        missed.retain(|&index| {
            let Some(wanted) = &gold[index] else { return false };
            let partner = found.iter().zip(&taken).position(|(candidate, is_taken)| {
                !is_taken
                    && candidate.as_ref().is_some_and(|candidate| {
                        candidate.key == wanted.key
                            && (!by_place || overlap(candidate.place, wanted.place))
                    })
            });
            if let Some(partner) = partner {
                taken[partner] = true;
            }
            partner.is_none()
        });
    }
    let extra = (0..found.len()).filter(|&at| found[at].is_some() && !taken[at]).collect();
    Unmatched { missed, extra }
}

fn overlap(a: Option<(u32, u32)>, b: Option<(u32, u32)>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.0 < b.1 && b.0 < a.1)
}

/// Returns where quotes that are in order of appearance stand in `text`, in code points.
pub(crate) fn places<'a>(
    text: &'a str,
    quotes: impl Iterator<Item = &'a str> + 'a,
) -> impl Iterator<Item = Option<(u32, u32)>> + 'a {
    let mut from = 0;
    quotes.map(move |quote| {
        let ahead = text.get(from..).and_then(|rest| rest.find(quote)).map(|at| at + from);
        // The annotator may have changed the order: look from the start again.
        let at = ahead.or_else(|| text.find(quote)).filter(|_| !quote.is_empty())?;
        from = at + quote.len();
        let start = text.get(..at)?.chars().count() as u32;
        Some((start, start + quote.chars().count() as u32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_in_code_points_and_in_order() {
        let text = "né 5 € et 5 €";
        let found: Vec<_> = places(text, ["5 €", "5 €", "6 €"].into_iter()).collect();
        assert_eq!(found, [Some((3, 6)), Some((10, 13)), None]);
    }
}

//! How likely the letters of a text are in each language: pieces of one to four letters.
//!
//! A naive Bayes model over hashed pieces. Of each piece the table holds, for each language, by
//! how much less likely it is there than in the language that has it most. Its sums are whole
//! numbers. It is asked where words leave doubt, and costs a thousandth of what lingua costs.
//!
//! The table is learnt by [`learn`] from annotated articles (`finewire train-letters`).

use std::collections::BTreeMap;

use super::{script, vocabulary::is_letter};
use crate::base::hash;

/// Codes of the languages in a line, then a row for each piece with a byte for each language.
const TABLE: &[u8] = include_bytes!("grams.bin");

/// Rows of a table.
const ROWS: usize = 1 << 15;

/// Letters of the longest piece.
const LONGEST: usize = 4;

/// Steps of a byte in a nat.
const STEPS: f64 = 16.0;

/// No piece speaks against a language by more, in nats.
const MOST: f64 = 6.0;

/// What is added to each count: a piece that was not met in a language is not impossible.
const UNMET: f64 = 0.1;

/// Of the sum of all pieces as much counts: they overlap, and each letter is told four times.
const SHARE: f32 = 0.3;

/// The table, and whose columns it has.
pub(super) struct Grams {
    codes: Vec<&'static str>,
    rows: &'static [u8],
}

impl Grams {
    /// Reads the head of the built-in table.
    pub(super) fn new() -> Self {
        let end = TABLE.iter().position(|&byte| byte == b'\n').unwrap_or_default();
        let (head, rows) = TABLE.split_at_checked(end).unwrap_or_default();
        let codes = str::from_utf8(head).unwrap_or_default().split(' ').collect();
        Self { codes, rows: rows.get(1..).unwrap_or_default() }
    }

    /// Returns the probability of each of `codes` that the table has, in the order given, if the
    /// language is one of them.
    pub(super) fn probabilities<'a>(&self, sample: &str, codes: &[&'a str]) -> Vec<(&'a str, f32)> {
        let mut sums = vec![0_u32; self.codes.len()];
        each_piece(sample, |row| {
            let start = row * sums.len();
            let penalties = self.rows.get(start..start + sums.len()).unwrap_or_default();
            for (sum, &penalty) in sums.iter_mut().zip(penalties) {
                *sum += u32::from(penalty);
            }
        });
        let sum_of = |code: &str| {
            let column = self.codes.iter().position(|of| *of == code)?;
            sums.get(column).copied()
        };
        let known: Vec<(&str, u32)> =
            codes.iter().filter_map(|code| Some((*code, sum_of(code)?))).collect();
        let Some(least) = known.iter().map(|row| row.1).min() else { return Vec::new() };
        let likelihood = |sum: u32| (-SHARE * (sum - least) as f32 / STEPS as f32).exp();
        let all: f32 = known.iter().map(|row| likelihood(row.1)).sum();
        known.into_iter().map(|(code, sum)| (code, likelihood(sum) / all)).collect()
    }
}

/// Learns a table from texts and the codes of their languages, those that no script settles.
pub fn learn<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut counts = BTreeMap::<&str, Vec<u32>>::new();
    for (code, text) in texts.filter(|(code, _)| !script::settles(code)) {
        let of_language = counts.entry(code).or_insert_with(|| vec![0; ROWS]);
        each_piece(text, |row| {
            if let Some(count) = of_language.get_mut(row) {
                *count += 1;
            }
        });
    }
    let totals: Vec<f64> = counts
        .values()
        .map(|rows| rows.iter().map(|&count| f64::from(count) + UNMET).sum())
        .collect();
    let mut table = counts.keys().copied().collect::<Vec<_>>().join(" ").into_bytes();
    table.push(b'\n');
    for row in 0..ROWS {
        let count = |rows: &Vec<u32>| f64::from(rows.get(row).copied().unwrap_or_default());
        let logs: Vec<f64> = counts
            .values()
            .zip(&totals)
            .map(|(rows, total)| ((count(rows) + UNMET) / total).ln())
            .collect();
        let best = logs.iter().copied().fold(f64::MIN, f64::max);
        table.extend(logs.iter().map(|log| ((best - log).min(MOST) * STEPS).round() as u8));
    }
    table
}

/// Hands over the row of each piece of the words of a text, in small letters; a word begins and
/// ends with a space, digits and marks count as one.
fn each_piece(text: &str, mut hand: impl FnMut(usize)) {
    let mut last = [' '; LONGEST];
    let letters = text.chars().flat_map(char::to_lowercase).chain([' ']);
    for letter in letters {
        let letter = if is_letter(letter) { letter } else { ' ' };
        if letter == ' ' && last[LONGEST - 1] == ' ' {
            continue;
        }
        last.rotate_left(1);
        last[LONGEST - 1] = letter;
        let mut key = [0; 4 * LONGEST];
        for (length, letter) in (1..=LONGEST).zip(last.iter().rev()) {
            if let Some(place) = key.get_mut(4 * (length - 1)..4 * length) {
                place.copy_from_slice(&u32::from(*letter).to_le_bytes());
            }
            let piece = key.get(..4 * length).unwrap_or_default();
            hand(hash::hash(piece) as usize % ROWS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_begin_and_end_at_words() {
        let rows = |text: &str| {
            let mut rows = Vec::new();
            each_piece(text, |row| rows.push(row));
            rows
        };
        assert_eq!(rows("La  CNIL, 5"), rows("la cnil"), "digits, marks and case say nothing");
        assert_eq!(rows("la cnil").len(), LONGEST * "la cnil ".len());
        assert!(rows("").is_empty() && rows("12. 5 %").is_empty());
    }

    #[test]
    fn a_language_is_likely_by_its_pieces() {
        let grams = Grams::new();
        let of = |text| {
            let mut rows = grams.probabilities(text, &["cs", "sk", "pl", "xx"]);
            assert_eq!(rows.len(), 3, "no column, no answer");
            rows.sort_by(|a, b| b.1.total_cmp(&a.1));
            rows[0].0
        };
        assert_eq!(of("Úřad uložil dodavateli pokutu"), "cs");
        assert_eq!(of("Úrad uložil dodávateľovi pokutu"), "sk");
        assert_eq!(of("Urząd nałożył na dostawcę karę"), "pl");
    }

    #[test]
    fn what_is_learnt_is_read() {
        let table =
            learn([("fr", "une amende"), ("de", "ein Bußgeld"), ("el", "πρόστιμο")].into_iter());
        assert!(table.starts_with(b"de fr\n"), "Greek letters need no pieces");
        assert_eq!(table.len(), 6 + 2 * ROWS);
    }
}

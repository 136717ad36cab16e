//! Numbers written as one word: "fünfundzwanzig", "félmillió", "dreihunderttausend".

use super::{compile::Pack, sense::Sense};
use crate::base::money::Exact;

const ONE: i128 = Exact::ONE;

/// Reads a number written as one word, in ten-thousandths: "fünfundzwanzig", "zweieinhalb",
/// "duecentocinquanta", "dreihunderttausend".
pub fn compound(pack: &Pack, word: &str) -> Option<i128> {
    let fits = pack.compounds && (6..=60).contains(&word.len());
    if !fits || !pack.lexicon.may_start_number(word) {
        return None;
    }
    let folded = pack.lexicon.shape().fold(word);
    if !pack.lexicon.may_be_number(&folded) {
        return None;
    }
    let parts = split(pack, &folded, 0)?;
    // In ten-thousandths, so that a half is one of them: "félmillió", "zweieinhalb".
    let (mut total, mut current): (i128, i128) = (0, 0);
    for part in parts {
        match part {
            Part::Value(100) => current = current.max(ONE) * 100,
            Part::Value(value) => current += i128::from(value) * ONE,
            Part::Scale(power) => {
                let counted = if current == 0 { ONE } else { current };
                total += counted.checked_mul(10_i128.pow(u32::from(power.min(15))))?;
                current = 0;
            }
            Part::Fraction(fraction) => current += i128::from(fraction),
        }
    }
    total.checked_add(current)
}

#[derive(Clone, Copy)]
enum Part {
    Value(u16),
    Scale(u8),
    Fraction(u32),
}

/// Cuts a word into number words, longest first; every letter must belong to one.
fn split(pack: &Pack, word: &str, depth: usize) -> Option<Vec<Part>> {
    if word.is_empty() {
        return (depth > 1).then(Vec::new);
    }
    if depth > 8 {
        return None;
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end >= 1);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    for end in ends {
        let (piece, rest) = (word.get(..end)?, word.get(end..)?);
        let sense = pack.lexicon.sense_of(piece, |s| {
            matches!(s, Sense::Number(_) | Sense::Scale(_) | Sense::After(_))
                || (s == Sense::NumberAnd && depth > 0)
                || (s == Sense::One && depth > 0)
                || (matches!(s, Sense::Fraction(_)) && depth == 0)
        });
        let part = match sense {
            Some(Sense::Number(value)) => Some(Part::Value(value)),
            Some(Sense::Scale(power)) => Some(Part::Scale(power)),
            Some(Sense::After(fraction)) if rest.is_empty() => Some(Part::Fraction(fraction)),
            Some(Sense::Fraction(fraction)) if !rest.is_empty() => Some(Part::Fraction(fraction)),
            Some(Sense::NumberAnd) if !rest.is_empty() => None,
            Some(Sense::One) if !rest.is_empty() => Some(Part::Value(1)),
            _ => continue,
        };
        if let Some(mut parts) = split(pack, rest, depth + 1) {
            if let Some(part) = part {
                parts.insert(0, part);
            }
            return Some(parts);
        }
    }
    None
}

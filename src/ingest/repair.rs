//! JSON as scrapers break it.
//!
//! Repaired: a lone half of a surrogate pair (`\ud83d` cut by a length limit) becomes U+FFFD, raw
//! control characters inside strings become escapes, `NaN` and `Infinity` become `null`. All else
//! that is no JSON stays refused.

use std::fmt::Write;

/// Returns `json` with what can be mended mended.
pub(crate) fn repaired(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut in_string = false;
    let mut rest = json;
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '"' => {
                in_string = !in_string;
                out.push('"');
                1
            }
            '\\' if in_string => escape(rest, &mut out),
            control if in_string && (control as u32) < 0x20 => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", control as u32);
                1
            }
            'N' | 'I' | '-' if !in_string => constant(rest, &mut out),
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Copies one escape, or its replacement, and returns its length.
fn escape(rest: &str, out: &mut String) -> usize {
    let Some(first) = unit(rest) else {
        let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
        out.push_str(rest.get(..length).unwrap_or_default());
        return length;
    };
    let is_high = (0xD800..0xDC00).contains(&first);
    let is_low = |unit: u32| (0xDC00..0xE000).contains(&unit);
    if is_high && rest.get(6..).and_then(unit).is_some_and(is_low) {
        out.push_str(rest.get(..12).unwrap_or_default());
        return 12;
    }
    if is_high || is_low(first) {
        out.push('\u{FFFD}');
    } else {
        out.push_str(rest.get(..6).unwrap_or_default());
    }
    6
}

/// Reads `\uXXXX` at the start of `rest`.
fn unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

/// Replaces a number that JSON does not know.
fn constant(rest: &str, out: &mut String) -> usize {
    for word in ["NaN", "Infinity", "-Infinity"] {
        if rest.starts_with(word) {
            out.push_str("null");
            return word.len();
        }
    }
    out.extend(rest.chars().next());
    1
}

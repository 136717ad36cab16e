//! What a character can be part of: letters, figures, spaces, the marks between.
//!
//! One table serves the alphabets of all languages; Han, Hangul and rarer characters are worked out.

use std::sync::LazyLock;

use super::fold::digit;

/// What a character can be part of, as bits.
pub(super) type Class = u16;

pub(super) const LETTER: Class = 1;
pub(super) const UPPER: Class = 1 << 1;
pub(super) const LOWER: Class = 1 << 2;
pub(super) const FIGURE: Class = 1 << 3;
pub(super) const JOINER: Class = 1 << 4;
pub(super) const SPACE: Class = 1 << 5;
pub(super) const LINE: Class = 1 << 6;
pub(super) const IDEOGRAPH: Class = 1 << 7;
pub(super) const KATAKANA: Class = 1 << 8;
pub(super) const APOSTROPHE: Class = 1 << 9;
/// Stands between figures of one number.
pub(super) const INNER: Class = 1 << 10;
/// Belongs to a run of letters.
pub(super) const WORDY: Class = 1 << 11;

/// Characters below this are looked up: all alphabets of news but Hangul and Han.
pub(super) const LISTED: usize = 0x3100;

/// Classes of the characters below [`LISTED`], worked out once.
pub(super) static CLASSES: LazyLock<Box<[Class; LISTED]>> = LazyLock::new(|| {
    let mut classes = Box::new([0; LISTED]);
    for (code, class) in (0..).zip(classes.iter_mut()) {
        *class = char::from_u32(code).map_or(0, class_of);
    }
    classes
});

/// Works the class of a character out.
pub(super) fn class_of(c: char) -> Class {
    let bit = |is: bool, class: Class| if is { class } else { 0 };
    let is_single = is_ideograph(c) || is_katakana(c);
    bit(c.is_alphabetic(), LETTER)
        | bit((c.is_alphabetic() && !is_single) || is_joiner(c), WORDY)
        | bit(c.is_uppercase(), UPPER)
        | bit(c.is_lowercase(), LOWER)
        | bit(digit(c).is_some(), FIGURE)
        | bit(is_joiner(c), JOINER)
        | bit(c.is_whitespace(), SPACE)
        | bit(matches!(c, '\n' | '\u{2028}' | '\u{2029}'), LINE)
        | bit(is_ideograph(c), IDEOGRAPH)
        | bit(is_katakana(c), KATAKANA)
        | bit(matches!(c, '\'' | '\u{2019}'), APOSTROPHE)
        | bit(matches!(c, '.' | ',' | '\'' | '\u{2019}' | '٫' | '٬' | '،' | '·' | '．'), INNER)
}

/// Returns whether `c` is a character of a script that writes no spaces (katakana excepted).
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{3041}'..='\u{309F}' | '\u{20000}'..='\u{2FA1F}' | '々' | '〇')
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{064B}'..='\u{0655}'
        | '\u{0670}' | '\u{0640}' | '\u{0900}'..='\u{0903}' | '\u{093A}'..='\u{094F}'
        | '\u{0951}'..='\u{0957}' | '\u{0962}' | '\u{0963}' | '\u{200D}' | '\u{05F3}' | '\u{05F4}')
}

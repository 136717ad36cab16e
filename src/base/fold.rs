//! Folding: what does not count when words are compared.
//!
//! Case, width, the kinds of apostrophes, the stress marks of Greek, the Turkish dotless i and
//! the German sharp s. Marks that tell words apart ("à", "né") stay.

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    word.chars().for_each(|c| fold_char(c, out));
}

/// Returns the folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' | '`' | '´' => out.push('\''),
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' => {
            out.push('-');
        }
        // Full-width forms.
        '\u{FF01}'..='\u{FF5E}' => {
            fold_char(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c), out);
        }
        'İ' | 'ı' => out.push('i'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'ς' => out.push('σ'),
        'ά' | 'Ά' => out.push('α'),
        'έ' | 'Έ' => out.push('ε'),
        'ή' | 'Ή' => out.push('η'),
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => out.push('ι'),
        'ό' | 'Ό' => out.push('ο'),
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => out.push('υ'),
        'ώ' | 'Ώ' => out.push('ω'),
        'ё' | 'Ё' => out.push('е'),
        _ if is_small(c) => out.push(c),
        _ => out.extend(c.to_lowercase()),
    }
}

/// Returns whether a character is a small letter of Latin or Cyrillic with its code among the first, or
/// of a script without capitals: most there are, without a look into the tables of the standard.
fn is_small(c: char) -> bool {
    matches!(
        c,
        'à'..='ö'
            | 'ø'..='ÿ'
            | 'а'..='џ'
            | '\u{5D0}'..='\u{6FF}'
            | '\u{900}'..='\u{97F}'
            | '\u{3041}'..='\u{30FF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
    )
}

/// Returns the value of a decimal digit in the scripts that news writes figures in.
pub fn digit(c: char) -> Option<u8> {
    let base = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    Some((c as u32 - base as u32) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_says_what_the_tables_say() {
        let is_wrong = |c: &char| is_small(*c) && !c.to_lowercase().eq([*c]);
        assert_eq!(('\0'..char::MAX).find(is_wrong), None);
        assert!("éжאبदのあ中한".chars().all(is_small));
    }
}

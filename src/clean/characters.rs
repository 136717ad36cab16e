//! Characters of a scraped text, made uniform.
//!
//! Gone: byte order marks, control characters, soft hyphens, zero-width spaces and joiners (kept in
//! Arabic and Indic scripts, where they are spelling), marks of writing direction. Line ends become
//! `\n`, runs of spaces one space, three and more line ends two. No-break spaces stay: they hold
//! numbers together. U+0000 becomes U+FFFD. The result is NFC.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns `text` with uniform characters; the same again if it already is.
pub fn normal(text: &str) -> String {
    let (lines, composed) = if let Some(composed) = uniform(text) {
        (text.to_owned(), composed)
    } else {
        let lines = plain(text);
        let composed = lines.chars().all(is_composed);
        (lines, composed)
    };
    if composed {
        return lines;
    }
    match is_nfc_quick(lines.chars()) {
        IsNormalized::Yes => lines,
        // After the removals: a letter and its mark may meet only then.
        IsNormalized::No | IsNormalized::Maybe => lines.nfc().collect(),
    }
}

/// Returns whether a character is composed and takes no mark in: the letters that most of a text is
/// of, without a look into the tables of the standard.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{386}' | '\u{388}'..='\u{3CE}' | '\u{400}'..='\u{482}'
        | '\u{48A}'..='\u{52F}' | '\u{5D0}'..='\u{5EA}' | '\u{621}'..='\u{64A}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203E}' | '\u{20A0}'..='\u{20BF}'
        | '\u{3001}'..='\u{3020}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// Returns whether all characters are composed, if [`plain`] would change nothing; most texts are
/// so, and this is the fast way.
fn uniform(text: &str) -> Option<bool> {
    #[derive(PartialEq)]
    enum Before {
        Mark,
        Space,
        /// White space that stays.
        Wide,
        Line,
    }
    let bytes = text.as_bytes();
    let (mut before, mut line_ends, mut composed, mut at) = (Before::Line, 2, true, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'!'..=b'~' => {
                let run = plain_run(bytes.get(at..).unwrap_or_default());
                at += run.saturating_sub(1);
                let ends_in_space = bytes.get(at) == Some(&b' ');
                (before, line_ends) = (if ends_in_space { Before::Space } else { Before::Mark }, 0);
            }
            // Latin, Cyrillic, Han and Hangul letters that are composed whatever follows.
            0xC3..=0xCB | 0xD0..=0xD1 => {
                (before, line_ends) = (Before::Mark, 0);
                at += 1;
            }
            0xE5..=0xE9 | 0xEB..=0xEC => {
                (before, line_ends) = (Before::Mark, 0);
                at += 2;
            }
            b' ' if before == Before::Space || before == Before::Line => return None,
            b' ' => before = Before::Space,
            b'\n' if line_ends >= 2 || before == Before::Space || before == Before::Wide => {
                return None;
            }
            b'\n' => (before, line_ends) = (Before::Line, line_ends + 1),
            _ => {
                let c = text.get(at..)?.chars().next()?;
                at += c.len_utf8();
                line_ends = 0;
                if is_composed(c) && c > '\u{A0}' && c != '\u{AD}' {
                    before = Before::Mark;
                    continue;
                }
                let last = text.get(..at - c.len_utf8())?.chars().next_back().unwrap_or('\n');
                let stays = matches!(fate(c, last), Fate::Keep(kept) if kept == c);
                if !stays || before == Before::Line && c.is_whitespace() {
                    return None;
                }
                composed &= is_composed(c);
                before = if c.is_whitespace() { Before::Wide } else { Before::Mark };
                continue;
            }
        }
        at += 1;
    }
    (before == Before::Mark).then_some(composed)
}

/// Returns the bytes of plain letters, marks and single spaces that a text begins with; it does not
/// begin with a space, and the grave accent is no plain mark.
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let is_plain = |before: u8, byte: u8| {
        (b'!'..=b'~').contains(&byte) && byte != b'`' || byte == b' ' && before != b' '
    };
    if !bytes.first().is_some_and(|first| is_plain(b' ', *first)) {
        return 0;
    }
    let mut at = 1;
    // Sixteen at a time, each beside the one before it: a few steps of the processor.
    while let Some(bytes) = bytes.get(at - 1..).and_then(<[u8]>::first_chunk::<17>) {
        if !(0..16).fold(true, |plain, at| plain & is_plain(bytes[at], bytes[at + 1])) {
            break;
        }
        at += 16;
    }
    let rest = bytes.get(at - 1..).unwrap_or_default();
    at + rest.windows(2).take_while(|pair| is_plain(pair[0], pair[1])).count()
}

/// What a character becomes.
enum Fate {
    Keep(char),
    Space,
    Line,
    Gone,
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_ends = 2;
    let mut has_space = false;
    let mut before = '\0';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        match fate(c, before) {
            Fate::Gone => continue,
            Fate::Space => has_space = true,
            Fate::Line => {
                has_space = false;
                line_ends += 1;
                trim_end(&mut out);
                if line_ends <= 2 {
                    out.push('\n');
                }
            }
            Fate::Keep(kept) => {
                let at_start = line_ends > 0;
                if at_start && kept.is_whitespace() {
                    continue;
                }
                if has_space && !at_start {
                    out.push(' ');
                }
                has_space = false;
                line_ends = 0;
                out.push(kept);
            }
        }
        before = c;
    }
    trim_all(&mut out);
    out
}

fn fate(c: char, before: char) -> Fate {
    match c {
        ' ' | '\t' => Fate::Space,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Line,
        '\0' => Fate::Keep('\u{FFFD}'),
        ' '..='\u{7E}' | '\u{B0}'..='\u{24F}' | '\u{400}'..='\u{5FF}' | '\u{3000}'..='\u{D7FF}' => {
            Fate::Keep(c)
        }
        '\u{200C}' | '\u{200D}' => {
            if matches!(before, '\u{0600}'..='\u{0DFF}') {
                Fate::Keep(c)
            } else {
                Fate::Gone
            }
        }
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' => Fate::Gone,
        _ if c.is_control() => Fate::Gone,
        _ => Fate::Keep(c),
    }
}

/// Cuts white space before a line end, but not the line ends themselves.
fn trim_end(out: &mut String) {
    let length = out.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').len();
    out.truncate(length);
}

fn trim_all(out: &mut String) {
    let length = out.trim_end().len();
    out.truncate(length);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_composed_is_so_in_any_company() {
        for code in (0..0xE000).filter_map(char::from_u32).filter(|c| is_composed(*c)) {
            let pair: String = [code, code].into_iter().collect();
            assert!(is_nfc_quick(pair.chars()) == IsNormalized::Yes, "{code:?}");
        }
    }
}

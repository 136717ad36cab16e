//! Characters of a scraped text, made uniform.
//!
//! Gone: byte order marks, control characters, soft hyphens, zero-width spaces and joiners (kept in
//! Arabic and Indic scripts, where they are spelling), marks of writing direction. Line ends become
//! `\n`, runs of spaces one space, three and more line ends two. No-break spaces stay: they hold
//! numbers together. U+0000 becomes U+FFFD. The result is NFC.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns `text` with uniform characters; the same again if it already is.
pub fn normal(text: &str) -> String {
    let lines = if is_uniform(text) { text.to_owned() } else { plain(text) };
    if lines.chars().all(is_composed) {
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

/// Returns whether [`plain`] would change nothing; most texts are so, and this is the fast way.
fn is_uniform(text: &str) -> bool {
    let (mut before, mut line_ends) = ('\n', 2);
    let mut chars = text.chars();
    loop {
        // Words of plain letters and the single spaces between them come in runs.
        let rest = chars.as_str();
        let run = rest.bytes().take_while(|byte| (b'!'..=b'~').contains(byte)).count();
        if let Some((word, behind)) = rest.split_at_checked(run)
            && let Some(last) = word.chars().next_back()
        {
            (before, line_ends) = (last, 0);
            chars = behind.chars();
        }
        let Some(c) = chars.next() else { break };
        match c {
            '!'..='~' => line_ends = 0,
            ' ' if before == ' ' || before == '\n' => return false,
            ' ' => {}
            '\n' if line_ends >= 2 || before != '\n' && before.is_whitespace() => return false,
            '\n' => line_ends += 1,
            c if !matches!(fate(c, before), Fate::Keep(kept) if kept == c) => return false,
            c if before == '\n' && c.is_whitespace() => return false,
            _ => line_ends = 0,
        }
        before = c;
    }
    !before.is_whitespace()
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

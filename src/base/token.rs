//! Tokens: the smallest pieces that rules speak of, cut the same way in packs and in articles.
//!
//! A run of letters is one token; so is a run of digits with its inner marks ("1.234,56"), a run
//! of katakana, and each Han character, kana, mark or symbol. An elided word keeps its apostrophe
//! ("l'", "dell'"), an English or Turkish ending is cut off before it ("Macy" "'s"). A line break
//! is a token, other white space is none.

use super::{
    class::{
        APOSTROPHE, CLASSES, Class, FIGURE, IDEOGRAPH, INNER, KATAKANA, LETTER, LINE, LISTED,
        LOWER, SPACE, UPPER, WORDY, class_of,
    },
    fold::digit,
    span::Span,
};

/// Kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, marks and the digits that follow them.
    Word,
    /// Digits with marks between them.
    Number,
    /// One Han or hiragana character, or one run of katakana.
    Ideograph,
    /// One mark or symbol.
    Mark,
    /// One or more line breaks.
    Break,
}

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Whether white space (or nothing) stands before it.
    pub spaced: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether it has at least two letters and all are capitals.
    pub shout: bool,
    /// Whether a capital stands anywhere in it.
    pub any_capital: bool,
    /// Its folded form in the language's lexicon, or [`Token::UNKNOWN`].
    pub form: u32,
    /// The word of the world's names that it stands for, or [`Token::UNKNOWN`].
    pub name: u32,
    /// Whether a name of the world's may start with that word.
    pub opens: bool,
    /// Part of the hash of the word in small letters.
    pub low: u32,
    /// Whether it is a legal form of companies.
    pub legal: bool,
    /// Whether it is a number whose parts are written as one ("fünfundzwanzig").
    pub counts: bool,
}

impl Token {
    /// Stands for a word that a table lacks.
    pub const UNKNOWN: u32 = u32::MAX;
}

/// What money is called right before figures, where it is not capitals alone: "Sh1.1bn", "Rs5 crore".
const GLUED: &[&str] = &["Sh", "Shs", "Ksh", "KSh", "Tsh", "TSh", "Ush", "USh", "Rs"];

/// Words that lose a vowel before the next: the apostrophe is theirs.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
    "presqu", "dell", "all", "nell", "sull", "dall", "un", "gl", "quest", "quell", "sant", "b",
    "bell", "senz", "mezz", "tutt", "anch", "com", "dev", "grand", "f", "x",
];

/// Cuts `text` into tokens, appending them to `tokens`.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    let mut scan = Scan { text, classes: &CLASSES, at: 0, spaced: true };
    while let Some(token) = scan.plain_word().or_else(|| scan.next_token()) {
        if token.kind == Kind::Break && tokens.last().is_some_and(|t| t.kind == Kind::Break) {
            continue;
        }
        tokens.push(token);
    }
}

struct Scan<'t> {
    text: &'t str,
    classes: &'t [Class; LISTED],
    at: usize,
    spaced: bool,
}

/// The capitals of a word.
#[derive(Clone, Copy, Default)]
struct Capitals {
    first: bool,
    shout: bool,
    any: bool,
}

impl Scan<'_> {
    /// Returns the class and the bytes of the character at a byte, (0, 0) at the end.
    fn look(&self, at: usize) -> (Class, usize) {
        let Some(&byte) = self.text.as_bytes().get(at) else { return (0, 0) };
        if byte < 0x80 {
            return (self.classes[usize::from(byte)], 1);
        }
        // A text is valid UTF-8, and `at` stands before a character.
        let next =
            |n: usize| self.text.as_bytes().get(at + n).map_or(0, |byte| usize::from(byte & 0x3F));
        let head = usize::from(byte);
        let (code, len) = match byte {
            0..0xE0 => ((head & 0x1F) << 6 | next(1), 2),
            0xE0..0xF0 => ((head & 0x0F) << 12 | next(1) << 6 | next(2), 3),
            _ => ((head & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4),
        };
        let class = match self.classes.get(code) {
            Some(&class) => class,
            None => match code {
                0x4E00..=0x9FFF => LETTER | IDEOGRAPH,
                0xAC00..=0xD7A3 => LETTER | WORDY,
                _ => char::from_u32(code as u32).map_or(0, class_of),
            },
        };
        (class, len)
    }

    /// Returns the next token if it is a word of plain letters, small ones behind the first, which
    /// another plain character ends that is no part of any word: most of a text in Latin letters.
    fn plain_word(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
            self.spaced = true;
        }
        let rest = bytes.get(self.at..)?;
        let is_capital = rest.first()?.is_ascii_uppercase();
        let from = usize::from(is_capital);
        let run = small_letters(rest.get(from..)?);
        let next = *rest.get(from + run)?;
        let class = self.classes.get(usize::from(next)).copied().unwrap_or_default();
        if run == 0 || next >= 0x80 || class & (WORDY | FIGURE | APOSTROPHE) != 0 {
            return None;
        }
        let capitals = Capitals { first: is_capital, shout: false, any: is_capital };
        Some(self.token(Kind::Word, self.at + from + run, capitals))
    }

    fn next_token(&mut self) -> Option<Token> {
        let (class, len) = loop {
            let (class, len) = self.look(self.at);
            if len == 0 {
                return None;
            }
            if class & LINE != 0 {
                return Some(self.token(Kind::Break, self.at + len, Capitals::default()));
            }
            if class & SPACE == 0 {
                break (class, len);
            }
            self.at += len;
            self.spaced = true;
        };
        let glued = !self.spaced;
        let mut capitals = Capitals::default();
        let (kind, end) = if class & FIGURE != 0 {
            (Kind::Number, self.number_end())
        } else if class & KATAKANA != 0 {
            (Kind::Ideograph, self.katakana_end())
        } else if class & IDEOGRAPH != 0 {
            (Kind::Ideograph, self.at + len)
        } else if class & LETTER != 0 {
            (Kind::Word, self.word_end((class, len), glued, &mut capitals))
        } else if class & APOSTROPHE != 0 {
            self.apostrophe_end(glued, &mut capitals)
        } else {
            (Kind::Mark, self.at + len)
        };
        Some(self.token(kind, end, capitals))
    }

    fn token(&mut self, kind: Kind, end: usize, capitals: Capitals) -> Token {
        let token = Token {
            span: Span::new(self.at, end),
            kind,
            spaced: self.spaced,
            capital: capitals.first,
            shout: capitals.shout,
            any_capital: capitals.any,
            form: Token::UNKNOWN,
            name: Token::UNKNOWN,
            opens: false,
            legal: false,
            low: 0,
            counts: false,
        };
        self.at = end;
        self.spaced = kind == Kind::Break;
        token
    }

    fn katakana_end(&self) -> usize {
        let mut end = self.at;
        loop {
            let (class, len) = self.look(end);
            if class & KATAKANA == 0 {
                return end;
            }
            end += len;
        }
    }

    /// Digits, and single marks that stand between digits.
    fn number_end(&self) -> usize {
        let mut end = self.at;
        loop {
            let (class, len) = self.look(end);
            if class & FIGURE != 0 {
                end += len;
                continue;
            }
            let is_inner = class & INNER != 0 && self.look(end + len).0 & FIGURE != 0;
            if !is_inner {
                return end;
            }
            end += len;
        }
    }

    /// Letters, marks and digits; after a figure ("10eur", "08h13") letters only.
    fn word_end(
        &self,
        (first, len): (Class, usize),
        glued: bool,
        capitals: &mut Capitals,
    ) -> usize {
        if first & UPPER != 0 {
            let second = self.look(self.at + len).0;
            *capitals = Capitals { first: true, shout: second & UPPER != 0, any: true };
            // "USD34.6m", "R195m": a code before figures stands apart.
            let code = self.code_end();
            if code > self.at {
                return code;
            }
        }
        let after_figure = glued
            && self
                .text
                .get(..self.at)
                .and_then(|t| t.chars().next_back())
                .is_some_and(|c| digit(c).is_some());
        // "و2020", "ב2020": a particle before figures stands apart.
        let bytes = self.text.as_bytes();
        let start = bytes.get(self.at..).and_then(<[u8]>::first_chunk::<2>);
        // U+05D0 to U+06FF.
        let semitic = start.is_some_and(|[lead, next]| match lead {
            0xD7 => *next >= 0x90,
            0xD8..=0xDB => true,
            _ => false,
        });
        let wanted = if after_figure || semitic { WORDY } else { WORDY | FIGURE };
        let (mut end, mut all) = (self.at, 0);
        let class = loop {
            let run = small_letters(bytes.get(end..).unwrap_or_default());
            if run > 0 {
                all |= LOWER;
                end += run;
            }
            let (class, len) = self.look(end);
            if class & wanted == 0 {
                // "ג'ונסון": within a Hebrew word the mark changes the letter before it.
                let is_inner = class & APOSTROPHE != 0 && is_hebrew(bytes, self.at);
                if !is_inner || self.look(end + len).0 & LETTER == 0 {
                    break class;
                }
            }
            all |= class;
            end += len;
        };
        capitals.shout &= all & LOWER == 0;
        capitals.any |= all & UPPER != 0;
        if class & APOSTROPHE == 0 { end } else { self.elision_end(end) }
    }

    /// Returns the end of up to four capitals that figures follow, or of what money is called before them
    /// in capitals and small letters, or the start if there are none.
    fn code_end(&self) -> usize {
        let mut end = self.at;
        let mut is_shout = true;
        loop {
            let (class, len) = self.look(end);
            if class & FIGURE != 0 {
                let word = self.text.get(self.at..end).unwrap_or_default();
                return if is_shout || GLUED.contains(&word) { end } else { self.at };
            }
            is_shout &= class & UPPER != 0;
            if class & (UPPER | LOWER) == 0 {
                return self.at;
            }
            end += len;
            if end - self.at > 4 {
                return self.at;
            }
        }
    }

    /// Takes the apostrophe in after an elided word.
    fn elision_end(&self, end: usize) -> usize {
        let word = self.text.get(self.at..end).unwrap_or_default();
        let elided = word.len() <= 6 && ELIDED.iter().any(|e| e.eq_ignore_ascii_case(word));
        let next = end + self.look(end).1;
        let after = self.text.get(next..).and_then(|rest| rest.chars().next());
        let closes = after.is_none_or(|c| !c.is_alphanumeric() && c != '«' && c != '"' && c != '“');
        if elided && (!closes || after.is_none()) { next } else { end }
    }

    /// "'s" and "'nun" are one token with their apostrophe; any other apostrophe is a mark.
    fn apostrophe_end(&self, glued: bool, capitals: &mut Capitals) -> (Kind, usize) {
        let mark = self.look(self.at).1.max(1);
        let mut end = self.at + mark;
        let (mut letters, mut any) = (0, false);
        loop {
            let (class, len) = self.look(end);
            // "'미래식품'의": where letters have no case the mark closes a quotation.
            if class & LETTER == 0 || class & (UPPER | LOWER) == 0 {
                break;
            }
            any |= class & UPPER != 0;
            end += len;
            letters += 1;
        }
        if glued && (1..=5).contains(&letters) {
            capitals.any = any;
            (Kind::Word, end)
        } else {
            (Kind::Mark, self.at + mark)
        }
    }
}

/// Returns how many plain small letters bytes begin with, looked at by eights.
fn small_letters(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let (eights, _) = bytes.as_chunks::<8>();
    let mut count = 0;
    for eight in eights {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of a byte tells whether it is past a letter, lest one carries into the next.
        let low = eight & !HIGH;
        let from_a = low + (0x80 - u64::from(b'a')) * ONES;
        let past_z = low + (0x7F - u64::from(b'z')) * ONES;
        let others = (!from_a | past_z | eight) & HIGH;
        if others != 0 {
            return count + others.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    let rest = bytes.get(count..).unwrap_or_default();
    count + rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count()
}

/// Returns whether a Hebrew letter starts at a byte.
fn is_hebrew(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..).and_then(<[u8]>::first_chunk::<2>), Some([0xD7, 0x90..=0xAA]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        tokens.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn elisions_and_endings_are_cut_at_the_right_side_of_the_apostrophe() {
        assert_eq!(cut("l’amende d'un million"), ["l’", "amende", "d'", "un", "million"]);
        assert_eq!(cut("ג'ונסון '미래'의"), ["ג'ונסון", "'", "미래", "'", "의"]);
        assert_eq!(
            cut("Macy's Kurumu'nun O'Brien"),
            ["Macy", "'s", "Kurumu", "'nun", "O", "'Brien"]
        );
    }

    #[test]
    fn small_letters_are_counted_by_eights_as_one_by_one() {
        let one_by_one = |bytes: &[u8]| bytes.iter().take_while(|b| b.is_ascii_lowercase()).count();
        for length in 0..20 {
            for byte in 0..=u8::MAX {
                let mut bytes = vec![b'm'; length];
                bytes.extend([byte, b'a', b'z', 0xFF, b'q', b'q', b'q', b'q', b'q', b'q']);
                assert_eq!(small_letters(&bytes), one_by_one(&bytes), "{length} {byte}");
                assert_eq!(small_letters(&bytes[..=length]), one_by_one(&bytes[..=length]));
            }
        }
    }

    #[test]
    fn figures_keep_their_inner_marks_and_lose_glued_words() {
        assert_eq!(
            cut("1.234,56€ 10eur 08h13 2021年"),
            ["1.234,56", "€", "10", "eur", "08", "h", "13", "2021", "年"]
        );
        assert_eq!(cut("R$5,2 bi."), ["R", "$", "5,2", "bi", "."]);
        // What money is called before figures stands apart, another word does not.
        assert_eq!(cut("Sh1.1bn Rs5 Shell2"), ["Sh", "1.1", "bn", "Rs", "5", "Shell2"]);
    }
}

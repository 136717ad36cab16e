//! Tokens: the smallest pieces that rules speak of, cut the same way in packs and in articles.
//!
//! A run of letters is one token; so is a run of digits with its inner marks ("1.234,56"), a run
//! of katakana, and each Han character, kana, mark or symbol. An elided word keeps its apostrophe
//! ("l'", "dell'"), an English or Turkish ending is cut off before it ("Macy" "'s"). A line break
//! is a token, other white space is none.

use super::{fold::digit, span::Span};

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
    /// Its folded form in the language's lexicon, or [`Token::UNKNOWN`].
    pub form: u32,
}

impl Token {
    /// Form of a word that the lexicon lacks.
    pub const UNKNOWN: u32 = u32::MAX;
}

/// Words that lose a vowel before the next: the apostrophe is theirs.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
    "presqu", "dell", "all", "nell", "sull", "dall", "un", "gl", "quest", "quell", "sant", "b",
    "bell", "senz", "mezz", "tutt", "anch", "com", "dev", "grand",
];

/// Cuts `text` into tokens, appending them to `tokens`.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    let mut scan = Scan { text, at: 0, spaced: true };
    while let Some(token) = scan.next_token() {
        if token.kind == Kind::Break && tokens.last().is_some_and(|t| t.kind == Kind::Break) {
            continue;
        }
        tokens.push(token);
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    spaced: bool,
}

impl Scan<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match *self.text.as_bytes().get(at)? {
            byte @ 0..0x80 => Some(byte as char),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    fn next_token(&mut self) -> Option<Token> {
        loop {
            let c = self.char_at(self.at)?;
            if c == '\n' || c == '\u{2028}' || c == '\u{2029}' {
                return Some(self.token(Kind::Break, self.at + c.len_utf8()));
            }
            if !c.is_whitespace() {
                break;
            }
            self.at += c.len_utf8();
            self.spaced = true;
        }
        let c = self.char_at(self.at)?;
        let glued = !self.spaced;
        let (kind, end) = if digit(c).is_some() {
            (Kind::Number, self.number_end())
        } else if is_katakana(c) {
            (Kind::Ideograph, self.run_end(is_katakana))
        } else if is_ideograph(c) {
            (Kind::Ideograph, self.at + c.len_utf8())
        } else if c.is_alphabetic() {
            (Kind::Word, self.word_end(glued))
        } else if c == '\'' || c == '\u{2019}' {
            self.apostrophe_end(glued)
        } else {
            (Kind::Mark, self.at + c.len_utf8())
        };
        Some(self.token(kind, end))
    }

    fn token(&mut self, kind: Kind, end: usize) -> Token {
        let span = Span::new(self.at, end);
        let word = span.of(self.text);
        let (mut capital, mut shout) = (false, false);
        if kind == Kind::Word {
            capital = word.chars().next().is_some_and(char::is_uppercase);
            shout = capital
                && word.chars().nth(1).is_some_and(char::is_uppercase)
                && !word.chars().any(char::is_lowercase);
        }
        let token = Token { span, kind, spaced: self.spaced, capital, shout, form: Token::UNKNOWN };
        self.at = end;
        self.spaced = kind == Kind::Break;
        token
    }

    fn run_end(&self, belongs: fn(char) -> bool) -> usize {
        let mut end = self.at;
        while let Some(c) = self.char_at(end).filter(|&c| belongs(c)) {
            end += c.len_utf8();
        }
        end
    }

    /// Digits, and single marks that stand between digits.
    fn number_end(&self) -> usize {
        let mut end = self.at;
        while let Some(c) = self.char_at(end) {
            if digit(c).is_some() {
                end += c.len_utf8();
                continue;
            }
            let inner = matches!(c, '.' | ',' | '\'' | '\u{2019}' | '٫' | '٬' | '·' | '．');
            let next = end + c.len_utf8();
            if !inner || self.char_at(next).and_then(digit).is_none() {
                break;
            }
            end = next;
        }
        end
    }

    /// Letters, marks and digits; after a figure ("10eur", "08h13") letters only.
    fn word_end(&self, glued: bool) -> usize {
        let after_figure = glued
            && self
                .text
                .get(..self.at)
                .and_then(|t| t.chars().next_back())
                .is_some_and(|c| digit(c).is_some());
        let mut end = self.at;
        // "USD34.6m", "R195m": a code before figures stands apart.
        let code = self.code_end();
        if code > self.at {
            return code;
        }
        while let Some(c) = self.char_at(end) {
            let belongs = (c.is_alphabetic() && !is_ideograph(c) && !is_katakana(c))
                || is_joiner(c)
                || (!after_figure && digit(c).is_some());
            if !belongs {
                break;
            }
            end += c.len_utf8();
        }
        self.elision_end(end)
    }

    /// Returns the end of up to four capitals that figures follow, or the start if there are none.
    fn code_end(&self) -> usize {
        let mut end = self.at;
        while let Some(c) = self.char_at(end).filter(|c| c.is_uppercase()) {
            end += c.len_utf8();
            if end - self.at > 4 {
                return self.at;
            }
        }
        let figures = self.char_at(end).and_then(digit).is_some();
        if figures { end } else { self.at }
    }

    /// Takes the apostrophe in after an elided word.
    fn elision_end(&self, end: usize) -> usize {
        let Some(mark @ ('\'' | '\u{2019}')) = self.char_at(end) else { return end };
        let word = self.text.get(self.at..end).unwrap_or_default();
        let elided = word.len() <= 6 && ELIDED.iter().any(|e| e.eq_ignore_ascii_case(word));
        let next = end + mark.len_utf8();
        let closes = self
            .char_at(next)
            .is_none_or(|c| !c.is_alphanumeric() && c != '«' && c != '"' && c != '“');
        if elided && (!closes || self.char_at(next).is_none()) { next } else { end }
    }

    /// "'s" and "'nun" are one token with their apostrophe; any other apostrophe is a mark.
    fn apostrophe_end(&self, glued: bool) -> (Kind, usize) {
        let mark = self.char_at(self.at).map_or(1, char::len_utf8);
        let mut end = self.at + mark;
        let mut letters = 0;
        while let Some(c) = self.char_at(end).filter(|c| c.is_alphabetic()) {
            end += c.len_utf8();
            letters += 1;
        }
        if glued && (1..=5).contains(&letters) {
            (Kind::Word, end)
        } else {
            (Kind::Mark, self.at + mark)
        }
    }
}

/// Returns whether `c` is a character of a script that writes no spaces (katakana excepted).
pub fn is_ideograph(c: char) -> bool {
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
        assert_eq!(
            cut("Macy's Kurumu'nun O'Brien"),
            ["Macy", "'s", "Kurumu", "'nun", "O", "'Brien"]
        );
    }

    #[test]
    fn figures_keep_their_inner_marks_and_lose_glued_words() {
        assert_eq!(
            cut("1.234,56€ 10eur 08h13 2021年"),
            ["1.234,56", "€", "10", "eur", "08", "h", "13", "2021", "年"]
        );
        assert_eq!(cut("R$5,2 bi."), ["R", "$", "5,2", "bi", "."]);
    }
}

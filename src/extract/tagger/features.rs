//! What the tagger sees of a token: hashes of its letters, its neighbours and its surroundings.
//!
//! Every template yields exactly one slot, so a token costs the same whatever it is. Nothing is
//! allocated a token; what a word looks like is worked out once, when a neighbour first asks.

use std::ops::Range;

use crate::{
    base::{
        lang::Lang,
        token::{Kind, Token},
    },
    extract::capitals::LEGAL_FORMS,
    pack::sense::Sense,
    text::document::Document,
};

/// Slots of the table, as a power of two.
pub(super) const BITS: u32 = 20;

/// Slots that a token has in the table.
pub(super) const TEMPLATES: usize = 44;

/// What a word looks like.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    known: bool,
    /// Hash as written, and in small letters.
    word: u32,
    low: u32,
    /// Its first and last 2, 3 and 4 letters.
    head: [u32; 3],
    tail: [u32; 3],
    shape: u8,
    senses: u16,
}

/// How a sentence is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Plain,
    /// Most words have a capital.
    Title,
    /// Most words are all capitals.
    Shout,
}

/// Reads the tokens of one document.
#[derive(Debug)]
pub(super) struct Reader {
    lang: u32,
    looks: Vec<Look>,
    /// Words that stand in small letters, and with a capital inside a sentence; by hash.
    small: Seen,
    large: Seen,
    sentence: Range<usize>,
    manner: Manner,
    legal: Vec<u32>,
    /// Whether the meanings of words are hidden; in training, so that no weight leans on them alone.
    pub(super) no_senses: bool,
}

/// A set of hashes that may hold a few more than were put in.
#[derive(Debug)]
struct Seen {
    bits: Vec<u64>,
}

impl Seen {
    fn new(words: usize) -> Self {
        Self { bits: vec![0; (words / 4).next_power_of_two().max(16)] }
    }

    fn place(&self, hash: u32) -> (usize, u64) {
        let at = hash as usize;
        ((at >> 6) & (self.bits.len() - 1), 1 << (at & 63))
    }

    fn put(&mut self, hash: u32) {
        let (at, bit) = self.place(hash);
        self.bits[at] |= bit;
    }

    fn has(&self, hash: u32) -> bool {
        let (at, bit) = self.place(hash);
        self.bits[at] & bit != 0
    }
}

impl Reader {
    /// Looks over the whole document once.
    pub(super) fn new(document: &Document) -> Self {
        let count = document.tokens.len();
        let mut reader = Self {
            lang: family(document.pack.lang),
            looks: vec![Look::default(); count],
            small: Seen::new(count),
            large: Seen::new(count / 2),
            sentence: 0..0,
            manner: Manner::Plain,
            legal: LEGAL_FORMS.iter().map(|form| low_hash(form)).collect(),
            no_senses: false,
        };
        for sentence in &document.sentences {
            let is_plain = manner(document, sentence) == Manner::Plain;
            let mut inside = false;
            for at in sentence.clone() {
                let token = &document.tokens[at];
                if token.kind != Kind::Word {
                    continue;
                }
                if !token.capital {
                    reader.small.put(low_hash(token.span.of(document.text)));
                } else if inside && is_plain {
                    reader.large.put(low_hash(token.span.of(document.text)));
                }
                inside = true;
            }
        }
        reader
    }

    /// Goes to a sentence.
    pub(super) fn open(&mut self, document: &Document, sentence: &Range<usize>) {
        self.sentence = sentence.clone();
        self.manner = manner(document, sentence);
    }

    /// Returns whether a name may begin at a token that stands before `end`.
    pub(super) fn may_begin(&self, document: &Document, at: usize, end: usize) -> bool {
        let Some(token) = document.tokens.get(at) else { return false };
        has_capital(document, token)
            || (token.kind == Kind::Number
                && at + 1 < end
                && token.span.len() <= 4
                && document.tokens.get(at + 1).is_some_and(|t| t.capital))
    }

    /// Returns whether the document writes a word in small letters, too.
    pub(super) fn is_small_elsewhere(&self, word: &str) -> bool {
        self.small.has(low_hash(word))
    }

    fn look(&mut self, document: &Document, at: usize) -> Look {
        if !self.sentence.contains(&at) {
            return Look {
                shape: if at < self.sentence.start { 30 } else { 31 },
                low: 7,
                ..Look::default()
            };
        }
        let Some(look) = self.looks.get(at).copied() else { return Look::default() };
        if look.known {
            return look;
        }
        let mut look = look_of(document, &document.tokens[at]);
        if !self.no_senses {
            look.senses = senses(document, at);
        }
        if document.tokens[at].kind == Kind::Word && self.legal.contains(&look.low) {
            look.senses |= 1 << 15;
        }
        self.looks[at] = look;
        look
    }

    /// Writes the slots of a token of the open sentence.
    pub(super) fn slots(&mut self, document: &Document, at: usize, slots: &mut [u32; TEMPLATES]) {
        let here = self.look(document, at);
        let before = self.look(document, at.wrapping_sub(1));
        let after = self.look(document, at + 1);
        let before2 = self.look(document, at.wrapping_sub(2));
        let after2 = self.look(document, at + 2);
        let manner = self.manner as u32;
        let shape = |look: Look| u32::from(look.shape) | manner << 5;
        let (s, sb, sa) = (shape(here), shape(before), shape(after));
        let glued = u32::from(document.spaced(at)) | u32::from(document.spaced(at + 1)) << 1;
        let first = self.is_first(document, at);
        let habit = u32::from(self.small.has(here.low))
            | u32::from(self.large.has(here.low)) << 1
            | u32::from(first) << 2;
        let habit_after =
            u32::from(self.small.has(after.low)) | u32::from(self.large.has(after.low)) << 1;
        let lang = self.lang;
        let senses = |look: Look| u32::from(look.senses);
        let mut writer = Writer { slots, at: 0 };
        writer.put(here.low, s);
        writer.put(here.word, 1);
        writer.put(here.low, lang);
        for (head, tail) in here.head.into_iter().zip(here.tail) {
            writer.put(head, s);
            writer.put(tail, s);
        }
        writer.put(here.tail[0], lang);
        writer.put(here.tail[1], lang);
        writer.put(here.tail[2], lang);
        writer.put(here.head[2], lang);
        writer.put(s, lang);
        writer.put(s | glued << 8, sa);
        writer.put(s, sb);
        writer.put(s | sb << 8 | sa << 16, u32::from(before2.shape) | u32::from(after2.shape) << 8);
        writer.put(s | sb << 8 | sa << 16, 3);
        writer.put(before.low, s);
        writer.put(after.low, s);
        writer.put(before.low, lang);
        writer.put(after.low, lang);
        writer.put(before2.low, s);
        writer.put(after2.low, s);
        writer.put(before.low, here.low);
        writer.put(here.low, after.low);
        writer.put(before.low, before2.low);
        writer.put(after.low, after2.low);
        writer.put(before.low, after.low);
        writer.put(before.tail[1], s | lang << 8);
        writer.put(after.tail[1], s | lang << 8);
        writer.put(before.tail[2], s);
        writer.put(after.tail[2], s);
        writer.put(before.head[1], s);
        writer.put(after.head[1], s);
        writer.put(habit, s);
        writer.put(habit | habit_after << 8, s | sa << 8);
        writer.put(habit, s | lang << 8);
        writer.put(habit, here.tail[1]);
        writer.put(senses(here), s);
        writer.put(senses(before), s | sb << 8);
        writer.put(senses(after), s | sa << 8);
        writer.put(senses(before) | senses(after) << 16, s);
        writer.put(here.tail[1], sb | sa << 8);
    }

    fn is_first(&self, document: &Document, at: usize) -> bool {
        (self.sentence.start..at).all(|i| document.kind(i) != Kind::Word)
            || matches!(
                document.word(at.wrapping_sub(1)),
                ":" | "•" | "“" | "«" | "\"" | "„" | "–" | "—"
            )
    }
}

/// Returns whether a word has a capital anywhere.
fn has_capital(document: &Document, token: &Token) -> bool {
    let inner = || {
        let word = token.span.of(document.text);
        if word.is_ascii() {
            return word.bytes().any(|byte| byte.is_ascii_uppercase());
        }
        word.chars().any(char::is_uppercase)
    };
    token.kind == Kind::Word && token.span.len() < 120 && (token.capital || inner())
}

/// Languages share a number where one is too small to learn from alone.
fn family(lang: Lang) -> u32 {
    match lang {
        Lang::Nn => Lang::Nb as u32,
        Lang::Sr => Lang::Hr as u32,
        other => other as u32,
    }
}

fn manner(document: &Document, sentence: &Range<usize>) -> Manner {
    let (mut words, mut capitals, mut shouts) = (0, 0, 0);
    for token in document.tokens.get(sentence.clone()).unwrap_or_default() {
        if token.kind == Kind::Word && token.span.len() >= 4 {
            words += 1;
            capitals += u32::from(token.capital);
            shouts += u32::from(token.shout);
        }
    }
    if words >= 4 && shouts * 10 >= words * 7 {
        Manner::Shout
    } else if words >= 4 && capitals * 10 >= words * 8 {
        Manner::Title
    } else {
        Manner::Plain
    }
}

struct Writer<'s> {
    slots: &'s mut [u32; TEMPLATES],
    at: usize,
}

impl Writer<'_> {
    fn put(&mut self, a: u32, b: u32) {
        let seed = (self.at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut hash = (u64::from(a) | u64::from(b) << 32) ^ seed;
        hash = (hash ^ hash >> 31).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        hash = (hash ^ hash >> 29).wrapping_mul(0xCA5A_8263_9512_1157);
        if let Some(slot) = self.slots.get_mut(self.at) {
            *slot = (hash >> (64 - BITS)) as u32;
        }
        self.at += 1;
    }
}

fn step(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9E37_79B1)
}

fn small_letter(c: char) -> char {
    match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '’' => '\'',
        'ς' => 'σ',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

fn low_hash(word: &str) -> u32 {
    word.chars().fold(11, |hash, c| step(hash, small_letter(c)))
}

/// Longest word whose end is read.
const LONGEST: usize = 40;

fn look_of(document: &Document, token: &Token) -> Look {
    let word = token.span.of(document.text);
    let mut letters = ['\0'; LONGEST];
    let (mut count, mut upper, mut figures, mut first_upper) = (0, 0, 0, false);
    let (mut written, mut low) = (17, 11);
    let mut head = [0; 3];
    for c in word.chars() {
        written = step(written, c);
        let small = small_letter(c);
        low = step(low, small);
        if c.is_uppercase() {
            upper += 1;
            first_upper |= count == 0;
        }
        figures += u32::from(c.is_ascii_digit());
        if count < LONGEST {
            letters[count] = small;
        }
        count += 1;
        if (2..=4).contains(&count) {
            head[count - 2] = low;
        }
    }
    let kept = count.min(LONGEST);
    let tail = [2, 3, 4].map(|length| {
        let from = kept.saturating_sub(length);
        let end = letters.get(from..kept).unwrap_or_default();
        end.iter().fold(19 + end.len() as u32, |hash, &c| step(hash, c))
    });
    let shape = match token.kind {
        Kind::Word => word_shape(word, count, upper, figures, first_upper),
        Kind::Number if count == 4 => 10,
        Kind::Number => 11,
        Kind::Mark => mark_shape(word),
        Kind::Ideograph => 20,
        Kind::Break => 21,
    };
    Look { known: true, word: written, low, head, tail, shape, senses: 0 }
}

fn word_shape(word: &str, count: usize, upper: usize, figures: u32, first_upper: bool) -> u8 {
    let elided = word.ends_with(['\'', '’']);
    let ending = word.starts_with(['\'', '’']);
    match (upper, first_upper) {
        _ if ending => 1,
        (0, _) if elided => 2,
        (0, _) if figures > 0 => 3,
        (0, _) => 4,
        (1, true) if elided => 5,
        (1, true) if count == 1 => 6,
        (1, true) => 7,
        (_, true) if upper + figures as usize == count && count > 5 => 22,
        (_, true) if upper + figures as usize == count => 8,
        _ => 9,
    }
}

fn mark_shape(word: &str) -> u8 {
    match word {
        "-" | "‑" | "–" | "—" => 12,
        "." => 13,
        "," | ";" => 14,
        "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "’" | "‘" => 15,
        "&" | "+" | "@" | "/" => 16,
        "(" | "[" => 17,
        ")" | "]" => 18,
        _ => 19,
    }
}

/// Returns what the language's pack says of a word, as far as it tells of names.
fn senses(document: &Document, at: usize) -> u16 {
    let mut senses = 0;
    for hit in document.hits_at(at) {
        let whole = hit.last as usize == at + 1;
        senses |= match hit.sense {
            Sense::CompanyMark => 1,
            Sense::Title => 1 << 1,
            Sense::Country(_) => 1 << 2,
            Sense::Authority(_) => 1 << 3,
            Sense::Court => 1 << 4,
            Sense::Connector if whole => 1 << 5,
            Sense::FunctionWord if whole => 1 << 6,
            Sense::Month(_) | Sense::Weekday(_) if whole => 1 << 7,
            Sense::Common | Sense::Company if whole => 1 << 8,
            Sense::Currency(_) | Sense::Family(_) if whole => 1 << 9,
            Sense::LawWord if whole => 1 << 10,
            Sense::Trigger(..) if whole => 1 << 11,
            _ => 0,
        };
    }
    senses
}

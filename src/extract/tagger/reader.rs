//! Reads the tokens of one document for the tagger: neighbours, habits of writing, meanings.

use std::ops::Range;

use super::{
    learnt::family,
    memo::{Memo, Ticket, Word},
    model::{Model, Sums},
    net::{MIDDLE, PLACES},
    slots::{self, Around, MIXED, Setting, Sight},
};
use crate::{
    base::{hash::small_hash, token::Kind},
    extract::manner::{Manner, manner},
    pack::sense::Sense,
    text::document::Document,
};

/// A token with what was found out about it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    ticket: Ticket,
    sight: Sight,
}

/// Reads the tokens of one document.
#[derive(Debug)]
pub(super) struct Reader<'d, 't> {
    document: &'d Document<'t>,
    lang: u8,
    /// Words that stand in small letters, and with a capital inside a sentence; by hash.
    small: Set,
    large: Set,
    sentence: Range<usize>,
    manner: Manner,
    manners: Vec<Manner>,
    /// A token and its neighbours, from two before it to two behind it.
    five: [Option<Seen>; PLACES],
    /// The token that stands in the middle of `five`.
    middle: Option<usize>,
    /// What the pack says of the words before it, of it and behind it.
    told: [u16; 3],
    /// Whether a name may begin at each token.
    begins: Vec<bool>,
    /// Whether the meanings of words are hidden; in training, so that no weight leans on them alone.
    pub(super) no_senses: bool,
}

/// A set of hashes that may hold a few more than were put in.
#[derive(Debug)]
struct Set {
    bits: Vec<u64>,
}

impl Set {
    fn new(words: usize) -> Self {
        Self { bits: vec![0; (words / 4).next_power_of_two().max(16)] }
    }

    fn place(&self, hash: u32) -> (usize, u64) {
        let at = hash as usize;
        ((at >> 6) & (self.bits.len() - 1), 1 << (at & 63))
    }

    fn put(&mut self, hash: u32) {
        let (at, bit) = self.place(hash);
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= bit;
        }
    }

    fn has(&self, hash: u32) -> bool {
        let (at, bit) = self.place(hash);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

impl<'d, 't> Reader<'d, 't> {
    /// Looks over the whole document once.
    pub(super) fn new(document: &'d Document<'t>) -> Self {
        let count = document.tokens.len();
        let mut reader = Self {
            document,
            lang: family(document.pack.lang),
            small: Set::new(count),
            large: Set::new(count / 2),
            sentence: 0..0,
            manner: Manner::Plain,
            manners: Vec::with_capacity(document.sentences.len()),
            five: [None; PLACES],
            middle: None,
            told: [0; 3],
            begins: vec![false; count],
            no_senses: false,
        };
        for sentence in &document.sentences {
            reader.read(sentence);
        }
        reader
    }

    /// Notes how the words of a sentence are written.
    fn read(&mut self, sentence: &Range<usize>) {
        let document = self.document;
        let manner = manner(document, sentence);
        self.manners.push(manner);
        let is_plain = manner == Manner::Plain;
        let mut inside = false;
        let tokens = document.tokens.get(sentence.clone()).unwrap_or_default();
        let begins = self.begins.get_mut(sentence.clone()).unwrap_or_default();
        for (index, (token, begins)) in tokens.iter().zip(begins).enumerate() {
            let next = tokens.get(index + 1);
            *begins = match token.kind {
                Kind::Word if token.capital => {
                    if inside && is_plain {
                        self.large.put(token.low);
                    }
                    let ordinary = !inside
                        && next.is_some_and(|next| next.kind == Kind::Word && !next.capital)
                        && is_function_word(document, sentence.start + index);
                    inside = true;
                    token.span.len() < LONGEST && !ordinary
                }
                Kind::Word => {
                    self.small.put(token.low);
                    inside = true;
                    token.any_capital
                        && token.span.len() < LONGEST
                        && token
                            .span
                            .of(document.text)
                            .bytes()
                            .any(|byte| byte.is_ascii_uppercase())
                }
                Kind::Number => token.span.len() <= 4 && next.is_some_and(|next| next.capital),
                _ => false,
            };
        }
    }

    /// Goes to a sentence, by its number.
    pub(super) fn open(&mut self, number: usize) {
        self.sentence = self.document.sentences.get(number).cloned().unwrap_or_default();
        self.manner = self.manners.get(number).copied().unwrap_or_default();
        self.middle = None;
    }

    /// Returns whether the open sentence is written as a headline, with a capital at most words.
    pub(super) fn is_titled(&self) -> bool {
        self.manner == Manner::Title
    }

    /// Returns whether a name may begin at a token.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        self.begins.get(at).copied().unwrap_or_default()
    }

    /// Returns whether the document writes a word in small letters, too.
    pub(super) fn is_small_elsewhere(&self, word: &str) -> bool {
        self.small.has((small_hash(word) >> 32) as u32)
    }

    /// Returns what the open sentence adds to its words.
    pub(super) fn setting(&self) -> Setting {
        Setting { lang: self.lang, manner: self.manner as u8 }
    }

    /// Returns a token of the open sentence, or what stands beyond it, as it is looked up.
    pub(super) fn word(&self, at: usize) -> Word<'t> {
        let setting = self.setting();
        if let Some(token) = self.document.tokens.get(at).filter(|_| self.sentence.contains(&at)) {
            let text = token.span.of(self.document.text);
            return Word { text, kind: token.kind, setting, edge: None };
        }
        let (text, shape) = if at < self.sentence.end { ("<", 30) } else { (">", 31) };
        Word { text, kind: Kind::Break, setting, edge: Some(shape) }
    }

    /// Puts a token in the middle of the five.
    fn go_to(&mut self, at: usize) {
        let ahead = self.middle.and_then(|middle| at.checked_sub(middle));
        let ahead = ahead.unwrap_or(PLACES).min(PLACES);
        self.five.copy_within(ahead.., 0);
        self.five.iter_mut().skip(PLACES - ahead).for_each(|seen| *seen = None);
        self.middle = Some(at);
        self.told = match (ahead, self.told) {
            (1, [_, here, after]) => [here, after, self.senses(at + 1)],
            _ => self.three_senses(at),
        };
    }

    /// Looks for those of the five around a token that are not known yet: all are asked for first.
    fn see(&mut self, at: usize, model: &Model, memo: &mut Memo) {
        let (mut ids, mut tickets) = ([0; PLACES], [Ticket::default(); PLACES]);
        let new = self.five.map(|seen| seen.is_none());
        for (place, id) in ids.iter_mut().enumerate().filter(|(place, _)| new[*place]) {
            *id = self.word(around(at, place)).id();
            memo.ask_where(*id);
        }
        for (place, ticket) in tickets.iter_mut().enumerate().filter(|(place, _)| new[*place]) {
            *ticket = memo.ask_for(ids[place]);
        }
        for (place, ticket) in tickets.into_iter().enumerate().filter(|(place, _)| new[*place]) {
            self.find((at, place), ticket, model, memo);
        }
    }

    fn find(
        &mut self,
        (at, place): (usize, usize),
        ticket: Ticket,
        model: &Model,
        memo: &mut Memo,
    ) -> Seen {
        let token = around(at, place);
        // Of its neighbours those speak that may begin a name.
        let speaks = place == MIDDLE || place > MIDDLE && self.may_begin(token);
        let (ticket, sight) = memo.find(model, (ticket, &self.word(token)), speaks);
        let seen = Seen { ticket, sight };
        if let Some(to) = self.five.get_mut(place) {
            *to = Some(seen);
        }
        seen
    }

    /// Returns what is known of one of the five around a token, looked for again where another word
    /// has taken its place.
    fn seen(&mut self, at: usize, place: usize, model: &Model, memo: &mut Memo) -> Seen {
        if let Some(Some(seen)) = self.five.get(place)
            && memo.holds(seen.ticket)
        {
            return *seen;
        }
        let ticket = memo.ask_for(self.word(around(at, place)).id());
        self.find((at, place), ticket, model, memo)
    }

    /// Returns how the article writes the word of a token.
    fn habit(&self, at: usize) -> u8 {
        let token = self.document.tokens.get(at).filter(|token| token.kind == Kind::Word);
        token.filter(|_| self.sentence.contains(&at)).map_or(0, |token| {
            u8::from(self.small.has(token.low)) | u8::from(self.large.has(token.low)) << 1
        })
    }

    /// Returns what the pack says of the word of a token.
    fn senses(&self, at: usize) -> u16 {
        let is_told = !self.no_senses && self.sentence.contains(&at);
        if is_told { senses(self.document, at) } else { 0 }
    }

    fn three_senses(&self, at: usize) -> [u16; 3] {
        [at.wrapping_sub(1), at, at + 1].map(|at| self.senses(at))
    }

    /// Returns what the document says of a token of the open sentence.
    pub(super) fn around(&self, at: usize) -> Around {
        self.around_with(at, self.three_senses(at))
    }

    fn around_with(&self, at: usize, senses: [u16; 3]) -> Around {
        Around {
            glued: u8::from(self.document.spaced(at)) | u8::from(self.document.spaced(at + 1)) << 1,
            habit: self.habit(at) | u8::from(self.is_first(at)) << 2,
            habit_after: self.habit(at + 1),
            manner: self.manner as u8,
            senses,
        }
    }

    /// Returns what speaks for each label of a token of the open sentence, or some of it where that tells
    /// surely that no name goes on.
    pub(super) fn sums(&mut self, at: usize, model: &Model, memo: &mut Memo) -> Sums {
        self.go_to(at);
        let begins = self.may_begin(at);
        if begins {
            self.see(at, model, memo);
        }
        let here = self.seen(at, MIDDLE, model, memo);
        let mut sums = memo.says(model, here.ticket, || self.word(at));
        let ends = |sums: &Sums| sums.iter().skip(1).step_by(2).all(|&inside| inside < ALONE);
        if !begins && ends(&sums) {
            return sums;
        }
        self.see(at, model, memo);
        let mut hidden = model.net().base();
        let mut sights = [here.sight; PLACES];
        for (place, sight) in sights.iter_mut().enumerate() {
            let seen = self.seen(at, place, model, memo);
            memo.tell(model, seen.ticket, place, &mut hidden);
            *sight = seen.sight;
        }
        let around = self.around_with(at, self.told);
        model.net().look_around(&around, &mut hidden);
        model.net().speak(&hidden, &mut sums);
        let mut keys = [0; MIXED];
        slots::mixed(&sights, self.lang, &around, &mut keys);
        model.add(&keys, &mut sums);
        sums
    }

    fn is_first(&self, at: usize) -> bool {
        (self.sentence.start..at).all(|i| self.document.kind(i) != Kind::Word)
            || matches!(
                self.document.word(at.wrapping_sub(1)),
                ":" | "•" | "“" | "«" | "\"" | "„" | "–" | "—"
            )
    }
}

/// Returns the token that stands at a place around another.
fn around(at: usize, place: usize) -> usize {
    at.wrapping_add(place).wrapping_sub(MIDDLE)
}

/// No name goes on in a word in small letters which speaks against it by this much itself.
const ALONE: i16 = -200;

/// A word of this many bytes is none.
const LONGEST: usize = 120;

/// Returns whether a token is a small word of the language and nothing else.
fn is_function_word(document: &Document, at: usize) -> bool {
    document
        .hits_at(at)
        .iter()
        .any(|hit| hit.last as usize == at + 1 && hit.sense == Sense::FunctionWord)
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

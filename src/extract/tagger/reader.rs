//! Reads the tokens of one document for the tagger: neighbours, habits of writing, meanings.

use std::ops::Range;

use super::{
    features::class,
    memo::{Memo, Ticket, Word},
    model::{Model, Sums},
    slots::{self, Around, MIXED, Place, Setting, Sight, TEMPLATES},
};
use crate::{
    base::{hash::small_hash, lang::Lang, token::Kind},
    pack::sense::Sense,
    text::document::Document,
};

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

/// A token with what was found out about it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    ticket: Ticket,
    sight: Sight,
    habit: u8,
    senses: u16,
}

/// Reads the tokens of one document.
#[derive(Debug)]
pub(super) struct Reader<'d, 't> {
    document: &'d Document<'t>,
    lang: u16,
    /// Words that stand in small letters, and with a capital inside a sentence; by hash.
    small: Set,
    large: Set,
    sentence: Range<usize>,
    manner: Manner,
    manners: Vec<Manner>,
    /// A token and its neighbours, from two before it to two behind it.
    five: [Seen; 5],
    /// The token that stands in the middle of `five`.
    middle: Option<usize>,
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
            five: [Seen::default(); 5],
            middle: None,
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

    /// Returns whether a name may begin at a token.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        self.begins.get(at).copied().unwrap_or_default()
    }

    /// Returns whether the document writes a word in small letters, too.
    pub(super) fn is_small_elsewhere(&self, word: &str) -> bool {
        self.small.has((small_hash(word) >> 32) as u32)
    }

    fn setting(&self) -> Setting {
        Setting { lang: self.lang, manner: self.manner as u16 }
    }

    /// Returns a token of the open sentence as it is looked up.
    fn word(&self, at: usize) -> Word<'t> {
        let setting = self.setting();
        if let Some(token) = self.document.tokens.get(at).filter(|_| self.sentence.contains(&at)) {
            let text = token.span.of(self.document.text);
            return Word { text, kind: token.kind, setting, hash: token.low, edge: None };
        }
        let (text, shape) = if at < self.sentence.end { ("<", 30) } else { (">", 31) };
        Word { text, kind: Kind::Break, setting, hash: u32::from(shape) << 3, edge: Some(shape) }
    }

    fn seen(&self, at: usize, model: &Model, memo: &mut Memo) -> Seen {
        let word = self.word(at);
        let (ticket, sight) = memo.find(model, &word);
        let mut seen = Seen { ticket, sight, habit: 0, senses: 0 };
        if word.edge.is_none() {
            if word.kind == Kind::Word
                && let Some(token) = self.document.tokens.get(at)
            {
                let low = token.low;
                seen.habit = u8::from(self.small.has(low)) | u8::from(self.large.has(low)) << 1;
            }
            if !self.no_senses {
                seen.senses = senses(self.document, at);
            }
        }
        seen
    }

    /// Puts a token in the middle of the five.
    fn go_to(&mut self, at: usize, model: &Model, memo: &mut Memo) {
        let ahead = self.middle.and_then(|middle| at.checked_sub(middle)).unwrap_or(5).min(5);
        self.five.copy_within(ahead.., 0);
        for place in 5 - ahead..5 {
            let seen = self.seen(at.wrapping_add(place).wrapping_sub(2), model, memo);
            if let Some(to) = self.five.get_mut(place) {
                *to = seen;
            }
        }
        self.middle = Some(at);
    }

    fn around(&self, at: usize) -> Around {
        let [_, before, here, after, _] = &self.five;
        Around {
            glued: u32::from(self.document.spaced(at))
                | u32::from(self.document.spaced(at + 1)) << 1,
            habit: u32::from(here.habit) | u32::from(self.is_first(at)) << 2,
            habit_after: after.habit.into(),
            senses: [before.senses, here.senses, after.senses],
        }
    }

    /// Returns the sums of a token of the open sentence.
    pub(super) fn sums(&mut self, at: usize, model: &Model, memo: &mut Memo) -> Sums {
        self.go_to(at, model, memo);
        let mut slots = [0; MIXED];
        slots::mixed(&self.sights(), self.setting(), &self.around(at), &mut slots);
        let mut sums = [0; 8];
        model.add(&slots, &mut sums);
        let class = class(self.five[2].sight.shape);
        for (seen, (place, offset)) in self.five.iter().zip(FIVE) {
            let mut ticket = seen.ticket;
            if !memo.holds(ticket) {
                // Another word took its place.
                (ticket, _) = memo.find(model, &self.word(at.wrapping_add_signed(offset)));
            }
            memo.add(model, ticket, (place, class), &mut sums);
        }
        sums
    }

    fn sights(&self) -> [Sight; 5] {
        self.five.map(|seen| seen.sight)
    }

    /// Writes all slots of a token of the open sentence; for training.
    pub(super) fn slots(
        &mut self,
        at: usize,
        model: &Model,
        memo: &mut Memo,
        slots: &mut [u32; TEMPLATES],
    ) {
        self.go_to(at, model, memo);
        let class = class(self.five[2].sight.shape);
        let mut rest = slots.as_mut_slice();
        for (place, offset) in IN_ORDER {
            let Some((own, behind)) = rest.split_at_mut_checked(place.count()) else { return };
            let look = memo.look(model, &self.word(at.wrapping_add_signed(offset)));
            slots::of_word(&look, place, class, self.setting(), own);
            rest = behind;
        }
        slots::mixed(&self.sights(), self.setting(), &self.around(at), rest);
    }

    fn is_first(&self, at: usize) -> bool {
        (self.sentence.start..at).all(|i| self.document.kind(i) != Kind::Word)
            || matches!(
                self.document.word(at.wrapping_sub(1)),
                ":" | "•" | "“" | "«" | "\"" | "„" | "–" | "—"
            )
    }
}

/// The words that speak of a token, and how far from it they stand.
const FIVE: [(Place, isize); 5] = [
    (Place::Before2, -2),
    (Place::Before, -1),
    (Place::Here, 0),
    (Place::After, 1),
    (Place::After2, 2),
];

/// The same in the order of the templates.
const IN_ORDER: [(Place, isize); 5] = [FIVE[2], FIVE[1], FIVE[3], FIVE[0], FIVE[4]];

/// A word of this many bytes is none.
const LONGEST: usize = 120;

/// Returns whether a token is a small word of the language and nothing else.
fn is_function_word(document: &Document, at: usize) -> bool {
    document
        .hits_at(at)
        .iter()
        .any(|hit| hit.last as usize == at + 1 && hit.sense == Sense::FunctionWord)
}

/// The languages that weights are learnt for. A language's number is its place, so new ones go
/// behind the last: any other order would hand each the weights of its neighbour.
const LEARNT: &[Lang] = &[
    Lang::Ar,
    Lang::Bg,
    Lang::Ca,
    Lang::Cs,
    Lang::Da,
    Lang::De,
    Lang::El,
    Lang::En,
    Lang::Es,
    Lang::Et,
    Lang::Fi,
    Lang::Fr,
    Lang::Ga,
    Lang::He,
    Lang::Hi,
    Lang::Hr,
    Lang::Hu,
    Lang::Is,
    Lang::It,
    Lang::Ja,
    Lang::Ko,
    Lang::Lt,
    Lang::Lv,
    Lang::Mt,
    Lang::Nb,
    Lang::Nl,
    Lang::Nn,
    Lang::Pl,
    Lang::Pt,
    Lang::Ro,
    Lang::Ru,
    Lang::Sk,
    Lang::Sl,
    Lang::Sr,
    Lang::Sv,
    Lang::Tr,
    Lang::Uk,
    Lang::Zh,
];

/// Returns the number of a language, which one too small to learn from alone shares with its kin.
fn family(lang: Lang) -> u16 {
    let kin = match lang {
        Lang::Mk => Lang::Bg,
        Lang::Nn => Lang::Nb,
        Lang::Sr => Lang::Hr,
        other => other,
    };
    LEARNT.iter().position(|&other| other == kin).unwrap_or(LEARNT.len()) as u16
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

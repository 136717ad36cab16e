//! Reads the tokens of one document for the tagger: neighbours, habits of writing, meanings.

use std::ops::Range;

use super::{
    features::class,
    memo::{Memo, Ticket, Word},
    model::{Model, Sums},
    slots::{self, Around, MIXED, Place, Setting, Sight, TEMPLATES},
};
use crate::{
    base::{lang::Lang, token::Kind},
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
    /// Number of the token, from 1.
    key: usize,
    ticket: Ticket,
    sight: Sight,
    habit: u8,
    senses: u16,
}

/// Tokens that are remembered at a time; a power of two.
const WINDOW: usize = 8;

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
    window: [Seen; WINDOW],
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

    fn place(&self, hash: u64) -> (usize, u64) {
        let at = (hash >> 32) as usize;
        ((at >> 6) & (self.bits.len() - 1), 1 << (at & 63))
    }

    fn put(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= bit;
        }
    }

    fn has(&self, hash: u64) -> bool {
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
            window: [Seen::default(); WINDOW],
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
        let is_plain = manner(document, sentence) == Manner::Plain;
        let mut inside = false;
        for at in sentence.clone() {
            let Some(token) = document.tokens.get(at) else { return };
            let next = document.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
            let begins = match token.kind {
                Kind::Word if token.capital => {
                    let word = token.span.of(document.text);
                    if inside && is_plain {
                        self.large.put(small_hash(word));
                    }
                    let ordinary = !inside
                        && next.is_some_and(|next| next.kind == Kind::Word && !next.capital)
                        && is_function_word(document, at);
                    inside = true;
                    word.len() < LONGEST && !ordinary
                }
                Kind::Word => {
                    let word = token.span.of(document.text).as_bytes();
                    self.small.put(hash(word));
                    inside = true;
                    word.len() < LONGEST && word.iter().any(u8::is_ascii_uppercase)
                }
                Kind::Number => token.span.len() <= 4 && next.is_some_and(|next| next.capital),
                _ => false,
            };
            if let Some(place) = self.begins.get_mut(at) {
                *place = begins;
            }
        }
    }

    /// Goes to a sentence.
    pub(super) fn open(&mut self, sentence: &Range<usize>) {
        self.sentence = sentence.clone();
        self.manner = manner(self.document, sentence);
        self.window = [Seen::default(); WINDOW];
    }

    /// Returns whether a name may begin at a token.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        self.begins.get(at).copied().unwrap_or_default()
    }

    /// Returns whether the document writes a word in small letters, too.
    pub(super) fn is_small_elsewhere(&self, word: &str) -> bool {
        self.small.has(small_hash(word))
    }

    fn setting(&self) -> Setting {
        Setting { lang: self.lang, manner: self.manner as u16 }
    }

    /// Returns a token of the open sentence as it is looked up.
    fn word(&self, at: usize) -> Word<'t> {
        let setting = self.setting();
        if let Some(token) = self.document.tokens.get(at).filter(|_| self.sentence.contains(&at)) {
            let text = token.span.of(self.document.text);
            let hash = hash(text.as_bytes());
            return Word { text, kind: token.kind, setting, hash, edge: None };
        }
        let (text, shape) = if at < self.sentence.end { ("<", 30) } else { (">", 31) };
        Word { text, kind: Kind::Break, setting, hash: u64::from(shape) << 3, edge: Some(shape) }
    }

    fn seen(&mut self, at: usize, model: &Model, memo: &mut Memo) -> Seen {
        let key = at.wrapping_add(1);
        let place = key % WINDOW;
        if let Some(seen) = self.window.get(place)
            && seen.key == key
            && key != 0
        {
            return *seen;
        }
        let word = self.word(at);
        let (ticket, look) = memo.find(model, &word);
        let mut seen = Seen { key, ticket, sight: Sight::of(&look), habit: 0, senses: 0 };
        if word.edge.is_none() {
            if word.kind == Kind::Word {
                let low = if self.document.tokens.get(at).is_some_and(|token| token.capital) {
                    small_hash(word.text)
                } else {
                    word.hash
                };
                seen.habit = u8::from(self.small.has(low)) | u8::from(self.large.has(low)) << 1;
            }
            if !self.no_senses {
                seen.senses = senses(self.document, at);
            }
        }
        if let Some(place) = self.window.get_mut(place) {
            *place = seen;
        }
        seen
    }

    fn five(&mut self, at: usize, model: &Model, memo: &mut Memo) -> [Seen; 5] {
        FIVE.map(|(_, offset)| self.seen(at.wrapping_add_signed(offset), model, memo))
    }

    fn around(&self, at: usize, five: &[Seen; 5]) -> Around {
        let [here, before, after, _, _] = five;
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
        let five = self.five(at, model, memo);
        let mut sums = [0; 8];
        let class = class(five[0].sight.shape);
        for (seen, (place, offset)) in five.iter().zip(FIVE) {
            let mut ticket = seen.ticket;
            if !memo.holds(ticket) {
                // A neighbour took its place.
                (ticket, _) = memo.find(model, &self.word(at.wrapping_add_signed(offset)));
            }
            memo.add(model, ticket, (place, class), &mut sums);
        }
        let mut slots = [0; MIXED];
        let around = self.around(at, &five);
        slots::mixed(&five.map(|seen| seen.sight), self.setting(), &around, &mut slots);
        model.add(&slots, &mut sums);
        sums
    }

    /// Writes all slots of a token of the open sentence; for training.
    pub(super) fn slots(
        &mut self,
        at: usize,
        model: &Model,
        memo: &mut Memo,
        slots: &mut [u32; TEMPLATES],
    ) {
        let five = self.five(at, model, memo);
        let class = class(five[0].sight.shape);
        let mut rest = slots.as_mut_slice();
        for (place, offset) in FIVE {
            let Some((own, behind)) = rest.split_at_mut_checked(place.count()) else { return };
            let (_, look) = memo.find(model, &self.word(at.wrapping_add_signed(offset)));
            slots::of_word(&look, place, class, self.setting(), own);
            rest = behind;
        }
        let around = self.around(at, &five);
        slots::mixed(&five.map(|seen| seen.sight), self.setting(), &around, rest);
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
    (Place::Here, 0),
    (Place::Before, -1),
    (Place::After, 1),
    (Place::Before2, -2),
    (Place::After2, 2),
];

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

/// Returns a hash of bytes, eight at a time.
fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, piece: u64| {
        let product = u128::from(hash ^ piece) * u128::from(FACTOR);
        product as u64 ^ (product >> 64) as u64
    };
    let (pieces, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64 ^ 0xA24B_AED4_963E_E407;
    for piece in pieces {
        hash = mix(hash, u64::from_le_bytes(*piece));
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let hash = mix(hash, u64::from_le_bytes(last));
    hash ^ hash >> 29
}

/// Returns the hash of the word in small letters.
fn small_hash(word: &str) -> u64 {
    let mut small = [0; 64];
    if word.is_ascii()
        && let Some(place) = small.get_mut(..word.len())
    {
        place.copy_from_slice(word.as_bytes());
        place.make_ascii_lowercase();
        return hash(place);
    }
    let mut end = 0;
    for c in word.chars() {
        let c = c.to_lowercase().next().unwrap_or(c);
        let Some(place) = small.get_mut(end..end + c.len_utf8()) else { break };
        end += c.encode_utf8(place).len();
    }
    hash(small.get(..end).unwrap_or_default())
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

//! The words of one language as a trie over tokens: one look-up a token, whatever their number.
//!
//! A folded word is a *form*. A form stands for one or more *symbols*: itself, and each `word~x`
//! that expands to it. Phrases are paths of symbols; a node carries the senses that end there.

use super::{heads::Heads, interned::Interned, sense::Sense, shape::Shape};
use crate::base::token::{Kind, Token};

/// A phrase found in a text: tokens `first..last` and what they mean.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// First token.
    pub first: u32,
    /// One past the last token, before the gap if the phrase has one.
    pub last: u32,
    /// One past the last token of all of it.
    pub tail: u32,
    /// What the phrase means.
    pub sense: Sense,
}

/// A node of the trie: where its senses and its edges stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    pub(super) senses: (u32, u32),
    pub(super) edges: (u32, u32),
}

/// What a form stands for: half a line of the processor's cache, and all that most words need.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct FormEntry {
    /// Bits of its symbols.
    pub(super) bits: u64,
    /// Bits of the symbols that a longer phrase goes on with.
    pub(super) awaits: u64,
    /// The first of its own senses, if it has any.
    pub(super) sense: Sense,
    /// Its other senses: where they start, and how many they are.
    pub(super) more: u32,
    pub(super) count: u16,
    /// Whether it has a sense of its own.
    pub(super) means: bool,
    /// Whether a gap may follow it.
    pub(super) leaps: bool,
    /// Whether it is more than a part of longer names: see [`Lexicon::is_ordinary`].
    pub(super) ordinary: bool,
}

impl Default for FormEntry {
    fn default() -> Self {
        Self {
            bits: 0,
            awaits: 0,
            sense: Sense::One,
            more: 0,
            count: 0,
            means: false,
            leaps: false,
            ordinary: false,
        }
    }
}

/// What phrases are made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FormParts {
    /// The symbols of the form.
    pub(super) symbols: (u32, u32),
    /// The nodes of those symbols that a phrase may start with.
    pub(super) roots: (u32, u32),
}

/// Returns the bit of a symbol, which it shares with others.
pub(super) fn bit(symbol: u32) -> u64 {
    1 << (symbol.wrapping_mul(0x9E37_79B1) >> 26)
}

/// The compiled words of one language.
///
/// All lists are flat: an entry holds where its part of a list starts and ends.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) shape: Shape,
    pub(super) forms: Interned,
    pub(super) entries: Vec<FormEntry>,
    pub(super) parts: Vec<FormParts>,
    pub(super) symbols: Vec<u32>,
    pub(super) roots: Vec<u32>,
    pub(super) nodes: Vec<Node>,
    pub(super) senses: Vec<Sense>,
    /// Senses of single forms beyond their first.
    pub(super) own: Vec<Sense>,
    /// Symbol and node it leads to, sorted within a node.
    pub(super) edges: Vec<(u32, u32)>,
    /// First two bytes of the words that a number in one word may start with, sorted.
    pub(super) number_starts: Vec<[u8; 2]>,
    /// Forms that may end a compound.
    pub(super) heads: Heads,
}

/// Symbol of a gap; above all others, so that it is a node's last edge.
pub(super) const GAP: u32 = u32::MAX;

/// Most tokens that a gap skips.
const GAP_WIDTH: usize = 14;

/// Where the phrases that start at one token are looked for.
struct Walk<'w> {
    text: &'w str,
    tokens: &'w [Token],
    first: usize,
}

impl Walk<'_> {
    /// Returns whether no gap goes on beyond a token: at breaks and the marks that end clauses.
    fn ends_clause(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let kind = |at: usize| self.tokens.get(at).map(|token| token.kind);
        match (token.kind, token.span.of(self.text)) {
            (Kind::Break, _) | (Kind::Mark, ";" | "?" | "!" | ":") => true,
            // "am 5. Mai" goes on.
            (Kind::Mark, ".") => {
                at.checked_sub(1).and_then(kind) != Some(Kind::Number)
                    && self.tokens.get(at + 1).is_none_or(|next| next.spaced && next.capital)
            }
            _ => false,
        }
    }
}

/// Returns the part of a list that an entry names.
fn part<T>(list: &[T], (from, to): (u32, u32)) -> &[T] {
    list.get(from as usize..to as usize).unwrap_or_default()
}

impl Lexicon {
    /// Gives back the room that its lists grew into: a pack stays for the whole run.
    pub(super) fn shrink(&mut self) {
        self.forms.shrink_to_fit();
        self.entries.shrink_to_fit();
        self.parts.shrink_to_fit();
        self.symbols.shrink_to_fit();
        self.roots.shrink_to_fit();
        self.nodes.shrink_to_fit();
        self.senses.shrink_to_fit();
        self.own.shrink_to_fit();
        self.edges.shrink_to_fit();
    }

    /// Returns how this language's words are folded.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Returns the form of a folded word that the lexicon knows, listed or derived.
    pub fn form_of(&self, folded: &str, kind: Kind) -> u32 {
        match self.forms.get(folded) {
            Some(form) => form,
            None if kind == Kind::Word => self.derived(folded).unwrap_or(Token::UNKNOWN),
            None => Token::UNKNOWN,
        }
    }

    /// Cuts a word that is scales and a currency written as one ("억원", "miljoonaeuroa").
    ///
    /// Returns the byte ends of its pieces, each with its form.
    pub fn unit_pieces(&self, word: &str) -> Option<Vec<(usize, u32)>> {
        let mut pieces = Vec::new();
        self.cut_units(word, 0, &mut pieces).then_some(pieces)
    }

    fn cut_units(&self, word: &str, from: usize, pieces: &mut Vec<(usize, u32)>) -> bool {
        let Some(rest) = word.get(from..) else { return false };
        if rest.is_empty() {
            return pieces.len() > 1;
        }
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
        for end in ends.into_iter().rev() {
            let Some(piece) = rest.get(..end) else { continue };
            let folded = self.shape.fold(piece);
            let whole = from + end == word.len();
            let form = self.forms.get(&folded).or_else(|| whole.then(|| self.stripped(&folded))?);
            let Some(form) = form.filter(|&f| self.is_unit(f, whole)) else { continue };
            pieces.push((from + end, form));
            if self.cut_units(word, from + end, pieces) {
                return true;
            }
            pieces.pop();
        }
        false
    }

    fn is_unit(&self, form: u32, last: bool) -> bool {
        self.own_senses(form).any(|sense| match sense {
            Sense::Scale(_) => true,
            Sense::Currency(_) | Sense::Family(_) => last,
            _ => false,
        })
    }

    /// Returns what a form means all by itself.
    pub(super) fn own_senses(&self, form: u32) -> impl Iterator<Item = Sense> {
        let entry = self.entries.get(form as usize).copied().unwrap_or_default();
        let more = part(&self.own, (entry.more, entry.more + u32::from(entry.count)));
        entry.means.then_some(entry.sense).into_iter().chain(more.iter().copied())
    }

    /// Undoes what agglutination and compounding put on a listed form.
    fn derived(&self, word: &str) -> Option<u32> {
        if let Some(form) = self.stripped(word) {
            return Some(form);
        }
        for prefix in &self.shape.prefixes {
            let Some(rest) = word.strip_prefix(&**prefix).filter(|r| r.chars().count() >= 2) else {
                continue;
            };
            if let Some(form) = self.forms.get(rest).or_else(|| self.stripped(rest)) {
                return Some(form);
            }
        }
        self.heads.of(word, &self.shape.suffixes)
    }

    fn stripped(&self, word: &str) -> Option<u32> {
        self.stems(word).next()
    }

    /// Returns the listed forms that a word is one of with a suffix on top.
    pub(super) fn stems<'w>(&'w self, word: &'w str) -> impl Iterator<Item = u32> + 'w {
        let long = |stem: &&str| stem.chars().take(2).count() == 2;
        let stems = self.shape.suffixes.stems(word).filter(long);
        stems.filter_map(|stem| self.forms.get(stem))
    }

    /// Returns the listed word that a word is a form of, as it is written there: without the suffix
    /// that is put on top of it, the shortest that leaves a listed noun for firms ("şirketine" is "şirketi").
    pub fn base<'w>(&self, word: &'w str) -> Option<&'w str> {
        let folded = self.shape.fold(word);
        if self.forms.contains(&folded) {
            return None;
        }
        let suffixes = &self.shape.suffixes;
        let is_listed = |stem: &&str| {
            let ends_listed = || self.heads.of(stem, suffixes).is_some();
            stem.chars().nth(1).is_some() && (self.forms.contains(stem) || ends_listed())
        };
        let is_noun = |stem: &&str| {
            let noun = |sense| {
                matches!(sense, Sense::Firm | Sense::Holder | Sense::Company | Sense::CompanyMark)
            };
            self.forms.get(stem).is_some_and(|form| self.stands_for(form, noun))
        };
        let noun = suffixes.stems(&folded).filter(is_noun).last();
        let stem = noun.or_else(|| suffixes.stems(&folded).find(is_listed))?;
        let letters = stem.chars().count();
        let end = word.char_indices().nth(letters).map(|(at, _)| at)?;
        word.get(..end)
    }

    /// Returns whether a word is a listed form, with nothing undone.
    pub fn is_listed(&self, word: &str) -> bool {
        self.forms.contains(&self.shape.fold(word))
    }

    /// Returns whether a word is no listed form, but ends in one that ends compounds: "Swedbank".
    pub fn is_compound(&self, word: &str) -> bool {
        let folded = self.shape.fold(word);
        !self.forms.contains(&folded) && self.heads.of(&folded, &self.shape.suffixes).is_some()
    }

    /// Returns whether a form is more than a part of well-known companies' names: "نور" of "نور الخليج" may be
    /// part of any other name.
    pub fn is_ordinary(&self, form: u32) -> bool {
        self.entries.get(form as usize).is_some_and(|entry| entry.ordinary)
    }

    /// Returns whether a word is listed as the end of compounds.
    pub fn is_head(&self, word: &str) -> bool {
        self.heads.has(&self.shape.fold(word))
    }

    /// Returns whether a form stands for a sense that `wanted` accepts, all by itself.
    pub fn stands_for(&self, form: u32, wanted: impl Fn(Sense) -> bool) -> bool {
        self.own_senses(form).any(wanted)
    }

    /// Returns whether a folded word stands for a sense that `wanted` accepts, all by itself.
    pub fn sense_of(&self, folded: &str, mut wanted: impl FnMut(Sense) -> bool) -> Option<Sense> {
        let form = self.forms.get(folded)?;
        self.own_senses(form).find(|&sense| wanted(sense))
    }

    /// Returns whether a word, not yet folded, may be a number written as one, by its first letters.
    pub fn may_start_number(&self, word: &str) -> bool {
        let Some(start) = word.as_bytes().first_chunk::<2>() else { return false };
        // Only plain letters are sure to fold to themselves.
        let small = start.map(|byte| byte.to_ascii_lowercase());
        let is_mapped = || small.iter().any(|byte| self.shape.maps(char::from(*byte)));
        let is_plain = start.is_ascii() && (word.is_ascii() || !is_mapped());
        !is_plain || self.number_starts.binary_search(&small).is_ok()
    }

    /// Returns whether a folded word may be a number written as one: "fünfundzwanzig".
    pub fn may_be_number(&self, folded: &str) -> bool {
        let start = folded.as_bytes().first_chunk();
        start.is_some_and(|start| self.number_starts.binary_search(start).is_ok())
    }

    /// Appends every phrase of `text` that starts at token `first`.
    ///
    /// A phrase with a gap is found at what stands before the gap ("ruft" of "ruft … zurück"), those of
    /// [`Sense::Informs`] at all of it.
    pub fn hits(&self, text: &str, tokens: &[Token], first: usize, hits: &mut Vec<Hit>) {
        let Some(token) = tokens.get(first).filter(|t| t.form != Token::UNKNOWN) else { return };
        let Some(entry) = self.entries.get(token.form as usize) else { return };
        let goes_on = entry.leaps
            || tokens
                .get(first + 1)
                .and_then(|next| self.entries.get(next.form as usize))
                .is_some_and(|next| next.bits & entry.awaits != 0);
        if !goes_on {
            let (first, last) = (first as u32, first as u32 + 1);
            let tail = last;
            if entry.means {
                hits.push(Hit { first, last, tail, sense: entry.sense });
            }
            if entry.count > 0 {
                let more = part(&self.own, (entry.more, entry.more + u32::from(entry.count)));
                hits.extend(more.iter().map(|&sense| Hit { first, last, tail, sense }));
            }
            return;
        }
        let walk = Walk { text, tokens, first };
        let parts = self.parts.get(token.form as usize).copied().unwrap_or_default();
        for &node in part(&self.roots, parts.roots) {
            self.enter(&walk, first, node, None, hits);
        }
    }

    /// Takes the senses of a node that token `at` led to, and goes on behind it; `end` is where
    /// the first gap of the phrase began.
    fn enter(&self, walk: &Walk, at: usize, node: u32, end: Option<u32>, hits: &mut Vec<Hit>) {
        let Some(node) = self.nodes.get(node as usize) else { return };
        let tail = at as u32 + 1;
        let last = end.unwrap_or(tail);
        for &sense in part(&self.senses, node.senses) {
            // What matters of these is what stands behind them.
            let last = if sense == Sense::Informs { tail } else { last };
            hits.push(Hit { first: walk.first as u32, last, tail, sense });
        }
        let edges = part(&self.edges, node.edges);
        let Some(&(symbol, beyond)) = edges.last() else { return };
        self.step(walk, at + 1, edges, end, hits);
        if symbol == GAP {
            self.leap(walk, at + 1, beyond, Some(last), hits);
        }
    }

    /// Follows the edges that token `at` leads along.
    fn step(
        &self,
        walk: &Walk,
        at: usize,
        edges: &[(u32, u32)],
        end: Option<u32>,
        hits: &mut Vec<Hit>,
    ) {
        let token = walk.tokens.get(at).filter(|token| token.form != Token::UNKNOWN);
        let Some(parts) = token.and_then(|token| self.parts.get(token.form as usize)) else {
            return;
        };
        for &symbol in part(&self.symbols, parts.symbols) {
            if let Ok(place) = edges.binary_search_by_key(&symbol, |edge| edge.0)
                && let Some(&(_, node)) = edges.get(place)
            {
                self.enter(walk, at, node, end, hits);
            }
        }
    }

    /// Returns whether a token denies the word of an action behind it.
    fn denies(&self, walk: &Walk, at: usize) -> bool {
        let token = walk.tokens.get(at);
        token.is_some_and(|token| self.stands_for(token.form, |sense| sense == Sense::Denial))
    }

    /// Looks for the rest of a phrase behind a gap: the nearest place counts.
    fn leap(&self, walk: &Walk, at: usize, node: u32, end: Option<u32>, hits: &mut Vec<Hit>) {
        let Some(node) = self.nodes.get(node as usize) else { return };
        let edges = part(&self.edges, node.edges);
        let from = hits.len();
        for to in at..walk.tokens.len().min(at + GAP_WIDTH) {
            self.step(walk, to, edges, end, hits);
            if hits.len() > from {
                // "hat … untersagt" is not what "hat das Geschäft nicht untersagt" says.
                if to > at && self.denies(walk, to - 1) {
                    let mut own = hits.split_off(from);
                    own.retain(|hit| !matches!(hit.sense, Sense::Trigger(..)));
                    hits.append(&mut own);
                }
                return;
            }
            if walk.ends_clause(to) {
                return;
            }
        }
    }

    /// Returns the number of distinct word forms.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Returns whether the lexicon has no words.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

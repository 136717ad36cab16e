//! A clean text as every later stage sees it: tokens, what their words mean, sentences.
//!
//! Built in one pass over the text and one over its tokens. Later stages work on token numbers
//! and senses, never on strings, and report byte spans of the text.

use std::{cell::OnceCell, collections::BTreeSet, ops::Range};

use super::{memo::Memo, particles, sentences};
use crate::{
    base::{
        class::is_ideograph,
        span::Span,
        token::{Kind, Token, tokenize},
    },
    pack::{
        compile::Pack,
        lexicon::Hit,
        sense::{Country, Sense, starts},
        world::gazetteer::Gazetteer,
    },
};

/// A clean text with its tokens, the meanings of its words, and its sentences.
#[derive(Debug)]
pub struct Document<'a> {
    /// The language's words.
    pub pack: &'a Pack,
    /// Clean text, headline first.
    pub text: &'a str,
    /// Decimal mark of its figures: the language's, unless the article shows the other.
    pub decimal: char,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Everything that the language's words mean, ordered by first token.
    hits: Vec<Hit>,
    /// Index of the first hit of each token, and one more.
    offsets: Vec<u32>,
    /// Numbers of the hits, ordered by their last token.
    by_end: Vec<u32>,
    /// Index into `by_end` of the first hit that ends before each token, and one more.
    end_offsets: Vec<u32>,
    /// What each token may start, as bits of [`starts`].
    starts: Vec<u8>,
    /// Whether each sentence has a word that may tell of an action, worked out when first asked for.
    telling: OnceCell<Vec<bool>>,
    /// Countries that it names or places of which it names, worked out when first asked for.
    spoken: OnceCell<BTreeSet<Country>>,
    /// Token ranges, in order; a line break ends a sentence.
    pub sentences: Vec<Range<usize>>,
    /// Number of sentences that belong to the headline.
    pub headline: usize,
}

/// Letters that the forms of a noun share.
const STEM: usize = 5;

impl<'a> Document<'a> {
    /// Cuts `text` and looks up its words, but none of the world's names.
    pub fn new(pack: &'a Pack, text: &'a str, headline_len: usize) -> Self {
        Self::read(pack, &Gazetteer::default(), text, headline_len, &mut Memo::default())
    }

    /// Cuts `text` and looks up its words.
    pub fn read(
        pack: &'a Pack,
        gazetteer: &Gazetteer,
        text: &'a str,
        headline_len: usize,
        memo: &mut Memo,
    ) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        tokenize(text, &mut tokens);
        for token in tokens.iter_mut().filter(|token| token.kind != Kind::Break) {
            memo.look_up(pack, gazetteer, text, token);
        }
        let mut tokens = with_units_split(pack, gazetteer, text, tokens, memo);
        particles::split(pack, text, &mut tokens, |token| {
            memo.look_up(pack, gazetteer, text, token);
        });
        let mut hits = Vec::with_capacity(tokens.len() / 2);
        let mut offsets = Vec::with_capacity(tokens.len() + 1);
        let mut starts = Vec::with_capacity(tokens.len());
        for first in 0..tokens.len() {
            offsets.push(hits.len() as u32);
            let from = hits.len();
            pack.lexicon.hits(text, &tokens, first, &mut hits);
            let figures =
                if tokens[first].kind == Kind::Number { starts::DATE | starts::MONEY } else { 0 };
            starts
                .push(hits[from..].iter().fold(figures, |bits, hit| bits | starts::of(hit.sense)));
        }
        offsets.push(hits.len() as u32);
        let (by_end, end_offsets) = by_end(&hits, tokens.len());
        let mut document = Self {
            pack,
            text,
            decimal: decimal(pack, text, &tokens),
            tokens,
            hits,
            offsets,
            by_end,
            end_offsets,
            starts,
            telling: OnceCell::new(),
            spoken: OnceCell::new(),
            sentences: Vec::new(),
            headline: 0,
        };
        document.sentences = sentences::cut(&document);
        document.headline = document
            .sentences
            .iter()
            .take_while(|s| document.span(s).end as usize <= headline_len)
            .count();
        document
    }

    /// Returns whether something of `kind` (a bit of [`starts`]) may start at `token`.
    pub fn may_start(&self, token: usize, kind: u8) -> bool {
        self.starts.get(token).is_some_and(|bits| bits & kind != 0)
    }

    /// Returns whether a sentence has a word that may tell of an action.
    pub fn tells_action(&self, sentence: &Range<usize>) -> bool {
        sentence.clone().any(|token| self.may_start(token, starts::ACTION))
    }

    /// Returns whether the sentence that holds a token has a word that may tell of an action.
    pub fn is_told_of(&self, token: usize) -> bool {
        let telling = self
            .telling
            .get_or_init(|| self.sentences.iter().map(|s| self.tells_action(s)).collect());
        telling.get(self.sentence_of(token)).copied().unwrap_or_default()
    }

    /// Returns whether the article names a country or a place in it.
    pub fn speaks_of(&self, country: Country) -> bool {
        let spoken = self.spoken.get_or_init(|| {
            let country = |hit: &Hit| match hit.sense {
                Sense::Country(country) | Sense::Place(country) => Some(country),
                _ => None,
            };
            self.hits.iter().filter_map(country).collect()
        });
        spoken.contains(&country)
    }

    /// Returns whether the text is in the letters that the pack reads as others: one in twelve is.
    pub fn in_other_letters(&self) -> bool {
        if self.pack.other_home.is_empty() {
            return false;
        }
        let shape = self.pack.lexicon.shape();
        let (mut all, mut mapped) = (0, 0);
        for c in self.text.chars().take(4_000).filter(|&c| is_ideograph(c)) {
            all += 1;
            mapped += usize::from(shape.maps(c));
        }
        mapped * 12 > all
    }

    /// Returns everything that starts at `token`.
    pub fn hits_at(&self, token: usize) -> &[Hit] {
        let (from, to) = (self.offsets.get(token), self.offsets.get(token.wrapping_add(1)));
        let (Some(&from), Some(&to)) = (from, to) else {
            return &[];
        };
        self.hits.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Returns all hits that start within `range`.
    pub fn hits_in(&self, range: &Range<usize>) -> &[Hit] {
        let last = self.offsets.len().saturating_sub(1);
        let (Some(&from), Some(&to)) =
            (self.offsets.get(range.start.min(last)), self.offsets.get(range.end.min(last)))
        else {
            return &[];
        };
        self.hits.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Returns the longest phrase at `token` that `wanted` maps to something: its end and the value.
    pub fn longest<T>(
        &self,
        token: usize,
        mut wanted: impl FnMut(Sense) -> Option<T>,
    ) -> Option<(usize, T)> {
        let mut best: Option<(usize, T)> = None;
        for hit in self.hits_at(token) {
            if best.as_ref().is_some_and(|(end, _)| *end >= hit.last as usize) {
                continue;
            }
            if let Some(value) = wanted(hit.sense) {
                best = Some((hit.last as usize, value));
            }
        }
        best
    }

    /// Returns the end of the longest phrase at `token` that means `sense`.
    pub fn end_of(&self, token: usize, sense: Sense) -> Option<usize> {
        self.longest(token, |s| s.is(sense).then_some(())).map(|(end, ())| end)
    }

    /// Returns what ends right before `token`.
    pub fn hits_before(&self, token: usize) -> impl Iterator<Item = &Hit> {
        let (from, to) = match (self.end_offsets.get(token), self.end_offsets.get(token + 1)) {
            (Some(&from), Some(&to)) => (from as usize, to as usize),
            _ => (0, 0),
        };
        self.by_end
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .filter_map(|&i| self.hits.get(i as usize))
    }

    /// Returns where the longest wanted phrase starts that ends right before `token`.
    pub fn start_of(&self, token: usize, mut wanted: impl FnMut(Sense) -> bool) -> Option<usize> {
        self.hits_before(token).filter(|hit| wanted(hit.sense)).map(|hit| hit.first as usize).min()
    }

    /// Returns whether a token is a noun for companies or people.
    pub fn is_firm_noun(&self, token: usize) -> bool {
        let noun = |sense| matches!(sense, Sense::Firm | Sense::CompanyMark | Sense::Company);
        self.hits_at(token).iter().any(|hit| noun(hit.sense))
    }

    /// Returns the last noun for companies or people among some tokens.
    pub fn firm_noun(&self, tokens: Range<usize>) -> Option<usize> {
        tokens.rev().find(|at| self.is_firm_noun(*at))
    }

    /// Returns the letters that the forms of a noun share.
    pub fn stem(&self, token: usize) -> impl Iterator<Item = char> + use<'a> {
        self.word(token).chars().flat_map(char::to_lowercase).take(STEM)
    }

    /// Returns whether some tokens stand where the one acted upon stands: "against Exempla".
    pub fn is_acted_upon(&self, first: usize, last: usize) -> bool {
        self.hits_at(last).iter().any(|hit| hit.sense == Sense::TargetAfter)
            || self.hits_before(first).any(|hit| hit.sense == Sense::Target)
    }

    /// Returns the byte span of a token range.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let start = self.tokens.get(range.start).map_or(self.text.len() as u32, |t| t.span.start);
        let end =
            range.end.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(start, |t| t.span.end);
        Span { start, end: end.max(start) }
    }

    /// Returns the words of a token.
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    /// Returns the kind of a token; the end of the text is a break.
    pub fn kind(&self, token: usize) -> Kind {
        self.tokens.get(token).map_or(Kind::Break, |t| t.kind)
    }

    /// Returns whether white space stands before a token.
    pub fn spaced(&self, token: usize) -> bool {
        self.tokens.get(token).is_none_or(|t| t.spaced)
    }

    /// Returns the index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= token)
    }

    /// Returns the first token that ends after byte `at`.
    pub fn token_at(&self, at: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= at)
    }

    /// Returns the tokens that a byte span covers.
    pub fn tokens_of(&self, span: Span) -> Range<usize> {
        let first = self.token_at(span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        first..last.max(first)
    }
}

/// Cuts the words behind figures that are scales and a currency written as one ("2,074억원").
fn with_units_split(
    pack: &Pack,
    gazetteer: &Gazetteer,
    text: &str,
    tokens: Vec<Token>,
    memo: &mut Memo,
) -> Vec<Token> {
    let may_be_cut = |at: usize, token: &Token| {
        token.form == Token::UNKNOWN
            && token.kind == Kind::Word
            && token.span.len() <= 40
            && at > 0
            && tokens.get(at - 1).is_some_and(|before| before.kind == Kind::Number)
    };
    let mut cut: Vec<Token> = Vec::new();
    let mut kept = 0;
    for (at, token) in tokens.iter().enumerate().filter(|(at, token)| may_be_cut(*at, token)) {
        let Some(pieces) = pack.lexicon.unit_pieces(token.span.of(text)) else { continue };
        cut.extend(tokens.get(kept..at).unwrap_or_default());
        kept = at + 1;
        let mut start = token.span.start;
        for (index, (end, form)) in pieces.into_iter().enumerate() {
            let span = Span { start, end: token.span.start + end as u32 };
            start = span.end;
            let mut piece = Token { span, spaced: token.spaced && index == 0, ..*token };
            memo.look_up(pack, gazetteer, text, &mut piece);
            cut.push(Token { form, ..piece });
        }
    }
    if kept == 0 {
        return tokens;
    }
    cut.extend(tokens.get(kept..).unwrap_or_default());
    cut
}

/// Orders hits by where they end: a counting sort, one pass over the hits.
fn by_end(hits: &[Hit], tokens: usize) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0u32; tokens + 2];
    for hit in hits {
        offsets[hit.last as usize + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let mut next = offsets.clone();
    let mut ordered = vec![0u32; hits.len()];
    for (number, hit) in hits.iter().enumerate() {
        let place = &mut next[hit.last as usize];
        ordered[*place as usize] = number as u32;
        *place += 1;
    }
    (ordered, offsets)
}

/// Returns the decimal mark that the article's own figures show: "53.3" and "33,000" in a Mexican
/// paper, where Spanish has them the other way round.
fn decimal(pack: &Pack, text: &str, tokens: &[Token]) -> char {
    let (mut point, mut comma) = (0_i32, 0_i32);
    for token in tokens.iter().filter(|t| t.kind == Kind::Number && t.span.len() > 2) {
        let word = token.span.of(text);
        let count = |mark: u8| word.bytes().filter(|byte| *byte == mark).count();
        let (points, commas) = (count(b'.'), count(b','));
        let Some(at) = word.rfind(['.', ',']) else { continue };
        let tail = word.len() - at - 1;
        // "02.2028" is a month.
        if at == 2 && tail == 4 {
            continue;
        }
        let mixed = points > 0 && commas > 0;
        let grouped = points + commas > 1 && !mixed;
        // Three figures behind a single mark say nothing; a date in figures neither.
        let vote = match (mixed, grouped, tail) {
            (true, _, _) => 1,
            (_, true, 3) => -1,
            (_, true, _) | (_, _, 3) => 0,
            _ => 1,
        };
        if word.as_bytes().get(at) == Some(&b'.') { point += vote } else { comma += vote }
    }
    match pack.decimal {
        ',' if point > 0 && comma <= 0 => '.',
        '.' if comma > 0 && point <= 0 => ',',
        own => own,
    }
}

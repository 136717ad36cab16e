//! Words of what stands around an article on a page, in every carried language.
//!
//! Read from `world/furniture.toml`: kinds of lines, each with words by language. A line is judged
//! by words of all languages at once: the language is not known yet, and menus mix them.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{characters::plain_run, openings::Openings};

/// The built-in table.
const BUILT_IN: &str = include_str!("../pack/world/furniture.toml");

/// Why the table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FurnitureError {
    /// The table is not as it should be.
    #[error("reading the table of page furniture")]
    Syntax(#[from] toml::de::Error),
    /// The words make no automaton.
    #[error("compiling the table of page furniture")]
    Words(#[from] regex::Error),
    /// The phrases make no automaton.
    #[error("compiling the phrases of page furniture")]
    Phrases(#[from] aho_corasick::BuildError),
}

/// Words of one kind, by language.
type ByLang = BTreeMap<String, Vec<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Headings of reader comments: the line has nothing else but a count.
    comments: ByLang,
    /// Headings that are reader comments only with a count ("Reactions (12)").
    counted: ByLang,
    /// Words of bars: share, print, minutes of reading. All parts of the line are such words.
    bar: ByLang,
    /// Names of networks; a bar has two or more.
    networks: Vec<String>,
    /// "Read also": the whole line, or before a colon.
    teaser: ByLang,
    /// Beginnings of calls to subscribe, log in, follow, advertise, credit a picture.
    call: ByLang,
    /// Verbs that make a line with the name of a network a call to follow.
    follow: ByLang,
    /// Phrases of consent and contact in the voice of a site.
    notice: ByLang,
    /// Phrases of rights lines.
    rights: ByLang,
    /// What stands before an author's name.
    byline: ByLang,
}

/// What a line is, other than text of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reader comments start here.
    Comments,
    /// One reader comment, on a line with its heading.
    Comment,
    /// A bar of links.
    Bar,
    /// A heading of links to other articles.
    TeaserHeading,
    /// A link to another article.
    Teaser,
    /// A call to subscribe and the like.
    Call,
    /// Consent, contact.
    Notice,
    /// Rights.
    Rights,
}

/// The table, ready for use.
#[derive(Debug)]
pub struct Furniture {
    comments: FxHashSet<String>,
    counted: FxHashSet<String>,
    bar: FxHashSet<String>,
    networks: FxHashSet<String>,
    starts: Regex,
    teasers: FxHashSet<String>,
    follows: Regex,
    followed: Regex,
    notices: AhoCorasick,
    rights: AhoCorasick,
    bylines: Regex,
    /// How notices, rights and names of networks begin, and calls.
    openings: Openings,
    /// Bytes of the longest word of a heading or bar.
    longest: usize,
}

/// Bits of [`Openings`].
const NOTICES: u8 = 1;
const RIGHTS: u8 = 2;
const NETWORKS: u8 = 4;
/// A byte stands in the line that a mark between parts begins with.
const DIVIDED: u8 = 8;

/// Longest line that is ever furniture, in bytes: notices of consent are short paragraphs.
const LONGEST: usize = 600;
/// Longest line that is any other furniture, in bytes.
const LONGEST_SHORT: usize = 300;
/// Bytes of a paragraph within which a notice says what it is.
const NOTICE: usize = 160;
/// Longest call to follow, in bytes.
const LONGEST_FOLLOW: usize = 130;

/// Bytes that may stand before the phrase of a notice.
const FARTHEST: usize = 60;

impl Furniture {
    /// Compiles the built-in table.
    pub fn new() -> Result<Self, FurnitureError> {
        let table: Table = toml::from_str(BUILT_IN)?;
        let set = |words: &ByLang| {
            words.values().flatten().map(|word| bare(&folded(word)).to_owned()).collect()
        };
        let networks: Vec<String> = table.networks.iter().map(|word| folded(word)).collect();
        let follow = alternation(table.follow.values().flatten());
        // One letter, or a common word, is the name of a network only in a bar.
        let is_told = |name: &&String| name.len() > 4 || !name.is_ascii();
        let network = alternation(networks.iter().filter(is_told));
        let openings = Openings::new(&[
            (lower(table.notice.values().flatten()), NOTICES),
            (lower(table.rights.values().flatten()), RIGHTS),
            (lower(networks.iter().filter(is_told)), NETWORKS),
        ]);
        let sets: [FxHashSet<String>; 4] =
            [set(&table.comments), set(&table.counted), set(&table.bar), set(&table.teaser)];
        let longest = sets.iter().flatten().chain(&networks).map(String::len).max();
        let [comments, counted, bar, teasers] = sets;
        let bylines = alternation(table.byline.values().flatten());
        Ok(Self {
            comments,
            counted,
            bar,
            teasers,
            starts: Regex::new(&format!("^(?:{})", alternation(table.call.values().flatten())))?,
            // Plain words, without boundaries: those would cost the regexes their fast engines.
            follows: Regex::new(&follow)?,
            followed: Regex::new(&network)?,
            notices: phrases(table.notice.values().flatten())?,
            rights: phrases(table.rights.values().flatten())?,
            bylines: Regex::new(&format!("^(?i:{bylines})(?:\\s*[:：|]\\s*|\\s+)"))?,
            networks: networks.into_iter().collect(),
            openings,
            longest: longest.unwrap_or_default(),
        })
    }

    /// Returns what a line is, `None` for text of the article.
    pub fn kind(&self, line: &str) -> Option<Kind> {
        if line.len() > LONGEST {
            return None;
        }
        if line.len() > LONGEST_SHORT {
            // A paragraph: only a notice is that long, and it says so at once.
            let start = (NOTICE..NOTICE + 4).find_map(|at| line.get(..at))?;
            let start = folded(start);
            let may_be = self.openings.within(&start) & NOTICES != 0;
            return may_be.then(|| self.notice(&start)).flatten();
        }
        let folded = folded(line);
        if folded.is_empty() {
            return None;
        }
        let words = self.words(&folded);
        let rights = || words & RIGHTS != 0 && self.rights.is_match(&folded);
        self.heading(&folded, words)
            .or_else(|| self.prefixed(&folded, words))
            .or_else(|| rights().then_some(Kind::Rights))
            .or_else(|| (words & NOTICES != 0).then(|| self.notice(&folded)).flatten())
    }

    /// Returns what follows the words before an author's name.
    pub fn byline<'l>(&self, line: &'l str) -> Option<&'l str> {
        let line = line.trim();
        line.get(self.bylines.find(line)?.end()..).filter(|name| !name.is_empty())
    }

    /// Judges lines that are nothing but a heading or a bar.
    fn heading(&self, line: &str, words: u8) -> Option<Kind> {
        let is_mark = |c| matches!(c, '|' | '·' | '•' | '—' | '–' | '/' | '»' | '›');
        let whole = bare(line);
        if whole.len() <= self.longest && self.teasers.contains(whole) {
            return Some(Kind::TeaserHeading);
        }
        // A line in one piece, of words that no list is long enough for: most are so.
        let is_one = || words & DIVIDED == 0 || !line.contains(is_mark) && !line.contains(" - ");
        if whole.len() > self.longest && !self.is_networks(whole) && is_one() {
            return None;
        }
        let has_count = || line.contains(char::is_numeric);
        let (mut parts, mut networks, mut bars, mut comments) = (0, 0, 0, 0);
        for piece in line.split(is_mark).flat_map(|part| part.split(" - ")) {
            let part = bare(piece);
            if part.is_empty() {
                continue;
            }
            let is_part = piece.len() < line.len();
            parts += 1;
            comments += usize::from(
                self.comments.contains(part) || self.counted.contains(part) && has_count(),
            );
            bars +=
                usize::from(self.bar.contains(part) || is_part && self.is_prefixed(trimmed(piece)));
            networks += usize::from(self.is_networks(part));
        }
        if parts == 0 || comments + bars + networks < parts {
            None
        } else if comments > 0 {
            Some(Kind::Comments)
        } else {
            // One network's name alone may be a heading of the article.
            (bars > 0 || networks > 1 || line.split(' ').count() > 1).then_some(Kind::Bar)
        }
    }

    fn is_networks(&self, part: &str) -> bool {
        self.networks.contains(part) || part.split(' ').all(|word| self.networks.contains(word))
    }

    /// Returns the bits of what may stand in a line.
    fn words(&self, line: &str) -> u8 {
        self.openings.within(line) | if has_divider(line) { DIVIDED } else { 0 }
    }

    fn is_prefixed(&self, piece: &str) -> bool {
        self.prefixed(piece, self.words(piece)).is_some()
    }

    /// Judges lines by their beginning; `words` are the bits of the phrases that may stand in it.
    fn prefixed(&self, line: &str, words: u8) -> Option<Kind> {
        if words & DIVIDED != 0
            && let Some((start, rest)) = divided(line)
            && !rest.trim().is_empty()
        {
            let has_count = start.contains(char::is_numeric);
            let start = bare(start);
            if self.teasers.contains(start) {
                return Some(Kind::Teaser);
            }
            if self.comments.contains(start)
                && (has_count || start.contains(' ') || rest.contains(['"', '«', '»', '„', '“']))
            {
                return Some(Kind::Comment);
            }
        }
        let is_call = whole_word(&self.starts, line).is_some();
        (is_call || words & NETWORKS != 0 && self.is_to_follow(line)).then_some(Kind::Call)
    }

    /// Returns whether a verb and, after it, the name of a network stand on a short line.
    fn is_to_follow(&self, line: &str) -> bool {
        line.len() <= LONGEST_FOLLOW
            && whole_word(&self.follows, line)
                .and_then(|end| line.get(end..))
                .is_some_and(|rest| whole_word(&self.followed, rest).is_some())
    }

    /// Judges lines by what they say; an article may quote a notice, or mention it further on.
    fn notice(&self, line: &str) -> Option<Kind> {
        const QUOTES: [char; 6] = ['"', '«', '“', '„', '「', '\''];
        let start = self.notices.find(line)?.start();
        let before = line.get(..start).unwrap_or_default();
        let is_quoted =
            before.trim_end().ends_with(QUOTES) || before.contains(['«', '“', '„', '「']);
        (start <= FARTHEST && !is_quoted).then_some(Kind::Notice)
    }
}

/// Returns whether a mark between parts may begin with a byte, in UTF-8.
fn may_divide(byte: u8) -> bool {
    matches!(byte, b'|' | b'/' | b':' | b'-' | 0xC2 | 0xE2 | 0xE3 | 0xEF)
}

/// Returns whether a mark between parts may stand in a line: looks at many bytes at a time.
fn has_divider(line: &str) -> bool {
    line.bytes().fold(0, |any, byte| any | u8::from(may_divide(byte))) != 0
}

/// Returns what stands before and behind the mark that divides a line.
fn divided(line: &str) -> Option<(&str, &str)> {
    let bytes = line.bytes().enumerate().filter(|(_, byte)| may_divide(*byte));
    bytes.map(|(at, _)| at).find_map(|at| {
        let (start, rest) = line.split_at_checked(at)?;
        let rest = rest.strip_prefix([':', '：', '|', '】', '-', '–'])?;
        Some((start, rest))
    })
}

/// Returns the end of the first match that is not part of a longer word.
fn whole_word(words: &Regex, line: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_alphanumeric();
    words.find_iter(line).find_map(|found| {
        let is_inside = line.get(..found.start())?.ends_with(is_letter)
            || found.as_str().ends_with(is_letter)
                && line.get(found.end()..)?.starts_with(is_letter);
        (!is_inside).then_some(found.end())
    })
}

/// Returns words in lower case.
fn lower<'w>(words: impl IntoIterator<Item = &'w String>) -> Vec<String> {
    words.into_iter().map(|word| word.to_lowercase()).collect()
}

/// Finds phrases wherever they stand. Few lines are asked, so the automaton is a small one: a regex of the
/// same phrases takes nine megabytes.
fn phrases<'w>(
    phrases: impl IntoIterator<Item = &'w String>,
) -> Result<AhoCorasick, aho_corasick::BuildError> {
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::ContiguousNFA));
    builder.build(lower(phrases))
}

/// Joins words to one pattern, longest first so that the longest wins.
fn alternation<'w>(words: impl IntoIterator<Item = &'w String>) -> String {
    let mut words: Vec<String> =
        lower(words).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// Returns a line in lower case with plain apostrophes and spaces, without marks at its ends.
fn folded(line: &str) -> String {
    let mut rest = trimmed(line);
    let mut out = String::with_capacity(rest.len());
    loop {
        // Plain letters and the single spaces between them come in runs.
        let (plain, behind) =
            rest.split_at_checked(plain_run(rest.as_bytes())).unwrap_or((rest, ""));
        let start = out.len();
        out.push_str(plain);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '\u{2019}' | '\u{2BC}' | '\u{60}' | '\u{B4}' => out.push('\''),
            'à'..='ÿ' if c != '÷' => out.push(c),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            // Letters without case: Hebrew to Devanagari, Han, kana, Hangul.
            '\u{590}'..='\u{97F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => {
                out.push(c);
            }
            'а'..='џ' => out.push(c),
            c if c.is_lowercase() => out.push(c),
            // Dotted capital I would leave a combining dot behind.
            'İ' => out.push('i'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')' && c != '©')
}

/// Returns a folded line without figures and marks at its ends: "commentaires (18)" and
/// "18 commentaires" are "commentaires".
fn bare(folded: &str) -> &str {
    folded.trim_matches(|c: char| !c.is_alphabetic())
}

//! Cuts particles off the names that they are written as one with: "쿠팡은", "לגוגל".
//!
//! Only words that the language's pack does not know are cut: a word's own last syllable may look
//! like a particle. Of several cuts the one stands whose rest the article has most often; without
//! such a sign a particle before a word stays with it, one behind it goes.

use rustc_hash::FxHashMap;

use crate::{
    base::{
        span::Span,
        token::{Kind, Token},
    },
    pack::{compile::Pack, schema::Particles, sense::Sense},
};

/// Fewest letters that are left of a word.
const STEM: usize = 2;

/// Fewest letters that are left behind a particle before a word.
const STEM_BEHIND: usize = 3;

/// Cuts the particles off the unknown words of a text.
pub(super) fn split(
    pack: &Pack,
    text: &str,
    tokens: &mut Vec<Token>,
    mut look_up: impl FnMut(&mut Token),
) {
    let particles = &pack.particles;
    let lists =
        [&particles.after, &particles.after_closed, &particles.after_open, &particles.before];
    if lists.iter().all(|list| list.is_empty()) {
        return;
    }
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    for token in tokens.iter().filter(|t| may_hide_name(pack, text, t)) {
        let word = token.span.of(text);
        for (from, to) in cuts(particles, word).chain([(0, word.len())]) {
            *seen.entry(word.get(from..to).unwrap_or_default()).or_default() += 1;
        }
    }
    if seen.is_empty() {
        return;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len() + 32);
    for token in tokens.iter() {
        // "억원을" behind figures counts; it is no name.
        let counts = !token.spaced && out.last().is_some_and(|t| t.kind == Kind::Number);
        let cut = (!counts && may_hide_name(pack, text, token))
            .then(|| best(pack, token.span.of(text), &seen))
            .flatten();
        match cut {
            Some(cut) => pieces(*token, cut, &mut look_up, &mut out),
            None => out.push(*token),
        }
    }
    *tokens = out;
}

/// Returns whether a word is unknown, or known only with what stands around it undone.
fn may_hide_name(pack: &Pack, text: &str, token: &Token) -> bool {
    let word = token.span.of(text);
    let caseless = |c: char| !c.is_lowercase() && !c.is_uppercase();
    token.kind == Kind::Word
        && word.chars().next_back().is_some_and(caseless)
        && (token.form == Token::UNKNOWN
            || (pack.lexicon.stands_for(token.form, |s| {
                matches!(s, Sense::Organisation | Sense::OrganisationHead)
            }) && !pack.lexicon.is_listed(word)))
}

/// Returns the byte ranges that are left of a word, longest particle first.
fn cuts<'w>(particles: &'w Particles, word: &'w str) -> impl Iterator<Item = (usize, usize)> + 'w {
    let behind = move |list: &'w [String], fits: fn(&str) -> bool| {
        list.iter().filter_map(move |particle| {
            let stem = word.strip_suffix(particle.as_str())?;
            (stem.chars().count() >= STEM && fits(stem)).then_some((0, stem.len()))
        })
    };
    let before = particles.before.iter().filter_map(move |particle| {
        let rest = word.strip_prefix(particle.as_str())?;
        (rest.chars().count() >= STEM_BEHIND).then_some((particle.len(), word.len()))
    });
    behind(&particles.after, |_| true)
        .chain(behind(&particles.after_closed, |stem| closed(stem) != Some(false)))
        .chain(behind(&particles.after_open, |stem| closed(stem) != Some(true)))
        .chain(before)
}

/// Returns whether the last syllable before a particle allows it: "이" stands behind a consonant only.
pub fn allows(particles: &Particles, stem: &str, particle: &str) -> bool {
    let is = |list: &[String]| list.iter().any(|one| one == particle);
    match closed(stem) {
        Some(true) => !is(&particles.after_open),
        Some(false) => !is(&particles.after_closed),
        None => true,
    }
}

/// Returns whether a consonant closes the last syllable of a word in Hangul.
fn closed(stem: &str) -> Option<bool> {
    match stem.chars().next_back()? {
        // Syllables are ordered by their last consonant; each 28th has none.
        c @ '\u{AC00}'..='\u{D7A3}' => Some(!(c as u32 - 0xAC00).is_multiple_of(28)),
        _ => None,
    }
}

/// Returns what is left of a word by its best cut.
fn best(pack: &Pack, word: &str, seen: &FxHashMap<&str, u32>) -> Option<(usize, usize)> {
    let count = |from: usize, to: usize| {
        word.get(from..to).and_then(|stem| seen.get(stem)).copied().unwrap_or_default()
    };
    let listed = |from: usize, to: usize| {
        word.get(from..to).is_some_and(|stem| pack.lexicon.is_listed(stem))
    };
    let mut best: Option<((bool, u32), (usize, usize))> = None;
    let whole = count(0, word.len());
    for (from, to) in cuts(&pack.particles, word) {
        let rank = (listed(from, to), count(from, to));
        // A particle before a name shows only where the name stands without it too; what looks like one
        // behind it is the name's own where others follow it: "체리부로는".
        if !rank.0 && (from > 0 && rank.1 <= whole || from == 0 && rank.1 < whole) {
            continue;
        }
        if best.is_none_or(|(other, _)| rank > other) {
            best = Some((rank, (from, to)));
        }
    }
    best.map(|(_, cut)| cut)
}

fn pieces(
    token: Token,
    (from, to): (usize, usize),
    look_up: &mut impl FnMut(&mut Token),
    out: &mut Vec<Token>,
) {
    let start = token.span.start;
    let mut at = 0;
    for end in [from as u32, to as u32, token.span.len() as u32] {
        if end <= at {
            continue;
        }
        let span = Span { start: start + at, end: start + end };
        let mut piece = Token { span, spaced: token.spaced && at == 0, ..token };
        look_up(&mut piece);
        out.push(piece);
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{base::lang::Lang, pack::world::currencies::Currencies, text::document::Document};

    fn words(pack: &str, text: &str) -> Vec<String> {
        let pack =
            Pack::compile(Lang::Ko, toml::from_str(pack).unwrap(), &Currencies::default()).unwrap();
        let document = Document::new(&pack, text, 0);
        (0..document.tokens.len()).map(|at| document.word(at).to_owned()).collect()
    }

    #[test]
    fn particles_go_where_the_syllable_before_allows_them() {
        let pack =
            "[particles]\nafter = ['에']\nafter_closed = ['은', '이']\nafter_open = ['는', '가']";
        assert_eq!(words(pack, "쿠팡은 네이버가"), ["쿠팡", "은", "네이버", "가"]);
        // A vowel ends "페": what follows is no particle.
        assert_eq!(words(pack, "카카오페이 카카오페이에"), ["카카오페이", "카카오페이", "에"]);
        assert_eq!(words(pack, "100억은"), ["100", "억은"]);
    }

    #[test]
    fn listed_words_stay_whole_and_listed_names_are_cut_out() {
        let pack = "suffixes = ['은']\n[particles]\nafter_closed = ['은']\n\
                    [names]\ncommon = ['은행']\norganisations = ['쿠팡']";
        assert_eq!(words(pack, "은행은 쿠팡은"), ["은행은", "쿠팡", "은"]);
    }

    #[test]
    fn a_particle_before_a_name_shows_only_where_the_name_stands_alone_too() {
        let pack = "[particles]\nbefore = ['ל', 'ב']";
        assert_eq!(words(pack, "לגוגל גוגל"), ["ל", "גוגל", "גוגל"]);
        assert_eq!(words(pack, "בינה לבינה"), ["בינה", "ל", "בינה"]);
    }
}

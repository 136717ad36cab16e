//! Adjectives of a name follow its noun, in gender and number.

use crate::{
    extract::tagger::lists::{body_base, is_known_company},
    pack::compile::Pack,
};

use super::nominative::{LEAST, base_form, listed_case};

/// Returns the nominative of an adjective that opens a name of several words.
pub(super) fn opening(pack: &Pack, word: &str) -> Option<String> {
    ending_undone(&pack.name_openings, word)
}

/// Returns whether a word is an adjective that shows a case.
pub(super) fn is_inflected(pack: &Pack, word: &str) -> bool {
    ending_undone(&pack.agreement.masculine, word).is_some() || long_adjective(pack, word).is_some()
}

/// Puts the adjectives beside a feminine noun into the nominative, where it ends the name or opens it: "Zagrebačku banku",
/// "Poczcie Polskiej".
pub(super) fn with_feminine(pack: &Pack, words: &[&str], formed: &mut [String]) {
    let is_undone = |base: Option<&String>, word: Option<&&str>| {
        base.zip(word).is_some_and(|(base, word)| base != word && pack.agreement.is_feminine(base))
    };
    let closes = is_undone(formed.last(), words.last());
    if formed.last().is_some_and(|last| pack.agreement.is_feminine(last)) {
        before_feminine(pack, formed, closes);
    }
    // Behind a noun the ending must be no noun's, for "Pošti Slovenije" names a country.
    if is_undone(formed.first(), words.first()) && !closes {
        for word in formed.iter_mut().skip(1) {
            let Some(adjective) = long_adjective(pack, word) else { break };
            *word = adjective;
        }
    }
}

/// Puts the adjectives before a feminine noun into the nominative: "Zagrebačku banka". Where the noun itself shows no
/// case (`undone` is false) only endings that no nominative has are taken off: "Krkonošskou společnost". A genitive
/// in small letters between them stays.
fn before_feminine(pack: &Pack, formed: &mut [String], undone: bool) {
    for word in formed.iter_mut().rev().skip(1) {
        let base = if undone { adjective(pack, word) } else { long_adjective(pack, word) };
        match base {
            Some(base) => *word = base,
            None if word.chars().all(char::is_lowercase) => {}
            None => return,
        }
    }
}

/// Puts the adjectives that stand before the noun of a description into the nominative that it was given: "stavebnej
/// firme" is "stavebná firma". Before a neuter noun they stay.
pub(super) fn before_described(pack: &Pack, noun: &str, before: &str) -> String {
    let endings = if pack.agreement.is_feminine(noun) {
        &pack.agreement.feminine
    } else if is_masculine(noun) {
        &pack.agreement.masculine
    } else {
        return before.to_owned();
    };
    let mut words: Vec<String> = before.split(' ').map(str::to_owned).collect();
    for word in words.iter_mut().rev().filter(|word| !word.is_empty()) {
        let Some(base) = ending_undone(endings, word) else { break };
        *word = base;
    }
    words.join(" ")
}

/// Puts a noun in the plural and the adjectives beside it into their nominative: "Českým drahám", "Polskim Sieciom
/// Elektroenergetycznym"; returns whether there is one.
pub(super) fn in_number(pack: &Pack, words: &[&str], formed: &mut [String]) -> bool {
    let adjective = |at: usize| ending_undone(&pack.agreement.plural, words.get(at)?);
    for at in 0..words.len() {
        let beside = at > 0 && adjective(at - 1).is_some() || adjective(at + 1).is_some();
        let base = base_form(pack, words[at], false)
            .filter(|base| beside && pack.agreement.is_plural(base));
        let Some(noun) = base.filter(|base| base != words[at]) else { continue };
        let last = noun.chars().next_back().map(String::from).unwrap_or_default();
        formed[at] = noun;
        for before in (0..at).rev() {
            let Some(base) = adjective(before) else { break };
            formed[before] = base.replace('*', &last);
        }
        for (behind, word) in formed.iter_mut().enumerate().skip(at + 1) {
            let Some(base) = adjective(behind) else { break };
            *word = base.replace('*', &last);
        }
        return true;
    }
    false
}

/// Puts the adjectives beside a masculine noun into its nominative, and the noun where they show its case:
/// "ING Banku Śląskiego", "Hrvatskog telekoma".
pub(super) fn with_masculine(pack: &Pack, words: &[&str], formed: &mut Vec<String>) {
    let adjective = |at: usize| {
        let word = words.get(at)?;
        ending_undone(&pack.agreement.masculine, word)
    };
    for at in 0..words.len() {
        let opens = at > 0 && adjective(at - 1).is_some();
        let closes = adjective(at + 1).is_some();
        let is_noun = adjective(at).is_none()
            || formed[at] != words[at] && !pack.agreement.is_adjective(words[at]);
        if !opens && !closes || !is_noun {
            continue;
        }
        let noun = if formed[at] == words[at] {
            body_base(pack, words[at]).or_else(|| listed_case(pack, words[at]))
        } else {
            Some(formed[at].clone())
        };
        let Some(noun) = noun.filter(|noun| noun != words[at] && is_masculine(noun)) else {
            continue;
        };
        formed[at] = noun;
        for before in (0..at).rev() {
            let Some(base) = adjective(before) else { break };
            formed[before] = base;
        }
        let adjectives = (at + 1..words.len()).map_while(adjective).collect::<Vec<_>>();
        let rest = at + 1 + adjectives.len();
        formed.splice(at + 1..rest, adjectives);
        // Behind the noun a genitive is its own: "Spółdzielczego Banku Rozwoju".
        formed.splice(rest.., words.iter().skip(rest).map(|word| (*word).to_owned()));
        return;
    }
}

/// Returns whether a noun in the nominative is masculine by its ending.
fn is_masculine(noun: &str) -> bool {
    !noun.ends_with(['a', 'а', 'я', 'o', 'e', 'о', 'е'])
}

/// Returns the nominative of an adjective before a feminine noun: "Zagrebačku banku".
fn adjective(pack: &Pack, word: &str) -> Option<String> {
    ending_undone(&pack.agreement.feminine, word)
}

/// Returns a word with the nominative's ending in the place of the longest of the endings that it has: "Polskiej"
/// ends in "kiej" and in "ej".
fn ending_undone(endings: &[(String, String)], word: &str) -> Option<String> {
    let mut ends =
        endings.iter().filter_map(|(ending, to)| Some((word.strip_suffix(ending.as_str())?, to)));
    let (stem, nominative) = ends.next()?;
    (stem.chars().nth(LEAST - 1).is_some() && !is_known_company(word))
        .then(|| format!("{stem}{nominative}"))
}

/// Returns the nominative of an adjective behind a feminine noun, where its ending is no noun's: "Polskiej".
fn long_adjective(pack: &Pack, word: &str) -> Option<String> {
    let telling = |ending: &str| ending.chars().nth(1).is_some() || ending.contains(['ą', 'ú']);
    let mut endings = pack.agreement.feminine.iter().map(|(ending, _)| ending);
    let ends = endings.any(|ending| telling(ending) && word.ends_with(ending.as_str()));
    ends.then(|| adjective(pack, word)).flatten()
}

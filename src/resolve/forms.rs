//! The form of a name that stands in the dataset: without legal form, quotation marks and case endings.
//!
//! Another mention in the article shows the nominative best, and chains choose it. What stands here
//! is for names that are told once: endings that the language's pack lists, and what is left of a
//! word when an ending is taken off well-known companies.

use std::ops::Range;

use crate::{
    base::token::Kind,
    extract::{
        entities::Label,
        repeats::bare,
        tagger::lists::{body_base, is_known_company, known_base},
    },
    pack::{
        compile::{NameCase, Pack},
        legal::{is_legal, without_joined},
        lexicon::Hit,
        sense::Sense,
    },
    text::document::Document,
};

/// Returns the name as it stands, without its legal form.
pub(super) fn canonical(document: &Document, range: &Range<usize>) -> String {
    let mut last = range.end;
    // "Exempla A/S"
    let slash = range.len() > 3 && document.word(last - 2) == "/";
    if slash && (document.word(last - 3), document.word(last - 1)) == ("A", "S") {
        last -= 3;
    }
    // "Generali Zrt.-re": an ending behind a hyphen is no part of the name.
    if last > range.start + 2 && document.word(last - 2) == "-" {
        let ending = document.word(last - 1);
        if document.pack.name_endings.has(ending) {
            last -= 2;
        }
    }
    while last > range.start + 1 {
        let word = document.pack.lexicon.shape().fold(document.word(last - 1));
        let dotted = dotted_form(document, range.start, last);
        if dotted < last {
            last = dotted;
        } else if is_legal(&word)
            || matches!(word.as_str(), "." | "," | "&" | "/" | "”" | "“" | "»" | "\"")
            || is_ending(document, &word, &(range.start..last))
        {
            last -= 1;
        } else {
            break;
        }
    }
    // "UAB „Ministerium“": what stands before the quotation mark is the form, not the name.
    let quoted = (range.start..last.saturating_sub(1)).rev().find(|&at| is_opening(document, at));
    let first = quoted.map_or_else(|| form_end(document, range.start, last), |at| at + 1);
    let words = document.span(&(first..last)).of(document.text);
    let words = words.get(particle(document, first, last)..).unwrap_or(words);
    let name = without_joined(bare(document, words)).replace('\n', " ");
    // "der Deutschen Bahn"
    let nominative = name
        .split_once(' ')
        .and_then(|(word, rest)| Some(format!("{} {rest}", opening(document.pack, word)?)));
    nominative.unwrap_or(name)
}

/// Returns the nominative of an adjective that opens a name of several words.
pub(super) fn opening(pack: &Pack, word: &str) -> Option<String> {
    ending_undone(&pack.name_openings, word)
}

/// Returns the bytes of the particle that is written as one with a well-known name: "לחיפה כימיקלים".
fn particle(document: &Document, first: usize, last: usize) -> usize {
    let pack = document.pack;
    let is_listed = |hit: &Hit| hit.sense == Sense::Organisation && hit.last as usize == last;
    if pack.particles.before.is_empty() || !document.hits_at(first).iter().any(is_listed) {
        return 0;
    }
    let word = document.word(first);
    let rest = |particle: &String| {
        word.strip_prefix(particle.as_str()).filter(|rest| pack.lexicon.is_listed(rest))
    };
    let rest =
        pack.particles.before.iter().find_map(rest).filter(|_| !pack.lexicon.is_listed(word));
    rest.map_or(0, |rest| word.len() - rest.len())
}

/// Returns the token behind a legal form with a case ending that opens a name ("AS-ile Exempla").
fn form_end(document: &Document, first: usize, last: usize) -> usize {
    let is_form = document.tokens.get(first).is_some_and(|token| token.legal)
        && matches!(document.word(first + 1), "-" | ":")
        && document.pack.name_endings.has(document.word(first + 2));
    if is_form && first + 3 < last { first + 3 } else { first }
}

fn is_opening(document: &Document, at: usize) -> bool {
    matches!(document.word(at), "„" | "«" | "“" | "\"") && document.spaced(at)
}

/// Returns whether the folded word that ends a name is a case behind an apostrophe: "Google'ın", "Meta's".
/// "O'Leary" goes on behind its own, and so does a well-known name ("Macy's").
fn is_ending(document: &Document, word: &str, name: &Range<usize>) -> bool {
    let known = || is_known_company(&document.span(name).of(document.text).replace('’', "'"));
    let endings = &document.pack.name_endings;
    match word.strip_prefix('\'') {
        Some("s") => !known(),
        Some(ending) => endings.has(word) || endings.has(ending),
        None => false,
    }
}

/// Returns where a legal form in single letters begins that ends a name ("S.A.A."), else `last`.
fn dotted_form(document: &Document, first: usize, last: usize) -> usize {
    let mut letters = String::new();
    let mut at = if document.word(last - 1) == "." { last } else { last + 1 };
    let mut start = last;
    while at >= first + 3 {
        let word = document.word(at - 2);
        let dotted = at > last || document.word(at - 1) == ".";
        if !dotted || document.kind(at - 2) != Kind::Word || word.chars().count() > 2 {
            break;
        }
        letters.insert_str(0, &word.to_lowercase());
        at -= 2;
        if letters.chars().count() >= 2 && is_legal(&letters) {
            start = at;
        }
        if document.spaced(at) {
            break;
        }
    }
    start
}

/// Letters that are left when a case ending is taken off; when it is of one letter, one more.
const LEAST: usize = 3;

/// Letters of an ending that holds most of a word: "bankiem".
const WHOLE: usize = 4;

/// Marks between a name and its ending: "Oy:ltä", "OTP-nek".
const MARKS: [char; 4] = ['-', ':', '’', '\''];

/// Takes the case endings off a name that the article has in no other form: off each word of a
/// person's, off the last of another, and off the word for the kind of a body that opens it.
pub(super) fn nominative(pack: &Pack, label: Label, name: String) -> String {
    if pack.name_endings.is_empty() {
        return name;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let count = words.len();
    let joint =
        words.iter().position(|word| is_small_word(word)).filter(|at| (1..count - 1).contains(at));
    if let Some(at) = joint.filter(|_| label != Label::Per) {
        // "Univerzitet u Beogradu": what a preposition governs keeps its case, what "and" adds has that of the head.
        let (head, rest) = (words[..at].join(" "), words[at + 1..].join(" "));
        let rest = if ANDS.contains(&words[at]) { nominative(pack, label, rest) } else { rest };
        return [nominative(pack, label, head), words[at].to_owned(), rest].join(" ");
    }
    // "Západočeské teplárny" are many; their nominative is the genitive of one.
    if label != Label::Per
        && words.last().is_some_and(|last| count > 1 && pack.agreement.is_plural(last))
    {
        return name;
    }
    let formed = words.iter().enumerate().map(|(at, word)| {
        let base = match at {
            _ if label == Label::Per || at + 1 == count => base_form(pack, word, count == 1),
            // "Pošti Slovenije"; within a name a genitive is its own: "Tartu Ülikooli Kliinikum".
            0 if !is_adjective(word) => listed_case(pack, word).or_else(|| body_base(pack, word)),
            _ => None,
        };
        base.unwrap_or_else(|| (*word).to_owned())
    });
    let mut formed: Vec<String> = formed.collect();
    let is_undone = |base: Option<&String>, word: Option<&&str>| {
        base.zip(word).is_some_and(|(base, word)| base != word && pack.agreement.is_feminine(base))
    };
    if count > 1 && label != Label::Per && agree_in_number(pack, &words, &mut formed) {
        return formed.join(" ");
    }
    if label != Label::Per
        && formed.last().is_some_and(|last| last == words[count - 1])
        && let Some(head) = inflected_head(pack, &words)
    {
        // "Gradskoj plinari Zagreb"
        return [&nominative(pack, label, head), words[count - 1]].join(" ");
    }
    let undone = is_undone(formed.last(), words.last());
    if label != Label::Per && formed.last().is_some_and(|last| pack.agreement.is_feminine(last)) {
        agree_with_feminine(pack, &mut formed, undone);
    }
    // "Poczcie Polskiej": behind a noun the ending must be no noun's, for "Pošti Slovenije" names a country.
    let opens = is_undone(formed.first(), words.first());
    if opens && label != Label::Per && !undone {
        for word in formed.iter_mut().skip(1) {
            let Some(adjective) = long_adjective(pack, word) else { break };
            *word = adjective;
        }
    }
    if label != Label::Per {
        agree(pack, &words, &mut formed);
    }
    formed.join(" ")
}

/// Returns whether a word is the nominative of a masculine adjective that Slavic names open with: "Hrvatski telekom" is no
/// case of "Hrvatska".
fn is_adjective(word: &str) -> bool {
    ["ski", "cki", "čki", "ški", "zki", "ски", "цки", "чки", "шки"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// Words for "and" within names.
const ANDS: [&str; 14] =
    ["i", "a", "in", "oraz", "и", "і", "та", "й", "ir", "un", "ja", "és", "og", "och"];

/// Returns whether a word within a name joins its parts: a preposition, "and".
fn is_small_word(word: &str) -> bool {
    word.chars().all(char::is_lowercase) && word.chars().nth(3).is_none()
}

/// Puts the adjectives before a feminine noun into the nominative: "Zagrebačku banka". Where the noun itself shows no
/// case (`undone` is false) only endings that no nominative has are taken off: "Krkonošskou společnost". A genitive
/// in small letters between them stays.
fn agree_with_feminine(pack: &Pack, formed: &mut [String], undone: bool) {
    for word in formed.iter_mut().rev().skip(1) {
        let base = if undone { adjective(pack, word) } else { long_adjective(pack, word) };
        match base {
            Some(base) => *word = base,
            None if word.chars().all(char::is_lowercase) => {}
            None => return,
        }
    }
}

/// Returns what stands before the last word of a name, which has no case, where it is a noun in a case with nothing but
/// adjectives before it.
fn inflected_head(pack: &Pack, words: &[&str]) -> Option<String> {
    let (last, head) = words.split_last()?;
    let (noun, adjectives) = head.split_last()?;
    if ending_undone(&pack.agreement.masculine, last).is_some()
        || long_adjective(pack, last).is_some()
    {
        return None;
    }
    let base = body_base(pack, noun).or_else(|| case_undone(pack, noun, WHOLE))?;
    (base != *noun && adjectives.iter().all(|word| pack.agreement.is_adjective(word)))
        .then(|| head.join(" "))
}

/// Returns a word with the nominative's ending in the place of the first case that the pack lists with so many letters.
fn case_undone(pack: &Pack, word: &str, least: usize) -> Option<String> {
    // Most endings are told from the word's by their last byte.
    let last = word.bytes().next_back();
    let cases = pack.name_cases.iter().filter(|case| case.ending.bytes().next_back() == last);
    let mut long = cases.filter(|case| case.ending.chars().count() >= least);
    long.find_map(|case| undone(case, word))
}

/// Puts a noun in the plural and the adjectives beside it into their nominative: "Českým drahám", "Polskim Sieciom
/// Elektroenergetycznym"; returns whether there is one.
fn agree_in_number(pack: &Pack, words: &[&str], formed: &mut [String]) -> bool {
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
fn agree(pack: &Pack, words: &[&str], formed: &mut Vec<String>) {
    let adjective = |at: usize| {
        let word = words.get(at)?;
        ending_undone(&pack.agreement.masculine, word)
    };
    let is_masculine = |base: &str| !base.ends_with(['a', 'а', 'я', 'o', 'e', 'о', 'е']);
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

/// Returns what a thing is called whose best form is `best`; `apposed` tells that this one is a nominative
/// beyond doubt, where its forms do not agree on another.
pub(super) fn called(
    pack: &Pack,
    label: Label,
    best: &str,
    forms: &[String],
    apposed: bool,
) -> String {
    let own = nominative(pack, label, best.to_owned());
    let agreed = if own == best { None } else { agreed(pack, label, best, forms) };
    agreed.unwrap_or(if apposed { best.to_owned() } else { own })
}

/// Returns the nominative that most forms of a name lead to, two at least: "Temussa" and "Temulle" are "Temu",
/// "Sziget" and "Szigetet" are "Sziget". Only forms of as many words as `best` have a say.
fn agreed(pack: &Pack, label: Label, best: &str, forms: &[String]) -> Option<String> {
    let count = |name: &str| name.split_whitespace().count();
    let forms: Vec<&String> = forms.iter().filter(|form| count(form) == count(best)).collect();
    if forms.len() < 2 {
        return None;
    }
    let bases: Vec<String> =
        forms.iter().map(|form| nominative(pack, label, (*form).clone())).collect();
    let support = |base: &str| {
        let is = |(form, own): &(&&String, &String)| form.as_str() == base || *own == base;
        forms.iter().zip(&bases).filter(is).count()
    };
    let told = |base: &str| forms.iter().any(|form| *form == base);
    let all = bases.iter().chain(forms.iter().copied());
    // Of equal ones a form that the article has, then the first.
    let ranked = all.map(|base| (support(base), told(base), base));
    let most = ranked
        .reduce(|most, next| if (next.0, next.1) > (most.0, most.1) { next } else { most })?;
    (most.0 >= 2).then(|| most.2.clone())
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

fn base_form(pack: &Pack, word: &str, alone: bool) -> Option<String> {
    if is_known_company(word) {
        return None;
    }
    if let Some((stem, ending)) = word.rsplit_once(MARKS)
        && pack.name_endings.iter().any(|known| known.trim_start_matches(MARKS) == ending)
        && stem.chars().any(char::is_uppercase)
    {
        return Some(stem.to_owned());
    }
    if !word.chars().any(char::is_lowercase) {
        return None;
    }
    // "S-Pankille": the last part is inflected like a word of its own.
    if let Some((head, part)) = word.rsplit_once('-')
        && part.starts_with(char::is_uppercase)
    {
        return base_form(pack, part, alone).map(|base| format!("{head}-{base}"));
    }
    case_undone(pack, word, WHOLE)
        .or_else(|| if alone { None } else { body_base(pack, word) })
        .or_else(|| known_base(pack, word, if alone { 1 } else { 2 }))
        .or_else(|| case_undone(pack, word, 1))
}

/// Returns the nominative of a word that the pack lists whole: "Marini" of "Marini Punat".
pub(super) fn listed_case(pack: &Pack, word: &str) -> Option<String> {
    let listed = |case: &&NameCase| case.ending.len() == word.len();
    pack.name_cases.iter().filter(listed).find_map(|case| undone(case, word))
}

/// Returns the word with the nominative's ending in the place of a case's.
fn undone(case: &NameCase, word: &str) -> Option<String> {
    let Some(stem) = word.strip_suffix(&*case.ending) else {
        // A whole word that the pack lists, with a capital here: "Pankille".
        let mut letters = word.chars();
        let first = letters.next()?;
        let rest = case.ending.strip_prefix(first.to_lowercase().next()?)?;
        let mut base = case.nominative.chars();
        let head = base.next()?;
        return (rest == letters.as_str())
            .then(|| head.to_uppercase().chain(base).collect::<String>());
    };
    // A whole word that the pack lists: "banko".
    let Some(letter) = stem.chars().next_back() else {
        return Some(case.nominative.to_string());
    };
    let fits = case.behind.is_none_or(|vowel| vowel == is_vowel(letter));
    let least = LEAST + usize::from(case.ending.chars().count() == 1);
    let long = stem.chars().take(least).count() == least || case.ending.chars().count() >= WHOLE;
    (fits && long).then(|| format!("{stem}{}", case.nominative))
}

fn is_vowel(letter: char) -> bool {
    "aeiouyäöåõüáéíóúőűàèìòùâêîôûąęėįųūāēīōěůıаеёиоуыэюяіїєў"
        .contains(letter.to_lowercase().next().unwrap_or(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{tables::Tables, world::World},
    };

    #[test]
    fn case_endings_are_undone_where_the_language_shows_them() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, inflected, base) in [
            (Lang::Hr, "Telemachu", "Telemach"),
            (Lang::Hu, "Yettelt", "Yettel"),
            (Lang::Hu, "Erste Bankra", "Erste Bank"),
            (Lang::Et, "Olerexi", "Olerex"),
            (Lang::Lt, "Achemai", "Achema"),
            (Lang::Fi, "S-Pankille", "S-Pankki"),
            (Lang::Pl, "Sygma Bankiem", "Sygma Bank"),
            (Lang::Cs, "Vodafonu", "Vodafone"),
            (Lang::Sl, "Pošti Slovenije", "Pošta Slovenije"),
            (Lang::Hr, "Gold štedionici", "Gold štedionica"),
            (Lang::Hr, "Zagrebačku banku", "Zagrebačka banka"),
            (Lang::Hr, "Zagrebačkoj štedionici", "Zagrebačka štedionica"),
            (Lang::Cs, "Komerční bance", "Komerční banka"),
            (Lang::Sk, "Poštovú banku", "Poštová banka"),
            (Lang::Et, "Tartu Ülikooli Kliinikum", "Tartu Ülikooli Kliinikum"),
            (Lang::Pl, "Poczcie Polskiej", "Poczta Polska"),
            (Lang::Pl, "ING Banku Śląskiego", "ING Bank Śląski"),
            (Lang::Pl, "Banku Spółdzielczego", "Bank Spółdzielczy"),
            (Lang::Pl, "Spółdzielczego Banku Rozwoju", "Spółdzielczy Bank Rozwoju"),
            (Lang::Hr, "Hrvatskog Telekoma", "Hrvatski Telekom"),
            (Lang::Ru, "Московского кредитного банка", "Московский кредитный банк"),
            (Lang::Hr, "Marini Punat", "Marina Punat"),
            (Lang::Hr, "Hrvatski telekom", "Hrvatski telekom"),
            (Lang::Hr, "Hrvatskom telekomu", "Hrvatski telekom"),
            (Lang::Hr, "Gradskoj plinari Zagreb", "Gradska plinara Zagreb"),
            (Lang::Cs, "Českým drahám", "České dráhy"),
            (Lang::Cs, "Západočeské teplárny", "Západočeské teplárny"),
            (Lang::Sk, "Hronskú energetickú spoločnosť", "Hronská energetická spoločnosť"),
            (Lang::Pl, "Polskim Sieciom Elektroenergetycznym", "Polskie Sieci Elektroenergetyczne"),
            (Lang::Pl, "Banku Spółdzielczego w Rawiczu", "Bank Spółdzielczy w Rawiczu"),
            (Lang::Ru, "Норильской обогатительной фабрике", "Норильская обогатительная фабрика"),
            // What is no case of anything stays.
            (Lang::Fi, "Amazon", "Amazon"),
            (Lang::Fi, "Lemminkäinen", "Lemminkäinen"),
            (Lang::Hu, "Renault", "Renault"),
            (Lang::En, "Telemachu", "Telemachu"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            assert_eq!(nominative(&pack, Label::Org, inflected.to_owned()), base, "{lang:?}");
        }
    }

    #[test]
    fn an_adjective_that_opens_a_name_stands_in_the_nominative() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::De, &Tables::default(), &world.currencies).unwrap();
        for (word, base) in [
            ("Deutschen", Some("Deutsche")),
            ("Bayerischen", Some("Bayerische")),
            ("Taschen", None),
        ] {
            assert_eq!(opening(&pack, word).as_deref(), base);
        }
    }

    #[test]
    fn forms_of_one_name_agree_on_its_nominative() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, best, forms, base) in [
            (Lang::Fi, "Temussa", ["Temussa", "Temulle"], "Temu"),
            (Lang::Hu, "Sziget", ["Sziget", "Szigetet"], "Sziget"),
            // A form that is no case of anything needs no other.
            (Lang::Fi, "Posti", ["Posti", "Postille"], "Posti"),
            (Lang::Hr, "Exempla", ["Exempla", "Exempla"], "Exempla"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let forms = forms.map(str::to_owned);
            for apposed in [false, true] {
                assert_eq!(called(&pack, Label::Org, best, &forms, apposed), base, "{lang:?}");
            }
        }
    }

    #[test]
    fn a_case_of_a_legal_form_is_no_part_of_a_name() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, name) in [
            (Lang::Hu, "Exempla Kft.-re", "Exempla"),
            (Lang::Et, "AS-ile Exempla", "Exempla"),
            (Lang::Tr, "Exempla Gıda A.Ş.", "Exempla Gıda"),
            (Lang::Hr, "Exempla d.o.o.", "Exempla"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            assert_eq!(canonical(&document, &(0..document.tokens.len())), name);
        }
    }

    #[test]
    fn an_apostrophe_ends_a_name_only_before_a_case() {
        let world = World::load(&Tables::default()).unwrap();
        for (lang, text, name) in [
            (Lang::En, "Michael O'Leary", "Michael O'Leary"),
            (Lang::It, "Sean O’Brien", "Sean O’Brien"),
            (Lang::En, "McDonald's", "McDonald's"),
            (Lang::En, "Boeing's", "Boeing"),
            (Lang::Tr, "Trendyol'un", "Trendyol"),
        ] {
            let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
            let document = Document::new(&pack, text, 0);
            assert_eq!(canonical(&document, &(0..document.tokens.len())), name);
        }
    }

    #[test]
    fn legal_forms_and_what_stands_before_quotation_marks_are_no_part_of_a_name() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::Lt, &Tables::default(), &world.currencies).unwrap();
        for (text, name) in [
            ("UAB „Ministerium", "Ministerium"),
            ("Sobeys Inc.", "Sobeys"),
            ("Comarcos S.L.", "Comarcos"),
            ("Pampilla S.A.A.", "Pampilla"),
        ] {
            let document = Document::new(&pack, text, 0);
            assert_eq!(canonical(&document, &(0..document.tokens.len())), name);
        }
    }
}

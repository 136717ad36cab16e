//! The nominative of a name: what the case endings of its words stand for.
//!
//! Endings that the language's pack lists as sure, and what is left of a word when an ending is taken off well-known
//! companies; the other words of the name follow ([`agree`]).

use crate::{
    extract::{
        entities::Label,
        tagger::lists::{body_base, is_known_company, known_base},
    },
    pack::{
        agreement::is_vowel,
        compile::{NameCase, Pack},
    },
};

use super::agree;

/// Letters that are left when a case ending is taken off; when it is of one letter, one more.
pub(super) const LEAST: usize = 3;

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
    let last_form = |word: &str| base_form(pack, word, count == 1);
    if label == Label::Per {
        let formed = words.iter().map(|word| last_form(word).unwrap_or_else(|| (*word).to_owned()));
        return formed.collect::<Vec<_>>().join(" ");
    }
    let Some(last) = words.last() else { return name };
    let joint = words.iter().position(|word| is_small_word(word));
    if let Some(at) = joint.filter(|at| (1..count - 1).contains(at)) {
        // "Univerzitet u Beogradu": what a preposition governs keeps its case, what "and" adds has that of the head.
        let (head, rest) = (words[..at].join(" "), words[at + 1..].join(" "));
        let is_and = pack.agreement.ands.iter().any(|and| and == words[at]);
        let rest = if is_and { nominative(pack, label, rest) } else { rest };
        return [nominative(pack, label, head), words[at].to_owned(), rest].join(" ");
    }
    // "Západočeské teplárny" are many; their nominative is the genitive of one.
    if count > 1 && pack.agreement.is_plural(last) {
        return name;
    }
    let formed = words.iter().enumerate().map(|(at, word)| {
        let base = match at {
            _ if at + 1 == count => last_form(word),
            // "Pošti Slovenije"; within a name a genitive is its own: "Tartu Ülikooli Kliinikum".
            0 if !pack.agreement.opens_masculine(word) => {
                listed_case(pack, word).or_else(|| body_base(pack, word))
            }
            _ => None,
        };
        base.unwrap_or_else(|| (*word).to_owned())
    });
    let mut formed: Vec<String> = formed.collect();
    if count > 1 && agree::in_number(pack, &words, &mut formed) {
        return formed.join(" ");
    }
    if formed.last().is_some_and(|formed| formed == last)
        && let Some(head) = inflected_head(pack, &words)
    {
        // "Gradskoj plinari Zagreb"
        return [&nominative(pack, label, head), *last].join(" ");
    }
    agree::with_feminine(pack, &words, &mut formed);
    agree::with_masculine(pack, &words, &mut formed);
    formed.join(" ")
}

/// Returns whether a word within a name joins its parts: a preposition, "and".
fn is_small_word(word: &str) -> bool {
    word.chars().all(char::is_lowercase) && word.chars().nth(3).is_none()
}

/// Returns a word with the nominative's ending in the place of the first case that the pack lists with so many letters.
fn case_undone(pack: &Pack, word: &str, least: usize) -> Option<String> {
    // Most endings are told from the word's by their last byte.
    let last = word.bytes().next_back();
    let cases = pack.name_cases.iter().filter(|case| case.ending.bytes().next_back() == last);
    let mut long = cases.filter(|case| case.ending.chars().count() >= least);
    long.find_map(|case| undone(case, word))
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

pub(super) fn base_form(pack: &Pack, word: &str, alone: bool) -> Option<String> {
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

/// Returns what stands before the last word of a name, which has no case, where it is a noun in a case with nothing but
/// adjectives before it.
fn inflected_head(pack: &Pack, words: &[&str]) -> Option<String> {
    let (last, head) = words.split_last()?;
    let (noun, adjectives) = head.split_last()?;
    if agree::is_inflected(pack, last) {
        return None;
    }
    let base = body_base(pack, noun).or_else(|| case_undone(pack, noun, WHOLE))?;
    (base != *noun && adjectives.iter().all(|word| pack.agreement.is_adjective(word)))
        .then(|| head.join(" "))
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
}

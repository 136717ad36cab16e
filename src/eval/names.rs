//! Whether two names mean the same body or company, as scoring takes it.
//!
//! Case, accents, punctuation and legal forms do not count; one name may leave out words of the
//! other ("Google" and "Google Ireland Limited"). A regulator is also right if its id ends in the
//! gold's acronym, or if it is a known body of the gold's country: gold has one name for each, the
//! articles have many.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

const LEGAL_FORMS: &[&str] = &[
    "a",
    "ab",
    "ag",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "groupe",
    "inc",
    "la",
    "le",
    "limited",
    "llc",
    "ltd",
    "nv",
    "o",
    "oy",
    "oyj",
    "plc",
    "s",
    "sa",
    "sas",
    "se",
    "sl",
    "slu",
    "societe",
    "sp",
    "spa",
    "srl",
    "the",
    "z",
];

/// Authority as gold has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GoldRegulator<'a> {
    /// Name, if the text tells who acts.
    pub(crate) name: Option<&'a str>,
    /// ISO 3166 code.
    pub(crate) country: Option<&'a str>,
}

/// Authority as the engine has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundRegulator<'a> {
    /// Id, if the body is built in.
    pub(crate) id: Option<&'a str>,
    /// Name.
    pub(crate) name: Option<&'a str>,
    /// ISO 3166 code.
    pub(crate) country: Option<&'a str>,
}

/// Returns `name` as words without case, accents and punctuation.
pub(crate) fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace('ß', "ss").replace('ς', "σ");
    let spaced: String = lower
        .nfkd()
        .filter(|&c| canonical_combining_class(c) == 0)
        .map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether two names mean the same company or person.
pub(crate) fn same(gold: Option<&str>, found: Option<&str>) -> bool {
    let (gold, found) = match (present(gold), present(found)) {
        (None, None) => return true,
        (Some(gold), Some(found)) => (folded(gold), folded(found)),
        _ => return false,
    };
    let (gold_words, found_words) = (words(&gold), words(&found));
    if gold_words.is_empty() || found_words.is_empty() {
        return gold == found;
    }
    gold_words.is_subset(&found_words) || found_words.is_subset(&gold_words)
}

/// Returns whether the engine's authority is the gold's.
pub(crate) fn same_regulator(gold: GoldRegulator<'_>, found: FoundRegulator<'_>) -> bool {
    let (Some(name), id) = (present(gold.name), present(found.id)) else {
        // Nobody is named: a country is all that can be right or wrong.
        return present(gold.country).is_none() || gold.country == found.country;
    };
    let acronym = folded(name).replace(' ', "");
    if id.is_some_and(|id| folded(id).rsplit(' ').next() == Some(acronym.as_str())) {
        return true;
    }
    let is_same_name = present(found.name).is_some() && same(Some(name), found.name);
    let is_known_there =
        id.is_some() && present(gold.country).is_some() && gold.country == found.country;
    is_same_name || is_known_there
}

fn present(name: Option<&str>) -> Option<&str> {
    name.filter(|name| !name.is_empty())
}

fn words(folded: &str) -> BTreeSet<&str> {
    folded.split(' ').filter(|word| !word.is_empty() && !LEGAL_FORMS.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_accents_and_left_out_words_do_not_count() {
        assert!(same(Some("Clearview AI, Inc."), Some("Clearview AI")));
        assert!(same(Some("Société Générale S.A."), Some("Societe Generale")));
        assert!(same(Some("Google Ireland Limited"), Some("Google")));
        assert!(same(None, Some("")));
        assert!(!same(Some("Google"), None));
        assert!(!same(Some("Google LLC"), Some("Meta LLC")));
        assert!(!same(Some("Inc"), Some("Ltd")));
    }

    #[test]
    fn a_regulator_is_right_by_acronym_name_or_country() {
        let gold = |name, country| GoldRegulator { name, country };
        let found = |id, name, country| FoundRegulator { id, name, country };
        let cnil = found(Some("fr-cnil"), Some("CNIL"), Some("FR"));
        assert!(same_regulator(gold(Some("CNIL"), Some("FR")), cnil));
        assert!(same_regulator(gold(Some("Commission informatique"), Some("FR")), cnil));
        assert!(!same_regulator(gold(Some("ICO"), Some("GB")), cnil));
        assert!(same_regulator(gold(None, Some("FR")), cnil));
        assert!(same_regulator(gold(None, None), cnil));
        let unlinked = found(None, Some("Autorité X"), Some("FR"));
        assert!(!same_regulator(gold(Some("CNIL"), Some("FR")), unlinked));
    }
}

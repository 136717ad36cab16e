//! How the words of a name agree: its adjectives with its noun, in gender and number.

use std::collections::BTreeMap;

use super::schema::PackFile;

/// Endings, longest first, each with that of the nominative.
pub type Endings = Vec<(String, String)>;

/// What adjectives of countries, towns and trades are made with: "Pražská", "Dopravní", "Московский".
const ADJECTIVES: [&str; 15] =
    ["sk", "ck", "čk", "šk", "zk", "n", "ov", "ev", "ск", "цк", "ськ", "зьк", "н", "ов", "ев"];

/// Endings of masculine adjectives in the nominative that names open with.
const MASCULINE: [&str; 9] = ["ski", "cki", "čki", "ški", "zki", "ски", "цки", "чки", "шки"];

/// The endings of a language's adjectives, and of the nouns that they stand beside.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// Endings of adjectives before a feminine noun.
    pub feminine: Endings,
    /// The same beside a masculine noun.
    pub masculine: Endings,
    /// The same beside a noun in the plural; `*` stands for the letter that the noun ends with.
    pub plural: Endings,
    /// Endings of nouns in the nominative plural that names end with.
    pub plurals: Vec<String>,
    /// Endings of feminine nouns besides "-a" that names end with.
    pub feminines: Vec<String>,
    /// Words for "and" that join the parts of a name.
    pub ands: Vec<String>,
}

impl Agreement {
    /// Takes the tables of a pack's file.
    pub(super) fn of(file: &PackFile) -> Self {
        Self {
            feminine: longest_first(&file.name_adjectives),
            masculine: longest_first(&file.name_adjectives_masculine),
            plural: longest_first(&file.name_adjectives_plural),
            plurals: file.name_plurals.clone(),
            feminines: file.name_feminines.clone(),
            ands: file.name_ands.clone(),
        }
    }

    /// Returns whether a word looks like an adjective that names are made of, in whatever case.
    pub fn is_adjective(&self, word: &str) -> bool {
        let tables = [&self.feminine, &self.masculine, &self.plural];
        let endings = tables.into_iter().flatten().flat_map(|(case, base)| [case, base]);
        // Consonants that an ending begins with are the stem's: "kiej" of "Polskiej".
        let stem = |ending: &String| {
            let vowel = ending.find(is_vowel)?;
            word.ends_with(ending.as_str()).then(|| word.len() - ending.len() + vowel)
        };
        endings.filter_map(stem).filter_map(|end| word.get(..end)).any(|stem| {
            stem.chars().nth(2).is_some() && ADJECTIVES.iter().any(|made| stem.ends_with(made))
        })
    }

    /// Returns whether a word is the nominative of a masculine adjective that names open with: "Hrvatski telekom" is no
    /// case of "Hrvatska".
    pub fn opens_masculine(&self, word: &str) -> bool {
        MASCULINE.iter().any(|ending| word.ends_with(ending))
    }

    /// Returns whether a word is a noun in the plural, in the nominative.
    pub fn is_plural(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.plurals.iter().any(|plural| word.ends_with(plural.as_str()))
    }

    /// Returns whether a noun in the nominative is feminine by its ending.
    pub fn is_feminine(&self, noun: &str) -> bool {
        noun.ends_with(['a', 'а', 'я'])
            || self.feminines.iter().any(|ending| noun.ends_with(ending.as_str()))
    }
}

/// Returns whether a letter is a vowel.
pub fn is_vowel(letter: char) -> bool {
    "aeiouyýäöåõüáéíóúőűàèìòùâêîôûąęėįųūāēīōěůıаеёиоуыэюяіїє"
        .contains(letter.to_lowercase().next().unwrap_or(letter))
}

/// Puts the longest endings first.
pub(super) fn longest_first(endings: &BTreeMap<String, String>) -> Endings {
    let mut all: Endings =
        endings.iter().map(|(case, base)| (case.clone(), base.clone())).collect();
    all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_are_told_by_what_they_are_made_with() {
        let table = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(case, base)| ((*case).to_owned(), (*base).to_owned())).collect()
        };
        let agreement = Agreement {
            feminine: table(&[("kiej", "ka"), ("ou", "á"), ("ej", "a")]),
            masculine: table(&[("omu", "i")]),
            ..Agreement::default()
        };
        for word in ["Polskiej", "Pražskou", "Modelska", "Hrvatskomu"] {
            assert!(agreement.is_adjective(word), "{word}");
        }
        for word in ["Exempla", "telekomu", "Bank", "Ska"] {
            assert!(!agreement.is_adjective(word), "{word}");
        }
    }
}

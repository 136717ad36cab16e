//! Coins names of companies, people and places to learn from.
//!
//! Any word may be a company: what a paper calls a company is often a surname, a place or a word that no list has, and the
//! words around it must tell. So names are put together from those, with and without a word of
//! the trade, a figure, a mark or a legal form.

use super::examples::Dice;

/// Alphabets that names are coined in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

impl Script {
    fn of(word: &str) -> Self {
        match word.chars().find(|c| c.is_alphabetic()) {
            Some('\u{0400}'..='\u{04FF}') => Self::Cyrillic,
            Some('\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}') => Self::Greek,
            _ => Self::Latin,
        }
    }
}

/// Words that names are coined from.
#[derive(Debug)]
pub(super) struct Coins {
    words: [Vec<&'static str>; 3],
    trades: [Vec<&'static str>; 3],
    given: [Vec<&'static str>; 3],
    surnames: [Vec<&'static str>; 3],
    places: [Vec<&'static str>; 3],
}

impl Default for Coins {
    fn default() -> Self {
        const SURNAMES: &str = include_str!("lists/surnames.txt");
        const PLACES: &str = include_str!("lists/places.txt");
        Self {
            words: by_script(&[SURNAMES, PLACES, include_str!("lists/companies.txt")]),
            trades: by_script(&[
                include_str!("lists/trades.txt"),
                include_str!("lists/trades-cyrillic.txt"),
                include_str!("lists/trades-greek.txt"),
            ]),
            given: by_script(&[include_str!("lists/given.txt")]),
            surnames: by_script(&[SURNAMES]),
            places: by_script(&[PLACES]),
        }
    }
}

fn by_script(lists: &[&'static str]) -> [Vec<&'static str>; 3] {
    let mut words: [Vec<&'static str>; 3] = Default::default();
    for word in lists.iter().flat_map(|list| list.split_whitespace()) {
        if let Some(words) = words.get_mut(Script::of(word) as usize) {
            words.push(word);
        }
    }
    words
}

fn pick(lists: &[Vec<&'static str>; 3], script: Script, dice: &mut Dice) -> &'static str {
    let list = lists.get(script as usize).map(Vec::as_slice).unwrap_or_default();
    list.get(dice.below(list.len())).copied().unwrap_or("Acme")
}

/// Legal forms that follow a coined name now and then.
const FORMS: [&str; 12] =
    ["SA", "AG", "GmbH", "Ltd", "Inc", "AB", "Oyj", "ASA", "NV", "BV", "SpA", "SE"];

impl Coins {
    /// Returns the words of a new name in the script of `like`.
    pub(super) fn coin(&self, like: &str, dice: &mut Dice) -> Vec<String> {
        let script = Script::of(like);
        let first = match dice.below(3) {
            0 => pick(&self.words, script, dice).to_owned(),
            _ => blend(pick(&self.words, script, dice), pick(&self.words, script, dice)),
        };
        if script == Script::Latin && dice.below(12) == 0 {
            return vec![marked(&first, pick(&self.words, script, dice), dice)];
        }
        let mut name = vec![first];
        match dice.below(20) {
            0..=8 => {}
            9..=14 => name.push(pick(&self.trades, script, dice).to_owned()),
            15 => {
                name.push(pick(&self.trades, script, dice).to_owned());
                name.push(pick(&self.trades, script, dice).to_owned());
            }
            16 => name.push((dice.below(98) + 2).to_string()),
            17 => name.push(pick(&self.words, script, dice).to_owned()),
            _ if script == Script::Latin => {
                if dice.below(2) == 0 {
                    name.push(pick(&self.trades, script, dice).to_owned());
                }
                name.push(FORMS[dice.below(FORMS.len())].to_owned());
            }
            _ => {}
        }
        name
    }
}

impl Coins {
    /// Returns the name of a person: a surname, or a given name and one.
    pub(super) fn person(&self, like: &str, words: usize, dice: &mut Dice) -> Vec<String> {
        let script = Script::of(like);
        let surname = pick(&self.surnames, script, dice).to_owned();
        if words == 1 {
            return vec![surname];
        }
        vec![pick(&self.given, script, dice).to_owned(), surname]
    }

    /// Returns the name of a place.
    pub(super) fn place(&self, like: &str, dice: &mut Dice) -> Vec<String> {
        vec![pick(&self.places, Script::of(like), dice).to_owned()]
    }
}

/// Returns a name of capitals, figures and marks: "N26", "3M", "K&H", "Quad/Graphics", "eDreams".
fn marked(one: &str, two: &str, dice: &mut Dice) -> String {
    let capital = |word: &str| word.chars().next().unwrap_or('A');
    let (first, second, figure) = (capital(one), capital(two), dice.below(98) + 1);
    match dice.below(8) {
        0 => format!("{first}{figure}"),
        1 => format!("{first}{second}{figure}"),
        2 => format!("{figure}{first}"),
        3 => format!("{first}&{second}"),
        4 => format!("{one}/{two}"),
        5 => format!("e{one}"),
        _ => format!("{one}-{two}"),
    }
}

/// Returns the first half of one word with the second half of another.
fn blend(head: &str, tail: &str) -> String {
    let half = |word: &str| word.chars().count().div_ceil(2);
    let start: String = head.chars().take(half(head)).collect();
    let end: String = tail.chars().skip(half(tail)).collect();
    start + &end.to_lowercase()
}

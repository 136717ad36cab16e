//! Endings of words: case endings, suffixes, particles.
//!
//! A language has up to a hundred, and each new word is held against all of them; so an ending is
//! the number that its last eight bytes make, and holding it against a word is one comparison.

/// The endings of a language, longest first.
#[derive(Clone, Debug, Default)]
pub struct Endings {
    all: Vec<Ending>,
}

#[derive(Clone, Debug)]
struct Ending {
    /// Its last eight bytes, the last one lowest.
    tail: u64,
    /// The bits of those bytes.
    mask: u64,
    text: Box<str>,
}

impl Endings {
    /// Takes folded endings; the empty one is none.
    pub fn new(endings: impl Iterator<Item = String>) -> Self {
        let mut all: Vec<Ending> = endings
            .filter(|text| !text.is_empty())
            .map(|text| {
                let mask = u64::MAX >> (64 - 8 * text.len().min(8));
                Ending { tail: tail(&text), mask, text: text.into() }
            })
            .collect();
        all.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(a.text.cmp(&b.text)));
        Self { all }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns the endings, longest first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|ending| &*ending.text)
    }

    /// Returns whether a text is an ending.
    pub fn has(&self, text: &str) -> bool {
        self.iter().any(|ending| ending == text)
    }

    /// Returns what is left of a word without each ending that it has, longest ending first.
    pub fn stems<'e, 'w: 'e>(&'e self, word: &'w str) -> impl Iterator<Item = &'w str> + 'e {
        let last = tail(word);
        self.all
            .iter()
            .filter(move |ending| last & ending.mask == ending.tail)
            .filter_map(|ending| word.strip_suffix(&*ending.text))
    }
}

/// Returns the number that the last eight bytes of a word make; shorter words have zeros before.
fn tail(word: &str) -> u64 {
    match word.as_bytes().last_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => word.bytes().fold(0, |all, byte| all << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_loses_each_ending_it_has_longest_first() {
        let list = ["n", "ssa", "en", "", "ministeriössä", "ssä"];
        let endings = Endings::new(list.into_iter().map(str::to_owned));
        let stems = |word| endings.stems(word).collect::<Vec<_>>();
        assert_eq!(stems("pankkien"), ["pankki", "pankkie"]);
        assert_eq!(stems("pankissa"), ["panki"]);
        assert_eq!(stems("en"), ["", "e"]);
        assert_eq!(stems("oikeusministeriössä"), ["oikeus", "oikeusministeriö"]);
        assert_eq!(stems("xministeriössä"), ["x", "xministeriö"]);
        assert_eq!(stems("i"), [""; 0]);
        assert_eq!(stems(""), [""; 0]);
        assert!(endings.has("ssa") && !endings.has("sa"));
    }
}

//! What belongs to one name: pieces that readers found apart are put together, ends are mended.
//!
//! Marks that stand tight between capitals ("Buda-Cash", "Quad/Graphics", "H&M", "E.Leclerc"), the
//! quotation marks behind a company's form («Norvik banka»), "of" behind the kind of a body
//! ("Banca Popolare di Vicenza"), and nouns in small letters that a language ends such names with
//! ("Factor banka") hold a name together. An ordinary word that only opens the sentence is cut off.

mod codes;
mod couple;
mod quoted;
mod stretch;

use rustc_hash::FxHashMap;

use super::{
    capitals::{is_legal_form, starts_sentence},
    entities::{NameMention, Reading, taken_by},
    tagger::lists::is_known_company,
};
use crate::{
    base::token::Kind,
    pack::{sense::Sense, world::spellings::Spellings},
    text::document::Document,
};

/// Puts the pieces of names together.
pub(super) fn names(document: &Document, spellings: &Spellings, found: &mut Vec<NameMention>) {
    found.sort_by_key(|name| (name.first, name.last));
    // "The bank" and the like may turn out to be the end of a name.
    let is_firm = |name: &&NameMention| !is_described(name) && name.reading != Reading::Company;
    let (taken, numbered) = (taken_by(document, found.iter().filter(is_firm)), numbered(document));
    let mut reader = Reader { document, spellings, taken, numbered };
    found.retain_mut(|name| reader.trim(name));
    reader.add_codes(found);
    reader.add_known(found);
    reader.add_quoted(found);
    reader.couple(found);
    for name in found.iter_mut() {
        reader.stretch(name);
    }
    // What a longer name took in is no name of its own.
    let mut end = 0;
    let mut kept: Vec<NameMention> = Vec::with_capacity(found.len());
    for name in found.drain(..) {
        if name.first >= end {
            end = name.last;
            kept.push(name);
        } else if let Some(last) = kept.last_mut().filter(|last| last.last < name.last) {
            let grown = last.reading == Reading::Name && name.reading == Reading::Name;
            if grown {
                last.last = name.last;
                end = name.last;
            }
        }
    }
    *found = kept;
}

/// Returns whether a mention describes a company or an authority by one word.
fn is_described(name: &NameMention) -> bool {
    matches!(name.reading, Reading::Company | Reading::Authority(_, None))
        && name.last == name.first + 1
}

/// A word and the figure behind it.
type Numbered<'a> = FxHashMap<(&'a str, &'a str), u32>;

/// Counts the capitalised words with a figure behind them: "Rema 1000" twice is a name.
fn numbered<'a>(document: &Document<'a>) -> Numbered<'a> {
    let mut counts = Numbered::default();
    for (at, pair) in document.tokens.windows(2).enumerate() {
        let [word, figure] = pair else { continue };
        if word.kind == Kind::Word && word.any_capital && figure.kind == Kind::Number {
            *counts.entry((document.word(at), document.word(at + 1))).or_default() += 1;
        }
    }
    counts
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    spellings: &'d Spellings,
    taken: Vec<bool>,
    numbered: Numbered<'a>,
}

impl Reader<'_, '_> {
    fn is_free(&self, at: usize) -> bool {
        self.taken.get(at).is_some_and(|taken| !taken)
    }

    fn is_tight(&self, mark: usize) -> bool {
        !self.document.spaced(mark) && !self.document.spaced(mark + 1)
    }

    /// Returns whether a token is a case behind an apostrophe: "'ın".
    fn is_ending(&self, at: usize) -> bool {
        let pack = self.document.pack;
        let word = self.document.word(at);
        // "McDonald's" of a language whose cases have no apostrophe stays.
        word.starts_with(['\'', '’']) && pack.name_endings.has(&pack.lexicon.shape().fold(word))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.capital)
    }

    /// Cuts an ordinary word off that opens the sentence; returns whether a name is left.
    fn trim(&mut self, name: &mut NameMention) -> bool {
        let document = self.document;
        if name.reading != Reading::Name {
            return true;
        }
        self.trim_end(name);
        if name.first >= name.last {
            return false;
        }
        if name.last == name.first + 1 && self.is_before_dollar(name.first) {
            self.taken[name.first] = false;
            return false;
        }
        // "ООО «Яндекс»": the form alone is nobody's name.
        if name.last == name.first + 1
            && is_legal_form(document, name.first)
            && document.spaced(name.last)
            && matches!(document.word(name.last), "«" | "„" | "“" | "\"")
        {
            self.taken[name.first] = false;
            return false;
        }
        if !starts_sentence(document, name.first) {
            return true;
        }
        if self.is_kind_alone(name) {
            self.taken[name.first] = false;
            return false;
        }
        let Some(last) = ordinary_end(document, name.first).filter(|last| *last <= name.last)
        else {
            return true;
        };
        if last == name.last {
            self.taken[name.first..last].fill(false);
            return false;
        }
        if self.is_capital(last) && document.spaced(last) {
            self.taken[name.first..last].fill(false);
            name.first = last;
        }
        true
    }

    /// Returns whether a name is the word for a kind of company or body alone: "Bank fined".
    fn is_kind_alone(&self, name: &NameMention) -> bool {
        let kind =
            |sense: Sense| matches!(sense, Sense::Company | Sense::Firm | Sense::OrganisationHead);
        name.last == name.first + 1
            && !is_known_company(self.document.word(name.first))
            && self.document.longest(name.first, |s| kind(s).then_some(())) == Some((name.last, ()))
    }

    /// Cuts off what stands behind a colon or a comma, and small words at the end.
    fn trim_end(&mut self, name: &mut NameMention) {
        let document = self.document;
        while name.last > name.first + 1 && self.is_ending(name.first) {
            self.taken[name.first] = false;
            name.first += 1;
        }
        let cut = (name.first + 1..name.last).find(|&at| match document.word(at) {
            ":" | ";" => true,
            // "Google'ın Tedbir Önerileri": a case ends the name.
            _ if self.is_ending(at - 1) => true,
            "," => !is_legal_form(document, at + 1),
            // Headlines in capitals: "UNICREDIT E NTT DATA".
            _ => {
                document.end_of(at, Sense::NumberAnd) == Some(at + 1)
                    && document.tokens.get(at - 1).is_some_and(|t| t.shout)
                    && document.word(at).chars().all(char::is_uppercase)
            }
        });
        // "TFA-", "-Exempla": a hyphen at an end ties nothing.
        let is_hyphen = |at: usize| matches!(document.word(at), "-" | "‑");
        if name.last > name.first + 1 && is_hyphen(name.first) {
            self.taken[name.first] = false;
            name.first += 1;
        }
        let mut last = cut.unwrap_or(name.last);
        if last > name.first + 1 && is_hyphen(last - 1) {
            last -= 1;
        }
        while last > name.first + 1
            && document
                .tokens
                .get(last - 1)
                .is_some_and(|t| t.kind == Kind::Word && t.spaced && !t.any_capital)
            && document.hits_at(last - 1).iter().any(|hit| {
                hit.last as usize == last
                    && matches!(hit.sense, Sense::Connector | Sense::FunctionWord)
            })
        {
            last -= 1;
        }
        // "Amazon 35 millions": a figure that the article has behind the name once counts something.
        if last > name.first + 1
            && document.kind(last - 1) == Kind::Number
            && document.spaced(last - 1)
            && self.numbered.get(&(document.word(last - 2), document.word(last - 1))) <= Some(&1)
        {
            last -= 1;
        }
        self.taken[last..name.last].fill(false);
        name.last = last;
    }
}

/// Returns the end of a word that has its capital from the sentence alone: a common word, a small
/// word of the language, or one that tells a day or counts.
fn ordinary_end(document: &Document, at: usize) -> Option<usize> {
    let word = document.word(at);
    if is_known_company(word) || document.tokens.get(at).is_some_and(|t| t.shout) {
        return None;
    }
    let preposition = document.longest(at, |sense| {
        matches!(
            sense,
            Sense::MoneyTo
                | Sense::DateTo
                | Sense::Agent
                | Sense::Target
                | Sense::MoneyOf
                | Sense::DateOf
        )
        .then_some(())
    });
    if let Some((last, ())) = preposition {
        return Some(last);
    }
    let (last, ()) = document.longest(at, |sense| {
        matches!(
            sense,
            Sense::Common
                | Sense::FunctionWord
                | Sense::Relative(..)
                | Sense::DayWord(_)
                | Sense::Weekday(_)
                | Sense::Number(_)
                | Sense::Duration(_)
        )
        .then_some(())
    })?;
    // Articles open names, too: "La Banque postale".
    (word.chars().count() > 3 || last > at + 1).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        extract::{
            entities::{self, Label},
            tagger::{Tagger, memo::Memo},
        },
        pack::{compile::Pack, tables::Tables, world::World},
        text,
    };

    fn read(lang: Lang, text: &str) -> Vec<(String, Label)> {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
        let words = &mut text::memo::Memo::new();
        let document = Document::read(&pack, &world.gazetteer, text, 0, words);
        let names =
            entities::names(&document, &world, &Tagger::load().unwrap(), &mut Memo::default());
        names
            .into_iter()
            .map(|name| (document.span(&name.range()).of(text).to_owned(), name.label))
            .collect()
    }

    #[test]
    fn marks_and_nouns_hold_a_name_together() {
        for (lang, text, name) in [
            (Lang::De, "Das Bußgeld gegen H&M ist rechtskräftig. Die Kette H&M zahlt.", "H&M"),
            (Lang::De, "Die BaFin rügt N26 erneut. Die Bank N26 will nachbessern.", "N26"),
            (Lang::De, "Das Bußgeld gegen Notebooksbilliger.de ist hoch.", "Notebooksbilliger.de"),
            (Lang::De, "Die Strafe für N26 ist hoch. Auch bisher zahlte N26 viel.", "N26"),
            (
                Lang::Sl,
                "Banka Slovenije je odvzela dovoljenje, Factor banka ga nima več.",
                "Factor banka",
            ),
            (
                Lang::It,
                "La Consob ha multato Banca Popolare di Vicenza.",
                "Banca Popolare di Vicenza",
            ),
            (Lang::Lv, "FKTK sodīja «Norvik banka» par pārkāpumiem.", "Norvik banka"),
            (
                Lang::Ru,
                "Роспотребнадзор закрыл ресторан «Устрицы и танцы» в Самаре.",
                "Устрицы и танцы",
            ),
            (Lang::Bg, "На фирма \"Пито - кар Варна\" е съставен акт.", "Пито - кар Варна"),
            (
                Lang::Hr,
                "HANFA je kaznila tvrtku Telis Net d.o.o. zbog kašnjenja.",
                "Telis Net d.o.o",
            ),
            (Lang::Nl, "DNB heeft bunq een boete opgelegd.", "bunq"),
            (Lang::En, "The regulator fined bet365 over its adverts.", "bet365"),
            (Lang::De, "Die Behörde hat gegen 1&1 ein Bußgeld verhängt.", "1&1"),
            (Lang::De, "Der Händler Babyland24 ruft den Hochstuhl zurück.", "Babyland24"),
            (Lang::De, "Die Strafe gegen notebooksbilliger.de ist hoch.", "notebooksbilliger.de"),
            (Lang::De, "Der Solarisbank drohte ein Bußgeld.", "Solarisbank"),
            (Lang::Fr, "Un blâme contre La Banque postale.", "La Banque postale"),
            (Lang::Sv, "Swedbank får en varning och ska betala.", "Swedbank"),
            (Lang::Nl, "De Volksbank werd begin dit jaar beboet.", "Volksbank"),
        ] {
            let names = read(lang, text);
            assert!(names.contains(&(name.to_owned(), Label::Org)), "{name}: {names:?}");
        }
    }

    #[test]
    fn a_case_behind_an_apostrophe_ends_a_name_and_legal_forms_are_none() {
        let names = read(Lang::Tr, "Rekabet Kurumu, Google'ın Tedbir Önerileri metnini reddetti.");
        let of_google = names.iter().filter(|(name, _)| name.starts_with("Google"));
        assert_eq!(
            of_google.collect::<Vec<_>>(),
            [&("Google".to_owned(), Label::Org)],
            "{names:?}"
        );
        let names = read(Lang::De, "Das Bußgeld gegen die GmbH ist hoch, so die Behörde.");
        assert!(names.iter().all(|(name, _)| name != "GmbH"), "{names:?}");
    }

    #[test]
    fn an_ordinary_word_that_opens_a_sentence_is_no_part_of_a_name() {
        let names = read(Lang::Uk, "Торік Нацбанк оштрафував банк. Торік було інакше.");
        assert!(names.iter().all(|(name, _)| !name.contains("Торік")), "{names:?}");
    }

    #[test]
    fn a_company_that_shares_an_acronym_with_a_foreign_authority_is_none() {
        let names = read(Lang::De, "Eon und GDF Suez kommen im Streit um Gasabsprachen davon.");
        assert!(names.contains(&("GDF Suez".to_owned(), Label::Org)), "{names:?}");
        let names = read(Lang::Hr, "Agencija je kaznila tvrtku Meta.");
        assert!(!names.contains(&("Meta".to_owned(), Label::Regulator)), "{names:?}");
        let names = read(Lang::Pl, "Prezes UOKiKu ukarał spółkę.");
        assert!(names.iter().any(|(_, label)| *label == Label::Regulator), "{names:?}");
    }

    #[test]
    fn the_letter_of_a_currency_is_no_part_of_a_name() {
        let names =
            read(Lang::En, "The regulator fined Sunwing C$126,000 and LGT Bank S$1 million.");
        assert!(names.iter().all(|(name, _)| !name.ends_with(['C', 'S'])), "{names:?}");
    }
}

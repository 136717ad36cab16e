//! The trained name tagger: people, organisations, places and other names by a linear model.
//!
//! It reads words, their letters, their neighbours, the meanings that the language's pack gives
//! them and how the same word is written elsewhere in the article. One model serves every
//! language that writes capitals; scripts without them are refused and stay with
//! [`super::capitals`]. Words far from any capital are never looked at: that is most of a text.

mod agree;
mod chances;
mod coins;
mod echoes;
mod examples;
mod features;
mod lattice;
mod learner;
mod learnt;
mod lessons;
pub mod lists;
mod marks;
pub mod memo;
pub mod model;
mod net;
mod reader;
mod rounded;
mod rows;
mod score;
mod sieve;
mod slots;
mod table;
pub mod train;
mod weights;

use std::ops::Range;

use crate::{
    base::lang::Lang,
    extract::entities::{Label, NameMention, Reading},
    pack::sense::Sense,
    text::document::Document,
};

use lattice::Lattice;
use memo::Memo;
use model::{Labels, Model, Scores, WeightsError};
use reader::Reader;

/// Built-in weights, written by `finewire train-names`.
const WEIGHTS: &[u8] = include_bytes!("names.bin");

/// How far behind a capital a name may go on in small letters.
const REACH: usize = 4;

/// How much likelier no name must be at a token for the next to be no part of one, unread.
const CLEAR: i32 = 160;

/// The tagger with its weights.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
}

impl Tagger {
    /// Unpacks the built-in weights.
    pub fn load() -> Result<Self, WeightsError> {
        Ok(Self { model: Model::from_bytes(WEIGHTS)? })
    }

    /// Takes weights that were just learnt.
    fn with(model: Model) -> Self {
        Self { model }
    }

    /// Returns whether names of this language are the tagger's business.
    pub fn reads(&self, lang: Lang) -> bool {
        !matches!(lang, Lang::Zh | Lang::Ja | Lang::Ko | Lang::Ar | Lang::He | Lang::Hi)
    }

    /// Returns whether the lists have a word as a place's name.
    pub fn is_place(&self, word: &str) -> bool {
        self.model.lists().of(features::low_hash(word)) & lists::PLACES != 0
    }

    /// Returns the names of a document in order; tokens that are `taken` belong to none of them.
    pub fn names(&self, document: &Document, taken: &[bool], memo: &mut Memo) -> Vec<NameMention> {
        let mut reader = Reader::new(document);
        let mut lattice = Lattice::default();
        let mut found = Vec::new();
        for (number, sentence) in document.sentences.iter().enumerate() {
            reader.open(number);
            let mut at = sentence.start;
            while at < sentence.end {
                if !reader.may_begin(at) {
                    at += 1;
                    continue;
                }
                let end = self.run(&mut reader, memo, &mut lattice, at..sentence.end);
                lattice.decode();
                for &(first, last, label, margin) in lattice.mentions() {
                    let (mut first, mut last) = (at + first, at + last);
                    if reader.is_titled() {
                        (first, last) = without_verbs(document, first, last);
                    }
                    let whole = pieces(document, taken, first, last);
                    found.extend(whole.map(|range| mention(document, range, label, margin)));
                }
                at = end;
            }
        }
        agree::agree(document, &mut found);
        let mut echoes = echoes::echoes(document, &reader, taken, &found);
        if !echoes.is_empty() {
            found.append(&mut echoes);
            found.sort_by_key(|name| name.first);
        }
        found
    }

    /// Scores tokens from the first of `range` until no name can go on; returns where it stopped.
    fn run(
        &self,
        reader: &mut Reader,
        memo: &mut Memo,
        lattice: &mut Lattice,
        range: Range<usize>,
    ) -> usize {
        lattice.clear();
        let mut idle = 0;
        for at in range.clone() {
            let begins = reader.may_begin(at);
            idle = if begins { 0 } else { idle + 1 };
            // No name goes on far from a capital, nor where surely none began.
            if idle > REACH || (!begins && lattice.lead() > CLEAR) {
                return at + 1;
            }
            let mut scores: Scores = model::scores(&reader.sums(at, &self.model, memo));
            if !begins {
                model::forbid_begins(&mut scores);
            }
            lattice.push(self.model.follow(), scores);
        }
        range.end
    }
}

/// Cuts what is taken, and marks at the edges, out of a name.
fn pieces(
    document: &Document,
    taken: &[bool],
    first: usize,
    last: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let free = |at: &usize| !taken.get(*at).copied().unwrap_or(true);
    let start = (first..last).find(free).unwrap_or(last);
    let end = (start..last).find(|at| !free(at)).unwrap_or(last);
    let is_whole = start == first && end == last;
    let (mut start, end) = bare(document, start, end);
    // "Selon Ton-That": what only opens the sentence is no part of the name.
    if end - start > 1 && opens_sentence(document, start) {
        start += 1;
    }
    // What is left of a cut name must still look like one.
    let holds = start < end
        && (is_whole || document.tokens.get(start).is_some_and(|t| t.capital && t.span.len() > 2));
    holds.then_some((start, end)).into_iter()
}

/// Takes words that tell of an action off the edges of a name in a headline: "Fines Clearview AI".
fn without_verbs(document: &Document, mut start: usize, mut end: usize) -> (usize, usize) {
    let is_verb = |at: usize| {
        let tells = document.hits_at(at).iter().any(|hit| match hit.sense {
            // "Orders … to": what a phrase goes on with may stand behind the name.
            Sense::Trigger(..) => true,
            Sense::FunctionWord => hit.last as usize == at + 1,
            _ => false,
        });
        tells && !lists::is_known_company(document.word(at))
    };
    while start < end && is_verb(start) {
        start += 1;
    }
    while start < end && is_verb(end - 1) {
        end -= 1;
    }
    (start, end)
}

/// Takes marks off the edges of a name, but no closing one whose opening one stands inside it.
fn bare(document: &Document, mut start: usize, mut end: usize) -> (usize, usize) {
    let is_mark = |at: usize| {
        matches!(
            document.word(at),
            "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "’" | "‘" | "-" | "," | "–" | "(" | ":"
        )
    };
    let is_quote = |at: usize| matches!(document.word(at), "\"" | "“" | "”" | "„" | "«" | "»");
    // A full stop that ends the sentence is no part of the name, one that ends "Inc." may be.
    let ends_sentence = |at: usize| {
        document.word(at) == "."
            && document.sentences.get(document.sentence_of(at)).is_some_and(|s| s.end == at + 1)
    };
    while start < end && is_mark(start) {
        start += 1;
    }
    let closes = |end: usize| {
        is_quote(end - 1) && (start..end - 1).filter(|&at| is_quote(at)).count() % 2 == 1
    };
    while start < end && (is_mark(end - 1) || ends_sentence(end - 1)) && !closes(end) {
        end -= 1;
    }
    // "Sunwing C$126,000": letters that touch the sign of a currency are its own.
    let is_sign = document.word(end) == "$" && !document.spaced(end);
    if is_sign && start < end && document.spaced(end - 1) && document.word(end - 1).len() <= 3 {
        end -= 1;
    }
    (start, end)
}

/// Returns whether a token is a word of the language that has its capital from the sentence alone.
fn opens_sentence(document: &Document, at: usize) -> bool {
    let sentence = document.sentences.get(document.sentence_of(at));
    sentence.is_some_and(|sentence| sentence.start == at)
        && document.word(at).len() > 3
        && document.tokens.get(at + 1).is_some_and(|next| next.spaced && next.capital)
        && document
            .hits_at(at)
            .iter()
            .any(|hit| hit.last as usize == at + 1 && hit.sense == Sense::FunctionWord)
}

fn name_of(label: u8) -> Label {
    match label {
        Labels::PER => Label::Per,
        Labels::ORG => Label::Org,
        Labels::LOC => Label::Loc,
        _ => Label::Misc,
    }
}

/// Returns the name of these tokens.
fn mention(document: &Document, range: (usize, usize), label: u8, margin: i32) -> NameMention {
    let (first, last) = range;
    let confidence = confidence(margin);
    let is_company = confidence < FAINT && is_company_behind(document, first);
    let label = if is_company { Label::Org } else { name_of(label) };
    NameMention { first, last, label, reading: Reading::Name, rule: "entity.tagger", confidence }
}

/// Below this confidence the kind of a name is as good as open.
const FAINT: f32 = 0.55;

/// Returns whether a word for companies stands before a name, over a comma: "a Leeds company, Lumena".
fn is_company_behind(document: &Document, first: usize) -> bool {
    let Some(before) = first.checked_sub(2).filter(|_| document.word(first - 1) == ",") else {
        return false;
    };
    document.hits_at(before).iter().any(|hit| {
        hit.last as usize == before + 1 && matches!(hit.sense, Sense::Company | Sense::CompanyMark)
    })
}

/// Returns a confidence that grows with the distance to the next best label.
fn confidence(margin: i32) -> f32 {
    let margin = margin.max(0) as f32;
    0.5 + 0.45 * margin / (margin + 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{compile::Pack, tables::Tables, world::World};

    fn read(lang: Lang, text: &str) -> Vec<(String, &'static str)> {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
        let document = Document::new(&pack, text, 0);
        let names = Tagger::load().unwrap().names(
            &document,
            &vec![false; document.tokens.len()],
            &mut Memo::default(),
        );
        names
            .into_iter()
            .map(|name| (document.span(&name.range()).of(text).to_owned(), name.label.word()))
            .collect()
    }

    #[test]
    fn companies_people_and_places_are_told_apart() {
        let names = read(Lang::En, "Regulators in Spain fined Clearview AI, said John Edwards.");
        let told = [("Spain", "LOC"), ("Clearview AI", "ORG"), ("John Edwards", "PER")];
        assert_eq!(names, told.map(|(name, label)| (name.to_owned(), label)));
    }

    #[test]
    fn a_surname_alone_is_its_bearer() {
        let names = read(
            Lang::Fr,
            "Son patron, Hoan Ton-That, se défend. Selon Ton-That, tout est public.",
        );
        assert_eq!(names.last(), Some(&("Ton-That".to_owned(), "PER")));
    }

    #[test]
    fn languages_at_the_end_of_the_alphabet_have_their_own_weights() {
        // A language that is added before them must not move their numbers.
        let swedish = read(Lang::Sv, "Enligt Eric Leijonram fick Klarna böta i Stockholm.");
        let told = [("Eric Leijonram", "PER"), ("Klarna", "ORG"), ("Stockholm", "LOC")];
        assert_eq!(swedish, told.map(|(name, label)| (name.to_owned(), label)));
    }

    #[test]
    fn words_of_an_action_are_no_part_of_a_name_in_a_headline() {
        for (text, name) in [
            ("Ofcom Fines Sky Mobile Over Roaming Charges", "Sky Mobile"),
            ("Court Orders Fox News to Pay Damages After Trial", "Fox News"),
            ("Watchdog Warns Lufthansa Over Late Refunds", "Lufthansa"),
        ] {
            let names = read(Lang::En, text);
            assert!(names.contains(&(name.to_owned(), "ORG")), "{text}: {names:?}");
        }
    }

    #[test]
    fn sentences_without_names_have_none() {
        assert!(
            read(Lang::Fr, "Cette décision peut faire l’objet d’un recours. Pourquoi ?").is_empty()
        );
        assert!(read(Lang::En, "The fine is the largest so far. It was not paid.").is_empty());
        assert!(read(Lang::De, "Der Bescheid ist noch nicht rechtskräftig.").is_empty());
    }

    #[test]
    fn what_is_taken_is_no_name_again() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::En, &Tables::default(), &world.currencies).unwrap();
        let document = Document::new(&pack, "Microsoft was fined.", 0);
        assert!(
            Tagger::load()
                .unwrap()
                .names(&document, &vec![true; document.tokens.len()], &mut Memo::default())
                .is_empty()
        );
    }

    #[test]
    fn marks_around_a_name_are_no_part_of_it_and_those_within_it_are() {
        let world = World::load(&Tables::default()).unwrap();
        let pack = Pack::load(Lang::Lv, &Tables::default(), &world.currencies).unwrap();
        let document = Document::new(&pack, "SIA „Rīgas satiksme” un „Norvik”", 0);
        assert_eq!(bare(&document, 0, 5), (0, 5));
        assert_eq!(bare(&document, 6, 9), (7, 8));
    }
}

//! Learns the weights from labelled sentences, from a fixed seed.
//!
//! Reads folders of labelled sentences. A sentence of the project's own is read several times,
//! with other names in its places; some sentences are read in capitals, as headlines are. One in
//! five of the project's own is never learnt from, and scored.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    REACH, Tagger,
    examples::{self, Corpus, Dice, Example, Names, ReadError, Sentence},
    learner::Learner,
    lessons::{Lessons, Run},
    lists::Known,
    model::{Labels, Model, WeightsError},
    reader::Reader,
    score::{self, Report},
};
use crate::{
    base::lang::Lang,
    pack::{
        compile::{Pack, PackError},
        tables::Tables,
        world::World,
    },
    text::document::Document,
};

/// Why no weights were learnt.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A file of labelled sentences cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A language pack is wrong.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The built-in weights are of no use.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// The weights cannot be packed or written.
    #[error("writing `{path}`")]
    Write {
        /// Where they should go.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
}

/// How often the project's own sentences are read with other names.
const COPIES: usize = 6;

/// A language of fewer words than this has all its sentences read with other names, too.
const FEW: usize = 110_000;

/// How often at most.
const COPIES_OF_FEW: usize = 2;

/// Learns from the sentences of `folders`, writes the weights to `out`, and scores them.
pub fn train(folders: &[PathBuf], out: &Path) -> Result<Report, TrainError> {
    let corpora = examples::read(folders)?;
    let packs = packs()?;
    let mut all = Lessons::default();
    // Without weights, for the lists that it has.
    let blank = Model::blank(Known::new(&examples::words(folders)?));
    let mut dice = Dice::new(7);
    for (lang, corpus) in &corpora {
        let Some(pack) = packs.get(lang) else { continue };
        for (index, example) in lessons(*lang, corpus, &mut dice).iter().enumerate() {
            // Packs grow: no weight may lean on their words alone.
            add_runs(pack, example, index % 3 == 0, &blank, &mut all);
        }
    }
    let model = Learner::learn(all, blank.into_known(), &mut dice);
    let failed = |source| TrainError::Write { path: out.to_owned(), source };
    let bytes = model.to_bytes().map_err(failed)?;
    fs::write(out, &bytes).map_err(failed)?;
    Ok(score_all(&Tagger::with(model), &packs, &corpora))
}

/// Scores the built-in weights on the sentences of `folders`.
pub fn evaluate(folders: &[PathBuf]) -> Result<Report, TrainError> {
    Ok(score_all(&Tagger::load()?, &packs()?, &examples::read(folders)?))
}

fn score_all(
    tagger: &Tagger,
    packs: &BTreeMap<Lang, Pack>,
    corpora: &BTreeMap<Lang, Corpus>,
) -> Report {
    let mut report = Report::default();
    for (lang, corpus) in corpora {
        let Some(pack) = packs.get(lang) else { continue };
        let own: Vec<Sentence> = corpus.own.iter().skip(4).step_by(5).cloned().collect();
        for (set, sentences) in [("dev", &corpus.dev), ("own", &own)] {
            if !sentences.is_empty() {
                let texts = examples::texts(*lang, sentences);
                report.add(*lang, set, score::score(tagger, pack, &texts));
            }
        }
    }
    report
}

fn packs() -> Result<BTreeMap<Lang, Pack>, PackError> {
    let tables = Tables::default();
    let world = World::load(&tables)?;
    Lang::ALL
        .iter()
        .map(|&lang| Ok((lang, Pack::load(lang, &tables, &world.currencies)?)))
        .collect()
}

/// Returns the texts to learn from.
fn lessons(lang: Lang, corpus: &Corpus, dice: &mut Dice) -> Vec<Example> {
    let own: Vec<Sentence> = corpus
        .own
        .iter()
        .enumerate()
        .filter(|(at, _)| at % 5 != 4)
        .map(|(_, s)| s.clone())
        .collect();
    let mut lessons = examples::texts(lang, &headed(&corpus.train, dice));
    lessons.extend(examples::texts(lang, &headed(&own, dice)));
    let mut names = Names::default();
    names.add(&own);
    names.add(&corpus.train);
    for _ in 0..COPIES {
        let copy: Vec<Sentence> = own.iter().map(|s| names.replaced(s, dice)).collect();
        lessons.extend(examples::texts(lang, &headed(&copy, dice)));
    }
    let words: usize = corpus.train.iter().map(Vec::len).sum();
    for _ in 0..FEW.checked_div(words).unwrap_or_default().min(COPIES_OF_FEW) {
        let copy: Vec<Sentence> = corpus.train.iter().map(|s| names.replaced(s, dice)).collect();
        lessons.extend(examples::texts(lang, &copy));
    }
    lessons
}

/// Puts headlines between the sentences: copies of some, in capitals or with a capital a word.
fn headed(sentences: &[Sentence], dice: &mut Dice) -> Vec<Sentence> {
    let mut result = Vec::new();
    for sentence in sentences {
        match dice.below(24) {
            0 => result.push(examples::shouted(sentence)),
            1 => result.extend([examples::shouted(sentence), sentence.clone()]),
            2 => result.push(examples::titled(sentence)),
            3 => result.extend([examples::titled(sentence), sentence.clone()]),
            _ => result.push(sentence.clone()),
        }
    }
    result
}

fn add_runs(pack: &Pack, example: &Example, no_senses: bool, blank: &Model, all: &mut Lessons) {
    let document = Document::new(pack, &example.text, 0);
    let gold = score::gold(&document, example);
    let mut reader = Reader::new(&document);
    reader.no_senses = no_senses;
    for (number, sentence) in document.sentences.iter().enumerate() {
        reader.open(number);
        let mut run = Run::new();
        let mut idle = REACH;
        for at in sentence.clone() {
            idle = if reader.may_begin(at) { 0 } else { idle + 1 };
            if idle > REACH {
                close(&mut run, all);
                continue;
            }
            run.push(all.token(&reader, at, blank, gold.get(at).copied().unwrap_or_default()));
        }
        close(&mut run, all);
    }
}

fn close(run: &mut Run, all: &mut Lessons) {
    let mut done = std::mem::take(run);
    if done.is_empty() {
        return;
    }
    // A name that began in small letters begins at its first capital.
    let mut before = 0;
    for token in &mut done {
        if let Some(kind) = Labels::kind(token.gold) {
            let starts = Labels::kind(before) != Some(kind);
            token.gold = match (starts, token.begins) {
                (true, true) => Labels::begin(kind),
                (true, false) => 0,
                // What touches a name of its kind goes on with it.
                _ => Labels::inside(kind),
            };
        }
        before = token.gold;
    }
    all.runs.push(done);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learnt_from_a_few_sentences_is_found_in_another() {
        let folder = tempfile::tempdir().unwrap();
        let sentence = |name: &str, label: &str| {
            format!("The\tO\nboard\tO\nfined\tO\n{name}\t{label}\n.\tO\n\n")
        };
        let mut text = String::new();
        for _ in 0..100 {
            for name in ["Lumena", "Zalto", "Orbiva", "Pernox"] {
                text += &sentence(name, "B-ORG");
            }
            text += "Then\tO\nAnna\tB-PER\nMayer\tI-PER\nspoke\tO\nin\tO\nOslo\tB-LOC\n.\tO\n\n";
        }
        fs::write(folder.path().join("en.tsv"), text).unwrap();
        let out = folder.path().join("names.bin");
        train(&[folder.path().to_owned()], &out).unwrap();
        let model = Model::from_bytes(&fs::read(&out).unwrap()).unwrap();
        let packs = packs().unwrap();
        let document = Document::new(&packs[&Lang::En], "The board fined Grelva.", 0);
        let taken = vec![false; document.tokens.len()];
        let names = Tagger::with(model).names(
            &document,
            &taken,
            &mut crate::extract::tagger::memo::Memo::default(),
        );
        let told: Vec<_> =
            names.iter().map(|name| (name.first, name.last, name.label.word())).collect();
        assert_eq!(told, [(3, 4, "ORG")]);
    }
}

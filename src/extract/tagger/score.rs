//! How well names are found: exact spans of people, organisations and places.

use std::fmt;

use super::{Tagger, bare, examples::Example, memo::Memo, model::Labels};
use crate::{
    base::lang::Lang,
    extract::{
        capitals,
        entities::{Label, NameMention},
    },
    pack::compile::Pack,
    text::document::Document,
};

/// Kinds that count: people, organisations, places.
const KINDS: usize = 3;

/// Right, found and wanted names of each kind.
#[derive(Clone, Copy, Debug, Default)]
struct Tally([[u32; 3]; KINDS]);

impl Tally {
    fn f1(&self, kinds: std::ops::Range<usize>) -> f64 {
        let sum = |column: usize| {
            let rows = self.0.get(kinds.clone()).unwrap_or_default();
            f64::from(rows.iter().map(|row| row[column]).sum::<u32>())
        };
        if sum(1) + sum(2) == 0.0 { 0.0 } else { 2.0 * sum(0) / (sum(1) + sum(2)) }
    }

    fn wanted(&self) -> u32 {
        self.0.iter().map(|row| row[2]).sum()
    }

    fn count(&mut self, gold: &[(usize, usize, u8)], found: &[(usize, usize, u8)]) {
        for kind in 0..KINDS {
            let of = |names: &[(usize, usize, u8)]| {
                names.iter().filter(|n| usize::from(n.2) == kind).count() as u32
            };
            let right = found
                .iter()
                .filter(|name| usize::from(name.2) == kind && gold.contains(name))
                .count();
            let row = &mut self.0[kind];
            row[0] += right as u32;
            row[1] += of(found);
            row[2] += of(gold);
        }
    }
}

/// Scores of the tagger and of the rules that it replaces.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outcome {
    tagger: Tally,
    rules: Tally,
}

/// The scores of all languages as a table.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<(Lang, &'static str, Outcome)>,
}

impl Report {
    /// Adds the scores of a language.
    pub(super) fn add(&mut self, lang: Lang, set: &'static str, outcome: Outcome) {
        self.rows.push((lang, set, outcome));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "lang  set  names  capitals  tagger    PER    ORG    LOC")?;
        for set in ["dev", "own"] {
            let rows: Vec<_> = self.rows.iter().filter(|row| row.1 == set).collect();
            let mut sums = [0.0; 2];
            for (lang, _, outcome) in &rows {
                let f1 = |kinds| outcome.tagger.f1(kinds);
                let rules = outcome.rules.f1(0..KINDS);
                sums = [sums[0] + rules, sums[1] + f1(0..KINDS)];
                writeln!(
                    f,
                    "{:4}  {set}  {:5}  {rules:8.3}  {:6.3}  {:5.3}  {:5.3}  {:5.3}",
                    lang.code(),
                    outcome.tagger.wanted(),
                    f1(0..KINDS),
                    f1(0..1),
                    f1(1..2),
                    f1(2..3),
                )?;
            }
            let count = rows.len().max(1) as f64;
            writeln!(f, "mean  {set}         {:8.3}  {:6.3}", sums[0] / count, sums[1] / count)?;
        }
        Ok(())
    }
}

/// Scores texts of one language.
pub(super) fn score(tagger: &Tagger, pack: &Pack, texts: &[Example]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut memo = Memo::default();
    for example in texts {
        let document = Document::new(pack, &example.text, 0);
        // A name is read without the quotation marks around it, whatever the labels do.
        let gold: Vec<_> = mentions(&gold(&document, example))
            .into_iter()
            .map(|(first, last, kind)| {
                let (first, last) = bare(&document, first, last);
                (first, last, kind)
            })
            .collect();
        let found = tagger.names(&document, &vec![false; document.tokens.len()], &mut memo);
        outcome.tagger.count(&gold, &plain(&found));
        let mut found = Vec::new();
        capitals::names(&document, &mut found);
        outcome.rules.count(&gold, &plain(&found));
    }
    outcome
}

fn plain(found: &[NameMention]) -> Vec<(usize, usize, u8)> {
    found
        .iter()
        .map(|name| {
            let kind = match name.label {
                Label::Per => Labels::PER,
                Label::Org => Labels::ORG,
                Label::Loc => Labels::LOC,
                _ => Labels::MISC,
            };
            (name.first, name.last, kind)
        })
        .collect()
}

/// Returns the right label of every token of a document.
pub(super) fn gold(document: &Document, example: &Example) -> Vec<u8> {
    let mut labels = vec![0; document.tokens.len()];
    for &(start, end, label) in &example.labels {
        let first = document.tokens.partition_point(|token| token.span.end <= start);
        let mut next = label;
        for (token, slot) in document.tokens.iter().zip(&mut labels).skip(first) {
            if token.span.start >= end {
                break;
            }
            *slot = next;
            next = Labels::kind(label).map_or(0, Labels::inside);
        }
    }
    labels
}

fn mentions(labels: &[u8]) -> Vec<(usize, usize, u8)> {
    let mut found: Vec<(usize, usize, u8)> = Vec::new();
    for (at, &label) in labels.iter().enumerate() {
        let Some(kind) = Labels::kind(label) else { continue };
        match found.last_mut() {
            Some(last) if !Labels::is_begin(label) && last.1 == at => last.1 = at + 1,
            _ => found.push((at, at + 1, kind)),
        }
    }
    found
}

//! Makes the labels of one article agree: a string that is an organisation three times is one the fourth.
//!
//! The tagger reads a sentence at a time, and some say little of a name. The votes of all its
//! mentions, weighed by how clear each was, settle its kind; a surname follows its bearer.

use rustc_hash::FxHashMap;

use crate::{
    extract::entities::{Label, NameMention},
    text::document::Document,
};

/// Votes for each kind of name.
type Votes = [f32; 4];

/// Gives the mentions of one string one label.
pub(super) fn agree(document: &Document, found: &mut [NameMention]) {
    let mut votes: FxHashMap<&str, Votes> = FxHashMap::default();
    for name in &*found {
        let Some(kind) = kind(name.label) else { continue };
        let weight = name.confidence - DOUBT;
        vote(&mut votes, words(document, name.first, name.last), kind, weight);
        if name.label == Label::Per {
            // The surname: what stands behind the first space.
            let tail = (name.first + 1..name.last).find(|&at| document.spaced(at));
            if let Some(tail) = tail {
                vote(&mut votes, words(document, tail, name.last), kind, weight);
            }
        }
    }
    for name in found {
        let Some(own) = kind(name.label) else { continue };
        let Some(votes) = votes.get(words(document, name.first, name.last)) else { continue };
        let mut best = own;
        for (other, &weight) in votes.iter().enumerate() {
            if weight > votes[best] {
                best = other;
            }
        }
        if best != own {
            name.label = LABELS[best];
            name.rule = "entity.tagger-agreed";
        }
    }
}

/// A mention of this confidence says nothing.
const DOUBT: f32 = 0.45;

const LABELS: [Label; 4] = [Label::Per, Label::Org, Label::Loc, Label::Misc];

fn kind(label: Label) -> Option<usize> {
    LABELS.iter().position(|&other| other == label)
}

fn vote<'t>(votes: &mut FxHashMap<&'t str, Votes>, words: &'t str, kind: usize, weight: f32) {
    if let Some(place) = votes.entry(words).or_default().get_mut(kind) {
        *place += weight;
    }
}

fn words<'t>(document: &Document<'t>, first: usize, last: usize) -> &'t str {
    document.span(&(first..last)).of(document.text)
}

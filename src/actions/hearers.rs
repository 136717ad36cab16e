//! Authorities that an article only names because they are told something or are in charge: "said in a filing with the
//! SEC", "comunicó a la CNMV". They act on nobody, or every sum of a company's results would be a fine of theirs.

use rustc_hash::FxHashMap;

use super::features::sides::skip_article;
use crate::{
    extract::entities::Label,
    pack::sense::Sense,
    resolve::{Facts, entities::SettledName},
    text::document::Document,
};

/// Returns for each name whether it is an authority that is told something there, or wherever the article names it, and
/// described nowhere where something may be done.
pub(super) fn of(document: &Document, facts: &Facts) -> Vec<bool> {
    let mut hears = vec![false; facts.names.len()];
    // For each authority: whether it is told something, and whether it may act somewhere.
    let mut chains: FxHashMap<usize, (bool, bool)> = FxHashMap::default();
    for (index, name) in facts.names.iter().enumerate().filter(|(_, name)| is_authority(name)) {
        let long = index.checked_sub(1).filter(|long| hears[*long]);
        hears[index] = hears_here(document, name)
            || long.is_some_and(|long| is_short(document, &facts.names[long], name));
        let (is_told, acts) = chains.entry(name.chain).or_default();
        *is_told |= hears[index];
        *acts |= !hears[index] && (!name.described || document.is_told_of(name.first));
    }
    let is_idle =
        |name: &SettledName| is_authority(name) && chains.get(&name.chain) == Some(&(true, false));
    let names = facts.names.iter().zip(&hears);
    names.map(|(name, hears_here)| *hears_here || is_idle(name)).collect()
}

fn is_authority(name: &SettledName) -> bool {
    name.label == Label::Regulator
}

/// Returns whether a name stands behind words for telling somebody something.
fn hears_here(document: &Document, name: &SettledName) -> bool {
    let told = |at: usize| document.start_of(at, |sense| sense == Sense::Informs).is_some();
    told(name.first) || told(skip_article(document, name.first))
}

/// Returns whether a name is the short form of another in the brackets behind it.
fn is_short(document: &Document, long: &SettledName, short: &SettledName) -> bool {
    long.last + 1 == short.first && matches!(document.word(long.last), "(" | "（")
}

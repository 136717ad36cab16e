//! What stands for a name that is told elsewhere: its short form, and "the company".

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    antecedents::{self, Recent},
    entities::{SettledName, Settler},
    nominative::called,
};
use crate::extract::entities::{Label, reads_places};

impl Settler<'_, '_> {
    /// Joins the chains of a name and its short form: "Long Name (LN)", and "LN" without brackets
    /// where its letters are the initials.
    pub(super) fn bind_aliases(&mut self, settled: &mut [SettledName]) {
        let mut joined: Vec<(usize, usize)> = settled
            .windows(2)
            .filter(|pair| {
                let (long, short) = (&pair[0], &pair[1]);
                self.is_bracketed(long.last, &(short.first..short.last))
                    && is_company(long)
                    && is_company(short)
                    // "Instagram (Meta Platforms Ireland)" are two.
                    && short.last - short.first <= long.last - long.first
            })
            .map(|pair| (pair[1].chain, pair[0].chain))
            .collect();
        let mut initials: BTreeMap<String, usize> = BTreeMap::new();
        for name in settled.iter().filter(|n| is_company(n)) {
            if let Some(initials_of) = self::initials(&name.name) {
                initials.entry(initials_of).or_insert(name.chain);
            }
        }
        let short = settled.iter().filter(|n| is_company(n) && n.last == n.first + 1);
        joined.extend(short.filter_map(|n| Some((n.chain, *initials.get(&n.name)?))));
        let mut roots: BTreeMap<usize, usize> = BTreeMap::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for (from, to) in joined {
            let to = roots.get(&to).copied().unwrap_or(to);
            if from != to && !taken.contains(&from) {
                roots.entry(from).or_insert(to);
                taken.insert(to);
            }
        }
        for name in settled.iter_mut() {
            name.chain = roots.get(&name.chain).copied().unwrap_or(name.chain);
        }
    }

    /// Gives whom the headline describes the chain of the name that the same noun introduces below:
    /// "closes a café", "closed the café Exempla".
    pub(super) fn bind_titles(&self, settled: &mut [SettledName]) {
        let document = self.document;
        let headline = document.sentences.get(document.headline).map_or(0, |s| s.start);
        let stem = |at: usize| document.stem(at).collect::<String>();
        let below = settled.partition_point(|name| name.first < headline);
        let (titles, named) = settled.split_at_mut(below);
        if !titles.iter().any(|name| name.unnamed) {
            return;
        }
        let mut introduced: FxHashMap<String, &SettledName> = FxHashMap::default();
        for name in named.iter() {
            let is_name = !name.described && name.regulator.is_none() && name.country.is_none();
            if is_name && name.chain != 0 && document.is_firm_noun(name.first - 1) {
                introduced.entry(stem(name.first - 1)).or_insert(name);
            }
        }
        for title in titles.iter_mut().filter(|name| name.unnamed) {
            let noun = document.firm_noun(title.first..title.last);
            if let Some(name) = noun.and_then(|noun| introduced.get(&stem(noun))) {
                title.chain = name.chain;
                title.name.clone_from(&name.name);
                title.unnamed = false;
            }
        }
    }

    /// Makes "the company" one that is described and not named: the article has told of nobody for whom it may stand.
    fn set_unnamed(&mut self, name: &mut SettledName) {
        let words = name.first..name.last;
        self.document.span(&words).of(self.document.text).clone_into(&mut name.name);
        name.chain = self.unnamed_chain(&words);
        name.unnamed = true;
    }

    /// Gives every name its chain's best form, and each "the company" the chain it stands for.
    pub(super) fn bind_companies(&mut self, settled: &mut [SettledName]) {
        let mut recent = Recent::default();
        // A chain's mentions share what it is called.
        let mut names: FxHashMap<(usize, Label), String> = FxHashMap::default();
        // Chain -> the mention that named it last.
        let mut latest: FxHashMap<usize, usize> = FxHashMap::default();
        for index in 0..settled.len() {
            let name = &settled[index];
            if antecedents::is_description(name) {
                if let Some(chain) = recent.salient(self.document, name) {
                    let named = latest.get(&chain).map(|named| settled[*named].name.clone());
                    settled[index].name = named.unwrap_or_default();
                    settled[index].chain = chain;
                } else {
                    self.set_unnamed(&mut settled[index]);
                }
            } else if name.regulator.is_none()
                && has_cases(name)
                && !name.court
                && !name.name.is_empty()
                && let Some(best) = self.chains.best(name.chain)
            {
                let (chain, label) = (name.chain, name.label);
                let call = || {
                    let (forms, apposed) =
                        (self.chains.forms(chain), self.chains.is_apposed(chain));
                    called(self.document.pack, label, best, forms, apposed)
                };
                let form = names.entry((chain, label)).or_insert_with(call);
                form.clone_into(&mut settled[index].name);
            }
            let SettledName { chain, described, unnamed, .. } = settled[index];
            if chain != 0 && (unnamed || !described) {
                latest.insert(chain, index);
            }
            recent.tell(self.document, settled, index);
        }
    }
}

/// Returns whether the case endings of a name are undone: of all but laws, countries and what is a place beyond doubt.
fn has_cases(name: &SettledName) -> bool {
    match name.label {
        Label::Law => false,
        Label::Loc => name.country.is_none() && !reads_places(name.rule),
        Label::Org | Label::Per | Label::Misc | Label::Regulator => true,
    }
}

/// Returns whether a name may be a company's.
fn is_company(name: &SettledName) -> bool {
    matches!(name.label, Label::Org | Label::Misc)
        && !name.court
        && !name.described
        && name.regulator.is_none()
        && name.chain != 0
}

/// Returns the initials of a name of three words or more: its capitals, small words left out.
fn initials(name: &str) -> Option<String> {
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
        .collect();
    (letters.chars().count() >= 3).then_some(letters)
}

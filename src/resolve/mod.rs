//! Mentions of one article in, settled facts out.

use std::mem;

use crate::{
    clean::article::Published,
    extract::{Mentions, entities::Reading},
    pack::world::World,
    text::document::Document,
};

mod agree;
pub mod antecedents;
mod authorities;
mod bind;
mod chains;
pub mod dates;
pub mod entities;
mod forms;
pub mod money;
mod nominative;
pub mod published;

/// Everything an article says, settled.
#[derive(Debug, Default)]
pub struct Facts {
    /// When it was published.
    pub published: Option<Published>,
    /// Dates, in order.
    pub dates: Vec<dates::SettledDate>,
    /// Amounts, in order.
    pub amounts: Vec<money::SettledAmount>,
    /// Names, in order.
    pub names: Vec<entities::SettledName>,
}

/// Settles what the mentions of one article mean.
pub fn facts(
    document: &Document,
    mut mentions: Mentions,
    published: Option<Published>,
    fallback: Option<Published>,
    world: &World,
) -> Facts {
    let published = published.or_else(|| published::stated(document, &mentions.dates)).or(fallback);
    let dates = dates::settle(&mentions.dates, published.as_ref());
    let stated = mem::take(&mut mentions.amounts);
    let countries = entities::countries(document, &mentions.names, &stated, world);
    let amounts = money::settle(document, stated, &countries, &world.currencies);
    // "N26" is a name where nobody counts in naira.
    drop_figures(&mut mentions, &amounts);
    let names = entities::settle(document, &mentions.names, &countries, world);
    Facts { published, dates, amounts, names }
}

/// Drops the names that are words of a sum or a date ("Euro", "C" of "C$", "January"), and cuts those
/// that run into one: "Orbitel 20" of "fined Orbitel 20 million euros".
fn drop_figures(mentions: &mut Mentions, amounts: &[money::SettledAmount]) {
    let amounts = amounts.iter().map(|(amount, _)| (amount.first, amount.last));
    let mut taken: Vec<(usize, usize)> =
        amounts.chain(mentions.dates.iter().map(|d| (d.first, d.last))).collect();
    taken.sort_unstable();
    mentions.names.retain_mut(|name| {
        if !matches!(name.reading, Reading::Name) {
            return true;
        }
        let behind = taken.partition_point(|(first, _)| *first < name.last);
        let overlapping = taken[..behind].iter().rev().take_while(|(_, last)| *last > name.first);
        let Some((first, _)) = overlapping.last() else { return true };
        name.last = name.last.min(*first);
        name.last > name.first
    });
}

impl Facts {
    /// Returns the year that a sum at `token` belongs to: of the date stated before it in its
    /// paragraph's reach, else of publication.
    pub fn year_of(&self, token: usize) -> Option<i16> {
        let before = self.dates.iter().rev().find(|d| d.first < token && token - d.first < 40);
        before
            .and_then(|d| d.days)
            .map(|(first, _)| first.year())
            .or_else(|| self.published.map(|p| p.first.year()))
    }
}

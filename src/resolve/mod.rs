//! Mentions of one article in, settled facts out.

use crate::{
    clean::article::Published, extract::Mentions, pack::world::World, text::document::Document,
};

pub mod dates;
pub mod entities;
pub mod money;
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
    mentions: Mentions,
    published: Option<Published>,
    fallback: Option<Published>,
    world: &World,
) -> Facts {
    let published = published.or_else(|| published::stated(document, &mentions.dates)).or(fallback);
    let dates = dates::settle(&mentions.dates, published.as_ref());
    let countries = entities::countries(document, &mentions.names, world);
    let names = entities::settle(document, &mentions.names, &countries, world);
    let amounts = money::settle(document, mentions.amounts, &countries, &world.currencies);
    Facts { published, dates, amounts, names }
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

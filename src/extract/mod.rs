//! A document in, mentions out.

use crate::{pack::world::World, text::document::Document};

pub mod capitals;
pub mod dates;
pub mod entities;
pub mod money;
pub mod numbers;
pub mod repeats;
pub mod tagger;

/// Everything found in a document, before anything is settled.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Dates, in order.
    pub dates: Vec<dates::StatedDate>,
    /// Amounts, in order.
    pub amounts: Vec<money::StatedAmount>,
    /// Names, in order.
    pub names: Vec<entities::NameMention>,
}

/// Finds everything that the document mentions.
pub fn mentions(document: &Document, world: &World, tagger: &tagger::Tagger) -> Mentions {
    let amounts = money::amounts(document);
    let mut dates = dates::dates(document);
    // "in 2021 euros" is neither; where both read the same words the amount stands.
    dates.retain(|date| !amounts.iter().any(|a| a.first < date.last && date.first < a.last));
    let names = entities::names(document, world, tagger);
    Mentions { dates, amounts, names }
}

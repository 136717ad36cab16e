//! A document in, mentions out.

use crate::{pack::world::World, text::document::Document};

pub mod dates;
pub mod money;
pub mod numbers;

/// Everything found in a document, before anything is settled.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Dates, in order.
    pub dates: Vec<dates::StatedDate>,
    /// Amounts, in order.
    pub amounts: Vec<money::StatedAmount>,
}

/// Finds everything that the document mentions.
pub fn mentions(document: &Document, _world: &World) -> Mentions {
    let amounts = money::amounts(document);
    let mut dates = dates::dates(document);
    // "in 2021 euros" is neither; where both read the same words the amount stands.
    dates.retain(|date| !amounts.iter().any(|a| a.first < date.last && date.first < a.last));
    Mentions { dates, amounts }
}

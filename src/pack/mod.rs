//! Language packs and world tables: data, what the data may say, and its compiled form.

pub mod agreement;
pub mod compile;
pub mod compounds;
pub mod endings;
mod heads;
mod interned;
pub mod legal;
pub mod lexicon;
pub mod nouns;
pub mod rates;
pub mod schema;
mod sections;
pub mod sense;
pub mod shape;
pub mod tables;
pub mod words;
pub mod world;

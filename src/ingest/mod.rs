//! Corpus files in, articles as scraped out.
//!
//! Reading is cheap and in order: [`source::Source`] yields the bytes of one article after the other
//! and never stops at a broken one. Decoding and parsing is a pure function, [`parse::parse`], which
//! the workers call.

pub mod fields;
pub mod kind;
pub mod lines;
pub mod open;
pub mod parse;
pub mod raw;
pub mod record;
pub mod repair;
pub mod source;
pub mod values;
pub mod walk;
pub mod whole;

mod charset;
mod feed;
mod http;
mod item;
mod layers;
mod mail;
mod parquet;
mod rows;
mod tarball;
mod warc;
mod zipped;

//! Clean text in, tokens and sentences with the meanings of their words out.

pub mod document;
pub mod memo;
pub mod particles;
pub mod sentences;

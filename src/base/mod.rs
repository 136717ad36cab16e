//! Values that every stage shares; nothing here knows a stage.

pub mod action;
pub(crate) mod class;
pub mod compressed;
pub mod date;
pub mod digest;
pub mod fold;
pub mod hash;
pub mod lang;
pub mod money;
pub(crate) mod pool;
pub mod reject;
pub mod span;
pub mod token;

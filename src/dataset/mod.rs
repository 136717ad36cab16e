//! Records in, Parquet out: one folder of part files a table, switched into place as a whole.

pub mod changes;
pub mod compose;
pub mod cost;
pub mod health;
pub mod identity;
pub mod offsets;
pub mod parts;
pub mod plan;
pub mod record;
pub mod rows;
pub mod schema;
pub mod settle;
pub mod snapshot;
pub mod summary;
pub mod writer;

pub(crate) mod aside;
pub(crate) mod assemble;
pub(crate) mod cases;
pub(crate) mod catalog;
pub(crate) mod cells;
pub(crate) mod copies;
pub(crate) mod encode;
pub(crate) mod finished;
pub(crate) mod frame;
pub(crate) mod known;
pub(crate) mod lines;
pub(crate) mod packed;
pub(crate) mod replaced;
pub(crate) mod rowset;
pub(crate) mod shelved;
pub(crate) mod spill;
pub(crate) mod tables;
pub(crate) mod tellings;

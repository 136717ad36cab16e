//! Records in, Parquet out: one folder of part files a table, switched into place as a whole.

pub mod columns;
pub mod compose;
pub mod cost;
pub mod identity;
pub mod offsets;
pub mod record;
pub mod rows;
pub mod schema;
pub mod settle;
pub mod snapshot;
pub mod summary;
pub mod writer;

//! Runs as rows: one row a run, streamed to a file in the order of the runs, one file a format.

mod columns;
mod file;
#[cfg(feature = "parquet")]
mod parquet;
mod text;

pub use columns::{Column, Columns, Kind};
pub use file::{Format, Provenance, RowFile};

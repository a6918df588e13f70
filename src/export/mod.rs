//! Writes results for other programs, one file a format.

mod csv;
mod json;
pub mod rows;

pub use csv::csv;
pub use json::json;

//! Writes results for other programs, one file a format.

mod csv;
mod json;
pub mod rows;
mod schema;

pub use csv::csv;
pub use json::json;
pub use schema::schema;

//! Writes results for other programs, one file a format.

mod comparison_csv;
mod csv;
mod drivers_csv;
mod json;
pub mod rows;
mod schema;

pub use comparison_csv::comparison_csv;
pub use csv::csv;
pub use drivers_csv::drivers_csv;
pub use json::{answer_json, comparison_json, drivers_json, json};
pub use schema::schema;

//! What a person looks at.
//!
//! Everything here returns text and prints nothing. Lines are measured in characters.

mod columns;
mod comparison;
mod format;
mod picture;
mod story;
mod table;

pub use comparison::comparison;
pub use story::story;
pub use table::{Options, table};

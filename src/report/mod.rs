//! What a person looks at.

mod story;
mod table;

pub use story::story;
pub use table::{Options, table};

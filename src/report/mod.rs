//! What a person looks at.

mod table;

pub use table::{Options, table};

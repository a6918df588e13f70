//! The core, flattened for the engines.

mod observed;

pub use observed::{Label, Observed, Series, UNRESOLVED};

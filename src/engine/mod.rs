//! Plays the runs of a plan.

mod block;

pub use block::{Block, Ending};

//! Portable functions and exact sums.

mod exact_sum;

pub use exact_sum::ExactSum;

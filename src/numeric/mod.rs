//! Portable functions and exact sums.

mod exact_sum;

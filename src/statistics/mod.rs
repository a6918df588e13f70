//! Intervals, distances and scores, each with its source.

mod wilson;

pub use wilson::{Confidence, wilson};

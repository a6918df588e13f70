//! Intervals, distances and scores, each with its source.

mod weighted;
mod wilson;

pub use weighted::{WeightSums, score_interval};
pub use wilson::{Confidence, wilson};

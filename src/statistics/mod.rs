//! Intervals, distances and scores, each with its source.

mod causation;
mod scores;
mod student;
mod weighted;
mod wilson;

pub use causation::CauseAndEffect;
pub use scores::{brier_score, forecast_of_counts, log_score, ranked_probability_score};
pub use student::{mean_interval, student_critical_value};
pub use weighted::{WeightSums, score_interval};
pub use wilson::{Confidence, wilson};

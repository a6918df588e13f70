//! Intervals, distances and scores, each with its source.

mod causation;
mod distances;
mod jeffreys;
mod kolmogorov_smirnov;
mod newcombe;
mod scores;
mod student;
mod tango;
mod wasserstein;
mod weighted;
mod wilson;

pub use causation::CauseAndEffect;
pub use distances::{jensen_shannon, total_variation};
pub use jeffreys::jeffreys;
pub use kolmogorov_smirnov::kolmogorov_smirnov;
pub use newcombe::newcombe;
pub use scores::{brier_score, forecast_of_counts, log_score, ranked_probability_score};
pub use student::{mean_interval, student_critical_value};
pub use tango::tango;
pub use wasserstein::wasserstein;
pub use weighted::{WeightSums, score_interval};
pub use wilson::{Confidence, wilson};

//! Intervals, distances and scores, each with its source.

mod distances;
mod jeffreys;
mod kolmogorov_smirnov;
mod newcombe;
mod tango;
mod wasserstein;
mod wilson;

pub use distances::{jensen_shannon, total_variation};
pub use jeffreys::jeffreys;
pub use kolmogorov_smirnov::kolmogorov_smirnov;
pub use newcombe::newcombe;
pub use tango::tango;
pub use wasserstein::wasserstein;
pub use wilson::{Confidence, wilson};

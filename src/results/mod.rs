//! Folds over the rows that an engine yields: outcome counts, moments and quantiles; summarised, saved and merged.
//!
//! A [`Results`] is the state of the fold. It does not grow with the number of runs, and neither the order nor the
//! grouping of what it was made of can show in it. A [`Summary`] is what it says, ready to be shown or exported; a
//! [`saved::Saved`] is what it needs to be merged with the results of other runs of the same scenario.

mod claims;
mod conditions;
#[cfg(test)]
pub(crate) mod fixture;
mod fold;
mod folding;
pub mod history;
mod moments;
mod number;
mod patterns;
pub mod quantiles;
pub mod saved;
mod summary;
mod tally;
mod whole_file;

pub use claims::{ClaimSummary, Effect, GivenSummary, OriginSummary, Unheard, origins_with_several};
pub use conditions::Conditions;
pub use fold::{EventTally, Results};
pub use moments::Moments;
pub use number::{Plain, number_text, plain};
pub use patterns::{Patterns, pattern_of};
pub use summary::{
    EventSummary, FORMAT_VERSION, Identity, MeasureSummary, OutcomeSummary, PROBABILITIES, Quantiles, ScenarioSummary,
    SeriesSummary, Summary,
};
pub use tally::Tally;
pub use whole_file::{WholeFile, WriteError, check_target, discard_unfinished};

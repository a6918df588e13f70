//! But for an event, would the outcome have come? Every run is played again, on the same draws, without an event that fired
//! in it, or with one that did not, at the first instant at which it could.
//!
//! X is that the event fires, Y that the outcome comes. Of runs with X and Y, the probability of necessity PN is the share in
//! which Y does not come without X. Of runs with neither, the probability of sufficiency PS is the share in which Y comes if X
//! is forced; where it cannot be forced, it is not sufficient. The probability of necessity and sufficiency PNS is the share
//! of all runs in which Y comes with X and not without it. As a run in which X fired is its own "with X", and one in which it
//! did not is its own "without X", N PNS = n(X, Y) PN + n(not X, not Y) PS.
//!
//! Source: J. Pearl, Causality, 2nd edition (2009), section 9.2; here every run has its twin, so that they are counted and not
//! identified. The values depend on how the draws of a run and of its twin belong together: here a site's draw is the same in
//! both. What does not depend on that are the interventions' shares, and the bounds of Tian and Pearl that they leave.

mod answer;
mod candidates;
mod counts;
mod replay;

use std::ops::Range;

use crate::engine::{Options, sweep};
use crate::plan::Plan;

pub use answer::{Cause, Causes, Counterfactual, Instead, Intervened, NotNeeded, Observed, Pair, Share};
pub use candidates::{candidates, outcome_runs};
pub use counts::{Counts, PairCounts};
use replay::{Found, Question, place_of_pair};

/// An event that fires in fewer than this share of the runs with the outcome is not asked about unless by name.
pub const LEAST_SHARE: f64 = 0.01;

/// How many runs may be played again for pairs of events; above that, pairs are looked at in the first runs only.
const MOST_FOR_PAIRS: f64 = 200_000.0;

/// Asks what the given events, by their indices, have to do with an outcome; one past the last is `unresolved`.
/// `outcome_runs` is about how many of the runs come to it.
///
/// Tells less than was asked if it is stopped: then of a prefix of the runs.
pub fn causes(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    outcome: usize,
    events: &[usize],
    outcome_runs: u64,
) -> Causes {
    let pairs = events.len() * events.len().saturating_sub(1) / 2;
    let wanted = pairs as f64 * outcome_runs as f64;
    let share = if wanted > MOST_FOR_PAIRS {
        MOST_FOR_PAIRS / wanted
    } else {
        1.0
    };
    let pair_runs = ((runs.end - runs.start) as f64 * share) as u64;
    let question = Question {
        plan,
        outcome,
        events: events.to_vec(),
        pairs_until: runs.start + pair_runs,
    };
    let mut found = Found::new(&question);
    let played = sweep(plan, seed, runs, options, &mut found, || Found::new(&question));
    Causes::new(&question, &found, played, pair_runs.min(played))
}

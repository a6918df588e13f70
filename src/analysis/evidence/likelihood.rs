//! The likelihood of a single run, for those who look at runs one by one.

use super::selection::Selection;
use super::weights::likelihood;
use crate::engine::{Block, Ending};
use crate::plan::{Observed, ObservedClaims};
use crate::results::{Conditions, pattern_of};

/// Tells how likely all that has been said is in a run. Shares of runs that are weighed by this are the posteriors of
/// [`weigh`](super::weigh); where nothing has been said, they are shares of the runs that count.
#[derive(Debug, Clone, PartialEq)]
pub struct Likelihood {
    evidence: ObservedClaims,
    heard: Vec<bool>,
    conditions: Conditions,
    /// Where the columns of the statements begin.
    first: usize,
}

impl Likelihood {
    /// The likelihood of the claims that are selected.
    pub fn new(observed: &Observed, selection: &Selection) -> Self {
        let evidence = observed.evidence.clone();
        Likelihood {
            heard: selection.unheard(&evidence).iter().map(Option::is_none).collect(),
            evidence,
            conditions: Conditions::new(observed),
            first: observed.series.len(),
        }
    }

    /// The chance, 0 to 1, that all claims are made, given what is true in the run at this place of a block of the same
    /// plan. 1 without claims; 0 where the run does not count: it is not valid, or what is given does not hold in it.
    pub fn of(&self, block: &Block, run: usize) -> f64 {
        if self.conditions.ending(block, run) != Ending::Valid {
            return 0.0;
        }
        likelihood(&self.evidence, &self.heard, pattern_of(block, self.first, run))
    }
}

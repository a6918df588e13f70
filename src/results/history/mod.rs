//! Folds that need to know what happened in a run and how it ended together: for pictures of a scenario.
//!
//! Each is independent of the order and the grouping of the runs, as [`Results`] are, and counts valid runs only.

mod endings;
mod incidence;
mod paths;
mod typical;

use std::collections::BTreeSet;

use crate::engine::{Block, Chronicle, Chronicler};
use crate::plan::Plan;

use super::Results;

pub use endings::Endings;
pub use incidence::{CELLS, Incidence};
pub use paths::{MOST_STEPS, Path, Paths, RUNS_KEPT, Step};
pub use typical::most_central;

/// The results of runs, with what happened in them.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// What is known of them without it.
    pub results: Results,
    /// The measures, apart by how the runs ended.
    pub endings: Endings,
    /// When each event first happened.
    pub incidence: Incidence,
    /// The ways that the runs took to their ends.
    pub paths: Paths,
}

impl History {
    /// The history of no runs. `plot` are the events that paths are made of.
    pub fn new(plan: &Plan, plot: &BTreeSet<usize>) -> Self {
        History {
            results: Results::new(&plan.observed),
            endings: Endings::new(&plan.observed),
            incidence: Incidence::new(plan),
            paths: Paths::new(plan.observed.outcomes.len() + 1, plot),
        }
    }
}

impl Chronicler for History {
    fn add(&mut self, block: &Block, chronicle: &Chronicle) {
        self.results.add(block);
        self.endings.add(block);
        self.incidence.add(block, chronicle);
        self.paths.add(block, chronicle);
    }

    fn merge(&mut self, other: &Self) {
        self.results.merge(&other.results);
        self.endings.merge(&other.endings);
        self.incidence.merge(&other.incidence);
        self.paths.merge(&other.paths);
    }
}

#[cfg(test)]
mod tests;

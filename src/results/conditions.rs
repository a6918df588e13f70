//! What is given: whether a run counts at all.

use crate::engine::{Block, Ending};
use crate::plan::Observed;

/// What a run must fulfil to count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// Where the columns of the statements begin: behind those of the series.
    first: usize,
    /// The statements that must be true.
    given: Vec<usize>,
}

impl Conditions {
    /// What is given where this is observed.
    pub fn new(observed: &Observed) -> Self {
        Conditions {
            first: observed.series.len(),
            given: observed.evidence.given.iter().map(|given| given.statement).collect(),
        }
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// How a run of a block of the same plan ended: set aside, where it was played to its end and does not count.
    pub fn ending(&self, block: &Block, run: usize) -> Ending {
        let holds = |statement: &usize| block.series[self.first + statement][0][run] != 0.0;
        match block.endings[run] {
            Ending::Valid if !self.given.iter().all(holds) => Ending::SetAside,
            ending => ending,
        }
    }
}

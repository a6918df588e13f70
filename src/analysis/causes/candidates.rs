//! Which events may have to do with an outcome: those that fire in runs that come to it.

use crate::engine::{Block, Ending, Fold};
use crate::plan::Plan;

use super::LEAST_SHARE;

/// In how many runs that come to an outcome each event fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firings {
    outcome: u32,
    came: u64,
    fired: Vec<u64>,
}

/// Counts the firings in runs that come to an outcome: a fold to play runs into.
pub fn candidates(plan: &Plan, outcome: usize) -> Firings {
    Firings {
        outcome: outcome as u32,
        came: 0,
        fired: vec![0; plan.clocks.len()],
    }
}

/// In how many runs the outcome came.
pub fn outcome_runs(firings: &Firings) -> u64 {
    firings.came
}

impl Firings {
    /// The events that fire in enough of the runs with the outcome, in the order of the file.
    pub fn frequent(&self) -> Vec<usize> {
        let least = LEAST_SHARE * self.came as f64;
        let events = self.fired.iter().enumerate();
        events
            .filter(|(_, fired)| **fired > 0 && **fired as f64 >= least)
            .map(|(event, _)| event)
            .collect()
    }
}

impl Fold for Firings {
    fn add(&mut self, block: &Block) {
        for (run, ending) in block.endings.iter().enumerate() {
            if *ending != Ending::Valid || block.outcomes[run] != self.outcome {
                continue;
            }
            self.came += 1;
            for (fired, counts) in self.fired.iter_mut().zip(&block.counts) {
                *fired += u64::from(counts[run] > 0);
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        self.came += other.came;
        self.fired
            .iter_mut()
            .zip(&other.fired)
            .for_each(|(own, other)| *own += other);
    }
}

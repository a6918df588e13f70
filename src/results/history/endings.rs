//! The measures of runs, apart by how the runs ended.

use crate::engine::{Block, Ending};
use crate::plan::Observed;
use crate::results::Tally;

/// What was measured of the runs that came to each outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Endings {
    /// `tallies[o][m]`: of the runs with an outcome, the unresolved ones last, a measure.
    tallies: Vec<Vec<Tally>>,
}

impl Endings {
    /// Of no runs.
    pub fn new(observed: &Observed) -> Self {
        Endings {
            tallies: vec![vec![Tally::default(); observed.measures.len()]; observed.outcomes.len() + 1],
        }
    }

    /// Adds the runs of a block.
    pub fn add(&mut self, block: &Block) {
        for (outcome, measures) in self.tallies.iter_mut().enumerate() {
            let ended_so =
                |place: &usize| block.endings[*place] == Ending::Valid && block.outcomes[*place] as usize == outcome;
            let places: Vec<usize> = (0..block.endings.len()).filter(ended_so).collect();
            for (tally, column) in measures.iter_mut().zip(&block.measures) {
                let values: Vec<f64> = places.iter().map(|place| column[*place]).collect();
                tally.add_all(&values);
            }
        }
    }

    /// Adds other runs.
    pub fn merge(&mut self, other: &Self) {
        for (tally, added) in self.tallies.iter_mut().flatten().zip(other.tallies.iter().flatten()) {
            tally.merge(added);
        }
    }

    /// A measure of the runs with an outcome; one past the last outcome means unresolved.
    pub fn tally(&self, outcome: usize, measure: usize) -> &Tally {
        &self.tallies[outcome][measure]
    }

    /// A measure of all runs.
    pub fn all(&self, measure: usize) -> Tally {
        let mut all = Tally::default();
        self.tallies.iter().for_each(|measures| all.merge(&measures[measure]));
        all
    }
}

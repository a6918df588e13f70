//! Rows of what was observed, for a block of consecutive runs: what an engine yields.

use crate::plan::Observed;

/// How a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was played to its end, and counts.
    Valid,
    /// A rate, a duration, a weight or an inventory left its range. It counts as failed, and nothing else of it is used.
    Failed,
    /// It fired more events than the scenario's limit and was cut. It counts as a runaway, and nothing else of it is used.
    Runaway,
    /// It was played to its end, but what is given does not hold in it. No engine says so: it is seen as runs are counted.
    SetAside,
}

/// What was observed of the runs `first_run .. first_run + len`, one column per observed thing.
///
/// All columns have one entry a run; entries of runs that are not valid are meaningless, but for the checksum.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The number of the first run.
    pub first_run: u64,
    /// How each run ended.
    pub endings: Vec<Ending>,
    /// The index of each run's outcome; one past the last means unresolved.
    pub outcomes: Vec<u32>,
    /// `measures[m][i]`: a measure of run i. Infinite or not a number where there is nothing to measure.
    pub measures: Vec<Vec<f64>>,
    /// `series[s][p][i]`: a series of run i at its p-th time; behind the series the statements of claims, 1 where they are
    /// true and 0 where they are false.
    pub series: Vec<Vec<Vec<f64>>>,
    /// `counts[e][i]`: how often an event fired in run i.
    pub counts: Vec<Vec<u32>>,
    /// A fingerprint of each run: what fired when, how it ended and what was measured.
    pub checksums: Vec<u64>,
}

impl Block {
    /// A block in which nothing has been played yet.
    pub fn new(observed: &Observed, first_run: u64, runs: usize) -> Self {
        Block {
            first_run,
            endings: vec![Ending::Valid; runs],
            outcomes: vec![0; runs],
            measures: vec![vec![0.0; runs]; observed.measures.len()],
            series: observed
                .sampled_times()
                .map(|times| vec![vec![0.0; runs]; times])
                .collect(),
            counts: vec![vec![0; runs]; observed.events.len()],
            checksums: vec![0; runs],
        }
    }
}

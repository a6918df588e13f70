//! Which statements of claims were true together, and how those runs ended: all that is needed to weigh them, in whole
//! numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::{Block, Ending};

/// The pattern of a run of a block, in which bit i is set where statement i is true. `first` is where the columns of the
/// statements begin: behind those of the series.
pub fn pattern_of(block: &Block, first: usize, run: usize) -> u64 {
    let statements = block.series[first..].iter().enumerate();
    statements.fold(0, |pattern, (statement, column)| {
        pattern | u64::from(column[0][run] != 0.0) << statement
    })
}

/// Counts of runs by the pattern of their true statements, and by outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patterns {
    /// How many statements there are, at most 64.
    statements: usize,
    /// The statements that a run must fulfil to count.
    given: Vec<usize>,
    /// How many runs do not.
    set_aside: u64,
    /// By pattern, in which bit i is set where statement i is true: the runs that came to each outcome, and the unresolved.
    counts: BTreeMap<u64, Vec<u64>>,
}

impl Patterns {
    /// The patterns of no runs.
    pub fn new(statements: usize, given: Vec<usize>) -> Self {
        Patterns {
            statements,
            given,
            ..Self::default()
        }
    }

    /// Whether there is nothing to count.
    pub fn is_empty(&self) -> bool {
        self.statements == 0
    }

    /// How many statements there are.
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// How many runs were played to their end and do not count, since what is given does not hold in them.
    pub fn set_aside(&self) -> u64 {
        self.set_aside
    }

    /// How many runs came to each outcome, and at the end how many were unresolved; nothing where no run counts.
    pub fn outcomes(&self) -> Vec<u64> {
        let mut sums: Vec<u64> = Vec::new();
        for counts in self.counts.values() {
            sums.resize(counts.len(), 0);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        sums
    }

    /// The patterns that came up, each with the runs that came to each outcome.
    pub fn counts(&self) -> &BTreeMap<u64, Vec<u64>> {
        &self.counts
    }

    /// Counts the runs of a block, and tells how each ended if those that do not count are left out.
    ///
    /// `first` is where the columns of the statements begin, `outcomes` how many outcomes there are, the unresolved one among them.
    pub fn add(&mut self, block: &Block, first: usize, outcomes: usize) -> Vec<Ending> {
        let mut endings = block.endings.clone();
        for (run, ending) in endings.iter_mut().enumerate().filter(|(_, e)| **e == Ending::Valid) {
            let pattern = pattern_of(block, first, run);
            if self.given.iter().any(|given| pattern >> given & 1 == 0) {
                self.set_aside += 1;
                *ending = Ending::SetAside;
                continue;
            }
            let counts = self.counts.entry(pattern).or_insert_with(|| vec![0; outcomes]);
            counts[block.outcomes[run] as usize] += 1;
        }
        endings
    }

    /// Adds the runs of others, in whatever order.
    pub fn merge(&mut self, other: &Self) {
        self.set_aside += other.set_aside;
        for (pattern, added) in &other.counts {
            let counts = self.counts.entry(*pattern).or_insert_with(|| vec![0; added.len()]);
            for (count, added) in counts.iter_mut().zip(added) {
                *count += added;
            }
        }
    }

    /// Whether these can be the patterns of runs that came to these outcomes.
    pub(super) fn fits(&self, outcomes: &[u64]) -> bool {
        let mut sums = vec![0_u64; outcomes.len()];
        for (pattern, counts) in &self.counts {
            let known = self.statements >= u64::BITS as usize || pattern >> self.statements == 0;
            let fulfilled = self.given.iter().all(|given| pattern >> given & 1 == 1);
            if !known || !fulfilled || counts.len() != outcomes.len() {
                return false;
            }
            for (sum, count) in sums.iter_mut().zip(counts) {
                match sum.checked_add(*count) {
                    Some(more) => *sum = more,
                    None => return false,
                }
            }
        }
        self.is_empty() || sums == outcomes
    }

    /// What must agree for others to be added.
    pub(super) fn shape(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.statements).chain(self.given.iter().copied())
    }
}

//! What was seen of an event in runs that were played again without it, or with it by force.

use std::ops::AddAssign;

/// Counts of runs, of an event and an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Observed: it fired, and the outcome came.
    pub fired_came: u64,
    /// Observed: it fired, and the outcome did not come.
    pub fired_else: u64,
    /// Observed: it did not fire, and the outcome came.
    pub idle_came: u64,
    /// Observed: it did not fire, and the outcome did not come.
    pub idle_else: u64,
    /// Of `fired_came`: its firing settled the outcome.
    pub settling: u64,
    /// Of `fired_came`: without it the outcome would not have come.
    pub needed: u64,
    /// Of `fired_came`, where it was not needed: the outcome is settled as it was.
    pub unmoved: u64,
    /// Of `fired_came`, where it was not needed: the same event settles the outcome, later.
    pub later: u64,
    /// Of `fired_came`, where it was not needed: the outcome is settled sooner, or by another event.
    pub otherwise: u64,
    /// Of `fired_came`: how it would have ended without it, by outcome.
    pub instead: Vec<u64>,
    /// Of `fired_else`: without it the outcome would have come.
    pub prevented: u64,
    /// Of `idle_else`: by force it would have brought the outcome.
    pub sufficient: u64,
    /// Of `idle_came`: by force it would have kept the outcome away.
    pub averted: u64,
    /// Of `idle_came`: it could not be forced.
    pub unforceable_came: u64,
    /// Of `idle_else`: it could not be forced.
    pub unforceable_else: u64,
    /// Runs that could not be played again to their end: they are in none of the others.
    pub failed: u64,
}

impl Counts {
    /// No runs, between so many outcomes.
    pub fn new(outcomes: usize) -> Self {
        Counts {
            instead: vec![0; outcomes],
            ..Self::default()
        }
    }

    /// All runs that are counted.
    pub fn runs(&self) -> u64 {
        self.fired_came + self.fired_else + self.idle_came + self.idle_else
    }

    /// In how many runs the outcome comes if the event is made to happen. Where it cannot be, the run counts as it was.
    pub fn came_with(&self) -> u64 {
        self.fired_came + self.idle_came - self.averted + self.sufficient
    }

    /// In how many runs the outcome comes if the event never happens.
    pub fn came_without(&self) -> u64 {
        self.fired_came - self.needed + self.prevented + self.idle_came
    }

    /// In how many runs it was both needed and sufficient: the outcome comes with it and not without it.
    pub fn needed_and_sufficient(&self) -> u64 {
        self.needed + self.sufficient
    }
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Counts) {
        self.fired_came += other.fired_came;
        self.fired_else += other.fired_else;
        self.idle_came += other.idle_came;
        self.idle_else += other.idle_else;
        self.settling += other.settling;
        self.needed += other.needed;
        self.unmoved += other.unmoved;
        self.later += other.later;
        self.otherwise += other.otherwise;
        self.prevented += other.prevented;
        self.sufficient += other.sufficient;
        self.averted += other.averted;
        self.unforceable_came += other.unforceable_came;
        self.unforceable_else += other.unforceable_else;
        self.failed += other.failed;
        for (count, added) in self.instead.iter_mut().zip(&other.instead) {
            *count += added;
        }
    }
}

/// Two events, in runs in which the outcome came, at least one of them fired, and neither alone was needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairCounts {
    /// How many such runs there are.
    pub runs: u64,
    /// In how many of them the outcome would not have come without both.
    pub needed: u64,
    /// How many could not be played again to their end, and are not counted.
    pub failed: u64,
}

impl AddAssign<&PairCounts> for PairCounts {
    fn add_assign(&mut self, other: &PairCounts) {
        self.runs += other.runs;
        self.needed += other.needed;
        self.failed += other.failed;
    }
}

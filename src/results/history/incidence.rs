//! When each event first happened, and when in each of its ways: how many runs have seen it by when.

use crate::engine::{Block, Chronicle, Ending};
use crate::plan::{Choice, Plan};

use super::paths::Step;

/// Into how many parts of the same length the time from the start to the horizon is cut.
pub const CELLS: usize = 1024;

/// How many runs have seen each event by the end of each part of the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    horizon: f64,
    /// The row of each event; those of its branches follow it.
    rows: Vec<usize>,
    /// `first[row][k]`: in how many runs it first happened in the k-th part of the time, its end included; part 0 is the
    /// start itself.
    first: Vec<Vec<u64>>,
}

impl Incidence {
    /// Of no runs, for the events of a plan.
    pub fn new(plan: &Plan) -> Self {
        let branches = plan.clocks.iter().map(|clock| match &clock.choice {
            Choice::None => 0,
            Choice::One(_) => 1,
            Choice::Pair(..) => 2,
            Choice::Race(ways) => ways.len(),
            Choice::First(ways) => ways.len(),
        });
        Self::of(&branches.collect::<Vec<_>>(), plan.horizon)
    }

    /// Of no runs, for events with so many branches each and a horizon in years.
    pub(super) fn of(branches: &[usize], horizon: f64) -> Self {
        let mut rows = Vec::with_capacity(branches.len());
        let mut next = 0;
        for branches in branches {
            rows.push(next);
            next += branches + 1;
        }
        Incidence {
            horizon,
            rows,
            first: vec![vec![0; CELLS + 1]; next],
        }
    }

    /// The row of what happened: of an event, whichever way it took, or of one of its ways.
    fn row(&self, step: Step) -> usize {
        self.rows[step.event as usize] + step.branch.map_or(0, |branch| branch as usize + 1)
    }

    /// Adds the runs of a block.
    pub fn add(&mut self, block: &Block, chronicle: &Chronicle) {
        let mut seen = vec![false; self.first.len()];
        for place in (0..block.endings.len()).filter(|place| block.endings[*place] == Ending::Valid) {
            seen.fill(false);
            for ring in chronicle.run(place) {
                let cell = self.cell(ring.time);
                let Step { event, branch } = Step::from(ring);
                let ways = branch.map(|branch| Step::way(event, branch));
                for step in [Step::event(event)].into_iter().chain(ways) {
                    let row = self.row(step);
                    if !std::mem::replace(&mut seen[row], true) {
                        self.first[row][cell] += 1;
                    }
                }
            }
        }
    }

    /// Adds other runs.
    pub fn merge(&mut self, other: &Self) {
        for (count, added) in self.first.iter_mut().flatten().zip(other.first.iter().flatten()) {
            *count += added;
        }
    }

    /// The end of the k-th part of the time, in years since the start.
    pub fn time(&self, cell: usize) -> f64 {
        self.horizon * (cell as f64 / CELLS as f64)
    }

    /// In how many runs something has happened by the end of each part of the time.
    pub fn by(&self, step: Step) -> Vec<u64> {
        let sum = |seen: &mut u64, count: &u64| {
            *seen += count;
            Some(*seen)
        };
        self.first[self.row(step)].iter().scan(0, sum).collect()
    }

    /// In how many runs something has happened at all.
    pub fn ever(&self, step: Step) -> u64 {
        self.first[self.row(step)].iter().sum()
    }

    /// When something first happens, in years since the start, where it does: a share of those runs have seen it by then,
    /// to within a part of the time. None where it never happens.
    pub fn quantile(&self, step: Step, share: f64) -> Option<f64> {
        let ever = self.ever(step);
        if ever == 0 {
            return None;
        }
        let rank = ((share * ever as f64).ceil() as u64).clamp(1, ever);
        let cell = self.by(step).iter().position(|seen| *seen >= rank)?;
        Some(self.time(cell))
    }

    fn cell(&self, time: f64) -> usize {
        // The quotient may be rounded to the other side of a boundary: the boundary itself decides.
        let guess = ((time / self.horizon * CELLS as f64).ceil() as usize).min(CELLS);
        if guess > 0 && time <= self.time(guess - 1) {
            guess - 1
        } else if guess < CELLS && time > self.time(guess) {
            guess + 1
        } else {
            guess
        }
    }
}

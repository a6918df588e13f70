//! When each event first happened: how many runs have seen it by when.

use crate::engine::{Block, Chronicle, Ending};

/// Into how many parts of the same length the time from the start to the horizon is cut.
pub const CELLS: usize = 1024;

/// How many runs have seen each event by the end of each part of the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    horizon: f64,
    /// `first[e][k]`: in how many runs event e first happened in the k-th part of the time, its end included; part 0 is
    /// the start itself.
    first: Vec<Vec<u64>>,
}

impl Incidence {
    /// Of no runs, for so many events and a horizon in years.
    pub fn new(events: usize, horizon: f64) -> Self {
        Incidence {
            horizon,
            first: vec![vec![0; CELLS + 1]; events],
        }
    }

    /// Adds the runs of a block.
    pub fn add(&mut self, block: &Block, chronicle: &Chronicle) {
        let mut seen = vec![false; self.first.len()];
        for place in (0..block.endings.len()).filter(|place| block.endings[*place] == Ending::Valid) {
            seen.fill(false);
            for ring in chronicle.run(place) {
                let event = ring.event as usize;
                if !std::mem::replace(&mut seen[event], true) {
                    let cell = self.cell(ring.time);
                    self.first[event][cell] += 1;
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

    /// In how many runs an event has happened by the end of each part of the time.
    pub fn by(&self, event: usize) -> Vec<u64> {
        let sum = |seen: &mut u64, count: &u64| {
            *seen += count;
            Some(*seen)
        };
        self.first[event].iter().scan(0, sum).collect()
    }

    /// In how many runs an event has happened at all.
    pub fn ever(&self, event: usize) -> u64 {
        self.first[event].iter().sum()
    }

    /// When an event first happens, in years since the start, where it does: a share of those runs have seen it by then,
    /// to within a part of the time. None where it never happens.
    pub fn quantile(&self, event: usize, share: f64) -> Option<f64> {
        let ever = self.ever(event);
        if ever == 0 {
            return None;
        }
        let rank = ((share * ever as f64).ceil() as u64).clamp(1, ever);
        let cell = self.by(event).iter().position(|seen| *seen >= rank)?;
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

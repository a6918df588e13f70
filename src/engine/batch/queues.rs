//! Runs wait in a queue for what happens next to them: an alarm or the clock of an event.

use super::lanes::{LANES, Lane, index};

/// One queue for each alarm and each clock.
pub struct Queues {
    lanes: Vec<[Lane; LANES]>,
    lengths: Vec<usize>,
}

impl Queues {
    /// Empty queues.
    pub fn new(count: usize) -> Self {
        Queues {
            lanes: vec![[0; LANES]; count],
            lengths: vec![0; count],
        }
    }

    /// The longest queue, if any is not empty.
    pub fn longest(&self) -> Option<usize> {
        let mut longest = (0, 0);
        for (queue, length) in self.lengths.iter().enumerate() {
            if *length > longest.1 {
                longest = (queue, *length);
            }
        }
        (longest.1 > 0).then_some(longest.0)
    }

    /// Takes all runs out of a queue.
    pub fn take(&mut self, queue: usize, lanes: &mut [Lane; LANES]) -> usize {
        let length = std::mem::take(&mut self.lengths[queue]);
        lanes[..length].copy_from_slice(&self.lanes[queue][..length]);
        length
    }

    /// Puts a run into a queue.
    #[inline(always)]
    pub fn push(&mut self, queue: usize, lane: Lane) {
        let length = &mut self.lengths[queue];
        self.lanes[queue][*length & (LANES - 1)] = lane;
        *length += 1;
    }
}

/// The earliest ring of each of some runs and what rings then; of what rings together, the first.
pub fn earliest(rings: &[[f64; LANES]], lanes: &[Lane], found: &mut [(f64, u32)]) {
    for (found, lane) in found.iter_mut().zip(lanes) {
        let lane = index(*lane);
        let mut best = (f64::INFINITY, 0);
        for (row, column) in rings.iter().enumerate() {
            if column[lane] < best.0 {
                best = (column[lane], row as u32);
            }
        }
        *found = best;
    }
}

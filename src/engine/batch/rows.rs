//! The rows of the runs of a block: all that is known of a run, side by side.

use super::lanes::{LANES, Lane, index};

/// One row a run.
pub struct Rows {
    cells: Vec<f64>,
    stride: usize,
}

impl Rows {
    /// Rows of so many cells.
    pub fn new(stride: usize) -> Self {
        Rows {
            cells: vec![0.0; stride * LANES],
            stride,
        }
    }

    /// All rows are like this one.
    pub fn fill(&mut self, row: &[f64]) {
        for into in self.cells.chunks_exact_mut(self.stride) {
            into.copy_from_slice(row);
        }
    }

    /// The first cells of a row.
    #[inline(always)]
    pub fn first(&self, lane: Lane, count: usize) -> &[f64] {
        let start = index(lane) * self.stride;
        &self.cells[start..start + count]
    }

    /// What a cell holds.
    #[inline(always)]
    pub fn get(&self, lane: Lane, cell: usize) -> f64 {
        self.cells[index(lane) * self.stride + cell]
    }

    /// Gives a cell a value.
    #[inline(always)]
    pub fn set(&mut self, lane: Lane, cell: usize, value: f64) {
        self.cells[index(lane) * self.stride + cell] = value;
    }
}

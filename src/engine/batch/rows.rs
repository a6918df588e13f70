//! The rows of the runs of a block: all that is known of a run, side by side.

use super::lanes::{LANES, Lane, index};

/// One row a run.
pub struct Rows {
    cells: Vec<f64>,
    stride: usize,
}

/// Rows of which a loop reads and writes cells. Where they lie is known once for the whole loop.
pub struct OpenRows<'a> {
    cells: &'a mut [f64],
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

    /// For a loop over some of them.
    #[inline(always)]
    pub fn open(&mut self) -> OpenRows<'_> {
        OpenRows {
            cells: &mut self.cells,
            stride: self.stride,
        }
    }

    /// What a cell holds.
    #[inline(always)]
    pub fn get(&self, lane: Lane, cell: usize) -> f64 {
        self.cells[index(lane) * self.stride + cell]
    }

    /// Gives a cell a value.
    #[inline(always)]
    pub fn set(&mut self, lane: Lane, cell: usize, value: f64) {
        self.open().set(lane, cell, value);
    }

    /// What a cell of some rows holds.
    pub fn load(&self, lanes: &[Lane], cell: usize, values: &mut [f64]) {
        let (cells, stride) = (self.cells.as_slice(), self.stride);
        for (value, lane) in values.iter_mut().zip(lanes) {
            *value = cells[index(*lane) * stride + cell];
        }
    }

    /// Gives a cell of some rows a value each.
    pub fn store(&mut self, lanes: &[Lane], cell: usize, values: &[f64]) {
        let mut rows = self.open();
        for (lane, value) in lanes.iter().zip(values) {
            rows.set(*lane, cell, *value);
        }
    }

    /// Gives a cell of some rows the same value.
    pub fn put(&mut self, lanes: &[Lane], cell: usize, value: f64) {
        let mut rows = self.open();
        for lane in lanes {
            rows.set(*lane, cell, value);
        }
    }
}

impl OpenRows<'_> {
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

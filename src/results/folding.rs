//! Results as the engine folds into them.

use crate::engine::{Block, Fold};

use super::Results;

impl Fold for Results {
    fn add(&mut self, block: &Block) {
        Results::add(self, block);
    }

    fn merge(&mut self, other: &Self) {
        Results::merge(self, other);
    }
}

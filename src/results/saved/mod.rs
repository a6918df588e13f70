//! Saved results (`.eqr` files), which can be merged with those of other runs of the same scenario.

use std::path::{Path, PathBuf};

use super::fold::Results;
use super::summary::{Identity, Summary};
use crate::plan::Observed;

mod evidence;
mod file;
mod merge;

pub use super::whole_file::{WriteError, check_target};
pub use file::{ReadError, read, write, write_whole};
pub use merge::{MergeError, merge};

/// Results with all that is needed to merge and to summarise them.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The version of Equipoise that played the runs.
    pub equipoise: String,
    /// Which runs of which scenario these are.
    pub identity: Identity,
    /// What is observed of each run.
    pub observed: Observed,
    /// What is known of the runs.
    pub results: Results,
}

impl Saved {
    /// Puts together what this version of Equipoise played.
    pub fn new(identity: Identity, observed: Observed, results: Results) -> Self {
        Self {
            equipoise: env!("CARGO_PKG_VERSION").to_owned(),
            identity,
            observed,
            results,
        }
    }

    /// What the results say.
    pub fn summary(&self) -> Summary {
        Summary {
            equipoise: self.equipoise.clone(),
            ..Summary::new(&self.identity, &self.observed, &self.results)
        }
    }
}

/// A file of saved results, by its path.
pub type Slice = (PathBuf, Saved);

fn shown(path: &Path) -> std::path::Display<'_> {
    path.display()
}

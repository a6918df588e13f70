//! Plays many runs and folds not only what is observed of them but also what rang in them, in order.

use std::ops::Range;

use crate::plan::Plan;

use super::block::Block;
use super::play::{Options, share_out};
use super::reference::{Player, Witness};

/// A firing in the chronicle of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ring {
    /// The index of the event.
    pub event: u32,
    /// The index of the branch that it took, if it took one.
    pub branch: Option<u32>,
    /// When, in years since the start.
    pub time: f64,
}

/// What rang in each run of a block, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chronicle {
    rings: Vec<Ring>,
    /// Where the rings of each run end.
    ends: Vec<usize>,
}

impl Chronicle {
    /// What rang in the run at a place of the block, in order. Of a run that is not valid, what rang until it was cut.
    pub fn run(&self, place: usize) -> &[Ring] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rings[start..self.ends[place]]
    }

    /// Adds a run.
    pub fn push(&mut self, rings: &[Ring]) {
        self.rings.extend_from_slice(rings);
        self.ends.push(self.rings.len());
    }
}

#[derive(Default)]
struct Listener(Vec<Ring>);

impl Witness for Listener {
    const WATCHES: bool = false;

    fn rang(&mut self, event: usize, branch: Option<usize>, time: f64) {
        self.0.push(Ring {
            event: event as u32,
            branch: branch.map(|branch| branch as u32),
            time,
        });
    }
}

/// Something that takes in blocks with their chronicles in any order: all merges must commute.
pub trait Chronicler: Send {
    /// Takes in a block and what rang in it.
    fn add(&mut self, block: &Block, chronicle: &Chronicle);
    /// Takes in what another has taken in.
    fn merge(&mut self, other: &Self);
}

/// Plays a range of runs as [`play`](super::play) does, and hands over what rang in them too.
pub fn chronicle<F: Chronicler>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    fold: &mut F,
    new: impl Fn() -> F + Sync,
) -> u64 {
    share_out(
        runs,
        options,
        || (new(), Player::new(plan, seed)),
        |(own, player), first, length| {
            let mut chronicle = Chronicle::default();
            let seen = |listener: Listener| chronicle.push(&listener.0);
            let block = player.watched_block(first, length, seen);
            own.add(&block, &chronicle);
        },
        |(own, _)| fold.merge(&own),
    )
}

//! Plays many runs on all cores and folds what is observed of them, block by block.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use crate::plan::Plan;

use super::block::Block;
use super::reference::Player;

/// How many runs are played as a block. No result depends on it.
const BLOCK: u64 = 512;

/// Something that takes in blocks in any order: all merges must commute.
pub trait Fold: Send {
    /// Takes in a block.
    fn add(&mut self, block: &Block);
    /// Takes in what another has taken in.
    fn merge(&mut self, other: &Self);
}

/// How runs are played.
pub struct Options<'a> {
    /// How many threads play; at least one does.
    pub threads: usize,
    /// As soon as this is set no further block is begun; those begun are finished.
    pub stop: &'a AtomicBool,
    /// Is told after each block how many runs have been played since the last call.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// Plays a range of runs into a fold, and tells how many of them were played: a prefix of the range, all of it unless it
/// was stopped.
///
/// Blocks are begun in order, and a block that was begun is finished; so what has been played is always a prefix.
pub fn play<F: Fold>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    fold: &mut F,
    new: impl Fn() -> F + Sync,
) -> u64 {
    let add = |own: &mut F, player: &mut Player<'_>, first, length| own.add(&player.block(first, length));
    in_blocks(plan, seed, runs, options, &new, &add, |own| fold.merge(&own))
}

/// Plays a range of runs in blocks on all threads. `add` plays a block into what its thread keeps, and `merge` takes what
/// a thread has kept at the end.
pub(super) fn in_blocks<F: Send>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    new: &(impl Fn() -> F + Sync),
    add: &(impl Fn(&mut F, &mut Player<'_>, u64, usize) + Sync),
    mut merge: impl FnMut(F),
) -> u64 {
    let next = AtomicU64::new(runs.start);
    let work = || {
        let mut own = new();
        let mut player = Player::new(plan, seed);
        while !options.stop.load(Ordering::Relaxed) {
            let first = next.fetch_add(BLOCK, Ordering::Relaxed);
            if first >= runs.end || first < runs.start {
                break;
            }
            let length = BLOCK.min(runs.end - first);
            add(&mut own, &mut player, first, length as usize);
            (options.progress)(length);
        }
        own
    };
    let blocks = runs.end.saturating_sub(runs.start).div_ceil(BLOCK).max(1);
    let threads = (options.threads.max(1) as u64).min(blocks);
    if threads == 1 {
        merge(work());
    } else {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                match worker.join() {
                    Ok(own) => merge(own),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
    }
    // What was claimed past the end was never begun.
    next.into_inner().min(runs.end) - runs.start
}

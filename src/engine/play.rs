//! Plays many runs on all cores and folds what is observed of them, block by block.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use crate::plan::Plan;

use super::block::Block;
use super::reference::Player;

/// How many runs are played as a block. No result depends on it.
pub(super) const BLOCK: u64 = 512;

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
    share_out(
        runs,
        options,
        || (new(), Player::new(plan, seed)),
        |(own, player), first, length| own.add(&player.block(first, length)),
        |(own, _)| fold.merge(&own),
    )
}

/// Something that takes in the blocks of several plans for the same runs, in any order: all merges must commute.
pub trait JointFold: Send {
    /// Takes in a block of each plan, in the order of the plans.
    fn add(&mut self, blocks: &[Block]);
    /// Takes in what another has taken in.
    fn merge(&mut self, other: Self);
}

/// Plays the same runs of several plans, otherwise as [`play`] does. Plans share the draws of every site that they share.
pub fn play_together<F: JointFold>(
    plans: &[&Plan],
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    fold: &mut F,
    new: impl Fn() -> F + Sync,
) -> u64 {
    share_out(
        runs,
        options,
        || {
            let players: Vec<Player<'_>> = plans.iter().map(|plan| Player::new(plan, seed)).collect();
            (new(), players)
        },
        |(own, players), first, length| {
            let blocks: Vec<Block> = players.iter_mut().map(|player| player.block(first, length)).collect();
            own.add(&blocks);
        },
        |(own, _)| fold.merge(own),
    )
}

/// Shares the blocks of a range of runs out to threads, each with something of its own to work with, which is given to
/// `finish` at the end. Tells how many runs were worked on: a prefix of the range.
pub(super) fn share_out<S: Send>(
    runs: Range<u64>,
    options: &Options<'_>,
    begin: impl Fn() -> S + Sync,
    block: impl Fn(&mut S, u64, usize) + Sync,
    mut finish: impl FnMut(S),
) -> u64 {
    let next = AtomicU64::new(runs.start);
    let work = || {
        let mut own = begin();
        while !options.stop.load(Ordering::Relaxed) {
            let first = next.fetch_add(BLOCK, Ordering::Relaxed);
            if first >= runs.end || first < runs.start {
                break;
            }
            let length = BLOCK.min(runs.end - first);
            block(&mut own, first, length as usize);
            (options.progress)(length);
        }
        own
    };
    let blocks = runs.end.saturating_sub(runs.start).div_ceil(BLOCK).max(1);
    let threads = (options.threads.max(1) as u64).min(blocks);
    if threads == 1 {
        finish(work());
    } else {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                match worker.join() {
                    Ok(own) => finish(own),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
    }
    // What was claimed past the end was never begun.
    next.into_inner().min(runs.end) - runs.start
}

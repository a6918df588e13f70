//! Plays many runs on all cores and folds what is observed of them, block by block.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use crate::plan::Plan;

use super::batch::{BatchPlayer, Compiled, LANES, compile};
use super::block::Block;
use super::reference::Player;

/// How many runs are played as a block. No result depends on it.
pub(super) const BLOCK: u64 = LANES as u64;

/// What plays. Both give the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// One run at a time, plainly: the oracle.
    Reference,
    /// Many runs at once, in columns.
    #[default]
    Batch,
}

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
pub fn play<F: Fold>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    fold: &mut F,
    new: impl Fn() -> F + Sync,
) -> u64 {
    play_with(Engine::default(), plan, seed, runs, options, fold, new)
}

/// Plays a range of runs into a fold as [`play`] does, by an engine of one's choice.
///
/// Blocks are begun in order, and a block that was begun is finished; so what has been played is always a prefix.
pub fn play_with<F: Fold>(
    engine: Engine,
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    fold: &mut F,
    new: impl Fn() -> F + Sync,
) -> u64 {
    let compiled = (engine == Engine::Batch).then(|| compile(plan));
    share_out(
        runs,
        options,
        || (new(), BlockPlayer::new(compiled.as_ref(), plan, seed)),
        |(own, player), first, length| own.add(&player.block(first, length)),
        |(own, _)| fold.merge(&own),
    )
}

/// A player of either engine.
enum BlockPlayer<'c, 'p> {
    Reference(Box<Player<'p>>),
    Batch(Box<BatchPlayer<'c, 'p>>),
}

impl<'c, 'p> BlockPlayer<'c, 'p> {
    fn new(compiled: Option<&'c Compiled<'p>>, plan: &'p Plan, seed: u64) -> Self {
        match compiled {
            Some(compiled) => BlockPlayer::Batch(Box::new(BatchPlayer::new(compiled, seed))),
            None => BlockPlayer::Reference(Box::new(Player::new(plan, seed))),
        }
    }

    fn block(&mut self, first: u64, runs: usize) -> Block {
        match self {
            BlockPlayer::Reference(player) => player.block(first, runs),
            BlockPlayer::Batch(player) => player.block(first, runs),
        }
    }
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
    let compiled: Vec<Compiled<'_>> = plans.iter().map(|plan| compile(plan)).collect();
    share_out(
        runs,
        options,
        || {
            let players: Vec<BatchPlayer<'_, '_>> = compiled
                .iter()
                .map(|compiled| BatchPlayer::new(compiled, seed))
                .collect();
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

//! Plays many runs on all cores and folds what is observed of them, block by block.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use crate::plan::Plan;

use super::batch::{BatchPlayer, LANES, compile};
use super::block::Block;
use super::reference::Player;

/// How many runs are played as a block. No result depends on it.
const BLOCK: u64 = LANES as u64;

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
    let next = AtomicU64::new(runs.start);
    let compiled = (engine == Engine::Batch).then(|| compile(plan));
    let work = || {
        let mut own = new();
        let mut block: Box<dyn FnMut(u64, usize) -> Block + '_> = match &compiled {
            Some(compiled) => {
                let mut player = BatchPlayer::new(compiled, seed);
                Box::new(move |first, runs| player.block(first, runs))
            }
            None => {
                let mut player = Player::new(plan, seed);
                Box::new(move |first, runs| player.block(first, runs))
            }
        };
        while !options.stop.load(Ordering::Relaxed) {
            let first = next.fetch_add(BLOCK, Ordering::Relaxed);
            if first >= runs.end || first < runs.start {
                break;
            }
            let length = BLOCK.min(runs.end - first);
            own.add(&block(first, length as usize));
            (options.progress)(length);
        }
        own
    };
    let blocks = runs.end.saturating_sub(runs.start).div_ceil(BLOCK).max(1);
    let threads = (options.threads.max(1) as u64).min(blocks);
    if threads == 1 {
        fold.merge(&work());
    } else {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                match worker.join() {
                    Ok(own) => fold.merge(&own),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
    }
    // What was claimed past the end was never begun.
    next.into_inner().min(runs.end) - runs.start
}

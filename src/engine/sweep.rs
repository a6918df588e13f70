//! Goes over many runs on all cores with a player in hand: for questions that play a run more than once.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::plan::Plan;

use super::play::Options;
use super::reference::Player;

/// How many runs are gone over as a block. No result depends on it.
const BLOCK: u64 = 128;

/// Something that looks at runs with a player in hand, in any order: all merges must commute.
pub trait Look: Send {
    /// Goes over consecutive runs.
    fn look(&mut self, player: &mut Player<'_>, runs: Range<u64>);
    /// Takes in what another has seen.
    fn merge(&mut self, other: &Self);
}

/// Goes over a range of runs, block by block, and puts together what each thread saw. Tells how many runs were gone over: a
/// prefix of the range, all of it unless it was stopped.
pub fn sweep<L: Look>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    seen: &mut L,
    new: impl Fn() -> L + Sync,
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
            let end = runs.end.min(first + BLOCK);
            own.look(&mut player, first..end);
            (options.progress)(end - first);
        }
        own
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..options.threads.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            match worker.join() {
                Ok(own) => seen.merge(&own),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    // What was claimed past the end was never begun.
    next.into_inner().min(runs.end) - runs.start
}

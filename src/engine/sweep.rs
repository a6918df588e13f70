//! Goes over many runs on all cores with a player in hand: for questions that play a run more than once.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::plan::Plan;

use super::play::Options;
use super::reference::Player;

/// How many runs are gone over as a block. No result depends on it.
const BLOCK: u64 = 128;

/// Goes over a range of runs, block by block, and puts together what each thread found: `merge` must commute. Tells how
/// many runs were gone over: a prefix of the range.
pub fn sweep<T: Send>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    found: &mut T,
    new: impl Fn() -> T + Sync,
    look: impl Fn(&mut Player<'_>, Range<u64>, &mut T) + Sync,
    merge: impl Fn(&mut T, T),
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
            look(&mut player, first..end, &mut own);
            (options.progress)(end - first);
        }
        own
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..options.threads.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            match worker.join() {
                Ok(own) => merge(found, own),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    next.into_inner().min(runs.end) - runs.start
}

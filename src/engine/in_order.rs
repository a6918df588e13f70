//! Plays many runs on all cores and hands their rows over one block after the other, in the order of the runs.
//!
//! A thread that has played a block waits for its turn before it hands the block over and begins the next. So no more
//! blocks are held than there are threads, however many runs are played.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::plan::Plan;

use super::block::Block;
use super::play::{BLOCK, Fold, Options};
use super::reference::{NoWitness, Player};

/// A block, and when things first happened in its runs.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedBlock {
    /// What was observed.
    pub block: Block,
    /// `first_times[e][i]`: when an event first fired in run i, in years since the start; infinite where it did not.
    pub first_times: Vec<Vec<f64>>,
}

/// Something that takes in rows in the order of the runs.
pub trait RowSink: Sync {
    /// A block made ready to be taken in.
    type Part: Send;

    /// Makes a block ready. Several threads do this at once, in any order.
    fn prepare(&self, block: TimedBlock) -> Self::Part;

    /// Takes in the next block: called for one at a time, in the order of the runs. Nothing more is played after a break.
    fn take(&self, part: Self::Part) -> ControlFlow<()>;
}

/// Plays a range of runs into a fold and a sink, and tells how many of them were played and taken in: a prefix of the
/// range, all of it unless it was stopped or the sink broke off.
pub fn play_in_order<F: Fold, S: RowSink>(
    plan: &Plan,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
    fold: &mut F,
    new: impl Fn() -> F + Sync,
    sink: &S,
) -> u64 {
    let claimed = AtomicU64::new(runs.start);
    let turns = Turns::new(runs.start);
    let work = || {
        let _guard = EndsOnPanic(&turns);
        let mut own = new();
        let mut player = Player::new(plan, seed);
        while !options.stop.load(Ordering::Relaxed) {
            let first = claimed.fetch_add(BLOCK, Ordering::Relaxed);
            if first >= runs.end || first < runs.start {
                break;
            }
            let length = BLOCK.min(runs.end - first);
            let block = timed_block(&mut player, plan, first, length as usize);
            own.add(&block.block);
            let part = sink.prepare(block);
            if turns.take(first, first + length, || sink.take(part)).is_break() {
                break;
            }
            (options.progress)(length);
        }
        own
    };
    let blocks = runs.end.saturating_sub(runs.start).div_ceil(BLOCK).max(1);
    let threads = (options.threads.max(1) as u64).min(blocks);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            match worker.join() {
                Ok(own) => fold.merge(&own),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    turns.reached() - runs.start
}

fn timed_block(player: &mut Player<'_>, plan: &Plan, first_run: u64, runs: usize) -> TimedBlock {
    let mut first_times = vec![vec![f64::INFINITY; runs]; plan.clocks.len()];
    let block = player.block_and(first_run, runs, |_: NoWitness, lane, world| {
        for (column, time) in first_times.iter_mut().zip(&world.first_times) {
            column[lane] = *time;
        }
    });
    TimedBlock { block, first_times }
}

/// Whose turn it is.
struct Turns {
    state: Mutex<Turn>,
    changed: Condvar,
}

struct Turn {
    /// The first run that has not been taken in.
    next: u64,
    /// Whether nothing more is taken in.
    ended: bool,
}

impl Turns {
    fn new(first: u64) -> Self {
        Turns {
            state: Mutex::new(Turn {
                next: first,
                ended: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, Turn> {
        // A thread that panicked has ended the turns; what it left is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until all runs before `first` have been taken in, then acts.
    fn take(&self, first: u64, after: u64, act: impl FnOnce() -> ControlFlow<()>) -> ControlFlow<()> {
        let mut turn = self.state();
        while turn.next != first && !turn.ended {
            turn = self.changed.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.ended {
            return ControlFlow::Break(());
        }
        let flow = act();
        match flow {
            ControlFlow::Continue(()) => turn.next = after,
            ControlFlow::Break(()) => turn.ended = true,
        }
        self.changed.notify_all();
        flow
    }

    fn end(&self) {
        self.state().ended = true;
        self.changed.notify_all();
    }

    fn reached(&self) -> u64 {
        self.state().next
    }
}

/// Lets nobody wait for a thread that has panicked.
struct EndsOnPanic<'a>(&'a Turns);

impl Drop for EndsOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails if a turn is taken before its time, or if one who waits behind a break waits for ever.
    #[test]
    fn turns_are_taken_in_order_and_end_for_all() {
        let turns = Turns::new(0);
        let taken = Mutex::new(Vec::new());
        let next = AtomicU64::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    loop {
                        let mine = next.fetch_add(1, Ordering::Relaxed);
                        let act = || {
                            taken.lock().unwrap().push(mine);
                            match mine {
                                500 => ControlFlow::Break(()),
                                _ => ControlFlow::Continue(()),
                            }
                        };
                        if turns.take(mine, mine + 1, act).is_break() {
                            break;
                        }
                    }
                });
            }
        });
        assert_eq!(taken.into_inner().unwrap(), (0..=500).collect::<Vec<_>>());
        assert_eq!(turns.reached(), 500);
    }

    /// Fails if those who wait for a thread that panicked wait for ever.
    #[test]
    fn a_panic_ends_the_turns() {
        let turns = Turns::new(0);
        thread::scope(|scope| {
            let waits = scope.spawn(|| turns.take(1, 2, || ControlFlow::Continue(())).is_break());
            let panics = scope.spawn(|| {
                let _guard = EndsOnPanic(&turns);
                let _ = turns.take(0, 1, || panic!("on purpose"));
            });
            assert!(panics.join().is_err());
            assert!(waits.join().unwrap());
        });
    }
}

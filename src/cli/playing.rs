//! What commands share that play runs: how many threads, how wide a page.

use std::sync::atomic::AtomicBool;

use crate::engine::{Options, play};
use crate::plan::Plan;
use crate::results::Results;

/// How many threads to play on: those that are asked for, or one a core.
pub fn threads(asked: Option<u16>) -> usize {
    match asked {
        Some(threads) => usize::from(threads),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}

/// Plays the first runs of a plan.
pub fn results_of(plan: &Plan, seed: u64, runs: u64, asked_threads: Option<u16>) -> Results {
    let mut results = Results::new(&plan.observed);
    let options = Options {
        threads: threads(asked_threads),
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    play(plan, seed, 0..runs, &options, &mut results, || {
        Results::new(&plan.observed)
    });
    results
}

/// The width of the terminal, or of a page where there is none.
pub fn width() -> usize {
    const PAGE: usize = 100;
    match terminal_size::terminal_size_of(std::io::stdout()) {
        Some((terminal_size::Width(columns), _)) => usize::from(columns).min(PAGE),
        None => PAGE,
    }
}

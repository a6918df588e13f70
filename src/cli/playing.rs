//! What every command that plays runs needs: threads, a bar that shows how far it is, an interrupt that ends it in order.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

use crate::engine::{Options, play};
use crate::plan::Plan;
use crate::results::{Results, discard_unfinished};

use super::output::complain;

/// The width of the terminal; where there is none, what `COLUMNS` says, or that of a page.
pub fn width() -> usize {
    const PAGE: usize = 100;
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    let said = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(said).unwrap_or(PAGE).min(PAGE)
}

/// A flag that an interrupt sets. A second interrupt ends the process at once.
pub fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
            discard_unfinished();
            std::process::exit(130);
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        complain(&format!(
            "warning: an interrupt will end the run without results: {error}"
        ));
    }
    stop
}

/// The number of threads that were asked for, or one a core.
pub fn threads(asked: Option<u16>) -> usize {
    match asked {
        Some(threads) => usize::from(threads),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}

/// A bar on a terminal; nothing elsewhere, and where quiet is asked for.
pub fn progress_bar(quiet: bool, runs: u64) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(runs);
    const WORDS: usize = 50;
    let columns = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
    let length = columns.saturating_sub(WORDS).clamp(5, 30);
    let template = format!("{{bar:{length}}} {{percent:>3}}%  {{human_pos}} runs, {{rate}}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // Nothing hangs on a rate that is not written.
            let _ = write!(out, "{}/s", HumanCount(state.per_sec().round() as u64));
        };
        bar.set_style(style.with_key("rate", rate));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Plays the first runs of a plan, without a bar.
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

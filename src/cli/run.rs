//! `equipoise run`: plays a scenario and shows how it ends.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::engine::{Options, play_with};
use crate::plan::{Plan, plan};
use crate::results::saved::{self, Saved};
use crate::results::{Identity, Results, Summary};
use crate::scenario::date;

use super::arguments::{Format, RunArguments};
use super::exit::Exit;
use super::load::{Loaded, checked};
use super::output::{complain, show};

/// The first number of runs at which `--precision` looks; it doubles from there.
const FIRST_LOOK: u64 = 1000;

/// Plays, shows and keeps.
pub fn run(arguments: &RunArguments) -> Exit {
    let overrides = arguments.scenario.overrides();
    let loaded = match checked(&arguments.scenario.file, &overrides, arguments.quiet) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    if let Some(path) = &arguments.save
        && let Err(error) = saved::check_target(path, arguments.force)
    {
        complain(&format!("error: {error}"));
        return Exit::Failed;
    }
    let plan = plan(&loaded.core);
    let stop = stop_on_interrupt();
    let started = Instant::now();
    let played = Playing {
        arguments,
        loaded: &loaded,
        plan: &plan,
        stop: &stop,
    }
    .play();
    let seconds = started.elapsed().as_secs_f64();
    let speed = (seconds > 0.0).then(|| played.identity.runs as f64 / seconds);
    let interrupted = played.identity.partial;
    let kept = Saved::new(played.identity, plan.observed, played.results);
    if let Some(path) = &arguments.save
        && let Err(error) = saved::write(path, &kept, arguments.force)
    {
        complain(&format!("error: {error}"));
        return Exit::Failed;
    }
    let last = date::day_at(loaded.core.start, loaded.core.horizon);
    let dates = (date::format(loaded.core.start), date::format(last));
    print(
        &kept,
        arguments.format,
        Some(dates),
        speed,
        if interrupted { Exit::Interrupted } else { Exit::Fine },
    )
}

/// Shows results in a format.
pub fn print(
    saved: &Saved,
    format: Format,
    dates: Option<(String, String)>,
    runs_per_second: Option<f64>,
    exit: Exit,
) -> Exit {
    let summary = saved.summary();
    show(
        |mut out| match format {
            Format::Json => crate::export::json(&summary, &mut out),
            Format::Csv => crate::export::csv(&summary, &mut out),
            Format::Table => {
                let options = crate::report::Options {
                    width: width(),
                    runs_per_second,
                    dates,
                };
                out.write_all(crate::report::table(&summary, &saved.observed, &options).as_bytes())
            }
        },
        exit,
    )
}

/// The width of the terminal, or of a page where there is none.
fn width() -> usize {
    const PAGE: usize = 100;
    match terminal_size::terminal_size_of(std::io::stdout()) {
        Some((terminal_size::Width(columns), _)) => usize::from(columns).min(PAGE),
        None => PAGE,
    }
}

/// A flag that an interrupt sets. A second interrupt ends the process at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
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

struct Playing<'a> {
    arguments: &'a RunArguments,
    loaded: &'a Loaded,
    plan: &'a Plan,
    stop: &'a AtomicBool,
}

struct Played {
    identity: Identity,
    results: Results,
}

impl Playing<'_> {
    fn play(&self) -> Played {
        let seed = self.arguments.seed.unwrap_or(self.loaded.core.seed);
        let first = self.arguments.first_run;
        let mut results = Results::new(&self.plan.observed);
        let mut played = 0;
        let mut goal = match self.arguments.precision {
            None => self.arguments.runs.unwrap_or(self.loaded.core.runs),
            Some(_) => FIRST_LOOK.min(self.arguments.max_runs),
        };
        let bar = self.progress_bar(goal);
        let advance = |runs: u64| bar.inc(runs);
        let identity = |runs: u64, partial: bool| Identity {
            title: self.loaded.core.title.clone(),
            sha256: self.loaded.sha256.clone(),
            seed,
            first_run: first,
            runs,
            partial,
        };
        loop {
            let options = Options {
                threads: self.threads(),
                stop: self.stop,
                progress: &advance,
            };
            let new = || Results::new(&self.plan.observed);
            played += play_with(
                self.arguments.engine.into(),
                self.plan,
                seed,
                first + played..first + goal,
                &options,
                &mut results,
                new,
            );
            let Some(width) = self.arguments.precision.filter(|_| played == goal) else {
                break;
            };
            let summary = Summary::new(&identity(played, false), &self.plan.observed, &results);
            let widest = summary.outcomes.iter().map(|outcome| outcome.simulation_ci95);
            let narrow = widest.map(|[low, high]| high - low).all(|found| found < width);
            if narrow || goal == self.arguments.max_runs {
                if !narrow {
                    complain(&format!(
                        "note: after {goal} runs an interval is still wider than {width}; --max-runs allows no more"
                    ));
                }
                break;
            }
            goal = (goal * 2).min(self.arguments.max_runs);
            bar.set_length(goal);
        }
        bar.finish_and_clear();
        Played {
            identity: identity(played, played < goal),
            results,
        }
    }

    fn threads(&self) -> usize {
        match self.arguments.threads {
            Some(threads) => usize::from(threads),
            None => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }

    /// A bar on a terminal; nothing elsewhere.
    fn progress_bar(&self, runs: u64) -> ProgressBar {
        if self.arguments.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(runs);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {percent:>3}%  {human_pos} runs, {per_sec}, {eta} left")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

//! `equipoise run`: plays a scenario and shows how it ends.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

use crate::engine::{Options, play, play_in_order};
use crate::export::rows::{Provenance, RowFile};
use crate::plan::{Plan, plan};
use crate::results::saved::{self, Saved};
use crate::results::{Identity, Results, Summary, WriteError};
use crate::scenario::date;

use super::arguments::{Format, RowTarget, RunArguments};
use super::exit::Exit;
use super::load::{Loaded, checked};
use super::output::{Steps, complain, complain_unwritten, show, styles};

/// The first number of runs at which `--precision` looks; it doubles from there.
const FIRST_LOOK: u64 = 1000;

/// Plays, shows and keeps.
pub fn run(arguments: &RunArguments) -> Exit {
    let mut steps = Steps::new(arguments.verbose);
    let overrides = arguments.scenario.overrides();
    let loaded = match checked(&arguments.scenario.file, &overrides, arguments.quiet) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    steps.done(|| format!("read {}, SHA-256 {}", arguments.scenario.file.display(), loaded.sha256));
    if let Some(path) = &arguments.save
        && let Err(error) = saved::check_target(path, arguments.force)
    {
        return complain_unwritten(&error);
    }
    let plan = plan(&loaded.core);
    steps.done(|| {
        format!(
            "planned {} events and {} sites of draws",
            plan.clocks.len(),
            plan.sites.len()
        )
    });
    let rows = match row_file(arguments, &loaded, &plan) {
        Ok(rows) => rows,
        Err(error) => {
            return complain_unwritten(&error);
        }
    };
    let stop = stop_on_interrupt();
    let started = Instant::now();
    let played = Playing {
        arguments,
        loaded: &loaded,
        plan: &plan,
        stop: &stop,
        rows: rows.as_ref(),
    }
    .play();
    steps.done(|| format!("played {} runs on {} threads", played.identity.runs, threads(arguments)));
    let seconds = started.elapsed().as_secs_f64();
    let speed = (seconds > 0.0).then(|| played.identity.runs as f64 / seconds);
    let interrupted = played.identity.partial;
    if let Some(rows) = rows {
        if let Err(error) = rows.finish(interrupted) {
            return complain_unwritten(&error);
        }
        steps.done(|| {
            format!(
                "wrote {}",
                arguments.out.as_ref().map_or(String::new(), RowTarget::to_string)
            )
        });
    }
    let kept = Saved::new(played.identity, plan.observed, played.results);
    if let Some(path) = &arguments.save
        && let Err(error) = saved::write(path, &kept, arguments.force)
    {
        return complain_unwritten(&error);
    }
    if let Some(path) = &arguments.save {
        steps.done(|| format!("saved {}", path.display()));
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

/// The file that rows go to, if one is asked for.
fn row_file(arguments: &RunArguments, loaded: &Loaded, plan: &Plan) -> Result<Option<RowFile>, WriteError> {
    let Some(target) = &arguments.out else {
        return Ok(None);
    };
    let provenance = Provenance {
        title: loaded.core.title.clone(),
        texts: loaded.texts.clone(),
        overrides: arguments.scenario.set.clone(),
        sha256: loaded.sha256.clone(),
        seed: arguments.seed.unwrap_or(loaded.core.seed),
        start: date::format(loaded.core.start),
    };
    RowFile::create(
        &target.path,
        arguments.force,
        target.format,
        &plan.observed,
        &provenance,
    )
    .map(Some)
}

/// How many threads play.
fn threads(arguments: &RunArguments) -> usize {
    match arguments.threads {
        Some(threads) => usize::from(threads),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
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
                    styled: styles(),
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
    rows: Option<&'a RowFile>,
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
                threads: threads(self.arguments),
                stop: self.stop,
                progress: &advance,
            };
            let new = || Results::new(&self.plan.observed);
            let (plan, runs) = (self.plan, first + played..first + goal);
            played += match self.rows {
                None => play(plan, seed, runs, &options, &mut results, new),
                Some(rows) => play_in_order(plan, seed, runs, &options, &mut results, new, rows),
            };
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

    /// A bar on a terminal; nothing elsewhere.
    fn progress_bar(&self, runs: u64) -> ProgressBar {
        if self.arguments.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(runs);
        let template = "{bar:30} {percent:>3}%  {human_pos} runs, {rate}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                // Nothing hangs on a rate that is not written.
                let _ = write!(out, "{}/s", HumanCount(state.per_sec().round() as u64));
            };
            bar.set_style(style.with_key("rate", rate));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

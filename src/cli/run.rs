//! `equipoise run`: plays a scenario and shows how it ends.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use crate::analysis::evidence::{Likelihood, Selection, weigh};
use crate::engine::{Options, play_in_order, play_with};
use crate::export::rows::{Provenance, RowFile};
use crate::plan::{Plan, plan};
use crate::results::saved::{self, Saved};
use crate::results::{Identity, Results, Summary, WriteError};
use crate::scenario::date;

use super::arguments::{Format, RunArguments};
use super::exit::Exit;
use super::load::{Loaded, checked_given};
use super::output::{Steps, complain, complain_unwritten, show, styles};
use super::playing::{progress_bar, stop_on_interrupt, threads, width};
use super::values::RowTarget;

/// The first number of runs at which `--precision` looks; it doubles from there.
const FIRST_LOOK: u64 = 1000;

/// Plays, shows and keeps.
pub fn run(arguments: &RunArguments) -> Exit {
    let mut steps = Steps::new(arguments.verbose);
    let loaded = match checked_given(&arguments.scenario, &arguments.given, arguments.play.quiet) {
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
    let selection = arguments.evidence.selection();
    if let Err(unknown) = selection.check(&[&plan.observed.evidence]) {
        complain(&format!("error: {unknown}"));
        return Exit::BadInput;
    }
    steps.done(|| {
        format!(
            "planned {} events and {} sites of draws",
            plan.clocks.len(),
            plan.sites.len()
        )
    });
    let rows = match row_file(arguments, &loaded, &plan, &selection) {
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
    steps.done(|| {
        format!(
            "played {} runs on {} threads",
            played.identity.runs,
            threads(arguments.play.threads)
        )
    });
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
        &selection,
        arguments.format,
        Some(dates),
        speed,
        if interrupted { Exit::Interrupted } else { Exit::Fine },
    )
}

/// The file that rows go to, if one is asked for.
fn row_file(
    arguments: &RunArguments,
    loaded: &Loaded,
    plan: &Plan,
    selection: &Selection,
) -> Result<Option<RowFile>, WriteError> {
    let Some(target) = &arguments.out else {
        return Ok(None);
    };
    let provenance = Provenance {
        title: loaded.core.title.clone(),
        texts: loaded.texts.clone(),
        variant: arguments.scenario.variant.clone(),
        overrides: arguments.scenario.set.clone(),
        given: arguments.given.clone(),
        without_claims: selection.without.clone(),
        as_of: selection.as_of.clone(),
        sha256: loaded.sha256.clone(),
        seed: arguments.play.seed.unwrap_or(loaded.core.seed),
        start: date::format(loaded.core.start),
    };
    RowFile::create(
        &target.path,
        arguments.force,
        target.format,
        &plan.observed,
        Likelihood::new(&plan.observed, selection),
        &provenance,
    )
    .map(Some)
}

/// Shows results in a format.
pub fn print(
    saved: &Saved,
    selection: &Selection,
    format: Format,
    dates: Option<(String, String)>,
    runs_per_second: Option<f64>,
    exit: Exit,
) -> Exit {
    let mut summary = saved.summary();
    match weigh(&saved.observed, saved.results.patterns(), selection) {
        Ok(evidence) => evidence.tell(&mut summary),
        Err(contradiction) => {
            complain(&format!("error: {contradiction}"));
            return Exit::Failed;
        }
    }
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
        let seed = self.arguments.play.seed.unwrap_or(self.loaded.core.seed);
        let first = self.arguments.first_run;
        let mut results = Results::new(&self.plan.observed);
        let mut played = 0;
        let mut goal = match self.arguments.precision {
            None => self.arguments.play.runs.unwrap_or(self.loaded.core.runs),
            Some(_) => FIRST_LOOK.min(self.arguments.max_runs),
        };
        let bar = progress_bar(self.arguments.play.quiet, goal);
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
                threads: threads(self.arguments.play.threads),
                stop: self.stop,
                progress: &advance,
            };
            let new = || Results::new(&self.plan.observed);
            let (plan, runs) = (self.plan, first + played..first + goal);
            played += match self.rows {
                None => play_with(
                    self.arguments.engine.into(),
                    plan,
                    seed,
                    runs,
                    &options,
                    &mut results,
                    new,
                ),
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
}

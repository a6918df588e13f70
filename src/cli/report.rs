//! `equipoise report`: plays a scenario, and others to compare with it, and writes what they say as a page.

use crate::analysis::evidence::{Selection, weigh};
use crate::diagnostic::Files;
use crate::engine::{Options, chronicle};
use crate::model::plot;
use crate::plan::plan;
use crate::report::{Against, Material, command_line, page};
use crate::results::history::History;
use crate::results::saved;
use crate::results::{Identity, Summary};

use super::arguments::{ReportArguments, ScenarioArguments};
use super::comparing::{Asked, Loading, Playing, Scenario};
use super::exit::Exit;
use super::load::checked;
use super::output::complain;
use super::playing::{progress_bar, stop_on_interrupt, threads};
use super::report_drivers::likeliest_drivers;

/// Plays and writes the page.
pub fn report(arguments: &ReportArguments) -> Exit {
    let baseline = arguments.baseline();
    let mut loaded = match checked(&baseline, arguments.play.quiet) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    loaded.core = loaded.core.in_words();
    if let Err(error) = saved::check_target(&arguments.output, arguments.force) {
        return refused(&error);
    }
    let sides = match sides(arguments) {
        Ok(sides) => sides,
        Err(exit) => return exit,
    };
    let (plan, plot) = (plan(&loaded.core), plot(&loaded.core));
    let runs = arguments.play.runs.unwrap_or(loaded.core.runs);
    let seed = arguments.play.seed.unwrap_or(loaded.core.seed);
    let bar = progress_bar(arguments.play.quiet, runs);
    let stop = stop_on_interrupt();
    let options = Options {
        threads: threads(arguments.play.threads),
        stop: &stop,
        progress: &|runs| bar.inc(runs),
    };
    let new = || History::new(&plan, &plot);
    let mut history = new();
    let played = chronicle(&plan, seed, 0..runs, &options, &mut history, new);
    bar.finish_and_clear();
    let identity = Identity {
        title: loaded.core.title.clone(),
        sha256: loaded.sha256.clone(),
        seed,
        first_run: 0,
        runs: played,
        partial: played < runs,
    };
    let mut summary = Summary::new(&identity, &plan.observed, &history.results);
    match weigh(&plan.observed, history.results.patterns(), &Selection::default()) {
        Ok(evidence) => evidence.tell(&mut summary),
        Err(contradiction) => {
            complain(&format!("error: {contradiction}"));
            return Exit::Failed;
        }
    }
    let drivers = likeliest_drivers(&loaded, &summary, &options);
    let playing = Playing {
        seed,
        first_run: 0,
        runs: played,
        threads: arguments.play.threads,
        quiet: arguments.play.quiet,
        selection: Selection::default(),
        stop: &stop,
    };
    let compared = match (!sides.is_empty()).then(|| playing.comparison(&sides, &[])).transpose() {
        Ok(compared) => compared,
        Err(exit) => return exit,
    };
    let stopped = compared.as_ref().is_some_and(|(comparison, _)| comparison.partial);
    let text = page(&Material {
        document: &loaded.document,
        core: &loaded.core,
        plan: &plan,
        plot: &plot,
        summary: &summary,
        history: &history,
        drivers: drivers.as_ref(),
        against: compared
            .as_ref()
            .map(|(comparison, layouts)| Against { comparison, layouts }),
        command: &again(arguments, seed, played),
        scenario: &command_line(&scenario(&baseline)),
        changes: &command_line(&changes(&baseline)),
    });
    let written = saved::write_whole(&arguments.output, arguments.force, |out| out.write_all(text.as_bytes()));
    match written {
        Err(error) => refused(&error),
        Ok(()) => {
            if !arguments.play.quiet {
                complain(&format!(
                    "{} is there: open it in a browser",
                    arguments.output.display()
                ));
            }
            if identity.partial || stopped {
                Exit::Interrupted
            } else {
                Exit::Fine
            }
        }
    }
}

fn refused(error: &saved::WriteError) -> Exit {
    complain(&format!("error: {error}"));
    if matches!(error, saved::WriteError::Exists(_)) {
        complain("help: --force replaces it, --output names another");
    }
    Exit::Failed
}

/// The words of a command line that name the scenario and what is changed in it.
fn scenario(arguments: &ScenarioArguments) -> Vec<String> {
    let mut words = vec![arguments.file.display().to_string()];
    words.extend(changes(arguments));
    words
}

/// The words of a command line that say what is changed in a scenario.
fn changes(arguments: &ScenarioArguments) -> Vec<String> {
    let named = |option: &str, value: &String| [option.to_owned(), value.clone()];
    let variant = arguments.variant.iter().map(|id| named("--variant", id));
    variant
        .chain(arguments.set.iter().map(|set| named("--set", set)))
        .flatten()
        .collect()
}

/// The scenarios of the comparison, the baseline first; none where nothing is compared. Warnings are those of the baseline,
/// which are shown when it is loaded to be played.
fn sides(arguments: &ReportArguments) -> Result<Vec<Scenario>, Exit> {
    if !arguments.compares() {
        return Ok(Vec::new());
    }
    let mut loading = Loading {
        files: Files::default(),
        given: &[],
        quiet: true,
        is_first: false,
    };
    let loaded = loading.all(&Asked {
        files: &arguments.files,
        about: arguments.about.as_deref(),
        variants: &arguments.variant,
        set_in_all: &arguments.set,
        set: &[],
    })?;
    Ok(loaded.into_iter().map(Scenario::in_words).collect())
}

/// The command line that makes the same page.
fn again(arguments: &ReportArguments, seed: u64, runs: u64) -> String {
    let mut words = vec!["equipoise".to_owned(), "report".to_owned()];
    words.extend(arguments.files.iter().map(|file| file.display().to_string()));
    let named = |option: &str, value: &String| [option.to_owned(), value.clone()];
    words.extend(arguments.about.iter().flat_map(|id| named("--about", id)));
    words.extend(arguments.variant.iter().flat_map(|id| named("--variant", id)));
    words.extend(arguments.set.iter().flat_map(|set| named("--set", set)));
    let (seed, runs) = (seed.to_string(), runs.to_string());
    let output = arguments.output.display().to_string();
    let rest = ["--seed", &seed, "--runs", &runs, "--output", &output];
    words.extend(rest.map(str::to_owned));
    command_line(&words)
}

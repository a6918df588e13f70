//! What drives the likeliest outcome of a page: the same runs once more, with everything that is left to chance in view.

use crate::analysis::drivers::{Drivers, ScenarioIdentity, TargetKind, Watched, drivers};
use crate::engine::Options;
use crate::results::Summary;

use super::load::Loaded;

/// What drives an outcome is seen in so many; more would only take longer.
const MOST_RUNS: u64 = 200_000;

/// Finds what drives the outcome that most of the runs of a summary came to: in the same runs, or in the first of them.
/// Nothing where no run came to an outcome, or all to one, or where playing is stopped.
pub fn likeliest_drivers(loaded: &Loaded, summary: &Summary, options: &Options<'_>) -> Option<Drivers> {
    let (_unresolved, declared) = summary.outcomes.split_last()?;
    let most = declared.iter().map(|outcome| outcome.count).max()?;
    if most == 0 || most == summary.valid() {
        return None;
    }
    let likeliest = declared.iter().position(|outcome| outcome.count == most)?;
    let watched = Watched::new(&loaded.core);
    watched.parameters().next()?;
    let (first, asked) = (summary.first_run, summary.runs.min(MOST_RUNS));
    let again = Options {
        threads: options.threads,
        stop: options.stop,
        progress: &|_| {},
    };
    let scenario = ScenarioIdentity {
        title: summary.scenario.title.clone(),
        sha256: summary.scenario.sha256.clone(),
    };
    let targets = [TargetKind::Outcome(likeliest)];
    let found = drivers(&watched, &targets, scenario, summary.seed, first..first + asked, &again);
    (!found.partial).then_some(found)
}

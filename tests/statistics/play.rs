//! From the text of a scenario to its results, by the stages that the command goes through.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::engine::{Options, play};
use equipoise::model::{Core, check};
use equipoise::plan::{Label, Plan};
use equipoise::results::Results;
use equipoise::scenario::load_text;

/// The core of a scenario that has no error.
pub fn core(text: &str) -> Core {
    let (mut files, mut faults) = (Files::default(), Faults::default());
    let scenario = load_text("test.toml", text, &[], &mut files, &mut faults);
    let core = scenario.and_then(|scenario| check(&scenario, &files, &mut faults));
    core.unwrap_or_else(|| panic!("{}", render(&faults, &files, false)))
}

/// Plays runs of a plan on a number of threads.
pub fn results(plan: &Plan, seed: u64, runs: Range<u64>, threads: usize) -> Results {
    let mut results = Results::new(&plan.observed);
    let options = Options {
        threads,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    let asked = runs.end - runs.start;
    let played = play(plan, seed, runs, &options, &mut results, || {
        Results::new(&plan.observed)
    });
    assert_eq!(played, asked);
    results
}

/// Where the thing of this id stands.
pub fn position(labels: &[Label], id: &str) -> usize {
    let found = labels.iter().position(|label| label.id == id);
    found.unwrap_or_else(|| panic!("nothing is called {id}"))
}

//! From the text of a scenario to its results, by the stages that the command goes through.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::engine::{Options, play};
use equipoise::model::{Core, check};
use equipoise::plan::{Label, Plan, plan};
use equipoise::results::{Results, Tally};
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

/// A scenario that has been played.
pub struct Played {
    pub plan: Plan,
    pub results: Results,
}

impl Played {
    /// Plays the runs 0..runs of a scenario. Fails where one of them failed or was cut.
    pub fn new(text: &str, seed: u64, runs: u64) -> Self {
        let plan = plan(&core(text));
        let results = results(&plan, seed, 0..runs, 2);
        assert_eq!(results.valid(), runs, "every run is valid");
        Played { plan, results }
    }

    pub fn runs(&self) -> u64 {
        self.results.runs()
    }

    pub fn measure(&self, id: &str) -> &Tally {
        &self.results.measures()[position(&self.plan.observed.measures, id)]
    }

    /// The times of a series and what was found at each.
    pub fn series(&self, id: &str) -> impl Iterator<Item = (f64, &Tally)> {
        let series = &self.plan.observed.series;
        let index = series.iter().position(|series| series.label.id == id);
        let index = index.unwrap_or_else(|| panic!("no series {id}"));
        series[index].times.iter().copied().zip(&self.results.series()[index])
    }

    /// How many runs came to an outcome; `unresolved` is one.
    pub fn outcome(&self, id: &str) -> u64 {
        let outcomes = &self.plan.observed.outcomes;
        let index = if id == "unresolved" {
            outcomes.len()
        } else {
            position(outcomes, id)
        };
        self.results.outcomes()[index]
    }
}

/// Where the thing of this id stands.
pub fn position(labels: &[Label], id: &str) -> usize {
    let found = labels.iter().position(|label| label.id == id);
    found.unwrap_or_else(|| panic!("nothing is called {id}"))
}

//! A scenario that has been played, and what was found by its name.

use equipoise::plan::{Plan, plan};
use equipoise::results::{Results, Tally};

use crate::play::{core, position, results};

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

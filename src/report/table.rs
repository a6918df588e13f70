//! What a run says, for a terminal.

use crate::plan::Observed;
use crate::results::Summary;

/// How a table is to be laid out, and what it says beside the results.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How many columns there are. Below 60, lines may be longer.
    pub width: usize,
    /// How fast the runs were played; not said where it is none.
    pub runs_per_second: Option<f64>,
    /// The first and the last day of the scenario, as `2017-10-09`; not said where it is none.
    pub dates: Option<(String, String)>,
}

/// Lays out what a summary says. What is observed gives the printed names and units.
pub fn table(summary: &Summary, observed: &Observed, options: &Options) -> String {
    let _ = (observed, options);
    summary.scenario.title.clone()
}

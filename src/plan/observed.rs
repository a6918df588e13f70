//! What a plan observes: the names of the columns that an engine yields, in order.

/// Everything that is observed of a run, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// The outcomes. A run that matches none has the index `outcomes.len()`, and is called [`UNRESOLVED`].
    pub outcomes: Vec<Label>,
    /// Numbers taken at the end of a run.
    pub measures: Vec<Label>,
    /// Numbers taken at fixed times of a run.
    pub series: Vec<Series>,
    /// The events, whose firings are counted.
    pub events: Vec<Label>,
    /// What is known of claims. Their statements are sampled as series are, behind them, each at its one time.
    pub evidence: ObservedClaims,
}

impl Observed {
    /// How many times each sampled column has: those of the series, and one for each statement.
    pub fn sampled_times(&self) -> impl Iterator<Item = usize> + '_ {
        let series = self.series.iter().map(|series| series.times.len());
        series.chain(self.evidence.statements.iter().map(|_| 1))
    }
}

pub use crate::model::UNRESOLVED;

use super::evidence::ObservedClaims;
use crate::model::About;

/// The address of an observed thing, and what to call it before a reader.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    /// The address, as the scenario or its lowering spells it.
    pub id: String,
    /// The printed name, where the scenario gives one.
    pub name: Option<String>,
    /// The unit of the values, where the scenario gives one.
    pub unit: Option<String>,
}

/// A number taken at fixed times.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// What it is called.
    pub label: Label,
    /// When it is taken, in years since the start, ascending.
    pub times: Vec<f64>,
    /// The calendar day of each time, as `2017-10-09`.
    pub dates: Vec<String>,
}

/// What something is called.
pub(super) fn label(about: &About) -> Label {
    Label {
        id: about.address.clone(),
        name: about.name.clone(),
        unit: about.unit.clone(),
    }
}

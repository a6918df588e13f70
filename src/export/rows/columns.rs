//! The columns of a row: their names, types and units, the same in every format.

use serde::Serialize;

use crate::analysis::evidence::Likelihood;
use crate::engine::{Block, Ending, TimedBlock};
use crate::plan::{Label, Observed, UNRESOLVED};

/// The columns that every file has beside the measures and the times.
const FIXED: [&str; 4] = ["run", "ending", "outcome", "weight"];
/// What the weights are, for those who have nothing but the file.
const WEIGHT: &str = "likelihood of the claims that are heard; 0 where the run does not count";
/// What stands before the address of an event in the name of its column.
const TIME_OF: &str = "time_of.";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The number of the run, from 0.
    Run,
    /// How it was played: `valid`, `failed` or `runaway`.
    Ending,
    /// The id of its outcome, or `unresolved`; null where the run is not valid.
    Outcome,
    /// A measure in its own unit; null where there is nothing to measure, or the run is not valid.
    Measure,
    /// When an event first fired, in years since the start; null where it did not, or the run is not valid.
    Time,
    /// What the run counts: how likely all that has been said is, given what is true in it; 1 where nothing has been said.
    /// 0 where it is not valid, or what is given does not hold in it.
    Weight,
}

/// A column, as the metadata of a file describe it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// What the file calls it.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it is called before a reader, where the scenario says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The unit of its values, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The columns of a row, in order: run, ending, outcome, the measures, the times of the events, weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    list: Vec<Column>,
    outcomes: Vec<String>,
}

impl Columns {
    /// The columns for what is observed.
    pub fn new(observed: &Observed) -> Self {
        let fixed = |name: &str, kind| Column {
            name: name.to_owned(),
            kind,
            title: None,
            unit: None,
        };
        let measure = |label: &Label| Column {
            name: measure_name(&label.id),
            kind: Kind::Measure,
            title: label.name.clone(),
            unit: label.unit.clone(),
        };
        let time = |label: &Label| Column {
            name: format!("{TIME_OF}{}", label.id),
            kind: Kind::Time,
            title: label.name.clone(),
            unit: Some("years".to_owned()),
        };
        let mut list = vec![
            fixed("run", Kind::Run),
            fixed("ending", Kind::Ending),
            fixed("outcome", Kind::Outcome),
        ];
        list.extend(observed.measures.iter().map(measure));
        list.extend(observed.events.iter().map(time));
        list.push(Column {
            title: Some(WEIGHT.to_owned()),
            ..fixed("weight", Kind::Weight)
        });
        let outcomes = observed.outcomes.iter().map(|outcome| outcome.id.clone());
        Columns {
            list,
            outcomes: outcomes.chain([UNRESOLVED.to_owned()]).collect(),
        }
    }

    /// The columns, in order.
    pub fn list(&self) -> &[Column] {
        &self.list
    }

    /// The ids that the column `outcome` can hold, in the order declared, `unresolved` last.
    pub fn outcomes(&self) -> &[String] {
        &self.outcomes
    }
}

/// Measures have a namespace of their own; one that is called like a fixed column is set apart.
fn measure_name(id: &str) -> String {
    if FIXED.contains(&id) {
        format!("measure.{id}")
    } else {
        id.to_owned()
    }
}

/// A block, and what its runs count.
pub struct WeighedBlock {
    timed: TimedBlock,
    weights: Vec<f64>,
}

impl WeighedBlock {
    /// Weighs the runs of a block.
    pub(super) fn new(timed: TimedBlock, likelihood: &Likelihood) -> Self {
        let runs = 0..timed.block.endings.len();
        let weights = runs.map(|run| likelihood.of(&timed.block, run)).collect();
        WeighedBlock { timed, weights }
    }
}

/// One run of a block, seen as a row.
pub(super) struct Row<'a> {
    block: &'a WeighedBlock,
    place: usize,
}

/// The rows of a block.
pub(super) fn rows(block: &WeighedBlock) -> impl Iterator<Item = Row<'_>> {
    (0..block.weights.len()).map(move |place| Row { block, place })
}

impl Row<'_> {
    fn block(&self) -> &Block {
        &self.block.timed.block
    }

    /// The number of the run.
    pub(super) fn run(&self) -> u64 {
        self.block().first_run + self.place as u64
    }

    /// How it was played.
    pub(super) fn ending(&self) -> &'static str {
        match self.block().endings[self.place] {
            Ending::Valid => "valid",
            Ending::Failed => "failed",
            Ending::Runaway => "runaway",
            Ending::SetAside => "set aside",
        }
    }

    fn is_valid(&self) -> bool {
        self.block().endings[self.place] == Ending::Valid
    }

    /// The place of its outcome among [`Columns::outcomes`].
    pub(super) fn outcome(&self) -> Option<usize> {
        self.is_valid().then(|| self.block().outcomes[self.place] as usize)
    }

    /// The measures and then the times; none where there is no finite value.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Option<f64>> {
        let columns = self.block().measures.iter().chain(&self.block.timed.first_times);
        columns.map(|column| Some(column[self.place]).filter(|value| self.is_valid() && value.is_finite()))
    }

    /// What it counts.
    pub(super) fn weight(&self) -> f64 {
        self.block.weights[self.place]
    }
}

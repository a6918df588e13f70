//! What is looked at in the runs, one by one: how each ended, what was measured, what was drawn, and when its clocks first
//! rang.

use std::sync::Arc;

use crate::engine::{Block, Ending, Fold};
use crate::expr::{Reference, Tree, Type};
use crate::model::{Core, Quantity};
use crate::plan::{ClockKind, Label, Plan, PlannedDelay, UNRESOLVED, plan};

/// A plan that also observes its parameters and the first times of its chance clocks.
#[derive(Debug)]
pub struct Watched {
    plan: Plan,
    /// How many measures are the scenario's own.
    measures: usize,
    parameters: Vec<(Label, bool)>,
    clocks: Vec<Label>,
}

impl Watched {
    /// Plans a core so that everything that is left to chance is observed. The runs are those of its usual plan; only their
    /// checksums differ, as more is measured.
    pub fn new(core: &Core) -> Self {
        let mut plan = plan(core);
        let measures = plan.measures.len();
        let mut parameters = Vec::new();
        for (index, parameter) in core.parameters.iter().enumerate() {
            if matches!(parameter.value, Quantity::Drawn(_)) {
                let label = Label {
                    id: parameter.about.address.clone(),
                    name: parameter.about.name.clone(),
                    unit: parameter.about.unit.clone(),
                };
                parameters.push((label.clone(), parameter.kind == Type::Boolean));
                plan.measures.push(Tree::Reference(Reference::Parameter(index)));
                plan.observed.measures.push(label);
            }
        }
        let mut clocks = Vec::new();
        for (index, label) in plan.observed.events.clone().into_iter().enumerate() {
            let is_chance = matches!(
                plan.clocks[index].kind,
                ClockKind::Rate(_) | ClockKind::After(PlannedDelay::Drawn(_))
            );
            if is_chance {
                plan.measures.push(Tree::Reference(Reference::FirstTime(index)));
                plan.observed.measures.push(label.clone());
                clocks.push(label);
            }
        }
        Watched {
            plan,
            measures,
            parameters,
            clocks,
        }
    }

    /// The plan to be played.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The scenario's own measures.
    pub fn measures(&self) -> &[Label] {
        &self.plan.observed.measures[..self.measures]
    }

    /// The id of an outcome; the last is `unresolved`.
    pub fn outcome_name(&self, index: usize) -> &str {
        let outcomes = &self.plan.observed.outcomes;
        outcomes.get(index).map_or(UNRESOLVED, |label| &label.id)
    }

    /// The parameters that are drawn, with the column of each, and whether it is true or false.
    pub fn parameters(&self) -> impl Iterator<Item = (&Label, usize, bool)> {
        let columns = self.measures..;
        self.parameters
            .iter()
            .zip(columns)
            .map(|((label, is_boolean), column)| (label, column, *is_boolean))
    }

    /// The chance clocks, with the column of each.
    pub fn clocks(&self) -> impl Iterator<Item = (&Label, usize)> {
        self.clocks.iter().zip(self.measures + self.parameters.len()..)
    }
}

/// The valid runs of a watched plan: those of a piece of the runs, which are held no longer than it takes to look at them.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    blocks: Vec<Arc<ValidRuns>>,
}

/// The valid runs of a block.
#[derive(Debug)]
pub(super) struct ValidRuns {
    first_run: u64,
    /// How each ended.
    pub outcomes: Vec<u32>,
    /// What was measured, drawn and rung.
    pub columns: Vec<Vec<f64>>,
}

impl Fold for Rows {
    fn add(&mut self, block: &Block) {
        let valid = || (0..block.endings.len()).filter(|lane| block.endings[*lane] == Ending::Valid);
        let pick = |column: &Vec<f64>| -> Vec<f64> { valid().map(|lane| column[lane]).collect() };
        self.blocks.push(Arc::new(ValidRuns {
            first_run: block.first_run,
            outcomes: valid().map(|lane| block.outcomes[lane]).collect(),
            columns: block.measures.iter().map(pick).collect(),
        }));
    }

    fn merge(&mut self, other: &Self) {
        self.blocks.extend(other.blocks.iter().cloned());
    }
}

impl Rows {
    /// The blocks in the order of their runs.
    pub fn in_order(mut self) -> impl Iterator<Item = Arc<ValidRuns>> {
        self.blocks.sort_by_key(|block| block.first_run);
        self.blocks.into_iter()
    }
}

//! The runs, one by one: how each ended, what was measured, what was drawn, and when its clocks first rang.

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

/// The valid runs of a watched plan.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    parts: Vec<Part>,
    outcomes: Vec<u32>,
    columns: Vec<Vec<f64>>,
}

#[derive(Debug, Clone)]
struct Part {
    first_run: u64,
    outcomes: Vec<u32>,
    columns: Vec<Vec<f64>>,
}

impl Fold for Rows {
    fn add(&mut self, block: &Block) {
        let valid = || (0..block.endings.len()).filter(|lane| block.endings[*lane] == Ending::Valid);
        let pick = |column: &Vec<f64>| -> Vec<f64> { valid().map(|lane| column[lane]).collect() };
        self.parts.push(Part {
            first_run: block.first_run,
            outcomes: valid().map(|lane| block.outcomes[lane]).collect(),
            columns: block.measures.iter().map(pick).collect(),
        });
    }

    fn merge(&mut self, other: &Self) {
        self.parts.extend(other.parts.iter().cloned());
    }
}

impl Rows {
    /// Puts the runs into their order, when all have been played.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        let mut parts = std::mem::take(&mut self.parts);
        parts.sort_by_key(|part| part.first_run);
        let columns = parts.first().map_or(0, |part| part.columns.len());
        self.columns = vec![Vec::new(); columns];
        for part in parts {
            self.outcomes.extend(part.outcomes);
            for (column, added) in self.columns.iter_mut().zip(part.columns) {
                column.extend(added);
            }
        }
        self
    }

    /// How many runs there are.
    pub fn valid(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether each run ends in an outcome, as 1 or 0.
    pub fn ends_in(&self, outcome: usize) -> Vec<f64> {
        let ends = |found: &u32| f64::from(u8::from(*found as usize == outcome));
        self.outcomes.iter().map(ends).collect()
    }

    /// The values of a measure of the scenario.
    pub fn measure(&self, index: usize) -> &[f64] {
        self.column(index)
    }

    /// A column: of a measure, a parameter or a clock.
    pub fn column(&self, index: usize) -> &[f64] {
        self.columns.get(index).map_or(&[], Vec::as_slice)
    }
}

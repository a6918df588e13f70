//! The state of a run, and the values of expressions in it.

use crate::expr::{Reference, Tree, Values};
use crate::plan::Plan;

/// What holds at a moment of a run.
pub struct World<'p> {
    plan: &'p Plan,
    /// What was settled before the run, by the parameter's index.
    pub parameters: Vec<f64>,
    /// What the variables hold.
    pub variables: Vec<f64>,
    /// How often each event has fired.
    pub counts: Vec<u32>,
    /// When each event first fired; infinite until then.
    pub first_times: Vec<f64>,
    now: f64,
    /// Counts the changes, so that a definition is worked out once between two of them.
    version: u64,
    definitions: Vec<(u64, f64)>,
}

impl<'p> World<'p> {
    /// A world for a plan, before any run.
    pub fn new(plan: &'p Plan) -> Self {
        let parameters = plan
            .parameters
            .iter()
            .map(|parameter| parameter.index + 1)
            .max()
            .unwrap_or(0);
        World {
            plan,
            parameters: vec![0.0; parameters],
            variables: vec![0.0; plan.variables.len()],
            counts: vec![0; plan.clocks.len()],
            first_times: vec![f64::INFINITY; plan.clocks.len()],
            now: 0.0,
            version: 1,
            definitions: vec![(0, 0.0); plan.definitions.len()],
        }
    }

    /// Goes back to the start of a run; what is held then is set by the player.
    pub fn restart(&mut self) {
        self.counts.fill(0);
        self.first_times.fill(f64::INFINITY);
        self.set_now(0.0);
    }

    /// Says that something has changed that values may depend on.
    pub fn touch(&mut self) {
        self.version += 1;
    }

    /// Moves to a time.
    pub fn set_now(&mut self, now: f64) {
        self.now = now;
        self.touch();
    }

    /// Gives a variable a value. The sign of a zero is dropped.
    pub fn set_variable(&mut self, variable: usize, value: f64) {
        self.variables[variable] = value + 0.0;
        self.touch();
    }

    /// The value of an expression now.
    pub fn value_of(&mut self, tree: &Tree) -> f64 {
        tree.evaluate(self)
    }

    /// Whether a condition holds now.
    pub fn holds(&mut self, tree: &Tree) -> bool {
        tree.evaluate(self) != 0.0
    }
}

impl Values for World<'_> {
    fn value(&mut self, reference: Reference) -> f64 {
        match reference {
            Reference::Parameter(index) => self.parameters[index],
            Reference::Variable(index) => self.variables[index],
            Reference::Count(index) => f64::from(self.counts[index]),
            Reference::FirstTime(index) => self.first_times[index],
            Reference::Definition(index) => {
                let (version, value) = self.definitions[index];
                if version == self.version {
                    return value;
                }
                let plan = self.plan;
                let value = plan.definitions[index].evaluate(self);
                self.definitions[index] = (self.version, value);
                value
            }
        }
    }

    fn now(&self) -> f64 {
        self.now
    }
}

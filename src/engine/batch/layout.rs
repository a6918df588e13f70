//! Which column holds what.

use crate::expr::Reference;
use crate::plan::Plan;

/// Where the values of references stand: parameters, variables, counts, times of first firings, in this order.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    parameters: usize,
    variables: usize,
    events: usize,
}

impl Layout {
    /// The columns of a plan.
    pub fn new(plan: &Plan) -> Self {
        let last = plan.parameters.iter().map(|parameter| parameter.index + 1).max();
        Layout {
            parameters: last.unwrap_or(0),
            variables: plan.variables.len(),
            events: plan.clocks.len(),
        }
    }

    /// How many columns parameters take.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.parameters + self.variables + 2 * self.events
    }

    /// Where a reference stands; a definition stands nowhere.
    pub fn column(&self, reference: Reference) -> u32 {
        let column = match reference {
            Reference::Parameter(index) => index,
            Reference::Variable(index) => self.parameters + index,
            Reference::Count(index) => self.parameters + self.variables + index,
            Reference::FirstTime(index) => self.parameters + self.variables + self.events + index,
            Reference::Definition(_) => usize::MAX,
        };
        column as u32
    }

    /// Where the counts begin.
    pub fn counts(&self) -> usize {
        self.column(Reference::Count(0)) as usize
    }

    /// Where the times of first firings begin.
    pub fn first_times(&self) -> usize {
        self.column(Reference::FirstTime(0)) as usize
    }
}

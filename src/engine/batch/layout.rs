//! Which cell of a run's row holds what.
//!
//! A row has first when each alarm and each clock rings, since all of these are looked through for the earliest; then the
//! slots of the clocks, and what expressions read. A run's row lies in few lines of the cache, whatever is done to it.

use crate::expr::{Reference, Tree};
use crate::plan::{Choice, ClockKind, Plan, PlannedDelay, PlannedDraw, Way};

/// Numbers in a line of the cache.
const LINE: usize = 8;
/// Rings are looked through so many at a time.
pub const GROUP: usize = 8;
/// If they are few, so many.
pub const SMALL_GROUP: usize = 4;
/// So many are few.
pub const FEW_RINGS: usize = 16;

/// Where everything stands in a row.
#[derive(Debug, Clone)]
pub struct Layout {
    alarms: usize,
    rings: usize,
    parameters: usize,
    variables: usize,
    first_parameter: usize,
    /// The cells of the times of first firings, where they matter, and of the numbers of delays drawn.
    first_times: Vec<Option<usize>>,
    delays: Vec<Option<usize>>,
    used: usize,
}

impl Layout {
    /// The rows of a plan.
    pub fn new(plan: &Plan) -> Self {
        let (alarms, clocks) = (plan.alarms.len(), plan.clocks.len());
        let last = plan.parameters.iter().map(|parameter| parameter.index + 1).max();
        let (parameters, variables) = (last.unwrap_or(0), plan.variables.len());
        let group = if alarms + clocks <= FEW_RINGS {
            SMALL_GROUP
        } else {
            GROUP
        };
        let rings = (alarms + clocks).next_multiple_of(group);
        let first_parameter = rings + clocks;
        let mut used = first_parameter + parameters + variables + clocks;
        let mut next = |wanted: bool| {
            used += usize::from(wanted);
            wanted.then_some(used - 1)
        };
        let asked = first_times_asked(plan);
        let first_times = asked.into_iter().map(&mut next).collect();
        let drawn = |kind: &ClockKind| matches!(kind, ClockKind::After(PlannedDelay::Drawn(_)));
        let delays = plan.clocks.iter().map(|clock| next(drawn(&clock.kind))).collect();
        Layout {
            alarms,
            rings,
            parameters,
            variables,
            first_parameter,
            first_times,
            delays,
            used,
        }
    }

    /// How many cells a row has: an odd number of lines, so that the same cell of many rows does not fall on few places
    /// of the cache.
    pub fn stride(&self) -> usize {
        (self.used.div_ceil(LINE) | 1) * LINE
    }

    /// How many parameters there are.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// How many cells hold when something rings; the last of them may stand for nothing and never ring.
    pub fn rings(&self) -> usize {
        self.rings
    }

    /// When a clock rings.
    pub fn ring(&self, clock: usize) -> usize {
        self.alarms + clock
    }

    /// The slot of a clock.
    pub fn slot(&self, clock: usize) -> usize {
        self.rings() + clock
    }

    /// How often an event has fired.
    pub fn count(&self, event: usize) -> usize {
        self.first_parameter + self.parameters + self.variables + event
    }

    /// When an event first fired, if anything asks.
    pub fn first_time(&self, event: usize) -> Option<usize> {
        self.first_times[event]
    }

    /// How many delays a clock has drawn, if it draws any.
    pub fn delays(&self, clock: usize) -> Option<usize> {
        self.delays[clock]
    }

    /// Where a reference stands. A definition stands nowhere, nor does a time that nothing asks for.
    pub fn cell(&self, reference: Reference) -> u32 {
        let cell = match reference {
            Reference::Parameter(index) => self.first_parameter + index,
            Reference::Variable(index) => self.first_parameter + self.parameters + index,
            Reference::Count(index) => self.count(index),
            Reference::FirstTime(index) => self.first_times[index].unwrap_or(usize::MAX),
            Reference::Definition(_) => usize::MAX,
        };
        cell as u32
    }
}

/// Of which events the time of the first firing is asked for.
fn first_times_asked(plan: &Plan) -> Vec<bool> {
    let mut asked = vec![false; plan.clocks.len()];
    every_tree(plan, &mut |tree| {
        tree.visit(&mut |part| {
            if let Tree::Reference(Reference::FirstTime(event)) = part {
                asked[*event] = true;
            }
        });
    });
    asked
}

/// Visits every expression that is worked out after a run has begun.
fn every_tree(plan: &Plan, visit: &mut dyn FnMut(&Tree)) {
    for clock in &plan.clocks {
        visit(&clock.when);
        visit(&clock.hold);
        match &clock.kind {
            ClockKind::Rate(tree) | ClockKind::After(PlannedDelay::Fixed(tree)) => visit(tree),
            ClockKind::After(PlannedDelay::Drawn(draw)) => visit_draw(draw, visit),
            ClockKind::On(_) | ClockKind::AtOnce => {}
        }
        clock.then.iter().for_each(|change| visit(&change.value));
        let ways: Vec<&Way> = match &clock.choice {
            Choice::None => Vec::new(),
            Choice::One(way) => vec![way],
            Choice::Pair(_, ways) => ways.iter().collect(),
            Choice::Race(ways) => ways.iter().map(|(_, way)| way).collect(),
            Choice::First(ways) => ways.iter().collect(),
        };
        for way in ways {
            visit(&way.measure);
            way.then.iter().for_each(|change| visit(&change.value));
        }
    }
    let outcomes = plan.outcomes.iter().map(|outcome| &outcome.when);
    let trees = outcomes
        .chain(&plan.definitions)
        .chain(&plan.measures)
        .chain(&plan.series);
    trees.for_each(visit);
}

fn visit_draw(draw: &PlannedDraw, visit: &mut dyn FnMut(&Tree)) {
    match draw {
        PlannedDraw::Prepared(_) => {}
        PlannedDraw::Varying {
            arguments, truncate, ..
        } => {
            arguments.iter().chain(truncate.iter().flatten()).for_each(visit);
        }
        PlannedDraw::Bernoulli(chance) => visit(chance),
        PlannedDraw::Discrete(_, weights) => weights.iter().for_each(visit),
    }
}

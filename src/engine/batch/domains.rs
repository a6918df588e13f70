//! What the variables can ever hold: found by playing every event on what is possible until nothing new comes up.

use crate::plan::{Change, Choice, Clock, Plan};

use super::facts::Facts;
use super::possible::Possible;

/// After this many rounds a bound that still moves is given up.
const ROUNDS_OF_VALUES: usize = 8;
/// After this many, a variable that still changes can be anything.
const ROUNDS_OF_BOUNDS: usize = 12;

/// What is known of any moment of any run.
pub fn domains(plan: &Plan) -> Facts<'_> {
    let mut facts = Facts::new(plan);
    for (index, variable) in plan.variables.iter().enumerate() {
        let initial = stored(&facts.of_tree(&variable.initial));
        facts.set_variable(index, initial);
    }
    for round in 0.. {
        let mut changed = false;
        for clock in &plan.clocks {
            let mut moment = None;
            for changes in ways(clock).iter().filter(|changes| !changes.is_empty()) {
                let before = moment.get_or_insert_with(|| before(&facts, clock)).clone();
                changed |= take_in(&mut facts, before, changes, round);
            }
        }
        if !changed {
            break;
        }
    }
    facts
}

/// What is known as a clock rings.
pub fn before<'p>(facts: &Facts<'p>, clock: &Clock) -> Facts<'p> {
    let mut facts = facts.clone();
    facts.learn(&clock.when, true);
    facts.learn(&clock.hold, false);
    facts
}

/// What a value is once a variable holds it: a zero has no sign.
pub fn stored(possible: &Possible) -> Possible {
    Possible::binary(crate::expr::BinaryOperator::Add, possible, &Possible::just(0.0))
}

/// The changes that an event can make, all of them one way.
fn ways(clock: &Clock) -> Vec<Vec<&Change>> {
    let branch_changes: Vec<&[Change]> = match &clock.choice {
        Choice::None => vec![&[]],
        Choice::One(way) => vec![&way.then],
        Choice::Pair(_, ways) => ways.iter().map(|way| way.then.as_slice()).collect(),
        Choice::Race(ways) => ways.iter().map(|(_, way)| way.then.as_slice()).collect(),
        Choice::First(ways) => ways
            .iter()
            .map(|way| way.then.as_slice())
            .chain([&[] as &[Change]])
            .collect(),
    };
    branch_changes
        .into_iter()
        .map(|more| clock.then.iter().chain(more).collect())
        .collect()
}

fn take_in(facts: &mut Facts<'_>, mut moment: Facts<'_>, changes: &[&Change], round: usize) -> bool {
    for change in changes {
        let value = stored(&moment.of_tree(&change.value));
        moment.set_variable(change.variable, value);
    }
    let mut changed = false;
    for change in changes {
        let (known, new) = (facts.variable(change.variable), moment.variable(change.variable));
        let both = known.or(new);
        if both != *known {
            changed = true;
            let widened = widen(known, both, round);
            facts.set_variable(change.variable, widened);
        }
    }
    changed
}

/// Gives up a bound that keeps moving, so that the search ends.
fn widen(known: &Possible, both: Possible, round: usize) -> Possible {
    if round < ROUNDS_OF_VALUES {
        return both;
    }
    if round >= ROUNDS_OF_BOUNDS {
        return Possible::ANYTHING;
    }
    let ((low, high, _), (new_low, new_high, nan)) = (known.bounds(), both.bounds());
    Possible::Range {
        low: if new_low < low { f64::NEG_INFINITY } else { new_low },
        high: if new_high > high { f64::INFINITY } else { new_high },
        nan,
    }
}

//! What is known of the state at a moment: what every parameter, variable and count can be there.

use crate::expr::{BinaryOperator, Reference, Tree, UnaryOperator};
use crate::numeric::{max, min};
use crate::plan::{ClockKind, Plan, PlannedDraw, PlannedQuantity};

use super::possible::Possible;

/// A walk over more parts than this, through definitions, gives up: what it asks is then not known.
const MOST_PARTS: u32 = 2000;

/// What is known of the state at a moment.
#[derive(Debug, Clone)]
pub struct Facts<'p> {
    plan: &'p Plan,
    parameters: Vec<Possible>,
    variables: Vec<Possible>,
    counts: Vec<Possible>,
}

impl<'p> Facts<'p> {
    /// What is known of any moment before the variables are looked at: they can be anything.
    pub fn new(plan: &'p Plan) -> Self {
        let length = plan.parameters.iter().map(|planned| planned.index + 1).max();
        let mut parameters = vec![Possible::ANYTHING; length.unwrap_or(0)];
        for planned in &plan.parameters {
            parameters[planned.index] = match &planned.value {
                PlannedQuantity::Drawn(_, PlannedDraw::Bernoulli(_)) => Possible::truth(),
                PlannedQuantity::Drawn(_, PlannedDraw::Discrete(values, _)) => {
                    Possible::among(values.iter().map(|value| value + 0.0))
                }
                _ => Possible::ANYTHING,
            };
        }
        Facts {
            plan,
            parameters,
            variables: vec![Possible::ANYTHING; plan.variables.len()],
            counts: plan.clocks.iter().map(|clock| counts_up_to(most(clock))).collect(),
        }
    }

    /// What a variable can be.
    pub fn variable(&self, variable: usize) -> &Possible {
        &self.variables[variable]
    }

    /// Says what a variable can be.
    pub fn set_variable(&mut self, variable: usize, possible: Possible) {
        self.variables[variable] = possible;
    }

    /// What a reference can be; a definition by what it reads.
    pub fn of(&self, reference: Reference) -> Possible {
        self.of_tree(&Tree::Reference(reference))
    }

    /// What the count of an event can be.
    pub fn count(&self, event: usize) -> &Possible {
        &self.counts[event]
    }

    /// Says that nothing has fired.
    pub fn nothing_fired(&mut self) {
        self.counts.fill(Possible::just(0.0));
    }

    /// Says that an event is about to fire, or has just fired once more.
    pub fn before_firing(&mut self, event: usize) {
        let most = most(&self.plan.clocks[event]);
        self.counts[event] = if most <= 1.0 {
            Possible::just(0.0)
        } else {
            Possible::between(0.0, most - 1.0)
        };
    }

    /// What the count of an event can be when it has just fired.
    pub fn count_after_firing(&self, event: usize) -> Possible {
        let most = most(&self.plan.clocks[event]);
        if most <= 1.0 {
            Possible::just(1.0)
        } else {
            Possible::between(1.0, most)
        }
    }

    /// What a value can be.
    pub fn of_tree(&self, tree: &Tree) -> Possible {
        self.of_part(tree, None, &mut { MOST_PARTS })
    }

    fn of_part(&self, tree: &Tree, supposed: Option<(Reference, f64)>, parts: &mut u32) -> Possible {
        if *parts == 0 {
            return Possible::ANYTHING;
        }
        *parts -= 1;
        match tree {
            Tree::Number(value) => Possible::just(*value),
            Tree::Boolean(value) => Possible::just(f64::from(u8::from(*value))),
            Tree::State(_, index) => Possible::just(f64::from(*index)),
            Tree::Now => Possible::between(0.0, self.plan.horizon),
            Tree::Reference(reference) => match (reference, supposed) {
                (found, Some((about, value))) if *found == about => Possible::just(value),
                (Reference::Parameter(index), _) => self.parameters[*index],
                (Reference::Variable(index), _) => self.variables[*index],
                (Reference::Count(index), _) => self.counts[*index],
                (Reference::FirstTime(_), _) => Possible::between(0.0, f64::INFINITY),
                (Reference::Definition(index), _) => self.of_part(&self.plan.definitions[*index], supposed, parts),
            },
            Tree::Unary(operator, operand) => Possible::unary(*operator, &self.of_part(operand, supposed, parts)),
            Tree::Binary(operator, left, right) => {
                let left = self.of_part(left, supposed, parts);
                match operator {
                    BinaryOperator::And if !left.can_be_nonzero() => Possible::just(0.0),
                    BinaryOperator::Or if !left.can_be_zero() => Possible::just(1.0),
                    _ => Possible::binary(*operator, &left, &self.of_part(right, supposed, parts)),
                }
            }
            Tree::Conditional(condition, yes, no) => {
                let condition = self.of_part(condition, supposed, parts);
                let yes = self.of_part(yes, supposed, parts);
                Possible::conditional(&condition, &yes, &self.of_part(no, supposed, parts))
            }
            Tree::Call(function, arguments) => {
                let arguments: Vec<Possible> = arguments
                    .iter()
                    .map(|argument| self.of_part(argument, supposed, parts))
                    .collect();
                Possible::call(*function, &arguments)
            }
        }
    }

    /// Takes in that a condition holds, or that it does not.
    pub fn learn(&mut self, condition: &Tree, holds: bool) {
        match condition {
            Tree::Binary(BinaryOperator::And, left, right) if holds => {
                self.learn(left, true);
                self.learn(right, true);
            }
            Tree::Binary(BinaryOperator::Or, left, right) if !holds => {
                self.learn(left, false);
                self.learn(right, false);
            }
            Tree::Unary(UnaryOperator::Not, operand) => self.learn(operand, !holds),
            Tree::Reference(Reference::Definition(index)) => {
                let plan = self.plan;
                self.learn(&plan.definitions[*index], holds);
            }
            _ => self.learn_single(condition, holds),
        }
    }

    fn learn_single(&mut self, condition: &Tree, holds: bool) {
        let mut read = Vec::new();
        if self.reads(condition, &mut read, &mut { MOST_PARTS })
            && let [only] = read.as_slice()
        {
            self.keep_what_fits(condition, holds, *only);
        }
        if let Tree::Binary(operator, left, right) = condition
            && operator.is_ordering()
        {
            if let Tree::Reference(reference) = left.as_ref() {
                let bounds = self.of_tree(right).bounds();
                self.narrow(*reference, *operator, holds, bounds);
            }
            if let Tree::Reference(reference) = right.as_ref() {
                let bounds = self.of_tree(left).bounds();
                self.narrow(*reference, turned(*operator), holds, bounds);
            }
        }
    }

    /// Of a condition on one reference with few values: strikes those out for which it comes out otherwise.
    fn keep_what_fits(&mut self, condition: &Tree, holds: bool, reference: Reference) {
        let Possible::Values(values) = self.of(reference) else {
            return;
        };
        let fits = |value: f64| {
            let found = self.of_part(condition, Some((reference, value)), &mut { MOST_PARTS });
            if holds {
                found.can_be_nonzero()
            } else {
                found.can_be_zero()
            }
        };
        let kept = values.kept(fits);
        // Where nothing fits, the moment never comes, and what is said of it does not matter.
        if !kept.is_empty() {
            self.set(reference, Possible::Values(kept));
        }
    }

    /// Takes in that a reference compares so, or does not, with something between two bounds.
    fn narrow(&mut self, reference: Reference, operator: BinaryOperator, holds: bool, bounds: (f64, f64, bool)) {
        let Possible::Range { low, high, nan } = self.of(reference) else {
            return;
        };
        // What does not compare may be not a number, on either side.
        if !holds && (nan || bounds.2) {
            return;
        }
        let from_below = matches!(operator, BinaryOperator::Greater | BinaryOperator::GreaterOrEqual) == holds;
        let (low, high) = if from_below {
            let least = if (operator == BinaryOperator::Greater) && holds
                || (operator == BinaryOperator::LessOrEqual) && !holds
            {
                bounds.0.next_up()
            } else {
                bounds.0
            };
            (max(low, least), high)
        } else {
            let greatest = if (operator == BinaryOperator::Less) && holds
                || (operator == BinaryOperator::GreaterOrEqual) && !holds
            {
                bounds.1.next_down()
            } else {
                bounds.1
            };
            (low, min(high, greatest))
        };
        if low <= high {
            self.set(reference, Possible::between(low, high));
        }
    }

    fn set(&mut self, reference: Reference, possible: Possible) {
        match reference {
            Reference::Parameter(index) => self.parameters[index] = possible,
            Reference::Variable(index) => self.variables[index] = possible,
            Reference::Count(index) => self.counts[index] = possible,
            Reference::FirstTime(_) | Reference::Definition(_) => {}
        }
    }

    /// Collects what a value reads, through definitions; whether it could be walked, and does not read the time.
    fn reads(&self, tree: &Tree, found: &mut Vec<Reference>, parts: &mut u32) -> bool {
        let mut sound = true;
        let mut through = Vec::new();
        tree.visit(&mut |part| {
            *parts = parts.saturating_sub(1);
            match part {
                Tree::Now | Tree::Reference(Reference::FirstTime(_)) => sound = false,
                Tree::Reference(Reference::Definition(index)) => through.push(*index),
                Tree::Reference(reference) if !found.contains(reference) => found.push(*reference),
                _ => {}
            }
        });
        sound
            && through
                .into_iter()
                .all(|index| *parts > 0 && self.reads(&self.plan.definitions[index], found, parts))
    }
}

/// How often an event can fire at most.
fn most(clock: &crate::plan::Clock) -> f64 {
    match clock.kind {
        ClockKind::On(_) => 1.0,
        _ if clock.most < u64::from(u32::MAX) => clock.most as f64,
        _ => f64::INFINITY,
    }
}

fn counts_up_to(most: f64) -> Possible {
    if most <= 1.0 {
        Possible::truth()
    } else {
        Possible::between(0.0, most)
    }
}

/// The same comparison with its sides exchanged.
fn turned(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::Less => BinaryOperator::Greater,
        BinaryOperator::LessOrEqual => BinaryOperator::GreaterOrEqual,
        BinaryOperator::Greater => BinaryOperator::Less,
        BinaryOperator::GreaterOrEqual => BinaryOperator::LessOrEqual,
        other => other,
    }
}

//! From the core to the plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::distribution::{Distribution, Family};
use crate::expr::{BinaryOperator, Reference, Tree};
use crate::model::{Assign, Branches, Core, Draw, Quantity, Timing};
use crate::scenario::date;

use super::evidence::{ObservedClaims, evidence};
use super::observed::{Observed, Series, label};
use super::program::{
    Alarm, Change, Choice, Clock, ClockKind, Outcome, Plan, PlannedDelay, PlannedDraw, PlannedParameter,
    PlannedQuantity, PlannedVariable, SiteIndex, Way,
};

/// Makes a core ready to be played.
pub fn plan(core: &Core) -> Plan {
    Planner {
        core,
        constants: constants(core),
        sites: Vec::new(),
    }
    .plan()
}

/// What stands for an address in the checksum of a run.
pub fn key_of(address: &str) -> u64 {
    let digest = Sha256::digest(address.as_bytes());
    digest
        .iter()
        .take(8)
        .rev()
        .fold(0, |key, byte| (key << 8) | u64::from(*byte))
}

struct Planner<'a> {
    core: &'a Core,
    /// The parameters that are the same in every run, and their values.
    constants: BTreeMap<usize, f64>,
    sites: Vec<String>,
}

/// What a value reads that can change during a run, through definitions too.
#[derive(Default, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Inputs {
    references: Vec<Reference>,
    /// The moments that `now` is compared with, and whether the comparison changes only after them.
    moments: Vec<(usize, bool)>,
}

impl<'a> Planner<'a> {
    fn plan(mut self) -> Plan {
        let core = self.core;
        let definitions: Vec<Tree> = core
            .definitions
            .iter()
            .map(|definition| self.inline(&definition.value))
            .collect();
        let parameters = self.parameters(&definitions);
        let variables = core
            .variables
            .iter()
            .map(|variable| PlannedVariable {
                initial: self.inline(&variable.initial),
                at_least: variable.at_least.as_ref().map(|least| self.inline(least)),
            })
            .collect();
        let mut clocks: Vec<Clock> = (0..core.events.len()).map(|event| self.clock(event)).collect();
        let alarms = connect(&mut clocks, &definitions);
        let (evidence, statements) = evidence(core);
        let observed = Observed {
            evidence,
            ..self.observed()
        };
        let mut samples: Vec<(f64, usize, usize)> = Vec::new();
        for (index, series) in observed.series.iter().enumerate() {
            samples.extend(
                series
                    .times
                    .iter()
                    .enumerate()
                    .map(|(point, time)| (*time, index, point)),
            );
        }
        for (index, statement) in observed.evidence.statements.iter().enumerate() {
            samples.push((statement.time, observed.series.len() + index, 0));
        }
        samples.sort_by(|one, other| one.0.total_cmp(&other.0));
        Plan {
            horizon: core.horizon,
            limit: core.limit,
            parameters,
            variables,
            clocks,
            alarms,
            outcomes: core
                .outcomes
                .iter()
                .map(|outcome| Outcome {
                    when: self.inline(&outcome.when),
                    key: key_of(&outcome.about.address),
                })
                .collect(),
            measures: core
                .measures
                .iter()
                .map(|measure| self.inline(&measure.value))
                .collect(),
            series: core
                .series
                .iter()
                .map(|series| &series.value)
                .chain(statements)
                .map(|tree| self.inline(tree))
                .collect(),
            samples,
            observed,
            definitions,
            sites: self.sites,
        }
    }

    fn site(&mut self, address: String) -> SiteIndex {
        self.sites.push(address);
        self.sites.len() - 1
    }

    /// The tree with constant parameters worked in.
    fn inline(&self, tree: &Tree) -> Tree {
        match tree {
            Tree::Reference(Reference::Parameter(index)) => match self.constants.get(index) {
                Some(value) => Tree::Number(*value),
                None => tree.clone(),
            },
            Tree::Number(_) | Tree::Reference(_) | Tree::Now => tree.clone(),
            // In a run there are only numbers.
            Tree::Boolean(value) => Tree::Number(f64::from(u8::from(*value))),
            Tree::State(_, index) => Tree::Number(f64::from(*index)),
            Tree::Unary(operator, operand) => {
                let operand = self.inline(operand);
                match operand.constant_number() {
                    Some(value) => Tree::Number(crate::expr::apply_unary(*operator, value)),
                    None => Tree::Unary(*operator, Arc::new(operand)),
                }
            }
            Tree::Binary(operator, left, right) => inline_binary(*operator, self.inline(left), self.inline(right)),
            Tree::Conditional(condition, yes, no) => {
                let condition = self.inline(condition);
                match condition.constant_number() {
                    Some(value) => self.inline(if value == 0.0 { no } else { yes }),
                    None => Tree::Conditional(
                        Arc::new(condition),
                        Arc::new(self.inline(yes)),
                        Arc::new(self.inline(no)),
                    ),
                }
            }
            Tree::Call(function, arguments) => Tree::call(
                *function,
                arguments.iter().map(|argument| self.inline(argument)).collect(),
            ),
        }
    }

    /// The parameters that vary, each after those that it reads.
    fn parameters(&mut self, definitions: &[Tree]) -> Vec<PlannedParameter> {
        let core = self.core;
        let mut planned = Vec::new();
        let mut done = vec![false; core.parameters.len()];
        for index in 0..core.parameters.len() {
            self.parameter(index, definitions, &mut done, &mut planned);
        }
        planned
    }

    fn parameter(
        &mut self,
        index: usize,
        definitions: &[Tree],
        done: &mut [bool],
        planned: &mut Vec<PlannedParameter>,
    ) {
        if done[index] || self.constants.contains_key(&index) {
            return;
        }
        // The model has seen to it that there are no cycles.
        done[index] = true;
        let parameter = &self.core.parameters[index];
        let (value, trees) = match &parameter.value {
            Quantity::Fixed(tree) => {
                let tree = self.inline(tree);
                (PlannedQuantity::Fixed(tree.clone()), vec![tree])
            }
            Quantity::Drawn(draw) => {
                let site = self.site(parameter.about.address.clone());
                let trees = draw_trees(draw).into_iter().map(|tree| self.inline(tree)).collect();
                (PlannedQuantity::Drawn(site, self.draw(draw)), trees)
            }
        };
        let mut needed = Vec::new();
        trees
            .iter()
            .for_each(|tree| parameters_read(tree, definitions, &mut vec![false; definitions.len()], &mut needed));
        for before in needed {
            self.parameter(before, definitions, done, planned);
        }
        planned.push(PlannedParameter { index, value });
    }

    fn draw(&self, draw: &Draw) -> PlannedDraw {
        match draw {
            Draw::Bernoulli(chance) => PlannedDraw::Bernoulli(self.inline(chance)),
            Draw::Discrete(weights) => {
                let (values, weights) = weights
                    .iter()
                    .map(|(value, weight)| (*value, self.inline(weight)))
                    .unzip();
                PlannedDraw::Discrete(values, weights)
            }
            Draw::Family {
                family,
                arguments,
                truncate,
            } => {
                let arguments: Vec<Tree> = arguments.iter().map(|argument| self.inline(argument)).collect();
                let truncate = truncate
                    .as_ref()
                    .map(|[low, high]| [self.inline(low), self.inline(high)]);
                let known: Option<Vec<f64>> = arguments.iter().map(Tree::constant_number).collect();
                let cut = match &truncate {
                    None => Some(None),
                    Some([low, high]) => match (low.constant_number(), high.constant_number()) {
                        (Some(low), Some(high)) => Some(Some([low, high])),
                        _ => None,
                    },
                };
                let prepared = match (known, cut) {
                    (Some(known), Some(cut)) => Distribution::new(*family, &known, cut).ok(),
                    _ => None,
                };
                match prepared {
                    Some(distribution) => PlannedDraw::prepared(distribution),
                    None => PlannedDraw::Varying {
                        family: *family,
                        arguments,
                        truncate,
                    },
                }
            }
        }
    }

    fn clock(&mut self, index: usize) -> Clock {
        let event = &self.core.events[index];
        let address = event.about.address.clone();
        let site = self.site(address.clone());
        let kind = match &event.timing {
            Timing::Rate(rate) => ClockKind::Rate(self.inline(rate)),
            Timing::After(Quantity::Fixed(delay)) => ClockKind::After(PlannedDelay::Fixed(self.inline(delay))),
            Timing::After(Quantity::Drawn(draw)) => ClockKind::After(PlannedDelay::Drawn(self.draw(draw))),
            Timing::On(_, moment) => ClockKind::On(*moment),
            Timing::AtOnce => ClockKind::AtOnce,
        };
        let choice = self.choice(&event.branches, &address);
        Clock {
            when: self.inline(&event.when),
            hold: self.inline(&event.hold),
            kind,
            site,
            most: event.most.unwrap_or(u64::MAX),
            then: self.changes(&event.then),
            choice,
            stop: event.stop,
            key: key_of(&address),
            concerns: Vec::new(),
        }
    }

    fn choice(&mut self, branches: &Branches, address: &str) -> Choice {
        let way = |planner: &Self, branch: &crate::model::Branch| Way {
            measure: planner.inline(&branch.measure),
            chance: planner
                .kept_chance(&branch.measure)
                .map(|chance| planner.inline(chance)),
            then: planner.changes(&branch.then),
            concerns: Vec::new(),
        };
        match branches {
            Branches::None => Choice::None,
            Branches::First(branches) => Choice::First(branches.iter().map(|branch| way(self, branch)).collect()),
            Branches::Weighted(branches) => match branches.as_slice() {
                [] => Choice::None,
                [only] => Choice::One(way(self, only)),
                [one, other] => {
                    let site = self.site(format!("{address}.branch"));
                    Choice::Pair(site, [way(self, one), way(self, other)])
                }
                several => {
                    let ways = several
                        .iter()
                        .map(|branch| (self.site(branch.about.address.clone()), way(self, branch)));
                    Choice::Race(ways.collect())
                }
            },
        }
    }

    /// The chance that a condition compares a uniform draw with.
    fn kept_chance<'t>(&self, condition: &'t Tree) -> Option<&'t Tree> {
        match condition {
            Tree::Binary(BinaryOperator::And, left, right) => {
                self.kept_chance(left).or_else(|| self.kept_chance(right))
            }
            Tree::Binary(BinaryOperator::Less, draw, chance) => match draw.as_ref() {
                Tree::Reference(Reference::Parameter(index)) => match &self.core.parameters[*index].value {
                    Quantity::Drawn(Draw::Family {
                        family: Family::Uniform,
                        ..
                    }) => Some(chance),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    fn changes(&self, assigns: &[Assign]) -> Vec<Change> {
        assigns
            .iter()
            .map(|assign| Change {
                variable: assign.variable,
                value: self.inline(&assign.value),
            })
            .collect()
    }

    fn observed(&self) -> Observed {
        let core = self.core;
        Observed {
            outcomes: core.outcomes.iter().map(|outcome| label(&outcome.about)).collect(),
            measures: core.measures.iter().map(|measure| label(&measure.about)).collect(),
            events: core.events.iter().map(|event| label(&event.about)).collect(),
            series: core
                .series
                .iter()
                .map(|series| {
                    let times: Vec<f64> = (0u32..)
                        .map(|k| series.every.times(f64::from(k)))
                        .take_while(|time| *time <= core.horizon)
                        .collect();
                    let dates = times
                        .iter()
                        .map(|time| date::format(date::day_at(core.start, *time)))
                        .collect();
                    Series {
                        label: label(&series.about),
                        times,
                        dates,
                    }
                })
                .collect(),
            evidence: ObservedClaims::default(),
        }
    }
}

/// The parameters whose values are the same in every run.
fn constants(core: &Core) -> BTreeMap<usize, f64> {
    let fixed = core
        .parameters
        .iter()
        .enumerate()
        .filter_map(|(index, parameter)| match &parameter.value {
            Quantity::Fixed(tree) => Some((index, tree.constant()?)),
            Quantity::Drawn(_) => None,
        });
    fixed.collect()
}

fn draw_trees(draw: &Draw) -> Vec<&Tree> {
    match draw {
        Draw::Family {
            arguments, truncate, ..
        } => arguments.iter().chain(truncate.iter().flatten()).collect(),
        Draw::Bernoulli(chance) => vec![chance],
        Draw::Discrete(weights) => weights.iter().map(|(_, weight)| weight).collect(),
    }
}

fn inline_binary(operator: BinaryOperator, left: Tree, right: Tree) -> Tree {
    match (operator, left.constant_number(), right.constant_number()) {
        (_, Some(a), Some(b)) => Tree::Number(crate::expr::apply_binary(operator, a, b)),
        (BinaryOperator::And, Some(0.0), _) | (BinaryOperator::And, _, Some(0.0)) => Tree::Number(0.0),
        (BinaryOperator::And, Some(_), _) => right,
        (BinaryOperator::And, _, Some(_)) => left,
        (BinaryOperator::Or, Some(0.0), _) => right,
        (BinaryOperator::Or, _, Some(0.0)) => left,
        (BinaryOperator::Or, Some(_), _) | (BinaryOperator::Or, _, Some(_)) => Tree::Number(1.0),
        _ => Tree::Binary(operator, Arc::new(left), Arc::new(right)),
    }
}

/// The parameters that a value reads, through definitions too.
fn parameters_read(tree: &Tree, definitions: &[Tree], seen: &mut Vec<bool>, found: &mut Vec<usize>) {
    for reference in tree.references() {
        match reference {
            Reference::Parameter(index) => found.push(index),
            Reference::Definition(index) if !std::mem::replace(&mut seen[index], true) => {
                parameters_read(&definitions[index], definitions, seen, found);
            }
            _ => {}
        }
    }
}

/// Fills in which clocks each change concerns, and finds the alarms.
fn connect(clocks: &mut [Clock], definitions: &[Tree]) -> Vec<Alarm> {
    let mut moments: Vec<Tree> = Vec::new();
    let inputs: Vec<Inputs> = clocks
        .iter()
        .map(|clock| {
            let mut inputs = Inputs::default();
            let mut seen = vec![false; definitions.len()];
            let mut collect = |tree: &Tree| inputs_of(tree, definitions, &mut seen, &mut moments, &mut inputs);
            collect(&clock.when);
            collect(&clock.hold);
            if let ClockKind::Rate(rate) = &clock.kind {
                collect(rate);
            }
            inputs
        })
        .collect();
    let concerned = |changed: &[Reference], itself: usize| -> Vec<usize> {
        let reads = |clock: usize| {
            changed
                .iter()
                .any(|reference| inputs[clock].references.contains(reference))
        };
        (0..inputs.len())
            .filter(|clock| *clock == itself || reads(*clock))
            .collect()
    };
    for (index, clock) in clocks.iter_mut().enumerate() {
        let mut changed = vec![Reference::Count(index), Reference::FirstTime(index)];
        changed.extend(clock.then.iter().map(|change| Reference::Variable(change.variable)));
        clock.concerns = concerned(&changed, index);
        let ways: Vec<&mut Way> = match &mut clock.choice {
            Choice::None => Vec::new(),
            Choice::One(way) => vec![way],
            Choice::Pair(_, ways) => ways.iter_mut().collect(),
            Choice::Race(ways) => ways.iter_mut().map(|(_, way)| way).collect(),
            Choice::First(ways) => ways.iter_mut().collect(),
        };
        for way in ways {
            let mut changed = changed.clone();
            changed.extend(way.then.iter().map(|change| Reference::Variable(change.variable)));
            way.concerns = concerned(&changed, index);
        }
    }
    let mut alarms: Vec<Alarm> = Vec::new();
    for (moment, at) in moments.iter().enumerate() {
        for after in [false, true] {
            let concerns: Vec<usize> = (0..inputs.len())
                .filter(|clock| inputs[*clock].moments.contains(&(moment, after)))
                .collect();
            if !concerns.is_empty() {
                alarms.push(Alarm {
                    at: at.clone(),
                    after,
                    concerns,
                });
            }
        }
    }
    alarms
}

fn inputs_of(tree: &Tree, definitions: &[Tree], seen: &mut [bool], moments: &mut Vec<Tree>, inputs: &mut Inputs) {
    tree.visit(&mut |part| match part {
        Tree::Binary(operator, left, right) if operator.is_ordering() => {
            let (now_first, moment) = match (left.as_ref(), right.as_ref()) {
                (Tree::Now, other) => (true, other),
                (other, Tree::Now) => (false, other),
                _ => return,
            };
            // `now >= c` and `now < c` change at c itself, `now > c` and `now <= c` just after it.
            let after = match operator {
                BinaryOperator::GreaterOrEqual | BinaryOperator::Less => !now_first,
                _ => now_first,
            };
            let index = moments.iter().position(|known| known == moment).unwrap_or_else(|| {
                moments.push(moment.clone());
                moments.len() - 1
            });
            inputs.moments.push((index, after));
        }
        Tree::Reference(reference) => {
            if !inputs.references.contains(reference) {
                inputs.references.push(*reference);
            }
            if let Reference::Definition(index) = reference
                && !std::mem::replace(&mut seen[*index], true)
            {
                inputs_of(&definitions[*index], definitions, seen, moments, inputs);
            }
        }
        _ => {}
    });
}

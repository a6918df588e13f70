//! From the plan to programs: one for the start of a run, one for each way an event can turn out, one for its end.

use crate::expr::{BinaryOperator, Reference, Tree, UnaryOperator};
use crate::plan::{Change, Choice, Clock, ClockKind, Plan, PlannedDelay, PlannedDraw, PlannedQuantity, SiteIndex};

use super::super::reference::LEAST_RATE;
use super::domains::{before, domains};
use super::emit::emit;
use super::facts::Facts;
use super::graph::{NodeIndex, One, Two};
use super::layout::Layout;
use super::program::{Delay, Drawn, Effect, Law, Program};
use super::scope::Scope;
use super::slot;

/// A plan as programs.
#[derive(Debug)]
pub struct Compiled<'p> {
    /// What it was made from.
    pub plan: &'p Plan,
    /// Which column holds what.
    pub layout: Layout,
    /// Cells that hold a known value as each run begins.
    pub known: Vec<(u32, f64)>,
    /// Settles the other parameters and variables, and the clocks.
    pub start: Program,
    /// What each event does.
    pub handlers: Vec<Handler>,
    /// What each alarm does.
    pub alarms: Vec<Program>,
    /// Yields each series.
    pub series: Program,
    /// Whether a series reads the time.
    pub series_read_time: bool,
    /// Yields the index of the outcome, and then each measure.
    pub conclusion: Program,
}

/// What an event does.
#[derive(Debug)]
pub struct Handler {
    /// Yields the weights or the conditions of its branches.
    pub weights: Program,
    /// How it can turn out: the ways of its choice in order; without branches, or where no condition holds, the last.
    pub ways: Vec<Program>,
    /// Yields, of an event that waits for a day, whether its condition holds then and whether it is paused.
    pub day: Option<Program>,
}

/// Compiles a plan.
pub fn compile(plan: &Plan) -> Compiled<'_> {
    let layout = Layout::new(plan);
    let compiler = Compiler {
        plan,
        layout: &layout,
        facts: domains(plan),
    };
    let (series, series_read_time) = compiler.series();
    let (known, start) = compiler.start();
    Compiled {
        known,
        start,
        handlers: (0..plan.clocks.len()).map(|event| compiler.handler(event)).collect(),
        alarms: plan
            .alarms
            .iter()
            .map(|alarm| compiler.alarm(&alarm.concerns))
            .collect(),
        series,
        series_read_time,
        conclusion: compiler.conclusion(),
        plan,
        layout,
    }
}

struct Compiler<'a, 'p> {
    plan: &'p Plan,
    layout: &'a Layout,
    facts: Facts<'p>,
}

/// What a clock goes by at a moment: nothing can have happened to a clock for which it is the same at two moments.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Standing {
    Rate(NodeIndex),
    Timed { when: NodeIndex, hold: NodeIndex },
}

impl<'a, 'p> Compiler<'a, 'p> {
    fn scope(&self, facts: Facts<'p>) -> Scope<'a, 'p> {
        Scope::new(self.plan, self.layout, facts)
    }

    fn start(&self) -> (Vec<(u32, f64)>, Program) {
        let plan = self.plan;
        let mut facts = self.facts.clone();
        facts.nothing_fired();
        let mut scope = self.scope(facts);
        let mut effects = Vec::new();
        for parameter in &plan.parameters {
            let reference = Reference::Parameter(parameter.index);
            let cell = self.layout.cell(reference);
            match &parameter.value {
                PlannedQuantity::Fixed(tree) => {
                    let value = scope.stored(tree);
                    scope.set(reference, value);
                    effects.push(Effect::Store(cell, value));
                }
                PlannedQuantity::Drawn(site, draw) => {
                    effects.push(Effect::Draw(cell, drawn(&mut scope, *site, draw)));
                }
            }
        }
        for (index, variable) in plan.variables.iter().enumerate() {
            let value = scope.stored(&variable.initial);
            self.set_variable(&mut scope, index, value, &mut effects);
            effects.push(Effect::Store(self.layout.cell(Reference::Variable(index)), value));
        }
        for (index, alarm) in plan.alarms.iter().enumerate() {
            let at = scope.value(&alarm.at);
            effects.push(Effect::Alarm(index, at, alarm.after));
        }
        for (index, clock) in plan.clocks.iter().enumerate() {
            if matches!(clock.kind, ClockKind::On(_)) {
                continue;
            }
            let standing = standing(&mut scope, clock);
            effects.extend(first_refresh(&mut scope, index, standing));
        }
        let mut known = Vec::new();
        effects.retain(|effect| {
            let found = match effect {
                Effect::Store(cell, value) => scope.graph.certain(*value).map(|value| (*cell, value)),
                _ => None,
            };
            known.extend(found);
            found.is_none()
        });
        (known, emit(&scope.graph, &effects, 0))
    }

    /// A variable gets a value, and a run fails that puts it below its least one.
    fn set_variable(
        &self,
        scope: &mut Scope<'_, '_>,
        variable: usize,
        value: NodeIndex,
        effects: &mut Vec<Effect<NodeIndex>>,
    ) {
        scope.set(Reference::Variable(variable), value);
        if let Some(least) = &self.plan.variables[variable].at_least {
            let least = scope.value(least);
            let holds = scope
                .graph
                .two(Two::Operator(BinaryOperator::GreaterOrEqual), value, least);
            if scope.graph.certain(holds) != Some(1.0) {
                effects.push(Effect::AtLeast(value, least));
            }
        }
    }

    fn handler(&self, event: usize) -> Handler {
        let clock = &self.plan.clocks[event];
        let mut changes: Vec<(&[Change], &[usize])> = match &clock.choice {
            Choice::None => Vec::new(),
            Choice::One(way) => vec![(&way.then, &way.concerns)],
            Choice::Pair(_, ways) => ways
                .iter()
                .map(|way| (way.then.as_slice(), way.concerns.as_slice()))
                .collect(),
            Choice::Race(ways) => ways
                .iter()
                .map(|(_, way)| (way.then.as_slice(), way.concerns.as_slice()))
                .collect(),
            Choice::First(ways) => ways
                .iter()
                .map(|way| (way.then.as_slice(), way.concerns.as_slice()))
                .collect(),
        };
        if matches!(clock.choice, Choice::None | Choice::First(_)) {
            changes.push((&[], &clock.concerns));
        }
        Handler {
            weights: self.weights(event),
            ways: changes
                .into_iter()
                .map(|(changes, concerns)| self.way(event, changes, concerns))
                .collect(),
            day: matches!(clock.kind, ClockKind::On(_)).then(|| self.day(clock)),
        }
    }

    /// A moment at which an event rings: its condition holds and it is not paused.
    fn ringing(&self, event: usize) -> Scope<'a, 'p> {
        let clock = &self.plan.clocks[event];
        let mut facts = before(&self.facts, clock);
        facts.before_firing(event);
        let (count, first_time) = (*facts.count(event), facts.of(Reference::FirstTime(event)));
        let mut scope = self.scope(facts);
        let count = scope.graph.unknown(0, &count);
        let first_time = scope.graph.unknown(1, &first_time);
        scope.set(Reference::Count(event), count);
        scope.set(Reference::FirstTime(event), first_time);
        scope.settle(&clock.when, true);
        scope.settle(&clock.hold, false);
        scope
    }

    /// The moment at which an event has been counted, and nothing else has changed.
    fn count(&self, scope: &mut Scope<'_, '_>, event: usize) {
        let (count, first_time) = (Reference::Count(event), Reference::FirstTime(event));
        for (reference, possible) in [
            (count, self.facts.count_after_firing(event)),
            (first_time, self.facts.of(first_time)),
        ] {
            let counted = scope.graph.load(self.layout.cell(reference), &possible);
            scope.set(reference, counted);
        }
    }

    fn weights(&self, event: usize) -> Program {
        let mut scope = self.ringing(event);
        self.count(&mut scope, event);
        let measures: Vec<&Tree> = match &self.plan.clocks[event].choice {
            Choice::None => Vec::new(),
            Choice::One(way) => vec![&way.measure],
            Choice::Pair(_, ways) => ways.iter().map(|way| &way.measure).collect(),
            Choice::Race(ways) => ways.iter().map(|(_, way)| &way.measure).collect(),
            Choice::First(ways) => ways.iter().map(|way| &way.measure).collect(),
        };
        let effects: Vec<_> = measures
            .into_iter()
            .enumerate()
            .map(|(index, measure)| Effect::Output(index, scope.value(measure)))
            .collect();
        emit(&scope.graph, &effects, 0)
    }

    fn way(&self, event: usize, changes: &[Change], concerns: &[usize]) -> Program {
        let plan = self.plan;
        let clock = &plan.clocks[event];
        let mut scope = self.ringing(event);
        let others: Vec<(usize, Standing)> = concerns
            .iter()
            .filter(|other| **other != event)
            .map(|other| (*other, standing(&mut scope, &plan.clocks[*other])))
            .collect();
        self.count(&mut scope, event);
        let mut effects = Vec::new();
        let mut changed: Vec<usize> = Vec::new();
        for change in clock.then.iter().chain(changes) {
            let value = scope.stored(&change.value);
            self.set_variable(&mut scope, change.variable, value, &mut effects);
            changed.push(change.variable);
        }
        if !clock.stop {
            self.begin_anew(&mut scope, event, &mut effects);
            for (other, before) in others {
                let after = standing(&mut scope, &plan.clocks[other]);
                if after != before {
                    effects.push(refresh(&mut scope, other, after));
                }
            }
        }
        changed.sort_unstable();
        changed.dedup();
        for &variable in &changed {
            let value = scope.value(&Tree::Reference(Reference::Variable(variable)));
            effects.push(Effect::Store(self.layout.cell(Reference::Variable(variable)), value));
        }
        emit(&scope.graph, &effects, changed.len())
    }

    /// The clock of the event that has fired.
    fn begin_anew(&self, scope: &mut Scope<'_, '_>, event: usize, effects: &mut Vec<Effect<NodeIndex>>) {
        let clock = &self.plan.clocks[event];
        let by_rate = matches!(clock.kind, ClockKind::Rate(_));
        let often = clock.most >= u64::from(u32::MAX) && !matches!(clock.kind, ClockKind::On(_));
        let most = if matches!(clock.kind, ClockKind::On(_)) {
            0.0
        } else if often {
            f64::INFINITY
        } else {
            clock.most as f64
        };
        let standing = standing(scope, clock);
        if let (true, true, Standing::Rate(rate)) = (by_rate, often, standing) {
            effects.push(Effect::FirstRate(event, rate));
            return;
        }
        let (fresh, done) = match clock.kind {
            ClockKind::Rate(_) => (slot::NOT_DRAWN, slot::RATE_DONE),
            ClockKind::AtOnce => (slot::RUNNING, slot::TIMED_DONE),
            ClockKind::After(_) | ClockKind::On(_) => (slot::DISABLED, slot::TIMED_DONE),
        };
        effects.push(Effect::Reset {
            clock: event,
            most,
            fresh,
            done,
        });
        if most > 1.0 {
            effects.push(refresh(scope, event, standing));
        }
    }

    fn alarm(&self, concerns: &[usize]) -> Program {
        let mut scope = self.scope(self.facts.clone());
        let mut effects = Vec::new();
        for clock in concerns {
            let standing = standing(&mut scope, &self.plan.clocks[*clock]);
            effects.push(refresh(&mut scope, *clock, standing));
        }
        emit(&scope.graph, &effects, 0)
    }

    fn day(&self, clock: &Clock) -> Program {
        let mut scope = self.scope(self.facts.clone());
        let effects = [&clock.when, &clock.hold].map(|tree| scope.value(tree));
        emit(
            &scope.graph,
            &[Effect::Output(0, effects[0]), Effect::Output(1, effects[1])],
            0,
        )
    }

    fn series(&self) -> (Program, bool) {
        let mut scope = self.scope(self.facts.clone());
        let values: Vec<NodeIndex> = self.plan.series.iter().map(|tree| scope.stored(tree)).collect();
        let read_time = values.iter().any(|value| scope.graph.reads_time(*value));
        (emit(&scope.graph, &outputs(values), 0), read_time)
    }

    fn conclusion(&self) -> Program {
        let plan = self.plan;
        let mut scope = self.scope(self.facts.clone());
        let mut outcome = scope.graph.constant(plan.outcomes.len() as f64);
        for (index, tried) in plan.outcomes.iter().enumerate().rev() {
            let (when, this) = (scope.value(&tried.when), scope.graph.constant(index as f64));
            outcome = scope.graph.select(when, this, outcome);
        }
        let mut values = vec![outcome];
        values.extend(plan.measures.iter().map(|measure| scope.stored(measure)));
        emit(&scope.graph, &outputs(values), 0)
    }
}

fn outputs(values: Vec<NodeIndex>) -> Vec<Effect<NodeIndex>> {
    values
        .into_iter()
        .enumerate()
        .map(|(index, value)| Effect::Output(index, value))
        .collect()
}

/// What a clock goes by at a moment.
fn standing(scope: &mut Scope<'_, '_>, clock: &Clock) -> Standing {
    let (when, hold) = (scope.value(&clock.when), scope.value(&clock.hold));
    let ClockKind::Rate(rate) = &clock.kind else {
        return Standing::Timed { when, hold };
    };
    let rate = scope.value(rate);
    let graph = &mut scope.graph;
    let zero = graph.constant(0.0);
    let free = graph.one(One::Operator(UnaryOperator::Not), hold);
    let runs = graph.two(Two::Operator(BinaryOperator::And), when, free);
    Standing::Rate(graph.select(runs, rate, zero))
}

/// Brings a clock up to date.
fn refresh(scope: &mut Scope<'_, '_>, clock: usize, standing: Standing) -> Effect<NodeIndex> {
    match standing {
        Standing::Rate(rate) => match scope.graph.certain(rate) {
            Some(value) if (0.0..LEAST_RATE).contains(&value) => Effect::RateOff(clock),
            _ => Effect::Rate(clock, rate),
        },
        Standing::Timed { when, hold } => timed(scope, clock, when, hold),
    }
}

/// Brings a clock up to date that has not been touched in this run.
fn first_refresh(scope: &mut Scope<'_, '_>, clock: usize, standing: Standing) -> Option<Effect<NodeIndex>> {
    match standing {
        Standing::Rate(rate) => match scope.graph.certain(rate) {
            Some(value) if (0.0..LEAST_RATE).contains(&value) => None,
            _ => Some(Effect::FirstRate(clock, rate)),
        },
        Standing::Timed { when, .. } if scope.graph.certain(when) == Some(0.0) => None,
        Standing::Timed { when, hold } => Some(timed(scope, clock, when, hold)),
    }
}

fn timed(scope: &mut Scope<'_, '_>, clock: usize, when: NodeIndex, hold: NodeIndex) -> Effect<NodeIndex> {
    let plan = scope.plan;
    let planned = &plan.clocks[clock];
    let starts = scope.graph.certain(when) != Some(0.0);
    let delay = match &planned.kind {
        ClockKind::After(PlannedDelay::Fixed(tree)) if starts => Delay::Fixed(scope.value(tree)),
        ClockKind::After(PlannedDelay::Drawn(draw)) if starts => Delay::Drawn(drawn(scope, planned.site, draw)),
        _ => Delay::Nothing,
    };
    Effect::Timed {
        clock,
        day: matches!(planned.kind, ClockKind::On(_)),
        when,
        hold,
        delay,
    }
}

fn drawn(scope: &mut Scope<'_, '_>, site: SiteIndex, draw: &PlannedDraw) -> Drawn<NodeIndex> {
    let law = match draw {
        PlannedDraw::Prepared(_) => Law::Prepared,
        PlannedDraw::Varying {
            family,
            arguments,
            truncate,
        } => Law::Varying(
            *family,
            arguments.iter().map(|argument| scope.value(argument)).collect(),
            truncate
                .as_ref()
                .map(|[low, high]| [scope.value(low), scope.value(high)]),
        ),
        PlannedDraw::Bernoulli(chance) => Law::Bernoulli(scope.value(chance)),
        PlannedDraw::Discrete(values, weights) => Law::Discrete(
            values.clone(),
            weights.iter().map(|weight| scope.value(weight)).collect(),
        ),
    };
    Drawn { site, law }
}

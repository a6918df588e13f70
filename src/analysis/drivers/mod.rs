//! What drives an outcome or a measure: how it varies with each parameter that is drawn and with each chance clock, in the
//! runs that were played anyway.
//!
//! This tells what goes together, not what causes what: a parameter is drawn before the run, so its share of the variance is
//! its own; but a clock may fire early because of what has happened before.

mod effect;
mod groups;
mod rows;
mod summary;

pub use rows::{Rows, Watched};
pub use summary::{Clock, Drivers, Effect, Group, Parameter, ScenarioIdentity, Target, TargetKind};

use crate::results::FORMAT_VERSION;

use effect::{Column, effect};
use groups::{Grouping, by_time, equal_parts};

/// Parts of equal size for which a target's mean is told.
const FIFTHS: usize = 5;
/// The effect is found with more parts than are told, as far as there are runs for them.
const MOST_PARTS: usize = 32;
const RUNS_A_PART: usize = 100;

/// What is known beside the runs.
#[derive(Debug, Clone)]
pub struct About {
    /// The scenario.
    pub scenario: ScenarioIdentity,
    /// The seed.
    pub seed: u64,
    /// The number of the first run.
    pub first_run: u64,
    /// How many runs were played.
    pub runs: u64,
    /// Whether playing was stopped early.
    pub partial: bool,
}

/// Finds what drives each of the targets.
pub fn drivers(watched: &Watched, rows: &Rows, targets: &[TargetKind], about: About) -> Drivers {
    // Every run ends in some way: what is sorted for one outcome serves the others.
    let all: Vec<usize> = (0..rows.valid()).collect();
    let of_all = targets.iter().any(|kind| kind.is_outcome());
    let of_all = of_all.then(|| Chances::new(watched, rows, &all));
    let target = |kind: &TargetKind| match (kind, &of_all) {
        (TargetKind::Outcome(index), Some(chances)) => {
            let column = Column::new(rows.ends_in(*index), true);
            chances.target(*kind, watched.outcome_name(*index), &column)
        }
        (TargetKind::Outcome(index) | TargetKind::Measure(index), _) => {
            // Runs in which there was nothing to measure say nothing.
            let values = rows.measure(*index);
            let kept: Vec<usize> = (0..values.len()).filter(|run| values[*run].is_finite()).collect();
            let column = Column::new(kept.iter().map(|run| values[*run]).collect(), false);
            let name = &watched.plan().observed.measures[*index].id;
            Chances::new(watched, rows, &kept).target(*kind, name, &column)
        }
    };
    Drivers {
        format_version: FORMAT_VERSION,
        equipoise: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: about.scenario,
        seed: about.seed,
        first_run: about.first_run,
        runs: about.runs,
        partial: about.partial,
        valid: rows.valid() as u64,
        targets: targets.iter().map(target).collect(),
    }
}

/// What was left to chance in some of the runs, sorted.
struct Chances<'a> {
    runs: usize,
    parameters: Vec<Drawn<'a>>,
    clocks: Vec<Rung<'a>>,
}

/// A parameter: its values, and the runs by fifths and by finer parts of them.
struct Drawn<'a> {
    name: &'a str,
    is_boolean: bool,
    values: Vec<f64>,
    fifths: Grouping,
    parts: Grouping,
}

/// A clock: its first times, and the runs by them.
struct Rung<'a> {
    name: &'a str,
    times: Vec<f64>,
    grouping: Grouping,
}

impl<'a> Chances<'a> {
    fn new(watched: &'a Watched, rows: &Rows, kept: &[usize]) -> Self {
        let pick = |column: usize| -> Vec<f64> {
            let values = rows.column(column);
            kept.iter().map(|run| values[*run]).collect()
        };
        let parts = (kept.len() / RUNS_A_PART).clamp(FIFTHS, MOST_PARTS);
        let drawn = watched.parameters().map(|(label, column, is_boolean)| {
            let values = pick(column);
            Drawn {
                name: &label.id,
                is_boolean,
                fifths: equal_parts(&values, FIFTHS),
                parts: equal_parts(&values, parts),
                values,
            }
        });
        let rung = watched.clocks().map(|(label, column)| {
            let times = pick(column);
            Rung {
                name: &label.id,
                grouping: by_time(&times),
                times,
            }
        });
        Chances {
            runs: kept.len(),
            parameters: drawn.collect(),
            clocks: rung.collect(),
        }
    }

    fn target(&self, kind: TargetKind, name: &str, column: &Column) -> Target {
        let parameter = |drawn: &Drawn<'_>| Parameter {
            name: drawn.name.to_owned(),
            effect: effect(column, &drawn.parts),
            is_boolean: drawn.is_boolean,
            fifths: told(column, &drawn.fifths, &drawn.values),
        };
        let clock = |rung: &Rung<'_>| {
            let [early, late, never] = [0, 1, 2].map(|group| one_told(column, &rung.grouping, &rung.times, group));
            Clock {
                name: rung.name.to_owned(),
                effect: effect(column, &rung.grouping),
                early,
                late,
                never,
            }
        };
        let mut parameters: Vec<Parameter> = self.parameters.iter().map(parameter).collect();
        let mut clocks: Vec<Clock> = self.clocks.iter().map(clock).collect();
        // What is not known counts as least; ties keep the order of the file.
        let size = |effect: &Effect| effect.first_order_effect.unwrap_or(f64::NEG_INFINITY);
        parameters.sort_by(|a, b| size(&b.effect).total_cmp(&size(&a.effect)));
        clocks.sort_by(|a, b| size(&b.effect).total_cmp(&size(&a.effect)));
        Target {
            kind: if kind.is_outcome() { "outcome" } else { "measure" }.to_owned(),
            name: name.to_owned(),
            n: self.runs as u64,
            mean: column.mean(),
            parameters,
            clocks,
        }
    }
}

fn told(column: &Column, grouping: &Grouping, values: &[f64]) -> Vec<Group> {
    let groups = (0..grouping.groups).map(|group| one_told(column, grouping, values, group));
    groups.filter(|group| group.n > 0).collect()
}

fn one_told(column: &Column, grouping: &Grouping, values: &[f64], group: usize) -> Group {
    let members = || {
        let groups = grouping.of_run.iter().zip(values);
        groups
            .filter(|(of, _)| usize::from(**of) == group)
            .map(|(_, value)| *value)
    };
    let (mean, ci95, n) = column.within(grouping, group);
    Group {
        from: members().min_by(f64::total_cmp),
        to: members().max_by(f64::total_cmp),
        n,
        mean,
        simulation_ci95: ci95,
    }
}

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
    Drivers {
        format_version: FORMAT_VERSION,
        equipoise: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: about.scenario,
        seed: about.seed,
        first_run: about.first_run,
        runs: about.runs,
        partial: about.partial,
        valid: rows.valid() as u64,
        targets: targets.iter().map(|kind| target(watched, rows, *kind)).collect(),
    }
}

fn target(watched: &Watched, rows: &Rows, kind: TargetKind) -> Target {
    let values = match kind {
        TargetKind::Outcome(index) => rows.ends_in(index),
        TargetKind::Measure(index) => rows.measure(index).to_vec(),
    };
    // Runs in which there was nothing to measure say nothing.
    let kept: Vec<usize> = (0..values.len()).filter(|run| values[*run].is_finite()).collect();
    let column = Column::new(kept.iter().map(|run| values[*run]).collect(), kind.is_outcome());
    let pick = |values: &[f64]| -> Vec<f64> { kept.iter().map(|run| values[*run]).collect() };
    let parts = (kept.len() / RUNS_A_PART).clamp(FIFTHS, MOST_PARTS);
    let mut parameters: Vec<Parameter> = watched
        .parameters()
        .map(|(label, column_index, is_boolean)| {
            let drawn = pick(rows.column(column_index));
            Parameter {
                name: label.id.clone(),
                effect: effect(&column, &equal_parts(&drawn, parts)),
                is_boolean,
                fifths: told(&column, &equal_parts(&drawn, FIFTHS), &drawn),
            }
        })
        .collect();
    let mut clocks: Vec<Clock> = watched
        .clocks()
        .map(|(label, column_index)| {
            let times = pick(rows.column(column_index));
            let grouping = by_time(&times);
            let [early, late, never] = [0, 1, 2].map(|group| one_told(&column, &grouping, &times, group));
            Clock {
                name: label.id.clone(),
                effect: effect(&column, &grouping),
                early,
                late,
                never,
            }
        })
        .collect();
    // What is not known counts as least; ties keep the order of the file.
    let size = |effect: &Effect| effect.first_order_effect.unwrap_or(f64::NEG_INFINITY);
    parameters.sort_by(|a, b| size(&b.effect).total_cmp(&size(&a.effect)));
    clocks.sort_by(|a, b| size(&b.effect).total_cmp(&size(&a.effect)));
    Target {
        kind: if kind.is_outcome() { "outcome" } else { "measure" }.to_owned(),
        name: match kind {
            TargetKind::Outcome(index) => watched.outcome_name(index).to_owned(),
            TargetKind::Measure(index) => watched.plan().observed.measures[index].id.clone(),
        },
        n: kept.len() as u64,
        mean: column.mean(),
        parameters,
        clocks,
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

//! What drives an outcome or a measure: how it varies with each parameter that is drawn and with each chance clock, in the
//! runs that were played anyway.
//!
//! This tells what goes together, not what causes what: a parameter is drawn before the run, so its share of the variance is
//! its own; but a clock may fire early because of what has happened before.
//!
//! Runs are played, looked at and let go piece by piece, so that memory does not grow with their number. The bounds of the
//! fifths of a parameter, and of early and late, are those of the first piece.

mod effect;
mod gathering;
mod groups;
mod rows;
mod summary;

pub use rows::Watched;
pub use summary::{Clock, Drivers, Effect, Group, Parameter, ScenarioIdentity, Target, TargetKind};

use std::ops::Range;

use crate::engine::{Options, play};
use crate::results::FORMAT_VERSION;

use gathering::{Gathering, PIECE, Question};
use rows::Rows;

/// Plays a range of runs and finds what drives each of the targets in them: all of them, or the first ones if it is stopped.
pub fn drivers(
    watched: &Watched,
    targets: &[TargetKind],
    scenario: ScenarioIdentity,
    seed: u64,
    runs: Range<u64>,
    options: &Options<'_>,
) -> Drivers {
    // Every run ends in some way: what is gathered for one outcome serves the others.
    let mut gatherings: Vec<Gathering<'_>> = Vec::new();
    for question in targets.iter().map(|kind| Question::of(*kind)) {
        if gatherings.iter().all(|known| known.question != question) {
            gatherings.push(Gathering::new(question, watched, options.threads));
        }
    }
    let (mut played, mut valid) = (0, 0);
    let asked = runs.end.saturating_sub(runs.start);
    while played < asked {
        let first = runs.start + played;
        let piece = first..first + PIECE.min(asked - played);
        let mut rows = Rows::default();
        let done = play(watched.plan(), seed, piece.clone(), options, &mut rows, Rows::default);
        for block in rows.in_order() {
            valid += block.outcomes.len() as u64;
            gatherings.iter_mut().for_each(|gathering| gathering.add(&block));
        }
        played += done;
        if done < piece.end - piece.start {
            break;
        }
    }
    gatherings.iter_mut().for_each(Gathering::look);
    let target = |kind: &TargetKind| {
        let question = Question::of(*kind);
        let found = gatherings.iter().find(|gathering| gathering.question == question);
        found.map(|gathering| gathering.target(*kind))
    };
    Drivers {
        format_version: FORMAT_VERSION,
        equipoise: env!("CARGO_PKG_VERSION").to_owned(),
        scenario,
        seed,
        first_run: runs.start,
        runs: played,
        partial: played < asked,
        valid,
        targets: targets.iter().filter_map(target).collect(),
    }
}

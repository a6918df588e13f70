//! What happened in runs by when, and in which order: against laws written out here.

use equipoise::engine::{Options, chronicle};
use equipoise::model::plot;
use equipoise::plan::plan;
use equipoise::results::history::{CELLS, History, Step};
use std::sync::atomic::AtomicBool;

use crate::play::{core, position};

const RUNS: u64 = 100_000;

/// A share of the runs lies within 4.5 standard errors of its law: with the 30 checks here a false alarm has a chance of
/// 2 in 10,000, at other seeds.
fn agrees(runs: u64, law: f64, what: &str) {
    let share = runs as f64 / RUNS as f64;
    let error = (law * (1.0 - law) / RUNS as f64).sqrt();
    assert!((share - law).abs() <= 4.5 * error, "{what}: {share}, by law {law}");
}

/// Two exponential clocks race; the loser goes on, and a third follows the first of them. Fails if incidence is not
/// cumulative and of first firings, or if paths confuse the order or the endings.
#[test]
fn races_have_their_incidence_and_their_paths() {
    let text = r#"
        [scenario]
        title = "A race"
        start = 2001-01-01
        horizon = "2 years"
        [variables]
        first = { states = ["none", "a", "b"] }
        [events.a]
        rate = 0.7
        then = ["first = first == 'none' ? 'a' : first"]
        [events.b]
        rate = 0.4
        then = ["first = first == 'none' ? 'b' : first"]
        [events.often]
        rate = 1.5
        repeats = true
        [events.chooses]
        rate = 0.9
        [events.chooses.branches.one]
        weight = 1
        [events.chooses.branches.other]
        weight = 3
        [outcomes]
        a_first = "first == 'a'"
        b_first = "first == 'b'"
    "#;
    let core = core(text);
    let (plan, plot) = (plan(&core), plot(&core));
    let options = Options {
        threads: 2,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    let mut history = History::new(&plan, &plot);
    let new = || History::new(&plan, &plot);
    assert_eq!(chronicle(&plan, 3, 0..RUNS, &options, &mut history, new), RUNS);
    let event = |id: &str| position(&plan.observed.events, id) as u32;
    assert_eq!(plot, [event("a"), event("b")].map(|event| event as usize).into());

    let incidence = &history.incidence;
    for (id, rate) in [("a", 0.7), ("b", 0.4), ("often", 1.5), ("chooses", 0.9)] {
        let seen = incidence.by(Step::event(event(id)));
        for cell in [CELLS / 50, CELLS / 4, CELLS / 2, CELLS] {
            let law = 1.0 - f64::exp(-rate * incidence.time(cell));
            agrees(seen[cell], law, &format!("{id} by {}", incidence.time(cell)));
        }
    }
    for (branch, weight) in [(0, 0.25), (1, 0.75)] {
        let law = weight * (1.0 - f64::exp(-0.9 * 2.0));
        agrees(incidence.ever(Step::way(event("chooses"), branch)), law, "a branch");
    }
    let median = incidence.quantile(Step::event(event("a")), 0.5).expect("it happens");
    let law = -(1.0 - 0.5 * (1.0 - f64::exp(-1.4))).ln() / 0.7;
    assert!((median - law).abs() < 0.02, "{median}, by law {law}");

    // With hazards a and b until t: a alone, or a and then b.
    let (a, b, t) = (0.7, 0.4, 2.0);
    let alone = |first: f64, other: f64| (1.0 - f64::exp(-first * t)) * f64::exp(-other * t);
    let a_before_b = a / (a + b) * (1.0 - f64::exp(-(a + b) * t)) - alone(a, b);
    let b_before_a = b / (a + b) * (1.0 - f64::exp(-(a + b) * t)) - alone(b, a);
    let (a_step, b_step) = (Step::event(event("a")), Step::event(event("b")));
    let laws = [
        (vec![], 2, f64::exp(-(a + b) * t)),
        (vec![a_step], 0, alone(a, b)),
        (vec![a_step, b_step], 0, a_before_b),
        (vec![b_step], 1, alone(b, a)),
        (vec![b_step, a_step], 1, b_before_a),
    ];
    for (steps, outcome, law) in &laws {
        let path = history
            .paths
            .all()
            .find(|path| path.steps == steps && path.outcome == *outcome);
        agrees(path.expect("somebody goes this way").runs, *law, &format!("{steps:?}"));
    }
    assert_eq!(history.paths.all().count(), laws.len());
}

//! What drives what, against effects that are known exactly.

use std::sync::atomic::AtomicBool;

use equipoise::analysis::drivers::{Drivers, Effect, ScenarioIdentity, Target, TargetKind, Watched, drivers};
use equipoise::engine::Options;
use equipoise::model::Core;
use equipoise::plan::plan;

use crate::play::{core, results};

fn found(core: &Core, target: TargetKind, seed: u64, runs: u64, threads: usize) -> Drivers {
    let scenario = ScenarioIdentity {
        title: core.title.clone(),
        sha256: String::new(),
    };
    let options = Options {
        threads,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    drivers(&Watched::new(core), &[target], scenario, seed, 0..runs, &options)
}

fn effect(target: &Target, name: &str) -> Effect {
    let parameters = target.parameters.iter().map(|found| (&found.name, found.effect));
    let clocks = target.clocks.iter().map(|found| (&found.name, found.effect));
    let found = parameters.chain(clocks).find(|(found, _)| *found == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

const WORLD: &str = r#"
[scenario]
title   = "World"
start   = 2020-01-01
horizon = "1 year"
[parameters]
x    = { uniform = [0, 1] }
y    = { uniform = [0, 1] }
idle = { uniform = [0, 1] }
p    = { bernoulli = 0.6 }
q    = { bernoulli = 0.5 }
[events.sale]
rate = 1
[outcomes]
both = "p && q"
low  = "x < 0.5"
sold = "fired(sale)"
[measures]
sum  = "3 * x + y"
"#;

/// The variance of 3x + y is that of x nine times and that of y once; that of `p && q` is 0.3 x 0.7, of which p takes
/// 0.5² x 0.24 and q 0.6² x 0.25. Fails if an effect is off by a hundredth, or more than noise where there is none.
#[test]
fn effects_are_those_of_small_models() {
    let core = core(WORLD);
    let target = |kind| found(&core, kind, 1, 100_000, 2).targets.remove(0);
    let (sum, both) = (target(TargetKind::Measure(0)), target(TargetKind::Outcome(0)));
    let cases = [
        (&sum, "x", 0.9),
        (&sum, "y", 0.1),
        (&sum, "idle", 0.0),
        (&sum, "p", 0.0),
        (&both, "p", 0.06 / 0.21),
        (&both, "q", 0.09 / 0.21),
        (&both, "x", 0.0),
        (&both, "sale", 0.0),
    ];
    for (target, name, expected) in cases {
        let effect = effect(target, name);
        let size = effect.first_order_effect.expect("there is variance");
        assert!(
            (size - expected).abs() < 0.01,
            "{name} on {}: {size} for {expected}",
            target.name
        );
        assert_eq!(effect.is_beyond_noise(), expected > 0.0, "{name} on {}", target.name);
    }
    assert_eq!(
        (sum.parameters[0].name.as_str(), sum.parameters[1].name.as_str()),
        ("x", "y")
    );
}

/// Of the runs that `both` leaves over, 0.7, `x < 0.5` holds in the first two fifths of x, in half of the third, and in no
/// other: each within four standard errors. A clock that has rung early, late or
/// never says all of whether it has rung.
#[test]
fn shares_by_fifths_and_by_times_are_told() {
    let core = core(WORLD);
    let low = found(&core, TargetKind::Outcome(1), 1, 10_000, 2).targets.remove(0);
    let x = low
        .parameters
        .iter()
        .find(|found| found.name == "x")
        .expect("x is drawn");
    let shares: Vec<f64> = x
        .fifths
        .iter()
        .map(|group| group.mean.expect("there are runs"))
        .collect();
    assert_eq!(x.fifths.iter().map(|group| group.n).collect::<Vec<_>>(), [2000; 5]);
    for (share, expected) in shares.into_iter().zip([0.7, 0.7, 0.35, 0.0, 0.0]) {
        let error = (expected * (1.0 - expected) / 2000.0_f64).sqrt();
        assert!((share - expected).abs() <= 4.0 * error, "{share} for {expected}");
    }
    let p = low
        .parameters
        .iter()
        .find(|found| found.name == "p")
        .expect("p is drawn");
    assert_eq!(p.fifths.len(), 2, "a coin has two sides");
    let sold = found(&core, TargetKind::Outcome(2), 1, 10_000, 2).targets.remove(0);
    let sale = &sold.clocks[0];
    // Runs that end in an earlier outcome are not sold.
    assert_eq!(sale.never.mean, Some(0.0));
    assert_eq!(sale.early.n + sale.late.n + sale.never.n, 10_000);
    assert!(sale.early.to.expect("it rang") < sale.late.from.expect("it rang"));
    assert!(sale.early.n.abs_diff(sale.late.n) <= 1);
}

/// Over 400 seeds, the interval of the effect of p on `p && q` holds 2/7 in 92 to 98 of 100 cases (95 ± 2.7 standard errors),
/// and `idle` is taken for more than noise in at most 3 (1 is what 99 cases of noise promise).
#[test]
fn intervals_and_the_null_are_as_good_as_they_say() {
    let core = core(WORLD);
    let (mut held, mut alarms) = (0, 0);
    for seed in 0..400 {
        let both = found(&core, TargetKind::Outcome(0), seed, 2000, 1).targets.remove(0);
        let [low, high] = effect(&both, "p").effect_ci95.expect("there is variance");
        held += u32::from(low <= 2.0 / 7.0 && 2.0 / 7.0 <= high);
        alarms += u32::from(effect(&both, "idle").is_beyond_noise());
    }
    assert!((368..=392).contains(&held), "held in {held} of 400");
    assert!(alarms <= 12, "{alarms} alarms in 400");
}

/// Fails if to observe more changes how runs end, or if the threads show.
#[test]
fn the_runs_are_those_that_are_played_anyway() {
    let path = format!("{}/scenarios/polonez.toml", env!("CARGO_MANIFEST_DIR"));
    let core = core(&std::fs::read_to_string(path).expect("a shipped scenario"));
    let counts = results(&plan(&core), core.seed, 0..3000, 2).outcomes().to_vec();
    for (outcome, count) in counts.iter().enumerate() {
        let target = found(&core, TargetKind::Outcome(outcome), core.seed, 3000, 2)
            .targets
            .remove(0);
        assert_eq!((target.mean.expect("there are runs") * 3000.0).round(), *count as f64);
    }
    let one = found(&core, TargetKind::Outcome(1), core.seed, 3000, 1);
    assert_eq!(one, found(&core, TargetKind::Outcome(1), core.seed, 3000, 2));
}

/// More runs than are looked at together. The effect of p on `p && q` is 2/7; x is told by fifths of the first piece, so that
/// they are of nearly equal size (their shares within 0.005, seven standard errors) and every run is in one. Fails if a piece is left out or counted twice, or the threads show.
#[test]
fn many_runs_are_looked_at_piece_by_piece() {
    const RUNS: u64 = 300_000;
    let core = core(WORLD);
    let all = found(&core, TargetKind::Outcome(0), 4, RUNS, 2);
    assert_eq!((all.runs, all.valid, all.partial), (RUNS, RUNS, false));
    let both = &all.targets[0];
    assert_eq!(both.n, RUNS);
    assert!((both.mean.expect("there are runs") - 0.3).abs() < 4.5 * (0.21 / RUNS as f64).sqrt());
    let p = effect(both, "p");
    assert!((p.first_order_effect.expect("there is variance") - 2.0 / 7.0).abs() < 0.01);
    let [low, high] = p.effect_ci95.expect("there is variance");
    assert!(high - low < 0.01, "{low} to {high}");
    assert!(p.is_beyond_noise() && !effect(both, "idle").is_beyond_noise());
    assert!(p.null95.expect("there is variance") < 5e-5);
    for parameter in both.parameters.iter().filter(|parameter| parameter.name == "x") {
        assert_eq!(parameter.fifths.len(), 5);
        assert_eq!(parameter.fifths.iter().map(|fifth| fifth.n).sum::<u64>(), RUNS);
        let near = |n: u64| (n as f64 / RUNS as f64 - 0.2).abs() < 0.005;
        assert!(parameter.fifths.iter().all(|fifth| near(fifth.n)));
    }
    assert_eq!(all, found(&core, TargetKind::Outcome(0), 4, RUNS, 1));
    let measured = found(&core, TargetKind::Measure(0), 4, RUNS, 2);
    assert_eq!(measured, found(&core, TargetKind::Measure(0), 4, RUNS, 1));
}

//! Scenarios made at random are played alike, and what is hard to get right comes up among them.

use std::cell::RefCell;

use equipoise::engine::Ending;
use equipoise::plan::plan;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use crate::rows::{core, same_rows};
use crate::scenario::scenarios;

/// How many scenarios are played; ten times as many where the long tests are asked for.
const CASES: u32 = 5000;
/// How many runs of each.
const RUNS: usize = 24;
/// A share of cases in which something has been met, below which it is too rare to say that it was tested.
const LEAST_SHARE: f64 = 0.02;

#[derive(Debug, Default)]
struct Counted {
    played: u32,
    refused: u32,
    kept_while_off: u32,
    ties: u32,
    dropped_delays: u32,
    failed: u32,
    runaway: u32,
    above_100: u32,
}

/// Fails if the engines differ in a bit of any run of any of the scenarios, or if something that engines are prone to get
/// wrong comes up in few of them. The scenarios are the same each time; of one that fails, a smallest is looked for.
#[test]
fn random_scenarios_are_played_alike() {
    let long = std::env::var_os("EQUIPOISE_LONG_TESTS").is_some();
    let config = Config {
        cases: if long { 10 * CASES } else { CASES },
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(if long { 20_171_009 } else { 2016 }),
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let counted = RefCell::new(Counted::default());
    let result = TestRunner::new(config).run(&scenarios(), |text| {
        let mut counted = counted.borrow_mut();
        let core = match core(&text) {
            Ok(core) => core,
            Err(_) => {
                counted.refused += 1;
                return Ok(());
            }
        };
        let plan = plan(&core);
        let alike = same_rows(&plan, 7, 1000, RUNS).map_err(TestCaseError::fail)?;
        let ended = |ending: Ending| u32::from(alike.block.endings.contains(&ending));
        counted.played += 1;
        counted.kept_while_off += u32::from(alike.met.kept_while_off > 0);
        counted.ties += u32::from(alike.met.ties > 0);
        counted.dropped_delays += u32::from(alike.met.dropped_delays > 0);
        counted.failed += ended(Ending::Failed);
        counted.runaway += ended(Ending::Runaway);
        counted.above_100 += u32::from(alike.met.highest_occurrence > 100);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let counted = counted.into_inner();
    let all = f64::from(counted.played);
    assert!(
        counted.refused * 10 < counted.played,
        "too many are no scenarios: {counted:?}"
    );
    for (what, count) in [
        ("a clock kept what it had used while off", counted.kept_while_off),
        ("two clocks rang at once", counted.ties),
        ("a delay was dropped", counted.dropped_delays),
        ("a run failed", counted.failed),
        ("a run was cut", counted.runaway),
        ("an occurrence above 100 was drawn", counted.above_100),
    ] {
        assert!(
            f64::from(count) > LEAST_SHARE * all,
            "{what} only in {count} cases: {counted:?}"
        );
    }
}

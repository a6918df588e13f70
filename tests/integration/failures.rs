//! Runs that cannot be played to their end: counted, named, and kept out of everything else.

use equipoise::engine::{Ending, Failure, Player, trace};
use equipoise::plan::{Plan, plan};
use equipoise::results::{Identity, Summary};

use crate::play::{core, results};

const RUNS: u64 = 4000;

/// A world in which something happens at the rate 0.5 for two years, and then, on 2004-01-01, the rest of `events` is felt.
fn world(events: &str) -> Plan {
    let text = format!(
        r#"
        [scenario]
        title = "A failure"
        start = 2001-01-01
        horizon = "4 years"
        limit = 100
        [variables]
        x = 1
        [events.breaks]
        when = "now < 2"
        rate = 0.5
        then = ["x = -1"]
        {events}
        [outcomes]
        broken = "x < 0"
        sound = "x >= 0"
        [measures]
        x = "x"
        "#
    );
    plan(&core(&text))
}

/// Plays and holds what must hold of any plan of which the broken runs fail.
fn holds(plan: &Plan, runaway: bool, fits: impl Fn(&Failure) -> bool) {
    let found = results(plan, 3, 0..RUNS, 2);
    let block = Player::new(plan, 3).block(0, RUNS as usize);
    let ending = if runaway { Ending::Runaway } else { Ending::Failed };
    let broken = block.endings.iter().filter(|found| **found == ending).count() as u64;
    let first = block
        .endings
        .iter()
        .position(|found| *found == ending)
        .map(|run| run as u64);
    // What breaks does so by 2 years with probability 1 - exp(-1).
    let p = 1.0 - f64::exp(-1.0);
    let error = (RUNS as f64 * p * (1.0 - p)).sqrt();
    assert!(
        (broken as f64 - RUNS as f64 * p).abs() < 4.0 * error,
        "{broken} are broken"
    );
    let (counted, counted_first, others) = if runaway {
        (found.runaway(), found.first_runaway(), found.failed())
    } else {
        (found.failed(), found.first_failed(), found.runaway())
    };
    assert_eq!((counted, counted_first, others), (broken, first, 0));
    // Of the valid runs all are sound, and only they are measured.
    assert_eq!(found.outcomes(), [0, RUNS - broken, 0]);
    assert_eq!(found.measures()[0].n(), RUNS - broken);
    assert_eq!(found.measures()[0].range(), Some((1.0, 1.0)));
    assert_eq!(found.events()[0].firings, 0);
    // The first can be traced, and says why.
    let run = first.expect("one is broken");
    let failure = trace(plan, 3, run).failure.expect("a failure");
    assert!(fits(&failure), "{failure:?}");
    assert_eq!(trace(plan, 3, run).checksum, block.checksums[run as usize]);
    // A run after one that failed is played as it is alone.
    let mut player = Player::new(plan, 3);
    for run in 0..50 {
        assert_eq!(player.block(run, 1).checksums[0], block.checksums[run as usize]);
    }
    // Shares are of the valid runs, and worst-case bounds stand beside them.
    let identity = Identity {
        title: String::new(),
        sha256: String::new(),
        seed: 3,
        first_run: 0,
        runs: RUNS,
        partial: false,
    };
    let summary = Summary::new(&identity, &plan.observed, &found);
    let broken_share = broken as f64 / RUNS as f64;
    let sound = &summary.outcomes[1];
    assert_eq!((sound.name.as_str(), sound.probability), ("sound", Some(1.0)));
    assert_eq!(sound.worst_case, Some([(RUNS - broken) as f64 / RUNS as f64, 1.0]));
    assert_eq!(summary.outcomes[0].worst_case, Some([0.0, broken_share]));
}

/// Fails if a rate out of range is played on with. A rate counts only while its clock runs.
#[test]
fn rates_out_of_range() {
    for rate in [
        "x",
        "1 / (x + 1) - 0.5",
        "ln(x)",
        "x < 0 ? exp(1000) : 1",
        "sqrt(x) + 1",
    ] {
        let plan = world(&format!(
            "[events.odd]\nwhen = \"x < 0\"\nrate = \"{rate}\"\n[events.off]\nwhen = \"x > 5\"\nrate = \"-1 * x - 1\""
        ));
        holds(
            &plan,
            false,
            |failure| matches!(failure, Failure::Rate(1, value) if !(*value >= 0.0 && value.is_finite())),
        );
    }
}

/// Fails if a delay below 0 or that is not a number is taken for one.
#[test]
fn delays_out_of_range() {
    for delay in ["x", "ln(x)"] {
        let plan = world(&format!("[events.odd]\nwhen = \"x < 0\"\nafter = \"{delay}\""));
        holds(
            &plan,
            false,
            |failure| matches!(failure, Failure::Delay(1, value) if !(*value >= 0.0)),
        );
    }
    let plan = world("[events.odd]\nwhen = \"x < 0\"\nafter = { gamma = [2, \"x\"] }");
    holds(&plan, false, |failure| matches!(failure, Failure::Distribution(..)));
}

/// Fails if a branch is taken though no weight is above 0, or one is below.
#[test]
fn weights_out_of_range() {
    let branches = |weights: &[&str]| {
        let ways = weights.iter().enumerate();
        let ways = ways.map(|(index, weight)| format!("[events.odd.branches.way_{index}]\nweight = \"{weight}\"\n"));
        world(&format!("[events.odd]\nwhen = \"x < 0\"\n{}", ways.collect::<String>()))
    };
    let zero = "max(0, x)";
    for weights in [&[zero][..], &[zero, zero], &[zero, zero, zero]] {
        holds(&branches(weights), false, |failure| *failure == Failure::NoWeight(1));
    }
    for weights in [&["x", "5"][..], &["5", "x"], &["1", "x", "1"], &["1", "ln(x)", "1"]] {
        holds(
            &branches(weights),
            false,
            |failure| matches!(failure, Failure::Weight(1, value) if !(*value >= 0.0)),
        );
    }
}

/// Fails if a variable may go below its least value, at once or in the middle of `then`.
#[test]
fn variables_below_their_least() {
    let text = r#"
        [scenario]
        title = "Too little"
        start = 2001-01-01
        horizon = "4 years"
        [variables]
        x = { initial = 1, at_least = 0 }
        [events.breaks]
        when = "now < 2"
        rate = 0.5
        then = ["x -= 2", "x = 1"]
        [outcomes]
        broken = "x < 0"
        sound = "x >= 0"
        [measures]
        x = "x"
    "#;
    holds(&plan(&core(text)), false, |failure| *failure == Failure::Below(0, -1.0));
}

/// Fails if a supplier can deliver from stock what it does not have. The delivery comes with probability 1 - exp(-1).
#[test]
fn inventories_below_nothing() {
    let text = r#"
        [scenario]
        title = "Out of stock"
        start = 2001-01-01
        horizon = "4 years"
        [systems.rocket]
        [actors.seller.inventory]
        rocket = 50
        [actors.buyer]
        [suppliers.seller]
        sells = ["rocket"]
        [deals.sale]
        supplier = "seller"
        recipient = "buyer"
        system = "rocket"
        quantity = 100
        from_stock = true
        signs = { chance = 0.6321205588285577, within = "4 years" }
        delivers.first = { share = 0.5 }
        delivers.second = { share = 0.25 }
        delivers.rest = { share = 0.25 }
        [outcomes]
        broken = "seller.inventory.rocket < 50"
        sound = "buyer.inventory.rocket == 0"
        [measures]
        x = "seller.inventory.rocket - 49"
    "#;
    let plan = plan(&core(text));
    let found = results(&plan, 3, 0..RUNS, 2);
    let p = 1.0 - f64::exp(-1.0);
    let error = (RUNS as f64 * p * (1.0 - p)).sqrt();
    assert!((found.failed() as f64 - RUNS as f64 * p).abs() < 4.0 * error);
    assert_eq!(found.outcomes(), [0, RUNS - found.failed(), 0]);
    let failure = trace(&plan, 3, found.first_failed().expect("one")).failure;
    assert!(matches!(failure, Some(Failure::Below(_, -25.0))), "{failure:?}");
}

/// Fails if a run goes on for ever, or is cut at another number of events than the limit, here 100: the clocks that go round
/// begin only in a broken run. A sound run may fire 100 events, and no more.
#[test]
fn runaways_are_cut() {
    let plan = world(
        "[events.ping]\nwhen = \"x < 0 && count(ping) == count(pong)\"\nrepeats = true\n\
         [events.pong]\nwhen = \"count(ping) > count(pong)\"\nrepeats = true",
    );
    holds(&plan, true, |failure| *failure == Failure::Runaway);
    for (repeats, runaway) in [(100, 0), (101, 5)] {
        let text = format!(
            r#"
            [scenario]
            title = "A limit"
            start = 2001-01-01
            horizon = "4 years"
            limit = 100
            [events.ticks]
            after = "1 day"
            repeats = {repeats}
            "#
        );
        let found = results(&equipoise::plan::plan(&core(&text)), 1, 0..5, 1);
        assert_eq!((found.runaway(), found.failed()), (runaway, 0), "{repeats} events");
    }
}

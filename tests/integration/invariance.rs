//! What results must not depend on.

use equipoise::engine::{Block, Ending, Player};
use equipoise::plan::{Plan, plan};
use equipoise::results::{Identity, Results, Summary};

use crate::play::{core, position, results};
use crate::shipped;

const RUNS: u64 = 3000;

fn json(plan: &Plan, results: &Results) -> String {
    let identity = Identity {
        title: "A test".to_owned(),
        sha256: "0".repeat(64),
        seed: 9,
        first_run: 0,
        runs: results.runs(),
        partial: false,
    };
    let mut written = Vec::new();
    let summary = Summary::new(&identity, &plan.observed, results);
    equipoise::export::json(&summary, &mut written).expect("written to memory");
    String::from_utf8(written).expect("a text")
}

/// Fails if a result depends on which thread played what, or on the order in which blocks were merged.
#[test]
fn threads_do_not_show() {
    for (name, text) in shipped::ALL {
        let plan = plan(&core(text));
        let alone = results(&plan, 9, 0..RUNS, 1);
        for threads in [2, 3, 5] {
            let together = results(&plan, 9, 0..RUNS, threads);
            assert!(alone == together, "{name} on {threads} threads");
            assert_eq!(
                json(&plan, &alone),
                json(&plan, &together),
                "{name} on {threads} threads"
            );
        }
    }
}

/// Fails if a result depends on where the range of runs is cut, or on the order in which the pieces are put together.
#[test]
fn slices_do_not_show() {
    let cuts = [0, 1, 8, 511, 512, 513, 1300, 2047, 2999, RUNS];
    for (name, text) in shipped::ALL {
        let plan = plan(&core(text));
        let whole = results(&plan, 9, 0..RUNS, 2);
        let mut merged = Results::new(&plan.observed);
        for ends in cuts.windows(2).rev() {
            merged.merge(&results(&plan, 9, ends[0]..ends[1], 2));
        }
        assert!(whole == merged, "{name}");
        assert_eq!(json(&plan, &whole), json(&plan, &merged), "{name}");
    }
}

/// Fails if a run depends on those played before it, or on the block that it is in.
#[test]
fn blocks_do_not_show() {
    for (name, text) in shipped::ALL {
        let plan = plan(&core(text));
        let whole = Player::new(&plan, 9).block(0, 1000);
        let mut player = Player::new(&plan, 9);
        for (first, length) in [(990, 10), (3, 1), (0, 7), (500, 100), (2, 2)] {
            let part = player.block(first, length);
            let range = first as usize..first as usize + length;
            assert_eq!(part.checksums, whole.checksums[range.clone()], "{name}");
            assert_eq!(part.outcomes, whole.outcomes[range.clone()], "{name}");
            assert_eq!(part.endings, whole.endings[range], "{name}");
        }
    }
}

/// Fails if the seed does not change the draws of every run, or if two runs share theirs.
#[test]
fn seeds_and_runs_differ() {
    for (name, text) in shipped::ALL {
        let plan = plan(&core(text));
        let (one, other) = (
            Player::new(&plan, 9).block(0, 500),
            Player::new(&plan, 10).block(0, 500),
        );
        let mut all = [one.checksums, other.checksums].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 1000, "{name}");
    }
}

/// Things that touch nothing else: draws, clocks of each kind, branches, a deal with its own supplier.
const UNRELATED: &str = r#"
    [variables.unrelated_count]
    initial = 0
    [events.unrelated_rate]
    rate = "2 + unrelated"
    repeats = true
    then = ["unrelated_count += 1"]
    [events.unrelated_rate.branches.one]
    weight = 1
    [events.unrelated_rate.branches.two]
    weight = "unrelated"
    [events.unrelated_rate.branches.three]
    weight = 3
    [events.unrelated_delay]
    after = { gamma = [2, "1 month"] }
    repeats = true
    [events.unrelated_delay.branches.one]
    weight = 1
    [events.unrelated_delay.branches.two]
    weight = 2
    [events.unrelated_day]
    on = 2018-03-01
    [events.unrelated_window]
    when = "now > 0.77 && now < 1.9"
    rate = 3
    [events.unrelated_at_once]
    when = "unrelated_count > 2"
    [measures.unrelated_measure]
    value = "unrelated_count"
    [series.unrelated_series]
    value = "unrelated_count + unrelated"
    every = "70 days"
"#;

const UNRELATED_DEAL: &str = r#"
    [systems.unrelated_system]
    category = "unrelated"
    tiv = "1 + unrelated"
    [actors.unrelated_buyer.inventory]
    unrelated_system = 7
    [actors.unrelated_seller]
    [suppliers.unrelated_seller]
    sells = ["unrelated_system"]
    [suppliers.unrelated_seller.policy.unrelated_rule]
    when = "objectors.exists(o, true)"
    chance = 0.5
    decision = "delay"
    for = "1 month"
    [deals.unrelated_deal]
    supplier = "unrelated_seller"
    recipient = "unrelated_buyer"
    system = "unrelated_system"
    quantity = 3
    genuine = 0.5
    signs = { rate = 2 }
    collapses = { rate = 0.5 }
    objections.unrelated_buyer_b = { rate = 1 }
    [actors.unrelated_buyer_b]
"#;

/// The rows of what both observe.
fn same_rows(name: &str, with: (&Plan, &Block), without: (&Plan, &Block)) {
    assert_eq!(with.1.endings, without.1.endings, "{name}");
    assert_eq!(with.1.outcomes, without.1.outcomes, "{name}: the outcome of every run");
    for (label, column) in without.0.observed.measures.iter().zip(&without.1.measures) {
        let other = &with.1.measures[position(&with.0.observed.measures, &label.id)];
        let bits = |column: &[f64]| column.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert!(bits(column) == bits(other), "{name}: {} of every run", label.id);
    }
    for (label, column) in without.0.observed.events.iter().zip(&without.1.counts) {
        let other = &with.1.counts[position(&with.0.observed.events, &label.id)];
        assert_eq!(column, other, "{name}: {} in every run", label.id);
    }
}

/// Fails if anything that is added moves a draw, touches a clock that it does not concern, or rounds anew what has not
/// changed; wherever in the file it stands.
#[test]
fn what_is_unrelated_changes_nothing() {
    for (name, text) in shipped::ALL {
        let without = plan(&core(text));
        let expected = Player::new(&without, 9).block(0, RUNS as usize);
        let parameter = "[parameters]\nunrelated = { pert = [0.5, 1, 2] }\n";
        let text = text.replacen("[parameters]\n", parameter, 1);
        let variants = [
            format!("{text}\n{UNRELATED}"),
            format!("{UNRELATED}\n{text}"),
            // The benchmark has no deals of its own; it may have one all the same.
            format!("{text}\n{UNRELATED_DEAL}"),
            format!("{UNRELATED_DEAL}\n{UNRELATED}\n{text}"),
        ];
        for variant in variants {
            let with = plan(&core(&variant));
            let found = Player::new(&with, 9).block(0, RUNS as usize);
            same_rows(name, (&with, &found), (&without, &expected));
        }
    }
}

const THREE_WAYS: &str = r#"
    [scenario]
    title = "Three ways"
    start = 2001-01-01
    horizon = "2 years"
    [variables]
    way = { states = ["none", "one", "two", "three", "four"] }
    [events.turns]
    rate = 2
    [events.turns.branches.one]
    weight = 1
    then = ["way = 'one'"]
    [events.turns.branches.two]
    weight = 2
    then = ["way = 'two'"]
    [events.turns.branches.three]
    weight = 3
    then = ["way = 'three'"]
    [outcomes]
    one = "way == 'one'"
    two = "way == 'two'"
    three = "way == 'three'"
    four = "way == 'four'"
"#;

/// Fails if a branch added to three moves a run from one of them to another.
#[test]
fn another_branch_takes_but_does_not_move() {
    let three = plan(&core(THREE_WAYS));
    let fourth = "[events.turns.branches.four]\nweight = WEIGHT\nthen = [\"way = 'four'\"]\n[outcomes]";
    let before = Player::new(&three, 9).block(0, 5000).outcomes;
    for (weight, share) in [("0", 0.0), ("2", 0.25)] {
        let four = plan(&core(
            &THREE_WAYS.replace("[outcomes]", &fourth.replace("WEIGHT", weight)),
        ));
        let after = Player::new(&four, 9).block(0, 5000).outcomes;
        let moved = before.iter().zip(&after).filter(|(before, after)| before != after);
        assert!(moved.clone().all(|(_, after)| *after == 3), "only to the new branch");
        // Of the runs that turn at all, which is 1 - exp(-4) of them.
        let turned = before.iter().filter(|outcome| **outcome < 3).count() as f64;
        let found = moved.count() as f64 / turned;
        assert!(
            (found - share).abs() <= 4.0 * (share * (1.0 - share) / turned).sqrt(),
            "{found} not {share}"
        );
    }
}

/// What is worked out anew and found to be the same is not touched: not by rounding, and not in its draws. Fails if a clock
/// whose inputs change, but not its rate, its condition or its pause, rings at another time in its last bit.
#[test]
fn an_equal_rate_is_not_touched() {
    let text = r#"
        [scenario]
        title = "Much ado"
        start = 2001-01-01
        horizon = "30 years"
        [variables]
        x = 0
        [events.noise]
        rate = RATE
        repeats = true
        then = ["x += 1"]
        [events.rated]
        when = "x >= 0"
        hold = "x < 0"
        rate = "x > 1000 ? 5 : 0.3"
        [events.delayed]
        when = "x > -1"
        hold = "x > 5000"
        after = { uniform = ["1 year", "9 years"] }
        [measures]
        rated = "time_of(rated)"
        delayed = "time_of(delayed)"
    "#;
    let times = |rate: &str| {
        let plan = plan(&core(&text.replace("RATE", rate)));
        Player::new(&plan, 9).block(0, 2000).measures
    };
    assert!(times("0") == times("10"), "every time, to the bit");
}

/// Fails if a zero keeps its sign: it would print as -0, and have another fingerprint.
#[test]
fn zeros_have_no_sign() {
    let text = r#"
        [scenario]
        title = "Zeros"
        start = 2001-01-01
        horizon = "1 year"
        [parameters]
        drawn = { uniform = ["-1", 1] }
        [variables]
        zero = -0.0
        [events.flips]
        after = "1 month"
        then = ["zero = -1 * 0"]
        [measures]
        zero = "zero"
        negative = "0 * -drawn"
        sum = "-zero"
        [series]
        zero = { value = "-zero * 1", every = "1 month" }
    "#;
    let plan = plan(&core(text));
    let block = Player::new(&plan, 1).block(0, 100);
    assert!(block.endings.iter().all(|ending| *ending == Ending::Valid));
    let columns = block.measures.iter().chain(block.series.iter().flatten());
    assert!(columns.flatten().all(|value| value.to_bits() == 0));
}

/// Fails if it shows in a checksum which NaN an operation gave: that is the machine's choice.
#[test]
fn the_kind_of_a_nan_does_not_show() {
    let checksum = |measure: &str| {
        let text = format!(
            r#"
            [scenario]
            title = "A test"
            start = 2001-01-01
            horizon = "4 years"
            [variables]
            zero = 0
            [events.e]
            rate = 1
            [measures]
            nothing = "{measure}"
            "#
        );
        results(&plan(&core(&text)), 9, 0..100, 1).checksum()
    };
    let expected = checksum("zero / zero");
    for measure in ["-(zero / zero)", "sqrt(zero - 1)", "ln(zero - 1)", "exp(1000) * zero"] {
        assert_eq!(checksum(measure), expected, "{measure}");
    }
}

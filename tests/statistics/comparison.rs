//! Comparisons against differences that are known exactly: how often intervals hold them, what changes nothing, which edit
//! moved what.

use std::sync::atomic::AtomicBool;

use equipoise::analysis::compare::{
    Compared, Edits, Joint, Layout, MeasureComparison, OutcomeComparison, Pairs, Shapley, attribution, compared, edits,
    side,
};
use equipoise::diagnostic::{Faults, Files};
use equipoise::engine::{JointFold, Options, play_together};
use equipoise::plan::{Plan, plan};
use equipoise::scenario::{Written, differences, load_written_text};

use crate::play::core;

fn together<F: JointFold>(plans: &[&Plan], seed: u64, runs: u64, threads: usize, new: impl Fn() -> F + Sync) -> F {
    let options = Options {
        threads,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    let mut fold = new();
    assert_eq!(play_together(plans, seed, 0..runs, &options, &mut fold, &new), runs);
    fold
}

fn pairs(first: &Plan, second: &Plan, seed: u64, runs: u64) -> Pairs {
    let layout = Layout::new(first, second);
    let new = || Joint {
        pairs: vec![Pairs::new(layout.clone(), 0)],
    };
    let mut joint = together(&[first, second], seed, runs, 2, new);
    joint.pairs.remove(0)
}

fn said(pairs: &Pairs) -> Compared {
    let scenario = side("B".to_owned(), &core(&coins("0.5", "0.5")), String::new());
    compared(scenario, Vec::new(), None, pairs)
}

fn comparison(first: &str, second: &str, seed: u64, runs: u64) -> Compared {
    said(&pairs(&plan(&core(first)), &plan(&core(second)), seed, runs))
}

fn outcome<'c>(compared: &'c Compared, name: &str) -> &'c OutcomeComparison {
    let found = compared.outcomes.iter().find(|outcome| outcome.name == name);
    found.unwrap_or_else(|| panic!("no outcome {name}"))
}

fn measure<'c>(compared: &'c Compared, name: &str) -> &'c MeasureComparison {
    let found = compared.measures.iter().find(|measure| measure.name == name);
    found.unwrap_or_else(|| panic!("no measure {name}"))
}

/// Three coins; the outcome is `p && condition`.
fn coins(chance: &str, condition: &str) -> String {
    format!(
        r#"
[scenario]
title   = "Coins"
start   = 2020-01-01
horizon = "1 year"
[parameters]
p = {{ bernoulli = {chance} }}
q = {{ bernoulli = 0.7 }}
r = {{ bernoulli = 0.8 }}
x = {{ normal = [0, 1] }}
[definitions]
others = "(q ? 1 : 0) + (r ? 1 : 0)"
[outcomes]
yes = "p && {condition} > 0.1"
[measures]
score = "x + {condition} + others"
"#
    )
}

/// The shares of 1,000 seeds in which an interval held what it should.
fn held(first: &str, second: &str, runs: u64, holds: impl Fn(&Compared) -> [bool; 2]) -> [f64; 2] {
    let (first, second) = (plan(&core(first)), plan(&core(second)));
    let mut held = [0_u32; 2];
    for seed in 0..1000 {
        let found = holds(&said(&pairs(&first, &second, seed, runs)));
        for (count, holds) in held.iter_mut().zip(found) {
            *count += u32::from(holds);
        }
    }
    held.map(|count| f64::from(count) / 1000.0)
}

fn assert_covers(what: &str, share: f64) {
    assert!((0.935..=0.965).contains(&share), "{what}: held in {share} of the seeds");
}

/// `p && q` against `p && r`, where pairs differ in both directions: 0.6 (0.8 - 0.7); a score whose mean moves by 0.1. Fails
/// if an interval forgets that the runs are common (it would hold too often), or is too narrow.
#[test]
fn intervals_of_paired_differences_hold_them_as_often_as_they_say() {
    let [share, mean] = held(
        &coins("0.6", "(q ? 1 : 0)"),
        &coins("0.6", "(r ? 1 : 0)"),
        500,
        |compared| {
            let [low, high] = outcome(compared, "yes").share.difference_ci95;
            let means = measure(compared, "score").means;
            let [mean_low, mean_high] = means.mean_difference_ci95.expect("there are values");
            [low <= 0.06 && 0.06 <= high, mean_low <= 0.1 && 0.1 <= mean_high]
        },
    );
    assert_covers("difference of shares", share);
    assert_covers("difference of means", mean);
}

/// A chance that only rises, 0.02 to 0.03: pairs differ in one direction alone, and few of them.
#[test]
fn intervals_hold_small_differences_in_one_direction() {
    let [share, _] = held(&coins("0.02", "1"), &coins("0.03", "1"), 2000, |compared| {
        let [low, high] = outcome(compared, "yes").share.difference_ci95;
        [low <= 0.01 && 0.01 <= high, true]
    });
    assert_covers("small difference", share);
}

/// The variance of the difference of two coupled chances, 0.6 and 0.5: 0.1 x 0.9 over 0.24 + 0.25; of what has nothing in
/// common, 1; of opposites, 2 (it can exceed 1).
#[test]
fn the_variance_ratio_is_that_of_the_coupling() {
    let ratio = |first: &str, second: &str| {
        let compared = comparison(first, second, 1, 40_000);
        outcome(&compared, "yes")
            .share
            .variance_ratio
            .expect("there is variance")
    };
    let coupled = ratio(&coins("0.6", "1"), &coins("0.5", "1"));
    let apart = ratio(&coins("1", "(q ? 1 : 0)"), &coins("1", "(r ? 1 : 0)"));
    let opposite = ratio(&coins("1", "(q ? 1 : 0)"), &coins("1", "(q ? 0 : 1)"));
    for (found, expected) in [(coupled, 0.09 / 0.49), (apart, 1.0), (opposite, 2.0)] {
        assert!((found - expected).abs() < 0.03, "{found} for {expected}");
    }
}

const CLOCK: &str = r#"
[scenario]
title   = "Clock"
start   = 2020-01-01
horizon = "2 years"
[events.sale]
rate = RATE
[outcomes]
sold = "fired(sale)"
[measures]
sold_after = "time_of(sale)"
"#;

/// Clocks with the rates 0.5 and 1 that share their threshold E: the first rings at 2E, the second at E. Before 2 years both
/// ring with 1 - e^-1, only the second with e^-1 - e^-2, and the mean of T up to h is (1 - e^(-rate h)) / rate. Where both
/// rang, the difference is -E given E < 1: -(1 - 2/e) / (1 - 1/e). All within four standard errors.
#[test]
fn times_that_may_never_come_have_their_closed_forms() {
    const RUNS: u64 = 100_000;
    let compared = comparison(&CLOCK.replace("RATE", "0.5"), &CLOCK.replace("RATE", "1.0"), 3, RUNS);
    let measure = measure(&compared, "sold_after");
    let times = measure.times.expect("a time that may never come");
    let (once, twice) = ((-1.0_f64).exp(), (-2.0_f64).exp());
    let cells = [
        measure.both,
        measure.only_baseline,
        measure.only_compared,
        measure.neither,
    ];
    for (count, chance) in cells.into_iter().zip([1.0 - once, 0.0, once - twice, twice]) {
        let error = (chance * (1.0 - chance) / RUNS as f64).sqrt();
        let share = count as f64 / RUNS as f64;
        assert!((share - chance).abs() <= 4.0 * error, "{share} for {chance}");
    }
    let close = |found: Option<f64>, interval: Option<[f64; 2]>, expected: f64| {
        let [low, high] = interval.expect("there are values");
        let error = (high - low) / 2.0 / 1.96;
        let found = found.expect("there are values");
        assert!(
            (found - expected).abs() <= 4.0 * error,
            "{found} for {expected} ± {error}"
        );
    };
    let restricted = times.restricted;
    let expected = (1.0 - twice) - (1.0 - once) / 0.5;
    close(restricted.mean_difference, restricted.mean_difference_ci95, expected);
    let (means, expected) = (measure.means, -(1.0 - 2.0 * once) / (1.0 - once));
    close(means.mean_difference, means.mean_difference_ci95, expected);
    // The area between the distribution functions is the difference of the restricted means, as one clock is always first.
    let area = measure.wasserstein.expect("there are values");
    assert!((area + restricted.mean_difference.expect("there are values")).abs() < 1e-9);
}

/// Fails if what happens beside the story, with draws of its own, moves any difference off 0.
#[test]
fn an_irrelevant_event_changes_nothing() {
    const IRRELEVANT: &str = r#"
[variables.beside]
initial = 0
[events.beside_the_story]
rate    = 3
repeats = true
then    = ["beside += 1"]
"#;
    for name in ["polonez", "mistral", "s300_cyprus", "s300_iran", "race"] {
        let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a shipped scenario");
        // Where the scenario writes [events] as one table, another header of its entries may follow.
        let added = format!("{text}\n{IRRELEVANT}");
        for (other, stories) in [(&text, 2000), (&added, 0)] {
            let compared = comparison(&text, other, 2016, 2000);
            assert!(compared.identical && compared.pairs == 2000, "{name}");
            assert!((compared.identical_stories == 2000) == (stories == 2000), "{name}");
            assert_eq!(compared.total_variation, Some(0.0));
            assert_eq!(compared.jensen_shannon, Some(0.0));
            for outcome in &compared.outcomes {
                assert_eq!(outcome.share.difference, Some(0.0), "{name}: {}", outcome.name);
            }
            for measure in compared.measures.iter().filter(|measure| measure.both > 0) {
                assert_eq!(measure.means.mean_difference, Some(0.0), "{name}: {}", measure.name);
                assert_eq!(measure.means.mean_difference_ci95, Some([0.0; 2]));
                assert_eq!(
                    (measure.wasserstein, measure.kolmogorov_smirnov),
                    (Some(0.0), Some(0.0))
                );
                let restricted = measure.times.map(|times| times.restricted.mean_difference);
                assert!(restricted.is_none_or(|difference| difference == Some(0.0)));
            }
        }
    }
}

/// Fails if a run that fails under one of two plans is used, or not counted: one fails with 0.3, the other with 0.2, and the
/// draws have nothing in common.
#[test]
fn pairs_with_an_invalid_run_are_lost_and_counted() {
    let failing = |coin: &str| {
        coins("0.5", "1")
            + &format!("[variables.stock]\ninitial = \"{coin} ? 0 : -1\"\nat_least = \"-2 + {coin}_less\"\n")
    };
    let with = |coin: &str, chance: &str| {
        failing(coin).replace(
            "[definitions]\n",
            &format!("{coin} = {{ bernoulli = {chance} }}\n[definitions]\n{coin}_less = 2\n"),
        )
    };
    let compared = comparison(&with("a", "0.7"), &with("b", "0.8"), 5, 20_000);
    let lost = compared.lost;
    assert_eq!(compared.pairs + lost.baseline + lost.compared + lost.both, 20_000);
    for (count, chance) in [
        (compared.pairs, 0.56),
        (lost.baseline, 0.24),
        (lost.compared, 0.14),
        (lost.both, 0.06),
    ] {
        let error = (chance * (1.0 - chance) / 20_000.0_f64).sqrt();
        assert!(
            (count as f64 / 20_000.0 - chance).abs() < 4.0 * error,
            "{count} for {chance}"
        );
    }
    assert_eq!(outcome(&compared, "yes").share.difference, Some(0.0));
}

/// Fails if outcomes that only one file has are dropped, or taken for others.
#[test]
fn outcomes_of_either_are_compared() {
    let first = coins("0.5", "1");
    let second = first.replace("yes = ", "other = ");
    let compared = comparison(&first, &second, 1, 1000);
    assert!(!compared.same_outcomes);
    let names: Vec<&str> = compared.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
    assert_eq!(names, ["yes", "other", "unresolved"]);
    let (yes, other) = (outcome(&compared, "yes"), outcome(&compared, "other"));
    assert!(yes.baseline.declared && !yes.compared.declared && yes.compared.count == 0);
    assert_eq!(yes.baseline.count, other.compared.count);
    assert_eq!(compared.transitions.counts[0][1], yes.baseline.count);
}

fn written(text: &str, files: &mut Files) -> Written {
    let mut faults = Faults::default();
    let written = load_written_text("test.toml", text, None, &[], files, &mut faults);
    assert!(!faults.has_errors());
    written
}

fn shapley(edits: &Edits, seed: u64, runs: u64, threads: usize) -> Shapley {
    let plans: Vec<&Plan> = edits.plans.iter().collect();
    let layouts = || plans.iter().map(|plan| Layout::new(plans[0], plan)).collect();
    together(&plans, seed, runs, threads, || Shapley::new(layouts()))
}

/// Two edits that do nothing alone and all together share what they do, and one that does nothing has none of it: the
/// outcome needs p and q, which come up with 0 and then with 1. A measure to which each adds its own has each its own.
#[test]
fn shapley_values_are_those_of_small_games() {
    const GAME: &str = r#"
[scenario]
title   = "Game"
start   = 2020-01-01
horizon = "1 year"
[parameters]
p = 0
q = 0
idle = 0
x = { normal = [0, 1] }
[outcomes]
won = "p + q > 1.5 && idle < 10"
[measures]
sum = "x + 2 * p + 3 * q"
"#;
    let mut files = Files::default();
    let first = written(GAME, &mut files);
    let changed = GAME
        .replace("p = 0", "p = 1")
        .replace("q = 0", "q = 1")
        .replace("idle = 0", "idle = 1");
    let second = written(&changed, &mut files);
    let edits = edits(&first, &second, &[], &files).expect("three edits");
    assert_eq!(edits.addresses, [["p"], ["q"], ["idle"]]);
    let found = attribution(edits.addresses.clone(), &shapley(&edits, 1, 1000, 2));
    assert_eq!((found.runs, found.plans), (1000, 8));
    let moved: Vec<Option<f64>> = found.edits.iter().map(|edit| edit.outcomes[0].difference).collect();
    assert_eq!(moved, [Some(0.5), Some(0.5), Some(0.0)]);
    for (edit, expected) in found.edits.iter().zip([2.0, 3.0, 0.0]) {
        let moved = edit.measures[0].difference.expect("there are values");
        assert!((moved - expected).abs() < 1e-12, "{moved} for {expected}");
    }
}

/// Fails if the values of the edits of a real scenario do not add up to the whole difference, or depend on the threads; or
/// if an edit that cannot be made without another is tried alone.
#[test]
fn shapley_values_add_up() {
    let path = format!("{}/scenarios/polonez.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a shipped scenario");
    let changed = text
        .replace(
            "leverage     = { beta = [2, 6]",
            "haste = 2\nleverage     = { beta = [4, 4]",
        )
        .replace("rate    = \"4 * resolve\"", "rate    = \"haste * resolve\"");
    let mut files = Files::default();
    let (first, second) = (written(&text, &mut files), written(&changed, &mut files));
    let edits = edits(&first, &second, &[], &files).expect("three places");
    // The rate reads what is added: these two can only be made together.
    let mut addresses = edits.addresses.clone();
    addresses.iter_mut().for_each(|group| group.sort());
    addresses.sort();
    assert_eq!(
        addresses,
        [vec!["armenia.objects.balance.rate", "haste"], vec!["leverage"]]
    );
    let one = attribution(edits.addresses.clone(), &shapley(&edits, 2016, 3000, 1));
    assert_eq!(
        one,
        attribution(edits.addresses.clone(), &shapley(&edits, 2016, 3000, 2))
    );
    let whole = comparison(&text, &changed, 2016, 3000);
    for (index, outcome) in whole.outcomes.iter().enumerate() {
        let moved = one
            .edits
            .iter()
            .map(|edit| edit.outcomes[index].difference.expect("there are runs"));
        let sum: f64 = moved.sum();
        let expected = outcome.share.difference.expect("there are runs");
        assert!((sum - expected).abs() < 1e-12, "{}: {sum} for {expected}", outcome.name);
    }
}

/// Fails if the scenario with some of the differences from another is not what one would write by hand, or with all of them
/// is not the other, run by run; new events and rules at their places included.
#[test]
fn all_differences_make_the_other_scenario() {
    let path = format!("{}/scenarios/polonez.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a shipped scenario");
    let changed = text
        .replace("[suppliers.belarus.policy.wait]", "[suppliers.belarus.policy.first]\ndecision = \"delay\"\nwhen = \"deal.delays == 0\"\nfor = \"1 month\"\n[suppliers.belarus.policy.wait]")
        .replace("fell_through       =", "delayed = \"polonez_sale.delays > 0\"\nfell_through       =")
        .replace("[events.war]", "[events.war]\nhold = \"tension > 2.9\"")
        .replace("ally_price   = { value = 0.6,", "ally_price   = { value = 0.7,");
    let mut files = Files::default();
    let (first, second) = (written(&text, &mut files), written(&changed, &mut files));
    let all = differences(&first, &second);
    let addresses: Vec<&str> = all.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(
        addresses,
        ["ally_price", "belarus.policy.first", "war.hold", "outcomes.delayed"]
    );
    let plan_of = |written: &Written| {
        let scenario = written.scenario(&mut Faults::default()).expect("a scenario");
        plan(&equipoise::model::check(&scenario, &files, &mut Faults::default()).expect("a core"))
    };
    let same_stories = |one: &Written, other: &Written| pairs(&plan_of(one), &plan_of(other), 3, 500).same_story;
    assert_eq!(same_stories(&first, &first.with(&second, &[])), 500);
    for (one, other) in [(&first, &second), (&second, &first)] {
        let all = differences(one, other);
        assert_eq!(
            same_stories(other, &one.with(other, &all.iter().collect::<Vec<_>>())),
            500
        );
    }
    // Only the price: what one would write by hand.
    let by_hand = text.replace("ally_price   = { value = 0.6,", "ally_price   = { value = 0.7,");
    let only_price: Vec<_> = all.iter().filter(|one| one.address == "ally_price").collect();
    assert_eq!(
        same_stories(
            &written(&by_hand, &mut Files::default()),
            &first.with(&second, &only_price)
        ),
        500
    );
}

fn with_series(rate: &str, every: &str) -> String {
    let series = format!("[series]\nsold = {{ value = \"fired(sale) ? 1 : 0\", every = \"{every}\" }}\n");
    format!("{}{series}", CLOCK.replace("RATE", rate))
}

/// A clock of rate 0.5 against one of rate 0.9 with the same threshold: by t it has rung in e^-0.5t - e^-0.9t more of the runs,
/// and in none fewer, so that the variance of the difference of a run is that of a coin. Within 4.5 standard errors, which chance
/// exceeds once in 150,000 cases. Fails if series are paired by another date, or their interval forgets the common runs.
#[test]
fn series_differ_by_their_closed_forms() {
    let (runs, slow, fast) = (20_000_u64, 0.5_f64, 0.9_f64);
    let compared = comparison(
        &with_series("0.5", "3 months"),
        &with_series("0.9", "3 months"),
        3,
        runs,
    );
    let [series] = compared.series.as_slice() else {
        panic!("one series: {:?}", compared.series)
    };
    assert_eq!((series.name.as_str(), series.points.len()), ("sold", 9));
    assert_eq!(
        series.points[0].means.mean_difference_ci95,
        Some([0.0, 0.0]),
        "nothing has rung yet"
    );
    for point in &series.points[1..] {
        let exact = (-slow * point.time).exp() - (-fast * point.time).exp();
        let error = (exact * (1.0 - exact) / runs as f64).sqrt();
        let found = point.means.mean_difference.expect("there are runs");
        assert!(
            (found - exact).abs() < 4.5 * error,
            "{}: {found} for {exact}",
            point.date
        );
        let [low, high] = point.means.mean_difference_ci95.expect("there are runs");
        let width = 2.0 * 1.959_964 * error;
        assert!(
            (high - low) / width > 0.97 && (high - low) / width < 1.03,
            "{}",
            point.date
        );
        assert_eq!(point.both, runs);
        assert!(!point.means.within_noise);
    }
}

/// Fails if dates that only one side has are compared, or passed over in silence, or if a series of one side is.
#[test]
fn series_are_compared_on_the_dates_of_both() {
    let compared = comparison(
        &with_series("0.5", "3 months"),
        &with_series("0.5", "6 months"),
        3,
        1000,
    );
    let series = &compared.series[0];
    assert_eq!(
        (
            series.points.len(),
            series.dates_only_baseline,
            series.dates_only_compared
        ),
        (5, 4, 0)
    );
    assert!(
        series
            .points
            .iter()
            .all(|point| point.means.mean_difference_ci95 == Some([0.0, 0.0]))
    );
    let times: Vec<f64> = series.points.iter().map(|point| point.time).collect();
    assert_eq!(times, [0.0, 0.5, 1.0, 1.5, 2.0]);
    let without = comparison(&with_series("0.5", "3 months"), &CLOCK.replace("RATE", "0.5"), 3, 1000);
    assert!(without.series.is_empty());
    assert_eq!(without.unmatched_series, ["sold"]);
}

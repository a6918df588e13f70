//! Probabilities of causation of textbook cases: known by hand, and counted exactly.

use std::sync::atomic::AtomicBool;

use equipoise::analysis::causes::{Cause, Causes, candidates, causes};
use equipoise::engine::{Block, Intervention, NoWitness, Options, Player, play};
use equipoise::plan::{Plan, plan};

use crate::play::{core, position};

/// How many standard errors a share may be off: one in 1.7 million by chance, and the seeds are fixed.
const ERRORS: f64 = 5.0;

pub fn planned(rest: &str) -> Plan {
    plan(&core(&format!(
        "[scenario]\ntitle = \"Causes\"\nstart = 2001-01-01\nhorizon = \"1 year\"\n{rest}"
    )))
}

pub fn asked(plan: &Plan, outcome: &str, events: &[&str], runs: u64, threads: usize) -> Causes {
    let options = Options {
        threads,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    let outcome = position(&plan.observed.outcomes, outcome);
    let events: Vec<usize> = events.iter().map(|id| position(&plan.observed.events, id)).collect();
    causes(plan, 3, 0..runs, &options, outcome, &events, runs)
}

pub fn of<'a>(found: &'a Causes, event: &str) -> &'a Cause {
    let cause = found.causes.iter().find(|cause| cause.event == event);
    cause.unwrap_or_else(|| panic!("nothing of {event}"))
}

/// Fails if a share is further from a known one than the number of runs allows.
pub fn near(share: &equipoise::analysis::causes::Share, known: f64) {
    let found = share.share.expect("a share");
    let error = (known * (1.0 - known) / share.of as f64).sqrt();
    assert!(
        (found - known).abs() <= ERRORS * error,
        "{found} of {} not {known}",
        share.of
    );
}

/// The firing squad of J. Pearl, Causality (2009), section 7.1.2: the court orders, the captain signals, both riflemen shoot
/// when he does, and one of them may be nervous. Had rifleman A held back, the prisoner would have died all the same: the
/// captain had signalled, so B shot. Fails if a counterfactual forgets what was observed, or an intervention does not.
const FIRING_SQUAD: &str = r#"
    [parameters]
    ordered = { bernoulli = 0.7 }
    nervous = { bernoulli = 0.2 }
    [events.captain_signals]
    when = "ordered"
    [events.a_shoots]
    when = "fired(captain_signals) || nervous"
    [events.b_shoots]
    when = "fired(captain_signals)"
    [outcomes]
    dead = "fired(a_shoots) || fired(b_shoots)"
    alive = true
"#;

#[test]
fn firing_squad() {
    let plan = planned(FIRING_SQUAD);
    let found = asked(&plan, "dead", &["captain_signals", "a_shoots", "b_shoots"], 20_000, 2);
    let (signal, a, b) = (
        of(&found, "captain_signals"),
        of(&found, "a_shoots"),
        of(&found, "b_shoots"),
    );
    // He dies with 0.7 + 0.3 x 0.2. A's shot was needed only where A was nervous and there was no order.
    near(&a.counterfactual.necessity, 0.06 / 0.76);
    // B shoots on the signal, and so does A.
    assert_eq!(b.counterfactual.necessity.count, 0);
    // Without the signal A shoots all the same if nervous.
    near(&signal.counterfactual.necessity, 0.8);
    // Where nobody shot and he lives, a shot by A kills him; without an order B cannot be made to shoot, nor can the signal be
    // given, since nothing but their condition is open to them.
    assert_eq!(a.counterfactual.sufficiency.count, 0);
    assert_eq!(a.not_forceable[1], a.observed.neither);
    assert_eq!(signal.counterfactual.sufficiency.count, 0);
    // Where he lives, and where only A was nervous: nobody could have given the signal.
    assert_eq!(
        signal.not_forceable,
        [signal.observed.came_only, signal.observed.neither]
    );
    // An intervention asks of all runs: without A, he dies where there was an order.
    near(&a.intervened.without, 0.7);
    // A and B together: where there was an order, neither was needed, and both were.
    let pair = &found.pairs[0];
    assert_eq!(pair.events, ["a_shoots".to_owned(), "b_shoots".to_owned()]);
    assert_eq!(pair.needed_together.share, Some(1.0));
    near(&equipoise_share(pair.needed_together.of, found.runs), 0.7);
}

fn equipoise_share(count: u64, of: u64) -> equipoise::analysis::causes::Share {
    equipoise::analysis::causes::Share {
        count,
        of,
        share: Some(count as f64 / of as f64),
        simulation_ci95: [0.0, 1.0],
    }
}

/// Two assassins, each of whom hits with a chance, shoot on their own: where both hit, neither was needed and both together
/// were; where one did, that one was.
#[test]
fn two_assassins() {
    let plan = planned(
        r#"
        [parameters]
        first_hits = { bernoulli = 0.6 }
        second_hits = { bernoulli = 0.5 }
        [variables]
        wounds = 0
        [events.first]
        on = 2001-02-01
        then = ["wounds += first_hits ? 1 : 0"]
        [events.second]
        on = 2001-02-01
        then = ["wounds += second_hits ? 1 : 0"]
        [outcomes]
        dead = "wounds > 0"
        "#,
    );
    let found = asked(&plan, "dead", &["first", "second"], 20_000, 1);
    // He dies with 1 - 0.4 x 0.5 = 0.8; only the first hit in 0.3, only the second in 0.2, both in 0.3.
    near(&of(&found, "first").counterfactual.necessity, 0.3 / 0.8);
    near(&of(&found, "second").counterfactual.necessity, 0.2 / 0.8);
    let pair = &found.pairs[0].needed_together;
    assert_eq!(pair.share, Some(1.0));
    near(&equipoise_share(pair.of, found.runs), 0.3);
    // Where the first was not needed, the second settles it: at the same time, so another way.
    let first = of(&found, "first").counterfactual.not_needed;
    assert_eq!(
        (first.later, first.unmoved + first.otherwise),
        (
            0,
            of(&found, "first").observed.fired_and_came - of(&found, "first").counterfactual.necessity.count
        )
    );
}

/// The sprinkler of J. Pearl, Causality (2009), section 1.2: by season it rains or the sprinkler is on, and either makes the
/// grass slippery. What one sees, does and would have seen differ, and are all known by hand.
#[test]
fn sprinkler() {
    let plan = planned(
        r#"
        [parameters]
        dry_season = { bernoulli = 0.5 }
        sets_it = { bernoulli = "dry_season ? 0.9 : 0.2" }
        rains = { bernoulli = "dry_season ? 0.1 : 0.8" }
        [variables]
        chosen = false
        [events.somebody_passes]
        on = 2001-03-01
        then = ["chosen = true"]
        [events.rain]
        when = "chosen && rains"
        [events.sprinkler]
        when = "chosen"
        after = "sets_it ? 1 / 365.25 : 3"
        [events.slips]
        on = 2001-06-01
        when = "fired(rain) || fired(sprinkler)"
        [outcomes]
        slips = "fired(slips)"
        "#,
    );
    let found = asked(&plan, "slips", &["sprinkler"], 40_000, 2);
    let sprinkler = of(&found, "sprinkler");
    // Seen: sprinkler and slippery, 0.5 x 0.9 + 0.5 x 0.2; slippery, 0.5 x (1 - 0.1 x 0.9) + 0.5 x (1 - 0.8 x 0.2).
    let on = 0.5 * 0.9 + 0.5 * 0.2;
    near(&equipoise_share(sprinkler.observed.fired_and_came, found.runs), on);
    assert_eq!(sprinkler.observed.fired_only, 0);
    // Done: with the sprinkler on always it is slippery always; with it off, where it rains.
    assert_eq!(sprinkler.intervened.with.share, Some(1.0));
    near(&sprinkler.intervened.without, 0.5 * 0.1 + 0.5 * 0.8);
    // Would have been: where the sprinkler was on and it was slippery, off it would have been dry unless it rained; the
    // sprinkler tells of the season, so that it rained less there than it does in general. 1 - 0.45 is the intervention's.
    let necessity = (0.5 * 0.9 * 0.9 + 0.5 * 0.2 * 0.2) / on;
    near(&sprinkler.counterfactual.necessity, necessity);
    assert!(
        (necessity - (1.0 - 0.45)).abs() > 0.2,
        "an intervention is not a counterfactual"
    );
    // Where it was dry, the sprinkler would have made it slippery.
    assert_eq!(sprinkler.counterfactual.sufficiency.share, Some(1.0));
    // What is observed and intervened leaves no more open than this, and no less.
    let [low, high] = sprinkler.counterfactual.necessity_bounds.expect("bounds");
    let found = sprinkler.counterfactual.necessity.share.expect("a share");
    assert!(low <= found + 1e-12 && found <= high + 1e-12);
    assert!((high - low).abs() < 1e-9, "without harm the bounds meet");
}

/// A forest fire needs a match or lightning, and dry wood for either: PN and PS of the match by hand.
#[test]
fn forest_fire() {
    let plan = planned(
        r#"
        [parameters]
        dry = { bernoulli = 0.6 }
        struck = { bernoulli = 0.3 }
        lightning = { bernoulli = 0.1 }
        [events.lightning_strikes]
        on = 2001-05-01
        when = "lightning"
        [events.match_is_dropped]
        after = "struck ? 0.5 : 2"
        [events.burns]
        when = "dry && (fired(match_is_dropped) || fired(lightning_strikes))"
        [outcomes]
        fire = "fired(burns)"
        "#,
    );
    let found = asked(
        &plan,
        "fire",
        &["match_is_dropped", "lightning_strikes", "burns"],
        40_000,
        2,
    );
    let dropped = of(&found, "match_is_dropped");
    // Match and fire: dry. It would not have burned without, unless there was lightning.
    near(&dropped.counterfactual.necessity, 0.9);
    // No match, no fire: 0.7 x (1 - 0.6 x 0.1). A match would have burned it where it was dry: 0.7 x 0.6 x 0.9.
    near(&dropped.counterfactual.sufficiency, 0.6 * 0.9 / (1.0 - 0.06));
    near(&dropped.counterfactual.necessity_and_sufficiency, 0.6 * 0.9);
    // Lightning comes first, in May; without it, the match burns the wood in July: the same event settles it, later.
    let lightning = of(&found, "lightning_strikes").counterfactual.clone();
    near(&lightning.necessity, 0.7);
    assert_eq!(
        lightning.not_needed.later,
        lightning.necessity.of - lightning.necessity.count
    );
    assert_eq!(lightning.not_needed.unmoved + lightning.not_needed.otherwise, 0);
    // And the fire itself is what the outcome says.
    assert_eq!(of(&found, "burns").counterfactual.necessity.share, Some(1.0));
}

/// An objection that cannot matter, and one that is the only way to fail. Fails if a run's twin has other draws than the run.
#[test]
fn an_objection_that_cannot_matter_and_one_that_alone_does() {
    let deal = |policy: &str, rest: &str| {
        planned(&format!(
            r#"
            [systems.rocket]
            category = "missiles"
            [actors]
            minsk = {{}}
            baku = {{}}
            yerevan = {{}}
            [suppliers.minsk]
            sells = ["rocket"]
            [suppliers.minsk.policy.rule]
            {policy}
            [deals.sale]
            supplier = "minsk"
            recipient = "baku"
            system = "rocket"
            quantity = 1
            signs = {{ chance = 0.6, within = "6 months" }}
            {rest}
            [deals.sale.objections.yerevan]
            rate = 4
            [outcomes]
            sold = "sale.stage == 'delivered'"
            blocked = "sale.stage == 'blocked'"
            fell = "sale.stage == 'collapsed'"
            "#
        ))
    };
    // Refused or not by a draw that asks nobody: the objection is not what blocks it.
    let idle = deal("chance = 0.4\ndecision = \"refuse\"", "collapses = { rate = 0.5 }");
    let found = asked(&idle, "blocked", &["sale.objections.yerevan"], 5000, 2);
    let cause = of(&found, "sale.objections.yerevan");
    assert!(!cause.deal_step && cause.observed.fired_and_came == 0);
    let found = asked(&idle, "fell", &["sale.objections.yerevan", "sale.collapses"], 5000, 2);
    let cause = of(&found, "sale.objections.yerevan");
    assert!(cause.observed.fired_and_came > 200);
    assert_eq!(cause.counterfactual.necessity.share, Some(0.0));
    assert_eq!(cause.counterfactual.sufficiency.share, Some(0.0));
    assert_eq!(cause.intervened.with, cause.intervened.without);
    assert!(of(&found, "sale.collapses").deal_step);
    // Refused just where somebody objected.
    let only = deal(
        "when = \"objectors.exists(o, o == yerevan)\"\ndecision = \"refuse\"",
        "",
    );
    let found = asked(&only, "blocked", &["sale.objections.yerevan"], 5000, 2);
    let cause = of(&found, "sale.objections.yerevan");
    assert!(cause.observed.fired_and_came > 500);
    assert_eq!(cause.counterfactual.necessity.share, Some(1.0));
    assert_eq!(cause.intervened.without.share, Some(0.0));
    // Where it was sold, an objection made at once would have blocked it.
    assert_eq!(cause.counterfactual.sufficiency.share, Some(1.0));
}

const RACE: &str = r#"
    [parameters]
    pace = { pert = [0.5, 1, 3] }
    [variables]
    stage = { states = ["open", "won", "lost"] }
    heat = 0
    [events.heats]
    when = "stage == 'open'"
    rate = "2 * pace"
    repeats = true
    then = ["heat += 1"]
    [events.cools]
    when = "heat > 0"
    after = { uniform = ["1 month", "4 months"] }
    repeats = 2
    then = ["heat -= 1"]
    [events.wins]
    when = "stage == 'open' && heat > 1"
    rate = 3
    then = ["stage = 'won'"]
    [events.loses]
    when = "stage == 'open'"
    rate = 0.5
    then = ["stage = 'lost'"]
    [events.inspection]
    on = 2001-07-01
    when = "stage == 'open'"
    hold = "heat > 3"
    then = ["heat = 0"]
    [outcomes]
    won = "stage == 'won'"
    lost = "stage == 'lost'"
"#;

/// N PNS = n(X, Y) PN + n(not X, not Y) PS, with PNS counted another way: both interventions in every run, whatever happened
/// in it. Fails if a run in which the event fired is not its own twin "with it", or if a draw differs between twins.
#[test]
fn the_counts_obey_their_identity() {
    let plan = planned(RACE);
    let runs: u64 = 3000;
    let outcome = position(&plan.observed.outcomes, "won");
    let events = ["heats", "cools", "wins", "loses", "inspection"];
    let found = asked(&plan, "won", &events, runs, 2);
    let mut player = Player::new(&plan, 3);
    for event in events {
        let index = position(&plan.observed.events, event);
        let mut needed_and_sufficient = 0;
        for run in 0..runs {
            let factual = player.block(run, 1);
            let mut comes = |intervention: Intervention| {
                let mut block = Block::new(&plan.observed, run, 1);
                player.intervene(index, intervention);
                player.play(run, 0, &mut block, &mut NoWitness).expect("played");
                player.intervene(index, Intervention::Leave);
                block.outcomes[0] as usize == outcome
            };
            let fired = factual.counts[index][0] > 0;
            let with = if fired {
                comes(Intervention::Leave)
            } else {
                comes(Intervention::Force)
            };
            needed_and_sufficient += u64::from(with && !comes(Intervention::Suppress));
        }
        let cause = of(&found, event);
        let counted = &cause.counterfactual;
        assert_eq!(
            counted.necessity_and_sufficiency.count, needed_and_sufficient,
            "{event}"
        );
        assert_eq!(counted.necessity_and_sufficiency.of, runs);
        assert_eq!(
            counted.necessity.count + counted.sufficiency.count,
            counted.necessity_and_sufficiency.count
        );
        assert_eq!(counted.necessity.of, cause.observed.fired_and_came);
        assert_eq!(counted.sufficiency.of, cause.observed.neither);
        // The counted values lie within what observation and intervention leave open.
        let bounds = [
            (counted.necessity.share, counted.necessity_bounds),
            (counted.sufficiency.share, counted.sufficiency_bounds),
            (
                counted.necessity_and_sufficiency.share,
                Some(counted.necessity_and_sufficiency_bounds),
            ),
        ];
        for (share, bounds) in bounds {
            if let (Some(share), Some([low, high])) = (share, bounds) {
                assert!(low <= share && share <= high, "{event}: {low} {share} {high}");
            }
        }
    }
}

/// Fails if an answer depends on the threads, or if the events that are asked about by default are not those that fire in
/// runs with the outcome.
#[test]
fn an_answer_does_not_depend_on_the_threads() {
    let plan = planned(RACE);
    let events = ["heats", "cools", "wins", "loses", "inspection"];
    assert_eq!(
        asked(&plan, "won", &events, 1000, 1),
        asked(&plan, "won", &events, 1000, 3)
    );
    let outcome = position(&plan.observed.outcomes, "lost");
    let mut firings = candidates(&plan, outcome);
    let options = Options {
        threads: 2,
        stop: &AtomicBool::new(false),
        progress: &|_| {},
    };
    play(&plan, 3, 0..1000, &options, &mut firings, || candidates(&plan, outcome));
    let wins = position(&plan.observed.events, "wins");
    let frequent = firings.frequent();
    assert!(!frequent.contains(&wins) && frequent.len() == 4, "{frequent:?}");
}

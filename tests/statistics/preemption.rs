//! Puzzles from the literature on causes in which but-for says of each cause that it was not needed, and what is then told.

use equipoise::analysis::causes::NotNeeded;

use crate::causes::{asked, near, of, planned};

const RUNS: u64 = 20;

/// J. A. McLaughlin's desert traveller (Harvard Law Review 39 (1925), 155): one enemy poisons the canteen, another shoots it
/// empty; he dies of thirst. Fails if the poison is held for a cause, or the shot for one without which he lives, or if it is
/// not told that he would have died another way, and not without both.
#[test]
fn desert_traveller() {
    let plan = planned(
        r#"
        [events.poison]
        on = 2001-02-01
        [events.shot]
        on = 2001-02-02
        [events.thirst]
        when = "fired(shot)"
        after = "3 days"
        stop = true
        [events.cyanide]
        when = "fired(poison) && !fired(shot)"
        after = "2 days"
        stop = true
        [outcomes]
        dead = "fired(thirst) || fired(cyanide)"
        "#,
    );
    let found = asked(&plan, "dead", &["poison", "shot", "thirst"], RUNS, 1);
    for (event, not_needed) in [("poison", [RUNS, 0, 0]), ("shot", [0, 0, RUNS])] {
        let cause = &of(&found, event).counterfactual;
        assert_eq!(cause.necessity.count, 0, "{event}");
        let [unmoved, later, otherwise] = not_needed;
        let expected = NotNeeded {
            unmoved,
            later,
            otherwise,
        };
        assert_eq!(cause.not_needed, expected, "{event}");
    }
    // The clock of the poison is dropped when the canteen is shot, so without thirst he lives.
    assert_eq!(of(&found, "thirst").counterfactual.necessity.count, RUNS);
    let pair = &found.pairs[0];
    assert_eq!(pair.events, ["poison".to_owned(), "shot".to_owned()]);
    assert_eq!((pair.needed_together.count, pair.needed_together.of), (RUNS, RUNS));
}

/// The bottle that Suzy hits before Billy can (N. Hall, "Two concepts of causation" (2004)), and the assassin with a second one
/// behind him (C. Hitchcock, Philosophical Review 116 (2007), 495-532): without the first, the second does it. Fails if the
/// first is held for needed.
#[test]
fn late_and_early_preemption() {
    let late = planned(
        r#"
        [variables]
        bottle = { states = ["whole", "shattered"] }
        [events.suzy]
        on = 2001-02-01
        [events.billy]
        on = 2001-02-01
        [events.suzy_hits]
        when = "fired(suzy) && bottle == 'whole'"
        after = "1 days"
        then = ["bottle = 'shattered'"]
        [events.billy_hits]
        when = "fired(billy) && bottle == 'whole'"
        after = "2 days"
        then = ["bottle = 'shattered'"]
        [outcomes]
        shattered = "bottle == 'shattered'"
        "#,
    );
    let found = asked(&late, "shattered", &["suzy", "billy", "suzy_hits"], RUNS, 1);
    for (event, otherwise) in [("suzy", RUNS), ("billy", 0), ("suzy_hits", RUNS)] {
        let cause = &of(&found, event).counterfactual;
        assert_eq!(
            (cause.necessity.count, cause.not_needed.otherwise),
            (0, otherwise),
            "{event}"
        );
    }
    assert_eq!(found.pairs[0].events, ["suzy".to_owned(), "billy".to_owned()]);
    let pair = &found.pairs[0].needed_together;
    assert_eq!((pair.count, pair.of), (RUNS, RUNS));
    let early = planned(
        r#"
        [events.assassin]
        on = 2001-02-01
        [events.second]
        when = "!fired(assassin)"
        on = 2001-02-02
        [outcomes]
        dead = "fired(assassin) || fired(second)"
        "#,
    );
    let found = asked(&early, "dead", &["assassin", "second"], RUNS, 1);
    let cause = &of(&found, "assassin").counterfactual;
    assert_eq!((cause.necessity.count, cause.not_needed.otherwise), (0, RUNS));
    assert_eq!(of(&found, "second").observed.came_only, RUNS);
    // The second never had to shoot, and yet without both he lives.
    let pair = &found.pairs[0];
    assert_eq!(pair.events, ["assassin".to_owned(), "second".to_owned()]);
    assert_eq!((pair.needed_together.count, pair.needed_together.of), (RUNS, RUNS));
}

/// A backup behind a backup, and one who is there in half of the runs only. Fails if a pair counts runs in which one of the
/// two was needed alone, or is held for needed where a third stands by.
#[test]
fn backups_that_never_fire() {
    let chain = |third: &str| {
        planned(&format!(
            r#"
            [parameters]
            present = {{ bernoulli = 0.5 }}
            [events.idle]
            when = "!present && now > 0.9"
            [events.first]
            on = 2001-02-01
            [events.second]
            when = "present && !fired(first)"
            on = 2001-02-02
            [events.third]
            when = "{third} && !fired(first) && !fired(second)"
            on = 2001-02-03
            [outcomes]
            dead = "fired(first) || fired(second) || fired(third)"
            "#
        ))
    };
    // Idle comes first in the file, and the pair is told in its order all the same.
    let asked_of = ["idle", "first", "second", "third"];
    let found = asked(&chain("false"), "dead", &asked_of, 400, 2);
    let absent = of(&found, "first").counterfactual.necessity.count;
    assert!(absent > 0 && absent < 400);
    let events: Vec<_> = found.pairs.iter().map(|pair| &pair.events).collect();
    assert_eq!(events, [&["first".to_owned(), "second".to_owned()]]);
    let pair = &found.pairs[0].needed_together;
    assert_eq!((pair.count, pair.of), (400 - absent, 400 - absent));
    // With a third behind both, two are enough only where the second is absent: then the third is the backup.
    let found = asked(&chain("true"), "dead", &asked_of, 400, 2);
    let events: Vec<_> = found.pairs.iter().map(|pair| &pair.events).collect();
    assert_eq!(events, [&["first".to_owned(), "third".to_owned()]]);
    let pair = &found.pairs[0].needed_together;
    assert_eq!((pair.count, pair.of), (absent, 400));
}

/// The switch of N. Hall (Philosophical Perspectives 14 (2000), 201-223): the train arrives by either track. Fails if an event
/// that only changes the way counts as needed, alone or with another.
#[test]
fn a_switch_makes_no_difference() {
    let plan = planned(
        r#"
        [variables]
        track = { states = ["right", "left"] }
        [events.flip]
        on = 2001-02-01
        then = ["track = 'left'"]
        [events.by_the_left]
        when = "track == 'left' && now > 0.5"
        [events.by_the_right]
        when = "track == 'right' && now > 0.5"
        [outcomes]
        arrives = "fired(by_the_left) || fired(by_the_right)"
        "#,
    );
    let found = asked(&plan, "arrives", &["flip"], RUNS, 1);
    let cause = &of(&found, "flip").counterfactual;
    assert_eq!((cause.necessity.count, cause.not_needed.otherwise), (0, RUNS));
    assert!(found.pairs.is_empty());
}

/// J. Y. Halpern's prisoner and voting machine (Actual Causality (2016), chapter 2), and votes by three: where one vote is
/// enough, no two of three are needed together; where two are, any two are. Fails if pairs are told that three together make,
/// or pairs missed that two do.
#[test]
fn votes_and_a_prisoner() {
    let prisoner = planned(
        r#"
        [events.a_loads]
        on = 2001-01-02
        [events.b_shoots]
        chance = 0
        within = "1 year"
        [events.c_loads]
        on = 2001-01-02
        [events.c_shoots]
        when = "fired(c_loads)"
        [outcomes]
        dead = "fired(a_loads) && fired(b_shoots) || fired(c_loads) && fired(c_shoots)"
        "#,
    );
    let found = asked(&prisoner, "dead", &["a_loads", "c_loads", "c_shoots"], RUNS, 1);
    for (event, needed) in [("a_loads", 0), ("c_loads", RUNS), ("c_shoots", RUNS)] {
        assert_eq!(of(&found, event).counterfactual.necessity.count, needed, "{event}");
    }
    for (enough, pairs) in [(1, 0), (2, 3), (3, 0)] {
        let votes = planned(&format!(
            r#"
            [variables]
            tally = 0
            [events.first]
            on = 2001-01-02
            [events.second]
            on = 2001-01-02
            [events.third]
            on = 2001-01-02
            [events.machine]
            on = 2001-01-03
            then = ["tally = count(first) + count(second) + count(third)"]
            [outcomes]
            passed = "tally >= {enough}"
            "#
        ));
        let found = asked(&votes, "passed", &["first", "second", "third", "machine"], RUNS, 1);
        let needed = if enough == 3 { RUNS } else { 0 };
        for vote in ["first", "second", "third"] {
            assert_eq!(
                of(&found, vote).counterfactual.necessity.count,
                needed,
                "{enough}: {vote}"
            );
        }
        assert_eq!(of(&found, "machine").counterfactual.necessity.count, RUNS);
        assert_eq!(found.pairs.len(), pairs, "{enough}");
        assert!(found.pairs.iter().all(|pair| pair.needed_together.share == Some(1.0)));
    }
}

/// The drug of J. Tian and J. Pearl, Annals of Mathematics and Artificial Intelligence 28 (2000), 287-313, section 5, ten times as
/// deadly so that fewer runs tell: half choose it, and those who do not are mostly those whom nothing saves. Of those who took
/// it and died, all died of it, though it does next to nothing in an experiment. Fails if what is seen and what is done are
/// mixed up: 0.01/0.5 of those who take it die and 0.14/0.5 of the others, but 0.16 and 0.14 if all, or none, are made to.
#[test]
fn a_drug_that_looks_harmless() {
    let plan = planned(
        r#"
        [parameters]
        chooses = { bernoulli = 0.5 }
        frailty = { uniform = [0, 1] }
        [definitions]
        harmed = "frailty < (chooses ? 0.02 : 0.30)"
        doomed = "!chooses && frailty < 0.28"
        [events.drug]
        rate = "chooses ? 1e9 : 1e-9"
        [outcomes]
        dead = "doomed || fired(drug) && harmed"
        "#,
    );
    let found = asked(&plan, "dead", &["drug"], 50_000, 2);
    let drug = of(&found, "drug");
    near(&drug.intervened.with, 0.16);
    near(&drug.intervened.without, 0.14);
    let seen = drug.observed;
    assert!(seen.fired_and_came * 5 < seen.came_only);
    assert_eq!(drug.counterfactual.necessity.share, Some(1.0));
    assert_eq!(drug.counterfactual.necessity_bounds, Some([1.0, 1.0]));
    // Of those who lived without it, 0.01 of 0.36 would have died of it; at most all that it kills could have been among them.
    near(&drug.counterfactual.sufficiency, 0.01 / 0.36);
    let [low, high] = drug.counterfactual.sufficiency_bounds.expect("bounds");
    assert_eq!(Some(low), drug.counterfactual.sufficiency.share);
    assert!((high - 0.15 / 0.36).abs() < 0.01, "{high}");
}

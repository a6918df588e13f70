//! Single runs worked out from their draws: what the law of a clock cannot show, because Exp(1) has no memory, its draws can.

use equipoise::engine::{Draws, Player, trace};
use equipoise::plan::plan;

use crate::play::core;

const RUNS: u64 = 300;

/// The draw of a site, and the threshold that it stands for.
fn uniforms(seed: u64, address: &str, run: u64) -> impl FnMut(u32) -> f64 + use<> {
    let mut draws = Draws::new(seed, &[address.to_owned()]);
    draws.start_block(run, 1);
    move |occurrence| draws.uniform(0, occurrence, run)
}

fn threshold(u: f64) -> f64 {
    -(1.0 - u).ln()
}

/// The times at which an event fired in a run.
fn firings(text: &str, seed: u64, run: u64, event: &str) -> Vec<f64> {
    let plan = plan(&core(text));
    let index = crate::play::position(&plan.observed.events, event);
    let firings = trace(&plan, seed, run).firings;
    firings
        .iter()
        .filter(|firing| firing.event == index)
        .map(|firing| firing.time)
        .collect()
}

/// The k-th firing comes when the integrated hazard reaches the sum of the first k thresholds, through changes of the rate, a
/// time at rate 0, times switched off and a pause. Fails if what a threshold has used is forgotten (or a new one is drawn)
/// when a clock goes off, is held or changes its rate, or if an occurrence is skipped.
#[test]
fn a_hazard_keeps_what_it_has_used() {
    let text = r#"
        [scenario]
        title = "Integrated hazard"
        start = 2001-01-01
        horizon = "6 years"
        [variables]
        pace = 1.0
        on = true
        held = false
        [events.goes_off]
        after = "0.7 years"
        then = ["on = false"]
        [events.goes_on]
        after = "1.2 years"
        then = ["on = true"]
        [events.faster]
        after = "1.5 years"
        then = ["pace = 3"]
        [events.pauses]
        after = "1.8 years"
        then = ["held = true"]
        [events.slower]
        after = "2.0 years"
        then = ["pace = 2"]
        [events.resumes]
        after = "2.4 years"
        then = ["held = false"]
        [events.stands_still]
        after = "2.6 years"
        then = ["pace = 0"]
        [events.creeps]
        after = "3 years"
        then = ["pace = 0.5"]
        [events.clock]
        when = "on && now < 5.5"
        hold = "held"
        rate = "pace"
        repeats = true
    "#;
    // The hazard, from each time on.
    let pieces = [
        (0.0, 1.0),
        (0.7, 0.0),
        (1.2, 1.0),
        (1.5, 3.0),
        (1.8, 0.0),
        (2.4, 2.0),
        (2.6, 0.0),
        (3.0, 0.5),
        (5.5, 0.0),
        (6.0, 0.0),
    ];
    // The time at which the integrated hazard reaches a level, if it does.
    let reaches = |level: f64| {
        let mut left = level;
        for ends in pieces.windows(2) {
            let (from, rate, to) = (ends[0].0, ends[0].1, ends[1].0);
            if rate * (to - from) > left {
                return Some(from + left / rate);
            }
            left -= rate * (to - from);
        }
        None
    };
    let mut fired = 0;
    for run in 0..RUNS {
        let mut uniform = uniforms(5, "clock", run);
        let (mut level, mut expected) = (0.0, Vec::new());
        for k in 0.. {
            level += threshold(uniform(k));
            match reaches(level) {
                Some(time) => expected.push(time),
                None => break,
            }
        }
        let found = firings(text, 5, run, "clock");
        assert_eq!(found.len(), expected.len(), "run {run}: {found:?} not {expected:?}");
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-9, "run {run}: {found} not {expected}");
        }
        fired += found.len() as u64;
    }
    assert!(fired > 2 * RUNS, "enough to tell");
}

/// Two scenarios, of which one switches the same clock off from 1 to 2, share its draws: every run's first firing is the
/// same, or later by exactly that year. Fails if going off forgets, or if other events move the clock's draws.
#[test]
fn a_clock_that_was_off_is_late_by_that_time() {
    let always = r#"
        [scenario]
        title = "On"
        start = 2001-01-01
        horizon = "20 years"
        [events.happens]
        rate = 0.4
        [measures]
        time = "time_of(happens)"
    "#;
    let switched = r#"
        [scenario]
        title = "Off for a year"
        start = 2001-01-01
        horizon = "20 years"
        [events.noise]
        rate = 5
        repeats = true
        [events.happens]
        when = "!(now >= 1 && now < 2)"
        rate = 0.4
        [measures]
        time = "time_of(happens)"
    "#;
    let times = |text: &str| {
        let plan = plan(&core(text));
        Player::new(&plan, 77).block(0, 2000).measures[0].clone()
    };
    let mut late = 0;
    for (run, (with, without)) in times(switched).into_iter().zip(times(always)).enumerate() {
        let expected = if without < 1.0 { without } else { without + 1.0 };
        if expected > 20.0 {
            assert_eq!(with, f64::INFINITY, "run {run}");
        } else {
            assert!((with - expected).abs() < 1e-9, "run {run}: {with} not {expected}");
        }
        late += usize::from(without >= 1.0);
    }
    assert!(late > 1000, "enough to tell");
}

/// An `after` draws each time its condition begins to hold, also where it is dropped later, and a two-way branch draws once
/// a firing. Fails if an occurrence is used twice or skipped.
#[test]
fn delays_and_branches_draw_in_turn() {
    let text = r#"
        [scenario]
        title = "Occurrences"
        start = 2001-01-01
        horizon = "20 years"
        [variables]
        on = true
        left = 0
        [events.goes_off]
        when = "on"
        after = "1 year"
        repeats = true
        then = ["on = false"]
        [events.goes_on]
        when = "!on"
        after = "0.25 years"
        repeats = true
        then = ["on = true"]
        [events.happens]
        when = "on"
        after = { uniform = ["0 years", "2 years"] }
        repeats = true
        [events.happens.branches.left]
        weight = 2
        then = ["left += 1"]
        [events.happens.branches.right]
        weight = 3
        [measures]
        left = "left"
    "#;
    let plan = plan(&core(text));
    let left = Player::new(&plan, 6).block(0, RUNS as usize).measures[0].clone();
    for run in 0..RUNS {
        let (mut length, mut branch) = (uniforms(6, "happens", run), uniforms(6, "happens.branch", run));
        let (mut expected, mut lefts, mut begin, mut draws) = (Vec::new(), 0.0, 0.0, 0);
        // On from 0 to 1, from 1.25 to 2.25, and so on.
        while begin <= 20.0 {
            let end = begin + 1.0;
            let mut time = begin;
            loop {
                time += 2.0 * length(draws);
                draws += 1;
                if time >= end || time > 20.0 {
                    break;
                }
                lefts += f64::from(u8::from(branch(expected.len() as u32) < 0.4));
                expected.push(time);
            }
            begin += 1.25;
        }
        let found = firings(text, 6, run, "happens");
        assert_eq!(found.len(), expected.len(), "run {run}: {found:?} not {expected:?}");
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-9, "run {run}: {found} not {expected}");
        }
        assert_eq!(left[run as usize], lefts, "run {run}");
    }
}

/// Three branches race with one site each: the way taken is that of the least threshold over weight. Fails if the sites are
/// not those of the branches, or if a branch that loses does not draw.
#[test]
fn three_branches_race() {
    let text = r#"
        [scenario]
        title = "A race of branches"
        start = 2001-01-01
        horizon = "10 years"
        [variables]
        trail = 0
        [events.turns]
        after = "1 year"
        repeats = 6
        [events.turns.branches.one]
        weight = 1
        then = ["trail = 4 * trail + 1"]
        [events.turns.branches.two]
        weight = "2"
        then = ["trail = 4 * trail + 2"]
        [events.turns.branches.three]
        weight = "1.5"
        then = ["trail = 4 * trail + 3"]
        [measures]
        trail = "trail"
    "#;
    let plan = plan(&core(text));
    let found = Player::new(&plan, 8).block(0, RUNS as usize).measures[0].clone();
    for run in 0..RUNS {
        let names = [("one", 1.0), ("two", 2.0), ("three", 1.5)];
        let mut sites = names.map(|(name, weight)| (uniforms(8, &format!("turns.branches.{name}"), run), weight));
        let mut trail = 0.0;
        for k in 0..6 {
            let rings = sites
                .each_mut()
                .map(|(uniform, weight)| threshold(uniform(k)) / *weight);
            let first = (0..3).min_by(|a, b| rings[*a].total_cmp(&rings[*b]));
            trail = 4.0 * trail + 1.0 + first.map_or(0.0, |first| first as f64);
        }
        assert_eq!(found[run as usize], trail, "run {run}");
    }
}

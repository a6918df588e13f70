//! Clocks that race, stop, pause and change their pace: laws by closed form or by an integral written out here.

use crate::law::{Law, integral, outcome_has, series_follows};
use crate::played::Played;

/// Three risks at constant rates and a delay of a year race for one place. Fails if a clock that has lost fires all the same,
/// or if the earliest is not the one that fires.
#[test]
fn competing_risks() {
    let text = r#"
        [scenario]
        title = "Competing risks"
        start = 2001-01-01
        horizon = "1.5 years"
        [variables]
        winner = { states = ["none", "a", "b", "c", "late"] }
        [events.a]
        when = "winner == 'none'"
        rate = 0.5
        then = ["winner = 'a'"]
        [events.b]
        when = "winner == 'none'"
        rate = 0.3
        then = ["winner = 'b'"]
        [events.c]
        when = "winner == 'none'"
        rate = 0.1
        then = ["winner = 'c'"]
        [events.late]
        when = "winner == 'none'"
        after = "1 year"
        then = ["winner = 'late'"]
        [outcomes]
        won_by_a = "winner == 'a'"
        won_by_b = "winner == 'b'"
        won_by_c = "winner == 'c'"
        won_late = "winner == 'late'"
        [measures]
        when_a = "time_of(a)"
        when_late = "time_of(late)"
        [series]
        still_open = { value = "winner == 'none' ? 1 : 0", every = "0.03 years" }
    "#;
    let played = Played::new(text, 11, 100_000);
    let total = 0.9;
    let early = 1.0 - f64::exp(-total);
    for (outcome, rate) in [("won_by_a", 0.5), ("won_by_b", 0.3), ("won_by_c", 0.1)] {
        outcome_has(&played, outcome, rate / total * early, 4.0);
    }
    outcome_has(&played, "won_late", 1.0 - early, 4.0);
    assert_eq!(played.outcome("unresolved"), 0);
    // The time of the first, given that it is a: exponential at the total rate, cut at 1.
    let raw = [1, 2, 3, 4].map(|k| integral(0.0, 1.0, |t| t.powi(k) * total * (-total * t).exp()) / early);
    Law::of_raw_moments(raw).holds_for(&played, "when_a");
    Law::constant(1.0).holds_for(&played, "when_late");
    assert_eq!(played.measure("when_a").n(), played.outcome("won_by_a"));
    series_follows(&played, "still_open", |t| {
        let open = if t < 1.0 { (-total * t).exp() } else { 0.0 };
        Law::bernoulli(open)
    });
}

/// A deadline that is drawn races a rate. Fails if the delay is drawn at another time than as its condition begins to hold.
#[test]
fn a_drawn_delay_races_a_rate() {
    let text = r#"
        [scenario]
        title = "A deadline"
        start = 2001-01-01
        horizon = "5 years"
        [variables]
        alive = true
        [events.starts]
        rate = 2
        [events.expires]
        when = "alive && fired(starts)"
        after = { uniform = ["6 months", "18 months"] }
        then = ["alive = false"]
        [events.dies]
        when = "alive"
        rate = 0.4
        then = ["alive = false"]
        [outcomes]
        expired = "fired(expires)"
        died = "fired(dies)"
        [series]
        alive = { value = "alive ? 1 : 0", every = "0.1 years" }
    "#;
    let played = Played::new(text, 12, 60_000);
    // It has not expired by t if it has not started, or started at s and its length is above t - s.
    let longer = |x: f64| (1.5 - x).clamp(0.0, 1.0);
    let kept = |t: f64| {
        let from = [0.0, (t - 1.5).max(0.0), (t - 0.5).max(0.0), t];
        let pieces = from.windows(2);
        f64::exp(-2.0 * t)
            + pieces
                .map(|ends| integral(ends[0], ends[1], |s| 2.0 * f64::exp(-2.0 * s) * longer(t - s)))
                .sum::<f64>()
    };
    series_follows(&played, "alive", |t| Law::bernoulli((-0.4 * t).exp() * kept(t)));
    let died = integral(0.0, 5.0, |t| 0.4 * f64::exp(-0.4 * t) * kept(t));
    outcome_has(&played, "died", died, 4.0);
}

/// An `after` whose condition comes and goes: dropped when it stops, drawn anew when it begins. The first time T at which it
/// fires renews: with X ~ Exp(1) on, Y ~ Exp(2) off and D the delay, T = D if D < X, else X + Y + another T. Fails if a
/// delay that was dropped is taken up where it was left, or if its old draw is used again.
#[test]
fn a_delay_is_dropped_and_drawn_anew() {
    let text = r#"
        [scenario]
        title = "Dropped and drawn anew"
        start = 2001-01-01
        horizon = "5 years"
        [variables]
        on = true
        [events.goes_off]
        when = "on"
        rate = 1
        repeats = true
        then = ["on = false"]
        [events.goes_on]
        when = "!on"
        rate = 2
        repeats = true
        then = ["on = true"]
        [events.happens]
        when = "on"
        after = { uniform = ["0.4 years", "1.2 years"] }
        [series]
        has = { value = "fired(happens) ? 1 : 0", every = "0.1 years" }
    "#;
    let played = Played::new(text, 13, 100_000);
    let density = |x: f64| if (0.4..=1.2).contains(&x) { 1.25 } else { 0.0 };
    let longer = |x: f64| ((1.2 - x) / 0.8).clamp(0.0, 1.0);
    const STEP: f64 = 0.002;
    let steps = 2501;
    // P(D < X, D <= t), exactly: its density jumps, so a rule on the grid would not do.
    let direct = |t: f64| integral(0.4, t.min(1.2), |x| f64::exp(-x) * density(x));
    // The density of X + Y where X < D: the convolution of exp(-x) longer(x) with 2 exp(-2 y), as a recursion in steps.
    let off = |x: f64| f64::exp(-x) * longer(x);
    let mut cycle = vec![0.0; steps];
    for k in 1..steps {
        let t = k as f64 * STEP;
        let fresh = integral_short(t - STEP, t, |s| 2.0 * f64::exp(-2.0 * (t - s)) * off(s));
        cycle[k] = cycle[k - 1] * f64::exp(-2.0 * STEP) + fresh;
    }
    // Volterra: F(t) = direct(t) + integral of cycle(s) F(t - s), by the trapezoidal rule; cycle(0) = 0.
    let mut law = vec![0.0; steps];
    for k in 0..steps {
        let mut sum = 0.0;
        for s in 1..k {
            sum += cycle[s] * law[k - s];
        }
        law[k] = direct(k as f64 * STEP) + STEP * sum;
    }
    series_follows(&played, "has", |t| {
        let k = (t / STEP).round() as usize;
        // It cannot have happened before 0.4; at 0.4 itself rounding could show.
        Law::bernoulli(law[k])
    });
}

/// Simpson's rule on one short piece.
fn integral_short(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    (to - from) / 6.0 * (f(from) + 4.0 * f((from + to) / 2.0) + f(to))
}

/// A hazard paused from 1 to 2.5 by `hold`, and dropped and taken up by `when` over the same time: in law the same. Fails if
/// a paused clock rings, or if a pause takes from what is left of its threshold.
#[test]
fn a_hazard_is_paused() {
    let text = r#"
        [scenario]
        title = "Paused hazards"
        start = 2001-01-01
        horizon = "4 years"
        [variables]
        paused = false
        [events.pauses]
        on = 2002-01-01
        then = ["paused = true"]
        [events.resumes]
        when = "paused"
        after = "1.5 years"
        then = ["paused = false"]
        [events.held]
        hold = "paused"
        rate = 0.6
        [events.stopped]
        when = "!paused"
        rate = 0.6
        [events.many]
        hold = "paused"
        rate = 3
        repeats = true
        [series]
        held = { value = "fired(held) ? 1 : 0", every = "0.08 years" }
        stopped = { value = "fired(stopped) ? 1 : 0", every = "0.08 years" }
        many = { value = "count(many)", every = "0.08 years" }
    "#;
    let played = Played::new(text, 14, 60_000);
    // 2001 has 365 days, and a year 365.25.
    let day = 365.0 / 365.25;
    let running = |t: f64| t.min(day) + (t - day - 1.5).max(0.0);
    series_follows(&played, "held", |t| Law::bernoulli(1.0 - (-0.6 * running(t)).exp()));
    series_follows(&played, "stopped", |t| Law::bernoulli(1.0 - (-0.6 * running(t)).exp()));
    series_follows(&played, "many", |t| Law::poisson(3.0 * running(t)));
}

/// A delay D, uniform from 1 to 2, is paused for 0.7 once, from a time S ~ Exp(0.6): T = D + 0.7 if S < D, else D. Fails if
/// a pause drops the delay (T would be S + 0.7 + a new D), or if it runs on meanwhile (T = D).
#[test]
fn a_delay_is_paused() {
    let text = r#"
        [scenario]
        title = "A paused delay"
        start = 2001-01-01
        horizon = "4 years"
        [variables]
        paused = false
        [events.pauses]
        rate = 0.6
        then = ["paused = true"]
        [events.resumes]
        when = "paused"
        after = "0.7 years"
        then = ["paused = false"]
        [events.happens]
        hold = "paused"
        after = { uniform = ["1 year", "2 years"] }
        [measures]
        when = "time_of(happens)"
        [series]
        has = { value = "fired(happens) ? 1 : 0", every = "0.08 years" }
    "#;
    let played = Played::new(text, 15, 60_000);
    let calm = |d: f64| f64::exp(-0.6 * d);
    series_follows(&played, "has", |t| {
        let straight = integral(1.0, t.min(2.0), calm);
        let paused = integral(1.0, (t - 0.7).min(2.0), |d| 1.0 - calm(d));
        Law::bernoulli(straight + paused)
    });
    let moment = |k| integral(1.0, 2.0, |d| d.powi(k) * calm(d) + (d + 0.7).powi(k) * (1.0 - calm(d)));
    Law::of_raw_moments([1, 2, 3, 4].map(moment)).holds_for(&played, "when");
}

/// Rates that jump while clocks run: at 1.0 a year's days on, and again when something random happens. Fails if a running
/// clock is drawn anew with the wrong rate, or keeps its old one.
#[test]
fn rates_change_in_mid_flight() {
    let text = r#"
        [scenario]
        title = "Rates change"
        start = 2001-01-01
        horizon = "4 years"
        [variables]
        level = 1.0
        [events.rises]
        on = 2003-01-01
        then = ["level = 4"]
        [events.falls]
        on = 2004-01-01
        then = ["level *= 0.125"]
        [events.single]
        rate = "0.3 * level"
        [events.many]
        rate = "2 * level"
        repeats = true
        [events.shock]
        rate = 0.8
        [events.after_shock]
        rate = "fired(shock) ? 3 : 0.5"
        [series]
        single = { value = "fired(single) ? 1 : 0", every = "0.08 years" }
        many = { value = "count(many)", every = "0.08 years" }
        after_shock = { value = "fired(after_shock) ? 1 : 0", every = "0.08 years" }
    "#;
    let played = Played::new(text, 16, 50_000);
    let (up, down) = (730.0 / 365.25, 1095.0 / 365.25);
    let level = |t: f64| t.min(up) + 4.0 * (t.min(down) - up).max(0.0) + 0.5 * (t - down).max(0.0);
    series_follows(&played, "single", |t| Law::bernoulli(1.0 - (-0.3 * level(t)).exp()));
    series_follows(&played, "many", |t| Law::poisson(2.0 * level(t)));
    series_follows(&played, "after_shock", |t| {
        // Not yet, with the shock at s, or with none so far.
        let shocked = integral(0.0, t, |s| 0.8 * f64::exp(-0.8 * s - 0.5 * s - 3.0 * (t - s)));
        Law::bernoulli(1.0 - shocked - f64::exp(-1.3 * t))
    });
}

/// Conditions that compare `now`: with numbers, with a date and with a moment that is drawn. Fails if a condition is not
/// looked at again at its moment, or at another.
#[test]
fn conditions_of_the_time() {
    let text = r#"
        [scenario]
        title = "Windows"
        start = 2001-01-01
        horizon = "4 years"
        [parameters]
        begin = { uniform = [0, 2] }
        [definitions]
        begun = "now > begin"
        [events.window]
        when = "now >= 1 && now < 2.5"
        rate = 2
        repeats = true
        [events.outside]
        when = "!(1 <= now && 2.5 > now)"
        rate = 2
        repeats = true
        [events.dated]
        when = "now >= date('2003-01-01')"
        rate = 2
        repeats = true
        [events.drawn]
        when = "begun"
        rate = 3
        repeats = true
        [series]
        window = { value = "count(window)", every = "0.08 years" }
        outside = { value = "count(outside)", every = "0.08 years" }
        dated = { value = "count(dated)", every = "0.08 years" }
        drawn = { value = "count(drawn)", every = "0.08 years" }
    "#;
    let played = Played::new(text, 17, 40_000);
    let inside = |t: f64| (t.min(2.5) - 1.0).max(0.0);
    series_follows(&played, "window", |t| Law::poisson(2.0 * inside(t)));
    series_follows(&played, "outside", |t| Law::poisson(2.0 * (t - inside(t))));
    series_follows(&played, "dated", |t| Law::poisson(2.0 * (t - 730.0 / 365.25).max(0.0)));
    // A Poisson number whose mean is 3 (t - begin) where that is positive.
    series_follows(&played, "drawn", |t| {
        let moment = |k| integral(0.0, t.min(2.0), |begin| 0.5 * (3.0 * (t - begin)).powi(k));
        Law::mixed_poisson([1, 2, 3, 4].map(moment))
    });
}

/// `chance` with `within`: by the end of that time it has happened with that chance. Fails if the rate is not
/// -ln(1 - chance) / within, or if time that the condition did not hold counts.
#[test]
fn a_chance_in_a_time() {
    let text = r#"
        [scenario]
        title = "A chance"
        start = 2001-01-01
        horizon = "5 years"
        [parameters]
        likely = { uniform = [0.2, 0.9] }
        [events.happens]
        chance = 0.7
        within = "2.5 years"
        [events.later]
        when = "now >= 1"
        chance = 0.7
        within = "30 months"
        [events.unsure]
        chance = "likely"
        within = "1 year"
        [series]
        happens = { value = "fired(happens) ? 1 : 0", every = "0.1 years" }
        later = { value = "fired(later) ? 1 : 0", every = "0.1 years" }
        unsure = { value = "fired(unsure) ? 1 : 0", every = "0.1 years" }
    "#;
    let played = Played::new(text, 18, 60_000);
    let by = |t: f64| 1.0 - 0.3_f64.powf(t.max(0.0) / 2.5);
    assert!((by(2.5) - 0.7).abs() < 1e-12);
    series_follows(&played, "happens", |t| Law::bernoulli(by(t)));
    series_follows(&played, "later", |t| Law::bernoulli(by(t - 1.0)));
    series_follows(&played, "unsure", |t| {
        Law::bernoulli(1.0 - integral(0.2, 0.9, |c| (1.0 - c).powf(t)) / 0.7)
    });
}

/// A run that stops at Exp(0.5): its counts stand still from then on. Fails if events fire after the stop, or if the firing
/// that stops does not count.
#[test]
fn a_run_stops() {
    let text = r#"
        [scenario]
        title = "A stop"
        start = 2001-01-01
        horizon = "5 years"
        [variables]
        n = 0
        ended = false
        [events.arrives]
        rate = 3
        repeats = true
        then = ["n += 1"]
        [events.ends]
        rate = 0.5
        stop = true
        then = ["ended = true"]
        [outcomes]
        stopped = "ended && fired(ends)"
        ran_out = "!ended && now == 5"
        [measures]
        when = "now"
        [series]
        n = { value = "n", every = "0.1 years" }
        ended = { value = "ended ? 1 : 0", every = "0.1 years" }
    "#;
    let played = Played::new(text, 19, 40_000);
    // N is Poisson with the mean 3 min(t, S).
    series_follows(&played, "n", |t| {
        let stopped = |k| integral(0.0, t, |s| (3.0 * s).powi(k) * 0.5 * f64::exp(-0.5 * s));
        Law::mixed_poisson([1, 2, 3, 4].map(|k| stopped(k) + (3.0 * t).powi(k) * f64::exp(-0.5 * t)))
    });
    series_follows(&played, "ended", |t| Law::bernoulli(1.0 - (-0.5 * t).exp()));
    outcome_has(&played, "stopped", 1.0 - f64::exp(-2.5), 4.0);
    assert_eq!(played.outcome("unresolved"), 0);
    let moment = |k| integral(0.0, 5.0, |s| s.powi(k) * 0.5 * f64::exp(-0.5 * s)) + 5.0_f64.powi(k) * f64::exp(-2.5);
    Law::of_raw_moments([1, 2, 3, 4].map(moment)).holds_for(&played, "when");
}

/// What happens at the horizon happens, and the last point of a series shows it. Fails if the horizon is left out, if a day
/// on which a condition was false is made up for, or if `now > t` begins to hold at t.
#[test]
fn the_horizon_is_part_of_a_run() {
    let text = r#"
        [scenario]
        title = "The horizon"
        start = 2001-01-01
        horizon = "4 years"
        [variables]
        open = false
        [events.last_day]
        on = 2005-01-01
        [events.last_delay]
        after = "48 months"
        [events.first_day]
        on = 2001-01-01
        [events.too_late]
        when = "now > 4"
        [events.in_time]
        when = "now >= 4"
        [events.follows]
        when = "fired(last_day)"
        [events.shut_out]
        when = "open"
        on = 2003-01-01
        [events.opens]
        on = 2003-01-02
        then = ["open = true"]
        [series]
        last_day = { value = "count(last_day)", every = "0.08 years" }
        last_delay = { value = "count(last_delay)", every = "0.08 years" }
        first_day = { value = "count(first_day)", every = "0.08 years" }
        too_late = { value = "count(too_late)", every = "0.08 years" }
        in_time = { value = "count(in_time)", every = "0.08 years" }
        follows = { value = "count(follows)", every = "0.08 years" }
        shut_out = { value = "count(shut_out)", every = "0.08 years" }
    "#;
    let played = Played::new(text, 20, 10);
    for series in ["last_day", "last_delay", "in_time", "follows"] {
        series_follows(&played, series, |t| Law::constant(f64::from(u8::from(t == 4.0))));
    }
    series_follows(&played, "first_day", |_| Law::constant(1.0));
    for series in ["too_late", "shut_out"] {
        series_follows(&played, series, |_| Law::constant(0.0));
    }
}

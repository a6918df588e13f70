//! Branches: how often each is taken, where weights are fixed and where they change.

use crate::law::{Law, integral, outcome_has, series_follows};
use crate::played::Played;

/// Two and three ways with fixed weights: arrivals that take one way are a thinned Poisson number. Fails if a share is not
/// its weight over the total, or if the ways of successive firings depend on each other.
#[test]
fn shares_are_weights() {
    let text = r#"
        [scenario]
        title = "Two and three ways"
        start = 2001-01-01
        horizon = "5 years"
        [variables]
        left = 0
        right = 0
        high = 0
        middle = 0
        low = 0
        never = 0
        [events.two]
        rate = 2
        repeats = true
        [events.two.branches.left]
        weight = 3
        then = ["left += 1"]
        [events.two.branches.right]
        weight = "1 + 0"
        then = ["right += 1"]
        [events.three]
        rate = 2
        repeats = true
        [events.three.branches.high]
        weight = 0.1
        then = ["high += 1"]
        [events.three.branches.never]
        weight = 0
        then = ["never += 1"]
        [events.three.branches.middle]
        weight = 0.25
        then = ["middle += 1"]
        [events.three.branches.low]
        weight = 0.15
        then = ["low += 1"]
        [series]
        left = { value = "left", every = "0.1 years" }
        right = { value = "right", every = "0.1 years" }
        high = { value = "high", every = "0.1 years" }
        middle = { value = "middle", every = "0.1 years" }
        low = { value = "low", every = "0.1 years" }
        never = { value = "never", every = "0.1 years" }
    "#;
    let played = Played::new(text, 21, 40_000);
    let shares = [
        ("left", 0.75),
        ("right", 0.25),
        ("high", 0.2),
        ("middle", 0.5),
        ("low", 0.3),
        ("never", 0.0),
    ];
    for (series, share) in shares {
        series_follows(&played, series, |t| Law::poisson(2.0 * share * t));
    }
}

/// Urns of Pólya: what is drawn is put back with one more. After 12 draws from one ball a colour, every number of reds is as
/// likely with two colours, and is beta-binomial(12, 1, 2) with three. Fails if weights are not those of the state at the firing.
#[test]
fn urns() {
    let text = r#"
        [scenario]
        title = "Urns"
        start = 2001-01-01
        horizon = "50 years"
        [variables]
        red = 1
        black = 1
        one = 1
        two = 1
        three = 1
        [events.draws]
        after = "1 year"
        repeats = 12
        [events.draws.branches.red]
        weight = "red"
        then = ["red += 1"]
        [events.draws.branches.black]
        weight = "black"
        then = ["black += 1"]
        [events.picks]
        rate = 30
        repeats = 12
        [events.picks.branches.one]
        weight = "one"
        then = ["one += 1"]
        [events.picks.branches.two]
        weight = "two"
        then = ["two += 1"]
        [events.picks.branches.three]
        weight = "three"
        then = ["three += 1"]
        [outcomes]
        none_red = "red == 1"
        all_red = "red == 13"
        half_red = "red == 7"
        [measures]
        red = "red"
        one = "one"
        three = "three"
        [series]
        red = { value = "red", every = "1 year" }
    "#;
    let played = Played::new(text, 22, 60_000);
    series_follows(&played, "red", |t| {
        let drawn = t.min(12.0);
        Law::of_weights((0..=drawn as u32).map(|k| (1.0 + f64::from(k), 1.0 / (drawn + 1.0))))
    });
    for outcome in ["none_red", "all_red", "half_red"] {
        outcome_has(&played, outcome, 1.0 / 13.0, 4.0);
    }
    // P(k of n) = (n + 1 - k) / ((n + 1) (n + 2) / 2).
    let colour = Law::of_weights((0..=12).map(|k| (1.0 + f64::from(k), (13.0 - f64::from(k)) / 91.0)));
    colour.holds_for(&played, "one");
    colour.holds_for(&played, "three");
}

/// Weights that read the time: of arrivals at s, the share s / 4 is late. Fails if `now` in a weight is not the time of the
/// firing.
#[test]
fn weights_of_the_time() {
    let text = r#"
        [scenario]
        title = "Weights of the time"
        start = 2001-01-01
        horizon = "4 years"
        [variables]
        late = 0
        sum = 0.0
        [events.arrives]
        rate = 3
        repeats = true
        [events.arrives.branches.late]
        weight = "now"
        then = ["late += 1", "sum += now"]
        [events.arrives.branches.early]
        weight = "4 - now"
        [series]
        late = { value = "late", every = "0.08 years" }
        sum = { value = "sum", every = "0.08 years" }
    "#;
    let played = Played::new(text, 23, 40_000);
    series_follows(&played, "late", |t| Law::poisson(3.0 * t * t / 8.0));
    // A sum over a Poisson process of intensity 3 s / 4 has the k-th cumulant: the integral of s^k 3 s / 4.
    series_follows(&played, "sum", |t| {
        let cumulant = |k| integral(0.0, t, |s| 0.75 * s.powi(k + 1));
        Law::of_cumulants(cumulant(1), cumulant(2), cumulant(4))
    });
}

/// Assignments are made in order, each seeing the last, and what they set off at once happens in the order of the file.
/// Fails if they see the state before the firing, if ties go another way, or if what happens at once as a condition begins to
/// hold happens again while it still holds.
#[test]
fn the_order_of_things() {
    let text = r#"
        [scenario]
        title = "Order"
        start = 2001-01-01
        horizon = "50 years"
        [variables]
        a = 1
        b = 2
        trail = 0
        [events.swaps]
        after = "10 years"
        then = ["a = b", "b = a + 1", "a *= b", "b -= 10"]
        [events.second]
        when = "a > 1"
        then = ["trail = 10 * trail + 2"]
        [events.third]
        when = "b < 0"
        then = ["trail = 10 * trail + 3"]
        [events.fourth]
        after = "20 years"
        then = ["trail = 10 * trail + 4"]
        [events.fifth]
        on = 2021-01-01
        then = ["trail = 10 * trail + 5"]
        [events.sixth]
        when = "fired(fourth)"
        then = ["trail = 10 * trail + 6"]
        [events.lasts]
        when = "a > 1"
        repeats = true
        [series]
        a = { value = "a", every = "1 year" }
        b = { value = "b", every = "1 year" }
        trail = { value = "trail", every = "1 year" }
        lasts = { value = "count(lasts)", every = "1 year" }
    "#;
    let played = Played::new(text, 24, 10);
    let step = |t: f64, before: f64, after: f64| Law::constant(if t < 10.0 { before } else { after });
    series_follows(&played, "a", |t| step(t, 1.0, 6.0));
    series_follows(&played, "b", |t| step(t, 2.0, -7.0));
    series_follows(&played, "lasts", |t| step(t, 0.0, 1.0));
    // From 2001-01-01 to 2021-01-01 are 20 years of 365.25 days exactly, so the fourth and the fifth ring together.
    series_follows(&played, "trail", |t| {
        Law::constant(match t {
            t if t < 10.0 => 0.0,
            t if t < 20.0 => 23.0,
            _ => 23_456.0,
        })
    });
}

//! Problems of probability that textbooks solve, most of them famous for the wrong answers given to them.

use equipoise::analysis::evidence::Selection;

use crate::evidence::{agrees, heard, posterior, scenario};
use crate::played::Played;

const RUNS: u64 = 100_000;

/// The cab of A. Tversky and D. Kahneman (Judgment under Uncertainty (1982), 156-158): 15% of the cabs are blue, a witness who is
/// right four times in five says that it was; it was with 0.41. Fails if the base rate is forgotten.
#[test]
fn a_blue_cab() {
    let text = scenario(
        r#"
        [parameters]
        blue = { bernoulli = 0.15 }
        [outcomes]
        blue = "blue"
        [claims.witness]
        says = "blue"
        on = 2001-02-01
        if_true = 0.8
        if_false = 0.2
        "#,
    );
    let played = Played::new(&text, 5, RUNS);
    agrees(&played, &heard(&played, &Selection::default()), "blue", 12.0 / 29.0);
}

/// The alarm of S. Russell and P. Norvig, Artificial Intelligence, 3rd edition (2010), section 14.2: two neighbours call; it is a
/// burglary with 0.284 (section 14.4.1). Fails if two claims about one thing do not multiply.
#[test]
fn two_neighbours_call() {
    let text = scenario(
        r#"
        [parameters]
        burglary = { bernoulli = 0.001 }
        earthquake = { bernoulli = 0.002 }
        alarm = { bernoulli = "burglary ? (earthquake ? 0.95 : 0.94) : (earthquake ? 0.29 : 0.001)" }
        [outcomes]
        burglary = "burglary"
        [claims.john]
        says = "alarm"
        on = 2001-02-01
        if_true = 0.9
        if_false = 0.05
        [claims.mary]
        says = "alarm"
        on = 2001-02-01
        if_true = 0.7
        if_false = 0.01
        "#,
    );
    let played = Played::new(&text, 8, 4 * RUNS);
    agrees(&played, &heard(&played, &Selection::default()), "burglary", 0.284_17);
}

/// Monty Hall, or the three prisoners (S. Selvin, The American Statistician 29 (1975), 67 and 134): the host, who knows, opens
/// the third door, and would as soon have opened the second had the car stood behind the first. What he says by it is one claim
/// about each of the other doors. Fails if he is heard as one who opens a door at random: then both are as good.
#[test]
fn three_doors() {
    let host = |of_the_second: f64| {
        scenario(&format!(
            r#"
            [parameters]
            car = {{ discrete = {{ "1" = 1, "2" = 1, "3" = 1 }} }}
            [outcomes]
            first = "car == 1"
            second = "car == 2"
            third = "car == 3"
            [claims.no_car]
            says = "car == 3"
            on = 2001-02-01
            if_true = 0
            if_false = 1
            [claims.chose_it]
            says = "car == 2"
            on = 2001-02-01
            if_true = {of_the_second}
            if_false = 0.5
            "#
        ))
    };
    for (of_the_second, known) in [(1.0, 2.0 / 3.0), (0.5, 0.5)] {
        let played = Played::new(&host(of_the_second), 6, RUNS);
        let evidence = heard(&played, &Selection::default());
        agrees(&played, &evidence, "second", known);
        assert_eq!(posterior(&played, &evidence, "third"), 0.0);
    }
}

/// The kidney stones of C. R. Charig and others (British Medical Journal 292 (1986), 879-882), as S. A. Julious and M. A. Mullee
/// have them (309 (1994), 1480-1481): treatment A is better for small stones (93% to 87%) and for large ones (73% to 69%), and
/// looks worse in all (78% to 83%), since it was given to the large ones. Fails if what is given is taken for what is done.
#[test]
fn kidney_stones() {
    let stones = |treatment: &str| {
        scenario(&format!(
            r#"
            [parameters]
            small = {{ bernoulli = 0.51 }}
            a = {treatment}
            cured = {{ bernoulli = "small ? (a ? 0.93 : 0.87) : (a ? 0.73 : 0.69)" }}
            [outcomes]
            cured = "cured"
            [claims.was_given_a]
            says = "a"
            on = 2001-01-01
            if_true = 1
            if_false = 0
            [claims.was_not]
            says = "!a"
            on = 2001-01-01
            if_true = 1
            if_false = 0
            "#
        ))
    };
    let chosen = "{ bernoulli = \"small ? 0.2437 : 0.7668\" }";
    let seen = Played::new(&stones(chosen), 7, RUNS);
    let (small, large) = (0.51, 0.49);
    let (a_small, a_large) = (small * 0.2437, large * 0.7668);
    let (b_small, b_large) = (small - a_small, large - a_large);
    let with_a = (0.93 * a_small + 0.73 * a_large) / (a_small + a_large);
    let with_b = (0.87 * b_small + 0.69 * b_large) / (b_small + b_large);
    assert!(with_a < 0.785 && with_b > 0.825, "{with_a} {with_b}");
    for (unheard, treatment, observed, done) in [
        ("was_not", "true", with_a, 0.93 * small + 0.73 * large),
        ("was_given_a", "false", with_b, 0.87 * small + 0.69 * large),
    ] {
        let selection = Selection {
            without: vec![unheard.to_owned()],
            as_of: None,
        };
        agrees(&seen, &heard(&seen, &selection), "cured", observed);
        let intervened = Played::new(&stones(treatment), 7, RUNS);
        agrees(&intervened, &heard(&intervened, &selection), "cured", done);
    }
}

/// What would be believed without a claim is what is believed when it is left out. Fails where an origin has said the same
/// twice, if the first is taken away together with the second that would then be heard.
#[test]
fn what_is_told_of_leaving_a_claim_out_comes_of_leaving_it_out() {
    let text = scenario(
        r#"
        [parameters]
        guilty = { bernoulli = 0.3 }
        [outcomes]
        guilty = "guilty"
        [origins.neighbour]
        reliability = 0.6
        [claims.saw_him]
        says = "guilty"
        on = 2001-02-01
        if_true = 0.9
        if_false = 0.1
        origin = "neighbour"
        [claims.is_sure]
        says = "guilty"
        on = 2001-03-01
        if_true = 0.5
        if_false = 0.4
        origin = "neighbour"
        [claims.stranger]
        says = "guilty"
        on = 2001-06-01
        if_true = 0.5
        if_false = 0.25
        "#,
    );
    let played = Played::new(&text, 9, 2000);
    let all = heard(&played, &Selection::default());
    let odds = |share: f64| share / (1.0 - share);
    for claim in all.claims.iter().filter(|claim| claim.heard) {
        let selection = Selection {
            without: vec![claim.name.clone()],
            as_of: None,
        };
        let without = posterior(&played, &heard(&played, &selection), "guilty");
        let told = &claim.outcomes[0];
        assert_eq!(told.posterior_without, Some(without), "{}", claim.name);
        let factor = odds(posterior(&played, &all, "guilty")) / odds(without);
        assert!(
            (told.bayes_factor.expect("a factor") - factor).abs() < 1e-9 * factor,
            "{}",
            claim.name
        );
    }
    // With none of the neighbour's claims the stranger alone is left, which the first claim alone does not show.
    let (guilty, innocent) = (played.outcome("guilty") as f64, played.outcome("unresolved") as f64);
    let alone = 0.5 * guilty / (0.5 * guilty + 0.25 * innocent);
    let told = all.origins[0].outcomes[0].posterior_without.expect("a share");
    assert!((told - alone).abs() < 1e-12);
    assert!(told < all.claims[0].outcomes[0].posterior_without.expect("a share"));
}

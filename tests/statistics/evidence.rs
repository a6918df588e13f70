//! Claims weigh runs as Bayes has it: textbook cases with known posteriors, origins worked out by hand, and the intervals'
//! coverage.

use equipoise::analysis::evidence::{Contradiction, Evidence, Selection, weigh};
use equipoise::model::expand;
use equipoise::plan::plan;
use equipoise::results::Unheard;

use crate::play::{core, position, results};
use crate::played::Played;

/// How many standard errors a posterior may be off: one in 1.7 million by chance, and the seeds are fixed.
const ERRORS: f64 = 5.0;

pub fn scenario(rest: &str) -> String {
    format!("[scenario]\ntitle = \"Claims\"\nstart = 2001-01-01\nhorizon = \"2 years\"\n{rest}")
}

pub fn heard(played: &Played, selection: &Selection) -> Evidence {
    weigh(&played.plan.observed, played.results.patterns(), selection).expect("no contradiction")
}

pub fn posterior(played: &Played, evidence: &Evidence, outcome: &str) -> f64 {
    evidence.posteriors[position(&played.plan.observed.outcomes, outcome)].share
}

/// Fails if a posterior is further from a known one than its effective runs allow.
pub fn agrees(played: &Played, evidence: &Evidence, outcome: &str, known: f64) {
    let found = evidence.posteriors[position(&played.plan.observed.outcomes, outcome)];
    let error = (known * (1.0 - known) / found.effective_runs).sqrt();
    assert!(
        (found.share - known).abs() <= ERRORS * error,
        "{outcome}: {} not {known} (standard error {error})",
        found.share
    );
}

/// Eddy's problem: 1% have it, the test finds 80% of them and 9.6% of the others; after a positive test it is 7.76%
/// (D. M. Eddy, in Kahneman, Slovic and Tversky, Judgment under Uncertainty (1982), 249-267).
#[test]
fn mammography() {
    let text = scenario(
        r#"
        [parameters]
        ill = { bernoulli = 0.01 }
        [outcomes]
        ill = "ill"
        [claims.positive]
        says = "ill"
        on = 2001-02-01
        if_true = 0.8
        if_false = 0.096
        "#,
    );
    let played = Played::new(&text, 7, 400_000);
    let evidence = heard(&played, &Selection::default());
    agrees(&played, &evidence, "ill", 0.077_63);
    // Of the runs there are, it is exactly what Bayes says.
    let (ill, well) = (played.outcome("ill") as f64, played.outcome("unresolved") as f64);
    let exact = 0.8 * ill / (0.8 * ill + 0.096 * well);
    assert!((posterior(&played, &evidence, "ill") - exact).abs() < 1e-14);
    let claim = &evidence.claims[0];
    assert!((claim.likelihood_ratio.expect("a ratio") - 0.8 / 0.096).abs() < 1e-12);
    assert!((claim.outcomes[0].bayes_factor.expect("a factor") - 0.8 / 0.096).abs() < 1e-9);
    assert_eq!(claim.outcomes[0].posterior_without, Some(ill / (ill + well)));
}

/// The chest clinic of S. L. Lauritzen and D. J. Spiegelhalter, Journal of the Royal Statistical Society B 50 (1988),
/// 157-224: a patient who has been to Asia and is short of breath has tuberculosis with 0.0878, lung cancer with 0.0995 and
/// bronchitis with 0.8114 (the values that the R package gRain prints).
#[test]
fn asia() {
    let network = r#"
        [parameters]
        asia  = { bernoulli = 0.01 }
        smoke = { bernoulli = 0.5 }
        tub   = { bernoulli = "asia ? 0.05 : 0.01" }
        lung  = { bernoulli = "smoke ? 0.1 : 0.01" }
        bronc = { bernoulli = "smoke ? 0.6 : 0.3" }
        dysp  = { bernoulli = "bronc ? (tub || lung ? 0.9 : 0.8) : (tub || lung ? 0.7 : 0.1)" }
        [claims.been_to_asia]
        says = "asia"
        on = 2001-01-01
        if_true = 1
        if_false = 0
        [claims.short_of_breath]
        says = "dysp"
        on = 2001-01-01
        if_true = 1
        if_false = 0
        [outcomes]
        it = "DISEASE"
    "#;
    for (disease, known) in [("tub", 0.087_750_96), ("lung", 0.099_525_15), ("bronc", 0.811_402_1)] {
        let played = Played::new(&scenario(&network.replace("DISEASE", disease)), 8, 300_000);
        let evidence = heard(&played, &Selection::default());
        agrees(&played, &evidence, "it", known);
        assert!(
            (enumerated(disease) - known).abs() < 1e-7,
            "{disease}: the published value"
        );
    }
}

/// The posterior of a disease in the chest clinic, by summing over everything.
fn enumerated(disease: &str) -> f64 {
    let chance = |holds: bool, p: f64| if holds { p } else { 1.0 - p };
    let (mut with, mut all) = (0.0, 0.0);
    for bits in 0..16_u32 {
        let [smoke, tub, lung, bronc] = [0, 1, 2, 3].map(|bit| bits >> bit & 1 == 1);
        let dysp = match (bronc, tub || lung) {
            (true, true) => 0.9,
            (true, false) => 0.8,
            (false, true) => 0.7,
            (false, false) => 0.1,
        };
        let p = 0.5
            * chance(tub, 0.05)
            * chance(lung, if smoke { 0.1 } else { 0.01 })
            * chance(bronc, if smoke { 0.6 } else { 0.3 })
            * dysp;
        let has = match disease {
            "tub" => tub,
            "lung" => lung,
            _ => bronc,
        };
        all += p;
        with += if has { p } else { 0.0 };
    }
    with / all
}

const WITNESSES: &str = r#"
    [parameters]
    guilty = { bernoulli = 0.2 }
    [outcomes]
    guilty = "guilty"
    [origins.neighbour]
    reliability = 0.6
    [claims.saw_him]
    says = "guilty"
    on = 2001-03-01
    if_true = 0.9
    if_false = 0.1
    origin = "neighbour"
    [claims.swears_to_it]
    says = "guilty && true"
    on = 2001-04-01
    if_true = 0.9
    if_false = 0.1
    origin = "neighbour"
    [claims.not_innocent]
    says = "guilty ? true : false"
    on = 2001-05-01
    if_true = 0.8
    if_false = 0.3
    if_uninformed = 0.4
    origin = "neighbour"
    [claims.stranger]
    says = "guilty"
    on = 2001-06-01
    if_true = 0.5
    if_false = 0.25
"#;

/// An origin is informed with 0.6, and then all its claims follow the truth; or it is not, and none does. Fails if its claims
/// count as independent, if what it repeats counts twice, or if the default of `if_uninformed` is not the mean.
#[test]
fn claims_of_one_origin_stand_and_fall_together() {
    let played = Played::new(&scenario(WITNESSES), 9, 2000);
    let guilty = played.outcome("guilty") as f64;
    let innocent = played.outcome("unresolved") as f64;
    let of = |weights: (f64, f64)| weights.0 * guilty / (weights.0 * guilty + weights.1 * innocent);
    let check = |without: &[&str], weights: (f64, f64)| {
        let selection = Selection {
            without: without.iter().map(|id| (*id).to_owned()).collect(),
            as_of: None,
        };
        let found = posterior(&played, &heard(&played, &selection), "guilty");
        assert!(
            (found - of(weights)).abs() < 1e-12,
            "{without:?}: {found} not {}",
            of(weights)
        );
    };
    // Informed: 0.9 x 0.8 if guilty, 0.1 x 0.3 if not; uninformed: 0.5 x 0.4 either way.
    let voice = |informed: f64, uninformed: f64| 0.6 * informed + 0.4 * uninformed;
    let both = (voice(0.9 * 0.8, 0.5 * 0.4), voice(0.1 * 0.3, 0.5 * 0.4));
    check(&[], (0.5 * both.0, 0.25 * both.1));
    // What the neighbour repeats does nothing; without the first, the second is heard.
    check(&["swears_to_it"], (0.5 * both.0, 0.25 * both.1));
    check(&["saw_him"], (0.5 * both.0, 0.25 * both.1));
    let one = (voice(0.9, 0.5), voice(0.1, 0.5));
    check(&["not_innocent", "stranger"], one);
    check(&["saw_him", "swears_to_it", "not_innocent"], (0.5, 0.25));
    check(&["saw_him", "swears_to_it", "not_innocent", "stranger"], (1.0, 1.0));
    let evidence = heard(&played, &Selection::default());
    assert_eq!(evidence.claims[1].unheard, Some(Unheard::Repeats("saw_him".to_owned())));
    // What is left of the neighbour's reliability: 0.6 x the informed part, over all of it.
    let informed = 0.6 * (0.72 * 0.5 * guilty + 0.03 * 0.25 * innocent);
    let all = both.0 * 0.5 * guilty + both.1 * 0.25 * innocent;
    let found = evidence.origins[0].posterior_reliability.expect("a share");
    assert!((found - informed / all).abs() < 1e-12);
    assert_eq!(evidence.origins[0].claims, ["saw_him", "not_innocent"]);
    let factor = evidence.origins[0].outcomes[0].bayes_factor.expect("a factor");
    assert!((factor - both.0 / both.1).abs() < 1e-9);
    // The stranger is said last: as of May it has not been heard.
    let may = Selection {
        as_of: Some("2001-05-31".to_owned()),
        ..Selection::default()
    };
    let evidence = heard(&played, &may);
    assert_eq!(evidence.claims[3].unheard, Some(Unheard::SaidLater));
    assert!((posterior(&played, &evidence, "guilty") - of(both)).abs() < 1e-12);
}

/// A claim is judged on its day, after what happens on it, and `given` as well. Fails if it is judged at the end, or before
/// the day's events.
#[test]
fn a_claim_is_judged_on_its_day() {
    let text = scenario(
        r#"
        [events.first]
        on = 2001-06-01
        [events.second]
        on = 2001-08-01
        [outcomes]
        all = true
        [claims.on_the_day]
        says = "fired(first) && !fired(second)"
        on = 2001-06-01
        if_true = 1
        if_false = 0
        [claims.before]
        says = "!fired(first)"
        on = 2001-09-01
        about = 2001-05-31
        if_true = 1
        if_false = 0
        [claims.at_the_end]
        says = "fired(second)"
        on = 2001-01-01
        about = "horizon"
        if_true = 1
        if_false = 0
        "#,
    );
    let played = Played::new(&text, 1, 10);
    let evidence = heard(&played, &Selection::default());
    assert!(evidence.claims.iter().all(|claim| claim.prior == Some(1.0)));
}

fn contradiction(claims: &str) -> Contradiction {
    let start = "[parameters]\nill = { bernoulli = 0.5 }\n[outcomes]\nill = \"ill\"\n";
    let played = Played::new(&scenario(&format!("{start}{claims}")), 1, 100);
    weigh(&played.plan.observed, played.results.patterns(), &Selection::default()).expect_err("a contradiction")
}

/// Fails if claims that no run can be reconciled with go through, or if others are blamed.
#[test]
fn claims_that_contradict_the_scenario_are_named() {
    let claim = |id: &str, says: &str, if_true: f64| {
        format!("[claims.{id}]\nsays = \"{says}\"\non = 2001-01-01\nif_true = {if_true}\nif_false = 0\n")
    };
    let impossible = claim("a", "ill", 0.5) + &claim("b", "ill && !ill", 0.9) + &claim("c", "1 > 2", 1.0);
    let found = contradiction(&impossible);
    assert_eq!((found.claims, found.each), (vec!["b".to_owned(), "c".to_owned()], true));
    let together = claim("a", "true", 0.5) + &claim("b", "ill", 0.9) + &claim("c", "!ill", 1.0);
    let found = contradiction(&together);
    assert_eq!(
        (found.claims, found.each),
        (vec!["b".to_owned(), "c".to_owned()], false)
    );
}

/// Fails if claims draw a number, fire an event or otherwise reach into a run.
#[test]
fn claims_change_no_run() {
    let bare = scenario(WITNESSES.split("[origins").next().expect("a part"));
    let played = |text: &str| {
        let plan = plan(&core(text));
        results(&plan, 3, 0..5000, 2)
    };
    let (with, without) = (played(&scenario(WITNESSES)), played(&bare));
    assert_eq!(with.checksum(), without.checksum());
    assert_eq!(with.outcomes(), without.outcomes());
    assert!(with.patterns().counts().len() == 2 && without.patterns().is_empty());
    // And what `expand` prints says the same of them.
    let (written, printed) = (core(&scenario(WITNESSES)), core(&expand(&core(&scenario(WITNESSES)))));
    assert_eq!(plan(&written).observed, plan(&printed).observed);
}

/// So many that 93.5 to 96.5% is 3.8 standard errors of a coverage of 95%, where 1,000 would make it 2.2: the small counts of
/// rare outcomes take up a part of that.
const SEEDS: u64 = 3000;

/// How often the 95% interval of a posterior holds the known one.
fn coverage(rest: &str, outcome: &str, known: f64, runs: u64) -> f64 {
    let plan = plan(&core(&scenario(rest)));
    let index = position(&plan.observed.outcomes, outcome);
    let covered = (0..SEEDS).filter(|seed| {
        let results = results(&plan, *seed, 0..runs, 1);
        let evidence = weigh(&plan.observed, results.patterns(), &Selection::default()).expect("no contradiction");
        let [low, high] = evidence.posteriors[index].interval;
        (low..=high).contains(&known)
    });
    covered.count() as f64 / SEEDS as f64
}

/// A common outcome, a rare one that a claim makes heavier, and a rare one that claims make lighter. Fails if the effective
/// number of runs is Kish's, which overlooks that the weights and the outcome go together.
#[test]
fn intervals_of_posteriors_cover() {
    let text = |chance: f64, true_sign: f64, false_sign: f64, if_true: f64, if_false: f64| {
        format!(
            "[parameters]\nrare = {{ bernoulli = {chance} }}\n\
             sign = {{ bernoulli = \"rare ? {true_sign} : {false_sign}\" }}\n\
             [outcomes]\nrare = \"rare\"\n\
             [claims.sign]\nsays = \"sign\"\non = 2001-01-01\nif_true = {if_true}\nif_false = {if_false}\n"
        )
    };
    for (chance, true_sign, false_sign, if_true, if_false) in [
        (0.3, 0.8, 0.3, 0.9, 0.2),
        (0.01, 0.7, 0.05, 0.9, 0.02),
        (0.01, 0.2, 0.6, 0.9, 0.1),
    ] {
        let made = |sign: f64| sign * if_true + (1.0 - sign) * if_false;
        let known = chance * made(true_sign) / (chance * made(true_sign) + (1.0 - chance) * made(false_sign));
        let text = text(chance, true_sign, false_sign, if_true, if_false);
        let found = coverage(&text, "rare", known, 4000);
        assert!((0.935..=0.965).contains(&found), "prior {chance}: covered in {found}");
    }
}

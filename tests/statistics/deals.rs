//! Deals solved by hand. `EQUIPOISE_LONG_TESTS=1` plays a million runs of each.

use crate::law::{Law, integral, outcome_has, series_follows};
use crate::played::Played;

const ERRORS: f64 = 4.0;

fn played(text: &str, seed: u64) -> Played {
    let long = std::env::var_os("EQUIPOISE_LONG_TESTS").is_some_and(|value| value == "1");
    Played::new(text, seed, if long { 1_000_000 } else { 100_000 })
}

/// Two may object. What the supplier would do is settled by one draw a rule: it heeds alfa with probability 1/2, and bravo
/// with 0.3, whenever they object. So given the draws, refusal by alfa has the hazard a (or 0), by bravo b (or 0), and until
/// the deal is over all clocks are exponential but the delivery, which takes d from signing:
/// talks end by signing, collapse or refusal in proportion to s, c and the refusals' hazard h; a signed deal is delivered
/// with probability exp(-(c + h) d), else it ends in proportion to c and h. One that is not genuine never signs.
///
/// Fails if an objection comes twice, if a rule draws anew when the other objects, if `blocked_by` is not the one whose
/// objection was heeded, if a deal that is not genuine signs, or if delivery goes on in a deal that is over.
#[test]
fn competing_objections() {
    let text = r#"
        [scenario]
        title = "Competing objections"
        start = 2001-01-01
        horizon = "200 years"
        [systems.rocket]
        tiv = 1
        [actors.seller]
        [actors.buyer]
        [actors.alfa]
        [actors.bravo]
        [suppliers.seller]
        sells = ["rocket"]
        [suppliers.seller.policy.heed_alfa]
        when = "alfa in objectors"
        chance = 0.5
        decision = "refuse"
        [suppliers.seller.policy.heed_bravo]
        when = "objectors.exists(o, o == bravo)"
        chance = 0.3
        decision = "refuse"
        [deals.sale]
        supplier = "seller"
        recipient = "buyer"
        system = "rocket"
        quantity = 10
        genuine = 0.8
        signs = { rate = 1.5 }
        collapses = { rate = 0.2 }
        objections.alfa = { rate = 0.6 }
        objections.bravo = { rate = 0.9 }
        delivers.all = { after = "0.8 years" }
        [outcomes]
        delivered = "sale.stage == 'delivered'"
        alfa_stops = "sale.stage == 'blocked' && sale.blocked_by == 'alfa'"
        bravo_stops = "sale.stage == 'blocked' && sale.blocked_by == 'bravo'"
        falls_through = "sale.stage == 'collapsed'"
        [measures]
        rockets = "buyer.inventory.rocket"
        unreal = "sale.genuine ? 0 : 1"
    "#;
    let played = played(text, 31);
    let (a, b, c, s, d, genuine) = (0.6, 0.9, 0.2, 1.5, 0.8, 0.8);
    let [mut delivered, mut by_alfa, mut by_bravo, mut collapsed] = [0.0; 4];
    for (heeds_alfa, p_alfa) in [(1.0, 0.5), (0.0, 0.5)] {
        for (heeds_bravo, p_bravo) in [(1.0, 0.3), (0.0, 0.7)] {
            let (a, b) = (a * heeds_alfa, b * heeds_bravo);
            let (p, out) = (p_alfa * p_bravo, a + b + c);
            let signed = genuine * s / (s + out);
            let arrives = signed * f64::exp(-out * d);
            // What does not arrive ends in proportion to the hazards that can end it, before signing or after.
            let ends = 1.0 - arrives;
            delivered += p * arrives;
            by_alfa += p * ends * a / out;
            by_bravo += p * ends * b / out;
            collapsed += p * ends * c / out;
        }
    }
    outcome_has(&played, "delivered", delivered, ERRORS);
    outcome_has(&played, "alfa_stops", by_alfa, ERRORS);
    outcome_has(&played, "bravo_stops", by_bravo, ERRORS);
    outcome_has(&played, "falls_through", collapsed, ERRORS);
    assert_eq!(played.outcome("unresolved"), 0);
    Law::of_weights([(0.0, 1.0 - delivered), (10.0, delivered)]).holds_within(&played, "rockets", ERRORS);
    Law::bernoulli(0.2).holds_within(&played, "unreal", ERRORS);
}

/// A rule whose chance changes is asked at every objection, and again and again by `reconsiders`, for the year until signing.
/// Its one draw U is kept. Objections come at rates 1, 0.7 (bravo) and 0.5, so somebody has objected within the year with
/// probability q = 1 - exp(-2.2), first of all bravo in 0.7 / 2.2 of those cases.
///
/// `rising`: the chance is 0.3, or 0.6 once bravo has objected. U < 0.3 refuses at the first objection, 0.3 <= U < 0.6 at
/// bravo's: P = 0.3 q + 0.3 (1 - exp(-0.7)), the mean of the greatest chance asked.
/// `falling`: the chance is 0.5, or 0.2 once bravo has objected. U < 0.2 refuses at the first objection, 0.2 <= U < 0.5 only
/// if the first is not bravo's: P = 0.2 q + 0.3 q 1.5 / 2.2.
///
/// Fails if a rule draws anew when it is asked again (the shares would be far higher), or looks only at its first chance.
#[test]
fn a_chance_asked_again() {
    let text = r#"
        [scenario]
        title = "Asked again"
        start = 2001-01-01
        horizon = "3 years"
        [systems.rocket]
        tiv = 1
        [actors.up]
        [actors.down]
        [actors.buyer]
        [actors.alfa]
        [actors.bravo]
        [actors.charlie]
        [suppliers.up]
        sells = ["rocket"]
        [suppliers.up.policy.yields]
        when = "objectors.exists(o, true)"
        chance = "bravo in objectors ? 0.6 : 0.3"
        decision = "refuse"
        [suppliers.down]
        sells = ["rocket"]
        [suppliers.down.policy.yields]
        when = "objectors.exists(o, true)"
        chance = "deal.objected.bravo ? 0.2 : 0.5"
        decision = "refuse"
        [deals.rising]
        supplier = "up"
        recipient = "buyer"
        system = "rocket"
        quantity = 1
        signs = { after = "1 year" }
        reconsiders = { when = "asks" }
        objections.alfa = { rate = 1 }
        objections.bravo = { rate = 0.7 }
        objections.charlie = { rate = 0.5 }
        [deals.falling]
        supplier = "down"
        recipient = "buyer"
        system = "rocket"
        quantity = 1
        signs = { after = "1 year" }
        reconsiders = { when = "asks" }
        objections.alfa = { rate = 1 }
        objections.bravo = { rate = 0.7 }
        objections.charlie = { rate = 0.5 }
        [variables]
        asks = false
        [events.turns]
        rate = 10
        repeats = true
        then = ["asks = !asks"]
        [outcomes]
        both = "rising.stage == 'blocked' && falling.stage == 'blocked'"
        rising_alone = "rising.stage == 'blocked'"
        falling_alone = "falling.stage == 'blocked'"
        none = "rising.stage == 'delivered' && falling.stage == 'delivered'"
        [measures]
        rising = "rising.stage == 'blocked' ? 1 : 0"
        falling = "falling.stage == 'blocked' ? 1 : 0"
        by_bravo = "rising.blocked_by == 'bravo' ? 1 : 0"
        asked = "count(rising.decides)"
    "#;
    let played = played(text, 32);
    let q = 1.0 - f64::exp(-2.2);
    let bravo = 1.0 - f64::exp(-0.7);
    let rising = 0.3 * q + 0.3 * bravo;
    let falling = 0.2 * q + 0.3 * q * 1.5 / 2.2;
    Law::bernoulli(rising).holds_within(&played, "rising", ERRORS);
    Law::bernoulli(falling).holds_within(&played, "falling", ERRORS);
    Law::bernoulli(0.3 * q * 0.7 / 2.2 + 0.3 * bravo).holds_within(&played, "by_bravo", ERRORS);
    // The deals do not touch each other, and the draw of a rule is one a deal.
    outcome_has(&played, "both", rising * falling, ERRORS);
    outcome_has(&played, "rising_alone", rising * (1.0 - falling), ERRORS);
    outcome_has(&played, "falling_alone", (1.0 - rising) * falling, ERRORS);
    assert_eq!(played.outcome("unresolved"), 0);
    assert!(
        played.measure("asked").mean() > Some(4.0),
        "it is asked again and again"
    );
}

/// A decision takes 0.1 years and a delay L = 0.6; signing and delivery wait for both. Talks open at 0; alfa objects at
/// x ~ Exp(0.8); the rule delays once, with probability p = 0.7. Delivery takes D, uniform from 0.5 to 1.5, of time that is
/// not held. The first decision falls at 0.1 and takes an objection before that in:
///   x < 0.1:          T = 0.1 + D + B (L + 0.1)          where B is 1 with probability p
///   0.1 < x < 0.1 + D: T = 0.1 + D + 0.1 + B (L + 0.1)    the delivery was running
///   later:             T = 0.1 + D
/// Meanwhile it collapses at the rate c = 0.15, held by nothing: it is delivered at T with probability exp(-c T).
///
/// Fails if delivery starts anew after a delay or runs on during it, if a pending decision does not hold it, if the deal is
/// signed while either lasts, if the rule delays again after `delays` has counted, or if a collapse is held as well.
#[test]
fn a_delay_over_a_running_delivery() {
    let text = r#"
        [scenario]
        title = "A delay over a running delivery"
        start = 2001-01-01
        horizon = "4 years"
        [systems.rocket]
        tiv = 1
        [actors.seller]
        [actors.buyer]
        [actors.alfa]
        [suppliers.seller]
        sells = ["rocket"]
        [suppliers.seller.policy.waits]
        when = "alfa in objectors && deal.delays < 1"
        chance = 0.7
        decision = "delay"
        for = "0.6 years"
        [deals.sale]
        supplier = "seller"
        recipient = "buyer"
        system = "rocket"
        quantity = 10
        decides = { after = "0.1 years" }
        collapses = { rate = 0.15 }
        objections.alfa = { rate = 0.8 }
        delivers.all = { after = { uniform = ["0.5 years", "1.5 years"] } }
        [outcomes]
        delivered = "sale.stage == 'delivered'"
        collapsed = "sale.stage == 'collapsed'"
        [measures]
        signed_after = "time_of(sale.signs)"
        delivered_after = "time_of(sale.delivers.all)"
        delays = "sale.delays"
        [series]
        delivered = { value = "sale.stage == 'delivered' ? 1 : 0", every = "0.08 years" }
    "#;
    let played = played(text, 33);
    let (a, c, p, decision, length) = (0.8, 0.15, 0.7, 0.1, 0.6);
    // The mean of f(T) exp(-c T) over D and the cases above, where f is a power of T cut at t.
    let mean = |t: f64, k: i32| {
        let term = |weight: &dyn Fn(f64) -> f64, later: f64| {
            let value = |d: f64| {
                let total: f64 = decision + d + later;
                weight(d) * total.powi(k) * (-c * total).exp()
            };
            integral(0.5, (t - decision - later).min(1.5), value)
        };
        let early = 1.0 - f64::exp(-a * decision);
        let running = |d: f64| f64::exp(-a * decision) * (1.0 - f64::exp(-a * d));
        term(&|d| (1.0 - early) - running(d) + early * (1.0 - p), 0.0)
            + term(&|_| early * p, length + decision)
            + term(&|d| running(d) * (1.0 - p), decision)
            + term(&|d| running(d) * p, decision + length + decision)
    };
    series_follows(&played, "delivered", |t| Law::bernoulli(mean(t, 0)));
    let delivered = mean(4.0, 0);
    outcome_has(&played, "delivered", delivered, ERRORS);
    outcome_has(&played, "collapsed", 1.0 - delivered, ERRORS);
    Law::of_raw_moments([1, 2, 3, 4].map(|k| mean(4.0, k) / delivered)).holds_within(
        &played,
        "delivered_after",
        ERRORS,
    );
    // It is signed as the first decision falls, or, delayed in the talks, when delay and second decision are over as well.
    let in_talks = p * (1.0 - f64::exp(-a * decision));
    let at = [decision, decision + length + decision];
    let alive = at.map(|t| f64::exp(-c * t));
    let [soon, late] = [(1.0 - in_talks) * alive[0], in_talks * alive[1]];
    let signed = Law::of_weights([(at[0], soon / (soon + late)), (at[1], late / (soon + late))]);
    signed.holds_within(&played, "signed_after", ERRORS);
    // A delay is decided if the deal has not collapsed by the decision: at 0.1, or at x + 0.1.
    let before = (1.0 - f64::exp(-a * decision)) * f64::exp(-c * decision);
    let running = |d: f64| integral(decision, decision + d, |x| a * f64::exp(-a * x - c * (x + decision)));
    let delayed = p * (before + integral(0.5, 1.5, running));
    Law::bernoulli(delayed).holds_within(&played, "delays", ERRORS);
}

/// 100 rockets from stock, 60 of them half a year after signing and 40 when another Exp(1) has passed. Signing has the rate 2.
/// With probability h = 0.7 an objection, at the rate a = 0.8, is heeded and the rest refused; what has come stays. Then the
/// first batch comes with probability f = 2 / 2.8 exp(-0.8 / 2), and the second after it with probability 1 / 1.8.
///
/// Fails if a batch comes after the refusal, if the refusal takes the first back, if the second does not wait for the first,
/// or if the stock of the supplier does not lose what the recipient gains.
#[test]
fn a_delivery_cut_off_by_a_refusal() {
    let text = r#"
        [scenario]
        title = "Cut off"
        start = 2001-01-01
        horizon = "200 years"
        [systems.rocket]
        category = "strike"
        tiv = 2
        [actors.seller.inventory]
        rocket = 150
        [actors.buyer.inventory]
        rocket = 5
        [actors.rival.inventory]
        rocket = 50
        [balances.strike]
        sides = { buyer = ["buyer"], rival = ["rival"] }
        weights = { strike = 3 }
        [suppliers.seller]
        sells = ["rocket"]
        [suppliers.seller.policy.heeds]
        when = "objectors.exists(o, true)"
        chance = 0.7
        decision = "refuse"
        [deals.sale]
        supplier = "seller"
        recipient = "buyer"
        system = "rocket"
        quantity = 100
        from_stock = true
        signs = { rate = 2 }
        objections.rival = { rate = 0.8 }
        [deals.sale.delivers.first]
        share = 0.6
        after = "6 months"
        [deals.sale.delivers.rest]
        share = 0.4
        after = { exponential = ["1 year"] }
        [outcomes]
        nothing_came = "sale.stage == 'blocked' && sale.delivered_share == 0"
        cut_off = "sale.stage == 'blocked' && sale.delivered_share == 0.6"
        all_came = "sale.stage == 'delivered' && sale.delivered_share == 1"
        [measures]
        bought = "buyer.inventory.rocket"
        left = "seller.inventory.rocket"
        delivered_share = "sale.delivered_share"
        balance = "strike.share.buyer"
        ratio = "strike.log_ratio.buyer"
        strength = "strike.strength.buyer"
        to_come = "sale.share_after.strike.buyer"
    "#;
    let played = played(text, 34);
    let first = 2.0 / 2.8 * f64::exp(-0.4);
    let nothing = 0.7 * (1.0 - first);
    let cut = 0.7 * first * (1.0 - 1.0 / 1.8);
    let all = 1.0 - nothing - cut;
    outcome_has(&played, "nothing_came", nothing, ERRORS);
    outcome_has(&played, "cut_off", cut, ERRORS);
    outcome_has(&played, "all_came", all, ERRORS);
    assert_eq!(played.outcome("unresolved"), 0);
    let law =
        |value: &dyn Fn(f64) -> f64| Law::of_weights([(value(0.0), nothing), (value(60.0), cut), (value(100.0), all)]);
    law(&|came| 5.0 + came).holds_within(&played, "bought", ERRORS);
    law(&|came| 150.0 - came).holds_within(&played, "left", ERRORS);
    law(&|came| came / 100.0).holds_within(&played, "delivered_share", ERRORS);
    law(&|came| (5.0 + came) / (55.0 + came)).holds_within(&played, "balance", ERRORS);
    law(&|came| f64::ln((5.0 + came) / 50.0)).holds_within(&played, "ratio", ERRORS);
    law(&|came| 6.0 * (5.0 + came)).holds_within(&played, "strength", ERRORS);
}

/// What objectors look at: the share of their side now, less the share once the rest has come. The rival has 50 rockets to
/// 5, and 100 are to come, 60 of them at once: its shift is 50/55 - 50/155 = 0.587 before the first batch, 50/115 - 50/155 =
/// 0.112 after it, and that of the buyer's friend the opposite. Fails if a shift has another sign or forgets what has come.
#[test]
fn shifts_of_a_balance() {
    let text = r#"
        [scenario]
        title = "Shifts"
        start = 2001-01-01
        horizon = "3 years"
        [systems.rocket]
        category = "strike"
        tiv = 2
        [actors.seller]
        [actors.buyer.inventory]
        rocket = 5
        [actors.friend]
        [actors.rival.inventory]
        rocket = 50
        [actors.rival.objects.too_much]
        when = "shift.strike > 0.5865 && shift.strike < 0.5866"
        after = "1 month"
        [actors.rival_b]
        [actors.rival_b.objects.too_much]
        when = "shift.strike > 0.5866"
        [actors.rival_c]
        [actors.rival_c.objects.late]
        when = "shift.strike > 0.1121 && shift.strike < 0.1123 && share_after.strike.buyers > 0.677"
        [actors.friend_b]
        [actors.friend_b.objects.never]
        when = "shift.strike > 0"
        [actors.friend_c]
        [actors.friend_c.objects.odd]
        when = "shift.strike < -0.5 && recipient == buyer && system.category == 'strike' && deal.price == 170"
        [balances.strike]
        sides = { buyers = ["buyer", "friend", "friend_b", "friend_c"], rivals = ["rival", "rival_b", "rival_c"] }
        weights = { strike = 1 }
        [suppliers.seller]
        sells = ["rocket"]
        [deals.sale]
        supplier = "seller"
        recipient = "buyer"
        system = "rocket"
        quantity = 100
        price = 170
        delivers.first = { share = 0.6, after = "1 year" }
        delivers.rest = { share = 0.4, after = "1 year" }
        [measures]
        rival = "time_of(sale.objections.rival)"
        rival_b = "count(sale.objections.rival_b)"
        rival_c = "time_of(sale.objections.rival_c)"
        friend_b = "count(sale.objections.friend_b)"
        friend_c = "time_of(sale.objections.friend_c)"
        delivered = "time_of(sale.delivers.rest)"
    "#;
    let played = Played::new(text, 35, 10);
    let expected = [
        ("rival", 1.0 / 12.0),
        ("rival_b", 0.0),
        ("rival_c", 1.0),
        ("friend_b", 0.0),
        ("friend_c", 0.0),
        ("delivered", 2.0),
    ];
    for (measure, value) in expected {
        assert_eq!(played.measure(measure).n(), 10, "{measure}");
        Law::constant(value).holds_within(&played, measure, ERRORS);
    }
}

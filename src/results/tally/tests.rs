use super::*;

fn tally(values: &[f64]) -> Tally {
    let mut tally = Tally::default();
    tally.add_all(values);
    tally
}

/// Hand-computed: the squared deviations of 2, 4, 4, 4, 5, 5, 7, 9 from 5 sum to 32; those of 1, 2, 3, 4 from 2.5 to 5.
#[test]
fn moments_agree_with_hand_computed_ones() {
    let eight = tally(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
    assert_eq!(eight.mean(), Some(5.0));
    assert_eq!(eight.sd(), Some((32.0_f64 / 7.0).sqrt()));
    assert_eq!(eight.se(), Some((32.0_f64 / 7.0).sqrt() / 8.0_f64.sqrt()));
    let four = tally(&[1.0, 2.0, 3.0, 4.0]);
    assert_eq!((four.mean(), four.sd()), (Some(2.5), Some((5.0_f64 / 3.0).sqrt())));
}

/// Fails if the difference of the sums cancels: by plain floats nothing of this sd would be left. The values are whole
/// numbers whose squares are exact, and their sd is that of 1, 2, 3.
#[test]
fn a_small_sd_beside_a_large_mean_is_kept() {
    let mut values = Vec::new();
    for offset in [1.0, 2.0, 3.0] {
        values.extend(vec![94_000_000.0 + offset; 1000]);
    }
    // The squared deviations sum to 2000.
    let exact = (2000.0_f64 / 2999.0).sqrt();
    let found = tally(&values).sd().unwrap();
    assert!((found - exact).abs() < 1e-15 * exact, "{found} for {exact}");
}

#[test]
fn an_sd_of_nothing_is_zero() {
    assert_eq!(
        (tally(&[]).sd(), tally(&[]).se(), tally(&[]).mean()),
        (Some(0.0), None, None)
    );
    assert_eq!(
        (tally(&[0.1]).sd(), tally(&[0.1]).se(), tally(&[0.1]).mean()),
        (Some(0.0), Some(0.0), Some(0.1))
    );
    let same = tally(&[0.1; 1001]);
    assert_eq!((same.sd(), same.mean()), (Some(0.0), Some(0.1)));
}

#[test]
fn what_is_not_finite_is_left_out_and_counted() {
    let tally = tally(&[1.0, f64::INFINITY, 3.0, f64::NAN, f64::NEG_INFINITY]);
    assert_eq!((tally.n(), tally.excluded()), (2, 3));
    assert_eq!((tally.mean(), tally.range()), (Some(2.0), Some((1.0, 3.0))));
    assert!(tally.is_sound(5) && !tally.is_sound(4));
}

#[test]
fn what_no_float_holds_is_none() {
    let tally = tally(&[f64::MAX, f64::MAX / 2.0]);
    assert_eq!((tally.mean(), tally.sd(), tally.se()), (None, None, None));
}

use super::*;

const PROBABILITIES: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

fn bins(values: &[f64]) -> Bins {
    let mut bins = Bins::default();
    values.iter().for_each(|value| bins.add(*value));
    bins
}

/// Values without a pattern, from the fractions of the multiples of the golden ratio.
fn scattered(n: u32) -> Vec<f64> {
    (1..=n)
        .map(|i| (f64::from(i) * 0.618_033_988_749_894_9).fract())
        .collect()
}

/// Fails if a rank is off by one: with few distinct values every quantile is one of them.
#[test]
fn few_distinct_values_are_exact() {
    // Ranks of 20 values: 1, 1, 5, 10, 15, 19, 20.
    let values: Vec<f64> = (1..=20).map(f64::from).collect();
    assert_eq!(
        bins(&values).quantiles(PROBABILITIES),
        Some([1.0, 1.0, 5.0, 10.0, 15.0, 19.0, 20.0])
    );
    assert_eq!(bins(&[7.0]).quantiles(PROBABILITIES), Some([7.0; 7]));
    // ⌈0.5 x 3⌉ = 2 and ⌈0.25 x 3⌉ = 1.
    assert_eq!(
        bins(&[3.0, 1.0, 2.0]).quantiles([0.25, 0.5, 0.95]),
        Some([1.0, 2.0, 3.0])
    );
    // Two values in one bin are still exact.
    assert_eq!(bins(&[1.0001, 1.0, 4.0]).quantiles([0.1, 0.5]), Some([1.0, 1.0001]));
    assert_eq!(bins(&[]).quantiles(PROBABILITIES), None);
}

/// Fails if a bin is wider than a thousandth of its values, or the sign or the exponent is out of order.
#[test]
fn many_values_are_within_a_thousandth() {
    let spread = |u: f64| (u - 0.4) * if u < 0.5 { 1e-6 } else { 1e6 };
    let mut values: Vec<f64> = scattered(20_001).into_iter().map(spread).collect();
    let found = bins(&values).quantiles(PROBABILITIES).unwrap();
    values.sort_unstable_by(f64::total_cmp);
    for (probability, found) in PROBABILITIES.iter().zip(found) {
        let exact = values[rank(*probability, 20_001) as usize - 1];
        assert!(
            (found - exact).abs() <= exact.abs() / 1024.0,
            "{found} for {exact} at {probability}"
        );
    }
    assert_eq!((found[0], found[6]), (values[0], values[20_000]));
}

/// Fails if bins are wider than a thousandth: the outlier would pull the median up.
#[test]
fn bins_are_a_thousandth_wide() {
    let mut values = vec![1.0; 99];
    values.push(1.0 + 1.0 / 1024.0);
    assert_eq!(bins(&values).quantiles([0.5]), Some([1.0]));
    assert_eq!(name(1.0), name((1.0_f64 + 1.0 / 1024.0).next_down()));
}

#[test]
fn within_a_bin_values_lie_evenly() {
    let bin = Bin {
        count: 5,
        least: 1.0,
        greatest: 1.0004,
    };
    let found = [1, 2, 3, 5].map(|rank| within(&bin, rank));
    assert_eq!(
        found,
        [1.0, 1.0 + (1.0004 - 1.0) * 0.25, 1.0 + (1.0004 - 1.0) * 0.5, 1.0004]
    );
}

/// Fails if a rank is rounded up past the whole number that it stands for.
#[test]
fn whole_ranks_stay_whole() {
    for n in (20..200_000).step_by(20) {
        let found = [0.05, 0.25, 0.5, 0.75, 0.95].map(|probability| rank(probability, n));
        assert_eq!(found, [n / 20, n / 4, n / 2, n * 3 / 4, n * 19 / 20]);
    }
    // 0.07 x 100 is 7.000000000000001 in floats.
    assert_eq!(rank(0.07, 100), 7);
    assert_eq!(
        [rank(0.05, 19), rank(0.05, 21), rank(0.0, 9), rank(1.0, 9)],
        [1, 2, 1, 9]
    );
}

#[test]
fn neither_order_nor_grouping_shows() {
    let values = scattered(5000);
    let whole = bins(&values);
    for size in [1, 7, 512, 4999] {
        let mut merged = Bins::default();
        for part in values.rchunks(size) {
            merged.merge(&bins(part));
        }
        assert_eq!(merged, whole);
        assert_eq!(
            serde_json::to_string(&merged).unwrap(),
            serde_json::to_string(&whole).unwrap()
        );
    }
}

#[test]
fn minus_zero_is_zero() {
    assert_eq!(bins(&[-0.0, 0.0]).used, 1);
    assert_eq!(bins(&[-0.0]).range().unwrap().0.to_bits(), 0);
}

#[test]
fn knows_count_and_range() {
    assert_eq!(bins(&[2.0, -3.5, 1e9, 2.0]).count(), 4);
    assert_eq!(bins(&[2.0, -3.5, 1e9, 2.0]).range(), Some((-3.5, 1e9)));
    assert_eq!(bins(&[]).range(), None);
}

/// Fails if a bit is lost, or if what no bins are saved as is taken for some.
#[test]
fn are_saved_exactly() {
    let whole = bins(&scattered(5000));
    let json = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<Bins>(&json).unwrap(), whole);
    let (one, next, two) = (1.0_f64.to_bits(), 1.0001_f64.to_bits(), 2.0_f64.to_bits());
    for damaged in [
        format!("[[0,{one},{one}]]"),
        format!("[[2,{next},{one}]]"),
        format!("[[2,{one},{two}]]"),
        format!("[[1,{one},{one}],[1,{next},{next}]]"),
        format!("[[1,{nan},{nan}]]", nan = f64::NAN.to_bits()),
        format!("[[{most},{one},{one}],[1,{two},{two}]]", most = u64::MAX),
    ] {
        assert!(serde_json::from_str::<Bins>(&damaged).is_err(), "{damaged}");
    }
}

use super::*;
use crate::engine::Ending;
use crate::results::fixture;

fn identity(runs: u64) -> Identity {
    Identity {
        runs,
        ..fixture::saved(0, 0, 1, false).identity
    }
}

/// Four runs, worked out by hand: 3 blocked and 1 unresolved; clashes 0, 1, 1, 4 sum to 6 and their squares to 18, so
/// that the variance is (18 - 36/4) / 3 = 3.
#[test]
fn says_what_the_runs_say() {
    let mut block = fixture::block(0, 4, false);
    block.outcomes = vec![2, 2, 4, 2];
    block.measures[1] = vec![0.0, 1.0, 1.0, 4.0];
    block.measures[2] = vec![f64::INFINITY; 4];
    block.counts[2] = vec![0, 1, 1, 4];
    let mut results = Results::new(&fixture::observed());
    results.add(&block);
    let summary = Summary::new(&identity(4), &fixture::observed(), &results);
    let outcomes: Vec<_> = summary
        .outcomes
        .iter()
        .map(|o| (o.name.as_str(), o.count, o.probability))
        .collect();
    assert_eq!(outcomes[2], ("blocked", 3, Some(0.75)));
    assert_eq!(outcomes[4], ("unresolved", 1, Some(0.25)));
    assert_eq!(
        summary.outcomes[2].simulation_ci95,
        <[f64; 2]>::from(wilson(3, 4, Confidence::NinetyFive))
    );
    let clashes = &summary.measures[1];
    assert_eq!(
        (clashes.n, clashes.mean, clashes.min, clashes.max),
        (4, Some(1.5), Some(0.0), Some(4.0))
    );
    assert_eq!(
        (clashes.sd, clashes.se),
        (Some(3.0_f64.sqrt()), Some(3.0_f64.sqrt() / 2.0))
    );
    assert_eq!(
        clashes.quantiles,
        Quantiles::from_array([0.0, 0.0, 1.0, 1.0, 4.0].map(Some))
    );
    let never = &summary.measures[2];
    assert_eq!(
        (never.n, never.excluded, never.mean, never.quantiles.p50),
        (0, 4, None, None)
    );
    assert_eq!(summary.series[0].mean[0], Some(0.7));
    assert_eq!(
        (summary.events[2].runs_fired, summary.events[2].mean_count),
        (3, Some(1.5))
    );
}

/// Fails if the bounds are of the valid runs only, or there where every run is valid.
#[test]
fn invalid_runs_leave_bounds() {
    let mut block = fixture::block(0, 10, false);
    block.outcomes = vec![0; 10];
    block.outcomes[9] = 2;
    block.endings[3] = Ending::Failed;
    block.endings[4] = Ending::Runaway;
    let mut results = Results::new(&fixture::observed());
    results.add(&block);
    let summary = Summary::new(&identity(10), &fixture::observed(), &results);
    assert_eq!(summary.outcomes[0].probability, Some(0.875));
    assert_eq!(summary.outcomes[0].worst_case, Some([0.7, 0.9]));
    assert_eq!(summary.outcomes[4].worst_case, Some([0.0, 0.2]));
    assert_eq!((summary.first_failed, summary.first_runaway), (Some(3), Some(4)));
    let json = serde_json::to_value(fixture::summary(100, false)).unwrap();
    assert!(json.get("first_runaway").is_none() && json["outcomes"][0].get("worst_case").is_none());
    assert!(json["first_failed"].is_null());
}

#[test]
fn no_runs_say_nothing() {
    let summary = fixture::summary(0, false);
    assert_eq!(summary.outcomes[0].probability, None);
    assert_eq!(summary.outcomes[0].simulation_ci95, [0.0, 1.0]);
    assert_eq!((summary.measures[0].mean, summary.events[0].mean_count), (None, None));
}

#[test]
fn the_checksum_keeps_its_leading_zeros() {
    let mut block = fixture::block(0, 2, false);
    block.checksums = vec![u64::MAX, 0xac];
    let mut results = Results::new(&fixture::observed());
    results.add(&block);
    assert_eq!(
        Summary::new(&identity(2), &fixture::observed(), &results).checksum,
        "00000000000000ab"
    );
}

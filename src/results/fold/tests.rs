use super::*;
use crate::results::fixture;

/// Fails if how the work is cut can show: in blocks of any size, in any order, merged in any grouping.
#[test]
fn neither_order_nor_grouping_shows() {
    let whole = fixture::results(0, 2000, 512, true);
    for size in [1, 7, 2000] {
        assert_eq!(fixture::results(0, 2000, size, true), whole, "blocks of {size}");
    }
    let part = |first, runs| fixture::results(first, runs, 100, true);
    let [mut a, mut b, c] = [part(0, 700), part(700, 300), part(1000, 1000)];
    let mut backwards = c.clone();
    backwards.merge(&b);
    backwards.merge(&a);
    assert_eq!(backwards, whole);
    b.merge(&c);
    a.merge(&b);
    assert_eq!(a, whole);
}

/// Fails if anything but the checksum of an invalid run is used.
#[test]
fn only_valid_runs_count() {
    let mut block = fixture::block(10, 4, false);
    let mut results = Results::new(&fixture::observed());
    block.endings = vec![Ending::Valid, Ending::Failed, Ending::Runaway, Ending::Failed];
    // What stands there for a run that is not valid has no meaning, and may be anything.
    block.outcomes = vec![2, 9, 9, 9];
    block.measures[1] = vec![3.0, f64::NAN, 1e308, -1.0];
    block.counts[2] = vec![3, 7, 7, 7];
    block.checksums = vec![u64::MAX, 1, 2, 3];
    results.add(&block);
    assert_eq!((results.runs(), results.valid(), results.checksum()), (4, 1, 5));
    assert_eq!((results.failed(), results.first_failed()), (2, Some(11)));
    assert_eq!((results.runaway(), results.first_runaway()), (1, Some(12)));
    assert_eq!(results.outcomes(), [0, 0, 1, 0, 0]);
    let clashes = &results.measures()[1];
    assert_eq!((clashes.n(), clashes.excluded(), clashes.mean()), (1, 0, Some(3.0)));
    assert_eq!(results.series()[0][12].n(), 1);
    assert_eq!(
        results.events()[2],
        EventTally {
            runs_fired: 1,
            firings: 3
        }
    );
}

#[test]
fn the_first_invalid_run_is_the_one_with_the_least_number() {
    let mut late = Results::new(&fixture::observed());
    for first in [900, 50, 400] {
        let mut block = fixture::block(first, 1, false);
        block.endings[0] = Ending::Failed;
        late.add(&block);
    }
    assert_eq!(late.first_failed(), Some(50));
}

#[test]
fn the_last_outcome_is_unresolved() {
    let mut block = fixture::block(0, 3, false);
    block.outcomes = vec![4, 0, 4];
    let mut results = Results::new(&fixture::observed());
    results.add(&block);
    assert_eq!(results.outcomes(), [1, 0, 0, 0, 2]);
}

#[test]
fn results_fit_only_what_they_are_of() {
    let results = fixture::results(0, 100, 512, true);
    let mut other = fixture::observed();
    assert!(results.fits(&other));
    other.series[0].times.pop();
    assert!(!results.fits(&other));
    let damaged = Results { failed: 1, ..results };
    assert!(!damaged.fits(&fixture::observed()));
}

#[test]
#[should_panic(expected = "other columns")]
fn a_block_of_another_plan_is_refused() {
    let mut block = fixture::block(0, 3, false);
    block.measures.pop();
    Results::new(&fixture::observed()).add(&block);
}

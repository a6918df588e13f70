//! That histories are the same however runs are cut, and count what they say they count.

use std::collections::BTreeSet;

use super::{CELLS, Endings, Incidence, Paths, RUNS_KEPT, Step, most_central};
use crate::engine::{Block, Chronicle, Ending, Ring};
use crate::results::{Tally, fixture};

const HORIZON: f64 = 3.0;
/// The branches of each of the made-up events.
const BRANCHES: [usize; 4] = [0, 2, 0, 3];

/// What rang in made-up runs: how much and when depends on their checksums alone.
fn chronicle(block: &Block) -> Chronicle {
    let mut chronicle = Chronicle::default();
    for checksum in &block.checksums {
        let rings: Vec<Ring> = (0..checksum % 6)
            .map(|place| {
                let bits = checksum >> (place * 8);
                let event = (bits % 4) as u32;
                let branches = BRANCHES[event as usize] as u64;
                Ring {
                    event,
                    branch: (branches > 0).then(|| (bits / 4 % branches.max(1)) as u32),
                    time: HORIZON * place as f64 / 6.0 + (bits % 251) as f64 / 502.0,
                }
            })
            .collect();
        chronicle.push(&rings);
    }
    chronicle
}

fn history(first_run: u64, runs: u64, size: u64) -> (Endings, Incidence, Paths) {
    let observed = fixture::observed();
    let mut endings = Endings::new(&observed);
    let mut incidence = Incidence::of(&BRANCHES, HORIZON);
    let mut paths = Paths::new(observed.outcomes.len() + 1, &BTreeSet::from([0, 1, 3]));
    let end = first_run + runs;
    for first in (first_run..end).step_by(size as usize) {
        let block = fixture::block(first, size.min(end - first), true);
        let chronicle = chronicle(&block);
        endings.add(&block);
        incidence.add(&block, &chronicle);
        paths.add(&block, &chronicle);
    }
    (endings, incidence, paths)
}

/// Fails if the size of blocks, the order of merging or the cut of slices shows in any of the folds.
#[test]
fn neither_order_nor_grouping_shows() {
    let whole = history(0, 3000, 512);
    for size in [1, 7, 3000] {
        assert!(history(0, 3000, size) == whole, "blocks of {size}");
    }
    let parts = [(700, 300), (2999, 1), (0, 700), (1000, 1999)].map(|(first, runs)| history(first, runs, 100));
    let [mut merged, others @ ..] = parts;
    for other in others {
        merged.0.merge(&other.0);
        merged.1.merge(&other.1);
        merged.2.merge(&other.2);
    }
    assert!(merged == whole);
}

/// Fails if a run that is not valid counts, or one that is counts twice or not at all.
#[test]
fn every_valid_run_counts_once() {
    let results = fixture::results(0, 3000, 512, true);
    assert!(results.valid() < 3000);
    let (endings, _, paths) = history(0, 3000, 512);
    for (outcome, runs) in results.outcomes().iter().enumerate() {
        let taken: u64 = paths
            .all()
            .filter(|path| path.outcome == outcome)
            .map(|path| path.runs)
            .sum();
        let tally = endings.tally(outcome, 0);
        assert_eq!((taken, tally.n() + tally.excluded()), (*runs, *runs));
    }
    for (measure, tally) in results.measures().iter().enumerate() {
        assert!(endings.all(measure) == *tally, "measure {measure}");
    }
}

/// Counts by hand, run by run, what has first happened by a time. Fails if a boundary is on the wrong side.
#[test]
fn incidence_is_exact_at_the_ends_of_its_parts() {
    let block = fixture::block(0, 800, true);
    let chronicle = chronicle(&block);
    let mut incidence = Incidence::of(&BRANCHES, HORIZON);
    incidence.add(&block, &chronicle);
    let steps = [
        Step::event(0),
        Step::event(1),
        Step::way(1, 0),
        Step::way(1, 1),
        Step::way(3, 2),
    ];
    for step in steps {
        let seen = incidence.by(step);
        for cell in [0, 1, 85, 171, 512, 1000, CELLS] {
            let has_by = |place: &usize| {
                let is_it =
                    |ring: &&Ring| ring.event == step.event && (step.branch.is_none() || step.branch == ring.branch);
                let first = chronicle.run(*place).iter().find(is_it);
                block.endings[*place] == Ending::Valid && first.is_some_and(|ring| ring.time <= incidence.time(cell))
            };
            let counted = (0..800).filter(has_by).count() as u64;
            assert_eq!(seen[cell], counted, "{step:?} by {}", incidence.time(cell));
        }
        assert_eq!(incidence.ever(step), seen[CELLS]);
    }
}

#[test]
fn quantiles_of_first_times_are_of_the_runs_that_have_seen_it() {
    let mut incidence = Incidence::of(&[0, 0], 1.0);
    let mut block = fixture::block(0, 5, false);
    block.endings = vec![Ending::Valid; 5];
    let mut chronicle = Chronicle::default();
    for time in [0.0, 0.25, 0.5, 0.75] {
        let ring = |time| Ring {
            event: 0,
            branch: None,
            time,
        };
        chronicle.push(&[ring(time), ring(0.9)]);
    }
    chronicle.push(&[]);
    incidence.add(&block, &chronicle);
    let quantile = |share| incidence.quantile(Step::event(0), share);
    assert_eq!(
        [0.0, 0.25, 0.5, 0.51, 1.0].map(quantile),
        [0.0, 0.0, 0.25, 0.5, 0.75].map(Some)
    );
    assert_eq!(incidence.quantile(Step::event(1), 0.5), None);
}

/// Fails if what comes back with nothing new in between is told again, or what comes after something new is not.
#[test]
fn paths_tell_what_is_new() {
    let mut block = fixture::block(40, 1, false);
    (block.endings, block.outcomes) = (vec![Ending::Valid], vec![2]);
    let ring = |event, branch: i64| Ring {
        event,
        branch: u32::try_from(branch).ok(),
        time: 1.0,
    };
    // Event 9 is none of the plot's; 1 decides, 0 objects, 2 ends a delay.
    let rings = [
        ring(0, -1),
        ring(9, -1),
        ring(1, 1),
        ring(2, -1),
        ring(1, 1),
        ring(2, -1),
        ring(1, 1),
        ring(0, -1),
        ring(1, 1),
        ring(1, 0),
        ring(1, 1),
    ];
    let mut chronicle = Chronicle::default();
    chronicle.push(&rings);
    let mut paths = Paths::new(5, &BTreeSet::from([0, 1, 2]));
    paths.add(&block, &chronicle);
    let path = paths.commonest(2).expect("the path of the only run");
    let told = [
        Step::event(0),
        Step::way(1, 1),
        Step::event(2),
        Step::way(1, 1),
        Step::way(1, 0),
    ];
    assert_eq!((path.steps, path.lowest, path.runs), (&told[..], &[40][..], 1));
    assert!(paths.commonest(0).is_none());
}

/// Fails if the runs that are kept are not those of the lowest numbers, whichever came first.
#[test]
fn the_first_runs_of_a_path_are_kept() {
    let mut paths = Paths::new(1, &BTreeSet::new());
    for first in [600, 0, 300] {
        let mut block = fixture::block(first, 300, false);
        block.outcomes = vec![0; 300];
        let mut chronicle = Chronicle::default();
        (0..300).for_each(|_| chronicle.push(&[]));
        paths.add(&block, &chronicle);
    }
    let path = paths.commonest(0).expect("a path");
    assert_eq!(path.runs, 900);
    assert_eq!(path.lowest, (0..RUNS_KEPT as u64).collect::<Vec<_>>());
}

/// Fails if one column outweighs the others by its unit, or values that are never there have no rank.
#[test]
fn the_most_central_row_is_in_the_middle_of_every_column() {
    let never = f64::INFINITY;
    let rows = [
        vec![0.1, 9_000.0, never],
        vec![0.2, 1_000.0, 2.0],
        vec![0.3, 5_000.0, 3.0],
        vec![0.4, 4_900.0, never],
        vec![0.5, 9_999.0, 1.0],
    ];
    assert_eq!(most_central(&rows), Some(2));
    assert_eq!(
        most_central(&[vec![7.0], vec![7.0]]),
        Some(0),
        "the first of those that are alike"
    );
    assert_eq!(most_central(&[]), None);
}

#[test]
fn the_tallies_of_no_runs_are_empty() {
    let endings = Endings::new(&fixture::observed());
    assert!(endings.all(0) == Tally::default());
}

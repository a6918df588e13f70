//! Runs wait in a queue for what happens next to them: an alarm or the clock of an event.

use std::array::from_fn;

use multiversion::multiversion;

use super::super::block::Ending;
use super::lanes::{LANES, Lane, index, whole};
use super::layout::{FEW_RINGS, GROUP, SMALL_GROUP};
use super::rows::Rows;

/// One queue for each alarm and each clock.
pub struct Queues {
    lanes: Vec<[Lane; LANES]>,
    lengths: Vec<usize>,
}

impl Queues {
    /// Empty queues.
    pub fn new(count: usize) -> Self {
        Queues {
            lanes: vec![[0; LANES]; count],
            lengths: vec![0; count],
        }
    }

    /// The longest queue, if any is not empty.
    pub fn longest(&self) -> Option<usize> {
        let mut longest = (0, 0);
        for (queue, length) in self.lengths.iter().enumerate() {
            if *length > longest.1 {
                longest = (queue, *length);
            }
        }
        (longest.1 > 0).then_some(longest.0)
    }

    /// Takes all runs out of a queue.
    pub fn take(&mut self, queue: usize, lanes: &mut [Lane; LANES]) -> usize {
        let length = std::mem::take(&mut self.lengths[queue]);
        lanes[..length].copy_from_slice(&self.lanes[queue][..length]);
        length
    }

    /// Puts a run into a queue.
    #[inline(always)]
    pub fn push(&mut self, queue: usize, lane: Lane) {
        let length = &mut self.lengths[queue];
        self.lanes[queue][*length & (LANES - 1)] = lane;
        *length += 1;
    }
}

/// Runs that are still played wait for what rings first, if it does up to the horizon.
#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
pub fn queue_up(rows: &mut Rows, rings: usize, horizon: f64, lanes: &[Lane], endings: &[Ending], queues: &mut Queues) {
    match rings / SMALL_GROUP {
        1 => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(few::<1>(rings))
        }),
        2 => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(few::<2>(rings))
        }),
        3 => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(few::<3>(rings))
        }),
        4 => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(few::<4>(rings))
        }),
        _ => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest::<GROUP>(rings.as_chunks().0)
        }),
    }
}

const _: () = assert!(
    FEW_RINGS == 4 * SMALL_GROUP,
    "each number of small groups has its case above"
);

/// So many small groups, the number of which is known here: loops over it are unrolled.
#[inline(always)]
fn few<const GROUPS: usize>(rings: &[f64]) -> &[[f64; SMALL_GROUP]] {
    &rings.as_chunks().0[..GROUPS]
}

#[inline(always)]
fn queue_each(
    rows: &mut Rows,
    rings: usize,
    horizon: f64,
    lanes: &[Lane],
    endings: &[Ending],
    queues: &mut Queues,
    earliest: impl Fn(&[f64]) -> (f64, usize),
) {
    let rows = rows.open();
    for lane in lanes {
        let (time, queue) = earliest(rows.first(*lane, rings));
        if time <= horizon && endings[index(*lane)] == Ending::Valid {
            queues.push(queue, *lane);
        }
    }
}

/// The earliest of the rings of a row, and which it is; of what rings together, the first. A row without a ring gives an
/// infinite time.
#[inline(always)]
fn earliest<const WIDTH: usize>(groups: &[[f64; WIDTH]]) -> (f64, usize) {
    let mut least = [f64::INFINITY; WIDTH];
    for group in groups {
        least = from_fn(|place| smaller(group[place], least[place]));
    }
    let time = smallest(least);
    // The place of the first, without a branch that random places would mislead: places are floats, so that they are
    // chosen by the same vector code as times.
    let mut places = [NOWHERE; WIDTH];
    let mut start = (groups.len() * WIDTH) as f64;
    for group in groups.iter().rev() {
        start -= WIDTH as f64;
        places = from_fn(|place| match group[place] == time {
            true => start + place as f64,
            false => places[place],
        });
    }
    (time, whole(smallest(places)) as usize)
}

#[inline(always)]
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The smallest of some numbers, as many as a power of two, by halves: a chain of comparisons takes far longer than a few
/// of vectors.
#[inline(always)]
fn smallest<const WIDTH: usize>(mut numbers: [f64; WIDTH]) -> f64 {
    let mut half = WIDTH / 2;
    while half > 0 {
        for place in 0..half {
            numbers[place] = smaller(numbers[place + half], numbers[place]);
        }
        half /= 2;
    }
    numbers[0]
}

/// A place beyond every row.
const NOWHERE: f64 = 1e9;

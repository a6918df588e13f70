//! Runs wait in a queue for what happens next to them: an alarm or the clock of an event.

use multiversion::multiversion;

use super::super::block::Ending;
use super::lanes::{LANES, Lane, index};
use super::layout::GROUP;
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
pub fn queue_up(rows: &Rows, rings: usize, horizon: f64, lanes: &[Lane], endings: &[Ending], queues: &mut Queues) {
    match rings / GROUP {
        1 => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(few::<1>(rings))
        }),
        2 => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(few::<2>(rings))
        }),
        _ => queue_each(rows, rings, horizon, lanes, endings, queues, |rings| {
            earliest(rings.as_chunks().0)
        }),
    }
}

/// So many groups, the number of which is known here: loops over it are unrolled.
#[inline(always)]
fn few<const GROUPS: usize>(rings: &[f64]) -> &[[f64; GROUP]] {
    &rings.as_chunks().0[..GROUPS]
}

#[inline(always)]
fn queue_each(
    rows: &Rows,
    rings: usize,
    horizon: f64,
    lanes: &[Lane],
    endings: &[Ending],
    queues: &mut Queues,
    earliest: impl Fn(&[f64]) -> (f64, usize),
) {
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
fn earliest(groups: &[[f64; GROUP]]) -> (f64, usize) {
    let mut least = [f64::INFINITY; GROUP];
    for group in groups {
        for (least, ring) in least.iter_mut().zip(group) {
            *least = if *ring < *least { *ring } else { *least };
        }
    }
    let time = smallest(least);
    // The place of the first, without a branch that random places would mislead: places are floats, so that they are
    // chosen by the same vector code as times.
    let mut places = [NOWHERE; GROUP];
    let mut start = groups.len() as f64 * GROUP as f64;
    for group in groups.iter().rev() {
        start -= GROUP as f64;
        for ((place, ring), offset) in places.iter_mut().zip(group).zip(OFFSETS) {
            *place = if *ring == time { start + offset } else { *place };
        }
    }
    // The integer is in the last bits.
    (time, (smallest(places) + INTEGERS).to_bits() as u32 as usize)
}

/// The smallest of some numbers, by halves: a chain of eight comparisons takes far longer than three vector ones.
#[inline(always)]
fn smallest(numbers: [f64; GROUP]) -> f64 {
    let least = |a: f64, b: f64| if b < a { b } else { a };
    let [a, b, c, d, e, f, g, h] = numbers;
    let quarters = [least(a, e), least(b, f), least(c, g), least(d, h)];
    let halves = [least(quarters[0], quarters[2]), least(quarters[1], quarters[3])];
    least(halves[0], halves[1])
}

/// A place beyond every row.
const NOWHERE: f64 = 1e9;
/// The places within a group.
const OFFSETS: [f64; GROUP] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
/// From here on floats are integers, and the last bits of the float are those of the integer.
const INTEGERS: f64 = (1_u64 << 52) as f64;

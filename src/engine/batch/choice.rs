//! Which branch an event takes, in many runs.

use crate::plan::{Choice, Clock};

use super::lanes::{CHUNK, Lane};
use super::state::State;

/// Finds the way that the event turns out in each run. Where none can be found the run has failed, and its way is `u32::MAX`.
pub fn choose(clock: &Clock, event: usize, state: &mut State<'_, '_>, lanes: &[Lane], ways: &mut [u32; CHUNK]) {
    for (place, (way, lane)) in ways.iter_mut().zip(lanes).enumerate() {
        let lane = *lane;
        // It has just been counted.
        let occurrence = state.rows.get(lane, state.layout.count(event)) as u32 - 1;
        let chosen = match &clock.choice {
            Choice::None => Some(0),
            Choice::One(_) => weight(state, 0, place).filter(|weight| *weight > 0.0).map(|_| 0),
            Choice::Pair(site, _) => pair(state, *site, occurrence, place, lane),
            Choice::Race(ways) => {
                let sites = ways.iter().map(|(site, _)| *site);
                race(state, sites, occurrence, place, lane)
            }
            Choice::First(ways) => {
                let first = (0..ways.len()).find(|way| state.outputs[*way].as_flattened()[place] != 0.0);
                Some(first.unwrap_or(ways.len()) as u32)
            }
        };
        *way = match chosen {
            Some(chosen) => chosen,
            None => {
                state.fail(lane);
                u32::MAX
            }
        };
    }
}

fn weight(state: &State<'_, '_>, way: usize, place: usize) -> Option<f64> {
    let weight = state.outputs[way].as_flattened()[place];
    (0.0..f64::INFINITY).contains(&weight).then_some(weight)
}

fn pair(state: &mut State<'_, '_>, site: usize, occurrence: u32, place: usize, lane: Lane) -> Option<u32> {
    let (first, second) = (weight(state, 0, place)?, weight(state, 1, place)?);
    let total = first + second;
    if !(total > 0.0) {
        return None;
    }
    let u = state.noise.site(site).value(occurrence, lane);
    // A branch without weight is never taken, not even where the product rounds up to the total.
    Some(u32::from(!(second == 0.0 || u * total < first)))
}

fn race(
    state: &mut State<'_, '_>,
    sites: impl Iterator<Item = usize>,
    occurrence: u32,
    place: usize,
    lane: Lane,
) -> Option<u32> {
    let (mut winner, mut earliest) = (None, f64::INFINITY);
    for (way, site) in sites.enumerate() {
        let weight = weight(state, way, place)?;
        let ring = state.noise.site(site).value(occurrence, lane) / weight;
        if ring < earliest {
            (earliest, winner) = (ring, Some(way as u32));
        }
    }
    winner
}

//! Takes the series: the state after all that has happened up to their times.

use crate::plan::Plan;

use super::super::block::Block;
use super::compile::Compiled;
use super::execute::execute;
use super::lanes::{CHUNK, Column, LANES, Lane, index};
use super::program::NOW;
use super::state::State;

/// When series are taken, and how far each run has come.
pub struct Samples {
    moments: Vec<Moment>,
    /// The index of the next moment of each run.
    next: Column<u32>,
    /// The time of it; infinite once all are taken.
    times: Column,
}

/// A time, and the series that are taken at it, each with the index of its point.
struct Moment {
    time: f64,
    points: Vec<(usize, usize)>,
}

impl Samples {
    /// What a plan takes.
    pub fn new(plan: &Plan) -> Self {
        let mut moments: Vec<Moment> = Vec::new();
        for (time, series, point) in &plan.samples {
            match moments.last_mut() {
                Some(last) if last.time == *time => last.points.push((*series, *point)),
                _ => moments.push(Moment {
                    time: *time,
                    points: vec![(*series, *point)],
                }),
            }
        }
        Samples {
            moments,
            next: [0; LANES],
            times: [f64::INFINITY; LANES],
        }
    }

    /// Goes back to the start.
    pub fn start_block(&mut self) {
        self.next.fill(0);
        self.times
            .fill(self.moments.first().map_or(f64::INFINITY, |first| first.time));
    }

    /// Takes what is due before the time of each run.
    pub fn take_before(
        &mut self,
        lanes: &[Lane],
        now: &[f64],
        compiled: &Compiled<'_>,
        state: &mut State<'_, '_>,
        block: &mut Block,
    ) {
        if self.moments.is_empty() {
            return;
        }
        let mut due = [0; CHUNK];
        let mut until = [0.0; CHUNK];
        let mut count = 0;
        for (lane, now) in lanes.iter().zip(now) {
            due[count] = *lane;
            until[count] = *now;
            count += usize::from(self.times[index(*lane)] < *now);
        }
        if count > 0 {
            self.take(&due[..count], &mut until, compiled, state, block);
        }
    }

    /// Takes what is left.
    pub fn take_rest(&mut self, lanes: &[Lane], compiled: &Compiled<'_>, state: &mut State<'_, '_>, block: &mut Block) {
        if !self.moments.is_empty() {
            self.take(lanes, &mut [f64::INFINITY; CHUNK], compiled, state, block);
        }
    }

    fn take(
        &mut self,
        lanes: &[Lane],
        until: &mut [f64; CHUNK],
        compiled: &Compiled<'_>,
        state: &mut State<'_, '_>,
        block: &mut Block,
    ) {
        let mut left = [0; CHUNK];
        left[..lanes.len()].copy_from_slice(lanes);
        let mut count = lanes.len();
        let mut worked_out = false;
        while count > 0 {
            // What does not read the time stays the same between events.
            if compiled.series_read_time || !worked_out {
                for (time, lane) in state.registers[usize::from(NOW)]
                    .as_flattened_mut()
                    .iter_mut()
                    .zip(&left[..count])
                {
                    *time = self.times[index(*lane)];
                }
                execute(&compiled.series, state, &left[..count]);
                worked_out = true;
            }
            let mut kept = 0;
            for place in 0..count {
                let lane = index(left[place]);
                let repeats = !compiled.series_read_time;
                while self.times[lane] < until[place] {
                    self.write(lane, place, state, block);
                    if !repeats {
                        break;
                    }
                }
                if self.times[lane] < until[place] {
                    (left[kept], until[kept]) = (left[place], until[place]);
                    kept += 1;
                }
            }
            count = kept;
        }
    }

    /// Writes what has been worked out for a run as its next points.
    fn write(&mut self, lane: usize, place: usize, state: &State<'_, '_>, block: &mut Block) {
        let next = self.next[lane] as usize;
        for (series, point) in &self.moments[next].points {
            block.series[*series][*point][lane] = state.outputs[*series].as_flattened()[place];
        }
        self.next[lane] += 1;
        self.times[lane] = self.moments.get(next + 1).map_or(f64::INFINITY, |moment| moment.time);
    }
}

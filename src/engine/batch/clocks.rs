//! Brings the clocks of many runs up to date, by the formulas of the reference interpreter.

use crate::distribution::{Distribution, bernoulli, discrete};

use super::super::reference::LEAST_RATE;
use super::execute::read;
use super::lanes::{CHUNK, Lane, index};
use super::program::{Delay, Drawn, Law, NOW, Operand};
use super::slot;
use super::state::State;

/// A parameter gets what its site draws in each run.
pub fn draw(column: usize, drawn: &Drawn<Operand>, state: &mut State<'_>, lanes: &[Lane]) {
    for (place, lane) in lanes.iter().enumerate() {
        let lane = index(*lane);
        match drawn_value(drawn, 0, place, lane, state) {
            Some(value) => state.columns[column][lane] = value + 0.0,
            None => state.fail(lane),
        }
    }
}

/// What a site yields in a run, if there is such a distribution.
fn drawn_value(
    drawn: &Drawn<Operand>,
    occurrence: u32,
    place: usize,
    lane: usize,
    state: &mut State<'_>,
) -> Option<f64> {
    let drawn_number = state.noise.value(drawn.site, occurrence, lane);
    let number = |operand: &Operand| read(&state.registers, *operand, place);
    match &drawn.law {
        Law::Prepared => Some(drawn_number),
        Law::Varying(family, arguments, cut) => {
            let arguments: Vec<f64> = arguments.iter().map(number).collect();
            let cut = cut.as_ref().map(|[low, high]| [number(low), number(high)]);
            let distribution = Distribution::new(*family, &arguments, cut).ok()?;
            Some(distribution.quantile(drawn_number))
        }
        Law::Bernoulli(chance) => {
            let chance = number(chance);
            let valid = (0.0..=1.0).contains(&chance);
            valid.then(|| f64::from(u8::from(bernoulli(chance, drawn_number))))
        }
        Law::Discrete(values, weights) => {
            let weights: Vec<f64> = weights.iter().map(number).collect();
            Some(values[discrete(&weights, drawn_number)?])
        }
    }
}

/// A clock begins anew after its event has fired, or is done.
pub fn reset(clock: usize, most: f64, [fresh, done]: [f64; 2], state: &mut State<'_>, lanes: &[Lane]) {
    let rings = &mut state.rings[state.alarms + clock];
    let (slots, counts) = (&mut state.slots[clock], &state.columns[state.counts + clock]);
    for lane in lanes {
        let lane = index(*lane);
        rings[lane] = f64::INFINITY;
        slots[lane] = if counts[lane] >= most { done } else { fresh };
    }
}

/// A clock that has drawn nothing for its next firing gets a rate.
pub fn first_rate(clock: usize, rate: Operand, state: &mut State<'_>, lanes: &[Lane]) {
    let mut failing = [0; CHUNK];
    let mut failures = 0;
    let rings = &mut state.rings[state.alarms + clock];
    let (slots, counts) = (&mut state.slots[clock], &state.columns[state.counts + clock]);
    let now = &state.registers[usize::from(NOW)];
    for (place, lane) in lanes.iter().enumerate() {
        let lane = index(*lane);
        let new = read(&state.registers, rate, place);
        if !(0.0..f64::INFINITY).contains(&new) {
            failing[failures] = lane;
            failures += 1;
            continue;
        }
        if new < LEAST_RATE {
            (slots[lane], rings[lane]) = (slot::NOT_DRAWN, f64::INFINITY);
            continue;
        }
        let threshold = state.noise.value(state.sites[clock], counts[lane] as u32, lane);
        slots[lane] = new;
        rings[lane] = now[place] + threshold / new;
    }
    failing[..failures].iter().for_each(|lane| state.fail(*lane));
}

/// A clock gets a rate.
pub fn rate(clock: usize, rate: Operand, state: &mut State<'_>, lanes: &[Lane]) {
    let mut failing = [0; CHUNK];
    let mut failures = 0;
    let rings = &mut state.rings[state.alarms + clock];
    let (slots, counts) = (&mut state.slots[clock], &state.columns[state.counts + clock]);
    let now = &state.registers[usize::from(NOW)];
    for (place, lane) in lanes.iter().enumerate() {
        let lane = index(*lane);
        let new = read(&state.registers, rate, place);
        let old = slots[lane];
        if old == slot::RATE_DONE {
            continue;
        }
        if !(0.0..f64::INFINITY).contains(&new) {
            failing[failures] = lane;
            failures += 1;
            continue;
        }
        let new = if new < LEAST_RATE { 0.0 } else { new };
        let runs = old > 0.0;
        if new == if runs { old } else { 0.0 } {
            continue;
        }
        let left = if runs {
            (rings[lane] - now[place]) * old
        } else if old.is_nan() {
            state.noise.value(state.sites[clock], counts[lane] as u32, lane)
        } else {
            -old
        };
        if new > 0.0 {
            slots[lane] = new;
            rings[lane] = now[place] + left / new;
        } else {
            slots[lane] = -left;
            rings[lane] = f64::INFINITY;
        }
    }
    failing[..failures].iter().for_each(|lane| state.fail(*lane));
}

/// A clock that goes by a rate is switched off.
pub fn rate_off(clock: usize, state: &mut State<'_>, lanes: &[Lane]) {
    let rings = &mut state.rings[state.alarms + clock];
    let slots = &mut state.slots[clock];
    let now = &state.registers[usize::from(NOW)];
    for (place, lane) in lanes.iter().enumerate() {
        let lane = index(*lane);
        let old = slots[lane];
        if old > 0.0 {
            slots[lane] = -((rings[lane] - now[place]) * old);
            rings[lane] = f64::INFINITY;
        }
    }
}

/// A clock that goes by a time gets a condition and a pause.
pub fn timed(
    clock: usize,
    day: bool,
    [when, hold]: [Operand; 2],
    delay: &Delay<Operand>,
    state: &mut State<'_>,
    lanes: &[Lane],
) {
    let row = state.alarms + clock;
    for (place, lane) in lanes.iter().enumerate() {
        let lane = index(*lane);
        let old = state.slots[clock][lane];
        let enabled = !old.is_nan();
        // What is done stays so, and before its day nothing concerns a clock.
        if old == slot::TIMED_DONE || (day && !enabled) {
            continue;
        }
        if read(&state.registers, when, place) == 0.0 {
            state.rings[row][lane] = f64::INFINITY;
            state.slots[clock][lane] = if day { slot::TIMED_DONE } else { slot::DISABLED };
            continue;
        }
        let held = read(&state.registers, hold, place) != 0.0;
        let now = state.registers[usize::from(NOW)][place];
        let left = if !enabled {
            match length(clock, delay, place, lane, state) {
                Some(length) => Some(length),
                None => {
                    state.fail(lane);
                    continue;
                }
            }
        } else {
            old.is_sign_negative().then_some(-old)
        };
        let ring = state.rings[row][lane];
        match left {
            Some(left) if held => {
                state.slots[clock][lane] = -left;
                state.rings[row][lane] = f64::INFINITY;
            }
            Some(left) => {
                state.slots[clock][lane] = slot::RUNNING;
                state.rings[row][lane] = now + left;
            }
            None if held && ring < f64::INFINITY => {
                state.slots[clock][lane] = -(ring - now);
                state.rings[row][lane] = f64::INFINITY;
            }
            None => {}
        }
    }
}

/// The delay of a clock whose condition begins to hold, if it has one.
fn length(clock: usize, delay: &Delay<Operand>, place: usize, lane: usize, state: &mut State<'_>) -> Option<f64> {
    let length = match delay {
        Delay::Nothing => 0.0,
        Delay::Fixed(operand) => read(&state.registers, *operand, place),
        Delay::Drawn(drawn) => {
            let occurrence = state.delays_drawn[clock][lane];
            state.delays_drawn[clock][lane] += 1;
            drawn_value(drawn, occurrence, place, lane, state)?
        }
    };
    // A zero has no sign: in a slot the sign says something else.
    (length >= 0.0).then_some(length + 0.0)
}

//! Brings the clocks of many runs up to date, by the formulas of the reference interpreter.
//!
//! Each function stays one for the compiler, and none is put into another: together they need more than the registers of the
//! machine hold, and loops fetch again at every step what does not change in them.

use multiversion::multiversion;

use crate::distribution::{Distribution, bernoulli, discrete};

use super::super::reference::LEAST_RATE;
use super::execute::read;
use super::lanes::{Held, Lane, index, whole};
use super::program::{Delay, Drawn, Law, NOW, Operand};
use super::slot;
use super::state::State;

/// A parameter gets what its site draws in each run.
#[inline(never)]
pub fn draw(cell: usize, drawn: &Drawn<Operand>, state: &mut State<'_, '_>, lanes: &[Lane]) {
    if matches!(drawn.law, Law::Prepared) {
        let values = state.noise.first(drawn.site);
        let mut rows = state.rows.open();
        for lane in lanes {
            rows.set(*lane, cell, values[index(*lane)] + 0.0);
        }
        return;
    }
    for (place, lane) in lanes.iter().enumerate() {
        match drawn_value(drawn, 0, place, *lane, state) {
            Some(value) => state.rows.set(*lane, cell, value + 0.0),
            None => state.fail(*lane),
        }
    }
}

/// What a site yields in a run, if there is such a distribution.
#[inline(always)]
fn drawn_value(
    drawn: &Drawn<Operand>,
    occurrence: u32,
    place: usize,
    lane: Lane,
    state: &mut State<'_, '_>,
) -> Option<f64> {
    let drawn_number = state.noise.site(drawn.site).value(occurrence, lane);
    match &drawn.law {
        Law::Prepared => Some(drawn_number),
        law => value_by(law, drawn_number, place, &state.registers),
    }
}

/// What a uniform number becomes by a law, if there is such a distribution.
#[inline(never)]
fn value_by(law: &Law<Operand>, drawn_number: f64, place: usize, registers: &[Held]) -> Option<f64> {
    let number = |operand: &Operand| read(registers, *operand, place);
    match law {
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

/// What an operand is in each of the runs that a program works on: a number for each, or one for all of them. The place
/// of a run is masked by one less than how many there are, which is a power of two.
#[inline(always)]
fn all<'a>(operand: &'a Operand, registers: &'a [Held]) -> &'a [f64] {
    match operand {
        Operand::Constant(value) => std::slice::from_ref(value),
        Operand::Register(register) => registers[usize::from(*register)].as_flattened(),
    }
}

/// A clock begins anew after its event has fired, or is done.
#[inline(never)]
pub fn reset(clock: usize, most: f64, [fresh, done]: [f64; 2], state: &mut State<'_, '_>, lanes: &[Lane]) {
    let layout = state.layout;
    let (ring, slot, count) = (layout.ring(clock), layout.slot(clock), layout.count(clock));
    let mut rows = state.rows.open();
    for lane in lanes {
        let is_done = most <= 1.0 || rows.get(*lane, count) >= most;
        rows.set(*lane, ring, f64::INFINITY);
        rows.set(*lane, slot, if is_done { done } else { fresh });
    }
}

/// Whether a rate is a finite number of at least 0.
#[inline(always)]
fn is_rate(rate: f64) -> bool {
    // Two comparisons with numbers, which vector units have; a class of numbers takes them far longer.
    (0.0..=f64::MAX).contains(&rate)
}

/// Runs fail in which a clock that is not done gets a rate that is none.
#[cold]
fn fail_without_rate(slot: usize, rate: &Operand, state: &mut State<'_, '_>, lanes: &[Lane]) {
    for (place, lane) in lanes.iter().enumerate() {
        if !is_rate(read(&state.registers, *rate, place)) && state.rows.get(*lane, slot) != slot::RATE_DONE {
            state.fail(*lane);
        }
    }
}

/// A clock that has drawn nothing for its next firing gets a rate.
#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
pub fn first_rate(clock: usize, rate: &Operand, state: &mut State<'_, '_>, lanes: &[Lane]) {
    let mut all_rates = true;
    let layout = state.layout;
    let (ring, slot, count) = (layout.ring(clock), layout.slot(clock), layout.count(clock));
    let now = &state.registers[usize::from(NOW)].as_flattened()[..lanes.len()];
    let rates = all(rate, &state.registers);
    let mut rows = state.rows.open();
    state.noise.site(state.sites[clock]).serve(lanes, |place, lane, draws| {
        let new = rates[place & (rates.len() - 1)];
        if (LEAST_RATE..=f64::MAX).contains(&new) {
            let threshold = draws.value(whole(rows.get(lane, count)), lane)?;
            rows.set(lane, slot, new);
            rows.set(lane, ring, now[place] + threshold / new);
        } else {
            // Not a number, negative or infinite; else too small to run.
            all_rates &= is_rate(new);
            rows.set(lane, slot, slot::NOT_DRAWN);
            rows.set(lane, ring, f64::INFINITY);
        }
        Ok(())
    });
    if !all_rates {
        fail_without_rate(slot, rate, state, lanes);
    }
}

/// A clock gets a rate.
#[multiversion(targets(
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
pub fn rate(clock: usize, rate: &Operand, state: &mut State<'_, '_>, lanes: &[Lane]) {
    let mut all_rates = true;
    let layout = state.layout;
    let (ring, slot, count) = (layout.ring(clock), layout.slot(clock), layout.count(clock));
    let now = &state.registers[usize::from(NOW)].as_flattened()[..lanes.len()];
    let rates = all(rate, &state.registers);
    let mut rows = state.rows.open();
    state.noise.site(state.sites[clock]).serve(lanes, |place, lane, draws| {
        let (new, old) = (rates[place & (rates.len() - 1)], rows.get(lane, slot));
        let (on, runs) = (new >= LEAST_RATE, old > 0.0);
        if new >= 0.0 && if on { new } else { 0.0 } == if runs { old } else { 0.0 } {
            return Ok(());
        }
        if old == slot::RATE_DONE {
            return Ok(());
        }
        if !is_rate(new) {
            all_rates = false;
            return Ok(());
        }
        let left = if old.is_nan() {
            draws.value(whole(rows.get(lane, count)), lane)?
        } else {
            let still = (rows.get(lane, ring) - now[place]) * old;
            if runs { still } else { -old }
        };
        rows.set(lane, slot, if on { new } else { -left });
        rows.set(lane, ring, if on { now[place] + left / new } else { f64::INFINITY });
        Ok(())
    });
    if !all_rates {
        fail_without_rate(slot, rate, state, lanes);
    }
}

/// A clock that goes by a rate is switched off.
#[inline(never)]
pub fn rate_off(clock: usize, state: &mut State<'_, '_>, lanes: &[Lane]) {
    let (ring, slot) = (state.layout.ring(clock), state.layout.slot(clock));
    let now = state.registers[usize::from(NOW)].as_flattened();
    let mut rows = state.rows.open();
    for (lane, now) in lanes.iter().zip(now) {
        let old = rows.get(*lane, slot);
        let runs = old > 0.0;
        let left = -((rows.get(*lane, ring) - now) * old);
        rows.set(*lane, slot, if runs { left } else { old });
        rows.set(*lane, ring, f64::INFINITY);
    }
}

/// A clock that goes by a time gets a condition and a pause.
#[inline(never)]
pub fn timed(
    clock: usize,
    day: bool,
    [when, hold]: [Operand; 2],
    delay: &Delay<Operand>,
    state: &mut State<'_, '_>,
    lanes: &[Lane],
) {
    let (ring, slot) = (state.layout.ring(clock), state.layout.slot(clock));
    for (place, lane) in lanes.iter().enumerate() {
        let lane = *lane;
        let old = state.rows.get(lane, slot);
        let enabled = !old.is_nan();
        // What is done stays so, and before its day nothing concerns a clock.
        if old == slot::TIMED_DONE || (day && !enabled) {
            continue;
        }
        if read(&state.registers, when, place) == 0.0 {
            state.rows.set(lane, ring, f64::INFINITY);
            let off = if day { slot::TIMED_DONE } else { slot::DISABLED };
            state.rows.set(lane, slot, off);
            continue;
        }
        let held = read(&state.registers, hold, place) != 0.0;
        let now = state.registers[usize::from(NOW)].as_flattened()[place];
        let left = if enabled {
            old.is_sign_negative().then_some(-old)
        } else {
            let length = length(clock, delay, place, lane, state);
            if length.is_none() {
                state.fail(lane);
                continue;
            }
            length
        };
        let rings = state.rows.get(lane, ring);
        match left {
            Some(left) if held => {
                state.rows.set(lane, slot, -left);
                state.rows.set(lane, ring, f64::INFINITY);
            }
            Some(left) => {
                state.rows.set(lane, slot, slot::RUNNING);
                state.rows.set(lane, ring, now + left);
            }
            None if held && rings < f64::INFINITY => {
                state.rows.set(lane, slot, -(rings - now));
                state.rows.set(lane, ring, f64::INFINITY);
            }
            None => {}
        }
    }
}

/// The delay of a clock whose condition begins to hold, if it has one.
#[inline(always)]
fn length(clock: usize, delay: &Delay<Operand>, place: usize, lane: Lane, state: &mut State<'_, '_>) -> Option<f64> {
    let length = match delay {
        Delay::Nothing => 0.0,
        Delay::Fixed(operand) => read(&state.registers, *operand, place),
        Delay::Drawn(drawn) => {
            let cell = state.layout.delays(clock)?;
            let occurrence = state.rows.get(lane, cell);
            state.rows.set(lane, cell, occurrence + 1.0);
            drawn_value(drawn, whole(occurrence), place, lane, state)?
        }
    };
    // A zero has no sign: in a slot the sign says something else.
    (length >= 0.0).then_some(length + 0.0)
}

//! An inverse as local polynomials, built where they are first needed.
//!
//! The halves u < 1/2 and u >= 1/2 are tabulated apart, in w = u and in w = 1 - u: each tail is resolved as finely as
//! floats are. Every octave of w (the exponent of the float) is cut into 2^b equal cells (the leading bits of its
//! mantissa); in each the inverse is a polynomial through its values at eight Chebyshev-Lobatto points, so that
//! neighbouring cells meet. What is interpolated is the distance from the point that the inverse itself measures from,
//! near an end of the support that end, so that a power law is as accurate at 1e-300 as at 1.
//!
//! An octave is checked against the inverse between the points and cut finer where that is not met; a cell count that
//! does not suffice leaves the octave to the inverse. Either way the value depends on u alone.

use std::sync::OnceLock;

use multiversion::multiversion;

use super::Distribution;
use super::continuous::Place;
use crate::numeric::abs;

/// w is from 2^-53 to 1/2.
const OCTAVES: usize = 53;
/// The biased exponent of 1/2.
const HALF_EXPONENT: u64 = 1022;
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
const ONE: u64 = 0x3ff0_0000_0000_0000;
const POINTS: usize = 8;
/// The logarithms to base 2 of the cell counts tried, in order, and how far an interpolated value may then be off, as a
/// part of w: 50 times finer than is promised, or at the last 5 times.
const ATTEMPTS: [(u32, f64); 4] = [(2, 2e-11), (3, 2e-11), (4, 2e-11), (6, 2e-10)];

/// cos(pi j / 7).
const COSINES: [f64; POINTS] = [
    1.0,
    0.900_968_867_902_419_1,
    0.623_489_801_858_733_6,
    0.222_520_933_956_314_34,
    -0.222_520_933_956_314_34,
    -0.623_489_801_858_733_6,
    -0.900_968_867_902_419_1,
    -1.0,
];

/// Where a cell is checked: near two of the extremes of the interpolation error.
const CHECKS: [f64; 2] = [0.0, -0.78];

#[derive(Debug)]
pub(super) struct Table {
    halves: [Box<[OnceLock<Octave>]>; 2],
}

#[derive(Debug)]
struct Octave {
    bits: u32,
    /// Empty where the inverse itself is to be used.
    cells: Box<[Cell]>,
}

/// A polynomial in t from -1 to 1, and the point it is the distance from.
#[derive(Debug, Clone, Copy)]
struct Cell {
    origin: f64,
    coefficients: [f64; POINTS],
}

/// Which half of the uniforms.
#[derive(Debug, Clone, Copy)]
enum Half {
    Lower,
    Upper,
}

impl Table {
    pub fn new() -> Self {
        let half = || (0..OCTAVES).map(|_| OnceLock::new()).collect();
        Self {
            halves: [half(), half()],
        }
    }

    /// The values of `distribution` at every u, in order.
    pub fn fill(&self, distribution: &Distribution, u: &[f64], out: &mut [f64]) {
        fill(self, distribution, u, out);
    }

    /// The value of `distribution`, whose table this must be, at u.
    #[inline]
    pub fn sample(&self, distribution: &Distribution, u: f64) -> f64 {
        self.at(distribution, u, from_nearer_end(u))
    }

    /// The value at u, which is w from the nearer end.
    #[inline(always)]
    fn at(&self, distribution: &Distribution, u: f64, w: f64) -> f64 {
        let half = if u < 0.5 { Half::Lower } else { Half::Upper };
        let bits = w.to_bits();
        let index = HALF_EXPONENT.wrapping_sub(bits >> 52) as usize;
        let Some(slot) = self.halves[half as usize].get(index) else {
            return distribution.quantile(u);
        };
        let octave = match slot.get() {
            Some(octave) => octave,
            None => slot.get_or_init(|| build(distribution, half, index)),
        };
        // The leading bits of the mantissa are the cell, the others the place in it.
        let Some(cell) = octave.cells.get(((bits & MANTISSA) >> (52 - octave.bits)) as usize) else {
            return distribution.quantile(u);
        };
        let t = f64::from_bits(((bits << octave.bits) & MANTISSA) | ONE) * 2.0 - 3.0;
        cell.value(t)
    }
}

/// In two steps, so that which end is nearer, which is random, is not a branch.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn fill(table: &Table, distribution: &Distribution, u: &[f64], out: &mut [f64]) {
    for (out, u) in out.iter_mut().zip(u) {
        *out = from_nearer_end(*u);
    }
    for (out, u) in out.iter_mut().zip(u) {
        *out = table.at(distribution, *u, *out);
    }
}

/// How far u is from the nearer of 0 and 1.
#[inline(always)]
fn from_nearer_end(u: f64) -> f64 {
    let upper = 1.0 - u;
    if u < 0.5 { u } else { upper }
}

impl Cell {
    #[inline(always)]
    fn value(&self, t: f64) -> f64 {
        self.origin + self.distance(t)
    }

    #[inline(always)]
    fn distance(&self, t: f64) -> f64 {
        let [c0, c1, c2, c3, c4, c5, c6, c7] = self.coefficients;
        let square = t * t;
        let fourth = square * square;
        ((c0 + c1 * t) + (c2 + c3 * t) * square) + ((c4 + c5 * t) + (c6 + c7 * t) * square) * fourth
    }

    fn derivative(&self, t: f64) -> f64 {
        let mut slope = 0.0;
        for (power, coefficient) in self.coefficients.iter().enumerate().skip(1).rev() {
            slope = slope * t + coefficient * power as f64;
        }
        slope
    }
}

#[cold]
fn build(distribution: &Distribution, half: Half, index: usize) -> Octave {
    let place = |w: f64| match half {
        Half::Lower => distribution.place(w, 1.0 - w),
        Half::Upper => distribution.place(1.0 - w, w),
    };
    let start = f64::from_bits((HALF_EXPONENT - index as u64) << 52);
    for (bits, tolerance) in ATTEMPTS {
        let count = 1_usize << bits;
        let width = start / count as f64;
        let mut cells = Vec::with_capacity(count);
        let mut first = place(start);
        for number in 0..count {
            let middle = start + width * (number as f64 + 0.5);
            let Some((cell, last)) = fit(&place, first, middle, 0.5 * width, tolerance) else {
                break;
            };
            cells.push(cell);
            first = last;
        }
        if cells.len() == count {
            return Octave {
                bits,
                cells: cells.into(),
            };
        }
    }
    Octave {
        bits: 0,
        cells: Box::default(),
    }
}

/// The cell around `middle`, and its last point, which is the first of the next; `None` if it is not accurate enough.
fn fit(
    place: &impl Fn(f64) -> Place,
    first: Place,
    middle: f64,
    half_width: f64,
    tolerance: f64,
) -> Option<(Cell, Place)> {
    let mut places = [first; POINTS];
    for (place_here, cosine) in places.iter_mut().zip(COSINES).take(POINTS - 1) {
        *place_here = place(middle + half_width * cosine);
    }
    let origin = places[POINTS / 2].origin;
    let cell = Cell {
        origin,
        coefficients: interpolate(places.map(|place| place.distance_from(origin))),
    };
    for t in CHECKS {
        let exact = place(middle + half_width * t);
        let error = abs(cell.distance(t) - exact.distance_from(origin));
        // An error of x is one of w by the slope; a value that its own rounding hides is as good as exact.
        let allowed = abs(cell.derivative(t)) * (middle / half_width) * tolerance;
        let rounding = abs(exact.value()) * (0.5 * f64::EPSILON);
        if !(error <= allowed || error <= rounding) {
            return None;
        }
    }
    cell.coefficients
        .iter()
        .all(|coefficient| coefficient.is_finite())
        .then_some((cell, places[0]))
}

/// The coefficients of the polynomial with these values at `COSINES`.
fn interpolate(values: [f64; POINTS]) -> [f64; POINTS] {
    const LAST: usize = POINTS - 1;
    // First of Chebyshev polynomials: T_k(cos(pi j / 7)) = cos(pi j k / 7), with the outermost terms halved.
    let mut series = [0.0; POINTS];
    for (k, coefficient) in series.iter_mut().enumerate() {
        for (j, value) in values.iter().enumerate() {
            let turn = (j * k) % (2 * LAST);
            let cosine = COSINES[if turn > LAST { 2 * LAST - turn } else { turn }];
            let weight = if j == 0 || j == LAST { 0.5 } else { 1.0 };
            *coefficient += weight * value * cosine;
        }
        *coefficient *= if k == 0 || k == LAST { 1.0 } else { 2.0 } / LAST as f64;
    }
    // Then of powers, by T_(k+1) = 2 t T_k - T_(k-1).
    let mut powers = [0.0; POINTS];
    let mut before = [0.0; POINTS];
    let mut current = [0.0; POINTS];
    current[0] = 1.0;
    for (k, coefficient) in series.iter().enumerate() {
        for (power, part) in powers.iter_mut().zip(current) {
            *power += coefficient * part;
        }
        let factor = if k == 0 { 1.0 } else { 2.0 };
        let mut next = [0.0; POINTS];
        for power in 0..POINTS {
            let raised = if power == 0 { 0.0 } else { current[power - 1] };
            next[power] = factor * raised - before[power];
        }
        before = if k == 0 {
            [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
        } else {
            current
        };
        current = next;
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_is_found_again() {
        let polynomial =
            |t: f64| 1.0 + t * (2.0 + t * (-3.0 + t * (0.5 + t * (1.0 + t * (0.25 + t * (-1.0 + t * 4.0))))));
        let found = interpolate(COSINES.map(polynomial));
        for (found, exact) in found.into_iter().zip([1.0, 2.0, -3.0, 0.5, 1.0, 0.25, -1.0, 4.0]) {
            assert!(abs(found - exact) < 1e-13, "{found} is not {exact}");
        }
    }
}

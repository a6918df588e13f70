//! The beta distribution, and pert, which is one stretched.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, within};
use super::normal::standard_normal_quantile;
use super::root::{Local, invert};
use super::triangular::check_three_points;
use crate::numeric::{BetaFunction, exp, ln, sqrt};

/// Two shapes, and the interval it is stretched over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beta {
    function: BetaFunction,
    low: f64,
    high: f64,
    /// The probability below the middle, and above it: an inverse is sought from the nearer end.
    halves: (f64, f64),
}

impl Beta {
    pub fn new(a: f64, b: f64) -> Result<Self, Invalid> {
        within(0, "first shape", a, 1e-3, 1e6)?;
        within(1, "second shape", b, 1e-3, 1e6)?;
        Ok(Self::stretched(a, b, 0.0, 1.0))
    }

    /// The pert distribution, with the usual weight of 4 on the mode. A constant (see [`Self::constant`]) if its ends meet.
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Self, Invalid> {
        check_three_points(low, mode, high)?;
        if low == high {
            return Ok(Self::stretched(1.0, 1.0, low, high));
        }
        let a = 1.0 + 4.0 * ((mode - low) / (high - low));
        let b = 1.0 + 4.0 * ((high - mode) / (high - low));
        Ok(Self::stretched(a, b, low, high))
    }

    fn stretched(a: f64, b: f64, low: f64, high: f64) -> Self {
        let function = BetaFunction::new(a, b);
        let halves = function.incomplete(0.5, 0.5);
        Self {
            function,
            low,
            high,
            halves,
        }
    }

    /// The constant it is if its ends meet.
    pub fn constant(&self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    /// The probabilities below and above a value.
    fn parts(&self, value: f64) -> (f64, f64) {
        if value <= self.low {
            return (0.0, 1.0);
        }
        if value >= self.high {
            return (1.0, 0.0);
        }
        let width = self.high - self.low;
        self.function
            .incomplete((value - self.low) / width, (self.high - value) / width)
    }
}

/// The x in (0, 1/2] with probability p below it.
fn from_the_left(function: BetaFunction, p: f64, q: f64) -> f64 {
    let (a, b) = function.shapes();
    invert(p, q, guess(function, p, q), 0.5, |x| {
        let y = 1.0 - x;
        let (lower, upper) = function.incomplete(x, y);
        Local {
            lower,
            upper,
            slope: x * function.density(x, y),
            bend: a - (b - 1.0) * x / y,
        }
    })
}

fn guess(function: BetaFunction, p: f64, q: f64) -> f64 {
    let (a, b) = function.shapes();
    if a > 1.0 && b > 1.0 {
        // Abramowitz and Stegun 26.5.22.
        let z = standard_normal_quantile(p, q);
        let (inverse_a, inverse_b) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let lambda = (z * z - 3.0) / 6.0;
        let h = 2.0 / (inverse_a + inverse_b);
        let w = -z * sqrt(h + lambda) / h - (inverse_b - inverse_a) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        let guess = a / (a + b * exp(2.0 * w));
        if h + lambda > 0.0 && z > -2.5 {
            return guess;
        }
    }
    // I_x is near x^a / (a B(a, b)) for small x.
    exp((ln(p) + ln(a) + function.ln_beta()) / a)
}

impl Continuous for Beta {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.parts(x).0
    }

    fn sf(&self, x: f64) -> f64 {
        self.parts(x).1
    }

    fn density(&self, x: f64) -> f64 {
        let width = self.high - self.low;
        self.function.density((x - self.low) / width, (self.high - x) / width) / width
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        let width = self.high - self.low;
        // Compared where the digits are.
        let left = if p < q { p <= self.halves.0 } else { q >= self.halves.1 };
        if left {
            Place {
                origin: self.low,
                offset: width * from_the_left(self.function, p, q),
            }
        } else {
            Place {
                origin: self.high,
                offset: -width * from_the_left(self.function.reflected(), q, p),
            }
        }
    }

    fn mean(&self) -> f64 {
        let (a, b) = self.function.shapes();
        self.low + (self.high - self.low) * (a / (a + b))
    }
}

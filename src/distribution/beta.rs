//! The beta distribution, and pert, which is one stretched.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, within};
use super::normal::standard_normal_quantile;
use super::root::{Local, invert};
use super::triangular::check_three_points;
use crate::numeric::{beta_density, exp, incomplete_beta, ln, ln_beta, sqrt};

/// Two shapes, and the interval it is stretched over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beta {
    a: f64,
    b: f64,
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
            return Ok(Self {
                a: 1.0,
                b: 1.0,
                low,
                high,
                halves: (0.5, 0.5),
            });
        }
        let a = 1.0 + 4.0 * ((mode - low) / (high - low));
        let b = 1.0 + 4.0 * ((high - mode) / (high - low));
        Ok(Self::stretched(a, b, low, high))
    }

    fn stretched(a: f64, b: f64, low: f64, high: f64) -> Self {
        Self {
            a,
            b,
            low,
            high,
            halves: incomplete_beta(a, b, 0.5, 0.5),
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
        incomplete_beta(self.a, self.b, (value - self.low) / width, (self.high - value) / width)
    }
}

/// The x in (0, 1/2] with probability p below it.
fn from_the_left(a: f64, b: f64, p: f64, q: f64) -> f64 {
    invert(p, q, guess(a, b, p, q), 0.5, |x| {
        let y = 1.0 - x;
        let (lower, upper) = incomplete_beta(a, b, x, y);
        Local {
            lower,
            upper,
            slope: x * beta_density(a, b, x, y),
            bend: a - (b - 1.0) * x / y,
        }
    })
}

fn guess(a: f64, b: f64, p: f64, q: f64) -> f64 {
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
    exp((ln(p) + ln(a) + ln_beta(a, b)) / a)
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
        beta_density(self.a, self.b, (x - self.low) / width, (self.high - x) / width) / width
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        let width = self.high - self.low;
        // Compared where the digits are.
        let left = if p < q { p <= self.halves.0 } else { q >= self.halves.1 };
        if left {
            Place {
                origin: self.low,
                offset: width * from_the_left(self.a, self.b, p, q),
            }
        } else {
            Place {
                origin: self.high,
                offset: -width * from_the_left(self.b, self.a, q, p),
            }
        }
    }

    fn mean(&self) -> f64 {
        self.low + (self.high - self.low) * (self.a / (self.a + self.b))
    }
}

//! The exponential distribution.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, positive};
use crate::numeric::{exp, exp_m1, ln, ln_of_normal};

/// A waiting time of this mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Exponential {
    mean: f64,
}

/// -ln(1 - u): an exponential value of mean 1, the threshold of a clock that runs at a rate.
#[inline]
pub fn unit_exponential(u: f64) -> f64 {
    // A uniform number of 52 bits leaves at least 2^-53.
    let q = 1.0 - u;
    hazard(u, q, ln_of_normal(q))
}

/// -ln q, from p = 1 - q where that has the digits: the hazard that has been met by whoever q survive.
#[inline]
pub(super) fn cumulative_hazard(p: f64, q: f64) -> f64 {
    hazard(p, q, ln(q))
}

#[inline]
fn hazard(p: f64, q: f64, ln_q: f64) -> f64 {
    // Where p is small, q = 1 - p in floating point is off by up to 2^-54; what it lost comes back at first order.
    let lost = (1.0 - q) - p;
    -ln_q - if p < 0.25 { lost / q } else { 0.0 }
}

impl Exponential {
    pub fn new(mean: f64) -> Result<Self, Invalid> {
        positive(0, "mean", mean)?;
        Ok(Self { mean })
    }

    #[inline]
    pub fn quantile(&self, p: f64, q: f64) -> f64 {
        self.mean * cumulative_hazard(p, q)
    }
}

impl Continuous for Exponential {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -exp_m1(-(x / self.mean)) }
    }

    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { exp(-(x / self.mean)) }
    }

    fn density(&self, x: f64) -> f64 {
        exp(-(x / self.mean)) / self.mean
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        Place::at(self.quantile(p, q))
    }

    fn mean(&self) -> f64 {
        self.mean
    }
}

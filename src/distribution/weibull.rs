//! The Weibull distribution.

use super::continuous::{Continuous, Place};
use super::exponential::cumulative_hazard;
use super::invalid::{Invalid, positive, within};
use crate::numeric::{exp, exp_m1, ln, ln_gamma, pow};

/// The survival function is e^(-(x / scale)^shape).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weibull {
    shape: f64,
    scale: f64,
    inverse_shape: f64,
}

impl Weibull {
    pub fn new(shape: f64, scale: f64) -> Result<Self, Invalid> {
        within(0, "shape", shape, 0.01, 1e6)?;
        positive(1, "scale", scale)?;
        Ok(Self {
            shape,
            scale,
            inverse_shape: 1.0 / shape,
        })
    }

    #[inline]
    pub fn quantile(&self, p: f64, q: f64) -> f64 {
        self.scale * exp(self.inverse_shape * ln(cumulative_hazard(p, q)))
    }

    /// The values at every u: in two passes, each of which the compiler can do several at once.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        for (value, &u) in out.iter_mut().zip(u) {
            *value = ln(cumulative_hazard(u, 1.0 - u));
        }
        for value in out {
            *value = self.scale * exp(self.inverse_shape * *value);
        }
    }

    fn hazard(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { pow(x / self.scale, self.shape) }
    }
}

impl Continuous for Weibull {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn cdf(&self, x: f64) -> f64 {
        0.0 - exp_m1(-self.hazard(x))
    }

    fn sf(&self, x: f64) -> f64 {
        exp(-self.hazard(x))
    }

    fn density(&self, x: f64) -> f64 {
        let hazard = self.hazard(x);
        self.shape * (hazard / x) * exp(-hazard)
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        Place::at(self.quantile(p, q))
    }

    fn mean(&self) -> f64 {
        self.scale * exp(ln_gamma(1.0 + self.inverse_shape))
    }
}

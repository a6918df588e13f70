//! The gamma distribution.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, positive, within};
use super::normal::standard_normal_quantile;
use super::root::{Local, invert};
use crate::numeric::{exp, gamma_density, incomplete_gamma, ln, ln_gamma, sqrt};

/// A shape and a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    pub fn new(shape: f64, scale: f64) -> Result<Self, Invalid> {
        within(0, "shape", shape, 1e-5, 1e6)?;
        positive(1, "scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// Near enough for the solver to need two or three steps.
    fn guess(&self, p: f64, q: f64) -> f64 {
        let a = self.shape;
        if a >= 0.5 {
            // E. B. Wilson and M. M. Hilferty (1931): the cube root is nearly normal.
            let ninth = 1.0 / (9.0 * a);
            let root = 1.0 - ninth + standard_normal_quantile(p, q) * sqrt(ninth);
            let guess = a * root * root * root;
            if root > 0.3 {
                return guess;
            }
        }
        // P is near x^a / gamma(1 + a) for small x.
        let ln_gamma = ln_gamma(a);
        let power = exp((ln(p) + ln_gamma + ln(a)) / a);
        if power < 0.5 || a >= 1.0 {
            return power;
        }
        // Q is near x^(a - 1) e^-x / gamma(a) for large x.
        let y = -(ln(q) + ln_gamma);
        if y > 1.5 { y - (1.0 - a) * ln(y) } else { 0.5 }
    }

    fn standard_inverse(&self, p: f64, q: f64) -> f64 {
        let a = self.shape;
        invert(p, q, self.guess(p, q), f64::MAX, |x| {
            let (lower, upper) = incomplete_gamma(a, x);
            Local {
                lower,
                upper,
                slope: x * gamma_density(a, x),
                bend: a - x,
            }
        })
    }
}

impl Continuous for Gamma {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else {
            incomplete_gamma(self.shape, x / self.scale).0
        }
    }

    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            1.0
        } else {
            incomplete_gamma(self.shape, x / self.scale).1
        }
    }

    fn density(&self, x: f64) -> f64 {
        gamma_density(self.shape, x / self.scale) / self.scale
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        Place::at(self.scale * self.standard_inverse(p, q))
    }

    fn mean(&self) -> f64 {
        self.shape * self.scale
    }
}

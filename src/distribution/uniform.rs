//! The uniform distribution.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, finite};
use crate::numeric::abs;

/// Every value from `low` to `high` alike; a constant where they meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    pub fn new(low: f64, high: f64) -> Result<Self, Invalid> {
        finite(0, "minimum", low)?;
        finite(1, "maximum", high)?;
        if !(low <= high) {
            return Err(Invalid::at(
                1,
                format!("the maximum, {high}, is below the minimum, {low}"),
            ));
        }
        if !(high - low).is_finite() {
            return Err(Invalid::at(1, format!("the interval from {low} to {high} is too wide")));
        }
        Ok(Self { low, high })
    }

    /// The constant it is if its ends meet.
    pub fn constant(&self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    /// From the nearer end, so that neither loses digits; p and q are below and above.
    #[inline]
    pub fn quantile(&self, p: f64, q: f64) -> f64 {
        let width = self.high - self.low;
        if p < 0.5 {
            self.low + width * p
        } else {
            self.high - width * q
        }
    }
}

impl Continuous for Uniform {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x >= self.high {
            1.0
        } else if x <= self.low {
            0.0
        } else {
            (x - self.low) / (self.high - self.low)
        }
    }

    fn sf(&self, x: f64) -> f64 {
        if x >= self.high {
            0.0
        } else if x <= self.low {
            1.0
        } else {
            (self.high - x) / (self.high - self.low)
        }
    }

    fn density(&self, _x: f64) -> f64 {
        1.0 / (self.high - self.low)
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        Place::at(self.quantile(p, q))
    }

    fn mean(&self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }

    fn between(&self, _from: f64, distance: f64) -> f64 {
        abs(distance) / (self.high - self.low)
    }
}

//! The triangular distribution.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, finite};
use crate::numeric::{abs, sqrt};

/// A density that rises in a straight line from `low` to `mode` and falls in one to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

/// Fails unless the three are in order and finite.
pub(super) fn check_three_points(low: f64, mode: f64, high: f64) -> Result<(), Invalid> {
    finite(0, "minimum", low)?;
    finite(1, "mode", mode)?;
    finite(2, "maximum", high)?;
    if !(low <= high) {
        return Err(Invalid::at(
            2,
            format!("the maximum, {high}, is below the minimum, {low}"),
        ));
    }
    if !(mode >= low) {
        return Err(Invalid::at(1, format!("the mode, {mode}, is below the minimum, {low}")));
    }
    if !(mode <= high) {
        return Err(Invalid::at(
            1,
            format!("the mode, {mode}, is above the maximum, {high}"),
        ));
    }
    if !(high - low).is_finite() {
        return Err(Invalid::at(2, format!("the interval from {low} to {high} is too wide")));
    }
    Ok(())
}

impl Triangular {
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Self, Invalid> {
        check_three_points(low, mode, high)?;
        Ok(Self { low, mode, high })
    }

    /// The constant it is if its ends meet.
    pub fn constant(&self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    /// Measured from the low end or the mode where p is the smaller, else from the mode or the high end: the mode may be
    /// an end itself.
    #[inline]
    pub fn place(&self, p: f64, q: f64) -> Place {
        let width = self.high - self.low;
        let (left, right) = (self.mode - self.low, self.high - self.mode);
        if p * width <= left {
            let from_low = sqrt(width * p) * sqrt(left);
            if p < q {
                return Place {
                    origin: self.low,
                    offset: from_low,
                };
            }
            return Place {
                origin: self.mode,
                offset: -left * ((width * q - right) / (left + from_low)),
            };
        }
        let from_high = sqrt(width * q) * sqrt(right);
        if p < q {
            return Place {
                origin: self.mode,
                offset: right * ((width * p - left) / (right + from_high)),
            };
        }
        Place {
            origin: self.high,
            offset: -from_high,
        }
    }
}

impl Continuous for Triangular {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn cdf(&self, x: f64) -> f64 {
        let (left, right, width) = (self.mode - self.low, self.high - self.mode, self.high - self.low);
        if x <= self.low {
            0.0
        } else if x >= self.high {
            1.0
        } else if x > self.mode {
            (left + (x - self.mode) * (1.0 + (self.high - x) / right)) / width
        } else {
            (x - self.low) / width * ((x - self.low) / left)
        }
    }

    fn sf(&self, x: f64) -> f64 {
        let (left, right, width) = (self.mode - self.low, self.high - self.mode, self.high - self.low);
        if x <= self.low {
            1.0
        } else if x >= self.high {
            0.0
        } else if x > self.mode {
            (self.high - x) / width * ((self.high - x) / right)
        } else {
            (right + (self.mode - x) * (1.0 + (x - self.low) / left)) / width
        }
    }

    fn density(&self, x: f64) -> f64 {
        let peak = 2.0 / (self.high - self.low);
        if x < self.mode {
            peak * ((x - self.low) / (self.mode - self.low))
        } else if x > self.mode {
            peak * ((self.high - x) / (self.high - self.mode))
        } else {
            peak
        }
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        self.place(p, q)
    }

    fn mean(&self) -> f64 {
        self.low / 3.0 + self.mode / 3.0 + self.high / 3.0
    }

    fn between(&self, from: f64, distance: f64) -> f64 {
        let to_mode = self.mode - from;
        // Exact for a line, and cut at the kink.
        let crosses = (from < self.mode) != (from + distance < self.mode) && from != self.mode;
        if crosses && abs(to_mode) < abs(distance) {
            let peak = self.density(self.mode);
            let near = 0.5 * (self.density(from) + peak) * abs(to_mode);
            return near + 0.5 * (peak + self.density(from + distance)) * abs(distance - to_mode);
        }
        self.density(from + 0.5 * distance) * abs(distance)
    }
}

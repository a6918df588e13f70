//! A distribution restricted to an interval.

use super::continuous::{Continuous, Place};
use super::shape::Shape;
use crate::numeric::{abs, max, min};

/// What is left of a distribution from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Truncated {
    low: f64,
    high: f64,
    /// The probabilities cut off below and above.
    below: f64,
    above: f64,
    /// Those that remain above `low` and below `high`, which 1 less the others would round.
    above_low: f64,
    below_high: f64,
    /// The probability that is left.
    mass: f64,
}

/// A mass far smaller than what lies to either side is integrated instead of taken as a difference.
const FAR_SMALLER: f64 = 1e-3;

/// Less than this is nothing: probabilities near the least float have lost their digits.
const LEAST_MASS: f64 = 1e-290;

impl Truncated {
    /// `None` if nothing is left.
    pub fn new(shape: &Shape, low: f64, high: f64) -> Option<Self> {
        let (least, greatest) = shape.support();
        let (low, high) = match shape {
            Shape::Poisson(_) => (max(low.ceil(), 0.0), high.floor()),
            _ => (max(low, least), min(high, greatest)),
        };
        if !(low <= high) {
            return None;
        }
        let (before, above_before) = match shape {
            Shape::Poisson(poisson) => poisson.parts(low - 1.0),
            _ => (shape.cdf(low), shape.sf(low)),
        };
        let (below_high, above) = (shape.cdf(high), shape.sf(high));
        let mut mass = if before < 0.5 {
            below_high - before
        } else {
            above_before - above
        };
        if let Some(continuous) = shape.continuous()
            && mass < FAR_SMALLER * min(before, above_before)
        {
            mass = continuous.between(low, high - low);
        }
        if let Shape::Poisson(poisson) = shape
            && low == high
        {
            mass = poisson.mass(low);
        }
        (mass > LEAST_MASS).then_some(Self {
            low,
            high,
            below: before,
            above,
            above_low: above_before,
            below_high,
            mass,
        })
    }

    pub fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The probability below x: from the nearer end, and integrated where it is very small.
    pub fn cdf(&self, shape: &Shape, x: f64) -> f64 {
        self.parts(shape, x).0
    }

    pub fn sf(&self, shape: &Shape, x: f64) -> f64 {
        self.parts(shape, x).1
    }

    fn parts(&self, shape: &Shape, x: f64) -> (f64, f64) {
        let before_first = match shape {
            Shape::Poisson(_) => x < self.low,
            _ => x <= self.low,
        };
        if before_first {
            return (0.0, 1.0);
        }
        if x >= self.high {
            return (1.0, 0.0);
        }
        let (cdf, sf) = (shape.cdf(x), shape.sf(x));
        let mut lower = if self.below < 0.5 {
            cdf - self.below
        } else {
            self.above_low - sf
        };
        let mut upper = if self.above < 0.5 {
            sf - self.above
        } else {
            self.below_high - cdf
        };
        if let Some(continuous) = shape.continuous() {
            if lower < FAR_SMALLER * min(self.below, self.above_low) {
                lower = continuous.between(self.low, x - self.low);
            }
            if upper < FAR_SMALLER * min(self.above, self.below_high) {
                upper = continuous.between(self.high, x - self.high);
            }
        }
        (min(lower / self.mass, 1.0), min(upper / self.mass, 1.0))
    }

    /// The value with probability p below it and q above it: from an end, by distance, where its probability is far smaller than what was cut off there.
    pub fn inverse(&self, shape: &Shape, p: f64, q: f64) -> Place {
        let (lower, upper) = (p * self.mass, q * self.mass);
        if let Some(continuous) = shape.continuous() {
            if lower < FAR_SMALLER * min(self.below, self.above_low) && p < q {
                return self.bounded(near(continuous, self.low, 1.0, lower));
            }
            if upper < FAR_SMALLER * min(self.above, self.below_high) {
                return self.bounded(near(continuous, self.high, -1.0, upper));
            }
            if lower < FAR_SMALLER * min(self.below, self.above_low) {
                return self.bounded(near(continuous, self.low, 1.0, lower));
            }
        }
        self.bounded(shape.inverse(self.below + lower, self.above + upper))
    }

    fn bounded(&self, place: Place) -> Place {
        let value = place.value();
        if value < self.low {
            Place {
                origin: self.low,
                offset: 0.0,
            }
        } else if value > self.high {
            Place {
                origin: self.high,
                offset: 0.0,
            }
        } else {
            place
        }
    }
}

/// The place beyond which, from `origin` in the direction of `sign`, `mass` has been passed: Newton's method on the
/// integral of the density.
fn near(continuous: &dyn Continuous, origin: f64, sign: f64, mass: f64) -> Place {
    let mut distance = mass / continuous.density(origin);
    for _ in 0..30 {
        let excess = continuous.between(origin, sign * distance) - mass;
        let step = excess / continuous.density(origin + sign * distance);
        distance -= step;
        // The next step would be of the order of the square of this one.
        if !(abs(step) > 1e-7 * distance) {
            break;
        }
    }
    Place {
        origin,
        offset: sign * distance,
    }
}

//! What every distribution can do, and where a value stands.

use crate::numeric::abs;

/// A value, kept as a distance from a point it may be very near: the distance has digits that the sum has not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub origin: f64,
    pub offset: f64,
}

impl Place {
    /// A value that has digits enough by itself.
    pub fn at(value: f64) -> Self {
        Self {
            origin: 0.0,
            offset: value,
        }
    }

    pub fn value(self) -> f64 {
        self.origin + self.offset
    }

    /// The distance from another origin.
    pub fn distance_from(self, origin: f64) -> f64 {
        (self.origin - origin) + self.offset
    }
}

/// A distribution with a density.
pub(super) trait Continuous {
    /// The ends of the interval it lives on.
    fn support(&self) -> (f64, f64);
    /// The probability below x, accurate where it is small.
    fn cdf(&self, x: f64) -> f64;
    /// The probability above x, accurate where it is small.
    fn sf(&self, x: f64) -> f64;
    /// The density at x, inside the support.
    fn density(&self, x: f64) -> f64;
    /// The value with probability p below it and q = 1 - p above it, each given to its last digit.
    fn inverse(&self, p: f64, q: f64) -> Place;
    /// The mean.
    fn mean(&self) -> f64;

    /// The probability between `from` and `from + distance` (which may be negative), accurate even where it is far smaller
    /// than what lies to either side. For distances over which the density changes by a small factor.
    fn between(&self, from: f64, distance: f64) -> f64 {
        let mut total = 0.0;
        for (node, weight) in GAUSS_LEGENDRE {
            let near = self.density(from + distance * (0.5 - 0.5 * node));
            let far = self.density(from + distance * (0.5 + 0.5 * node));
            total += weight * (near + far);
        }
        abs(distance) * 0.5 * total
    }
}

/// Positive nodes and weights of the 10-point Gauss-Legendre rule on [-1, 1] (DLMF 3.5(v)).
const GAUSS_LEGENDRE: [(f64, f64); 5] = [
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

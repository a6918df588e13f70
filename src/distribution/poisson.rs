//! The Poisson distribution.

use super::invalid::{Invalid, finite};
use super::normal::standard_normal_quantile;
use crate::numeric::{exp, incomplete_gamma, poisson_mass, sqrt};

/// The number of events in a time in which `mean` are expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Poisson {
    mean: f64,
}

/// Above this mean the search starts near its end.
const SEQUENTIAL: f64 = 30.0;

impl Poisson {
    pub fn new(mean: f64) -> Result<Self, Invalid> {
        finite(0, "mean", mean)?;
        if !(mean >= 0.0) {
            return Err(Invalid::at(0, format!("the mean, {mean}, is negative")));
        }
        if !(mean <= 1e9) {
            return Err(Invalid::at(0, format!("the mean, {mean}, is above 1e9")));
        }
        Ok(Self { mean })
    }

    /// The constant it is if the mean is 0.
    pub fn constant(&self) -> Option<f64> {
        (self.mean == 0.0).then_some(0.0)
    }

    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The probabilities of at most k and of more.
    pub fn parts(&self, k: f64) -> (f64, f64) {
        if k < 0.0 {
            return (0.0, 1.0);
        }
        if k.is_infinite() {
            return (1.0, 0.0);
        }
        let (more, at_most) = incomplete_gamma(k.floor() + 1.0, self.mean);
        (at_most, more)
    }

    /// The probability of k.
    pub fn mass(&self, k: f64) -> f64 {
        poisson_mass(k, self.mean)
    }

    /// The least k with probability at least p of at most k, and so at most q of more.
    pub fn quantile(&self, p: f64, q: f64) -> f64 {
        if self.mean <= SEQUENTIAL && q > 1e-3 {
            self.count_up(p)
        } else {
            self.search(p, q)
        }
    }

    fn count_up(&self, p: f64) -> f64 {
        let mut k = 0.0;
        let mut mass = exp(-self.mean);
        let mut cumulative = mass;
        // With more than q = 1e-3 above it the end is near the mean; the bound is for rounding only.
        while cumulative < p && k < 200.0 {
            k += 1.0;
            mass *= self.mean / k;
            cumulative += mass;
        }
        k
    }

    /// A first guess by E. A. Cornish and R. A. Fisher's expansion, and then exact steps.
    fn search(&self, p: f64, q: f64) -> f64 {
        let z = standard_normal_quantile(p, q);
        let sd = sqrt(self.mean);
        let guess = (self.mean + sd * z + (z * z - 1.0) / 6.0 + (z - z * z * z) / (72.0 * sd)).floor();
        let mut k = if guess > 0.0 { guess } else { 0.0 };
        let (at_most, more) = self.parts(k);
        let mut mass = self.mass(k);
        if p < q {
            let mut cumulative = at_most;
            if cumulative < p {
                while cumulative < p {
                    k += 1.0;
                    mass *= self.mean / k;
                    cumulative += mass;
                }
                return k;
            }
            while k > 0.0 && cumulative - mass >= p {
                cumulative -= mass;
                mass *= k / self.mean;
                k -= 1.0;
            }
            return k;
        }
        let mut remaining = more;
        if remaining > q {
            while remaining > q && mass > 0.0 {
                k += 1.0;
                mass *= self.mean / k;
                remaining -= mass;
            }
            return k;
        }
        while k > 0.0 && remaining + mass <= q {
            remaining += mass;
            mass *= k / self.mean;
            k -= 1.0;
        }
        k
    }
}

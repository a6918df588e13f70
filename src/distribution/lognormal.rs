//! The lognormal distribution, and the distributions given by a 90% interval.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, finite, positive};
use super::normal::{Normal, fill_standard_normal, standard_normal_quantile};
use crate::numeric::{exp, ln, normal_cdf, normal_density, normal_sf, sqrt};

/// The 95% quantile of the standard normal distribution.
const QUANTILE_95: f64 = 1.644_853_626_951_472_7;

/// A median above 0 and the standard deviation of the logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lognormal {
    median: f64,
    sigma: f64,
}

impl Lognormal {
    pub fn new(median: f64, geometric_sd: f64) -> Result<Self, Invalid> {
        positive(0, "median", median)?;
        finite(1, "geometric standard deviation", geometric_sd)?;
        if !(geometric_sd >= 1.0) {
            return Err(Invalid::at(
                1,
                format!("the geometric standard deviation, {geometric_sd}, is below 1"),
            ));
        }
        Ok(Self {
            median,
            sigma: ln(geometric_sd),
        })
    }

    /// The constant it is if the geometric standard deviation is 1.
    pub fn constant(&self) -> Option<f64> {
        (self.sigma == 0.0).then_some(self.median)
    }

    #[inline]
    pub fn quantile(&self, p: f64, q: f64) -> f64 {
        self.median * exp(self.sigma * standard_normal_quantile(p, q))
    }

    /// The values at every u.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        fill_standard_normal(u, out);
        for value in out {
            *value = self.median * exp(self.sigma * *value);
        }
    }

    fn standard(&self, x: f64) -> f64 {
        ln(x / self.median) / self.sigma
    }
}

impl Continuous for Lognormal {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_cdf(self.standard(x)) }
    }

    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { normal_sf(self.standard(x)) }
    }

    fn density(&self, x: f64) -> f64 {
        normal_density(self.standard(x)) / (self.sigma * x)
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        Place::at(self.quantile(p, q))
    }

    fn mean(&self) -> f64 {
        self.median * exp(0.5 * self.sigma * self.sigma)
    }
}

/// The distribution whose 5% and 95% quantiles are given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ci90 {
    /// Where the lower one is above 0.
    Lognormal(Lognormal),
    /// Where it is not.
    Normal(Normal),
}

impl Ci90 {
    pub fn new(low: f64, high: f64) -> Result<Self, Invalid> {
        finite(0, "low end", low)?;
        finite(1, "high end", high)?;
        if !(low <= high) {
            return Err(Invalid::at(
                1,
                format!("the high end, {high}, is below the low end, {low}"),
            ));
        }
        if low > 0.0 {
            let median = if low == high { low } else { sqrt(low) * sqrt(high) };
            let sigma = 0.5 * (ln(high) - ln(low)) / QUANTILE_95;
            return Ok(Self::Lognormal(Lognormal { median, sigma }));
        }
        let normal = Normal::new(0.5 * low + 0.5 * high, (0.5 * high - 0.5 * low) / QUANTILE_95)?;
        Ok(Self::Normal(normal))
    }
}

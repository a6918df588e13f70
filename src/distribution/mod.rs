//! Leaf: probability distributions, one a file, each with its inverse.
//!
//! Every draw is made by inversion: one uniform u in, one value out, never decreasing in u, so that draws which share a
//! uniform stay coupled. u is (k + 0.5) x 2^-52 for an integer k, so that 1 - u is exact and neither end is reached.
//!
//! [`Distribution`] checks its arguments and inverts from scratch, for arguments that differ from run to run;
//! [`Sampler`] prepares a distribution whose arguments are constant. Both keep the same accuracy: at the value x given
//! for u, |F(x) - u| <= 1e-9 min(u, 1 - u) for u from 1e-12 to 1 - 1e-12, as far as the rounding of x itself allows. The
//! mapping from u to values is part of what a seed means: to change its bits is a breaking change, and tests pin them.

mod bernoulli;
mod beta;
mod continuous;
mod counts;
mod discrete;
mod exponential;
mod family;
mod gamma;
mod invalid;
mod lognormal;
mod normal;
mod poisson;
mod root;
mod sampler;
mod shape;
mod table;
mod triangular;
mod truncated;
mod uniform;
mod weibull;

pub use bernoulli::bernoulli;
pub use discrete::discrete;
pub use exponential::unit_exponential;
pub use family::Family;
pub use invalid::Invalid;
pub use sampler::Sampler;

use shape::Shape;
use truncated::Truncated;

/// A family with checked arguments, and an optional truncation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    family: Family,
    shape: Shape,
    truncation: Option<Truncated>,
}

impl Distribution {
    /// A distribution of `family` with its `arguments` (as [`Family::parameters`] lists them), restricted to the interval
    /// `truncate` if there is one.
    ///
    /// Where the arguments leave a single value (a uniform, triangular or pert whose ends meet, a standard deviation of
    /// 0, a geometric standard deviation of 1, a `ci90` whose ends meet, a Poisson mean of 0) the distribution is that
    /// constant.
    ///
    /// # Errors
    ///
    /// [`Invalid`] says which argument is out of its range, or, where it names none, that their number is wrong or that
    /// the truncation leaves nothing.
    pub fn new(family: Family, arguments: &[f64], truncate: Option<[f64; 2]>) -> Result<Self, Invalid> {
        let shape = Shape::new(family, arguments)?;
        let (shape, truncation) = match truncate {
            None => (shape, None),
            Some(bounds) => shape.truncate(bounds)?,
        };
        Ok(Self {
            family,
            shape,
            truncation,
        })
    }

    /// The family.
    pub fn family(&self) -> Family {
        self.family
    }

    /// The value that a draw is at or below with probability u in (0, 1): the inverse of [`Self::cdf`].
    pub fn quantile(&self, u: f64) -> f64 {
        self.place(u, 1.0 - u).value()
    }

    /// The value with probability p below it and q = 1 - p above it.
    fn place(&self, p: f64, q: f64) -> continuous::Place {
        match &self.truncation {
            None => self.shape.inverse(p, q),
            Some(truncation) => truncation.inverse(&self.shape, p, q),
        }
    }

    /// The probability of a value at or below x, accurate where it is small.
    pub fn cdf(&self, x: f64) -> f64 {
        match &self.truncation {
            None => self.shape.cdf(x),
            Some(truncation) => truncation.cdf(&self.shape, x),
        }
    }

    /// The probability of a value above x, accurate where it is small.
    pub fn sf(&self, x: f64) -> f64 {
        match &self.truncation {
            None => self.shape.sf(x),
            Some(truncation) => truncation.sf(&self.shape, x),
        }
    }

    /// The least and the greatest value, or the bounds they approach; infinite where there is none.
    pub fn support(&self) -> (f64, f64) {
        match &self.truncation {
            None => self.shape.support(),
            Some(truncation) => truncation.support(),
        }
    }

    /// The mean, where it has a closed form: of every family, unless truncated (a truncated uniform has one too).
    pub fn mean(&self) -> Option<f64> {
        match &self.truncation {
            None => Some(self.shape.mean()),
            Some(_) => None,
        }
    }
}

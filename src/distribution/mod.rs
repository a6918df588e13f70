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
#[cfg(test)]
mod pinned;
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
    /// the truncation leaves nothing (less than 1e-290).
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(family: Family, arguments: &[f64], truncate: Option<[f64; 2]>) -> (Option<usize>, String) {
        let invalid = Distribution::new(family, arguments, truncate).expect_err("invalid arguments");
        (invalid.argument, invalid.to_string())
    }

    #[test]
    fn invalid_arguments_are_named() {
        use Family::*;
        for (family, arguments, argument, message) in [
            (
                Triangular,
                &[0.5, 0.2, 1.0][..],
                Some(1),
                "the mode, 0.2, is below the minimum, 0.5",
            ),
            (Pert, &[0.5, 2.0, 1.0], Some(1), "the mode, 2, is above the maximum, 1"),
            (Uniform, &[1.0, 0.0], Some(1), "the maximum, 0, is below the minimum, 1"),
            (Normal, &[0.0, -1.0], Some(1), "the standard deviation, -1, is negative"),
            (
                Normal,
                &[f64::NAN, 1.0],
                Some(0),
                "the mean, NaN, is not a finite number",
            ),
            (Lognormal, &[0.0, 2.0], Some(0), "the median, 0, is not above 0"),
            (
                Lognormal,
                &[1.0, 0.5],
                Some(1),
                "the geometric standard deviation, 0.5, is below 1",
            ),
            (Ci90, &[2.0, 1.0], Some(1), "the high end, 1, is below the low end, 2"),
            (
                Beta,
                &[2.0, 0.0],
                Some(1),
                "the second shape, 0, is not from 0.001 to 1e6",
            ),
            (
                Gamma,
                &[2.0, f64::INFINITY],
                Some(1),
                "the scale, inf, is not a finite number",
            ),
            (Exponential, &[0.0], Some(0), "the mean, 0, is not above 0"),
            (Poisson, &[2e9], Some(0), "the mean, 2000000000, is above 1e9"),
            (Beta, &[2.0], None, "beta takes 2 arguments (a, b), but 1 is given"),
            (Poisson, &[], None, "poisson takes one argument (mean), but 0 are given"),
        ] {
            assert_eq!(fault(family, arguments, None), (argument, message.to_owned()));
        }
        for family in Family::ALL {
            assert_eq!(Family::from_name(family.name()), Some(family));
            for at in 0..family.parameters().len() {
                let mut arguments = vec![1.5; family.parameters().len()];
                assert!(Distribution::new(family, &arguments, None).is_ok());
                arguments[at] = f64::NAN;
                assert_eq!(fault(family, &arguments, None).0, Some(at));
            }
        }
    }

    #[test]
    fn empty_truncations_are_refused() {
        for (family, arguments, bounds) in [
            (Family::Uniform, &[0.0, 1.0][..], [1.0, 2.0]),
            (Family::Normal, &[0.0, 1.0], [50.0, 60.0]),
            (Family::Normal, &[0.0, 1.0], [2.0, 1.0]),
            (Family::Normal, &[0.0, 1.0], [f64::NAN, 1.0]),
            (Family::Normal, &[3.0, 0.0], [4.0, 5.0]),
            (Family::Gamma, &[2.0, 1.0], [-2.0, -1.0]),
            (Family::Gamma, &[2.0, 1.0], [-2.0, 0.0]),
            (Family::Beta, &[2.0, 2.0], [1.0, 2.0]),
            (Family::Poisson, &[2.0], [0.25, 0.75]),
        ] {
            assert_eq!(fault(family, arguments, Some(bounds)).0, None, "{family:?} {bounds:?}");
        }
    }

    #[test]
    fn truncated_counts_stay_inside() {
        for bounds in [[2.0, 4.0], [1.5, 4.9], [-3.0, 0.5], [3.9, f64::INFINITY], [40.0, 41.0]] {
            let distribution = Distribution::new(Family::Poisson, &[3.0], Some(bounds)).expect("counts are left");
            let sampler = Sampler::new(distribution);
            let mut before = 0.0;
            for step in 0..1000 {
                let u = (f64::from(step) + 0.5) / 1000.0;
                let count = sampler.sample(u);
                assert!(
                    count >= bounds[0] && count <= bounds[1] && count >= before,
                    "{count} in {bounds:?}"
                );
                assert!(distribution.cdf(count) >= u * (1.0 - 1e-9) && distribution.cdf(count - 1.0) <= u);
                before = count;
            }
        }
    }

    #[test]
    fn a_point_is_a_constant() {
        for (family, arguments, value) in [
            (Family::Uniform, &[2.0, 2.0][..], 2.0),
            (Family::Normal, &[-1.0, 0.0], -1.0),
            (Family::Lognormal, &[3.0, 1.0], 3.0),
            (Family::Ci90, &[0.3, 0.3], 0.3),
            (Family::Ci90, &[-0.3, -0.3], -0.3),
            (Family::Triangular, &[1.0, 1.0, 1.0], 1.0),
            (Family::Pert, &[1.0, 1.0, 1.0], 1.0),
            (Family::Poisson, &[0.0], 0.0),
        ] {
            let distribution = Distribution::new(family, arguments, Some([-5.0, 5.0])).expect("a constant");
            let sampler = Sampler::new(distribution);
            for u in [1e-12, 0.5, 0.75] {
                assert_eq!((distribution.quantile(u), sampler.sample(u)), (value, value));
            }
            assert_eq!(
                (distribution.support(), distribution.mean()),
                ((value, value), Some(value))
            );
        }
    }

    #[test]
    fn ci90_meets_its_ends() {
        for (low, high) in [(1.0, 20.0), (-5.0, 10.0)] {
            let distribution = Distribution::new(Family::Ci90, &[low, high], None).expect("an interval");
            for (u, end) in [(0.05, low), (0.95, high)] {
                assert!((distribution.quantile(u) - end).abs() <= 1e-14 * end.abs());
            }
        }
    }
}

//! A distribution whose arguments are constant, prepared for speed.

use std::sync::OnceLock;

use super::Distribution;
use super::counts::Counts;
use super::poisson::Poisson;
use super::shape::Shape;
use super::table::Table;

/// Draws from one distribution. What it gives is a function of the distribution and of u alone: neither the order of
/// the draws nor the number of threads that share it can show.
#[derive(Debug)]
pub struct Sampler {
    distribution: Distribution,
    method: Method,
}

/// How the values are found.
#[derive(Debug)]
enum Method {
    /// The inverse has a closed form, or is as good as any preparation.
    Inverse,
    /// Interpolation.
    Table(Table),
    /// A list of the counts and their probabilities.
    Counts(Poisson, OnceLock<Counts>),
}

impl Sampler {
    /// Prepares a distribution. Cheap: what takes time is done where it is first needed.
    pub fn new(distribution: Distribution) -> Self {
        let truncated = distribution.truncation.is_some();
        let method = match distribution.shape {
            Shape::Poisson(poisson) if !truncated && poisson.mean() <= Counts::MOST => {
                Method::Counts(poisson, OnceLock::new())
            }
            Shape::Poisson(_) | Shape::Constant(_) => Method::Inverse,
            Shape::Beta(_) | Shape::Gamma(_) => Method::Table(Table::new()),
            _ if truncated => Method::Table(Table::new()),
            _ => Method::Inverse,
        };
        Self { distribution, method }
    }

    /// The distribution.
    pub fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// The value at u in (0, 1).
    #[inline]
    pub fn sample(&self, u: f64) -> f64 {
        match &self.method {
            Method::Table(table) => table.sample(&self.distribution, u),
            Method::Counts(poisson, counts) => counts.get_or_init(|| Counts::new(poisson)).sample(u),
            Method::Inverse => self.distribution.quantile(u),
        }
    }

    /// The values at every u, in order: the same as [`Self::sample`] gives one by one.
    ///
    /// # Panics
    ///
    /// Panics if the slices differ in length.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        assert_eq!(u.len(), out.len(), "one value for each uniform");
        match &self.method {
            Method::Table(table) => table.fill(&self.distribution, u, out),
            Method::Counts(poisson, counts) => {
                let counts = counts.get_or_init(|| Counts::new(poisson));
                each(u, out, |u| counts.sample(u));
            }
            Method::Inverse => self.fill_by_inverse(u, out),
        }
    }

    /// One loop a family, so that each is straight-line code.
    fn fill_by_inverse(&self, u: &[f64], out: &mut [f64]) {
        match &self.distribution.shape {
            _ if self.distribution.truncation.is_some() => each(u, out, |u| self.distribution.quantile(u)),
            Shape::Constant(value) => out.fill(*value),
            Shape::Uniform(uniform) => each(u, out, |u| uniform.quantile(u, 1.0 - u)),
            Shape::Triangular(triangular) => each(u, out, |u| triangular.place(u, 1.0 - u).value()),
            Shape::Exponential(exponential) => each(u, out, |u| exponential.quantile(u, 1.0 - u)),
            Shape::Weibull(weibull) => weibull.fill(u, out),
            Shape::Normal(normal) => normal.fill(u, out),
            Shape::Lognormal(lognormal) => lognormal.fill(u, out),
            Shape::Beta(_) | Shape::Gamma(_) | Shape::Poisson(_) => each(u, out, |u| self.distribution.quantile(u)),
        }
    }
}

#[inline]
fn each(u: &[f64], out: &mut [f64], value: impl Fn(f64) -> f64) {
    for (out, &u) in out.iter_mut().zip(u) {
        *out = value(u);
    }
}

//! A distribution whose arguments are constant, prepared for speed.

use super::Distribution;

/// Draws from one distribution. What it gives is a function of the distribution and of u alone.
#[derive(Debug)]
pub struct Sampler {
    distribution: Distribution,
}

impl Sampler {
    /// Prepares a distribution. Cheap: what takes time is done when it is first needed.
    pub fn new(distribution: Distribution) -> Self {
        Self { distribution }
    }

    /// The distribution.
    pub fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// The value at u in (0, 1).
    #[inline]
    pub fn sample(&self, u: f64) -> f64 {
        self.distribution.quantile(u)
    }

    /// The values at every u, in order: the same as [`Self::sample`] gives one by one.
    ///
    /// # Panics
    ///
    /// Panics if the slices differ in length.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        assert_eq!(u.len(), out.len(), "one value for each uniform");
        for (value, &u) in out.iter_mut().zip(u) {
            *value = self.sample(u);
        }
    }
}

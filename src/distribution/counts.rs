//! The inverse of a Poisson distribution as a list of cumulative probabilities, with a guide to where to look.

use super::poisson::Poisson;

const CELLS: usize = 256;
/// Half the least uniform.
const LEAST: f64 = 1.0 / 9_007_199_254_740_992.0;

/// All counts that a uniform can give, for a mean that is not too large.
#[derive(Debug)]
pub(super) struct Counts {
    first: f64,
    /// The probability of at most `first + i`, and of more.
    at_most: Box<[f64]>,
    more: Box<[f64]>,
    /// For each 1/256 of the uniforms, where the search starts.
    guide: Box<[u32]>,
}

impl Counts {
    /// Beyond this mean the list would be long; the inverse itself is as good.
    pub const MOST: f64 = 10_000.0;

    pub fn new(poisson: &Poisson) -> Self {
        let first = poisson.quantile(LEAST, 1.0 - LEAST);
        let last = poisson.quantile(1.0 - LEAST, LEAST);
        let count = (last - first) as usize + 1;
        let masses: Vec<f64> = (0..count).map(|i| poisson.mass(first + i as f64)).collect();
        // Summed from either end, so that each tail keeps its digits.
        let mut at_most = Vec::with_capacity(count);
        let mut sum = poisson.parts(first - 1.0).0;
        for mass in &masses {
            sum += mass;
            at_most.push(sum);
        }
        let mut more = vec![0.0; count];
        let mut sum = poisson.parts(last).1;
        for (more, mass) in more.iter_mut().zip(&masses).rev() {
            *more = sum;
            sum += mass;
        }
        let mut guide = Vec::with_capacity(CELLS);
        let mut index = 0;
        for cell in 0..CELLS {
            while index + 1 < count && falls_short(&at_most, &more, index, cell as f64 / CELLS as f64) {
                index += 1;
            }
            guide.push(index as u32);
        }
        Self {
            first,
            at_most: at_most.into(),
            more: more.into(),
            guide: guide.into(),
        }
    }

    /// The count at u.
    #[inline]
    pub fn sample(&self, u: f64) -> f64 {
        let mut index = self.guide[(u * CELLS as f64) as usize & (CELLS - 1)] as usize;
        while index + 1 < self.at_most.len() && falls_short(&self.at_most, &self.more, index, u) {
            index += 1;
        }
        self.first + index as f64
    }
}

/// Whether the probability of at most the count at `index` is below u, compared in the half where it has its digits.
#[inline]
fn falls_short(at_most: &[f64], more: &[f64], index: usize, u: f64) -> bool {
    if u < 0.5 {
        at_most[index] < u
    } else {
        more[index] > 1.0 - u
    }
}

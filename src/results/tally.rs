//! What is kept of one observed number: how often it was there, its exact moments, its quantiles.

use serde::{Deserialize, Serialize};

use super::moments::{mean, sd, se};
use super::quantiles::Bins;
use crate::numeric::ExactSum;

/// How many values are added at once.
const AT_ONCE: usize = 512;

/// The values that one observed number took, over any number of runs.
///
/// A value that is not finite is one that was not there to be measured: it is counted as excluded, and not used.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    n: u64,
    excluded: u64,
    sum: ExactSum,
    /// Of the squares as rounded to a float, each.
    sum_of_squares: ExactSum,
    bins: Bins,
}

impl Tally {
    /// Adds values, each of one run.
    pub fn add_all(&mut self, values: &[f64]) {
        // Column by column is faster than value by value, as the sums can keep to registers.
        for values in values.chunks(AT_ONCE) {
            let excluded = values.iter().filter(|value| !value.is_finite()).count();
            if excluded == 0 {
                self.add_finite(values);
            } else {
                let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
                self.add_finite(&finite);
                self.excluded += excluded as u64;
            }
        }
    }

    fn add_finite(&mut self, values: &[f64]) {
        let mut squares = [0.0; AT_ONCE];
        for (square, value) in squares.iter_mut().zip(values) {
            *square = value * value;
        }
        self.n += values.len() as u64;
        self.sum.add_all(values);
        self.sum_of_squares.add_all(&squares[..values.len()]);
        self.bins.add_all(values);
    }

    /// Adds the values of other runs.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.excluded += other.excluded;
        self.sum.merge(&other.sum);
        self.sum_of_squares.merge(&other.sum_of_squares);
        self.bins.merge(&other.bins);
    }

    /// How many values were used.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// How many were not finite, and left out.
    pub fn excluded(&self) -> u64 {
        self.excluded
    }

    /// The least and the greatest value, exactly; none without values.
    pub fn range(&self) -> Option<(f64, f64)> {
        self.bins.range()
    }

    /// The quantiles at ascending probabilities within 0..=1, as [`Bins::quantiles`] defines them; none without values.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> Option<[f64; N]> {
        self.bins.quantiles(probabilities)
    }

    /// How the values are spread, for pictures of them.
    pub fn bins(&self) -> &Bins {
        &self.bins
    }

    /// The mean: the exact sum, rounded once, over n. None without values, or where the sum is beyond the largest float.
    pub fn mean(&self) -> Option<f64> {
        mean(self.n, self.range(), &self.sum)
    }

    /// The sample standard deviation, √((Σx² - (Σx)²/n) / (n - 1)): exactly 0 where all values are the same or there are
    /// fewer than two. None where a square is beyond the largest float.
    ///
    /// The difference is taken in double-double arithmetic from exact sums, so that what limits it is the rounding of the
    /// squares: an sd below a hundred-millionth of the mean has no correct digits.
    pub fn sd(&self) -> Option<f64> {
        sd(self.n, self.range(), &self.sum, &self.sum_of_squares)
    }

    /// The standard error of the mean, sd / √n: what the number of runs leaves open. None where there is no sd, or no value.
    pub fn se(&self) -> Option<f64> {
        se(self.n, self.sd())
    }

    /// Whether the parts agree on the number of values, as they must in what was read from a file.
    pub(super) fn is_sound(&self, runs: u64) -> bool {
        self.bins.count() == self.n && self.n.checked_add(self.excluded) == Some(runs)
    }
}

#[cfg(test)]
mod tests;

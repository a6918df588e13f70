//! The exact moments of numbers: of those whose quantiles nobody asks for.

use crate::numeric::{ExactSum, max, min};

/// How many values are added at once.
const AT_ONCE: usize = 512;

/// The mean and the spread of some numbers. Neither their order nor their grouping can show in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    n: u64,
    least: f64,
    greatest: f64,
    sum: ExactSum,
    /// Of the squares as rounded to a float, each.
    sum_of_squares: ExactSum,
}

impl Default for Moments {
    fn default() -> Self {
        Moments {
            n: 0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
            sum: ExactSum::default(),
            sum_of_squares: ExactSum::default(),
        }
    }
}

impl Moments {
    /// Adds values. Those that are not finite are passed over.
    pub fn add_all(&mut self, values: &[f64]) {
        let mut finite = [0.0; AT_ONCE];
        let mut squares = [0.0; AT_ONCE];
        for values in values.chunks(AT_ONCE) {
            let mut count = 0;
            for value in values.iter().filter(|value| value.is_finite()) {
                finite[count] = *value;
                squares[count] = value * value;
                self.least = min(self.least, *value);
                self.greatest = max(self.greatest, *value);
                count += 1;
            }
            self.n += count as u64;
            self.sum.add_all(&finite[..count]);
            self.sum_of_squares.add_all(&squares[..count]);
        }
    }

    /// Adds the values of others.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.least = min(self.least, other.least);
        self.greatest = max(self.greatest, other.greatest);
        self.sum.merge(&other.sum);
        self.sum_of_squares.merge(&other.sum_of_squares);
    }

    /// How many values were used.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean, as a [`Tally`](super::Tally) has it.
    pub fn mean(&self) -> Option<f64> {
        mean(self.n, self.range(), &self.sum)
    }

    /// The sample standard deviation, likewise.
    pub fn sd(&self) -> Option<f64> {
        sd(self.n, self.range(), &self.sum, &self.sum_of_squares)
    }

    /// The standard error of the mean, likewise.
    pub fn se(&self) -> Option<f64> {
        se(self.n, self.sd())
    }

    fn range(&self) -> Option<(f64, f64)> {
        (self.n > 0).then_some((self.least, self.greatest))
    }
}

/// The mean of values within a range that have an exact sum.
pub(super) fn mean(n: u64, range: Option<(f64, f64)>, sum: &ExactSum) -> Option<f64> {
    let (least, greatest) = range?;
    if least == greatest {
        return Some(least);
    }
    Some(sum.value() / n as f64).filter(|mean| mean.is_finite())
}

/// The sample standard deviation of values within a range, from exact sums of them and of their squares.
pub(super) fn sd(n: u64, range: Option<(f64, f64)>, sum: &ExactSum, sum_of_squares: &ExactSum) -> Option<f64> {
    match range {
        Some((least, greatest)) if least != greatest => {}
        _ => return Some(0.0),
    }
    let n = n as f64;
    let mean = divide(sum.value_and_rest(), n);
    let mean_square = divide(sum_of_squares.value_and_rest(), n);
    let variance = difference(mean_square, square(mean)) * (n / (n - 1.0));
    let variance = if variance < 0.0 { 0.0 } else { variance };
    Some(variance.sqrt()).filter(|sd| sd.is_finite())
}

/// The standard error of a mean of n values.
pub(super) fn se(n: u64, sd: Option<f64>) -> Option<f64> {
    sd.filter(|_| n > 0).map(|sd| sd / (n as f64).sqrt())
}

/// A number as the unevaluated sum of two floats, the second below half a unit in the last place of the first.
type Double = (f64, f64);

/// a x b exactly, after T. J. Dekker, Numerische Mathematik 18 (1971), 224-242: a fused multiply-add is not on every machine.
fn product(a: f64, b: f64) -> Double {
    let split = |x: f64| {
        let scaled = 134_217_729.0 * x; // 2^27 + 1
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let high = a * b;
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    (
        high,
        a_low * b_low - (((high - a_high * b_high) - a_low * b_high) - a_high * b_low),
    )
}

fn divide(a: Double, b: f64) -> Double {
    let high = a.0 / b;
    let (back, back_low) = product(high, b);
    let low = ((a.0 - back) - back_low + a.1) / b;
    let sum = high + low;
    (sum, low - (sum - high))
}

fn square(a: Double) -> Double {
    let (high, low) = product(a.0, a.0);
    (high, low + 2.0 * a.0 * a.1)
}

/// a - b, rounded: the high parts are close to each other where it matters, and then their difference is exact.
fn difference(a: Double, b: Double) -> f64 {
    let high = a.0 - b.0;
    // Knuth's two-sum: what rounding took from the difference of the high parts.
    let taken = high - a.0;
    let lost = (a.0 - (high - taken)) + (-b.0 - taken);
    high + (lost + (a.1 - b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Tally;

    /// Fails if the moments are not those of a tally of the same values, however they are grouped.
    #[test]
    fn moments_are_those_of_a_tally() {
        let values: Vec<f64> = (0..1500)
            .map(|i| {
                if i % 7 == 0 {
                    f64::INFINITY
                } else {
                    f64::from(i) / 3.0 - 100.0
                }
            })
            .collect();
        let mut tally = Tally::default();
        tally.add_all(&values);
        let (mut first, mut second) = (Moments::default(), Moments::default());
        first.add_all(&values[..600]);
        second.add_all(&values[600..]);
        second.merge(&first);
        assert_eq!(
            (second.n(), second.mean(), second.sd(), second.se()),
            (tally.n(), tally.mean(), tally.sd(), tally.se())
        );
        let none = Moments::default();
        assert_eq!((none.mean(), none.sd(), none.se()), (None, Some(0.0), None));
    }
}

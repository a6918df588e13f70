//! Shares of weighted runs: how many runs without weights would say as much, and the interval that this leaves.

use super::Confidence;
use crate::numeric;

/// Sums over weighted runs: of the weights and of their squares, of all runs and of those that came to one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeightSums {
    /// The weights of all runs.
    pub all: f64,
    /// Their squares.
    pub all_squared: f64,
    /// The weights of the runs that came to the outcome.
    pub outcome: f64,
    /// Their squares.
    pub outcome_squared: f64,
}

impl WeightSums {
    /// The share of the weight that came to the outcome, 0 to 1; none without any weight.
    pub fn share(&self) -> Option<f64> {
        (self.all > 0.0).then(|| self.outcome / self.all)
    }

    /// By how many runs the share is carried: the smaller of Kish's counts (sum of w)² / sum of w² among the runs that came to
    /// the outcome and among those that did not. None where either have no weight: nothing is then estimated from them.
    ///
    /// Source: L. Kish, Survey Sampling (1965), section 11.7.
    pub fn carrying_runs(&self) -> Option<f64> {
        let kish = |sum: f64, squares: f64| sum * sum / squares;
        let (others, others_squared) = (self.all - self.outcome, self.all_squared - self.outcome_squared);
        let both = self.outcome_squared > 0.0 && others > 0.0 && others_squared > 0.0;
        both.then(|| numeric::min(kish(self.outcome, self.outcome_squared), kish(others, others_squared)))
    }

    /// How many runs without weights would leave as much noise in the share: n = p (1 - p) / V, where V is the variance of
    /// a ratio of sums, sum of w² (y - p)² / (sum of w)². None without any weight.
    ///
    /// Kish's (sum of w)² / sum of w² is that of a share that has nothing to do with the weights, which the share of an
    /// outcome that claims speak of never is.
    ///
    /// Where no run, or every run, came to the outcome, V says nothing. Then it is (sum of w) / `heaviest`, where `heaviest`
    /// is the greatest weight that any run can have: a run of the kind that was never seen could be that heavy.
    ///
    /// Source of V: W. G. Cochran, Sampling Techniques, 3rd edition (1977), section 6.3 (the ratio estimator).
    pub fn effective_runs(&self, heaviest: f64) -> Option<f64> {
        let share = self.share()?;
        let others_squared = self.all_squared - self.outcome_squared;
        let spread = self.outcome_squared * (1.0 - share) * (1.0 - share) + others_squared * share * share;
        if share > 0.0 && share < 1.0 && spread > 0.0 {
            Some(share * (1.0 - share) * self.all * self.all / spread)
        } else {
            Some(self.all / heaviest)
        }
    }
}

/// The score interval (low, high), within [0, 1], for a share that was estimated from as much as `n` runs; `n` need not
/// be whole. Without runs it is (0, 1).
///
/// Source: Wilson's interval, as [`wilson`](super::wilson) has it, with p n runs of n.
pub fn score_interval(share: f64, n: f64, level: Confidence) -> (f64, f64) {
    if !(n > 0.0) {
        return (0.0, 1.0);
    }
    let z = level.critical_value();
    let spread = z * z / n;
    let centre = share + spread / 2.0;
    let half_width = z * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt();
    let scale = 1.0 + spread;
    let low = if share <= 0.0 {
        0.0
    } else {
        (centre - half_width) / scale
    };
    let high = if share >= 1.0 {
        1.0
    } else {
        (centre + half_width) / scale
    };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::wilson;

    /// Fails if equal weights do not count as so many runs, whatever they are.
    #[test]
    fn equal_weights_are_runs() {
        for weight in [1.0, 0.25] {
            let sums = WeightSums {
                all: 400.0 * weight,
                all_squared: 400.0 * weight * weight,
                outcome: 30.0 * weight,
                outcome_squared: 30.0 * weight * weight,
            };
            let n = sums.effective_runs(1.0).unwrap();
            assert!((n - 400.0).abs() < 1e-9, "{n}");
            assert_eq!(sums.share(), Some(0.075));
        }
    }

    /// Worked out by hand: 2 runs of weight 3 came to it, 6 of weight 1 did not. p = 1/2, V = (2 x 9 + 6) / 4 / 144 = 1/24.
    #[test]
    fn unequal_weights_count_less() {
        let sums = WeightSums {
            all: 12.0,
            all_squared: 24.0,
            outcome: 6.0,
            outcome_squared: 18.0,
        };
        assert!((sums.effective_runs(3.0).unwrap() - 6.0).abs() < 1e-12);
    }

    /// Worked out by hand: 2 runs of weight 3 and 6 of weight 1 came to it, 12²/24 = 6 by Kish; of the others 100 weigh 1 and one
    /// 10, 110²/200 = 60.5. Fails if the runs on both sides are thrown together, or one side is taken for the smaller.
    #[test]
    fn the_side_with_fewer_heavy_runs_carries_a_share() {
        let sums = WeightSums {
            all: 12.0 + 110.0,
            all_squared: 24.0 + 200.0,
            outcome: 12.0,
            outcome_squared: 24.0,
        };
        assert_eq!(sums.carrying_runs(), Some(6.0));
        let other = WeightSums {
            outcome: 110.0,
            outcome_squared: 200.0,
            ..sums
        };
        assert_eq!(other.carrying_runs(), Some(6.0));
        let none = WeightSums {
            outcome: 0.0,
            outcome_squared: 0.0,
            ..sums
        };
        assert_eq!(none.carrying_runs(), None);
    }

    /// Fails if an outcome that no run came to is held for impossible on the strength of light runs.
    #[test]
    fn what_was_never_seen_may_have_been_heavy() {
        let sums = WeightSums {
            all: 10.0,
            all_squared: 0.1,
            ..WeightSums::default()
        };
        assert_eq!(sums.effective_runs(1.0), Some(10.0));
        assert_eq!(WeightSums::default().effective_runs(1.0), None);
    }

    #[test]
    fn whole_runs_give_wilsons_interval() {
        for (count, n) in [(0, 7), (81, 263), (7, 7)] {
            let expected = wilson(count, n, Confidence::NinetyFive);
            let found = score_interval(count as f64 / n as f64, n as f64, Confidence::NinetyFive);
            assert!((found.0 - expected.0).abs() < 1e-15 && (found.1 - expected.1).abs() < 1e-15);
        }
        assert_eq!(score_interval(0.5, 0.0, Confidence::NinetyFive), (0.0, 1.0));
    }
}

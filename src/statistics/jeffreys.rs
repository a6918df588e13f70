//! The interval for a share that its posterior has under Jeffreys' prior.

use super::Confidence;
use crate::numeric::BetaFunction;

/// The equal-tailed interval (low, high) of the beta distribution with shapes count + 1/2 and n - count + 1/2, within
/// [0, 1]: what is believed of a share of which `count` in `n` independent runs were seen, if Jeffreys' prior,
/// beta(1/2, 1/2), was believed before. `count` must not exceed `n`.
///
/// The bounds are quantiles also where `count` is 0 or `n`; Brown, Cai and DasGupta put 0 and 1 there instead.
///
/// Source: L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16
/// (2001), 101-133, section 3.1.
pub fn jeffreys(count: u64, n: u64, level: Confidence) -> (f64, f64) {
    assert!(count <= n, "{count} of {n} is no share");
    let (seen, others) = (count as f64 + 0.5, (n - count) as f64 + 0.5);
    let tail = level.tail();
    // The upper bound is the lower one of the other runs' share, which keeps its digits near 1.
    let low = lower_quantile(BetaFunction::new(seen, others), tail);
    let high = 1.0 - lower_quantile(BetaFunction::new(others, seen), tail);
    (low, high)
}

/// The x with probability `tail` below it.
fn lower_quantile(function: BetaFunction, tail: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    // Halving ends at neighbouring floats: of those that tell apart what is near 0, after a few hundred steps at the most.
    loop {
        let middle = if high > 4.0 * low && low > 0.0 {
            (low * high).sqrt()
        } else {
            low + (high - low) / 2.0
        };
        if !(middle > low && middle < high) {
            return low;
        }
        if function.incomplete(middle, 1.0 - middle).0 < tail {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Confidence::{Ninety, NinetyFive, NinetyNine};

    /// statsmodels 0.15.0, `proportion_confint(count, n, method="jeffreys")`. Fails if a shape or a tail is wrong.
    #[test]
    fn agrees_with_statsmodels() {
        let published = [
            (81, 263, NinetyFive, 0.254_521_934_991_023_6, 0.365_647_499_174_082_46),
            (0, 20, NinetyFive, 2.424_647_845_924_273_3e-5, 0.116_638_982_904_875_43),
            (20, 20, NinetyFive, 0.883_361_017_095_124_6, 0.999_975_753_521_540_8),
            (1, 29, NinetyFive, 0.003_746_173_649_057_073, 0.150_077_686_002_231_76),
            (7, 10, Ninety, 0.441_873_233_515_365_95, 0.882_670_623_319_789_8),
            (7, 10, NinetyNine, 0.306_555_172_786_06, 0.944_671_250_268_967_5),
            (
                123_456,
                1_000_000,
                NinetyFive,
                0.122_812_340_506_448_08,
                0.124_101_839_156_518_79,
            ),
            (
                3,
                1_000_000,
                NinetyFive,
                8.449_352_895_506_829e-7,
                8.006_360_094_243_22e-6,
            ),
            (
                500_000,
                1_000_000,
                NinetyFive,
                0.499_020_019_193_864_24,
                0.500_979_980_805_835_7,
            ),
        ];
        for (count, n, level, low, high) in published {
            let found = jeffreys(count, n, level);
            let close = |found: f64, expected: f64| (found - expected).abs() < 1e-10 * expected;
            assert!(close(found.0, low) && close(found.1, high), "{count}/{n}: {found:?}");
        }
    }

    /// Fails if nothing that was seen leaves nothing to believe.
    #[test]
    fn without_runs_it_is_that_of_the_prior() {
        let (low, high) = jeffreys(0, 0, NinetyFive);
        // The arcsine distribution: sin² (π/2 x 0.025).
        assert!((low - 0.001_541_333_133_436_017_8).abs() < 1e-12 && (high - (1.0 - low)).abs() < 1e-12);
    }
}

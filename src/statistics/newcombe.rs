//! The interval for the difference of two shares from independent runs.

use super::{Confidence, wilson};

/// The hybrid score interval (low, high) for p - q, within [-1, 1], where p is a share of which `counts.0` in `n.0` runs
/// were seen and q one of which `counts.1` in `n.1` other runs were, all independent. A count must not exceed its n.
///
/// With l and u the bounds of [`wilson`] for each share it is
/// (p - q - √((p - l_p)² + (u_q - q)²), p - q + √((u_p - p)² + (q - l_q)²)). Without runs of either it is (-1, 1).
///
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
/// methods", Statistics in Medicine 17 (1998), 873-890, method 10.
pub fn newcombe(counts: (u64, u64), n: (u64, u64), level: Confidence) -> (f64, f64) {
    let (first, second) = (wilson(counts.0, n.0, level), wilson(counts.1, n.1, level));
    if n.0 == 0 || n.1 == 0 {
        return (-1.0, 1.0);
    }
    let (p, q) = (counts.0 as f64 / n.0 as f64, counts.1 as f64 / n.1 as f64);
    let distance = |a: f64, b: f64| (a * a + b * b).sqrt();
    (
        p - q - distance(p - first.0, second.1 - q),
        p - q + distance(first.1 - p, q - second.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use Confidence::{Ninety, NinetyFive, NinetyNine};

    /// statsmodels 0.15.0, `confint_proportions_2indep(..., compare="diff", method="newcomb")`; the first seven are the
    /// examples of Newcombe (1998), table II. Fails if two of the four bounds are exchanged.
    #[test]
    fn agrees_with_statsmodels() {
        let published = [
            (
                (56, 48),
                (70, 80),
                NinetyFive,
                0.052_431_472_402_364_98,
                0.333_872_654_036_906_14,
            ),
            (
                (9, 3),
                (10, 10),
                NinetyFive,
                0.170_522_723_934_502_9,
                0.809_017_973_535_488,
            ),
            (
                (6, 2),
                (7, 7),
                NinetyFive,
                0.058_227_927_482_312_09,
                0.806_249_637_524_227_8,
            ),
            (
                (5, 0),
                (56, 29),
                NinetyFive,
                -0.038_137_147_903_536_936,
                0.192_560_013_855_111_65,
            ),
            (
                (0, 0),
                (10, 20),
                NinetyFive,
                -0.161_125_158_052_819_4,
                0.277_532_799_862_889_26,
            ),
            ((10, 0), (10, 20), NinetyFive, 0.679_086_037_141_914_5, 1.0),
            ((10, 0), (10, 10), NinetyFive, 0.607_509_350_430_524_1, 1.0),
            (
                (56, 48),
                (70, 80),
                Ninety,
                0.076_564_191_544_072_07,
                0.313_644_583_582_943_84,
            ),
            (
                (56, 48),
                (70, 80),
                NinetyNine,
                0.005_370_869_250_078_403,
                0.371_808_431_775_773_6,
            ),
            (
                (41_234, 40_111),
                (100_000, 100_000),
                NinetyFive,
                0.006_924_385_997_605_845,
                0.015_535_025_940_107_137,
            ),
        ];
        for (counts, n, level, low, high) in published {
            let found = newcombe(counts, n, level);
            let close = (found.0 - low).abs() < 1e-12 && (found.1 - high).abs() < 1e-12;
            assert!(close, "{counts:?} of {n:?}: {found:?}");
        }
    }

    #[test]
    fn turns_over_with_the_shares() {
        let (low, high) = newcombe((56, 48), (70, 80), NinetyFive);
        assert_eq!(newcombe((48, 56), (80, 70), NinetyFive), (-high, -low));
        assert_eq!(newcombe((0, 3), (0, 9), NinetyFive), (-1.0, 1.0));
    }
}

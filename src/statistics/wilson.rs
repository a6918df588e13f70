//! The interval for a share that was estimated from counts.

/// How often an interval is to cover the share that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// 90 in 100.
    Ninety,
    /// 95 in 100.
    NinetyFive,
    /// 99 in 100.
    NinetyNine,
}

impl Confidence {
    /// The standard normal deviate that is exceeded, on both sides together, by the rest: 1.96 at 95%.
    pub fn critical_value(self) -> f64 {
        match self {
            Self::Ninety => 1.644_853_626_951_472_2,
            Self::NinetyFive => 1.959_963_984_540_054,
            Self::NinetyNine => 2.575_829_303_548_900_4,
        }
    }

    /// The chance that an interval may miss on either side: 0.025 at 95%.
    pub fn tail(self) -> f64 {
        match self {
            Self::Ninety => 0.05,
            Self::NinetyFive => 0.025,
            Self::NinetyNine => 0.005,
        }
    }
}

/// The score interval (low, high) for a share of which `count` in `n` independent runs were seen, within [0, 1].
///
/// With p = count / n and z the critical value it is
/// (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n). Without runs it is (0, 1). `count` must not exceed `n`.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
/// Statistical Association 22 (1927), 209-212. It keeps its coverage for small counts (R. G. Newcombe, Statistics in
/// Medicine 17 (1998), 857-872), where an interval of ± 1.96 standard errors would shrink to nothing.
pub fn wilson(count: u64, n: u64, level: Confidence) -> (f64, f64) {
    assert!(count <= n, "{count} of {n} is no share");
    if n == 0 {
        return (0.0, 1.0);
    }
    let z = level.critical_value();
    let runs = n as f64;
    let share = count as f64 / runs;
    let spread = z * z / runs;
    let centre = share + spread / 2.0;
    let half_width = z * (share * (1.0 - share) / runs + spread / (4.0 * runs)).sqrt();
    let scale = 1.0 + spread;
    // At the ends the bound is the end itself, which rounding could miss.
    let low = if count == 0 { 0.0 } else { (centre - half_width) / scale };
    let high = if count == n { 1.0 } else { (centre + half_width) / scale };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), table I, method 3; fails if a term of the formula is lost.
    #[test]
    fn agrees_with_published_intervals() {
        let published = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (count, n, low, high) in published {
            let (found_low, found_high) = wilson(count, n, Confidence::NinetyFive);
            assert!(
                (found_low - low).abs() < 5e-5 && (found_high - high).abs() < 5e-5,
                "{count}/{n}"
            );
        }
    }

    #[test]
    fn reaches_the_ends_exactly_and_no_further() {
        assert_eq!(wilson(0, 7, Confidence::NinetyFive).0, 0.0);
        assert_eq!(wilson(7, 7, Confidence::NinetyFive).1, 1.0);
        assert_eq!(wilson(0, 0, Confidence::NinetyNine), (0.0, 1.0));
    }

    #[test]
    fn is_symmetric_and_widens_with_the_level() {
        let (low, high) = wilson(30, 100, Confidence::NinetyFive);
        let (mirrored_low, mirrored_high) = wilson(70, 100, Confidence::NinetyFive);
        assert!((low - (1.0 - mirrored_high)).abs() < 1e-15 && (high - (1.0 - mirrored_low)).abs() < 1e-15);
        let width = |level| {
            let (low, high) = wilson(30, 100, level);
            high - low
        };
        assert!(width(Confidence::Ninety) < width(Confidence::NinetyFive));
        assert!(width(Confidence::NinetyFive) < width(Confidence::NinetyNine));
    }
}

//! Student's distribution, for means of few values.

use crate::numeric::BetaFunction;

use super::Confidence;

/// The value that Student's t with `degrees` of freedom exceeds, on both sides together, by the rest of the level: 2.262 for 9
/// at 95%. `degrees` is above 0.
///
/// Source: with x = d / (d + t²), the tails together are the incomplete beta function I_x(d/2, 1/2) (M. Abramowitz and I. A.
/// Stegun, Handbook of Mathematical Functions (1964), 26.7.1); found by halving.
pub fn student_critical_value(degrees: f64, level: Confidence) -> f64 {
    let wanted = match level {
        Confidence::Ninety => 0.1,
        Confidence::NinetyFive => 0.05,
        Confidence::NinetyNine => 0.01,
    };
    let beta = BetaFunction::new(degrees / 2.0, 0.5);
    let tails = |t: f64| {
        beta.incomplete(degrees / (degrees + t * t), t * t / (degrees + t * t))
            .0
    };
    let (mut low, mut high) = (0.0, 1.0);
    while tails(high) > wanted && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if tails(middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The mean of some values and its interval (low, high); none for fewer than two values.
pub fn mean_interval(values: &[f64], level: Confidence) -> Option<(f64, [f64; 2])> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let half = student_critical_value(n - 1.0, level) * (squares / (n - 1.0) / n).sqrt();
    Some((mean, [mean - half, mean + half]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The printed tables of Student's t.
    #[test]
    fn agrees_with_the_tables() {
        for (degrees, expected) in [(1.0, 12.706_204_736), (9.0, 2.262_157_163), (30.0, 2.042_272_456)] {
            let found = student_critical_value(degrees, Confidence::NinetyFive);
            assert!((found - expected).abs() < 1e-6, "{degrees}: {found}");
        }
    }

    #[test]
    fn a_mean_has_its_interval() {
        let (mean, [low, high]) = mean_interval(&[1.0, 2.0, 3.0], Confidence::NinetyFive).unwrap();
        assert!((mean - 2.0).abs() < 1e-15 && (high - mean - 4.302_652_73 / 3.0_f64.sqrt()).abs() < 1e-6);
        assert!((mean - low - (high - mean)).abs() < 1e-12);
        assert_eq!(mean_interval(&[1.0], Confidence::NinetyFive), None);
    }
}

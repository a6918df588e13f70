//! Proper scores of a forecast: what it says of several outcomes, and the one that came. Lower is better in all of them.

use crate::numeric;

/// The probabilities that counts stand for: (count + 1/2) / (n + K/2) of K outcomes, so that none is 0. `counts` add up to n
/// and need not be whole.
///
/// Source: the mean of what Jeffreys' prior leaves, H. Jeffreys, Theory of Probability, 3rd edition (1961), section 3.23.
pub fn forecast_of_counts(counts: &[f64]) -> Vec<f64> {
    let n: f64 = counts.iter().sum();
    let all = n + counts.len() as f64 / 2.0;
    counts.iter().map(|count| (count + 0.5) / all).collect()
}

/// The sum of the squares of probability less what came (1 of the outcome that came, else 0): from 0 to 2. NaN where `came`
/// is none of the outcomes.
///
/// Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950), 1-3.
pub fn brier_score(forecast: &[f64], came: usize) -> f64 {
    if came >= forecast.len() {
        return f64::NAN;
    }
    let squared = |(outcome, probability): (usize, &f64)| {
        let off = probability - f64::from(u8::from(outcome == came));
        off * off
    };
    forecast.iter().enumerate().map(squared).sum()
}

/// Minus the natural logarithm of the probability of the outcome that came: 0 or more. NaN where `came` is none of them.
///
/// Source: I. J. Good, "Rational decisions", Journal of the Royal Statistical Society B 14 (1952), 107-114.
pub fn log_score(forecast: &[f64], came: usize) -> f64 {
    forecast
        .get(came)
        .map_or(f64::NAN, |probability| -numeric::ln(*probability) + 0.0)
}

/// Of outcomes in an order: the mean, over the K - 1 places to cut the order, of the square of the probability of ending
/// before the cut less whether it did; from 0 to 1. NaN where `came` is none of them, 0 for a single outcome.
///
/// Source: E. S. Epstein, "A scoring system for probability forecasts of ranked categories", Journal of Applied Meteorology
/// 8 (1969), 985-987, in the form of A. H. Murphy, same journal 10 (1971), 155-156, over K - 1.
pub fn ranked_probability_score(forecast: &[f64], came: usize) -> f64 {
    if came >= forecast.len() {
        return f64::NAN;
    }
    let cuts = forecast.len() - 1;
    let (mut below, mut sum) = (0.0, 0.0);
    for (outcome, probability) in forecast[..cuts].iter().enumerate() {
        below += probability;
        let off = below - f64::from(u8::from(outcome >= came));
        sum += off * off;
    }
    if cuts == 0 { 0.0 } else { sum / cuts as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by hand.
    #[test]
    fn scores_by_hand() {
        let forecast = [0.5, 0.3, 0.2];
        assert!((brier_score(&forecast, 1) - (0.25 + 0.49 + 0.04)).abs() < 1e-15);
        assert!((log_score(&forecast, 0) - std::f64::consts::LN_2).abs() < 1e-15);
        assert!((ranked_probability_score(&forecast, 2) - (0.25 + 0.64) / 2.0).abs() < 1e-15);
        assert!((ranked_probability_score(&forecast, 0) - (0.25 + 0.04) / 2.0).abs() < 1e-15);
        assert_eq!(ranked_probability_score(&[1.0], 0), 0.0);
        assert!(brier_score(&forecast, 3).is_nan() && log_score(&forecast, 3).is_nan());
    }

    /// Fails if a forecast can be bettered in expectation by saying something else than what one believes.
    #[test]
    fn scores_are_proper() {
        let belief = [0.5, 0.3, 0.2];
        let others = [[0.6, 0.25, 0.15], [0.34, 0.33, 0.33], [0.45, 0.3, 0.25]];
        for score in [brier_score, log_score, ranked_probability_score] {
            let expected = |said: &[f64]| (0..3).map(|came| belief[came] * score(said, came)).sum::<f64>();
            assert!(others.iter().all(|said| expected(said) > expected(&belief)));
        }
    }

    #[test]
    fn counts_never_say_impossible() {
        assert_eq!(forecast_of_counts(&[6.0, 0.0]), [6.5 / 7.0, 0.5 / 7.0]);
        assert_eq!(forecast_of_counts(&[0.0, 0.0]), [0.5, 0.5]);
    }
}

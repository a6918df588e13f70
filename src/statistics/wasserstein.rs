//! How far the values of one sample must be moved to become those of another.

use crate::numeric::abs;

/// The first Wasserstein distance of two samples: the area between their empirical distribution functions, in the unit of
/// the values, at least 0. Both must be sorted and finite. None where one is empty.
///
/// Source: S. S. Vallender, "Calculation of the Wasserstein distance between probability distributions on the line", Theory
/// of Probability and its Applications 18 (1974), 784-786.
pub fn wasserstein(first: &[f64], second: &[f64]) -> Option<f64> {
    let (mut i, mut j) = (0, 0);
    let mut last = if first.first()? <= second.first()? {
        first[0]
    } else {
        second[0]
    };
    let mut area = 0.0;
    // Beyond the last value of one, the other still has some way to go.
    while i < first.len() || j < second.len() {
        let from_first = j == second.len() || (i < first.len() && first[i] <= second[j]);
        let value = if from_first { first[i] } else { second[j] };
        let gap = abs(i as f64 / first.len() as f64 - j as f64 / second.len() as f64);
        area += gap * (value - last);
        last = value;
        if from_first {
            i += 1;
        } else {
            j += 1;
        }
    }
    Some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17.1, `stats.wasserstein_distance`. Fails if ties or samples of different sizes are handled wrongly.
    #[test]
    fn agrees_with_scipy() {
        let cases: [(&[f64], &[f64], f64); 3] = [
            (&[0.0, 1.0, 3.0], &[5.0, 6.0, 8.0], 5.0),
            (&[3.4, 3.9, 7.5, 7.8], &[1.4, 4.5], 2.7),
            (
                &[1.0, 1.0, 2.0, 5.0, 5.0],
                &[1.0, 2.0, 2.0, 2.0, 9.0, 9.0, 9.0],
                2.057_142_857_142_857_4,
            ),
        ];
        for (first, second, distance) in cases {
            for found in [wasserstein(first, second), wasserstein(second, first)] {
                assert!((found.unwrap() - distance).abs() < 1e-12, "{found:?} for {distance}");
            }
            assert_eq!(wasserstein(first, first), Some(0.0));
        }
    }

    #[test]
    fn there_is_none_without_values() {
        assert_eq!(wasserstein(&[], &[1.0]), None);
        assert_eq!(wasserstein(&[1.0], &[]), None);
    }
}

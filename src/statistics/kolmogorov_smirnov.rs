//! The greatest difference between the distribution functions of two samples.

use crate::numeric::{abs, max};

/// The two-sample statistic of Kolmogorov and Smirnov: the greatest difference between the shares of both samples up to
/// any value, 0 to 1. Both must be sorted and finite. None where one is empty.
///
/// Source: N. V. Smirnov, "Table for estimating the goodness of fit of empirical distributions", Annals of Mathematical
/// Statistics 19 (1948), 279-281.
pub fn kolmogorov_smirnov(first: &[f64], second: &[f64]) -> Option<f64> {
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let (mut i, mut j, mut greatest) = (0, 0, 0.0);
    while i < first.len() && j < second.len() {
        // Between equal values the functions are not to be compared.
        let value = if first[i] <= second[j] { first[i] } else { second[j] };
        while i < first.len() && first[i] == value {
            i += 1;
        }
        while j < second.len() && second[j] == value {
            j += 1;
        }
        let gap = abs(i as f64 / first.len() as f64 - j as f64 / second.len() as f64);
        greatest = max(greatest, gap);
    }
    Some(greatest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17.1, `stats.ks_2samp`. Fails if the functions are compared amid equal values.
    #[test]
    fn agrees_with_scipy() {
        let cases: [(&[f64], &[f64], f64); 3] = [
            (&[0.0, 1.0, 3.0], &[5.0, 6.0, 8.0], 1.0),
            (&[3.4, 3.9, 7.5, 7.8], &[1.4, 4.5], 0.5),
            (
                &[1.0, 1.0, 2.0, 5.0, 5.0],
                &[1.0, 2.0, 2.0, 2.0, 9.0, 9.0, 9.0],
                0.428_571_428_571_428_55,
            ),
        ];
        for (first, second, distance) in cases {
            for found in [kolmogorov_smirnov(first, second), kolmogorov_smirnov(second, first)] {
                assert!((found.unwrap() - distance).abs() < 1e-15, "{found:?} for {distance}");
            }
            assert_eq!(kolmogorov_smirnov(first, first), Some(0.0));
        }
        assert_eq!(kolmogorov_smirnov(&[], &[1.0]), None);
    }
}

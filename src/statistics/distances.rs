//! Distances between two distributions over the same outcomes.

use crate::numeric::{abs, ln};

/// The total variation distance, half the sum of |p - q|: the greatest difference between the chances that both give to
/// any set of outcomes. 0 to 1. Shares stand in the same order in both, and sum to 1 in each.
///
/// Source: D. A. Levin, Y. Peres and E. L. Wilmer, "Markov Chains and Mixing Times" (2009), proposition 4.2.
pub fn total_variation(first: &[f64], second: &[f64]) -> f64 {
    assert_eq!(first.len(), second.len(), "the outcomes are the same");
    let differences = first.iter().zip(second).map(|(p, q)| abs(p - q));
    differences.sum::<f64>() / 2.0
}

/// The Jensen-Shannon distance: the root of the mean of the relative entropies, in bits, of each distribution to the
/// mean of both. 0 to 1; it is a metric. Shares stand in the same order in both, and sum to 1 in each.
///
/// Source: J. Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37 (1991),
/// 145-151; the root, D. M. Endres and J. E. Schindelin, the same 49 (2003), 1858-1860.
pub fn jensen_shannon(first: &[f64], second: &[f64]) -> f64 {
    assert_eq!(first.len(), second.len(), "the outcomes are the same");
    let towards = |share: f64, mean: f64| {
        if share > 0.0 { share * ln(share / mean) } else { 0.0 }
    };
    let terms = first.iter().zip(second).map(|(&p, &q)| {
        let mean = (p + q) / 2.0;
        towards(p, mean) + towards(q, mean)
    });
    let bits = terms.sum::<f64>() / (2.0 * std::f64::consts::LN_2);
    // Rounding can take the sum of what is never negative below 0.
    if bits > 0.0 { bits.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17.1, `spatial.distance.jensenshannon(p, q, 2)`; the total variations by hand. Fails if the root, the base
    /// or the half is lost.
    #[test]
    fn agree_with_scipy() {
        let cases: [(&[f64], &[f64], f64, f64); 4] = [
            (
                &[0.1, 0.2, 0.3, 0.4],
                &[0.4, 0.3, 0.2, 0.1],
                0.4,
                0.391_868_160_647_155_2,
            ),
            (&[1.0, 0.0], &[0.0, 1.0], 1.0, 1.0),
            (&[0.5, 0.5, 0.0], &[0.0, 0.5, 0.5], 0.5, std::f64::consts::FRAC_1_SQRT_2),
            (
                &[0.41234, 0.2, 0.38766],
                &[0.40111, 0.21, 0.38889],
                0.01123,
                0.012_024_944_947_257_242,
            ),
        ];
        for (p, q, variation, distance) in cases {
            assert!((total_variation(p, q) - variation).abs() < 1e-12, "{p:?}");
            assert!((jensen_shannon(p, q) - distance).abs() < 1e-12, "{p:?}");
            assert_eq!((total_variation(p, p), jensen_shannon(p, p)), (0.0, 0.0));
        }
    }
}

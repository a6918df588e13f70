//! Unevaluated sums of two floats: the extra digits that `pow` and the normal tail need, without a fused multiply-add.

/// The sum of two floats and its rounding error, exactly (Knuth's two-sum).
#[inline]
pub(super) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// The product of two floats and its rounding error, exactly (Veltkamp's splitting, Dekker's product).
///
/// Exact while neither factor exceeds 2^990 and the product is neither subnormal nor infinite.
#[inline]
pub(super) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (a_high, a_low) = split(a);
    let (b_high, b_low) = split(b);
    let error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (product, error)
}

/// The upper 26 bits of a float, and the rest.
#[inline]
fn split(a: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0; // 2^27 + 1
    let scaled = SPLITTER * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_errors_are_recovered() {
        assert_eq!(two_sum(1.0, 1e-30), (1.0, 1e-30));
        let third = 1.0 / 3.0;
        let (high, low) = two_product(third, 3.0);
        // A third is short by 2^-54 / 3, which its rounded product hides.
        assert_eq!((high, low), (1.0, -(0.5_f64 / 9_007_199_254_740_992.0)));
    }
}

//! The natural logarithm and its relatives.

use super::abs;
use super::exponential::{LN_2_HIGH, LN_2_LOW};

/// The bits of about sqrt(1/2): a mantissa is brought to between this and twice this.
const LEAST_MANTISSA: u64 = 0x3fe6_a09e_0000_0000;
const ONE: u64 = 0x3ff0_0000_0000_0000;

/// The exponent k (a float) and the mantissa m, from sqrt(1/2) to sqrt(2), of a positive normal x = m 2^(k + shift - 1023).
/// For anything else the result is arbitrary.
#[inline]
fn decompose(x: f64, shift: f64) -> (f64, f64) {
    let bits = x.to_bits().wrapping_add(ONE - LEAST_MANTISSA);
    // An integer below 2^52 becomes a float by standing in the low bits of 2^52: vector units lack the conversion.
    let exponent = f64::from_bits((bits >> 52) | 0x4330_0000_0000_0000) - 4_503_599_627_370_496.0 - shift;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(LEAST_MANTISSA));
    (exponent, mantissa)
}

/// ln x, with an error under 1 ulp; -infinity at 0 and NaN below.
#[inline]
pub fn ln(x: f64) -> f64 {
    const TWO_54: f64 = 18_014_398_509_481_984.0;
    // Subnormals are brought into the normal range first.
    let subnormal = x < f64::MIN_POSITIVE;
    let (normal, shift) = if subnormal { (x * TWO_54, 1077.0) } else { (x, 1023.0) };
    let result = of_parts(decompose(normal, shift));
    let result = if x > f64::MAX { x } else { result };
    let result = if x > 0.0 { result } else { f64::NAN };
    let result = if x == 0.0 { f64::NEG_INFINITY } else { result };
    if x.is_nan() { x } else { result }
}

/// ln x for a positive normal x, the same as [`ln`] gives; for anything else the result is arbitrary.
#[inline]
pub fn ln_of_normal(x: f64) -> f64 {
    of_parts(decompose(x, 1023.0))
}

/// ln(m 2^k), m from sqrt(1/2) to sqrt(2).
///
/// The method and coefficients are those of FreeBSD's `e_log.c`: with s = f / (2 + f), ln(1 + f) = 2 atanh(s) by a
/// minimax polynomial in s^2.
#[inline]
fn of_parts((k, mantissa): (f64, f64)) -> f64 {
    let f = mantissa - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = w * (3.999_999_999_940_942e-1 + w * (2.222_219_843_214_978_4e-1 + w * 1.531_383_769_920_937_3e-1));
    let even = z
        * (6.666_666_666_666_735e-1
            + w * (2.857_142_874_366_239e-1 + w * (1.818_357_216_161_805e-1 + w * 1.479_819_860_511_658_6e-1)));
    let tail = s * (half_square + (odd + even)) + k * LN_2_LOW;
    k * LN_2_HIGH - ((half_square - tail) - f)
}

/// ln(1 + x), accurate (about 2 ulp) where x is small as well.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    let sum = 1.0 + x;
    // What the rounding of 1 + x lost, in units of the sum (W. Kahan).
    let lost = (if x < 1.0 { x - (sum - 1.0) } else { 1.0 - (sum - x) }) / sum;
    let exact = abs(x) <= f64::MAX && sum > 0.0;
    ln(sum) + if exact { lost } else { 0.0 }
}

/// x - ln(1 + x) for x > -1, without the cancellation near 0.
pub(super) fn ln_1p_deficit(x: f64) -> f64 {
    if !(x > -0.4 && x < 0.7) {
        return x - ln(1.0 + x);
    }
    // With s = x / (2 + x), ln(1 + x) = 2 (s + s^3/3 + ...) and x - 2s = s x.
    let s = x / (2.0 + x);
    let z = s * s;
    let mut series = 0.0;
    for coefficient in ODD_RECIPROCALS.iter().rev() {
        series = series * z + coefficient;
    }
    s * (x - 2.0 * z * series)
}

/// 1/3, 1/5, ... 1/31.
const ODD_RECIPROCALS: [f64; 15] = [
    1.0 / 3.0,
    1.0 / 5.0,
    1.0 / 7.0,
    1.0 / 9.0,
    1.0 / 11.0,
    1.0 / 13.0,
    1.0 / 15.0,
    1.0 / 17.0,
    1.0 / 19.0,
    1.0 / 21.0,
    1.0 / 23.0,
    1.0 / 25.0,
    1.0 / 27.0,
    1.0 / 29.0,
    1.0 / 31.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_range() {
        let infinity = f64::INFINITY;
        assert_eq!(
            [ln(0.0), ln(-0.0), ln(infinity), ln(1.0)],
            [-infinity, -infinity, infinity, 0.0]
        );
        assert_eq!([ln_1p(-1.0), ln_1p(infinity), ln_1p(0.0)], [-infinity, infinity, 0.0]);
        assert!(ln(-1.0).is_nan() && ln(-infinity).is_nan() && ln(f64::NAN).is_nan() && ln_1p(-2.0).is_nan());
        // Subnormals.
        assert_eq!(ln(5e-324), -744.4400719213812);
    }

    /// Fails if the two differ by a bit at any power of two that is normal, or between.
    #[test]
    fn of_what_is_normal_both_are_the_same() {
        let powers = (1..2047_u64).map(|exponent| f64::from_bits(exponent << 52));
        for x in powers.flat_map(|power| (0..64).map(move |part| power * (1.0 + f64::from(part) / 64.0))) {
            assert_eq!(ln_of_normal(x).to_bits(), ln(x).to_bits(), "{x:e}");
        }
    }
}

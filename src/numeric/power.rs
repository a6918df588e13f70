//! Powers, through a logarithm with twice the digits.

use super::abs;
use super::double_double::{product, sum, two_product, two_sum};
use super::exponential::{LN_2_HIGH, LN_2_LOW, cubic_tail, scale};
use super::logarithm::decompose;

/// x^y, with an error under 1 ulp (about 0.55 where the result is normal). Exactly representable results are exact, and
/// x^2 is x times x.
///
/// Special cases are those of IEEE 754: x^0 = 1^y = 1 even for a NaN; a negative x has powers only for integer y, else
/// the result is NaN; zeros and infinities keep their sign for odd y.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 1.0 {
        return x;
    }
    if y == 2.0 {
        return x * x;
    }
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if x.is_nan() {
        return x;
    }
    if y.is_nan() {
        return y;
    }
    let magnitude = magnitude(abs(x), y);
    if x.is_sign_positive() {
        return magnitude;
    }
    match parity(y) {
        Parity::Odd => -magnitude,
        Parity::Even => magnitude,
        Parity::Fraction if x == 0.0 || x.is_infinite() => magnitude,
        Parity::Fraction => f64::NAN,
    }
}

enum Parity {
    Odd,
    Even,
    Fraction,
}

/// Whether y is an odd integer, an even one (as every float from 2^53 on is, and infinity counts) or none.
fn parity(y: f64) -> Parity {
    let size = abs(y);
    if size >= 9_007_199_254_740_992.0 {
        return Parity::Even;
    }
    let whole = size as u64;
    if whole as f64 != size {
        Parity::Fraction
    } else if whole % 2 == 1 {
        Parity::Odd
    } else {
        Parity::Even
    }
}

/// x^y for a non-negative x, which is not NaN, and a y that is neither 0 nor NaN.
#[inline]
fn magnitude(x: f64, y: f64) -> f64 {
    if x == 1.0 {
        return 1.0;
    }
    if x == 0.0 || x.is_infinite() || y.is_infinite() {
        return if (x > 1.0) == (y > 0.0) { f64::INFINITY } else { 0.0 };
    }
    // Beyond 2^64 the result is 0 or infinite for every x but 1; bounded, the splitting cannot overflow.
    const LARGE: f64 = 18_446_744_073_709_551_616.0;
    let exponent = if y > LARGE { LARGE } else { y };
    let exponent = if exponent < -LARGE { -LARGE } else { exponent };
    let (ln_high, ln_low) = ln_double(x);
    let (high, error) = two_product(exponent, ln_high);
    exp_double(high, error + exponent * ln_low)
}

/// ln x for a positive finite x, to about 2^-68 of it.
#[inline]
fn ln_double(x: f64) -> (f64, f64) {
    const THIRD: (f64, f64) = (1.0 / 3.0, 1.850_371_707_708_594_2e-17);
    const FIFTH: (f64, f64) = (0.2, -1.110_223_024_625_156_6e-17);
    let (k, mantissa) = decompose(x);
    // s = (m - 1) / (m + 1), and ln m = 2 (s + s^3/3 + s^5/5 + ...).
    let numerator = mantissa - 1.0;
    let denominator = two_sum(mantissa, 1.0);
    let s_high = numerator / denominator.0;
    let (back, back_error) = two_product(s_high, denominator.0);
    let s_low = (((numerator - back) - back_error) - s_high * denominator.1) / denominator.0;
    let s = (s_high, s_low);
    let z = product(s, s);
    let mut series = 0.0;
    for denominator in [29.0, 27.0, 25.0, 23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0] {
        series = series * z.0 + 1.0 / denominator;
    }
    let fifth = sum(FIFTH, (series * z.0, 0.0));
    let third = sum(THIRD, product(z, fifth));
    let cubic = product(product(s, z), third);
    let mantissa_part = sum(s, cubic);
    let (low_part, low_error) = two_product(k, LN_2_LOW);
    let exponent_part = two_sum(k * LN_2_HIGH, low_part);
    let doubled = (2.0 * mantissa_part.0, 2.0 * mantissa_part.1);
    sum((exponent_part.0, exponent_part.1 + low_error), doubled)
}

/// e^(high + low), where low is a rounding error of high.
#[inline]
fn exp_double(high: f64, low: f64) -> f64 {
    if high > 710.0 {
        return f64::INFINITY;
    }
    if high < -750.0 {
        return 0.0;
    }
    let k = (high * std::f64::consts::LOG2_E + super::exponential::SHIFTER) - super::exponential::SHIFTER;
    let (r, error) = two_sum(high - k * LN_2_HIGH, -(k * LN_2_LOW));
    let rest = error + low;
    let (square, square_error) = two_product(r, r);
    let (linear, linear_error) = two_sum(r, 0.5 * square);
    let small = linear_error + (0.5 * square_error + (r * square * cubic_tail(r) + rest * (1.0 + r)));
    let (whole, whole_error) = two_sum(1.0, linear);
    scale(whole + (whole_error + small), k)
}

//! Powers, through a logarithm with twice the digits.

use super::abs;
use super::double_double::{two_product, two_sum};
use super::exponential::{LN_2_HIGH, LN_2_LOW, SHIFTER, cubic_tail, scale};
use super::reciprocals::{FIRST, RECIPROCALS};

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

/// ln x for a positive finite x, to about 2^-66 of it.
///
/// With c near the reciprocal of the mantissa m and from a table, r = c m - 1 is exact and small, and
/// ln x = k ln 2 - ln c + ln(1 + r): the method of S. Nagy's `pow` in musl and ARM's optimized routines.
#[inline]
fn ln_double(x: f64) -> (f64, f64) {
    const TWO_54: f64 = 18_014_398_509_481_984.0;
    let subnormal = x < f64::MIN_POSITIVE;
    let normal = if subnormal { x * TWO_54 } else { x };
    let offset = normal.to_bits().wrapping_sub(FIRST);
    // Arithmetic: exponents below that of `FIRST` are negative.
    let exponent = ((offset as i64) >> 52) as f64;
    let k = if subnormal { exponent - 54.0 } else { exponent };
    let mantissa = f64::from_bits(normal.to_bits().wrapping_sub(offset & 0xfff0_0000_0000_0000));
    let (reciprocal, ln_high, ln_low) = RECIPROCALS[(offset >> 45) as usize & 127];
    let upper = f64::from_bits(mantissa.to_bits() & 0xffff_ffff_f800_0000);
    let r = (upper * reciprocal - 1.0) + (mantissa - upper) * reciprocal;
    let (square, square_error) = two_product(r, r);
    let a = 1.0 / 3.0 - r * 0.25;
    let b = 0.2 - r * (1.0 / 6.0);
    let c = 1.0 / 7.0 - r * 0.125;
    let d = 1.0 / 9.0 - r * 0.1;
    let fourth = square * square;
    let cubic = r * square * ((a + square * b) + fourth * (c + square * d));
    let whole = k * LN_2_HIGH + ln_high;
    let (first, first_error) = two_sum(whole, r);
    let (second, second_error) = two_sum(first, -0.5 * square);
    let rest = (k * LN_2_LOW + ln_low) + (first_error + second_error) + (cubic - 0.5 * square_error);
    let high = second + rest;
    (high, (second - high) + rest)
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
    let k = (high * std::f64::consts::LOG2_E + SHIFTER) - SHIFTER;
    let (r, error) = two_sum(high - k * LN_2_HIGH, -(k * LN_2_LOW));
    let rest = error + low;
    let (square, square_error) = two_product(r, r);
    let (linear, linear_error) = two_sum(r, 0.5 * square);
    let cubic = r * square * cubic_tail(r);
    // The rest, up to 2^-44, moves the result by itself times e^r.
    let moved = rest * (1.0 + (linear + cubic));
    let small = linear_error + (0.5 * square_error + (cubic + moved));
    let (whole, whole_error) = two_sum(1.0, linear);
    scale(whole + (whole_error + small), k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_powers_are_exact() {
        for (x, y, power) in [
            (2.0, 10.0, 1024.0),
            (10.0, 3.0, 1000.0),
            (10.0, 22.0, 1e22),
            (3.0, 5.0, 243.0),
            (0.5, 1074.0, 5e-324),
            (2.0, 1023.0, 8.98846567431158e307),
            (4.0, 0.5, 2.0),
            (27.0, 1.0 / 3.0, 3.0),
            (-2.0, 3.0, -8.0),
            (-2.0, 4.0, 16.0),
            (-2.0, -1.0, -0.5),
            (0.1, 1.0, 0.1),
            (0.1, 2.0, 0.1 * 0.1),
        ] {
            assert_eq!(pow(x, y), power, "{x}^{y}");
        }
    }

    #[test]
    fn special_cases_are_those_of_ieee_754() {
        let (infinity, nan) = (f64::INFINITY, f64::NAN);
        for (x, y, power) in [
            (nan, 0.0, 1.0),
            (1.0, nan, 1.0),
            (1.0, infinity, 1.0),
            (-1.0, infinity, 1.0),
            (2.0, infinity, infinity),
            (2.0, -infinity, 0.0),
            (0.5, infinity, 0.0),
            (0.5, -infinity, infinity),
            (-0.5, -infinity, infinity),
            (0.0, 3.0, 0.0),
            (-0.0, 3.0, -0.0),
            (-0.0, 2.5, 0.0),
            (-0.0, -3.0, -infinity),
            (0.0, -0.5, infinity),
            (-infinity, 3.0, -infinity),
            (-infinity, -3.0, -0.0),
            (-infinity, 0.5, infinity),
            (infinity, -1.5, 0.0),
            (3.0, 1e300, infinity),
            (3.0, -1e300, 0.0),
            (1.5, 1e-300, 1.0),
        ] {
            assert_eq!(pow(x, y).to_bits(), f64::to_bits(power), "{x}^{y}");
        }
        assert!(pow(-2.0, 0.5).is_nan() && pow(nan, 1.5).is_nan() && pow(2.0, nan).is_nan());
    }
}

//! The exponential function and its relatives.

use super::abs;

/// Adding this leaves the nearest integer in the low bits of the sum: 1.5 x 2^52.
pub(super) const SHIFTER: f64 = 6_755_399_441_055_744.0;
/// The upper 33 bits of ln 2: its product with an exponent is exact.
pub(super) const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
/// What is left of ln 2.
pub(super) const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// e^x, with an error under 1 ulp, over the whole range: subnormal results included, 0 and infinity beyond.
///
/// x = k ln 2 + r with |r| <= ln 2 / 2, and e^r by a polynomial (Chebyshev interpolation in 60 digits).
#[inline]
pub fn exp(x: f64) -> f64 {
    let bounded = if x > 710.0 { 710.0 } else { x };
    let bounded = if bounded < -750.0 { -750.0 } else { bounded };
    let k = (bounded * std::f64::consts::LOG2_E + SHIFTER) - SHIFTER;
    let high = bounded - k * LN_2_HIGH;
    let low = k * LN_2_LOW;
    let r = high - low;
    let tail = r * r * (0.5 + r * cubic_tail(r));
    let scaled = scale(1.0 + (high - (low - tail)), k);
    if x.is_nan() { x } else { scaled }
}

/// (e^r - 1 - r - r^2 / 2) / r^3 for |r| <= ln 2 / 2, to about 2^-60 of e^r.
#[inline]
pub(super) fn cubic_tail(r: f64) -> f64 {
    let square = r * r;
    let a = 1.666_666_666_666_666_9e-1 + r * 4.166_666_666_666_666_4e-2;
    let b = 8.333_333_333_330_062e-3 + r * 1.388_888_888_888_655_2e-3;
    let c = 1.984_126_986_305_361_8e-4 + r * 2.480_158_731_714_45e-5;
    let d = 2.755_726_845_999_706_4e-6 + r * 2.755_728_296_954_995e-7;
    let e = 2.510_038_549_551_032e-8 + r * 2.091_123_663_026_154_5e-9;
    a + square * (b + square * (c + square * (d + square * e)))
}

/// y x 2^k for an integer k from -1100 to 1030, rounded once: in two steps, since 2^k itself may not be a float.
#[inline]
pub(super) fn scale(y: f64, k: f64) -> f64 {
    let half = k * 0.5 + SHIFTER;
    let rest = (k - (half - SHIFTER)) + SHIFTER;
    y * power_of_two(half) * power_of_two(rest)
}

/// 2^k for an integer k from -1022 to 1023, which stands in the low bits of `shifted` (k + `SHIFTER`).
#[inline]
fn power_of_two(shifted: f64) -> f64 {
    f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

/// e^x - 1, accurate (about 3 ulp) where x is small as well.
#[inline]
pub fn exp_m1(x: f64) -> f64 {
    let near = abs(x) < 0.34;
    let r = if near { x } else { 0.0 };
    let small = r + r * r * (0.5 + r * cubic_tail(r));
    if near { small } else { exp(x) - 1.0 }
}

/// 1 / (1 + e^-x), accurate in both tails.
#[inline]
pub fn logistic(x: f64) -> f64 {
    // The exponential of -|x| cannot overflow, and where x is negative it is the (small) numerator as well.
    let decay = exp(-abs(x));
    let numerator = if x < 0.0 { decay } else { 1.0 };
    numerator / (1.0 + decay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_range() {
        let infinity = f64::INFINITY;
        assert_eq!(
            [exp(infinity), exp(710.0), exp(-infinity), exp(-746.0)],
            [infinity, infinity, 0.0, 0.0]
        );
        assert_eq!([exp(0.0), exp(-0.0), exp(-745.0)], [1.0, 1.0, 5e-324]);
        assert_eq!(
            [logistic(infinity), logistic(-infinity), logistic(0.0)],
            [1.0, 0.0, 0.5]
        );
        assert_eq!(
            [exp_m1(infinity), exp_m1(-infinity), exp_m1(0.0)],
            [infinity, -1.0, 0.0]
        );
        assert!(exp(f64::NAN).is_nan() && logistic(f64::NAN).is_nan() && exp_m1(f64::NAN).is_nan());
    }
}

//! The logarithms of the gamma and beta functions, and the pieces of Stirling's series that keep large shapes accurate.

use super::logarithm::ln_1p_deficit;
use super::{ln, ln_1p};

/// ln sqrt(2 pi).
const LN_SQRT_TAU: f64 = 9.189_385_332_046_727e-1;

/// ln of the gamma function for x > 0, to about 1e-15 of itself or absolutely, whichever is more. NaN for x < 0.
pub fn ln_gamma(x: f64) -> f64 {
    if !(x > 0.0) {
        return if x == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    if x >= 10.0 {
        return (x - 0.5) * (ln(x) - 1.0) + (LN_SQRT_TAU - 0.5) + stirling_error(x);
    }
    if x < 1.0 {
        return ln_gamma_1p(x) - ln(x);
    }
    let mut argument = x;
    let mut product = 1.0;
    while argument > 2.0 {
        argument -= 1.0;
        product *= argument;
    }
    ln(product) + ln_gamma_1p(argument - 1.0)
}

/// ln of the gamma function of 1 + x for 0 <= x <= 1, to about 1e-15 of itself: it vanishes at both ends as x (x - 1).
pub(super) fn ln_gamma_1p(x: f64) -> f64 {
    let s = x - 0.5;
    let mut value = 0.0;
    for coefficient in NEAR_ONE.iter().rev() {
        value = value * s + coefficient;
    }
    x * (x - 1.0) * value
}

/// What Stirling's formula for ln gamma(x) leaves out: ln gamma(x) - (x - 1/2) ln x + x - ln sqrt(2 pi) (DLMF 5.11.1).
pub(super) fn stirling_error(x: f64) -> f64 {
    if x < 10.0 {
        return ln_gamma(x) - ((x - 0.5) * ln(x) - x + LN_SQRT_TAU);
    }
    let inverse = 1.0 / x;
    let w = inverse * inverse;
    inverse
        * (1.0 / 12.0
            - w * (1.0 / 360.0
                - w * (1.0 / 1260.0
                    - w * (1.0 / 1680.0 - w * (1.0 / 1188.0 - w * (691.0 / 360_360.0 - w * (1.0 / 156.0)))))))
}

/// mean x phi((x - mean) / mean) with phi(m) = m - ln(1 + m): the deviance term of C. Loader, "Fast and accurate
/// computation of binomial probabilities" (2000), for x >= 0; `excess` is x - mean.
pub(super) fn deviance(mean: f64, x: f64, excess: f64) -> f64 {
    let relative = excess / mean;
    if relative < -0.4 {
        // Far below the mean 1 + relative has lost digits that x itself has.
        return excess - mean * ln(x / mean);
    }
    mean * ln_1p_deficit(relative)
}

/// ln of the beta function for positive shapes, to about 1e-15 of the larger of 1 and the shape logarithms.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large < 10.0 {
        return ln_gamma(small) + (ln_gamma(large) - ln_gamma(small + large));
    }
    ln_gamma(small) + ln_gamma_ratio(small, large)
}

/// ln gamma(b) - ln gamma(a + b) without its cancellation, for b >= 10.
fn ln_gamma_ratio(a: f64, b: f64) -> f64 {
    let sum = a + b;
    (stirling_error(b) - stirling_error(sum)) - (sum - 0.5) * ln_1p(a / b) - a * (ln(b) - 1.0)
}

const NEAR_ONE: [f64; 21] = [
    0.483_128_950_540_980_9,
    -0.145_959_895_914_305_94,
    0.062_911_401_074_564_85,
    -0.031_308_487_501_053_27,
    0.016_797_098_631_213_95,
    -0.009_425_622_444_829_649,
    0.005_446_457_842_219_553,
    -0.003_212_074_220_607_290_8,
    0.001_922_916_232_122_792_3,
    -0.001_164_411_377_219_605,
    0.000_711_520_275_205_129_8,
    -0.000_438_035_161_325_805_34,
    0.000_271_302_735_451_140_05,
    -0.000_168_571_794_503_517_2,
    0.000_105_417_152_221_859_04,
    -6.793_733_027_397_047e-5,
    4.281_642_862_794_779e-5,
    -2.148_770_252_062_576e-5,
    1.358_427_545_913_094_3e-5,
    -1.852_780_399_703_296_2e-5,
    1.182_096_944_546_714_5e-5,
];

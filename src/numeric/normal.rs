//! The normal distribution function in both tails, its density and its inverse.

use super::double_double::two_product;
use super::{abs, exp};

/// 1 / sqrt(2 pi).
pub(super) const INVERSE_SQRT_TAU: f64 = 3.989_422_804_014_327e-1;

/// The probability that a standard normal value exceeds z, to about 1e-15 of itself until it underflows.
///
/// The density times Mills' ratio M; (1 + 2z) M(z) is a polynomial in t = (z - 5) / (z + 5), after M. M. Shepherd and
/// J. G. Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2) erfc x" (1981).
pub fn normal_sf(z: f64) -> f64 {
    let size = abs(z);
    if !(size < 40.0) {
        return if z.is_nan() {
            z
        } else if z > 0.0 {
            0.0
        } else {
            1.0
        };
    }
    let t = (size - 5.0) / (size + 5.0);
    let mut ratio = 0.0;
    for coefficient in MILLS.iter().rev() {
        ratio = ratio * t + coefficient;
    }
    let tail = unnormalised(size) * (ratio / (1.0 + 2.0 * size));
    if z < 0.0 { 1.0 - tail } else { tail }
}

/// The probability that a standard normal value is at most z, to about 1e-15 of itself.
pub fn normal_cdf(z: f64) -> f64 {
    normal_sf(-z)
}

/// The density of the standard normal distribution.
pub fn normal_density(z: f64) -> f64 {
    if abs(z) < 40.0 {
        INVERSE_SQRT_TAU * unnormalised(z)
    } else {
        0.0 * z
    }
}

/// e^(-z^2 / 2): the rounding error of the square is taken along, since far out it would be multiplied.
fn unnormalised(z: f64) -> f64 {
    let (square, error) = two_product(z, z);
    exp(-0.5 * square) * (1.0 - 0.5 * error)
}

const MILLS: [f64; 25] = [
    0.846_112_354_725_069_3,
    -0.039_647_008_404_006_11,
    -0.054_008_075_034_077_556,
    0.100_888_582_034_587_27,
    -0.100_657_438_216_705_25,
    0.072_487_826_975_023_97,
    -0.039_332_201_357_163_16,
    0.015_422_845_692_508_128,
    -0.003_571_695_411_587_285_7,
    -0.000_118_693_649_580_673_48,
    0.000_425_095_685_297_975_55,
    -0.000_108_176_468_797_085_06,
    -2.643_629_488_223_870_3e-5,
    1.938_974_760_627_374e-5,
    5.336_117_030_145_654e-7,
    -2.858_343_675_307_054_5e-6,
    1.798_773_907_779_101e-7,
    4.319_494_127_070_109e-7,
    -4.283_452_407_456_866e-8,
    -6.788_340_647_682_934e-8,
    6.204_345_558_557_429e-9,
    9.575_415_213_088_346e-9,
    -5.764_154_597_200_912e-10,
    -8.236_552_296_994_416e-10,
    2.298_112_625_288_936_5e-11,
];

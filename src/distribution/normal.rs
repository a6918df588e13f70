//! The normal distribution.

use super::continuous::{Continuous, Place};
use super::invalid::{Invalid, finite};
use crate::numeric::{abs, ln, normal_cdf, normal_density, normal_sf, sqrt};

/// A mean and a standard deviation above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    pub fn new(mean: f64, sd: f64) -> Result<Self, Invalid> {
        finite(0, "mean", mean)?;
        finite(1, "standard deviation", sd)?;
        if !(sd >= 0.0) {
            return Err(Invalid::at(1, format!("the standard deviation, {sd}, is negative")));
        }
        Ok(Self { mean, sd })
    }

    /// The constant it is if the standard deviation is 0.
    pub fn constant(&self) -> Option<f64> {
        (self.sd == 0.0).then_some(self.mean)
    }

    /// The values at every u.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        fill_standard_normal(u, out);
        for value in out {
            *value = self.mean + self.sd * *value;
        }
    }
}

impl Continuous for Normal {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn cdf(&self, x: f64) -> f64 {
        normal_cdf((x - self.mean) / self.sd)
    }

    fn sf(&self, x: f64) -> f64 {
        normal_sf((x - self.mean) / self.sd)
    }

    fn density(&self, x: f64) -> f64 {
        normal_density((x - self.mean) / self.sd) / self.sd
    }

    fn inverse(&self, p: f64, q: f64) -> Place {
        Place {
            origin: self.mean,
            offset: self.sd * standard_normal_quantile(p, q),
        }
    }

    fn mean(&self) -> f64 {
        self.mean
    }
}

/// The standard normal value with probability p below it and q above it, to about 1e-15 of itself.
///
/// Algorithm AS 241, PPND16: M. J. Wichura, "The percentage points of the normal distribution" (1988).
#[inline]
pub(super) fn standard_normal_quantile(p: f64, q: f64) -> f64 {
    // Of the two only the smaller has all its digits; their difference from a half is the same but for the sign.
    let centred = if p < q { p - 0.5 } else { 0.5 - q };
    if abs(centred) <= 0.425 {
        return central(centred);
    }
    let tail = if p < q { p } else { q };
    let size = outer(sqrt(-ln(tail)));
    if p < q { -size } else { size }
}

/// The standard normal values at every u: bit for bit those of [`standard_normal_quantile`].
///
/// First as if all were central, in straight-line code; then the others, which are listed without a branch.
pub(super) fn fill_standard_normal(u: &[f64], out: &mut [f64]) {
    const CHUNK: usize = 64;
    for (u, out) in u.chunks(CHUNK).zip(out.chunks_mut(CHUNK)) {
        for (value, &u) in out.iter_mut().zip(u) {
            *value = central(u - 0.5);
        }
        let mut outside = [0_usize; CHUNK];
        let mut count = 0;
        for (index, &u) in u.iter().enumerate() {
            outside[count] = index;
            count += usize::from(abs(u - 0.5) > 0.425);
        }
        for &index in &outside[..count] {
            out[index] = standard_normal_quantile(u[index], 1.0 - u[index]);
        }
    }
}

#[inline]
fn central(centred: f64) -> f64 {
    let r = 0.180_625 - centred * centred;
    let numerator = polynomial(
        r,
        [
            3.387_132_872_796_366_5,
            1.331_416_678_917_843_8e2,
            1.971_590_950_306_551_3e3,
            1.373_169_376_550_946e4,
            4.592_195_393_154_987e4,
            6.726_577_092_700_87e4,
            3.343_057_558_358_813e4,
            2.509_080_928_730_122_7e3,
        ],
    );
    let denominator = polynomial(
        r,
        [
            1.0,
            4.231_333_070_160_091e1,
            6.871_870_074_920_579e2,
            5.394_196_021_424_751e3,
            2.121_379_430_158_659_7e4,
            3.930_789_580_009_271e4,
            2.872_908_573_572_194_3e4,
            5.226_495_278_852_854e3,
        ],
    );
    centred * numerator / denominator
}

/// For r = sqrt(-ln(tail)).
#[inline]
fn outer(r: f64) -> f64 {
    if r <= 5.0 {
        near_tail(r - 1.6)
    } else {
        far_tail(r - 5.0)
    }
}

#[inline]
fn near_tail(r: f64) -> f64 {
    let numerator = polynomial(
        r,
        [
            1.423_437_110_749_683_5,
            4.630_337_846_156_546,
            5.769_497_221_460_691,
            3.647_848_324_763_204_5,
            1.270_458_252_452_368_4,
            2.417_807_251_774_506e-1,
            2.272_384_498_926_918_4e-2,
            7.745_450_142_783_414e-4,
        ],
    );
    let denominator = polynomial(
        r,
        [
            1.0,
            2.053_191_626_637_759,
            1.676_384_830_183_803_8,
            6.897_673_349_851e-1,
            1.481_039_764_274_800_8e-1,
            1.519_866_656_361_645_7e-2,
            5.475_938_084_995_345e-4,
            1.050_750_071_644_416_9e-9,
        ],
    );
    numerator / denominator
}

fn far_tail(r: f64) -> f64 {
    let numerator = polynomial(
        r,
        [
            6.657_904_643_501_103,
            5.463_784_911_164_114,
            1.784_826_539_917_291_3,
            2.965_605_718_285_048_7e-1,
            2.653_218_952_657_612_4e-2,
            1.242_660_947_388_078_4e-3,
            2.711_555_568_743_487_6e-5,
            2.010_334_399_292_288_1e-7,
        ],
    );
    let denominator = polynomial(
        r,
        [
            1.0,
            5.998_322_065_558_88e-1,
            1.369_298_809_227_358e-1,
            1.487_536_129_085_061_5e-2,
            7.868_691_311_456_133e-4,
            1.846_318_317_510_054_8e-5,
            1.421_511_758_316_446e-7,
            2.044_263_103_389_939_8e-15,
        ],
    );
    numerator / denominator
}

#[inline]
fn polynomial(x: f64, coefficients: [f64; 8]) -> f64 {
    let [c0, c1, c2, c3, c4, c5, c6, c7] = coefficients;
    ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0
}

//! Inverts a distribution function numerically: Halley's method in the logarithms, kept inside a bracket.

use crate::numeric::{abs, exp, ln, sqrt};

/// What is known of a distribution at a point x > 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local {
    /// The probability below x.
    pub lower: f64,
    /// The probability above x.
    pub upper: f64,
    /// x times the density: the derivative of `lower` by ln x.
    pub slope: f64,
    /// The derivative of ln `slope` by ln x.
    pub bend: f64,
}

/// Twice what bisection of the exponents of all positive floats, and then of the mantissa, could need.
const MOST_STEPS: usize = 150;

/// The x between 0 and `most` with probability p below it and q above it, from a first guess.
///
/// The smaller of p and q is met, as a logarithm against ln x: a power-law tail is then a straight line, and the relative
/// error of x is what shrinks. Ends when the last correction makes the next one vanish, at the latest after
/// `MOST_STEPS`; 0 if x would be below the least normal float.
pub(super) fn invert(p: f64, q: f64, guess: f64, most: f64, at: impl Fn(f64) -> Local) -> f64 {
    let (mut low, mut high) = (f64::MIN_POSITIVE, most);
    let mut x = guess;
    if !(x > low) {
        x = low;
    }
    if !(x < high) {
        x = high;
    }
    for _ in 0..MOST_STEPS {
        let local = at(x);
        // How far ln F is above its target, and its derivative by ln x.
        let (excess, derivative) = if p <= q {
            (ln(local.lower / p), local.slope / local.lower)
        } else {
            (-ln(local.upper / q), local.slope / local.upper)
        };
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        // For q the second derivative has the other sign, as has the logarithm.
        let curvature = if p <= q {
            local.bend - derivative
        } else {
            local.bend + derivative
        };
        let newton = excess / derivative;
        let correction = 1.0 - 0.5 * newton * curvature;
        let correction = if correction > 0.5 && correction < 2.0 {
            correction
        } else {
            1.0
        };
        let step = -newton / correction;
        let next = x * exp(step);
        if next > low && next < high || abs(step) < 1e-15 {
            x = next;
            if abs(excess) < 1e-5 {
                break;
            }
        } else {
            if low <= f64::MIN_POSITIVE && x <= f64::MIN_POSITIVE && excess > 0.0 {
                return 0.0;
            }
            let middle = sqrt(low) * sqrt(high);
            if !(middle > low && middle < high) || high - low <= 4e-16 * high {
                break;
            }
            x = middle;
        }
    }
    x
}

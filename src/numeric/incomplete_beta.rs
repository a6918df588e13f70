//! The regularised incomplete beta function and its complement, each accurate where it is small.

use super::gamma::{deviance, stirling_error};
use super::normal::INVERSE_SQRT_TAU;
use super::{abs, exp, exp_m1, ln, ln_1p, ln_beta, sqrt};

const MOST_TERMS: usize = 20_000;

/// The beta distribution function of two shapes, with what depends on these alone computed once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaFunction {
    a: f64,
    b: f64,
    /// ln B(a, b), or, where both shapes are large, the errors of Stirling's formula.
    constant: f64,
}

impl BetaFunction {
    /// For shapes above 0.
    pub fn new(a: f64, b: f64) -> Self {
        let constant = if both_large(a, b) {
            stirling_error(a + b) - stirling_error(a) - stirling_error(b)
        } else {
            ln_beta(a, b)
        };
        Self { a, b, constant }
    }

    /// Its shapes.
    pub fn shapes(self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// ln B(a, b).
    pub fn ln_beta(self) -> f64 {
        if both_large(self.a, self.b) {
            ln_beta(self.a, self.b)
        } else {
            self.constant
        }
    }

    /// The same with its shapes, and so x and y, exchanged.
    pub fn reflected(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            constant: self.constant,
        }
    }

    /// I_x(a, b) and 1 - I_x(a, b), for x in [0, 1], with y = 1 - x given apart so that neither end loses digits: the
    /// chances that a beta value is below and above x. Each is accurate to about 1e-13 of itself for shapes up to a
    /// thousand, 1e-12 up to a million.
    ///
    /// The continued fraction and the power series of A. R. Didonato and A. H. Morris, "Algorithm 708: significant digit
    /// computation of the incomplete beta function ratios" (1992).
    pub fn incomplete(self, x: f64, y: f64) -> (f64, f64) {
        let Self { a, b, .. } = self;
        if !(a > 0.0 && b > 0.0 && x >= 0.0 && y >= 0.0) {
            return (f64::NAN, f64::NAN);
        }
        if x == 0.0 {
            return (0.0, 1.0);
        }
        if y == 0.0 {
            return (1.0, 0.0);
        }
        let swapped = if a > 1.0 && b > 1.0 { x * (a + b) > a } else { x > 0.5 };
        if swapped {
            let (lower, upper) = self.reflected().left(y, x);
            (upper, lower)
        } else {
            self.left(x, y)
        }
    }

    /// The same for x at most 1/2, or below the mean.
    fn left(self, x: f64, y: f64) -> (f64, f64) {
        let Self { a, b, .. } = self;
        if a > 1.0 && b > 1.0 && b * x > 0.7 {
            let lower = self.mass(x, y) * fraction(a, b, x, y);
            return (lower, 1.0 - lower);
        }
        if b > 1.0 && b * x > 1.5 {
            let upper = self.mass(x, y) * fraction(b, a, y, x);
            return (1.0 - upper, upper);
        }
        let series = series(a, b, x);
        let exponent = a * ln(x) - (self.ln_beta() + ln(a));
        let lower = exp(exponent) * (1.0 + series);
        if lower > 0.9 {
            let upper = -exp_m1(exponent) - exp(exponent) * series;
            return (1.0 - upper, upper);
        }
        (lower, 1.0 - lower)
    }

    /// x^a y^b / B(a, b), with y = 1 - x: the density times x y.
    fn mass(self, x: f64, y: f64) -> f64 {
        let Self { a, b, constant } = self;
        if !both_large(a, b) {
            let ln_x = if x <= 0.5 { ln(x) } else { ln_1p(-y) };
            let ln_y = if x <= 0.5 { ln_1p(-x) } else { ln(y) };
            return exp(a * ln_x + b * ln_y - constant);
        }
        // Loader's saddle-point form: nothing large cancels.
        let sum = a + b;
        let excess = if x <= 0.5 { sum * x - a } else { b - sum * y };
        let deviances = deviance(a, sum * x, excess) + deviance(b, sum * y, -excess);
        exp(constant - deviances) * INVERSE_SQRT_TAU * sqrt(a / sum * b)
    }

    /// The density of a beta value at x in (0, 1), with y = 1 - x given apart.
    pub fn density(self, x: f64, y: f64) -> f64 {
        self.mass(x, y) / (x * y)
    }
}

/// Whether the logarithms of the gamma functions would cancel.
fn both_large(a: f64, b: f64) -> bool {
    a >= 10.0 && b >= 10.0
}

/// a times the sum over n >= 1 of (1 - b) (2 - b) ... (n - b) / n! x^n / (a + n).
fn series(a: f64, b: f64, x: f64) -> f64 {
    let mut coefficient = 1.0;
    let mut total = 0.0;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        coefficient *= (1.0 - b / n) * x;
        let term = coefficient / (a + n);
        total += term;
        if abs(term) <= 1e-17 * abs(total) {
            break;
        }
    }
    a * total
}

/// I_x(a, b) B(a, b) / (x^a y^b) as a continued fraction, which converges fast for x below the mean.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let lambda = if a > b { (a + b) * y - b } else { a - (a + b) * x };
    let c = 1.0 + lambda;
    let c0 = b / a;
    let c1 = 1.0 + 1.0 / a;
    let mut p = 1.0;
    let mut s = a + 1.0;
    let (mut numerator_before, mut denominator_before) = (0.0, 1.0);
    let (mut numerator, mut denominator) = (1.0, c / c1);
    let mut value = c1 / c;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let t = n / a;
        let w = n * (b - n) * x;
        let e = a / s;
        let alpha = (p * (p + c0) * e * e) * (w * x);
        let e = (1.0 + t) / (c1 + t + t);
        let beta = n + w / s + e * (c + n * (1.0 + y));
        p = 1.0 + t;
        s += 2.0;
        let next = (
            alpha * numerator_before + beta * numerator,
            alpha * denominator_before + beta * denominator,
        );
        let scale = 1.0 / next.1;
        (numerator_before, denominator_before) = (numerator * scale, denominator * scale);
        (numerator, denominator) = (next.0 * scale, 1.0);
        let change = abs(numerator - value);
        value = numerator;
        if change <= 1e-16 * value {
            break;
        }
    }
    value
}
